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
package dev.trestle.e2e.gateway;

import static dev.trestle.e2e.gateway.RunningGateway.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.RowFormat;
import dev.trestle.flink.gateway.RowFormatException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of every type, in both row formats, are what was written in SQL. */
abstract class TypeSuite {

    private static final Instant HALF_PAST = Instant.parse("2026-02-28T10:11:12.500Z");
    private static final String LTZ = "CAST(TIMESTAMP '2026-02-28 10:11:12.5' AS TIMESTAMP_LTZ(3))";

    private static final List<Value> VALUES = List.of(
            same("TRUE", true),
            same("CAST(1 AS TINYINT)", 1),
            same("CAST(-2 AS SMALLINT)", -2),
            same("3", 3),
            same("CAST(-5 AS BIGINT)", -5L),
            same("CAST(5 AS DECIMAL(10, 2))", new BigDecimal("5.00")),
            same("CAST(100000 AS DECIMAL(10, 0))", new BigDecimal("100000")),
            same(
                    "CAST('1234567890123456789012345678901234.5678' AS DECIMAL(38, 4))",
                    new BigDecimal("1234567890123456789012345678901234.5678")),
            same("CAST(0.1 AS FLOAT)", 0.1f),
            same("CAST(0.1 AS DOUBLE)", 0.1),
            same("CAST('NaN' AS DOUBLE)", Double.NaN),
            same("CAST('ab' AS CHAR(3))", "ab "),
            same("'zażółć, ''x'''", "zażółć, 'x'"),
            same("X'0aff'", new byte[] {0x0a, (byte) 0xff}),
            same("CAST(X'01' AS VARBINARY(3))", new byte[] {1}),
            same("DATE '2026-02-28'", LocalDate.of(2026, 2, 28)),
            same("TIME '10:11:12'", LocalTime.of(10, 11, 12)),
            same("TIMESTAMP '2026-02-28 10:11:12.123456'", LocalDateTime.parse("2026-02-28T10:11:12.123456")),
            same("TIMESTAMP '2026-02-28 10:11:00'", LocalDateTime.parse("2026-02-28T10:11:00")),
            same(LTZ, HALF_PAST),
            same("INTERVAL '14' MONTH", Period.of(1, 2, 0)),
            same("INTERVAL -'14' MONTH", Period.of(-1, -2, 0)),
            same("INTERVAL '1 02:03:04.5' DAY TO SECOND", Duration.parse("P1DT2H3M4.5S")),
            same("INTERVAL -'1' SECOND", Duration.ofSeconds(-1)),
            same("CAST(NULL AS STRING)", null),
            same("CAST(NULL AS ARRAY<INT>)", null),
            same("ARRAY[1, CAST(NULL AS INT)]", Arrays.asList(1, null)),
            same("ARRAY[ARRAY[1], ARRAY[2, 3]]", List.of(List.of(1), List.of(2, 3))),
            same("ARRAY[" + LTZ + "]", List.of(HALF_PAST)),
            same(
                    "CAST(ROW(1, DATE '2026-02-28', " + LTZ + ") AS ROW<a INT, b DATE, c TIMESTAMP_LTZ(3)>)",
                    Map.of("a", 1, "b", LocalDate.of(2026, 2, 28), "c", HALF_PAST)),
            new Value("ARRAY['a', 'b, c']", List.of("a", "b, c"), "[a, b, c]"),
            new Value("MAP['k', CAST(1.5 AS DECIMAL(3, 1))]", Map.of("k", new BigDecimal("1.5")), "{k=1.5}"),
            new Value("CAST(ROW(1, 'x') AS ROW<a INT, b STRING>)", Map.of("a", 1, "b", "x"), "(1, x)"));

    private final RunningGateway gateway;

    TypeSuite(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** An expression, and what it is read as in each format. */
    private record Value(String sql, Object inJson, Object inText) {
        Object in(RowFormat format) {
            return switch (format) {
                case JSON -> inJson;
                case PLAIN_TEXT -> inText;
            };
        }
    }

    private static Value same(String sql, Object value) {
        return new Value(sql, value, value);
    }

    @ParameterizedTest
    @EnumSource(RowFormat.class)
    void valuesOfEveryTypeAreReadAsTheyWereWritten(RowFormat format) {
        List<Object> values =
                read(VALUES.stream().map(Value::sql).collect(Collectors.joining(", ", "SELECT ", "")), format);

        for (int i = 0; i < VALUES.size(); i++) {
            assertThat(values.get(i))
                    .as(VALUES.get(i).sql())
                    .isEqualTo(VALUES.get(i).in(format));
        }
    }

    @Test
    void aMultisetHasItsElementsCounts() {
        assertThat(read("SELECT COLLECT(x) FROM (VALUES 'a', 'a', 'b') AS t (x)", RowFormat.JSON))
                .isEqualTo(List.of(Map.of("a", 2, "b", 1)));
        assertThat(read("SELECT COLLECT(x) FROM (VALUES 1, 1, 2) AS t (x)", RowFormat.PLAIN_TEXT))
                .isEqualTo(List.of(Map.of(1, 2, 2, 1)));
    }

    @Test
    void whatIsNotToBeWrittenAsJsonComesAsTextWithoutALoss() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.batch(client);
                GatewayOperation operation =
                        session.execute("SELECT MAP[1, 2], PARSE_JSON('{\"a\":1}'), BITMAP_BUILD(ARRAY[1, 2])")) {
            assertThatThrownBy(() -> operation.results().readAll(LIMIT))
                    .isInstanceOf(RowFormatException.class)
                    .hasMessageContaining("PLAIN_TEXT");

            List<Row> rows = operation
                    .results()
                    .readAs(RowFormat.PLAIN_TEXT)
                    .readAll(LIMIT)
                    .rows();

            assertThat(rows).singleElement().satisfies(row -> assertThat(row.values())
                    .isEqualTo(List.of(Map.of(1, 2), "{\"a\":1}", "{1,2}")));
        }
    }

    private List<Object> read(String query, RowFormat format) {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.batch(client);
                GatewayOperation operation = session.execute(query)) {
            return operation
                    .results()
                    .readAs(format)
                    .readAll(LIMIT)
                    .rows()
                    .get(0)
                    .values();
        }
    }
}
