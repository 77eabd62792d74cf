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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.types.Row;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest, the largest, empty, special and absent value of each type, written and read back. */
class TypeRoundTripTest extends CatalogFixture {

    /** A column's type, literals of it, and what Java prints of each. */
    private record Column(String type, List<String> literals, List<String> printed) {}

    private static List<Column> columns() {
        return List.of(
                of("BOOLEAN", "TRUE", "true", "FALSE", "false"),
                of("TINYINT", "CAST(-128 AS TINYINT)", "-128", "CAST(127 AS TINYINT)", "127"),
                of("SMALLINT", "CAST(-32768 AS SMALLINT)", "-32768", "CAST(32767 AS SMALLINT)", "32767"),
                of("INT", "-2147483647 - 1", "-2147483648", "2147483647", "2147483647"),
                of(
                        "BIGINT",
                        "CAST('-9223372036854775808' AS BIGINT)",
                        "-9223372036854775808",
                        "9223372036854775807",
                        "9223372036854775807"),
                of(
                        "DECIMAL(38, 10)",
                        "CAST('9999999999999999999999999999.9999999999' AS DECIMAL(38, 10))",
                        "9999999999999999999999999999.9999999999",
                        "CAST('-0.0000000001' AS DECIMAL(38, 10))",
                        "-1E-10"),
                of("CHAR(3)", "CAST('abc' AS CHAR(3))", "abc", "CAST('ü€😀' AS CHAR(3))", "ü€😀"),
                of("VARCHAR(4)", "'abcd'", "abcd", "''", ""),
                of("STRING", "''", "", "'😀 ''quoted'''", "😀 'quoted'"),
                of("BINARY(3)", "CAST(X'00FF7F' AS BINARY(3))", "[0, -1, 127]"),
                of("VARBINARY(3)", "X'01'", "[1]", "CAST(X'' AS VARBINARY(3))", "[]"),
                of("BYTES", "X'00FF'", "[0, -1]", "CAST(X'' AS BYTES)", "[]"),
                of(
                        "DATE",
                        "DATE '0001-01-01'",
                        "0001-01-01",
                        "DATE '9999-12-31'",
                        "9999-12-31",
                        "DATE '1500-03-01'",
                        "1500-03-01"),
                of("TIME(3)", "TIME '00:00:00'", "00:00", "TIME '23:59:59.999'", "23:59:59.999"),
                of("TIME", "TIME '23:59:59'", "23:59:59"),
                of(
                        "TIMESTAMP(9)",
                        "TIMESTAMP '2026-01-01 00:00:00.123456789'",
                        "2026-01-01T00:00:00.123456789",
                        "TIMESTAMP '1500-03-01 12:00:00.000000001'",
                        "1500-03-01T12:00:00.000000001"),
                of("TIMESTAMP(0)", "TIMESTAMP '9999-12-31 23:59:59'", "9999-12-31T23:59:59"),
                of(
                        "TIMESTAMP_LTZ(9)",
                        "CAST(TIMESTAMP '2026-06-30 12:00:00.123456789' AS TIMESTAMP_LTZ(9))",
                        "2026-06-30T12:00:00.123456789Z"),
                of("ARRAY<INT>", "ARRAY[1, CAST(NULL AS INT), 3]", "[1, null, 3]"),
                of("MAP<STRING, INT>", "MAP['a', 1]", "{a=1}"),
                of(
                        "ROW<x INT, y ROW<z STRING>>",
                        "CAST(ROW(1, ROW('q')) AS ROW<x INT, y ROW<z STRING>>)",
                        "+I[1, +I[q]]",
                        "CAST(ROW(CAST(NULL AS INT), CAST(NULL AS ROW<z STRING>)) AS ROW<x INT, y ROW<z STRING>>)",
                        "+I[null, null]"));
    }

    private static Column of(String type, String... literalsAndText) {
        List<String> literals = new ArrayList<>();
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < literalsAndText.length; i += 2) {
            literals.add(literalsAndText[i]);
            printed.add(literalsAndText[i + 1]);
        }
        return new Column(type, literals, printed);
    }

    /** Row by row: the first literal of each column, the second …; NULL where a column has no more. */
    @Test
    void valuesAreReadAsTheyWereWritten() {
        List<Column> columns = columns();
        int last = columns.stream()
                .mapToInt(column -> column.literals().size())
                .max()
                .orElseThrow();
        session.run(IntStream.range(0, columns.size())
                .mapToObj(i -> "c" + i + " " + columns.get(i).type())
                .collect(Collectors.joining(", ", "CREATE TABLE t (k INT, ", ")")));
        session.run(IntStream.rangeClosed(0, last)
                .mapToObj(row -> "SELECT " + row + ", "
                        + columns.stream()
                                .map(column -> row < column.literals().size()
                                        ? "CAST(" + column.literals().get(row) + " AS " + column.type() + ")"
                                        : "CAST(NULL AS " + column.type() + ")")
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" UNION ALL ", "INSERT INTO t ", "")));

        List<Row> read = session.sql("SELECT * FROM t ORDER BY k");

        SoftAssertions all = new SoftAssertions();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            for (int row = 0; row <= last; row++) {
                String expected =
                        row < column.printed().size() ? column.printed().get(row) : "null";
                all.assertThat(text(read.get(row).getField(i + 1)))
                        .as(column.type())
                        .isEqualTo(expected);
            }
        }
        all.assertAll();
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return Arrays.toString(bytes);
        }
        return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
    }

    /** From text in another table: the planner itself cannot hold such literals. */
    @Test
    void specialFloatingPointNumbersAreKept() {
        List<String> numbers = List.of("NaN", "Infinity", "-Infinity", "-0.0", "0.0");
        session.run("CREATE TABLE texts (s STRING)")
                .run("INSERT INTO texts VALUES ('" + String.join("'), ('", numbers) + "')");
        session.run("CREATE TABLE t (f FLOAT, d DOUBLE)")
                .run("INSERT INTO t SELECT CAST(s AS FLOAT), CAST(s AS DOUBLE) FROM texts");
        assertThat(session.column("SELECT f FROM t"))
                .containsExactlyInAnyOrderElementsOf(
                        numbers.stream().map(Float::valueOf).toList());
        assertThat(session.column("SELECT d FROM t"))
                .containsExactlyInAnyOrderElementsOf(
                        numbers.stream().map(Double::valueOf).toList());
    }

    @Test
    void aVariantIsReadAsItWasWritten() {
        session.run("CREATE TABLE t (v VARIANT)").run("INSERT INTO t SELECT PARSE_JSON('{\"a\":[1,null,\"x\"]}')");
        assertThat(session.column("SELECT v FROM t")).singleElement().hasToString("{\"a\":[1,null,\"x\"]}");
    }

    @Test
    void aMultisetIsReadAsItWasWritten() {
        session.run("CREATE TABLE t (v MULTISET<STRING>)")
                .run("INSERT INTO t SELECT COLLECT(s) FROM (VALUES ('a'), ('b'), ('a')) AS x(s)");
        assertThat(session.column("SELECT v FROM t")).containsExactly(Map.of("a", 2, "b", 1));
    }

    @Test
    void columnsThatAreNotNullRefuseNullAndKeepVariants() {
        session.run("CREATE TABLE t (a INT NOT NULL, v VARIANT NOT NULL, b BYTES NOT NULL)")
                .run("INSERT INTO t SELECT 1, PARSE_JSON('7'), X'01'");
        assertThat(session.column("SELECT v FROM t")).singleElement().hasToString("7");
        assertThatThrownBy(() -> session.run("INSERT INTO t SELECT CAST(NULL AS INT), PARSE_JSON('7'), X'01'"))
                .hasStackTraceContaining("Column 'a' is NOT NULL");
    }

    @Test
    void blobsAreMadeByOptions() {
        session.run("CREATE TABLE t (id INT, b BYTES) WITH ('blob-field'='b', 'data-evolution.enabled'='true',"
                + " 'row-tracking.enabled'='true')");
        assertThat(rows("DESCRIBE t").get(1)).contains("BYTES");
        session.run("INSERT INTO t VALUES (1, X'CAFE')");
        assertThat(session.column("SELECT b FROM t")).containsExactly(new byte[] {(byte) 0xCA, (byte) 0xFE});
    }

    @Test
    void aVectorIsReadAsItWasWritten() {
        session.run("CREATE TABLE t (id INT, v ARRAY<FLOAT>) WITH ('file.format'='avro', 'vector-field'='v',"
                        + " 'field.v.vector-dim'='2')")
                .run("INSERT INTO t VALUES (1, ARRAY[CAST(1.5 AS FLOAT), CAST(-2 AS FLOAT)])");
        assertThat(session.column("SELECT v FROM t")).containsExactly((Object) new Float[] {1.5f, -2f});
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "avro"})
    void noTimeZoneOfASessionShiftsTimes(String format) {
        FlinkSession east = open(FlinkSession.batch().set("table.local-time-zone", "Asia/Kolkata"))
                .run("USE d");
        east.run("CREATE TABLE t (a TIMESTAMP(6), z TIMESTAMP_LTZ(6)) WITH ('file.format'='" + format + "')")
                .run("INSERT INTO t SELECT TIMESTAMP '2026-06-30 12:00:00.123456',"
                        + " CAST(TIMESTAMP '2026-06-30 12:00:00.123456' AS TIMESTAMP_LTZ(6))");

        for (FlinkSession reader : List.of(east, session)) {
            assertThat(reader.rows("SELECT a, z FROM t"))
                    .containsExactly("[2026-06-30T12:00:00.123456, 2026-06-30T06:30:00.123456Z]");
        }
        assertThat(east.rows("SELECT CAST(z AS STRING) FROM t")).containsExactly("[2026-06-30 12:00:00.123456]");
        assertThat(session.rows("SELECT CAST(z AS STRING) FROM t")).containsExactly("[2026-06-30 06:30:00.123456]");
        east.close();
    }

    @Test
    void aVectorWithoutItsLengthIsRefused() {
        assertThatThrownBy(() -> session.run("CREATE TABLE t (id INT, v ARRAY<FLOAT>) WITH ('vector-field'='v')"))
                .hasStackTraceContaining("set 'field.v.vector-dim' to a positive number");
    }
}
