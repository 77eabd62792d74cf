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
package dev.trestle.e2e.quickstart;

import static java.util.Objects.requireNonNull;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.trestle.e2e.server.CallCounts;
import dev.trestle.e2e.sql.CellText;
import dev.trestle.flink.gateway.ColumnType;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.RowKind;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the person at the terminal reads. */
final class Transcript {

    private static final int ROWS_SHOWN = 20;
    private static final int WIDEST_COLUMN = 60;
    private static final String INDENT = "  ";
    private static final Set<String> NUMBERS =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "FLOAT", "DOUBLE");

    private final PrintStream out;

    Transcript(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    void heading(String text) {
        out.println();
        out.println("== " + text);
    }

    void line(String text) {
        out.println(text);
    }

    /** A thing that is done, and how long it took. */
    void done(String what, Duration time) {
        out.printf(Locale.ROOT, "%s%-60s %6.1f s%n", INDENT, what, seconds(time));
    }

    void statement(String prompt, String sql) {
        out.println();
        out.println(prompt + "> " + sql.strip().replace("\n", "\n" + " ".repeat(prompt.length() + 2)) + ";");
    }

    /** The rows of a result as a table, with the kind of each row where it is a stream. */
    void table(List<dev.trestle.flink.gateway.Column> columns, List<Row> rows, boolean isStream) {
        if (columns.isEmpty()) {
            return;
        }
        List<Column> headers = new ArrayList<>();
        if (isStream) {
            headers.add(column("op", HorizontalAlign.LEFT));
        }
        columns.forEach(column -> headers.add(column(column.name(), alignment(column.type()))));
        print(headers, rows.stream().map(row -> cells(row, isStream)).toList());
    }

    /** The rows of a result as a table. */
    void table(List<String> columns, List<List<Object>> rows) {
        List<Column> headers = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int index = i;
            boolean isNumber = !rows.isEmpty() && rows.stream().allMatch(row -> row.get(index) instanceof Number);
            headers.add(column(columns.get(i), isNumber ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT));
        }
        print(
                headers,
                rows.stream()
                        .map(row -> row.stream().map(CellText::of).toArray())
                        .toList());
    }

    private void print(List<Column> headers, List<Object[]> rows) {
        Object[][] cells = rows.stream().limit(ROWS_SHOWN).toArray(Object[][]::new);
        String table =
                AsciiTable.getTable(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS, headers.toArray(Column[]::new), cells);
        out.println(table.indent(INDENT.length()).stripTrailing());
        if (rows.size() > ROWS_SHOWN) {
            out.println(INDENT + "and " + (rows.size() - ROWS_SHOWN) + " more rows");
        }
    }

    /** What a statement took. */
    void cost(Duration time, CallCounts calls) {
        out.printf(Locale.ROOT, "%s%.1f s, %s%n", INDENT, seconds(time), describe(calls));
    }

    static String describe(CallCounts calls) {
        if (calls.total() == 0) {
            return "no REST call";
        }
        return calls.total()
                + (calls.total() == 1 ? " REST call: " : " REST calls: ")
                + calls.byOperation().entrySet().stream()
                        .map(entry -> entry.getKey() + (entry.getValue() == 1 ? "" : " x" + entry.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static Column column(String name, HorizontalAlign alignment) {
        return new Column()
                .header(name)
                .headerAlign(alignment)
                .dataAlign(alignment)
                .maxWidth(WIDEST_COLUMN);
    }

    private static HorizontalAlign alignment(ColumnType type) {
        return NUMBERS.contains(type.root()) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT;
    }

    private static Object[] cells(Row row, boolean isStream) {
        List<Object> cells = new ArrayList<>();
        if (isStream) {
            cells.add(sign(row.kind()));
        }
        row.values().forEach(value -> cells.add(CellText.of(value)));
        return cells.toArray();
    }

    private static String sign(RowKind kind) {
        return kind.sign();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
