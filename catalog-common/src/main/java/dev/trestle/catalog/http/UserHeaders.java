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

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.Secret;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of the options {@code header.*}, whose values may hold references that are resolved for each request. */
final class UserHeaders {

    private final Map<String, Secret> values = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if a value looks like a reference and is none; the message names the option */
    UserHeaders(Map<String, String> headers) {
        headers.forEach((name, value) -> values.put(name, parse(name, value)));
    }

    static Secret parse(String name, String value) {
        return Secret.ofText("header." + name, value);
    }

    /**
     * The headers as they are to be sent now.
     *
     * @throws AuthenticationException if a reference cannot be resolved, or not to a header's value; the message names the
     *     option
     */
    Map<String, String> now() {
        Map<String, String> now = new HashMap<>();
        values.forEach((name, secret) -> {
            String value = secret.reveal();
            if (!HeaderRules.isValue(value)) {
                throw new AuthenticationException(
                        "Option 'header." + name + "' has a character that HTTP does not allow in a header");
            }
            now.put(name, value);
        });
        return now;
    }
}
