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

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which headers may be sent (RFC 9110, section 5). Messages name a header, never its value. */
final class HeaderRules {

    /** Written by the transport from the request itself; another value would break the exchange or its signature. */
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private HeaderRules() {}

    /** @throws IllegalArgumentException if one of the user's headers cannot be sent; the message names its option */
    static void check(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!isName(name)) {
                throw new IllegalArgumentException("Option 'header." + name + "' is not the name of a header");
            }
            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "Option 'header." + name + "' cannot be set: the client writes this header itself");
            }
            UserHeaders.parse(name, value);
            if (!isValue(value)) {
                throw new IllegalArgumentException(
                        "Option 'header." + name + "' has a character that HTTP does not allow in a header");
            }
        });
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || TOKEN_PUNCTUATION.indexOf(c) >= 0);
    }

    /** Visible ASCII, spaces and tabs, which is what OkHttp sends. */
    static boolean isValue(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7F));
    }
}
