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
package dev.trestle.trino.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.suite.Rows;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.TrestleQueryRunner;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericMap;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.data.variant.GenericVariant;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class InsertTest {

    private TrestleQueryRunner runner;
    private RestCatalog other;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        other = runner.otherClient();
        other.createDatabase("w", false);
    }

    @AfterAll
    void stop() {
        other.close();
    }

    @Test
    void rowsOfAnAppendTableAreReadByPaimonsClient() throws Exception {
        create("append", Schema.newBuilder().column("id", DataTypes.INT()).column("item", DataTypes.STRING()));

        execute("INSERT INTO w.append VALUES (1, 'tea'), (2, NULL)");

        assertThat(rows("append")).containsExactly("[1, tea]", "[2, null]");
        assertThat(snapshots("append")).isEqualTo(1);
    }

    @Test
    void rowsOfAPrimaryKeyTakeThePlaceOfEarlierOnes() throws Exception {
        create("pk", keyed().option("bucket", "4"));

        execute("INSERT INTO w.pk SELECT n, 'first' FROM UNNEST(sequence(1, 100)) t(n)");
        execute("INSERT INTO w.pk VALUES (7, 'second')");

        assertThat(rows("pk")).hasSize(100).contains("[7, second]", "[8, first]");
    }

    @Test
    void rowsGoToTheBucketThatPaimonGivesThem() throws Exception {
        create("buckets", keyed().option("bucket", "5"));

        execute("INSERT INTO w.buckets SELECT n, 'x' FROM UNNEST(sequence(1, 200)) t(n)");
        for (int id = 1; id <= 200; id += 40) {
            Rows.write(other.getTable(name("buckets")), Rows.row(id, "paimon"));
        }

        assertThat(rows("buckets")).hasSize(200).contains("[1, paimon]", "[41, paimon]", "[2, x]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        one_by_one  |                           | true
        by_day      | partitioned_by = ARRAY['day'] | true
        by_bucket   | bucket = 4, bucket_key = ARRAY['id'] | false
        by_key      | primary_key = ARRAY['id', 'day'], bucket = 4 | false
        by_new_key  | primary_key = ARRAY['id', 'day'], bucket = -1 | false
        """)
    void writersAreAddedWhereNoBucketMustHaveOne(String table, String properties, boolean scales) {
        String with = properties == null ? "" : " WITH (" + properties + ")";
        execute("CREATE TABLE w." + table + " (id integer NOT NULL, day date NOT NULL)" + with);
        String rows =
                " SELECT a * 1000 + b AS id, date_add('day', a, DATE '2026-01-01') AS day FROM UNNEST(sequence(0, 29))"
                        + " x(a), UNNEST(sequence(1, 1000)) y(b)";

        for (String statement : List.of("INSERT INTO w." + table, "CREATE TABLE w.new_" + table + with + " AS")) {
            String plan = runner.trino()
                    .execute("EXPLAIN " + statement + rows)
                    .getOnlyValue()
                    .toString();
            assertThat(plan.contains("SCALED_WRITER") || plan.contains("scale"))
                    .as(plan)
                    .isEqualTo(scales);
        }
        execute("INSERT INTO w." + table + rows);
        assertThat(runner.trino()
                        .execute("SELECT count(DISTINCT id) FROM w." + table)
                        .getOnlyValue())
                .isEqualTo(30_000L);
    }

    @Test
    void keysOfDynamicBucketsAreFoundAgain() throws Exception {
        create("dynamic", keyed().option("bucket", "-1").option("dynamic-bucket.target-row-num", "10"));

        execute("INSERT INTO w.dynamic SELECT n, 'first' FROM UNNEST(sequence(1, 100)) t(n)");
        execute("INSERT INTO w.dynamic SELECT n, 'second' FROM UNNEST(sequence(51, 150)) t(n)");

        assertThat(rows("dynamic")).hasSize(150).contains("[50, first]", "[51, second]", "[150, second]");
    }

    @Test
    void partitionsGetTheirRows() throws Exception {
        create(
                "parts",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("day", DataTypes.STRING())
                        .partitionKeys("day"));

        execute("INSERT INTO w.parts SELECT n, CAST(n % 20 AS varchar) FROM UNNEST(sequence(1, 100)) t(n)");

        assertThat(rows("parts")).hasSize(100).contains("[40, 0]", "[41, 1]");
        assertThat(other.listPartitions(name("parts"))).hasSize(20);
    }

    @Test
    void aColumnThatIsLeftOutHasItsDefaultAndANullStays() throws Exception {
        create(
                "defaults",
                Schema.newBuilder().column("id", DataTypes.INT()).column("c", DataTypes.STRING(), null, "d"));

        execute("INSERT INTO w.defaults (id) VALUES 1");
        execute("INSERT INTO w.defaults (id, c) VALUES (2, NULL)");

        assertThat(rows("defaults")).containsExactly("[1, d]", "[2, null]");
    }

    @Test
    void aNullForAColumnThatTakesNoneIsRefused() throws Exception {
        create(
                "strict",
                Schema.newBuilder().column("id", DataTypes.INT().notNull()).column("c", DataTypes.INT()));

        assertThatThrownBy(() -> execute("INSERT INTO w.strict VALUES (NULL, 1)"))
                .hasMessage("NULL value not allowed for NOT NULL column: id");
        assertThatThrownBy(() -> execute("INSERT INTO w.strict (c) VALUES 1"))
                .hasMessage("NULL value not allowed for NOT NULL column: id");
        assertThat(rows("strict")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "avro"})
    void aNullInsideOfAValueThatTakesNoneIsRefused(String format) throws Exception {
        String table = "strict_inside_" + format;
        create(
                table,
                Schema.newBuilder()
                        .column("a", DataTypes.ARRAY(DataTypes.INT().notNull()))
                        .column(
                                "m",
                                DataTypes.MAP(
                                        DataTypes.STRING(), DataTypes.INT().notNull()))
                        .column("s", DataTypes.MULTISET(DataTypes.STRING()))
                        .column(
                                "r",
                                DataTypes.ROW(
                                        DataTypes.FIELD(0, "x", DataTypes.INT().notNull()),
                                        DataTypes.FIELD(
                                                1,
                                                "y",
                                                DataTypes.ARRAY(DataTypes.INT().notNull()))))
                        .option("file.format", format));

        refuseNull(table, "a", "ARRAY[1, NULL]", "elements of column: a");
        refuseNull(table, "m", "MAP(ARRAY['k', 'l'], ARRAY[1, NULL])", "values of column: m");
        refuseNull(table, "s", "MAP(ARRAY['k'], ARRAY[NULL])", "values of column: s");
        refuseNull(table, "r", "CAST(ROW(NULL, ARRAY[1]) AS row(x integer, y array(integer)))", "column: r.x");
        refuseNull(
                table, "r", "CAST(ROW(1, ARRAY[NULL]) AS row(x integer, y array(integer)))", "elements of column: r.y");
        execute("INSERT INTO w." + table + " VALUES (ARRAY[1], MAP(ARRAY['k'], ARRAY[2]), MAP(ARRAY['k'], ARRAY[3]),"
                + " ROW(4, ARRAY[5])), (NULL, NULL, NULL, NULL), (ARRAY[], MAP(), MAP(), ROW(6, NULL))");

        assertThat(runner.trino().execute("SELECT * FROM w." + table).getMaterializedRows())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "[[1], {k=2}, {k=3}, [4, [5]]]", "[null, null, null, null]", "[[], {}, {}, [6, null]]");
    }

    private void refuseNull(String table, String column, String value, String where) {
        assertThatThrownBy(() -> execute("INSERT INTO w." + table + " (" + column + ") SELECT " + value))
                .hasMessage("NULL value not allowed for NOT NULL " + where);
    }

    @Test
    void blobsVectorsAndMultisetsAreWrittenAndRead() throws Exception {
        execute("CREATE TABLE w.blobs (id integer, b varbinary) WITH (options = MAP(ARRAY['blob-field',"
                + " 'row-tracking.enabled', 'data-evolution.enabled'], ARRAY['b', 'true', 'true']))");
        execute("CREATE TABLE w.vectors (id integer, v array(real)) WITH (options = MAP(ARRAY['vector-field',"
                + " 'field.v.vector-dim', 'vector.file.format', 'row-tracking.enabled', 'data-evolution.enabled'],"
                + " ARRAY['v', '2', 'avro', 'true', 'true']))");
        create(
                "multisets",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("s", DataTypes.MULTISET(DataTypes.STRING()))
                        .option("file.format", "orc"));

        execute("INSERT INTO w.blobs VALUES (1, X'0102'), (2, NULL)");
        execute("INSERT INTO w.vectors VALUES (1, ARRAY[REAL '1.5', REAL '-2']), (2, NULL)");
        execute("INSERT INTO w.multisets VALUES (1, MAP(ARRAY['a', 'b'], ARRAY[2, 1])), (2, NULL)");

        assertThat(read("SELECT id, to_hex(b) FROM w.blobs")).containsExactlyInAnyOrder("[1, 0102]", "[2, null]");
        assertThat(read("SELECT * FROM w.vectors")).containsExactlyInAnyOrder("[1, [1.5, -2.0]]", "[2, null]");
        assertThat(read("SELECT id, s['a'], s['b'] FROM w.multisets"))
                .containsExactlyInAnyOrder("[1, 2, 1]", "[2, null, null]");
        assertThat(stored("blobs")).extracting(row -> row.isNullAt(1)).containsExactlyInAnyOrder(false, true);
        assertThatThrownBy(() -> execute("INSERT INTO w.vectors VALUES (3, ARRAY[REAL '1'])"))
                .hasMessageContaining("column 'v' has 1 elements, and the column takes exactly 2");
        assertThatThrownBy(() -> execute("INSERT INTO w.vectors VALUES (3, ARRAY[REAL '1', NULL])"))
                .hasMessage("NULL value not allowed for NOT NULL elements of column: v");
    }

    /** Other engines declare what Paimon does not keep. */
    @Test
    void aTimeThatIsFinerThanPaimonKeepsItIsRefusedAndNotCut() throws Exception {
        create("fine_times", Schema.newBuilder().column("t", DataTypes.TIME(6)));

        assertThatThrownBy(() -> execute("INSERT INTO w.fine_times VALUES TIME '01:02:03.004500'"))
                .hasMessageContaining("for column 't' is finer than a millisecond")
                .hasMessageContaining("CAST(… AS time(3))");
        execute("INSERT INTO w.fine_times VALUES TIME '01:02:03.004000', CAST(TIME '01:02:03.004500' AS time(3)),"
                + " NULL");

        assertThat(read("SELECT CAST(t AS varchar) FROM w.fine_times"))
                .containsExactlyInAnyOrder("[01:02:03.004000]", "[01:02:03.005000]", "[null]");
    }

    private List<String> read(String sql) {
        return runner.trino().execute(sql).getMaterializedRows().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void onlyThePartitionsThatGetRowsAreOverwritten() throws Exception {
        create(
                "dynamic_overwrite",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("p", DataTypes.INT())
                        .partitionKeys("p"));
        execute("INSERT INTO w.dynamic_overwrite VALUES (1, 1), (2, 2)");

        overwrite("OVERWRITE_PARTITIONS", "INSERT INTO w.dynamic_overwrite VALUES (3, 2)");
        assertThat(rows("dynamic_overwrite")).containsExactly("[1, 1]", "[3, 2]");

        overwrite("OVERWRITE_TABLE", "INSERT INTO w.dynamic_overwrite VALUES (4, 3)");
        assertThat(rows("dynamic_overwrite")).containsExactly("[4, 3]");
    }

    @Test
    void aTableWithAnotherNumberOfBucketsIsWrittenOnceItIsOverwritten() throws Exception {
        create("rescaled", keyed().option("bucket", "1"));
        execute("INSERT INTO w.rescaled VALUES (1, 'a'), (2, 'b')");
        execute("ALTER TABLE w.rescaled SET PROPERTIES bucket = 2");
        for (int id = 1; id <= 6; id++) {
            String row = "(" + id + ", 'z')";
            assertThatThrownBy(() -> execute("INSERT INTO w.rescaled VALUES " + row))
                    .hasMessageContaining("with a new bucket num 2, but the previous bucket num is 1");
        }

        overwrite("OVERWRITE_TABLE", "INSERT INTO w.rescaled SELECT * FROM w.rescaled");
        execute("INSERT INTO w.rescaled VALUES (3, 'c')");
        assertThat(rows("rescaled")).containsExactly("[1, a]", "[2, b]", "[3, c]");
    }

    @Test
    void noRowsReplaceNoPartitionAndTheWholeTable() throws Exception {
        create(
                "emptied_parts",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("p", DataTypes.INT())
                        .partitionKeys("p"));
        execute("INSERT INTO w.emptied_parts VALUES (1, 1), (2, 2)");
        String nothing = "INSERT INTO w.emptied_parts SELECT * FROM w.emptied_parts WHERE id > 2";

        overwrite("OVERWRITE_PARTITIONS", nothing);
        assertThat(rows("emptied_parts")).containsExactly("[1, 1]", "[2, 2]");

        overwrite("OVERWRITE_TABLE", nothing);
        assertThat(rows("emptied_parts")).isEmpty();

        create("emptied", Schema.newBuilder().column("id", DataTypes.INT()));
        execute("INSERT INTO w.emptied VALUES 1");
        overwrite("OVERWRITE_PARTITIONS", "INSERT INTO w.emptied SELECT * FROM w.emptied WHERE id > 1");
        assertThat(rows("emptied")).isEmpty();
    }

    @Test
    void anOverwrittenTableOfDynamicBucketsHoldsTheNewRowsOnly() throws Exception {
        create("dynamic_all", keyed().option("bucket", "-1"));
        execute("INSERT INTO w.dynamic_all VALUES (1, 'a'), (2, 'b')");

        overwrite("OVERWRITE_PARTITIONS", "INSERT INTO w.dynamic_all VALUES (2, 'c')");
        execute("INSERT INTO w.dynamic_all VALUES (2, 'd'), (3, 'e')");

        assertThat(rows("dynamic_all")).containsExactly("[2, d]", "[3, e]");
    }

    @Test
    void aTableWhoseKeyLeavesOutItsPartitionsIsRefused() throws Exception {
        create(
                "crossing",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("p", DataTypes.INT())
                        .primaryKey("id")
                        .partitionKeys("p")
                        .option("bucket", "-1"));

        assertThatThrownBy(() -> execute("INSERT INTO w.crossing VALUES (1, 1)"))
                .hasMessageContaining("w.crossing")
                .hasMessageContaining("Write it with Flink");
    }

    @Test
    void valuesThatDoNotFitAreRefused() throws Exception {
        create("lengths", Schema.newBuilder().column("b", DataTypes.BINARY(2)).column("v", DataTypes.VARBINARY(2)));

        assertThatThrownBy(() -> execute("INSERT INTO w.lengths VALUES (X'01', X'01')"))
                .hasMessageContaining("column 'b' has 1 bytes")
                .hasMessageContaining("exactly 2");
        assertThatThrownBy(() -> execute("INSERT INTO w.lengths VALUES (X'0102', X'010203')"))
                .hasMessageContaining("column 'v' has 3 bytes");
        assertThat(rows("lengths")).isEmpty();
    }

    @Test
    void everyValueOfEveryTypeIsWrittenAsItWasRead() throws Exception {
        Schema.Builder types = Schema.newBuilder()
                .column("a_boolean", DataTypes.BOOLEAN())
                .column("a_tinyint", DataTypes.TINYINT())
                .column("a_smallint", DataTypes.SMALLINT())
                .column("an_int", DataTypes.INT())
                .column("a_bigint", DataTypes.BIGINT())
                .column("a_float", DataTypes.FLOAT())
                .column("a_double", DataTypes.DOUBLE())
                .column("a_short_decimal", DataTypes.DECIMAL(18, 3))
                .column("a_decimal", DataTypes.DECIMAL(38, 10))
                .column("a_char", DataTypes.CHAR(3))
                .column("a_varchar", DataTypes.VARCHAR(4))
                .column("a_string", DataTypes.STRING())
                .column("a_binary", DataTypes.BINARY(2))
                .column("some_bytes", DataTypes.BYTES())
                .column("a_date", DataTypes.DATE())
                .column("a_time", DataTypes.TIME(3))
                .column("a_timestamp", DataTypes.TIMESTAMP(3))
                .column("a_fine_timestamp", DataTypes.TIMESTAMP(9))
                .column("an_instant", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3))
                .column("a_fine_instant", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(9))
                .column("an_array", DataTypes.ARRAY(DataTypes.INT()))
                .column("a_map", DataTypes.MAP(DataTypes.STRING(), DataTypes.BIGINT()))
                .column(
                        "a_row",
                        DataTypes.ROW(
                                DataTypes.FIELD(0, "x", DataTypes.INT()), DataTypes.FIELD(1, "Y", DataTypes.STRING())))
                .column("a_variant", DataTypes.VARIANT());
        create("values_of_types", types);
        create("copied_types", types);
        Rows.write(other.getTable(name("values_of_types")), smallest(), largest(), new GenericRow(24));

        execute("INSERT INTO w.copied_types SELECT * FROM w.values_of_types");

        assertThat(stored("copied_types")).hasSize(3).containsExactlyInAnyOrderElementsOf(stored("values_of_types"));
        assertThat(runner.trino().execute("SELECT * FROM w.copied_types").getMaterializedRows())
                .containsExactlyInAnyOrderElementsOf(runner.trino()
                        .execute("SELECT * FROM w.values_of_types")
                        .getMaterializedRows());
    }

    private static GenericRow smallest() {
        return Rows.row(
                false,
                Byte.MIN_VALUE,
                Short.MIN_VALUE,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                -0.0f,
                Double.NEGATIVE_INFINITY,
                Decimal.fromUnscaledLong(-999999999999999999L, 18, 3),
                Decimal.fromBigDecimal(new BigDecimal("-9999999999999999999999999999.9999999999"), 38, 10),
                "   ",
                "",
                "",
                new byte[2],
                new byte[0],
                -719162,
                0,
                Timestamp.fromEpochMillis(-62135596800000L),
                Timestamp.fromEpochMillis(-62135596800000L, 1),
                Timestamp.fromEpochMillis(-1),
                Timestamp.fromEpochMillis(-1, 999999),
                new GenericArray(new Integer[0]),
                new GenericMap(Map.of()),
                GenericRow.of(null, null),
                GenericVariant.fromJson("null"));
    }

    private static GenericRow largest() {
        return Rows.row(
                true,
                Byte.MAX_VALUE,
                Short.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE,
                Float.NaN,
                Double.MAX_VALUE,
                Decimal.fromUnscaledLong(999999999999999999L, 18, 3),
                Decimal.fromBigDecimal(new BigDecimal("9999999999999999999999999999.9999999999"), 38, 10),
                "ab ",
                "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00",
                "text",
                new byte[] {-1, -1},
                new byte[] {0, 1, 2},
                2932896,
                86399999,
                Timestamp.fromEpochMillis(253402300799999L),
                Timestamp.fromEpochMillis(253402300799999L, 999999),
                Timestamp.fromEpochMillis(253402300799999L),
                Timestamp.fromEpochMillis(253402300799999L, 999999),
                new GenericArray(new Integer[] {1, null, 3}),
                new GenericMap(Map.of(BinaryString.fromString("k"), 7L)),
                GenericRow.of(5, BinaryString.fromString("five")),
                GenericVariant.fromJson("{\"a\":[1,\"b\",null],\"c\":1.5}"));
    }

    private static Schema.Builder keyed() {
        return Schema.newBuilder()
                .column("id", DataTypes.INT().notNull())
                .column("c", DataTypes.STRING())
                .primaryKey("id");
    }

    private void create(String table, Schema.Builder schema) throws Exception {
        other.createTable(name(table), schema.build(), false);
    }

    private static Identifier name(String table) {
        return Identifier.create("w", table);
    }

    private void execute(String sql) {
        runner.trino().execute(sql);
    }

    private void overwrite(String mode, String sql) {
        runner.trino()
                .execute(
                        io.trino.Session.builder(runner.trino().getDefaultSession())
                                .setCatalogSessionProperty(TrestleQueryRunner.CATALOG, "insert_mode", mode)
                                .build(),
                        sql);
    }

    private List<String> rows(String table) throws Exception {
        return Rows.read(other.getTable(name(table)));
    }

    /** The rows as bytes, in which nested values are compared too. */
    private List<BinaryRow> stored(String name) throws Exception {
        Table table = other.getTable(name(name));
        InternalRowSerializer serializer = new InternalRowSerializer(table.rowType());
        List<BinaryRow> rows = new ArrayList<>();
        ReadBuilder read = table.newReadBuilder();
        try (RecordReader<InternalRow> reader =
                read.newRead().createReader(read.newScan().plan())) {
            reader.forEachRemaining(row -> rows.add(serializer.toBinaryRow(row).copy()));
        }
        return rows;
    }

    private long snapshots(String table) throws Exception {
        return ((FileStoreTable) other.getTable(name(table))).snapshotManager().latestSnapshotId();
    }
}
