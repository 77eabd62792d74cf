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

import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTest extends CatalogFixture {

    private void fillPartitioned() {
        run("CREATE TABLE p (id INT, name STRING, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO p VALUES (1, 'a', 'x'), (2, 'b', 'x')")
                .run("INSERT INTO p VALUES (3, null, 'y'), (4, 'd', null)");
    }

    @Test
    void predicatesArePushedAndGiveTheRightRows() {
        fillPartitioned();

        assertThat(session.plan("SELECT id FROM p WHERE id > 2 AND name LIKE 'd%'"))
                .contains("GreaterThan(id, 2)", "StartsWith(name, d)");
        assertThat(rows("SELECT id FROM p WHERE id > 2 AND name LIKE 'd%'")).containsExactly("[4]");
        assertThat(rows("SELECT id FROM p WHERE name IS NULL OR dt IS NULL ORDER BY id"))
                .containsExactly("[3]", "[4]");
        assertThat(rows("SELECT id FROM p WHERE name <=> NULL")).containsExactly("[3]");
        assertThat(rows("SELECT id FROM p WHERE NOT (name IN ('a', 'b')) ORDER BY id"))
                .containsExactly("[4]");
    }

    @Test
    void aPredicateOnPartitionsIsLeftToTheScan() {
        fillPartitioned();

        assertThat(session.plan("SELECT id FROM p WHERE dt = 'x'").split("Physical Plan")[1])
                .doesNotContain("Filter (");
        assertThat(rows("SELECT id FROM p WHERE dt = 'x' ORDER BY id")).containsExactly("[1]", "[2]");
    }

    @Test
    void anEarlierSnapshotThatAnOptionNamesIsReadByTheColumnsOfToday() {
        run("CREATE TABLE grown (id INT, v STRING)")
                .run("INSERT INTO grown VALUES (1, 'a')")
                .run("ALTER TABLE grown RENAME COLUMN v TO w")
                .run("ALTER TABLE grown ADD COLUMN late INT")
                .run("INSERT INTO grown VALUES (2, 'b', 20)");

        assertThat(rows("SELECT w, late, id FROM grown WITH (`scan.snapshot-id` = '1') WHERE w = 'a'"))
                .containsExactly("[a,null,1]");
        assertThat(rows("SELECT w, late FROM grown WITH (`scan.version` = '1')"))
                .containsExactly("[a,null]");
        assertThat(rows("SELECT * FROM grown VERSION AS OF 1")).containsExactly("[1,a]");
    }

    @Test
    void onlyTheAskedColumnsAndFieldsAreRead() {
        run("CREATE TABLE n (id INT, s STRUCT<a: INT, b: STRUCT<c: STRING, d: INT>>, xs ARRAY<STRUCT<x: INT, y: INT>>)")
                .run("INSERT INTO n VALUES (1, struct(2, struct('c', 3)), array(struct(4, 5)))");

        assertThat(session.plan("SELECT s.b.c FROM n")).contains("struct<s:struct<b:struct<c:string>>>");
        assertThat(rows("SELECT s.b.c, xs.y FROM n").toString()).contains("c,").contains("(5)");
    }

    @Test
    void countsAndBoundsComeFromMetadata() {
        fillPartitioned();

        String plan = session.plan("SELECT count(*), count(name), min(id), max(id) FROM p");
        assertThat(plan).contains("LocalTableScan");
        assertThat(rows("SELECT count(*), count(name), min(id), max(id) FROM p"))
                .containsExactly("[4,3,1,4]");
        assertThat(rows("SELECT dt, count(*), max(id) FROM p GROUP BY dt ORDER BY dt"))
                .containsExactly("[null,1,4]", "[x,2,2]", "[y,1,3]");
        assertThat(rows("SELECT count(*) FROM p WHERE dt = 'x'")).containsExactly("[2]");
        assertThat(rows("SELECT count(*), min(id) FROM p WHERE dt = 'nope'")).containsExactly("[0,null]");
    }

    @Test
    void rowsThatAreMergedAreCountedByReadingThem() {
        run("CREATE TABLE k (id INT, v INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')")
                .run("INSERT INTO k VALUES (1, 1), (2, 1)")
                .run("INSERT INTO k VALUES (2, 2), (3, 2)");

        assertThat(rows("SELECT count(*), max(v), min(id) FROM k")).containsExactly("[3,2,1]");
        assertThat(session.plan("SELECT count(*) FROM k")).doesNotContain("LocalTableScan");
    }

    @Test
    void aFileWithoutStatisticsMakesSparkReadTheRows() {
        run("CREATE TABLE t (a INT) TBLPROPERTIES ('metadata.stats-dense-store'='false')")
                .run("INSERT INTO t VALUES (5), (7)")
                .run("ALTER TABLE t SET TBLPROPERTIES ('metadata.stats-mode'='counts')")
                .run("INSERT INTO t VALUES (1), (9)");
        assertThat(rows("SELECT min(a), max(a), count(a) FROM t")).containsExactly("[1,9,4]");

        run("ALTER TABLE t SET TBLPROPERTIES ('metadata.stats-mode'='none')").run("INSERT INTO t VALUES (null)");
        assertThat(rows("SELECT count(a), count(*) FROM t")).containsExactly("[4,5]");
    }

    @Test
    void idsOfRowsAreReadFromASystemTable() {
        run("CREATE TABLE tracked (id INT) TBLPROPERTIES ('row-tracking.enabled'='true')")
                .run("INSERT INTO tracked VALUES (7)")
                .run("INSERT INTO tracked VALUES (8)");

        assertThat(rows("SELECT id, _ROW_ID, _SEQUENCE_NUMBER FROM `tracked$row_tracking` ORDER BY id"))
                .containsExactly("[7,0,1]", "[8,1,2]");
    }

    /** As another engine may have changed it: what is too large then is no value any more. */
    @Test
    void valuesOfATypeThatGotNarrowerAreCountedByReadingThem() throws Exception {
        run("CREATE TABLE narrowed (d DECIMAL(10, 2), i INT, wider DECIMAL(4, 2))")
                .run("INSERT INTO narrowed VALUES (1.00, 1, 1.00), (12.00, 12, null), (123.00, 123, null)");
        other.alterTable(
                Identifier.create("d", "narrowed"),
                List.of(
                        SchemaChange.updateColumnType("d", DataTypes.DECIMAL(4, 2)),
                        SchemaChange.updateColumnType("i", DataTypes.DECIMAL(4, 2)),
                        SchemaChange.updateColumnType("wider", DataTypes.DECIMAL(6, 2))),
                false);
        run("REFRESH TABLE narrowed");

        for (String column : new String[] {"d", "i"}) {
            String count = "SELECT count(" + column + ") FROM narrowed";
            assertThat(session.plan(count)).doesNotContain("LocalTableScan");
            assertThat(rows(count)).containsExactly("[2]");
        }
        assertThat(rows("SELECT d, i FROM narrowed ORDER BY d"))
                .containsExactly("[null,null]", "[1.00,1.00]", "[12.00,12.00]");
        assertThat(session.plan("SELECT count(wider) FROM narrowed")).contains("LocalTableScan");
        assertThat(rows("SELECT count(wider) FROM narrowed")).containsExactly("[1]");
    }

    @Test
    void aPartitionWhoseRowsAreDeletedByVectorsIsNoGroup() {
        run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt) TBLPROPERTIES ('deletion-vectors.enabled'='true')")
                .run("INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, 'y')")
                .run("DELETE FROM t WHERE id IN (1, 3)");

        assertThat(rows("SELECT dt, count(*) FROM t GROUP BY dt")).containsExactly("[x,1]");
        assertThat(rows("SELECT DISTINCT dt FROM t")).containsExactly("[x]");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly("[1]");
    }

    @Test
    void aLimitCountsNoRowsThatAreMergedOrDeleted() {
        run("CREATE TABLE k (id INT, v INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1', 'write-only'='true')")
                .run("INSERT INTO k VALUES (1, 1), (2, 1), (3, 1)")
                .run("INSERT INTO k VALUES (1, 2), (2, 2), (4, 2)")
                .run("DELETE FROM k WHERE id = 3");
        run("CREATE TABLE v (id INT) TBLPROPERTIES ('deletion-vectors.enabled'='true')")
                .run("INSERT INTO v VALUES (1), (2), (3)")
                .run("INSERT INTO v VALUES (4), (5), (6)")
                .run("DELETE FROM v WHERE id IN (1, 2, 5)");

        assertThat(rows("SELECT id, v FROM k LIMIT 3")).containsExactlyInAnyOrder("[1,2]", "[2,2]", "[4,2]");
        assertThat(rows("SELECT id FROM v LIMIT 3")).containsExactlyInAnyOrder("[3]", "[4]", "[6]");
    }

    @Test
    void aLimitIsPushed() {
        fillPartitioned();

        assertThat(session.plan("SELECT id FROM p LIMIT 1")).contains("limit: 1");
        assertThat(rows("SELECT id FROM p LIMIT 1")).hasSize(1);
    }

    @Test
    void filesThatNeedNoMergeAreReadByColumns() {
        fillPartitioned();

        assertThat(session.plan("SELECT id FROM p")).contains("ColumnarToRow");
    }

    @Test
    void columnsAndTypesOfAnOlderSchemaAreReadAsTheyAreNow() {
        run("CREATE TABLE e (id INT, n INT)")
                .run("INSERT INTO e VALUES (1, 10)")
                .run("ALTER TABLE e ADD COLUMN s STRING FIRST")
                .run("ALTER TABLE e ALTER COLUMN n TYPE BIGINT")
                .run("ALTER TABLE e RENAME COLUMN n TO m")
                .run("INSERT INTO e VALUES ('x', 2, 20)");

        assertThat(rows("SELECT * FROM e ORDER BY id")).containsExactly("[null,1,10]", "[x,2,20]");
        assertThat(rows("SELECT id FROM e WHERE m = 10")).containsExactly("[1]");
        assertThat(rows("SELECT min(m), max(m), count(s) FROM e")).containsExactly("[10,20,1]");
    }

    @Test
    void versionsAndTimesAreReadAsTheyWere() throws Exception {
        run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)");
        long millis = stored("t").snapshotManager().latestSnapshot().timeMillis();
        stored("t").createTag("first", 1);
        run("INSERT INTO t VALUES (2)");

        assertThat(rows("SELECT * FROM t VERSION AS OF 1")).containsExactly("[1]");
        assertThat(rows("SELECT * FROM t VERSION AS OF 'first'")).containsExactly("[1]");
        assertThat(rows("SELECT * FROM t TIMESTAMP AS OF timestamp_millis(" + millis + ")"))
                .containsExactly("[1]");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly("[2]");
        assertThatThrownBy(() -> rows("SELECT * FROM t VERSION AS OF 'nope'")).hasMessageContaining("nope");
    }

    @Test
    void aVersionIsReadWithTheColumnsThatItHad() {
        run("CREATE TABLE t (id INT, n INT)")
                .run("INSERT INTO t VALUES (1, 10)")
                .run("ALTER TABLE t DROP COLUMN n")
                .run("ALTER TABLE t ALTER COLUMN id TYPE BIGINT")
                .run("ALTER TABLE t RENAME COLUMN id TO key")
                .run("INSERT INTO t VALUES (20000000000)");

        assertThat(rows("SELECT * FROM t VERSION AS OF 1 WHERE n = 10 AND id < 2"))
                .containsExactly("[1,10]");
        assertThat(rows("SELECT * FROM t WHERE key >= 1 ORDER BY key")).containsExactly("[1]", "[20000000000]");
    }

    @Test
    void whatChangedBetweenSnapshotsIsReadByOption() {
        run("CREATE TABLE t (id INT)")
                .run("INSERT INTO t VALUES (1)")
                .run("INSERT INTO t VALUES (2)")
                .run("INSERT INTO t VALUES (3)");

        assertThat(session.spark()
                        .read()
                        .option("incremental-between", "1,3")
                        .table("t")
                        .collectAsList()
                        .toString())
                .contains("[2]", "[3]")
                .doesNotContain("[1]");
    }

    @Test
    void aLimitOfADifferenceOfTwoSnapshotsFindsRows() {
        run("CREATE TABLE t (id INT)")
                .run("INSERT INTO t SELECT CAST(id AS INT) FROM range(10)")
                .run("CALL sys.create_tag('d.t', 'a')")
                .run("INSERT INTO t SELECT CAST(id AS INT) FROM range(10, 20)")
                .run("CALL sys.create_tag('d.t', 'b')");

        assertThat(session.spark()
                        .read()
                        .option("incremental-between", "a,b")
                        .table("t")
                        .limit(1)
                        .collectAsList())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLimitCountsNoRowsThatVectorsDelete(boolean large) {
        run("CREATE TABLE t (id INT) TBLPROPERTIES ('deletion-vectors.enabled'='true',"
                        + " 'deletion-vectors.bitmap64'='" + large + "')")
                .run("INSERT INTO t SELECT CAST(id AS INT) FROM range(0, 5, 1, 1)")
                .run("DELETE FROM t WHERE id < 2");

        assertThat(rows("SELECT * FROM t LIMIT 2")).hasSize(2);
    }

    /** Paimon's own would take such a predicate for the name of a file, or a partition's text apart. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        t$snapshots | snapshot_id          | snapshot_id > 100                  |
        t$snapshots | snapshot_id          | snapshot_id IN (1, 99)             | [1]
        t$schemas   | schema_id            | schema_id = 99                     |
        t$branches  | branch_name          | branch_name LIKE 'b%'              | [b]
        t$branches  | branch_name          | branch_name <> 'x'                 | [b]
        t$branches  | branch_name          | branch_name IN ('a', 'b', 'c')     | [b]
        t$files     | DISTINCT `partition` | `partition` <> '{2024-01-01, 1}'   | [{2024-01-01, 2}]
        t$files     | DISTINCT `partition` | `partition` LIKE '%2024-01-01, 1%' | [{2024-01-01, 1}]
        """)
    void rowsOfSystemTablesAreChosen(String table, String column, String where, String expected) {
        run("CREATE TABLE t (id INT, k1 DATE, k2 INT) PARTITIONED BY (k1, k2)")
                .run("INSERT INTO t VALUES (1, DATE'2024-01-01', 1), (2, DATE'2024-01-01', 2)")
                .run("CALL sys.create_branch(table => 'd.t', branch => 'b')");

        assertThat(rows("SELECT " + column + " FROM `" + table + "` WHERE " + where))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void systemTablesAreRead() {
        run("CREATE TABLE t (id INT) TBLPROPERTIES ('bucket'='-1')")
                .run("INSERT INTO t VALUES (1)")
                .run("INSERT INTO t VALUES (2)");

        assertThat(rows("SELECT snapshot_id, commit_kind FROM `t$snapshots` ORDER BY snapshot_id"))
                .containsExactly("[1,APPEND]", "[2,APPEND]");
        assertThat(rows("SELECT count(*) FROM `t$files`")).containsExactly("[2]");
        assertThat(rows("SELECT value FROM `t$options` WHERE key = 'bucket'")).containsExactly("[-1]");
        assertThatThrownBy(() -> run("INSERT INTO `t$options` VALUES ('a', 'b')"))
                .hasMessageContaining("t$options");
    }

    @Test
    void branchesAreReadAndWritten() throws Exception {
        run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)");
        stored("t").createTag("first", 1);
        other.createBranch(org.apache.paimon.catalog.Identifier.create("d", "t"), "b", "first");

        run("INSERT INTO `t$branch_b` VALUES (2)");

        assertThat(rows("SELECT * FROM `t$branch_b` ORDER BY id")).containsExactly("[1]", "[2]");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
    }

    @Test
    void metadataColumnsTellWhereARowLies() {
        fillPartitioned();

        assertThat(rows("SELECT id, __paimon_bucket, __paimon_partition.dt, __paimon_row_index FROM p"
                        + " WHERE dt = 'x' ORDER BY id"))
                .containsExactly("[1,0,x,0]", "[2,0,x,1]");
        assertThat(rows("SELECT DISTINCT __paimon_file_path LIKE '%.parquet' FROM p"))
                .containsExactly("[true]");
    }

    @Test
    void aRowThatIsMergedOfSeveralFilesLiesInNone() {
        run("CREATE TABLE k (id INT NOT NULL, v INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                        + " 'write-only'='true')")
                .run("INSERT INTO k VALUES (1, 1), (2, 2)")
                .run("INSERT INTO k VALUES (1, 10)");
        String query = "SELECT v, __paimon_bucket, __paimon_file_path IS NULL, __paimon_row_index, __trestle_file_name"
                + " IS NULL FROM k ORDER BY v";

        assertThat(rows(query)).containsExactly("[2,0,true,null,true]", "[10,0,true,null,true]");
        assertThat(rows("SELECT __paimon_file_path FROM k")).containsExactly("[null]", "[null]");

        run("CALL sys.compact(table => 'd.k')");
        assertThat(rows(query)).containsExactly("[2,0,false,1,false]", "[10,0,false,0,false]");
    }

    @Test
    void theIndexOfARowIsRightBesideDeletedOnesWhereAFileIsReadByColumns() {
        run("CREATE TABLE v (id BIGINT) TBLPROPERTIES ('deletion-vectors.enabled'='true')")
                .run("INSERT INTO v SELECT id FROM range(0, 10000, 1, 1)")
                .run("DELETE FROM v WHERE id % 3 = 0 OR id BETWEEN 2000 AND 6999");

        String query = "SELECT id, __paimon_row_index FROM v";
        assertThat(session.plan(query)).contains("ColumnarToRow");
        assertThat(rows("SELECT count(DISTINCT __paimon_file_path) FROM v")).containsExactly("[1]");
        assertThat(rows("SELECT count(*), count_if(id = __paimon_row_index) FROM (" + query + ")"))
                .containsExactly("[3333,3333]");
        assertThat(rows(query + " WHERE id > 9996")).containsExactly("[9997,9997]", "[9998,9998]");
    }

    @Test
    void onlyThePartitionsThatAJoinNeedsAreRead() {
        fillPartitioned();
        run("CREATE TABLE dim (dt STRING, n INT)").run("INSERT INTO dim VALUES ('x', 1), ('y', 2)");
        session.set("spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly", "false");

        String query = "SELECT p.id FROM p JOIN dim ON p.dt = dim.dt WHERE dim.n = 1 ORDER BY p.id";
        assertThat(session.plan(query)).contains("dynamicpruning");
        assertThat(rows(query)).containsExactly("[1]", "[2]");
    }

    @Test
    void aTableThatIsCachedIsReadFromTheCache() {
        run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)").run("CACHE TABLE t");

        assertThat(session.plan("SELECT * FROM t")).contains("InMemoryRelation");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");

        run("INSERT INTO t VALUES (2)");
        assertThat(session.plan("SELECT * FROM t")).contains("InMemoryRelation");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1]", "[2]");
        assertThat(session.plan("SELECT * FROM t VERSION AS OF 1")).doesNotContain("InMemoryRelation");
        run("UNCACHE TABLE t");
    }
}
