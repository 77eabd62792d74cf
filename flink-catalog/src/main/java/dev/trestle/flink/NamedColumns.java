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
package dev.trestle.flink;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns that an expression names, read as Flink writes expressions down: every identifier stands in back quotes, and
 * words of the language do not. So do names of functions, which an opening bracket follows, of fields that a type declares,
 * which their type follows, and of types, which a word precedes.
 */
final class NamedColumns {

    private static final Pattern TOKEN = Pattern.compile("'[^']*+'|`[^`]*+(?:``[^`]*+)*+`|=>|\\w+|\\S");

    private static final Set<String> TYPES = Set.of(
            "ARRAY",
            "BIGINT",
            "BINARY",
            "BITMAP",
            "BOOLEAN",
            "BYTES",
            "CHAR",
            "CHARACTER",
            "DATE",
            "DEC",
            "DECIMAL",
            "DOUBLE",
            "FLOAT",
            "INT",
            "INTEGER",
            "INTERVAL",
            "MAP",
            "MULTISET",
            "NULL",
            "NUMERIC",
            "RAW",
            "REAL",
            "ROW",
            "SMALLINT",
            "STRING",
            "TIME",
            "TIMESTAMP",
            "TIMESTAMP_LTZ",
            "TINYINT",
            "VARBINARY",
            "VARCHAR",
            "VARIANT");

    private NamedColumns() {}

    /** Their names, in the order in which they stand there; of a path into a nested row the column alone. */
    static Set<String> of(String expression) {
        List<String> tokens = tokens(expression);
        Set<String> columns = new LinkedHashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isIdentifier(tokens.get(i))) {
                int end = endOfPath(tokens, i);
                if (isValue(before(tokens, i)) && isColumn(tokens.subList(end, tokens.size()))) {
                    columns.add(name(tokens.get(i)));
                }
                i = end - 1;
            }
        }
        return columns;
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static boolean isIdentifier(String token) {
        return token.startsWith("`") && token.length() > 1;
    }

    private static String name(String identifier) {
        return identifier.substring(1, identifier.length() - 1).replace("``", "`");
    }

    /** Where the tokens after {@code `a`.`b`.`c`} begin. */
    private static int endOfPath(List<String> tokens, int start) {
        int end = start + 1;
        while (end + 1 < tokens.size() && tokens.get(end).equals(".") && isIdentifier(tokens.get(end + 1))) {
            end += 2;
        }
        return end;
    }

    private static String before(List<String> tokens, int index) {
        return index == 0 ? "" : tokens.get(index - 1);
    }

    /** Not a part of what stands before a dot, nor the type after AS, nor the character set after SET. */
    private static boolean isValue(String before) {
        return !before.equals(".") && !before.equalsIgnoreCase("AS") && !before.equalsIgnoreCase("SET");
    }

    private static boolean isColumn(List<String> after) {
        if (after.isEmpty()) {
            return true;
        }
        String next = after.get(0);
        return !next.equals("(") && !next.equals("=>") && !isIdentifier(next) && !TYPES.contains(next);
    }
}
