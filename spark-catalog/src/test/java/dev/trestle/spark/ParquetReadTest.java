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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.read.parquet.FilePart;
import dev.trestle.spark.read.parquet.ParquetFiles;
import dev.trestle.spark.read.parquet.ParquetReads;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Files that Spark's own Parquet reader reads give the same rows as by Paimon's, which is used where Spark's is off. */
class ParquetReadTest extends SharedCatalogFixture {

    private static final String SPARKS_READER = "spark.sql.parquet.enableVectorizedReader";
    private static final String ZONE = "spark.sql.session.timeZone";
    private static final String BATCH_SIZE = "spark.sql.parquet.columnarReaderBatchSize";
    private static final String BYTES_OF_A_TASK = "spark.sql.files.maxPartitionBytes";
    private static final String BYTES_TO_OPEN = "spark.sql.files.openCostInBytes";
    private static final String OFF_HEAP = "spark.sql.columnVector.offheap.enabled";

    /** Row groups of some hundred rows, and pages of some ten. */
    private static final String SMALL_GROUPS = " TBLPROPERTIES ('parquet.block.size'='2000', 'parquet.page.size'='100',"
            + " 'parquet.page.row.count.limit'='50', 'parquet.page.size.row.check.min'='10')";

    @AfterEach
    void takeBackSettings() {
        List.of(SPARKS_READER, BATCH_SIZE, OFF_HEAP, BYTES_OF_A_TASK, BYTES_TO_OPEN)
                .forEach(session.spark().conf()::unset);
        session.set(ZONE, "UTC");
    }

    private List<String> byPaimon(String query) {
        session.set(SPARKS_READER, "false");
        List<String> rows = rows(query);
        session.set(SPARKS_READER, "true");
        return rows;
    }

    private void assertSameRows(String query) {
        List<String> expected = byPaimon(query);
        assertThat(rows(query)).as(query).isEqualTo(expected);
    }

    /** How many rows Spark's reader reads of each file, or none where it does not read it. */
    private List<Optional<Long>> readBySpark(String table, List<String> columns, Predicate... predicates)
            throws Exception {
        FileStoreTable stored = stored(table);
        RowType type = columns.isEmpty() ? stored.rowType() : stored.rowType().project(columns);
        Optional<ParquetFiles> files = ParquetReads.of(stored, type, SparkTypes.toSpark(type), List.of(predicates))
                .map(ParquetReadTest::files);
        List<Optional<Long>> found = new ArrayList<>();
        for (DataSplit file : splitsOfFiles(stored)) {
            found.add(files.isEmpty() ? Optional.empty() : count(files.get().open(FilePart.whole(file))));
        }
        return found;
    }

    private static ParquetFiles files(ParquetReads reads) {
        return reads.files(RowType.of(), (none, split, file) -> new GenericRow(0));
    }

    private static List<DataSplit> splitsOfFiles(FileStoreTable table) {
        List<DataSplit> found = new ArrayList<>();
        for (Split split : table.newReadBuilder().newScan().plan().splits()) {
            DataSplit data = (DataSplit) split;
            data.dataFiles()
                    .forEach(file -> found.add(data.filterDataFile(file::equals).orElseThrow()));
        }
        return found;
    }

    private static Optional<Long> count(Optional<PartitionReader<ColumnarBatch>> opened) throws Exception {
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        long rows = 0;
        try (PartitionReader<ColumnarBatch> reader = opened.get()) {
            while (reader.next()) {
                rows += reader.get().numRows();
            }
        }
        return Optional.of(rows);
    }

    private static final String PLAIN_COLUMNS = "(id INT, bo BOOLEAN, ti TINYINT, sm SMALLINT, bi BIGINT, fl FLOAT, do"
            + " DOUBLE, d9 DECIMAL(9,2), d18 DECIMAL(18,4), d38 DECIMAL(38,10), ch CHAR(3), vc VARCHAR(5), st STRING, bn"
            + " BINARY, dt DATE, ts TIMESTAMP, tn TIMESTAMP_NTZ)";

    private static final String SMALLEST = "SELECT 1 id, false bo, -128Y ti, -32768S sm, -9223372036854775808L bi,"
            + " float('-Infinity') fl, double('-1.7976931348623157E308') do, -9999999.99BD d9,"
            + " -99999999999999.9999BD d18, CAST('-9999999999999999999999999999.9999999999' AS DECIMAL(38,10)) d38,"
            + " '' ch, '' vc, '' st, X'' bn, DATE'0001-01-01' dt,"
            + " TIMESTAMP'0001-01-03 00:00:00' ts, TIMESTAMP_NTZ'0001-01-01 00:00:00' tn";

    private static final String LARGEST = "SELECT 2 id, true bo, 127Y ti, 32767S sm, 9223372036854775807L bi,"
            + " float('NaN') fl, double('Infinity') do, 9999999.99BD d9, 99999999999999.9999BD d18,"
            + " CAST('9999999999999999999999999999.9999999999' AS DECIMAL(38,10)) d38, 'abc' ch, 'äöüße' vc, 'Ω漢字😀' st,"
            + " X'00FF' bn, DATE'9999-12-31' dt, TIMESTAMP'1582-10-10 12:34:56.123456' ts, TIMESTAMP_NTZ'9999-12-31"
            + " 23:59:59.999999' tn";

    private static final String MANY = "SELECT CAST(id + 10 AS INT), id % 3 = 0, CAST(id % 100 AS TINYINT), IF(id % 7"
            + " = 0, null, CAST(id AS SMALLINT)), id * 1000003, CAST(id AS FLOAT) / 7, CAST(id AS DOUBLE) / 3, CAST(id /"
            + " 100 AS DECIMAL(9,2)), IF(id % 5 = 0, null, CAST(id / 7 AS DECIMAL(18,4))), CAST(id AS DECIMAL(38,10)) *"
            + " 12345678901234567, 'c', CAST(id AS STRING), repeat(CAST(id AS STRING), 3), CAST(CAST(id AS STRING) AS"
            + " BINARY), date_add(DATE'1960-01-01', CAST(id * 17 AS INT)), timestamp_micros(id * 1000000007 -"
            + " 3000000000000), IF(id % 11 = 0, null, TIMESTAMP_NTZ'2020-01-01 00:00:00') FROM range(0, 1500, 1, 1)";

    @Test
    void theEdgesOfEachTypeAreReadAlikeInEachZone() throws Exception {
        run("CREATE TABLE edges " + PLAIN_COLUMNS)
                .run("INSERT INTO edges " + SMALLEST)
                .run("INSERT INTO edges " + LARGEST)
                .run("INSERT INTO edges SELECT 3" + ", null".repeat(16))
                .run("INSERT INTO edges " + MANY);

        assertThat(readBySpark("edges", List.of())).containsOnly(Optional.of(1L), Optional.of(1500L));
        for (String zone : List.of("UTC", "America/Los_Angeles")) {
            session.set(ZONE, zone);
            assertSameRows("SELECT * EXCEPT (bn), hex(bn) FROM edges ORDER BY id");
            assertSameRows("SELECT st, id, d18 FROM edges WHERE ts < TIMESTAMP'1970-01-05 00:00:00' ORDER BY id");
        }
        session.set(BATCH_SIZE, "7").set(OFF_HEAP, "true");
        assertSameRows("SELECT * EXCEPT (bn), hex(bn) FROM edges ORDER BY id");
    }

    @Test
    void timestampsOfEachPrecisionAreReadAlikeAndTheFinestByPaimon() throws Exception {
        Schema.Builder schema = Schema.newBuilder().column("id", DataTypes.INT());
        for (int precision : List.of(0, 3, 4, 6, 9)) {
            schema.column("n" + precision, DataTypes.TIMESTAMP(precision))
                    .column("z" + precision, DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(precision));
        }
        other.createTable(Identifier.create("d", "instants"), schema.build(), false);
        run("INSERT INTO instants SELECT id" + ", CAST(t AS TIMESTAMP_NTZ), t".repeat(5)
                + " FROM VALUES (1, TIMESTAMP'1969-12-31 23:59:59'), (2, TIMESTAMP'0001-01-01 00:00:00'),"
                + " (3, TIMESTAMP'9999-12-31 23:59:59'), (4, null) AS v(id, t)");

        assertThat(readBySpark("instants", List.of("id", "n0", "z0", "n3", "z3", "n4", "z4", "n6", "z6")))
                .doesNotContain(Optional.empty());
        assertThat(readBySpark("instants", List.of("n9"))).containsOnly(Optional.empty());
        assertThat(readBySpark("instants", List.of("z9"))).containsOnly(Optional.empty());
        session.set(ZONE, "Asia/Kolkata");
        assertSameRows("SELECT id, n0, z0, n3, z3, n4, z4, n6, z6 FROM instants ORDER BY id");
        assertSameRows("SELECT * FROM instants WHERE n3 < TIMESTAMP_NTZ'1970-01-01 00:00:00.001' ORDER BY id");
    }

    @Test
    void typesThatSparksReaderHasOtherwiseAreReadByPaimon() throws Exception {
        run("CREATE TABLE others (id INT, t TIME(3), v VARIANT, a ARRAY<TIME(3)>, s STRUCT<x: INT, v: VARIANT>)")
                .run("INSERT INTO others SELECT 1, TIME'01:02:03.004', parse_json('1'), array(TIME'01:02:03.004',"
                        + " null), named_struct('x', 1, 'v', parse_json('2'))");

        for (String column : List.of("t", "v", "a", "s")) {
            assertThat(readBySpark("others", List.of("id", column))).as(column).containsExactly(Optional.empty());
        }
        assertThat(readBySpark("others", List.of("id"))).containsExactly(Optional.of(1L));
        assertSameRows("SELECT id, t, CAST(v AS STRING), CAST(a AS STRING), s.x, CAST(s.v AS STRING) FROM others");
    }

    @Test
    void nestedValuesAreReadAlikeWholeAndInPart() throws Exception {
        run("CREATE TABLE nested (id INT, a ARRAY<DECIMAL(20,2)>, m MAP<STRING, STRUCT<x: DATE, y: BINARY>>,"
                        + " s STRUCT<b: INT, c: STRUCT<d: STRING, e: ARRAY<ARRAY<TIMESTAMP_NTZ>>>>,"
                        + " l ARRAY<STRUCT<p: INT, q: STRING>>)")
                .run("INSERT INTO nested VALUES (1, array(1.25BD, null), map('k', struct(DATE'2020-02-03', X'0A'),"
                        + " 'n', null), struct(1, struct('d', array(array(TIMESTAMP_NTZ'0001-01-01 00:00:00',"
                        + " null), null))), array(struct(1, 'q'), null, struct(null, null))), (2, array(), map(),"
                        + " struct(null, struct(null, array())), array()), (3, null, null, struct(3, null), null),"
                        + " (4, null, null, null, null)")
                .run("INSERT INTO nested SELECT CAST(id AS INT), IF(id % 5 = 0, null, transform(sequence(0, id %"
                        + " 4), x -> CAST(x AS DECIMAL(20,2)))), map(CAST(id AS STRING),"
                        + " struct(date_add(DATE'2020-01-01', CAST(id AS INT)), null)), IF(id % 3 = 0, null,"
                        + " struct(CAST(id AS INT), struct('d', null))), IF(id % 7 = 0, array(),"
                        + " array(struct(CAST(id AS INT), CAST(id AS STRING)))) FROM range(10, 1500, 1, 1)");

        assertThat(readBySpark("nested", List.of())).doesNotContain(Optional.empty());
        assertSameRows("SELECT * EXCEPT (m), CAST(m AS STRING), hex(m['k'].y) FROM nested ORDER BY id");
        assertSameRows("SELECT id, s.c.d, l.q, m['k'].x FROM nested ORDER BY id");
        assertSameRows("SELECT s.c.e, id FROM nested WHERE s.b IS NULL ORDER BY id");

        run("ALTER TABLE nested RENAME COLUMN s.b TO z")
                .run("ALTER TABLE nested ADD COLUMN s.b STRING")
                .run("INSERT INTO nested VALUES (5, null, null, struct(7, null, 'b'), null)");
        assertThat(readBySpark("nested", List.of("s")))
                .filteredOn(Optional::isPresent)
                .containsExactly(Optional.of(1L));
        assertSameRows("SELECT s, s.z, s.b FROM nested ORDER BY id");
        assertSameRows("SELECT s.z FROM nested ORDER BY id");
    }

    @Test
    void columnsThatChangedSinceAFileWasWrittenAreReadAlike() throws Exception {
        run("CREATE TABLE evolved (id INT, a INT, b STRING, c VARCHAR(3))")
                .run("INSERT INTO evolved VALUES (1, 10, 'x', 'abc')")
                .run("ALTER TABLE evolved RENAME COLUMN a TO b2")
                .run("ALTER TABLE evolved DROP COLUMN b")
                .run("ALTER TABLE evolved ADD COLUMN b STRING FIRST")
                .run("ALTER TABLE evolved ALTER COLUMN c TYPE VARCHAR(9)")
                .run("INSERT INTO evolved VALUES ('new', 2, 20, 'abcdefghi')");

        assertThat(readBySpark("evolved", List.of())).containsOnly(Optional.of(1L));
        assertThat(rows("SELECT * FROM evolved ORDER BY id"))
                .containsExactly("[null,1,10,abc]", "[new,2,20,abcdefghi]");
        assertThat(rows("SELECT id FROM evolved WHERE b2 = 10")).containsExactly("[1]");
        assertThat(rows("SELECT id FROM evolved WHERE b IS NULL")).containsExactly("[1]");
        assertThat(rows("SELECT b, count(*) FROM evolved GROUP BY b ORDER BY b"))
                .containsExactly("[null,1]", "[new,1]");

        run("ALTER TABLE evolved ALTER COLUMN b2 TYPE BIGINT").run("INSERT INTO evolved VALUES (null, 3, 30, null)");
        assertThat(readBySpark("evolved", List.of("b2")))
                .containsExactlyInAnyOrder(Optional.empty(), Optional.empty(), Optional.of(1L));
        assertThat(rows("SELECT b2, id FROM evolved ORDER BY id")).containsExactly("[10,1]", "[20,2]", "[30,3]");
    }

    @Test
    void partitionColumnsAreThoseOfThePartition() throws Exception {
        run("CREATE TABLE parts (id INT, p DATE, q DECIMAL(10,2), r STRING) PARTITIONED BY (p, q, r)")
                .run("INSERT INTO parts SELECT CAST(id AS INT), IF(id % 3 = 0, null, DATE'1999-12-31'),"
                        + " CAST(id % 2 AS DECIMAL(10,2)), IF(id % 2 = 0, 'a=b/c', null) FROM range(0, 30)");

        assertThat(readBySpark("parts", List.of())).doesNotContain(Optional.empty());
        assertSameRows("SELECT * FROM parts ORDER BY id");
        assertSameRows("SELECT r, id, p FROM parts WHERE q = 1 AND id > 3 ORDER BY id");
        assertSameRows(
                "SELECT p, q, r, count(*) FROM parts WHERE length(r) > 1 OR p IS NULL GROUP BY ALL ORDER BY ALL");
    }

    @Test
    void rowGroupsAndPagesAreLeftOutByWhatIsSoughtAndNoRowOfIt() throws Exception {
        run("CREATE TABLE sought (i INT, l BIGINT, s STRING, d DECIMAL(12,2), t TIMESTAMP, f DOUBLE, n INT, x INT)"
                        + SMALL_GROUPS)
                .run("INSERT INTO sought SELECT CAST(id AS INT), id * 1000, lpad(CAST(id AS STRING), 5, '0'),"
                        + " CAST(id / 100 AS DECIMAL(12,2)), timestamp_micros(id * 1000),"
                        + " IF(id % 10 = 0, double('NaN'), IF(id % 10 = 1, -0.0D, id)), IF(id < 2000, null, 1),"
                        + " CAST(id % 2 AS INT) FROM range(0, 4000, 1, 1)");

        PredicateBuilder builder = new PredicateBuilder(stored("sought").rowType());
        List<String> all = List.of("i", "l", "s", "d", "t", "f", "n", "x");
        for (Predicate some : List.of(
                builder.equal(0, 77),
                builder.lessThan(1, 3000L),
                builder.greaterOrEqual(2, BinaryString.fromString("03990")),
                builder.between(3, Decimal.fromUnscaledLong(100, 12, 2), Decimal.fromUnscaledLong(120, 12, 2)),
                builder.lessOrEqual(4, Timestamp.fromMicros(5000)),
                builder.isNotNull(6),
                builder.in(0, List.of(5, 6)),
                PredicateBuilder.or(builder.equal(0, 1), builder.greaterThan(1, 3_990_000L)))) {
            long read = readBySpark("sought", all, some).get(0).orElseThrow();
            assertThat(read).as(some.toString()).isBetween(1L, 2500L);
        }
        // By a column that is not read nothing is left out, nor by one whose order is another in Parquet.
        assertThat(readBySpark("sought", List.of("l"), builder.equal(0, 77))).containsExactly(Optional.of(4000L));
        assertThat(readBySpark("sought", all, builder.greaterThan(5, 5000.0))).containsExactly(Optional.of(4000L));

        for (String condition : List.of(
                "i = 77",
                "l BETWEEN 1999000 AND 2001000",
                "s LIKE '0399%'",
                "s IN ('00001', '02000', '03999', 'x')",
                "d < 1.5",
                "d = 20.01",
                "t >= TIMESTAMP'1970-01-01 00:00:03.9985'",
                "f > 3990",
                "f = 0.0 AND i < 300",
                "f = double('NaN') AND i > 3900",
                "n IS NULL AND i > 1990",
                "n = 1 AND x = 0 AND i < 2010",
                "i = 5 OR s = '03000' OR l = 1000",
                "NOT (i < 3995)",
                "i <> 0 AND i < 3")) {
            assertSameRows("SELECT s, i, f, n, x FROM sought WHERE " + condition + " ORDER BY i");
        }
    }

    @Test
    void rowGroupsOfOneFileAreReadByTasksBesideEachOtherEachOnce() throws Exception {
        run("CREATE TABLE large (i INT, s STRING)" + SMALL_GROUPS)
                .run("INSERT INTO large SELECT CAST(id AS INT), CAST(id AS STRING) FROM range(0, 4000, 1, 1)");
        session.set(BYTES_OF_A_TASK, "4000").set(BYTES_TO_OPEN, "0");
        String sums = "SELECT count(s), sum(i), count(DISTINCT task) > 3 FROM"
                + " (SELECT *, spark_partition_id() AS task FROM large WHERE %s)";

        assertThat(splitsOfFiles(stored("large"))).hasSize(1);
        assertThat(rows(sums.formatted("true"))).containsExactly("[4000,7998000,true]");
        assertThat(rows(sums.formatted("i >= 1000 AND s <> '2999'"))).containsExactly("[2999,7495501,true]");
        assertThat(rows("SELECT count(task) FROM (SELECT spark_partition_id() AS task FROM large)"))
                .containsExactly("[4000]");
        assertSameRows("SELECT i, s FROM large ORDER BY i");

        // Paimon's reader, which is left a file with another type, reads it whole.
        run("ALTER TABLE large ALTER COLUMN i TYPE BIGINT");
        assertThat(rows(sums.formatted("true"))).containsExactly("[4000,7998000,false]");
    }

    @Test
    void aFileIsNotCutWhereItIsLittleLargerThanATasksShare() throws Exception {
        String insert = "INSERT INTO little SELECT CAST(id AS INT), CAST(id AS STRING) FROM range(0, 4000, 1, 1)";
        run("CREATE TABLE little (i INT, s STRING)" + SMALL_GROUPS).run(insert).run(insert);
        long bytes = splitsOfFiles(stored("little")).get(0).dataFiles().get(0).fileSize();
        String tasks =
                "SELECT count(i), count(DISTINCT task) FROM (SELECT i, spark_partition_id() AS task FROM little)";
        session.set(BYTES_TO_OPEN, "0");

        session.set(BYTES_OF_A_TASK, Long.toString(bytes * 9 / 10));
        assertThat(rows(tasks)).containsExactly("[8000,2]");
        session.set(BYTES_OF_A_TASK, Long.toString(bytes * 6 / 10));
        assertThat(rows(tasks)).containsExactly("[8000,4]");
    }

    @Test
    void whereARowLiesIsToldByEachPartOfAFile() throws Exception {
        run("CREATE TABLE placed (i INT, s STRING, p STRING) PARTITIONED BY (p)" + SMALL_GROUPS)
                .run("INSERT INTO placed SELECT CAST(id AS INT), CAST(id AS STRING), IF(id < 3000, 'a', NULL)"
                        + " FROM range(0, 4000, 1, 1)");
        session.set(BYTES_OF_A_TASK, "4000").set(BYTES_TO_OPEN, "0");
        String places = "SELECT %s __paimon_file_path, __paimon_partition, __paimon_bucket FROM placed";

        assertThat(
                        rows(
                                "SELECT count(i), count(DISTINCT __paimon_file_path), count(DISTINCT task) > 4,"
                                        + " count_if(NOT __paimon_partition.p <=> p)"
                                        + " FROM (SELECT *, __paimon_file_path, __paimon_partition, spark_partition_id() AS task FROM placed)"))
                .as("rows, files, whether tasks share a file, and rows of another partition")
                .containsExactly("[4000,2,true,0]");
        assertSameRows(places.formatted("i,") + " ORDER BY i");
        assertSameRows(places.formatted("DISTINCT") + " ORDER BY __paimon_file_path");

        // By files that are written anew: what a file is called is known in each part, too.
        run("UPDATE placed SET s = 'new' WHERE i % 2000 = 7");
        assertThat(rows("SELECT count(*), count_if(s = 'new'), sum(i) FROM placed"))
                .containsExactly("[4000,2,7998000]");
    }

    /** A change of such a table reads rows, not batches. */
    @Test
    void rowsOfOneFileAreReadOnceWhereTheyAreChangedByKey() throws Exception {
        run("CREATE TABLE partly (i INT NOT NULL, s STRING)"
                        + SMALL_GROUPS.replace(
                                "(", "('primary-key'='i', 'bucket'='1', 'merge-engine'='partial-update', "))
                .run("INSERT INTO partly SELECT CAST(id AS INT), CAST(id AS STRING) FROM range(0, 4000, 1, 1)");
        session.set(BYTES_OF_A_TASK, "4000").set(BYTES_TO_OPEN, "0");

        run("UPDATE partly SET s = 'new' WHERE i % 1000 = 7");

        assertThat(rows("SELECT count(*), count_if(s = 'new'), sum(i) FROM partly"))
                .containsExactly("[4000,4,7998000]");
    }

    @Test
    void filesWithDeletedRowsAreReadWithoutThem() throws Exception {
        run("CREATE TABLE deleted (id INT) TBLPROPERTIES ('deletion-vectors.enabled'='true')")
                .run("INSERT INTO deleted SELECT CAST(id AS INT) FROM range(0, 100, 1, 1)")
                .run("DELETE FROM deleted WHERE id % 3 = 0")
                .run("INSERT INTO deleted VALUES (1000)");

        assertThat(rows("SELECT count(*), sum(id) FROM (SELECT id FROM deleted WHERE id >= 0)"))
                .containsExactly("[67,4267]");
    }

    @Test
    void filesOfAPrimaryKeyThatNeedNoMergeAreReadAlike() throws Exception {
        run("CREATE TABLE keyed (id INT, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')");
        var write = stored("keyed").newBatchWriteBuilder();
        try (var files = write.newWrite();
                var commit = write.newCommit()) {
            for (int id = 0; id < 10; id++) {
                files.write(GenericRow.of(id, BinaryString.fromString("v" + id)));
            }
            commit.commit(files.prepareCommit());
        }
        run("CALL sys.compact('d.keyed')");

        assertThat(readBySpark("keyed", List.of())).containsExactly(Optional.of(10L));
        assertSameRows("SELECT v, id FROM keyed ORDER BY id");
    }

    /** As old releases wrote them: such a file may have rows that stand for deletions. */
    @Test
    void filesOfAPrimaryKeyThatDoNotSayHowManyRowsAreDeletionsAreReadByPaimon() throws Exception {
        run("CREATE TABLE old (id INT, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')")
                .run("INSERT INTO old VALUES (1, 'a')")
                .run("CALL sys.compact('d.old')");
        FileStoreTable table = stored("old");
        ParquetFiles files =
                files(ParquetReads.of(table, table.rowType(), SparkTypes.toSpark(table.rowType()), List.of())
                        .orElseThrow());
        DataSplit split = splitsOfFiles(table).get(0);

        assertThat(count(files.open(FilePart.whole(split)))).contains(1L);
        assertThat(files.open(FilePart.whole(withoutDeleteRowCount(split)))).isEmpty();
    }

    private static DataSplit withoutDeleteRowCount(DataSplit split) {
        DataFileMeta file = split.dataFiles().get(0);
        DataFileMeta old = DataFileMeta.create(
                file.fileName(),
                file.fileSize(),
                file.rowCount(),
                file.minKey(),
                file.maxKey(),
                file.keyStats(),
                file.valueStats(),
                file.minSequenceNumber(),
                file.maxSequenceNumber(),
                file.schemaId(),
                file.level(),
                null,
                null,
                null,
                null,
                null,
                null);
        return DataSplit.builder()
                .withSnapshot(split.snapshotId())
                .withPartition(split.partition())
                .withBucket(split.bucket())
                .withBucketPath(split.bucketPath())
                .withTotalBuckets(split.totalBuckets())
                .withDataFiles(List.of(old))
                .rawConvertible(true)
                .isStreaming(false)
                .build();
    }

    @Test
    void partsOfStructsThatAreKeysOfMapsAreFoundByTheirNames() {
        run("CREATE TABLE keyed_by_structs (id INT, m MAP<STRUCT<a: INT, x: INT>, STRUCT<b: INT, y: STRING>>)")
                .run("INSERT INTO keyed_by_structs VALUES (1, map(struct(2, 3), struct(4, 'v')))");
        String query = "SELECT map_keys(m).x, map_values(m).y FROM keyed_by_structs";

        assertThat(byPaimon(query)).hasSize(1).isEqualTo(rows(query));
        assertThat(rows("SELECT map_keys(m).x[0], map_values(m).y[0] FROM keyed_by_structs"))
                .containsExactly("[3,v]");
    }

    @Test
    void aFileThatIsDamagedOrGoneIsNamedWithItsTable() throws Exception {
        run("CREATE TABLE damaged (id INT, s STRING)").run("INSERT INTO damaged VALUES (1, 'a')");
        Path file = Path.of(URI.create(rows("SELECT __paimon_file_path FROM damaged")
                .get(0)
                .replace("[", "")
                .replace("]", "")));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 9));

        assertThatThrownBy(() -> rows("SELECT s FROM damaged"))
                .hasStackTraceContaining("Cannot read file ")
                .hasStackTraceContaining(file.getFileName() + " of table d.damaged: ");

        // The footer is whole, and the page of the first column is not.
        Arrays.fill(bytes, 4, 24, (byte) 0x5A);
        Files.write(file, bytes);
        assertThatThrownBy(() -> rows("SELECT id, s FROM damaged"))
                .hasStackTraceContaining(file.getFileName() + " of table d.damaged: ");

        Files.delete(file);
        assertThatThrownBy(() -> rows("SELECT s FROM damaged"))
                .hasStackTraceContaining(file.getFileName() + "' not found")
                .hasStackTraceContaining("snapshot expires too fast");
    }

    @Test
    void optionsOfATablesReadingArePaimonsReaders() throws Exception {
        run("CREATE TABLE checked (id INT) TBLPROPERTIES ('parquet.page.verify-checksum.enabled'='true')")
                .run("INSERT INTO checked VALUES (1)");

        assertThat(readBySpark("checked", List.of())).containsOnly(Optional.empty());
        assertThat(rows("SELECT id FROM checked")).containsExactly("[1]");
    }
}
