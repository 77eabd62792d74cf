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

import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;
import org.junit.jupiter.api.Test;

class TableStatementsTest extends CatalogFixture {

    @Test
    void insertedRowsAreReadBack() {
        session.run("CREATE TABLE t (id INT NOT NULL, name STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')")
                .run("INSERT INTO t VALUES (1,'a'),(2,'b')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, a]", "[2, b]");
    }

    @Test
    void theDefinitionOfATableIsKept() throws Exception {
        session.run("CREATE TABLE t (id INT NOT NULL COMMENT 'key', name STRING, up AS UPPER(name) COMMENT 'loud',"
                + " ts TIMESTAMP(3), dt STRING NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,"
                + " PRIMARY KEY (id, dt) NOT ENFORCED) COMMENT 'people' PARTITIONED BY (dt) WITH ('bucket'='2')");

        String definition = rows("SHOW CREATE TABLE t").get(0);

        assertThat(definition)
                .contains("`id` INT NOT NULL COMMENT 'key'")
                .contains("`up` AS UPPER(`name`) COMMENT 'loud'")
                .contains("WATERMARK FOR `ts` AS `ts` - INTERVAL '5' SECOND")
                .contains("PRIMARY KEY (`id`, `dt`) NOT ENFORCED")
                .contains("COMMENT 'people'")
                .contains("PARTITIONED BY (`dt`)")
                .contains("'bucket' = '2'")
                .doesNotContain("'path'")
                .doesNotContain("schema.");
        Table stored = stored("t");
        assertThat(stored.rowType().getFieldNames()).containsExactly("id", "name", "ts", "dt");
        assertThat(stored.rowType().getField("id").description()).isEqualTo("key");
        assertThat(stored.comment()).contains("people");
        assertThat(stored.options()).containsEntry("schema.2.expr", "UPPER(`name`)");
    }

    @Test
    void aMetadataColumnIsShownWhereItIsStoredAndRefusedForItCannotBeRead() throws Exception {
        assertThatThrownBy(() -> session.run("CREATE TABLE t (id INT, m STRING METADATA)"))
                .hasStackTraceContaining("Table d.t cannot have the METADATA column 'm'");
        other.createTable(
                Identifier.create("d", "t"),
                org.apache.paimon.schema.Schema.newBuilder()
                        .column("id", org.apache.paimon.types.DataTypes.INT())
                        .option("schema.1.name", "m")
                        .option("schema.1.data-type", "VARCHAR(2147483647)")
                        .option("schema.1.metadata", "k")
                        .option("schema.1.virtual", "true")
                        .option("schema.1.comment", "meta")
                        .build(),
                false);
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD n STRING METADATA"))
                .hasStackTraceContaining("cannot have the METADATA column 'n'");
        session.run("ALTER TABLE t ADD v INT AFTER id");
        assertThat(rows("SHOW CREATE TABLE t").get(0))
                .contains("`m` VARCHAR(2147483647) METADATA FROM 'k' VIRTUAL COMMENT 'meta'");
    }

    @Test
    void aTableNamedLikeTheCatalogIsSeenOnceItIsMade() {
        session.run("CREATE TABLE t (id INT)").sql("SELECT * FROM c.d.t");
        session.run("CREATE TABLE c (id INT)");
        assertThat(rows("SELECT * FROM c")).isEmpty();
    }

    @Test
    void aTableIsReadWithItsComputedColumnsAndWatermark() {
        session.run("CREATE TABLE t (id INT, name STRING, up AS UPPER(name), ts TIMESTAMP(3),"
                        + " WATERMARK FOR ts AS ts)")
                .run("INSERT INTO t VALUES (1, 'a', TIMESTAMP '2026-01-01 00:00:00')");
        assertThat(rows("SELECT up, ts, id FROM t")).containsExactly("[A, 2026-01-01T00:00, 1]");
    }

    @Test
    void aTableIsMadeFromAQuery() {
        session.run("CREATE TABLE t WITH ('bucket'='1','bucket-key'='id') AS SELECT 1 AS id, 'x' AS name");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, x]");
    }

    @Test
    void aTableIsReplacedByAQuery() {
        session.run("CREATE TABLE t (a INT)").run("INSERT INTO t VALUES (7)");
        session.run("CREATE OR REPLACE TABLE t AS SELECT 'x' AS b");
        assertThat(rows("SELECT b FROM t")).containsExactly("[x]");
    }

    @Test
    void atomicReplacementIsRefusedAndNothingIsLost() {
        session.run("CREATE TABLE t (a INT)").run("INSERT INTO t VALUES (7)");
        session.set("table.rtas-ctas.atomicity-enabled", "true");
        assertThatThrownBy(() -> session.run("REPLACE TABLE t AS SELECT 'x' AS b"))
                .hasMessageContaining("table.rtas-ctas.atomicity-enabled to false");
        assertThat(rows("SELECT a FROM t")).containsExactly("[7]");
    }

    @Test
    void aTableLikeAnotherHasItsDefinitionAndAPlaceOfItsOwn() throws Exception {
        session.run("CREATE TABLE t (id INT, twice AS id * 2) WITH ('bucket'='2','bucket-key'='id')")
                .run("INSERT INTO t VALUES (1)")
                .run("CREATE TABLE u LIKE t");
        assertThat(rows("SELECT * FROM u")).isEmpty();
        session.run("INSERT INTO u VALUES (3)");
        assertThat(rows("SELECT * FROM u")).containsExactly("[3, 6]");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 2]");
        assertThat(stored("u").options())
                .containsEntry("bucket", "2")
                .doesNotContainEntry("path", stored("t").options().get("path"));
    }

    @Test
    void distributionBecomesBuckets() throws Exception {
        session.run("CREATE TABLE t (id INT, v INT) DISTRIBUTED BY HASH(id) INTO 3 BUCKETS");
        assertThat(stored("t").options()).containsEntry("bucket", "3").containsEntry("bucket-key", "id");
        session.run("INSERT INTO t VALUES (1, 2)");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 2]");
    }

    private void createFromTableApi(Schema.Builder schema) {
        schema.column("id", DataTypes.INT().notNull()).column("name", DataTypes.STRING());
        session.environment()
                .createTable(
                        "t",
                        TableDescriptor.forConnector("paimon")
                                .schema(schema.build())
                                .build());
    }

    @Test
    void whatTheTableApiDeclaresAndPaimonDoesNotKeepIsRefusedByName() {
        assertThatThrownBy(() -> createFromTableApi(Schema.newBuilder().indexNamed("by_name", List.of("name"))))
                .hasStackTraceContaining("Table d.t cannot keep")
                .hasStackTraceContaining("by_name")
                .hasStackTraceContaining("file-index.bloom-filter.columns");
        assertThatThrownBy(() ->
                        createFromTableApi(Schema.newBuilder().primaryKey("id").immutableColumnsNamed("fixed", "name")))
                .hasStackTraceContaining("Table d.t cannot keep")
                .hasStackTraceContaining("fixed");
        assertThat(session.column("SHOW TABLES")).isEmpty();
    }

    @Test
    void rowsAreUpdatedAndDeleted() {
        session.run("CREATE TABLE t (id INT NOT NULL, v INT, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')")
                .run("INSERT INTO t VALUES (1,10),(2,20),(3,30)")
                .run("UPDATE t SET v = 11 WHERE id = 1")
                .run("DELETE FROM t WHERE id = 2");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, 11]", "[3, 30]");
    }

    @Test
    void rowsAreUpdatedWithPartialUpdate() {
        session.run("CREATE TABLE t (id INT NOT NULL, a INT, b INT, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('bucket'='1', 'merge-engine'='partial-update')")
                .run("INSERT INTO t VALUES (1, 10, CAST(NULL AS INT))")
                .run("INSERT INTO t VALUES (1, CAST(NULL AS INT), 20)")
                .run("UPDATE t SET a = 11 WHERE id = 1");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 11, 20]");
    }

    @Test
    void deletingWithoutAPrimaryKeyIsRefusedForWholePartitionsToo() {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        for (String predicate : List.of("id = 2", "dt = 'a'")) {
            assertThatThrownBy(() -> session.run("DELETE FROM t WHERE " + predicate))
                    .hasStackTraceContaining("there is no primary key");
        }
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, a]", "[2, b]");
    }

    @Test
    void aSessionSetsOptionsOfOneTable() {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)").run("INSERT INTO t VALUES (2)");
        session.run("CREATE TABLE u (id INT)").run("INSERT INTO u VALUES (1)").run("INSERT INTO u VALUES (2)");

        session.set("paimon.c.d.t.scan.snapshot-id", "1");

        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
        assertThat(rows("SELECT * FROM u ORDER BY id")).containsExactly("[1]", "[2]");
        session.set("paimon.*.*.u.scan.snapshot-id", "1");
        assertThat(rows("SELECT * FROM u")).containsExactly("[1]");
    }

    @Test
    void aTableIsTruncatedAndOverwritten() {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)").run("INSERT OVERWRITE t VALUES (2)");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2]");
        session.run("TRUNCATE TABLE t");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void anOlderStateIsReadByTimeAndByHint() throws Exception {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)");
        String first = timeOfLatest("t");
        session.run("INSERT INTO t VALUES (2)");

        assertThat(rows("SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '" + first + "'"))
                .containsExactly("[1]");
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.snapshot-id'='1') */"))
                .containsExactly("[1]");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1]", "[2]");
    }

    @Test
    void aTimeBeforeTheBucketKeyWasRenamedIsRead() throws Exception {
        session.run("CREATE TABLE t (a INT, v INT) WITH ('bucket'='2', 'bucket-key'='a')")
                .run("INSERT INTO t VALUES (1, 10), (2, 20)");
        String first = timeOfLatest("t");
        session.run("ALTER TABLE t RENAME a TO b").run("INSERT INTO t VALUES (3, 30)");

        assertThat(rows("SELECT a, v FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '" + first + "' ORDER BY a"))
                .containsExactly("[1, 10]", "[2, 20]");
        assertThat(rows("SELECT v FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '" + first + "' WHERE a = 2"))
                .containsExactly("[20]");
    }

    private String timeOfLatest(String table) throws Exception {
        return java.time.Instant.ofEpochMilli(
                        stored(table).latestSnapshot().orElseThrow().timeMillis())
                .atZone(java.time.ZoneOffset.UTC)
                .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS"));
    }

    @Test
    void systemTablesAreRead() {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)");
        assertThat(rows("SELECT snapshot_id, commit_kind FROM t$snapshots")).containsExactly("[1, APPEND]");
        assertThat(rows("SELECT COUNT(*) FROM `t$files`")).containsExactly("[1]");
        assertThatThrownBy(() -> session.run("INSERT INTO t$snapshots SELECT * FROM t$snapshots"))
                .hasStackTraceContaining("system table");
        assertThat(session.column("SHOW TABLES IN sys")).contains("tables", "all_table_options");
    }

    @Test
    void tablesAreRenamedAndDropped() {
        session.run("CREATE TABLE t (id INT)").run("ALTER TABLE t RENAME TO u");
        assertThat(session.column("SHOW TABLES")).containsExactly("u");
        session.run("DROP TABLE u");
        assertThat(session.column("SHOW TABLES")).isEmpty();
        session.run("DROP TABLE IF EXISTS u");
        assertThatThrownBy(() -> session.run("DROP TABLE u")).hasStackTraceContaining("does not exist");
    }

    @Test
    void partitionsAreListed() {
        session.run("CREATE TABLE p (id INT, dt STRING, hh INT) PARTITIONED BY (dt, hh)")
                .run("INSERT INTO p VALUES (1, 'x', 1), (2, 'x', 2), (3, 'y', 1)");
        assertThat(session.column("SHOW PARTITIONS p"))
                .containsExactlyInAnyOrder("dt=x/hh=1", "dt=x/hh=2", "dt=y/hh=1");
        assertThat(session.column("SHOW PARTITIONS p PARTITION (dt='x')"))
                .containsExactlyInAnyOrder("dt=x/hh=1", "dt=x/hh=2");
        assertThat(rows("SELECT id FROM p WHERE dt = 'y'")).containsExactly("[3]");
        assertThat(rows("SELECT COUNT(*) FROM p")).containsExactly("[3]");
    }

    /** The second bucket has no files that could say so. */
    @Test
    void noRowIsAddedToAPartitionWithAnotherNumberOfBucketsUntilItIsOverwritten() {
        session.run("CREATE TABLE t (id INT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')")
                .run("INSERT INTO t VALUES (1, 'a')")
                .run("ALTER TABLE t SET ('bucket'='2')");

        for (int id = 1; id <= 6; id++) {
            String row = "(" + id + ", 'b')";
            assertThatThrownBy(() -> session.run("INSERT INTO t VALUES " + row))
                    .hasStackTraceContaining("with a new bucket num 2, but the previous bucket num is 1");
        }
        assertThat(session.rows("SELECT * FROM t")).containsExactly("[1, a]");

        session.run("INSERT OVERWRITE t SELECT * FROM t").run("INSERT INTO t VALUES (1, 'b'), (2, 'b'), (3, 'b')");
        assertThat(session.rows("SELECT * FROM t")).containsExactlyInAnyOrder("[1, b]", "[2, b]", "[3, b]");
    }
}
