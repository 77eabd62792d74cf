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

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.server.CallCounts;
import dev.trestle.flink.gateway.Column;
import dev.trestle.flink.gateway.ColumnType;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.RowKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private static final List<Column> COLUMNS = List.of(column("name", "VARCHAR"), column("amount", "DECIMAL"));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Transcript transcript = new Transcript(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void showsRowsAsATableWithNumbersToTheRight() {
        transcript.table(
                COLUMNS,
                List.of(
                        new Row(RowKind.INSERT, List.of("a", new BigDecimal("1E+2"))),
                        new Row(RowKind.INSERT, Arrays.asList("bc", null))),
                false);

        assertThat(shown())
                .isEqualTo(
                        """
                          +------+--------+
                          | name | amount |
                          +------+--------+
                          | a    |    100 |
                          | bc   |   NULL |
                          +------+--------+
                        """);
    }

    @Test
    void showsTheKindOfARowOfAStream() {
        transcript.table(COLUMNS, List.of(new Row(RowKind.UPDATE_AFTER, List.of("a", BigDecimal.ONE))), true);

        assertThat(shown()).contains("| op | name | amount |", "| +U | a    |      1 |");
    }

    @Test
    void leavesOutWhatWouldNotFitOnAScreen() {
        transcript.table(
                COLUMNS, Collections.nCopies(25, new Row(RowKind.INSERT, List.of("a", BigDecimal.ONE))), false);

        assertThat(shown().lines().filter(line -> line.contains("| a "))).hasSize(20);
        assertThat(shown()).contains("and 5 more rows");
    }

    @Test
    void tellsTimeAndCallsOfAStatement() {
        transcript.cost(Duration.ofMillis(1234), new CallCounts(Map.of("getTable", 2L, "commitTable", 1L)));
        transcript.cost(Duration.ofMillis(50), new CallCounts(Map.of()));

        assertThat(shown()).isEqualTo("  1.2 s, 3 REST calls: commitTable, getTable x2\n  0.1 s, no REST call\n");
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Column column(String name, String root) {
        return new Column(
                name,
                new ColumnType.Atomic(root, true, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty()),
                Optional.empty());
    }
}
