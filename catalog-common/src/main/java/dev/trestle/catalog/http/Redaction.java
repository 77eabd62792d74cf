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

import java.util.regex.Pattern;

/** Takes out of a service's own words what looks like a secret, for they may quote a request. */
public final class Redaction {

    private static final int LONGEST = 8_000;
    private static final String NAMES = "password|passwd|secret|token|authorization|credential|access[-_.]?key";

    /** After a name and a sign. */
    private static final Pattern SECRETS = Pattern.compile(
            "(?i)((?:" + NAMES + ")[\\w.-]*[\"']?\\s*[=:]\\s*)" + "(?:(?:basic|bearer)\\s+)?[\"']?[^\\s\"',;}]+");

    /** After a name alone, as in "invalid token …": what is too long for a word and has a digit in it. */
    private static final Pattern NAMED_SECRETS =
            Pattern.compile("(?i)(\\b(?:" + NAMES + "|basic|bearer)\\s+[\"']?)(?=[^\\s\"',;}]*\\d)[^\\s\"',;}]{12,}");

    /** JSON Web Tokens (RFC 7519): what they begin with is the JSON of their header. */
    private static final Pattern WEB_TOKENS = Pattern.compile("\\beyJ[\\w-]{5,}(?:\\.[\\w-]*)*");

    private static final Pattern USER_OF_URI = Pattern.compile("://[^/\\s@]+@");

    private Redaction() {}

    /** The words, cut where they are very long, with asterisks in the places of secrets. */
    public static String of(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        shown = SECRETS.matcher(shown).replaceAll("$1******");
        shown = NAMED_SECRETS.matcher(shown).replaceAll("$1******");
        shown = WEB_TOKENS.matcher(shown).replaceAll("******");
        return USER_OF_URI.matcher(shown).replaceAll("://******@");
    }
}
