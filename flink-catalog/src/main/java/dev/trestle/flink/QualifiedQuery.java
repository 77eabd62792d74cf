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

import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A query or an expression whose names say their database, as Flink itself keeps them, and not their catalog where that is the
 * own one of what they are kept with: each session has its own name for that. Flink looks for a function without a catalog in
 * the session's current one, so that a function is given its catalog again when the view or table is read. A table is too: Flink
 * would find it in the view's catalog, after it has looked for a table that is named like its database.
 */
final class QualifiedQuery {

    // Repetition without a way back: of a long text the other kind takes a frame of the stack for each character.
    private static final String NAME = "`[^`]*+(?:``[^`]*+)*+`";
    private static final String NEXT = "\\." + NAME;

    /** A text, or a path with what stands before and after it that tells a table or a function from a column. */
    private static final Pattern TEXT_OR_PATH = Pattern.compile("'[^']*+'|(?<from>\\b(?:FROM|JOIN|TABLE)\\s{1,9})?+"
            + "(?<path>" + NAME + "(?:" + NEXT + ")*+)(?<call>\\()?+");

    private static final Pattern FIRST_PART = Pattern.compile(NAME);
    private static final Pattern TWO_PARTS = Pattern.compile(NAME + NEXT);
    private static final Pattern THREE_PARTS = Pattern.compile(NAME + NEXT + NEXT);

    private QualifiedQuery() {}

    /** @param expanded the query as Flink expands it: every name in back quotes and with all of its parts */
    static String within(String catalog, String expanded) {
        String name = quoted(catalog);
        // An alias of that name has columns, and fields of them, whose paths look like those of tables.
        boolean alias = expanded.contains("AS " + name);
        return paths(
                expanded,
                found -> !alias || found.group("from") != null || found.group("call") != null,
                path -> path.startsWith(name + ".") && THREE_PARTS.matcher(path).matches()
                        ? path.substring(name.length() + 1)
                        : path);
    }

    /** @param expression as Flink writes it down, of which a function alone may have a catalog */
    static String callsWithin(String catalog, String expression) {
        String prefix = quoted(catalog) + ".";
        return paths(
                expression,
                found -> found.group("call") != null,
                path -> path.startsWith(prefix) && THREE_PARTS.matcher(path).matches()
                        ? path.substring(prefix.length())
                        : path);
    }

    /** The query of a view for a session that has this name for the view's catalog. */
    static String readable(String catalog, String stored) {
        return paths(
                stored,
                found -> found.group("call") != null || isTable(found, stored),
                path -> qualified(catalog, path));
    }

    /**
     * A name where Flink begins a line with FROM. In {@code EXTRACT(YEAR FROM …)} it begins none, and what follows is a column
     * of something that is named elsewhere: as an alias, or as the last part of a table's name.
     */
    private static boolean isTable(Matcher found, String query) {
        String from = found.group("from");
        if (from == null) {
            return false;
        }
        Matcher first = FIRST_PART.matcher(found.group("path"));
        boolean named = first.lookingAt()
                && Stream.of("AS ", "` ", ".").anyMatch(before -> query.contains(before + first.group()));
        return !named && (!from.startsWith("FROM") || beginsLine(query, found.start("from")));
    }

    private static boolean beginsLine(String query, int at) {
        return query.substring(query.lastIndexOf('\n', at) + 1, at).isBlank();
    }

    /** The expression for a session that has this name for the catalog of its table. */
    static String callable(String catalog, String stored) {
        return paths(stored, found -> found.group("call") != null, path -> qualified(catalog, path));
    }

    private static String qualified(String catalog, String path) {
        return TWO_PARTS.matcher(path).matches() ? quoted(catalog) + "." + path : path;
    }

    private static String paths(String query, Predicate<Matcher> wanted, UnaryOperator<String> change) {
        Matcher matcher = TEXT_OR_PATH.matcher(query);
        StringBuilder changed = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            if (matcher.group("path") != null && wanted.test(matcher)) {
                changed.append(query, end, matcher.start("path")).append(change.apply(matcher.group("path")));
                end = matcher.end("path");
            }
        }
        return changed.append(query, end, query.length()).toString();
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
