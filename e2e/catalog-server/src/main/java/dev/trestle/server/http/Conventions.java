/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package dev.trestle.server.http;

import static java.util.Objects.requireNonNull;

/**
 * What a dialect's answers have alike.
 *
 * @param root the beginning of the paths for which this holds
 * @param errors how errors are worded
 * @param requestIdHeader the header that carries the id of a request, in both directions
 */
public record Conventions(String root, ErrorAnswers errors, String requestIdHeader) {

    public Conventions {
        requireNonNull(root, "root is null");
        requireNonNull(errors, "errors is null");
        requireNonNull(requestIdHeader, "requestIdHeader is null");
    }

    boolean holdFor(Call call) {
        return call.path().startsWith(root);
    }
}
