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
package dev.trestle.spark.procedure;

import dev.trestle.catalog.procedure.WrongArgumentException;
import dev.trestle.catalog.text.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.internal.SQLConf;

/** The columns that an argument names, such as {@code id, `a,b`}. */
final class ColumnNames {

    private static final String ALL = "*";
    private static final int MOST_IN_A_MESSAGE = 20;
    /** A name in backquotes, in which two stand for one; or any other. Blanks around it are not part of it. */
    private static final Pattern NAME = Pattern.compile("\\s*(?:`((?:[^`]|``)+)`|([^`,\\s][^`,]*?))\\s*(?:,|\\z)");

    private ColumnNames() {}

    /**
     * The columns in the order of the text, each once; as Spark does, by names without regard to case unless
     * {@code spark.sql.caseSensitive} is on. {@code *} stands for all but BLOBs, which would be read as a whole.
     *
     * @param table its name, for messages
     * @throws WrongArgumentException if there is no such column, naming the nearest
     */
    static List<DataField> find(String table, RowType columns, String text) {
        if (text.trim().equals(ALL)) {
            return columns.getFields().stream()
                    .filter(field -> field.type().getTypeRoot() != DataTypeRoot.BLOB)
                    .toList();
        }
        Set<DataField> found = new LinkedHashSet<>();
        for (String name : split(text)) {
            found.add(find(table, columns, name, SQLConf.get().caseSensitiveAnalysis()));
        }
        return List.copyOf(found);
    }

    private static List<String> split(String text) {
        List<String> names = new ArrayList<>();
        Matcher next = NAME.matcher(text);
        int end = 0;
        do {
            if (!next.find(end) || next.start() != end) {
                throw new WrongArgumentException("Argument 'columns' must be names of columns with commas between them,"
                        + " such as 'id, `a,b`', or '" + ALL + "' for all, and is '" + text
                        + "'. Without it rows are only counted");
            }
            names.add(next.group(1) == null ? next.group(2) : next.group(1).replace("``", "`"));
            end = next.end();
        } while (end < text.length());
        return names;
    }

    private static DataField find(String table, RowType columns, String name, boolean caseSensitive) {
        if (columns.containsField(name)) {
            return columns.getField(name);
        }
        return columns.getFields().stream()
                .filter(field -> !caseSensitive && field.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> unknown(table, columns, name));
    }

    private static WrongArgumentException unknown(String table, RowType columns, String name) {
        return new WrongArgumentException("Table " + table + " has no column '" + name + "'"
                + NearestName.suggestion(name, columns.getFieldNames().stream())
                        .orElseGet(() -> ". It has: " + some(columns)));
    }

    private static String some(RowType columns) {
        String names = columns.getFieldNames().stream().limit(MOST_IN_A_MESSAGE).collect(Collectors.joining(", "));
        return columns.getFieldCount() > MOST_IN_A_MESSAGE ? names + ", …" : names;
    }
}
