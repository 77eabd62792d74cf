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
 */
record EdgeColumn(String name, String type, Sql flink, Sql trino, Sql spark) {

    /** How many values each column has, the last of them NULL. */
    static final int VALUES = 4;

    private static final String STRING = "CAST(%s AS STRING)";
    private static final String VARCHAR = "CAST(%s AS varchar)";
    private static final String JSON = "json_format(CAST(%s AS JSON))";

    /**
     * The column in the SQL of an engine.
     *
     * @param values the same values in the same order in all
     * @param text what makes a text of a value, with {@code %s} in its place
     */
    record Sql(List<String> values, String text) {

        Sql {
            values = List.copyOf(values);
            requireNonNull(text, "text is null");
        }
    }

    /** A column of each type that all engines have. */
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
            timestamp(0, "0001-01-01 00:00:00", "9999-12-31 23:59:59", "1969-12-31 23:59:59"),
            timestamp(6, "0001-01-01 00:00:00.000001", "9999-12-31 23:59:59.999999", "1969-12-31 23:59:59.999999"),
            instant("0001-01-01 00:00:00.001", "9999-12-31 23:59:59.999", "1969-12-31 23:59:59.999"),
            new EdgeColumn(
                    "f_bytes",
                    "BYTES",
                    new Sql(
                            List.of("CAST(x'' AS BYTES)", "CAST(x'00FF80' AS BYTES)", "CAST(x'41' AS BYTES)"),
                            "CAST(%1$s = x'00FF80' AS STRING) || CAST(%1$s = x'41' AS STRING)"),
                    new Sql(List.of("X''", "X'00FF80'", "X'41'"), "to_hex(%s)"),
                    new Sql(List.of("X''", "X'00FF80'", "X'41'"), "hex(%s)")),
            arrays(),
            new EdgeColumn(
                    "f_map",
                    "MAP<STRING, BIGINT>",
                    new Sql(
                            List.of(
                                    "MAP['a', CAST(1 AS BIGINT)]",
                                    "MAP['', CAST('9223372036854775807' AS BIGINT)]",
                                    "MAP['a', CAST(NULL AS BIGINT)]"),
                            STRING),
                    new Sql(
                            List.of(
                                    "MAP(ARRAY['a'], ARRAY[CAST(1 AS BIGINT)])",
                                    "MAP(ARRAY[''], ARRAY[CAST('9223372036854775807' AS BIGINT)])",
                                    "MAP(ARRAY['a'], ARRAY[CAST(NULL AS BIGINT)])"),
                            JSON),
                    new Sql(
                            List.of(
                                    "map('a', CAST(1 AS BIGINT))",
                                    "map('', 9223372036854775807)",
                                    "map('a', CAST(NULL AS BIGINT))"),
                            STRING)),
            structs());

    /** A column of times with more digits than Spark has. */
    static final EdgeColumn NANOS = timestamp(
            9, "1677-09-22 00:00:00.000000001", "2262-04-11 23:47:16.854775807", "1969-12-31 23:59:59.999999999");

    EdgeColumn {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        flink = withNull(flink, "CAST(NULL AS " + type + ")");
        trino = withNull(trino, "NULL");
        spark = withNull(spark, "NULL");
    }

    private static Sql withNull(Sql sql, String last) {
        return new Sql(Stream.concat(sql.values().stream(), Stream.of(last)).toList(), sql.text());
    }

    private static EdgeColumn scalar(String name, String type, String trinoType, String... values) {
        return new EdgeColumn(
                name,
                type,
                new Sql(casts(type, "", values), STRING),
                new Sql(casts(trinoType, "", values), VARCHAR),
                new Sql(casts(type, "", values), STRING));
    }

    private static EdgeColumn timestamp(int digits, String... values) {
        String type = "TIMESTAMP(" + digits + ")";
        return new EdgeColumn(
                "f_timestamp_" + digits,
                type,
                new Sql(casts(type, "", values), STRING),
                new Sql(casts(type, "", values), VARCHAR),
                new Sql(casts("TIMESTAMP_NTZ", "", values), STRING));
    }

    private static EdgeColumn instant(String... values) {
        return new EdgeColumn(
                "f_instant",
                "TIMESTAMP_LTZ(3)",
                new Sql(casts("TIMESTAMP_LTZ(3)", "", values), STRING),
                new Sql(casts("timestamp(3) with time zone", " UTC", values), VARCHAR),
                new Sql(casts("TIMESTAMP", "", values), STRING));
    }

    private static EdgeColumn arrays() {
        List<String> elements =
                List.of("CAST(1 AS INT), CAST(NULL AS INT)", "CAST(-2147483648 AS INT)", "CAST(2 AS INT)");
        List<String> values = elements.stream().map("ARRAY[%s]"::formatted).toList();
        return new EdgeColumn(
                "f_array",
                "ARRAY<INT>",
                new Sql(values, STRING),
                new Sql(values, JSON),
                new Sql(elements.stream().map("array(%s)"::formatted).toList(), STRING));
    }

    private static EdgeColumn structs() {
        String type = "ROW<x INT, y ARRAY<STRING>>";
        return new EdgeColumn(
                "f_row",
                type,
                new Sql(structs("CAST(ROW(%s, ARRAY[%s]) AS " + type + ")"), STRING),
                new Sql(structs("CAST(ROW(%s, ARRAY[%s]) AS ROW(x integer, y array(varchar)))"), JSON),
                new Sql(structs("named_struct('x', %s, 'y', array(%s))"), STRING));
    }

    private static List<String> structs(String format) {
        return List.of(
                format.formatted("1", "'x', ''"), format.formatted("-2147483648", "'y'"), format.formatted("0", "'z'"));
    }

    private static List<String> casts(String type, String suffix, String... values) {
        return Stream.of(values)
                .map(value -> "CAST('" + value + suffix + "' AS " + type + ")")
                .toList();
    }

    private Sql in(Engine engine) {
        return switch (engine) {
            case FLINK -> flink;
            case TRINO -> trino;
            case SPARK -> spark;
        };
    }

    /** One of the values, as the engine's SQL has it. */
    String value(Engine engine, int index) {
        return in(engine).values().get(index);
    }

    /** What makes a text of the column in the engine's SQL. */
    String text(Engine engine) {
        return in(engine).text().formatted(name);
    }
}
