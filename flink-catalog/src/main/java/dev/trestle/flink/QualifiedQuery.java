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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query whose names say their database, as Flink's own views keep it, and not their catalog where that is the view's own:
 * each session has its own name for that.
 */
final class QualifiedQuery {

    private static final String NAME = "`(?:[^`]|``)+`";
    private static final Pattern TEXT_OR_PATH = Pattern.compile("'(?:[^']|'')*'|" + NAME + "(?:\\." + NAME + ")*");
    private static final Pattern OF_THREE_PARTS =
            Pattern.compile(NAME + "\\." + NAME + "\\." + NAME + ".*", Pattern.DOTALL);

    private QualifiedQuery() {}

    /** @param expanded the query as Flink expands it: every name in back quotes and with all of its parts */
    static String within(String catalog, String expanded) {
        String prefix = "`" + catalog.replace("`", "``") + "`.";
        return TEXT_OR_PATH
                .matcher(expanded)
                .replaceAll(found -> Matcher.quoteReplacement(without(prefix, found.group())));
    }

    private static String without(String prefix, String path) {
        return path.startsWith(prefix) && OF_THREE_PARTS.matcher(path).matches()
                ? path.substring(prefix.length())
                : path;
    }
}
