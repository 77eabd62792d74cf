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
package dev.trestle.e2e.engines;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * A column whose values are at the edges of its type.
 *
 * @param type as Flink names it
 * @param inFlink the values as Flink's SQL has them
 * @param inTrino the same values in the same order, as Trino's SQL has them
 * @param flinkText what makes a text of a value in Flink, with {@code %s} in its place
 * @param trinoText the same for Trino
 */
record EdgeColumn(
        String name, String type, List<String> inFlink, List<String> inTrino, String flinkText, String trinoText) {

    /** How many values each column has, the last of them NULL. */
    static final int VALUES = 4;

    private static final String JSON = "json_format(CAST(%s AS JSON))";

    /** A column of each type that both engines have. */
    static final List<EdgeColumn> ALL = List.of(
            scalar("f_boolean", "BOOLEAN", "boolean", "true", "false", "true"),
            scalar("f_tinyint", "TINYINT", "tinyint", "-128", "127", "0"),
            scalar("f_smallint", "SMALLINT", "smallint", "-32768", "32767", "0"),
            scalar("f_int", "INT", "integer", "-2147483648", "2147483647", "0"),
            scalar("f_bigint", "BIGINT", "bigint", "-9223372036854775808", "9223372036854775807", "0"),
            scalar("f_float", "FLOAT", "real", "-1.5E38", "1.5E-38", "0.0"),
            scalar("f_double", "DOUBLE", "double", "4.9E-324", "-1.7976931348623157E308", "0.0"),
            scalar("f_short_decimal", "DECIMAL(18, 4)", "decimal(18, 4)", "-99999999999999.9999", "0.0001", "0"),
            scalar(
                    "f_long_decimal",
                    "DECIMAL(38, 10)",
                    "decimal(38, 10)",
                    "-9999999999999999999999999999.9999999999",
                    "9999999999999999999999999999.9999999999",
                    "0.0000000001"),
            scalar("f_string", "STRING", "varchar", "", "\u00e4\u20ac\uD834\uDD1E", "a|b"),
            scalar("f_char", "CHAR(3)", "char(3)", "abc", "\u00e4bc", "xyz"),
            scalar("f_date", "DATE", "date", "0001-01-01", "9999-12-31", "1582-10-10"),
            scalar(
                    "f_seconds",
                    "TIMESTAMP(0)",
                    "timestamp(0)",
                    "0001-01-01 00:00:00",
                    "9999-12-31 23:59:59",
                    "1969-12-31 23:59:59"),
            scalar(
                    "f_micros",
                    "TIMESTAMP(6)",
                    "timestamp(6)",
                    "0001-01-01 00:00:00.000001",
                    "9999-12-31 23:59:59.999999",
                    "1969-12-31 23:59:59.999999"),
            scalar(
                    "f_nanos",
                    "TIMESTAMP(9)",
                    "timestamp(9)",
                    "1677-09-22 00:00:00.000000001",
                    "2262-04-11 23:47:16.854775807",
                    "1969-12-31 23:59:59.999999999"),
            new EdgeColumn(
                    "f_instant",
                    "TIMESTAMP_LTZ(3)",
                    casts(
                            "TIMESTAMP_LTZ(3)",
                            "",
                            "0001-01-01 00:00:00.001",
                            "9999-12-31 23:59:59.999",
                            "1969-12-31 23:59:59.999"),
                    casts(
                            "timestamp(3) with time zone",
                            " UTC",
                            "0001-01-01 00:00:00.001",
                            "9999-12-31 23:59:59.999",
                            "1969-12-31 23:59:59.999"),
                    "CAST(%s AS STRING)",
                    "CAST(%s AS varchar)"),
            new EdgeColumn(
                    "f_bytes",
                    "BYTES",
                    List.of("CAST(x'' AS BYTES)", "CAST(x'00FF80' AS BYTES)", "CAST(x'41' AS BYTES)"),
                    List.of("X''", "X'00FF80'", "X'41'"),
                    "CAST(%1$s = x'00FF80' AS STRING) || CAST(%1$s = x'41' AS STRING)",
                    "to_hex(%s)"),
            nested(
                    "f_array",
                    "ARRAY<INT>",
                    List.of(
                            "ARRAY[CAST(1 AS INT), CAST(NULL AS INT)]",
                            "ARRAY[CAST(-2147483648 AS INT)]",
                            "ARRAY[CAST(2 AS INT)]")),
            new EdgeColumn(
                    "f_map",
                    "MAP<STRING, BIGINT>",
                    List.of(
                            "MAP['a', CAST(1 AS BIGINT)]",
                            "MAP['', CAST('9223372036854775807' AS BIGINT)]",
                            "MAP['a', CAST(NULL AS BIGINT)]"),
                    List.of(
                            "MAP(ARRAY['a'], ARRAY[CAST(1 AS BIGINT)])",
                            "MAP(ARRAY[''], ARRAY[CAST('9223372036854775807' AS BIGINT)])",
                            "MAP(ARRAY['a'], ARRAY[CAST(NULL AS BIGINT)])"),
                    "CAST(%s AS STRING)",
                    JSON),
            new EdgeColumn(
                    "f_row",
                    "ROW<x INT, y ARRAY<STRING>>",
                    rows("ROW<x INT, y ARRAY<STRING>>"),
                    rows("ROW(x integer, y array(varchar))"),
                    "CAST(%s AS STRING)",
                    JSON));

    EdgeColumn {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        inFlink = and(inFlink, "CAST(NULL AS " + type + ")");
        inTrino = and(inTrino, "NULL");
        requireNonNull(flinkText, "flinkText is null");
        requireNonNull(trinoText, "trinoText is null");
    }

    private static List<String> and(List<String> values, String last) {
        return Stream.concat(values.stream(), Stream.of(last)).toList();
    }

    private static EdgeColumn scalar(String name, String flinkType, String trinoType, String... values) {
        return new EdgeColumn(
                name,
                flinkType,
                casts(flinkType, "", values),
                casts(trinoType, "", values),
                "CAST(%s AS STRING)",
                "CAST(%s AS varchar)");
    }

    private static EdgeColumn nested(String name, String type, List<String> values) {
        return new EdgeColumn(name, type, values, values, "CAST(%s AS STRING)", JSON);
    }

    private static List<String> casts(String type, String suffix, String... values) {
        return Stream.of(values)
                .map(value -> "CAST('" + value + suffix + "' AS " + type + ")")
                .toList();
    }

    private static List<String> rows(String type) {
        return Stream.of("1, ARRAY['x', '']", "-2147483648, ARRAY['y']", "0, ARRAY['z']")
                .map(fields -> "CAST(ROW(" + fields + ") AS " + type + ")")
                .toList();
    }

    String textInFlink() {
        return flinkText.formatted(name);
    }

    String textInTrino() {
        return trinoText.formatted(name);
    }
}
