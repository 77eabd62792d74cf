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

import dev.trestle.flink.gateway.Column;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.Row;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table. Rows are written as they come, so the first page decides how wide its columns are; a longer text in a later one
 * pushes the rest of its line, and one of more than 60 characters is cut.
 */
final class TablePrinter implements ResultPrinter {

    private static final int WIDEST = 60;
    private static final Set<String> NUMBERS =
            Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "FLOAT", "DOUBLE");

    private final PrintStream out;
    private final boolean withKinds;
    private final List<Integer> widths = new ArrayList<>();
    private List<Column> columns = List.of();

    /** @param withKinds whether the first column says what each row is in a changelog */
    TablePrinter(PrintStream out, boolean withKinds) {
        this.out = requireNonNull(out, "out is null");
        this.withKinds = withKinds;
    }

    @Override
    public void print(ResultPage page) {
        List<List<String>> lines = page.rows().stream().map(this::cells).toList();
        if (columns.isEmpty() && !page.columns().isEmpty()) {
            columns = page.columns();
            begin(lines);
        }
        lines.forEach(this::line);
        out.flush();
    }

    private void begin(List<List<String>> lines) {
        List<String> names = cells("op", columns.stream().map(Column::name));
        for (int i = 0; i < names.size(); i++) {
            int width = names.get(i).length();
            for (List<String> line : lines) {
                width = Math.max(width, line.get(i).length());
            }
            widths.add(width);
        }
        rule();
        line(names);
        rule();
    }

    @Override
    public void end() {
        if (!columns.isEmpty()) {
            rule();
        }
    }

    private List<String> cells(Row row) {
        return cells(row.kind().sign(), row.values().stream().map(CellText::of));
    }

    private List<String> cells(String kind, Stream<String> texts) {
        return Stream.concat(withKinds ? Stream.of(kind) : Stream.empty(), texts)
                .map(TablePrinter::cut)
                .toList();
    }

    private static String cut(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    private void rule() {
        StringBuilder rule = new StringBuilder("+");
        widths.forEach(width -> rule.append("-".repeat(width + 2)).append('+'));
        out.println(rule);
    }

    private void line(List<String> cells) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(Math.max(0, widths.get(i) - cells.get(i).length()));
            line.append(' ')
                    .append(isNumber(i) ? padding + cells.get(i) : cells.get(i) + padding)
                    .append(" |");
        }
        out.println(line);
    }

    private boolean isNumber(int cell) {
        int column = withKinds ? cell - 1 : cell;
        return column >= 0 && NUMBERS.contains(columns.get(column).type().root());
    }
}
