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
package dev.trestle.server.fault;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A request that reached the proxy.
 *
 * @param path still encoded, without the query
 * @param headers by name, in any case
 */
public record ProxiedRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {

    /** Requests of a method whose path has a part that fits a regular expression. */
    public static Predicate<ProxiedRequest> that(String method, String pathPart) {
        Pattern pattern = Pattern.compile(pathPart);
        return request -> request.method().equals(method)
                && pattern.matcher(request.path()).find();
    }

    /** Every request. */
    public static Predicate<ProxiedRequest> any() {
        return request -> true;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
