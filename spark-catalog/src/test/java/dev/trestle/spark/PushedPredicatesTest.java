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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A predicate that files or partitions are left out by gives the rows that it gives where Spark looks at each of them. In a
 * zone that is not UTC, since files may keep times in that of the process.
 */
class PushedPredicatesTest extends SharedCatalogFixture {

    /** A column, and how its value comes from the number {@code k} of a row; then two of these values as literals. */
    private record Column(String name, DataType type, String value, String five, String one) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("n", DataTypes.INT(), "k", "5", "1"),
            new Column("dec_wide", DataTypes.DECIMAL(38, 4), "CAST(k + 0.5 AS DECIMAL(38, 4))", "5.5", "1.5"),
            new Column("d", DataTypes.DOUBLE(), number("DOUBLE"), "5D", "1D"),
            new Column("f", DataTypes.FLOAT(), number("FLOAT"), "5F", "1F"),
            new Column("ts", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6), time("TIMESTAMP"), at("5.001"), at("1.001")),
            new Column("ntz_ms", DataTypes.TIMESTAMP(3), time("TIMESTAMP_NTZ"), ntzAt("5.0015"), ntzAt("1.001")),
            new Column("c", DataTypes.CHAR(4), "'a' || k", "'a5'", "'a1'"));

    private static final List<String> PREDICATES =
            List.of("? = L", "? <> L", "? < L", "? >= L", "? IS DISTINCT FROM L", "? IN (L, M)", "? NOT IN (L, M)");

    private static final String ROWS = "VALUES (1, 0, null, false), (2, 0, null, false),"
            + " (3, 1, 5, false), (4, 1, null, false),"
            + " (5, 2, 5, false),"
            + " (6, 3, 5, true), (7, 3, 1, false),"
            + " (8, 4, 5, false), (9, 4, 5, true),"
            + " (10, 5, -3, false), (11, 5, 0, false), (12, 5, 9, false),"
            + " (13, 6, 0, true), (14, 6, 7, false)";

    private TimeZone zone;
    private Map<String, List<Integer>> expected;

    private static String number(String type) {
        return "CAST(CASE WHEN nan THEN double('NaN') WHEN k = 0 THEN -0.0D ELSE k END AS " + type + ")";
    }

    private static String time(String type) {
        return "CAST(timestamp_millis(k * 1000 + 1) AS " + type + ")";
    }

    private static String at(String second) {
        return "TIMESTAMP'1970-01-01 00:00:0" + second + "'";
    }

    private static String ntzAt(String second) {
        return "TIMESTAMP_NTZ'1970-01-01 00:00:0" + second + "'";
    }

    @BeforeAll
    void holdTheRows() {
        zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        // Compiling code for some hundred predicates takes longer than testing some rows by them.
        session.set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        run("CREATE TEMPORARY VIEW held AS SELECT id, "
                + COLUMNS.stream()
                        .map(column -> column.value() + " AS " + column.name())
                        .collect(Collectors.joining(", "))
                + ", file FROM " + ROWS + " AS rows(id, file, k, nan)");
        expected = answers("held");
    }

    @AfterAll
    void restoreTheZone() {
        TimeZone.setDefault(zone);
    }

    /** The rows in a table, those of each number in the last column in one file. */
    private void store(String table, List<String> partitionKeys, Map<String, String> options) throws Exception {
        Schema.Builder schema = Schema.newBuilder().column("id", DataTypes.INT());
        COLUMNS.forEach(column -> schema.column(column.name(), column.type()));
        other.createTable(
                Identifier.create("d", table),
                schema.column("file", DataTypes.INT())
                        .partitionKeys(partitionKeys)
                        .options(options)
                        .build(),
                false);
        run("INSERT INTO " + table + " SELECT /*+ COALESCE(1) */ * FROM held ORDER BY id");
    }

    private static List<String> predicates() {
        List<String> predicates = new ArrayList<>();
        for (Column column : COLUMNS) {
            for (String predicate : PREDICATES) {
                predicates.add(predicate
                        .replace("?", column.name())
                        .replace("L,", column.five() + ",")
                        .replaceAll("\\bL\\b", column.five())
                        .replaceAll("\\bM\\b", column.one()));
            }
        }
        return predicates;
    }

    /** The rows of each predicate, asked for in one statement. */
    private Map<String, List<Integer>> answers(String table) {
        List<String> predicates = predicates();
        String query = IntStream.range(0, predicates.size())
                .mapToObj(i -> "SELECT " + i + " AS q, id FROM " + table + " WHERE " + predicates.get(i))
                .collect(Collectors.joining(" UNION ALL "));
        Map<String, List<Integer>> answers = new TreeMap<>();
        predicates.forEach(predicate -> answers.put(predicate, new ArrayList<>()));
        Arrays.stream((Row[]) session.sql(query).collect())
                .forEach(row -> answers.get(predicates.get(row.getInt(0))).add(row.getInt(1)));
        answers.values().forEach(rows -> rows.sort(null));
        return answers;
    }

    private void assertTheSameRows(String table) {
        Map<String, List<Integer>> found = answers(table);
        found.entrySet().removeIf(answer -> answer.getValue().equals(expected.get(answer.getKey())));

        assertThat(found).isEmpty();
    }

    /** With what of Parquet looks for bytes, besides the least and greatest values. */
    @Test
    void filesOfParquetAreLeftOutThatHaveNoneOfTheRows() throws Exception {
        store(
                "in_parquet",
                List.of("file"),
                Map.of("parquet.writer.version", "PARQUET_2_0", "parquet.bloom.filter.enabled", "true"));

        assertTheSameRows("in_parquet");
    }

    @Test
    void filesOfOrcAreLeftOutThatHaveNoneOfTheRows() throws Exception {
        store("in_orc", List.of("file"), Map.of("file.format", "orc"));

        assertTheSameRows("in_orc");
    }

    @Test
    void partitionsAreLeftOutThatHaveNoneOfTheRows() throws Exception {
        store("in_partitions", COLUMNS.stream().map(Column::name).toList(), Map.of());

        assertTheSameRows("in_partitions");
    }

    @Test
    void rowsThatAreDistinctFromAValueAreDeletedWithTheNulls() {
        run("CREATE TABLE by_partition (p INT, v INT) PARTITIONED BY (p)")
                .run("INSERT INTO by_partition VALUES (5, 1), (6, 2), (null, 3)")
                .run("DELETE FROM by_partition WHERE p IS DISTINCT FROM 5");
        assertThat(rows("SELECT * FROM by_partition")).containsExactly("[5,1]");

        run("CREATE TABLE by_file (v INT)")
                .run("INSERT INTO by_file VALUES (1), (null)")
                .run("DELETE FROM by_file WHERE v IS DISTINCT FROM 1");
        assertThat(rows("SELECT * FROM by_file")).containsExactly("[1]");
    }
}
