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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.flink.gateway.Column;
import dev.trestle.flink.gateway.ColumnType;
import dev.trestle.flink.gateway.ResultKind;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.RowKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResultPrinterTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, UTF_8);

    @Test
    void writesATableAsItsPagesCome() {
        ResultPrinter table = new TablePrinter(out, false);

        table.print(page("BIGINT", "VARCHAR", row(RowKind.INSERT, 1L, "one"), row(RowKind.INSERT, 100L, null)));
        table.print(page("BIGINT", "VARCHAR", row(RowKind.INSERT, 2L, "longer than before")));
        table.end();

        assertThat(lines())
                .containsExactly(
                        "+-----+------+",
                        "|   a | b    |",
                        "+-----+------+",
                        "|   1 | one  |",
                        "| 100 | NULL |",
                        "|   2 | longer than before |",
                        "+-----+------+");
    }

    @Test
    void showsWhatEachRowOfAChangelogIs() {
        ResultPrinter table = new TablePrinter(out, true);

        table.print(page("BIGINT", "VARCHAR", row(RowKind.UPDATE_AFTER, 1L, "x")));

        assertThat(lines()).contains("| op | a | b |", "| +U | 1 | x |");
    }

    @Test
    void cutsLongTextsAndKeepsEachRowInALine() {
        ResultPrinter table = new TablePrinter(out, false);

        table.print(page("VARCHAR", "VARCHAR", row(RowKind.INSERT, "y".repeat(61), "a\nb")));

        assertThat(lines()).contains("| " + "y".repeat(59) + "… | a b |");
    }

    @Test
    void writesAResultWithoutRowsAsAnEmptyTable() {
        ResultPrinter table = new TablePrinter(out, false);

        table.print(page("VARCHAR", "VARCHAR"));
        table.end();

        assertThat(lines()).containsExactly("+---+---+", "| a | b |", "+---+---+", "+---+---+");
    }

    @Test
    void writesAJsonObjectForEachRow() {
        ResultPrinter json = new JsonPrinter(out);

        json.print(page(
                "DECIMAL",
                "ROW",
                row(RowKind.DELETE, new BigDecimal("1E+5"), Map.of("k", Arrays.asList(1, null))),
                row(RowKind.INSERT, Double.NaN, new byte[] {1}),
                row(RowKind.INSERT, LocalDateTime.of(2026, 2, 28, 1, 2, 3), Instant.EPOCH)));
        json.end();

        assertThat(lines())
                .containsExactly(
                        "{\"op\":\"-D\",\"row\":{\"a\":100000,\"b\":{\"k\":[1,null]}}}",
                        "{\"op\":\"+I\",\"row\":{\"a\":\"NaN\",\"b\":\"AQ==\"}}",
                        "{\"op\":\"+I\",\"row\":{\"a\":\"2026-02-28T01:02:03\",\"b\":\"1970-01-01T00:00:00Z\"}}");
    }

    @Test
    void writesValuesAsSqlDoes() {
        assertThat(CellText.of(new BigDecimal("1E+5"))).isEqualTo("100000");
        assertThat(CellText.of(new byte[] {0x0a, (byte) 0xff})).isEqualTo("x'0aff'");
        assertThat(CellText.of(LocalDateTime.of(2026, 2, 28, 1, 2, 3))).isEqualTo("2026-02-28 01:02:03");
        assertThat(CellText.of(Arrays.asList(1, null, Map.of("k", true)))).isEqualTo("[1, NULL, {k=true}]");
    }

    private List<String> lines() {
        out.flush();
        return bytes.toString(UTF_8).lines().toList();
    }

    private static ResultPage page(String first, String second, Row... rows) {
        return new ResultPage(
                List.of(column("a", first), column("b", second)), List.of(rows), Optional.empty(), ResultKind.QUERY);
    }

    private static Column column(String name, String root) {
        return new Column(
                name,
                new ColumnType.Atomic(root, true, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                Optional.empty());
    }

    private static Row row(RowKind kind, Object... values) {
        return new Row(kind, Arrays.asList(values));
    }
}
