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
package dev.trestle.catalog.http;

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.RequestToSign;
import java.util.Map;
import java.util.function.Function;

/** Authenticates with a function. */
record FunctionAuthProvider(Function<RequestToSign, Map<String, String>> function) implements AuthProvider {

    @Override
    public Map<String, String> headers(RequestToSign request) {
        return function.apply(request);
    }

    @Override
    public boolean invalidate() {
        return false;
    }
}
