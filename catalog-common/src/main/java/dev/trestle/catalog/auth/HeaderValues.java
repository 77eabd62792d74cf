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
package dev.trestle.catalog.auth;

/** Keeps out of HTTP headers what they cannot carry, before an HTTP library complains with the value in its message. */
public final class HeaderValues {

    private HeaderValues() {}

    /**
     * Returns the value if it is printable ASCII (RFC 9110, section 5.5).
     *
     * @param name what the value is, for the message
     * @throws AuthenticationException if it is not; the message tells the position, not the value
     */
    public static String check(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~') {
                throw new AuthenticationException("'" + name
                        + "' holds a character that an HTTP header cannot carry (U+" + String.format("%04X", (int) c)
                        + " at position " + (i + 1) + " of " + value.length() + ")");
            }
        }
        return value;
    }
}
