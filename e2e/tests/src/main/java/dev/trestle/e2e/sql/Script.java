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
package dev.trestle.e2e.sql;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a script into statements, at the semicolons that are in no text, no quoted name, no comment and no statement set. */
final class Script {

    /** What can hide a semicolon, or else one character. Hints look like comments and stay with their statement like these. */
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*'?|`(?:[^`]|``)*`?|\"(?:[^\"]|\"\")*\"?|--[^\n]*|/\\*(?s:.*?)(?:\\*/|\\z)|(?s:.)");

    private static final Pattern SET_BEGINS =
            Pattern.compile("(?is)\\s*(EXECUTE|EXPLAIN|COMPILE)\\b.*\\bSTATEMENT\\s+SET\\s+BEGIN\\b.*");
    private static final Pattern SET_ENDS = Pattern.compile("(?is).*;\\s*END\\s*");

    private final String text;

    Script(String text) {
        this.text = requireNonNull(text, "text is null");
    }

    /** The statements in order. The last one needs no semicolon. */
    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        Part part = new Part(0);
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group().equals(";") && !part.isOpenSet()) {
                part.addTo(statements, token.start());
                part = new Part(token.end());
            } else {
                part.add(token.group(), token.start());
            }
        }
        part.addTo(statements, text.length());
        return statements;
    }

    /** A statement that is being read. */
    private final class Part {

        private final int start;
        private final StringBuilder code = new StringBuilder();
        private int firstCode = -1;

        Part(int start) {
            this.start = start;
        }

        void add(String token, int position) {
            if (token.startsWith("--") || (token.startsWith("/*") && !token.startsWith("/*+"))) {
                return;
            }
            if (firstCode < 0 && !token.isBlank()) {
                firstCode = position;
            }
            // Texts and names are not looked into.
            code.append(token.length() > 1 ? "x" : token);
        }

        boolean isOpenSet() {
            return SET_BEGINS.matcher(code).matches() && !SET_ENDS.matcher(code).matches();
        }

        void addTo(List<Statement> statements, int end) {
            if (firstCode >= 0) {
                int line = 1
                        + (int) text.substring(0, firstCode)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                statements.add(new Statement(text.substring(start, end).strip(), line));
            }
        }
    }
}
