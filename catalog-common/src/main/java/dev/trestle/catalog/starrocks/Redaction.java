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
package dev.trestle.catalog.starrocks;

import java.util.regex.Pattern;

/** Takes out of a service's own words what looks like a secret, for they may quote a request. */
final class Redaction {

    private static final int LONGEST = 8_000;
    private static final Pattern SECRETS = Pattern.compile(
            "(?i)((?:password|passwd|secret|token|authorization|credential|access[-_.]?key)[\\w.-]*[\"']?\\s*[=:]\\s*)"
                    + "(?:(?:basic|bearer)\\s+)?[\"']?[^\\s\"',;}]+");
    private static final Pattern USER_OF_URI = Pattern.compile("://[^/\\s@]+@");

    private Redaction() {}

    static String of(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return USER_OF_URI
                .matcher(SECRETS.matcher(shown).replaceAll("$1******"))
                .replaceAll("://******@");
    }
}
