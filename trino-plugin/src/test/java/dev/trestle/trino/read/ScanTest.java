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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.TrestleQueryRunner;
import io.trino.filesystem.tracing.FileSystemAttributes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericArray;
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

/** What a scan takes over of a query, and how it reads tables that have changed. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScanTest {

    private TrestleQueryRunner runner;
    private PaimonTables tables;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        tables = new PaimonTables(runner.otherClient(), "s");
        createPartitioned();
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
        return new ArrayList<>(java.util.Arrays.asList(values));
    }

    private String plan(String sql) {
        return rows("EXPLAIN " + sql).getFirst().getFirst().toString();
    }

    private String analyzed(String sql) {
        return rows("EXPLAIN ANALYZE VERBOSE " + sql).getFirst().getFirst().toString();
    }

    private void createPartitioned() throws Exception {
        tables.create(
                "p",
                Schema.newBuilder()
                        .column("day", DataTypes.DATE())
                        .column("kind", DataTypes.CHAR(3))
                        .column("id", DataTypes.INT())
                        .column("big", DataTypes.DECIMAL(20, 2))
                        .column("text", DataTypes.STRING())
                        .partitionKeys("day", "kind"));
        for (int day = 0; day < 3; day++) {
            tables.write(
                    "p",
                    GenericRow.of(day, text("a"), day * 10, decimal(day), text("t" + day)),
                    GenericRow.of(day, text("b"), day * 10 + 1, null, text("u" + day)));
        }
        tables.write("p", GenericRow.of(null, null, 100, decimal(-5), null));
    }

    private static org.apache.paimon.data.Decimal decimal(long units) {
        return org.apache.paimon.data.Decimal.fromBigDecimal(java.math.BigDecimal.valueOf(units), 20, 2);
    }

    @Test
    void partitionsAreChosenForGood() {
        String sql = "SELECT id FROM s.p WHERE day >= DATE '1970-01-02' AND kind = 'b'";
        assertThat(rows(sql + " ORDER BY id")).containsExactly(row(11), row(21));
        assertThat(plan(sql)).doesNotContain("Filter");
        assertThat(rows("SELECT id FROM s.p WHERE day IS NULL")).containsExactly(row(100));
        assertThat(rows("SELECT id FROM s.p WHERE kind <> 'a' OR day = DATE '1970-01-03' ORDER BY id"))
                .containsExactly(row(1), row(11), row(20), row(21));
        assertThat(rows("SELECT DISTINCT kind FROM s.p WHERE day IS NOT NULL ORDER BY 1"))
                .containsExactly(row("a  "), row("b  "));
    }

    @Test
    void aPredicateOnOtherColumnsIsTestedAgain() {
        String sql = "SELECT text FROM s.p WHERE id > 15 AND text < 'u'";
        assertThat(rows(sql)).containsExactly(row("t2"));
        assertThat(plan(sql)).contains("Filter");
    }

    @Test
    void countAndEndsComeFromMetadata() {
        String sql = "SELECT count(*), min(id), max(id), min(big), max(big), count(big) FROM s.p";
        assertThat(rows(sql))
                .containsExactly(
                        row(7L, 0, 100, new java.math.BigDecimal("-5.00"), new java.math.BigDecimal("2.00"), 4L));
        assertThat(plan(sql)).contains("answered by metadata").doesNotContain("Aggregate");
        assertThat(rows("SELECT count(*) FROM s.p WHERE day = DATE '1970-01-02'"))
                .containsExactly(row(2L));
        assertThat(plan("SELECT count(*) FROM s.p WHERE id > 3")).doesNotContain("answered by metadata");
        assertThat(plan("SELECT min(text) FROM s.p")).doesNotContain("answered by metadata");
        assertThat(rows("SELECT min(text), max(day) FROM s.p"))
                .containsExactly(row("t0", java.time.LocalDate.of(1970, 1, 3)));
    }

    @Test
    void aLimitPlansEnoughFilesOnly() {
        assertThat(rows("SELECT id FROM s.p LIMIT 1")).hasSize(1);
        assertThat(plan("SELECT id FROM s.p LIMIT 1")).contains("limit=1");
        assertThat(rows("SELECT id FROM s.p WHERE kind = 'b' AND day < DATE '1970-01-03' LIMIT 1"))
                .hasSize(1)
                .isSubsetOf(row(1), row(11));
        assertThat(rows("SELECT id FROM s.p WHERE kind = 'b' LIMIT 3")).hasSize(3);
        assertThat(rows("SELECT id FROM s.p WHERE id >= 20 LIMIT 5")).hasSize(3);
        assertThat(plan("SELECT id FROM s.p WHERE id >= 20 LIMIT 5")).doesNotContain("limit=5");
    }

    @Test
    void aJoinLeavesOutPartitionsAndFilesByItsDynamicFilter() throws Exception {
        // The optimizer knows the rows of VALUES, and would need no dynamic filter.
        tables.create(
                "wanted", Schema.newBuilder().column("day", DataTypes.DATE()).column("id", DataTypes.INT()));
        tables.write("wanted", GenericRow.of(1, 21));

        String byPartition = "SELECT p.id FROM s.p JOIN s.wanted ON p.day = wanted.day";
        assertThat(rows(byPartition + " ORDER BY 1")).containsExactly(row(10), row(11));
        assertThat(plannedSplits(byPartition)).as("of 7 partitions").contains(2);

        String byFile = "SELECT p.text FROM s.p JOIN s.wanted ON p.id = wanted.id";
        assertThat(rows(byFile)).containsExactly(row("u2"));
        assertThat(plannedSplits(byFile)).as("of 7 files").containsOnly(1);
    }

    /** Of each scan. */
    private List<Integer> plannedSplits(String sql) {
        return Pattern.compile("planned splits\\D+(\\d+)")
                .matcher(analyzed(sql))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    @Test
    void manyValuesAreExcluded() throws Exception {
        tables.create("excluding", Schema.newBuilder().column("id", DataTypes.INT()));
        tables.write("excluding", GenericRow.of(1), GenericRow.of(2));
        String even =
                IntStream.range(0, 2000).mapToObj(i -> Integer.toString(2 * i)).collect(Collectors.joining(", "));

        assertThat(rows("SELECT id FROM s.excluding WHERE id NOT IN (" + even + ")"))
                .containsExactly(row(1));
    }

    @Test
    void fieldsAreReadWithoutTheRestOfTheirColumns() throws Exception {
        tables.create(
                "nested",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column(
                                "s",
                                DataTypes.ROW(
                                        DataTypes.FIELD(10, "A", DataTypes.INT()),
                                        DataTypes.FIELD(
                                                11,
                                                "deep",
                                                DataTypes.ROW(
                                                        DataTypes.FIELD(12, "x", DataTypes.STRING()),
                                                        DataTypes.FIELD(13, "y", DataTypes.BIGINT()))))));
        tables.write(
                "nested",
                GenericRow.of(1, GenericRow.of(5, GenericRow.of(text("x1"), 7L))),
                GenericRow.of(2, GenericRow.of(null, null)),
                GenericRow.of(3, null));
        String sql = "SELECT s.deep.x, s.a, s.deep.y FROM s.nested";
        assertThat(rows(sql + " ORDER BY id"))
                .containsExactly(row("x1", 5, 7L), row(null, null, null), row(null, null, null));
        assertThat(plan(sql)).contains("s.deep.x").doesNotContain("[0]");
        assertThat(rows("SELECT id FROM s.nested WHERE s.deep.y = 7")).containsExactly(row(1));
        assertThat(rows("SELECT id, s IS NULL FROM s.nested ORDER BY id"))
                .containsExactly(row(1, false), row(2, false), row(3, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "avro"})
    void filesAreReadByTheSchemaThatTheyWereWrittenWith(String format) throws Exception {
        String name = "evolved_" + format;
        tables.create(
                name,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("a", DataTypes.INT())
                        .column("dropped", DataTypes.STRING())
                        .column("text", DataTypes.VARCHAR(3))
                        .column("list", DataTypes.ARRAY(DataTypes.INT()))
                        .column(
                                "s",
                                DataTypes.ROW(
                                        DataTypes.FIELD(20, "x", DataTypes.INT()),
                                        DataTypes.FIELD(21, "gone", DataTypes.INT())))
                        .option("file.format", format));
        tables.write(
                name,
                GenericRow.of(
                        1, 10, text("old"), text("abc"), new GenericArray(new Object[] {1}), GenericRow.of(7, 8)));
        tables.alter(name, SchemaChange.renameColumn("a", "b"), SchemaChange.dropColumn("dropped"));
        tables.alter(name, SchemaChange.addColumn("dropped", DataTypes.DOUBLE()));
        tables.alter(name, SchemaChange.renameColumn(new String[] {"s", "x"}, "renamed"));
        tables.alter(name, SchemaChange.dropColumn(new String[] {"s", "gone"}));
        tables.alter(name, SchemaChange.addColumn(new String[] {"s", "added"}, DataTypes.STRING(), null, null));
        tables.write(name, GenericRow.of(2, 20, text("xyz"), null, GenericRow.of(70, text("new")), 2.5));
        tables.alter(name, SchemaChange.updateColumnType("b", DataTypes.BIGINT()));
        tables.alter(name, SchemaChange.updateColumnType("text", DataTypes.STRING()));
        tables.write(name, GenericRow.of(3, 1L << 40, text("longer"), null, null, -0.0));

        assertThat(rows("SELECT id, b, dropped, text, list, s.renamed, s.added FROM s." + name + " ORDER BY id"))
                .containsExactly(
                        row(1, 10L, null, "abc", List.of(1), 7, null),
                        row(2, 20L, 2.5, "xyz", null, 70, "new"),
                        row(3, 1L << 40, -0.0, "longer", null, null, null));
        assertThat(rows("SELECT id FROM s." + name + " WHERE b >= 20 AND dropped IS NOT NULL ORDER BY id"))
                .containsExactly(row(2), row(3));
        assertThat(rows("SELECT id FROM s." + name + " WHERE b = 10")).containsExactly(row(1));
        assertThat(rows("SELECT id FROM s." + name + " WHERE dropped IS NULL")).containsExactly(row(1));
        assertThat(rows("SELECT id, s FROM s." + name + " WHERE s.renamed = 70"))
                .hasSize(1);
        assertThat(rows("SELECT max(b), min(b), count(dropped) FROM s." + name))
                .containsExactly(row(1L << 40, 10L, 2L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void deletedRowsAreLeftOut(String format) throws Exception {
        String name = "deleted_" + format;
        tables.create(
                name,
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("text", DataTypes.STRING())
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("deletion-vectors.enabled", "true")
                        .option("file.format", format));
        GenericRow[] first = new GenericRow[1000];
        for (int i = 0; i < first.length; i++) {
            first[i] = GenericRow.of(i, text("first " + i));
        }
        tables.write(name, first);
        tables.write(name, GenericRow.of(5, text("second")), GenericRow.of(999, text("second")));

        FileStoreTable table = (FileStoreTable) tables.table(name);
        assertThat(table.newScan().plan().splits().stream()
                        .map(split -> (org.apache.paimon.table.source.DataSplit) split)
                        .anyMatch(split -> split.deletionFiles().stream()
                                .flatMap(List::stream)
                                .anyMatch(java.util.Objects::nonNull)))
                .as("a deletion vector")
                .isTrue();
        assertThat(rows("SELECT count(*), count(DISTINCT id), sum(id) FROM s." + name))
                .containsExactly(row(1000L, 1000L, 499_500L));
        assertThat(rows("SELECT text FROM s." + name + " WHERE id IN (4, 5, 998, 999) ORDER BY id"))
                .containsExactly(row("first 4"), row("second"), row("first 998"), row("second"));
        assertThat(rows("SELECT count(*) FROM s." + name)).containsExactly(row(1000L));
        assertThat(plan("SELECT max(id) FROM s." + name)).doesNotContain("answered by metadata");
    }

    @Test
    void rowsThatAreNotMergedYetAreNotCounted() throws Exception {
        tables.create(
                "unmerged",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("n", DataTypes.INT())
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("write-only", "true"));
        tables.write("unmerged", GenericRow.of(1, 1), GenericRow.of(2, 2));
        tables.write("unmerged", GenericRow.of(1, 3));
        assertThat(rows("SELECT count(*), max(n), min(n) FROM s.unmerged")).containsExactly(row(2L, 3, 2));
        assertThat(rows("SELECT id FROM s.unmerged WHERE n = 1")).isEmpty();
        assertThat(plan("SELECT count(*) FROM s.unmerged")).doesNotContain("answered by metadata");
    }

    @Test
    void aLargeFileIsReadInParts() throws Exception {
        tables.create(
                "large",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("text", DataTypes.STRING())
                        .option("parquet.block.size", "1048576")
                        .option("file.compression", "none")
                        .option("parquet.enable.dictionary", "false"));
        GenericRow[] rows = new GenericRow[100_000];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = GenericRow.of(i, text("some text that makes the file a larger one, so that it is cut, " + i));
        }
        tables.write("large", rows);
        assertThat(rows("SELECT count(text), count(DISTINCT id), sum(id) FROM s.large"))
                .containsExactly(row(100_000L, 100_000L, 4_999_950_000L));
        assertThat(analyzed("SELECT sum(length(text)) FROM s.large WHERE id = 77777"))
                .containsPattern("Input: [1-9][0-9]?,?[0-9]{0,3} rows");
    }

    private void createBucketed(String name, int buckets) throws Exception {
        tables.create(
                name,
                Schema.newBuilder()
                        .column("id", DataTypes.BIGINT().notNull())
                        .column("kind", DataTypes.STRING().notNull())
                        .column("n", DataTypes.INT())
                        .primaryKey("id", "kind")
                        .option("bucket", String.valueOf(buckets))
                        .option("bucket-key", "kind,id"));
        GenericRow[] rows = new GenericRow[200];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = GenericRow.of((long) i * i, text("k" + i % 7), i);
        }
        tables.write(name, rows);
    }

    @Test
    void bucketsAreJoinedAndAggregatedWhereTheyLie() throws Exception {
        createBucketed("one", 4);
        createBucketed("two", 4);
        createBucketed("three", 3);
        String join = "SELECT count(*), sum(a.n + b.n) FROM s.%s a JOIN s.%s b ON a.id = b.id AND a.kind = b.kind";
        for (String other : List.of("two", "three")) {
            assertThat(rows(join.formatted("one", other))).containsExactly(row(200L, 39_800L));
        }
        String distributed = "(TYPE DISTRIBUTED) ";
        assertThat(plan(distributed + join.formatted("one", "two")))
                .contains("ReadPartitioning")
                .doesNotContain("partitioning: HASH");
        String groups = "SELECT id, kind, count(*) FROM s.one GROUP BY id, kind";
        assertThat(plan(distributed + groups)).doesNotContain("partitioning: HASH");
        assertThat(rows("SELECT count(*), max(c) FROM (SELECT count(*) c FROM s.one GROUP BY id, kind)"))
                .containsExactly(row(200L, 1L));
    }

    @Test
    void theManifestsOfABucketedTableAreReadOnceAQuery() throws Exception {
        createBucketed("planned", 2);

        rows("SELECT id, kind, count(*) FROM s.planned GROUP BY id, kind");

        Map<String, Long> reads = runner.trino().getSpans().stream()
                .filter(span -> span.getName().equals("InputFile.newStream"))
                .map(span -> span.getAttributes().get(FileSystemAttributes.FILE_LOCATION))
                .filter(location -> location.contains("/manifest/"))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(reads).isNotEmpty();
        assertThat(reads.values()).containsOnly(1L);
    }

    @Test
    void aTableWhoseNumberOfBucketsWasChangedIsNotTakenForBucketed() throws Exception {
        createBucketed("rescaled", 2);
        tables.alter("rescaled", SchemaChange.setOption("bucket", "4"));
        assertThat(plan("(TYPE DISTRIBUTED) SELECT id, kind, count(*) FROM s.rescaled GROUP BY id, kind"))
                .doesNotContain("ReadPartitioning");
        assertThat(rows("SELECT count(*) FROM (SELECT id, kind FROM s.rescaled GROUP BY id, kind)"))
                .containsExactly(row(200L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aCorruptFileIsNamed(String format) throws Exception {
        String name = "corrupt_" + format;
        tables.create(name, Schema.newBuilder().column("id", DataTypes.INT()).option("file.format", format));
        tables.write(name, GenericRow.of(1));
        tables.corrupt(name);
        assertThatThrownBy(() -> rows("SELECT id FROM s." + name))
                .hasMessageContaining("is corrupt")
                .hasMessageContaining("." + format);
    }

    @Test
    void aCorruptFileThatIsToBeMergedIsNamed() throws Exception {
        tables.create(
                "corrupt_keyed",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("write-only", "true"));
        tables.write("corrupt_keyed", GenericRow.of(1));
        tables.write("corrupt_keyed", GenericRow.of(1));
        tables.corrupt("corrupt_keyed");
        assertThatThrownBy(() -> rows("SELECT id FROM s.corrupt_keyed"))
                .hasMessageMatching("Could not read table s.corrupt_keyed: .*/bucket-0/data-.*\\.parquet.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void aFileThatIsGoneIsNamed(String format) throws Exception {
        tables.create(
                "gone_" + format,
                Schema.newBuilder().column("id", DataTypes.INT()).option("file.format", format));
        tables.write("gone_" + format, GenericRow.of(1));
        Path directory = Path.of(((FileStoreTable) tables.table("gone_" + format))
                .location()
                .toUri()
                .getPath());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("." + format)).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> rows("SELECT id FROM s.gone_" + format))
                .hasMessageMatching(
                        "Could not read file .*/data-.*: a file is gone, since the table was dropped or replaced.*");
    }

    @Test
    void aFormatTableOfTextIsRead() throws Exception {
        tables.create(
                "format_text",
                Schema.newBuilder()
                        .column("line", DataTypes.STRING())
                        .option("type", "format-table")
                        .option("file.format", "text"));
        tables.write("format_text", GenericRow.of(text("a, b")), GenericRow.of(text("")), GenericRow.of(text("c")));

        assertThat(rows("SELECT line FROM s.format_text ORDER BY line"))
                .containsExactly(row(""), row("a, b"), row("c"));
    }

    @Test
    void aFormatTableOfAFormatThatNobodyReadsIsRefused() {
        assertThatThrownBy(() -> rows("CREATE TABLE s.format_avro (id integer) WITH (options ="
                        + " MAP(ARRAY['type', 'file.format'], ARRAY['format-table', 'avro']))"))
                .hasMessageContaining("s.format_avro")
                .hasMessageContaining("unsupported file format: avro");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "csv", "json"})
    void formatTablesAreRead(String format) throws Exception {
        String name = "format_" + format;
        tables.create(
                name,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("text", DataTypes.STRING())
                        .column("day", DataTypes.STRING())
                        .partitionKeys("day")
                        .option("type", "format-table")
                        .option("file.format", format));
        tables.write(
                name,
                GenericRow.of(1, text("a"), text("d1")),
                GenericRow.of(2, text("b, \"quoted\""), text("d1")),
                GenericRow.of(3, null, text("d2")));
        assertThat(rows("SELECT id, text, day FROM s." + name + " ORDER BY id"))
                .containsExactly(row(1, "a", "d1"), row(2, "b, \"quoted\"", "d1"), row(3, null, "d2"));
        assertThat(rows("SELECT id FROM s." + name + " WHERE day = 'd2'")).containsExactly(row(3));
        assertThat(rows("SELECT count(*) FROM s." + name)).containsExactly(row(3L));
    }
}
