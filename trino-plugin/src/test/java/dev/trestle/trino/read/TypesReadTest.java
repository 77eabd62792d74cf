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
package dev.trestle.trino.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.TrestleQueryRunner;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.GenericVariant;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the edges of their types come out alike by Trino's readers and by Paimon's, which merges. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TypesReadTest {

    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();

    private static final List<DataType> TYPES = List.of(
            DataTypes.INT().notNull(),
            DataTypes.BOOLEAN(),
            DataTypes.TINYINT(),
            DataTypes.SMALLINT(),
            DataTypes.INT(),
            DataTypes.BIGINT(),
            DataTypes.FLOAT(),
            DataTypes.DOUBLE(),
            DataTypes.DECIMAL(9, 2),
            DataTypes.DECIMAL(18, 4),
            DataTypes.DECIMAL(38, 10),
            DataTypes.CHAR(5),
            DataTypes.VARCHAR(10),
            DataTypes.STRING(),
            DataTypes.BINARY(3),
            DataTypes.BYTES(),
            DataTypes.DATE(),
            DataTypes.TIME(3),
            DataTypes.TIMESTAMP(0),
            DataTypes.TIMESTAMP(3),
            DataTypes.TIMESTAMP(6),
            DataTypes.TIMESTAMP(9),
            DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3),
            DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6),
            DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(9),
            DataTypes.ARRAY(DataTypes.INT()),
            DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.BIGINT()),
            DataTypes.ROW(
                    DataTypes.FIELD(100, "X", DataTypes.INT()),
                    DataTypes.FIELD(101, "y", DataTypes.ARRAY(DataTypes.STRING()))),
            DataTypes.MULTISET(DataTypes.STRING().notNull()));

    private static Timestamp time(String text) {
        return Timestamp.fromLocalDateTime(java.time.LocalDateTime.parse(text));
    }

    private static BinaryString text(String text) {
        return BinaryString.fromString(text);
    }

    private static Decimal decimal(String digits, int precision, int scale) {
        return Decimal.fromBigDecimal(new BigDecimal(new BigInteger(digits), scale), precision, scale);
    }

    private static GenericRow least() {
        return GenericRow.of(
                1,
                false,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                Float.NEGATIVE_INFINITY,
                -0.0,
                decimal("-" + "9".repeat(9), 9, 2),
                decimal("-" + "9".repeat(18), 18, 4),
                decimal("-" + "9".repeat(38), 38, 10),
                text(""),
                text(""),
                text(""),
                new byte[3],
                new byte[0],
                (int) FIRST_DAY,
                0,
                time("0001-01-01T00:00:00"),
                time("0001-01-01T00:00:00.001"),
                time("0001-01-01T00:00:00.000001"),
                time("1582-10-04T23:59:59.123456789"),
                time("0001-01-01T00:00:00.001"),
                time("1969-12-31T23:59:59.999999"),
                time("1582-10-04T23:59:59.123456789"),
                new GenericArray(new Object[0]),
                new GenericMap(Map.of()),
                GenericRow.of(null, null),
                new GenericMap(Map.of()));
    }

    private static GenericRow greatest() {
        Map<Object, Object> map = new HashMap<>();
        map.put(text("k"), Long.MAX_VALUE);
        map.put(text(""), null);
        return GenericRow.of(
                2,
                true,
                Byte.MAX_VALUE,
                Short.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Float.NaN,
                Double.POSITIVE_INFINITY,
                decimal("9".repeat(9), 9, 2),
                decimal("9".repeat(18), 18, 4),
                decimal("9".repeat(38), 38, 10),
                text("ab"),
                text("zażółć"),
                text("\uD83D\uDE00"),
                new byte[] {-1, 0, 127},
                new byte[] {-128},
                (int) LAST_DAY,
                86_399_999,
                time("9999-12-31T23:59:59"),
                time("9999-12-31T23:59:59.999"),
                time("9999-12-31T23:59:59.999999"),
                time("2261-12-31T23:59:59.999999999"),
                time("9999-12-31T23:59:59.999"),
                time("2026-03-29T01:30:00.000001"),
                time("2261-12-31T23:59:59.999999999"),
                new GenericArray(new Object[] {Integer.MIN_VALUE, null, Integer.MAX_VALUE}),
                new GenericMap(map),
                GenericRow.of(7, new GenericArray(new Object[] {text("a"), null})),
                new GenericMap(Map.of(text("twice"), 2)));
    }

    private static GenericRow nulls() {
        GenericRow row = new GenericRow(TYPES.size());
        row.setField(0, 3);
        return row;
    }

    private TrestleQueryRunner runner;
    private PaimonTables tables;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        tables = new PaimonTables(runner.otherClient(), "t");
        for (String format : List.of("parquet", "orc")) {
            tables.create("append_" + format, schema().option("file.format", format));
            tables.write("append_" + format, least(), greatest(), nulls());
            tables.create(
                    "merged_" + format,
                    schema().primaryKey("c0").option("bucket", "1").option("file.format", format));
            tables.write("merged_" + format, least(), nulls());
            tables.write("merged_" + format, least(), greatest());
        }
    }

    private static Schema.Builder schema() {
        Schema.Builder schema = Schema.newBuilder();
        for (int i = 0; i < TYPES.size(); i++) {
            schema.column("c" + i, TYPES.get(i));
        }
        return schema;
    }

    private List<List<String>> rows(String sql) {
        return runner.trino().execute(sql).getMaterializedRows().stream()
                .map(row -> row.getFields().stream().map(TypesReadTest::shown).toList())
                .toList();
    }

    private static String shown(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }

    /** Columns that Trino's reader is given of ORC files too; one of another kind hands the whole file to Paimon's. */
    private static final List<Integer> NATIVE = IntStream.range(0, TYPES.size())
            .filter(i -> i < 17 || i == 19 || i > 24)
            .boxed()
            .toList();

    /**
     * What Paimon's writer of ORC makes of times: those of the Julian calendar are moved, and the last second before 1970 is
     * taken for the first one after it.
     */
    private static final Map<Integer, String> LEAST_OF_ORC = Map.of(
            18,
            "0000-12-30T00:00",
            19,
            "0000-12-30T00:00:00.001",
            20,
            "0000-12-30T00:00:00.000001",
            21,
            "1582-10-14T23:59:59.123456789",
            23,
            "1970-01-01T00:00:00.999999Z[UTC]");

    private static final List<List<String>> EXPECTED = List.of(
            List.of(
                    "1",
                    "false",
                    "-128",
                    "-32768",
                    "-2147483648",
                    "-9223372036854775808",
                    "-Infinity",
                    "-0.0",
                    "-9999999.99",
                    "-99999999999999.9999",
                    "-9999999999999999999999999999.9999999999",
                    "     ",
                    "",
                    "",
                    "[0, 0, 0]",
                    "[]",
                    "0001-01-01",
                    "00:00",
                    "0001-01-01T00:00",
                    "0001-01-01T00:00:00.001",
                    "0001-01-01T00:00:00.000001",
                    "1582-10-04T23:59:59.123456789",
                    "0001-01-01T00:00:00.001Z[UTC]",
                    "1969-12-31T23:59:59.999999Z[UTC]",
                    "1582-10-04T23:59:59.123456789Z[UTC]",
                    "[]",
                    "{}",
                    "[null, null]",
                    "{}"),
            List.of(
                    "2",
                    "true",
                    "127",
                    "32767",
                    "2147483647",
                    "9223372036854775807",
                    "NaN",
                    "Infinity",
                    "9999999.99",
                    "99999999999999.9999",
                    "9999999999999999999999999999.9999999999",
                    "ab   ",
                    "zażółć",
                    "\uD83D\uDE00",
                    "[-1, 0, 127]",
                    "[-128]",
                    "9999-12-31",
                    "23:59:59.999",
                    "9999-12-31T23:59:59",
                    "9999-12-31T23:59:59.999",
                    "9999-12-31T23:59:59.999999",
                    "2261-12-31T23:59:59.999999999",
                    "9999-12-31T23:59:59.999Z[UTC]",
                    "2026-03-29T01:30:00.000001Z[UTC]",
                    "2261-12-31T23:59:59.999999999Z[UTC]",
                    "[-2147483648, null, 2147483647]",
                    "{=null, k=9223372036854775807}",
                    "[7, [a, null]]",
                    "{twice=2}"));

    @ParameterizedTest
    @ValueSource(strings = {"append_parquet", "append_orc", "merged_parquet", "merged_orc"})
    void valuesAtTheEdgesOfTheirTypesComeOut(String table) {
        List<List<String>> expected = List.of(least(table), EXPECTED.get(1));
        List<List<String>> rows = rows("SELECT * FROM t." + table + " ORDER BY c0");
        assertThat(rows.subList(0, 2)).isEqualTo(expected);
        assertThat(rows.get(2).subList(1, TYPES.size())).containsOnly("null");
        assertThat(rows).hasSize(3);
        String columns = NATIVE.stream().map(i -> "c" + i).collect(Collectors.joining(", "));
        assertThat(rows("SELECT " + columns + " FROM t." + table + " ORDER BY c0 LIMIT 2"))
                .isEqualTo(expected.stream()
                        .map(row -> NATIVE.stream().map(row::get).toList())
                        .toList());
    }

    private static List<String> least(String table) {
        List<String> least = new ArrayList<>(EXPECTED.getFirst());
        if (table.endsWith("orc")) {
            LEAST_OF_ORC.forEach(least::set);
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(strings = {"append_parquet", "append_orc", "merged_parquet", "merged_orc"})
    void valuesAtTheEdgesAreFound(String table) {
        assertFound(
                table,
                "2",
                List.of(
                        "c1",
                        "c2 = 127",
                        "c3 = 32767",
                        "c4 = 2147483647",
                        "c5 = 9223372036854775807",
                        "is_nan(c6)",
                        "c7 = infinity()",
                        "c8 = DECIMAL '9999999.99'",
                        "c9 = DECIMAL '99999999999999.9999'",
                        "c10 = DECIMAL '9999999999999999999999999999.9999999999'",
                        "c11 = 'ab'",
                        "c11 = CAST('ab' AS char(5))",
                        "c12 = 'zażółć'",
                        "c13 > 'zz'",
                        "c14 = X'FF007F'",
                        "c15 = X'80'",
                        "c16 = DATE '9999-12-31'",
                        "c17 = TIME '23:59:59.999'",
                        "c18 = TIMESTAMP '9999-12-31 23:59:59'",
                        "c19 = TIMESTAMP '9999-12-31 23:59:59.999'",
                        "c20 = TIMESTAMP '9999-12-31 23:59:59.999999'",
                        "c21 = TIMESTAMP '2261-12-31 23:59:59.999999999'",
                        "c22 = TIMESTAMP '9999-12-31 23:59:59.999 UTC'",
                        "c23 = TIMESTAMP '2026-03-29 01:30:00.000001 UTC'",
                        "c24 = TIMESTAMP '2261-12-31 23:59:59.999999999 UTC'",
                        "c27.x = 7",
                        "c4 > 0 AND c5 > 0",
                        "c7 <> 0"));
        assertFound(
                table,
                "1",
                List.of(
                        "c7 = 0e0",
                        "c7 >= 0e0 AND c7 < 1e0",
                        "c6 < 0e0",
                        "c11 = ''",
                        "c12 = ''",
                        "c20 < TIMESTAMP '1900-01-01 00:00:00'",
                        "c23 < TIMESTAMP '1970-01-01 00:00:01 UTC'"));
        assertThat(rows("SELECT c0 FROM t." + table + " WHERE c7 IS NULL AND c12 IS NULL"))
                .containsExactly(List.of("3"));
        assertThat(rows("SELECT c0 FROM t." + table + " WHERE c6 > 0 OR c4 IN (1, 5)"))
                .isEmpty();
    }

    private void assertFound(String table, String id, List<String> conditions) {
        String sql = conditions.stream()
                .map(condition ->
                        "SELECT '%s', c0 FROM t.%s WHERE %s".formatted(condition.replace("'", "''"), table, condition))
                .collect(Collectors.joining(" UNION ALL "));
        assertThat(rows(sql))
                .containsExactlyInAnyOrderElementsOf(conditions.stream()
                        .map(condition -> List.of(condition, id))
                        .toList());
    }

    /** Paimon writes them to Parquet files alone. */
    @Test
    void variantsComeOut() throws Exception {
        tables.create(
                "variants", Schema.newBuilder().column("id", DataTypes.INT()).column("v", DataTypes.VARIANT()));
        tables.write(
                "variants",
                GenericRow.of(1, GenericVariant.fromJson("{\"a\":[1,null,\"x\"]}")),
                GenericRow.of(2, null));
        assertThat(rows("SELECT id, CAST(v AS json) FROM t.variants ORDER BY id"))
                .containsExactly(List.of("1", "{\"a\":[1,null,\"x\"]}"), List.of("2", "null"));
    }

    @Test
    void instantsDoNotDependOnTheZoneOfTheWriter() throws Exception {
        java.util.TimeZone before = java.util.TimeZone.getDefault();
        for (String legacy : List.of("true", "false")) {
            String name = "zoned_" + legacy;
            tables.create(
                    name,
                    Schema.newBuilder()
                            .column("t", DataTypes.TIMESTAMP(6))
                            .column("i", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6))
                            .option("file.format", "orc")
                            .option("orc.timestamp-ltz.legacy.type", legacy));
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Kathmandu"));
            try {
                tables.write(
                        name, GenericRow.of(time("2026-07-01T00:30:00.000001"), time("2026-07-01T00:30:00.000001")));
                assertThat(rows("SELECT * FROM t." + name))
                        .containsExactly(List.of("2026-07-01T00:30:00.000001", "2026-07-01T00:30:00.000001Z[UTC]"));
            } finally {
                java.util.TimeZone.setDefault(before);
            }
            if (legacy.equals("false")) {
                assertThat(rows("SELECT * FROM t." + name))
                        .as("read in another zone")
                        .containsExactly(List.of("2026-07-01T00:30:00.000001", "2026-07-01T00:30:00.000001Z[UTC]"));
            }
        }
    }
}
