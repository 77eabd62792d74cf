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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of which Paimon's metadata tells less than it seems, or whose files are not read one by one. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UnusualTablesTest {

    private static final int LARGE_ROWS = 6_000;

    private TrestleQueryRunner runner;
    private PaimonTables tables;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        tables = new PaimonTables(runner.otherClient(), "unusual");
    }

    private static BinaryString text(String text) {
        return BinaryString.fromString(text);
    }

    private List<List<Object>> rows(String sql) {
        return runner.trino().execute(sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    private static List<Object> row(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    /** Of more bytes than one part has. */
    private void writeLarge(String name, Schema.Builder schema) throws Exception {
        tables.create(
                name,
                schema.column("id", DataTypes.INT())
                        .column("text", DataTypes.STRING())
                        .option("file.compression", "none")
                        .option("parquet.enable.dictionary", "false"));
        String padding = "-".repeat(1_000);
        tables.write(
                name,
                IntStream.range(0, LARGE_ROWS)
                        .mapToObj(id -> GenericRow.of(id, text(id + padding)))
                        .toArray(GenericRow[]::new));
    }

    @Test
    void rowsOfALargeFileComeOnceThatIsReadWithOthersOfItsColumns() throws Exception {
        writeLarge(
                "evolving",
                Schema.newBuilder().option("row-tracking.enabled", "true").option("data-evolution.enabled", "true"));

        assertThat(rows("SELECT count(text), sum(id) FROM unusual.evolving")).containsExactly(row(6_000L, 17_997_000L));
    }

    @Test
    void rowsOfALargeFileComeOnceInSystemTables() throws Exception {
        writeLarge("plain", Schema.newBuilder());

        for (String name : List.of("plain$audit_log", "plain$ro")) {
            assertThat(rows("SELECT count(text), sum(id) FROM unusual.\"" + name + "\""))
                    .as(name)
                    .containsExactly(row(6_000L, 17_997_000L));
        }
    }

    /** Paimon keeps milliseconds, whatever the column's precision. */
    @Test
    void aTimeOfDayIsComparedWithOneThatIsFinerThanPaimonKeepsIt() throws Exception {
        tables.create("times", Schema.newBuilder().column("t", DataTypes.TIME(6)));
        tables.write("times", GenericRow.of(0));

        assertThat(rows("SELECT count(*) FROM unusual.times WHERE t < TIME '00:00:00.000500'"))
                .containsExactly(row(1L));
        assertThat(rows("SELECT count(*) FROM unusual.times WHERE t > TIME '00:00:00.000500'"))
                .containsExactly(row(0L));
    }

    @Test
    void partitionsAreChosenByNumbersThatCompareOtherwiseAndByTextsOfAFixedLength() {
        runner.trino()
                .execute("CREATE TABLE unusual.by_double (id integer, p double) WITH (partitioned_by = ARRAY['p'])");
        runner.trino().execute("INSERT INTO unusual.by_double VALUES (1, 0e0), (2, -0e0), (3, nan()), (4, 1.5e0)");
        assertThat(rows("SELECT id FROM unusual.by_double WHERE p = 0e0 ORDER BY id"))
                .containsExactly(row(1), row(2));
        assertThat(rows("SELECT id FROM unusual.by_double WHERE p > 1e0")).containsExactly(row(4));
        assertThat(rows("SELECT id FROM unusual.by_double WHERE is_nan(p)")).containsExactly(row(3));
        assertThat(rows("SELECT id FROM unusual.by_double WHERE p IN (1.5e0, 2e0)"))
                .containsExactly(row(4));

        runner.trino()
                .execute("CREATE TABLE unusual.by_char (id integer, p char(4)) WITH (partitioned_by = ARRAY['p'])");
        runner.trino().execute("INSERT INTO unusual.by_char VALUES (1, 'a'), (2, 'ab'), (3, NULL)");
        assertThat(rows("SELECT id FROM unusual.by_char WHERE p = 'a'")).containsExactly(row(1));
        assertThat(rows("SELECT id FROM unusual.by_char WHERE p > 'a' OR p IS NULL ORDER BY id"))
                .containsExactly(row(2), row(3));
    }

    private void createBucketed(String name) throws Exception {
        tables.create(
                name,
                Schema.newBuilder()
                        .column("day", DataTypes.STRING())
                        .column("id", DataTypes.BIGINT())
                        .column("n", DataTypes.INT())
                        .partitionKeys("day")
                        .option("bucket", "4")
                        .option("bucket-key", "id"));
        tables.write(
                name,
                IntStream.range(0, 200)
                        .mapToObj(n -> GenericRow.of(text("d" + n % 2), (long) n, n))
                        .toArray(GenericRow[]::new));
    }

    @Test
    void aTableIsNotTakenForBucketedOfWhichAPartitionHasOtherBuckets() throws Exception {
        createBucketed("as_made");
        createBucketed("rescaled");
        String join = "SELECT count(*), sum(a.n + b.n) FROM unusual.rescaled a JOIN unusual.as_made b ON a.id = b.id";
        assertThat(rows("EXPLAIN " + join).toString()).contains("ReadPartitioning");

        FileStoreTable table = (FileStoreTable) tables.table("rescaled");
        Map<String, String> options = new HashMap<>(table.options());
        options.put("bucket", "8");
        PaimonTables.write(
                table.copy(table.schema().copy(options)).newBatchWriteBuilder().withOverwrite(Map.of("day", "d0")),
                file -> {},
                IntStream.range(0, 100)
                        .mapToObj(n -> GenericRow.of(text("d0"), 2L * n, 2 * n))
                        .toArray(GenericRow[]::new));

        assertThat(rows("EXPLAIN SELECT id, count(*) FROM unusual.rescaled GROUP BY id")
                        .toString())
                .doesNotContain("ReadPartitioning");
        assertThat(rows(join)).containsExactly(row(200L, 39_800L));
    }

    @Test
    void filesOfAFallbackBranchAreReadByTheSchemasOfTheBranch() throws Exception {
        tables.create(
                "fallen",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("text", DataTypes.STRING())
                        .column("day", DataTypes.STRING())
                        .partitionKeys("day"));
        runner.otherClient().createBranch(Identifier.create("unusual", "fallen"), "b", null);
        tables.write("fallen", GenericRow.of(1, text("a"), text("d1")));
        tables.alter("fallen$branch_b", SchemaChange.addColumn("more", DataTypes.INT()));
        tables.alter("fallen$branch_b", SchemaChange.dropColumn("more"));
        tables.alter("fallen$branch_b", SchemaChange.updateComment("of the branch"));
        tables.write(
                "fallen$branch_b",
                GenericRow.of(8, text("hidden"), text("d1")),
                GenericRow.of(9, text("b"), text("d2")));
        tables.alter("fallen", SchemaChange.setOption("scan.fallback-branch", "b"));

        assertThat(rows("SELECT * FROM unusual.fallen ORDER BY id"))
                .containsExactly(row(1, "a", "d1"), row(9, "b", "d2"));
        assertThat(rows("SELECT count(*) FROM unusual.fallen")).containsExactly(row(2L));
        assertThat(rows("SELECT count(text), max(id) FROM unusual.fallen")).containsExactly(row(2L, 9));
        assertThat(rows("SELECT text FROM unusual.fallen WHERE day = 'd2' LIMIT 1"))
                .containsExactly(row("b"));
    }

    @Test
    void valuesBesideWhatIsNoNumberAreFoundInOrc() throws Exception {
        tables.create(
                "nan",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("r", DataTypes.FLOAT())
                        .column("d", DataTypes.DOUBLE())
                        .option("file.format", "orc"));
        tables.write("nan", GenericRow.of(1, Float.NaN, Double.NaN), GenericRow.of(2, 1f, 1.0));

        assertThat(rows("SELECT id FROM unusual.nan WHERE d < 5")).containsExactly(row(2));
        assertThat(rows("SELECT id FROM unusual.nan WHERE r = REAL '1'")).containsExactly(row(2));
    }

    /** In which a reader looks for the bytes of a value. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet.writer.version=PARQUET_2_0", "parquet.bloom.filter.enabled=true"})
    void numbersOfManyDigitsAreFoundInDictionariesAndBloomFilters(String setting) throws Exception {
        String[] option = setting.split("=", 2);
        String name = "digits_" + option[1].toLowerCase(Locale.ROOT);
        tables.create(
                name,
                Schema.newBuilder()
                        .column("n", DataTypes.DECIMAL(20, 0).notNull())
                        .column("text", DataTypes.STRING())
                        .primaryKey("n")
                        .option("bucket", "1")
                        .option("write-only", "true")
                        .option(option[0], option[1]));
        // Files that have keys in common are merged by Paimon's reader.
        tables.write(name, numbered(1, "a"), numbered(2, "b"), numbered(3, "c"));
        tables.write(name, numbered(2, "d"), numbered(3, "e"));

        assertThat(rows("SELECT text FROM unusual." + name + " WHERE n = 2")).containsExactly(row("d"));
        assertThat(rows("SELECT text FROM unusual." + name + " WHERE n IN (1, 3) ORDER BY n"))
                .containsExactly(row("a"), row("e"));
    }

    private static GenericRow numbered(long number, String text) {
        return GenericRow.of(Decimal.fromBigDecimal(BigDecimal.valueOf(number), 20, 0), text(text));
    }

    @Test
    void nullsThatNobodyHasCountedAreFound() throws Exception {
        tables.create(
                "uncounted", Schema.newBuilder().column("id", DataTypes.INT()).column("text", DataTypes.STRING()));
        PaimonTables.write(
                tables.table("uncounted").newBatchWriteBuilder(),
                file -> file.valueStats().nullCounts().setLong(1, -1),
                GenericRow.of(1, null),
                GenericRow.of(2, text("a")));

        assertThat(rows("SELECT count(text) FROM unusual.uncounted")).containsExactly(row(1L));
        assertThat(rows("SELECT id FROM unusual.uncounted WHERE text IS NULL")).containsExactly(row(1));
    }

    @Test
    void theEndsOfAColumnWhoseValuesNowLieInAnotherOrderAreReadFromRows() throws Exception {
        tables.create("recast", Schema.newBuilder().column("n", DataTypes.STRING()));
        tables.write("recast", GenericRow.of(text("9")), GenericRow.of(text("10")));
        tables.alter("recast", SchemaChange.updateColumnType("n", DataTypes.INT()));

        assertThat(rows("SELECT min(n), max(n) FROM unusual.recast")).containsExactly(row(9, 10));
    }

    @Test
    void valuesThatTheColumnNoLongerHoldsAreNotCounted() throws Exception {
        tables.create("narrowed", Schema.newBuilder().column("n", DataTypes.DECIMAL(10, 2)));
        tables.write(
                "narrowed",
                GenericRow.of(Decimal.fromUnscaledLong(125, 10, 2)),
                GenericRow.of(Decimal.fromUnscaledLong(1_234_567, 10, 2)));
        tables.alter("narrowed", SchemaChange.updateColumnType("n", DataTypes.DECIMAL(4, 2)));

        assertThat(rows("SELECT count(n), count(*) FROM unusual.narrowed")).containsExactly(row(1L, 2L));
    }
}
