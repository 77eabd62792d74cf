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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.paimon.Snapshot;
import org.apache.paimon.manifest.BucketEntry;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertTest extends CatalogFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TBLPROPERTIES ('bucket'='2', 'bucket-key'='id')",
                "TBLPROPERTIES ('primary-key'='id', 'bucket'='2')",
                "TBLPROPERTIES ('primary-key'='id')"
            })
    void insertedRowsAreRead(String properties) throws Exception {
        run("CREATE TABLE t (id INT, name STRING) " + properties)
                .run("INSERT INTO t VALUES (1, 'a'), (2, 'b')")
                .run("INSERT INTO t SELECT CAST(id + 10 AS INT), 'x' FROM range(100)");

        assertThat(rows("SELECT count(*), min(id), max(id) FROM t")).containsExactly("[102,1,109]");
        assertThat(rows("SELECT * FROM t WHERE id < 10 ORDER BY id")).containsExactly("[1,a]", "[2,b]");
        assertThat(stored("t").snapshotManager().latestSnapshotId()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TBLPROPERTIES ('primary-key'='id', 'bucket'='2')",
                "TBLPROPERTIES ('primary-key'='id')",
                "PARTITIONED BY (dt) TBLPROPERTIES ('primary-key'='id,dt')"
            })
    void aRowWithTheSameKeyTakesThePlaceOfTheOlder(String properties) {
        run("CREATE TABLE t (id INT, dt STRING, v INT) " + properties)
                .run("INSERT INTO t VALUES (1, 'x', 1), (2, 'x', 1)")
                .run("INSERT INTO t VALUES (2, 'x', 2), (3, 'x', 2)");

        assertThat(rows("SELECT id, v FROM t ORDER BY id")).containsExactly("[1,1]", "[2,2]", "[3,2]");
    }

    @Test
    void eachBucketHasOneWriter() throws Exception {
        run("CREATE TABLE t (a INT, b STRING, v INT) TBLPROPERTIES ('bucket'='4', 'bucket-key'='a,b')")
                .run("INSERT INTO t SELECT /*+ REPARTITION(8) */ CAST(id % 97 AS INT), CAST(id % 7 AS STRING), 1"
                        + " FROM range(10000)");

        FileStoreTable table = stored("t");
        List<BucketEntry> buckets = table.newSnapshotReader().bucketEntries();
        assertThat(buckets).hasSize(4).allMatch(bucket -> bucket.fileCount() == 1);
        assertThat(rows("SELECT count(*) FROM t")).containsExactly("[10000]");
    }

    @Test
    void anInsertMayNameColumnsAndLeaveOutDefaults() {
        run("CREATE TABLE t (id INT, name STRING DEFAULT 'none', n INT DEFAULT 7, d DATE DEFAULT DATE'2020-01-02')")
                .run("INSERT INTO t (id) VALUES (1)")
                .run("INSERT INTO t (name, id) VALUES ('x', 2)")
                .run("INSERT INTO t VALUES (3, DEFAULT, 9, DEFAULT)");

        assertThat(rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("[1,none,7,2020-01-02]", "[2,x,7,2020-01-02]", "[3,none,9,2020-01-02]");
    }

    @Test
    void overwriteReplacesAllRows() throws Exception {
        run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1), (2)").run("INSERT OVERWRITE t VALUES (3)");

        assertThat(rows("SELECT * FROM t")).containsExactly("[3]");
        assertThat(stored("t").snapshotManager().latestSnapshot().commitKind())
                .isEqualTo(Snapshot.CommitKind.OVERWRITE);
    }

    @Test
    void overwriteOfAPartitionReplacesItsRows() {
        run("CREATE TABLE t (id INT, dt DATE, h INT) PARTITIONED BY (dt, h)")
                .run("INSERT INTO t VALUES (1, DATE'2024-01-01', 1), (2, DATE'2024-01-01', 2), (3,"
                        + " DATE'2024-01-02', 1)")
                .run("INSERT OVERWRITE t PARTITION (dt = DATE'2024-01-01', h = 1) VALUES (10)");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[3]", "[10]");

        run("INSERT OVERWRITE t PARTITION (dt = DATE'2024-01-01', h) VALUES (20, 5)");
        assertThat(rows("SELECT id, h FROM t ORDER BY id")).containsExactly("[3,1]", "[20,5]");
    }

    @Test
    void soItDoesWhereValuesAreNotComparedByFiles() {
        run("CREATE TABLE t (id INT, c CHAR(2), f DOUBLE) PARTITIONED BY (c, f)")
                .run("INSERT INTO t VALUES (1, 'ab', 1.5), (2, 'ab', 2.5), (3, 'a', 1.5)")
                .run("INSERT OVERWRITE t PARTITION (c = 'ab', f = 1.5) VALUES (10)");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[3]", "[10]");

        run("INSERT OVERWRITE t PARTITION (c = 'a', f) VALUES (30, 0.5D)");
        assertThat(rows("SELECT id, f FROM t ORDER BY id")).containsExactly("[2,2.5]", "[10,1.5]", "[30,0.5]");
    }

    @Test
    void overwriteOfAPartitionThatItsTextDoesNotTellIsRefused() {
        run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)").run("INSERT INTO t VALUES (1, null)");

        assertThatThrownBy(() -> run("INSERT OVERWRITE t PARTITION (dt = '__DEFAULT_PARTITION__') VALUES (2)"))
                .hasMessageContaining("overwrite");
        assertThat(rows("SELECT id FROM t")).containsExactly("[1]");
    }

    @Test
    void dynamicOverwriteReplacesThePartitionsThatItHasRowsOf() {
        session.set("spark.sql.sources.partitionOverwriteMode", "dynamic");
        run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, null)")
                .run("INSERT OVERWRITE t VALUES (10, 'x')");

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[3]", "[10]");
    }

    @Test
    void aDataFrameReplacesByACondition() throws Exception {
        run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)").run("INSERT INTO t VALUES (1, 'x'), (2, 'y')");

        session.sql("SELECT 10 AS id, 'x' AS dt")
                .writeTo("t")
                .overwrite(functions.col("dt").equalTo("x"));
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[10]");

        assertThatThrownBy(() -> session.sql("SELECT 10 AS id, 'x' AS dt")
                        .writeTo("t")
                        .overwrite(functions.col("id").gt(1)))
                .hasMessageContaining("overwrite");
    }

    @Test
    void truncateLeavesNoRow() {
        run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)").run("TRUNCATE TABLE t");

        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void aFailedInsertLeavesNoFileAndNoSnapshot() throws Exception {
        run("CREATE TABLE t (id INT, v INT) TBLPROPERTIES ('bucket'='2', 'bucket-key'='id')")
                .run("INSERT INTO t VALUES (1, 1)");
        List<Path> before = dataFiles();

        assertThatThrownBy(() -> run("INSERT INTO t SELECT CAST(id AS INT),"
                        + " CAST(IF(id = 9999, raise_error('no'), '1') AS INT) FROM range(10000)"))
                .hasStackTraceContaining("no");

        assertThat(dataFiles()).isEqualTo(before);
        assertThat(stored("t").snapshotManager().latestSnapshotId()).isEqualTo(1);
    }

    /** A table without buckets has no shuffle before its writers, so that one of them fails and the other has ended. */
    @Test
    void anInsertOfWhichOneTaskFailsLeavesNoFileOfTheOther() throws Exception {
        run("CREATE TABLE t (id INT, v INT)").run("INSERT INTO t VALUES (1, 1)");
        List<Path> before = dataFiles();

        assertThatThrownBy(() -> run("INSERT INTO t SELECT CAST(id AS INT), CAST(IF(id = 9999,"
                        + " IF(coalesce(length(java_method('java.lang.Thread', 'sleep', 1000L)), 0) >= 0, raise_error('no'), '1'), '1') AS INT)"
                        + " FROM range(0, 10000, 1, 2)"))
                .hasStackTraceContaining("no");

        assertThat(dataFiles()).isEqualTo(before);
        assertThat(stored("t").snapshotManager().latestSnapshotId()).isEqualTo(1);
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.filter(file -> file.getFileName().toString().startsWith("data-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aNullInAColumnThatIsNotNullIsRefused() {
        run("CREATE TABLE t (id INT NOT NULL)");

        assertThatThrownBy(() -> run("INSERT INTO t SELECT CAST(IF(id > 0, null, 1) AS INT) FROM range(3)"))
                .hasStackTraceContaining("NOT_NULL");
    }

    @Test
    void aKeyThatMayMoveBetweenPartitionsIsRefused() {
        run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt) TBLPROPERTIES ('primary-key'='id')");

        assertThatThrownBy(() -> run("INSERT INTO t VALUES (1, 'x')"))
                .hasMessageContaining("primary key does not have all partition columns");
    }

    /** The second bucket has no files that could say so. */
    @Test
    void noRowIsAddedToAPartitionWithAnotherNumberOfBucketsUntilItIsOverwritten() {
        run("CREATE TABLE t (id INT, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')")
                .run("INSERT INTO t VALUES (1, 'a')")
                .run("ALTER TABLE t SET TBLPROPERTIES ('bucket'='2')");

        for (int id = 1; id <= 6; id++) {
            String row = "(" + id + ", 'b')";
            assertThatThrownBy(() -> run("INSERT INTO t VALUES " + row))
                    .hasStackTraceContaining("with a new bucket num 2, but the previous bucket num is 1");
            assertThatThrownBy(() -> run("MERGE INTO t USING (SELECT * FROM VALUES " + row + " AS s (id, v)) s"
                            + " ON t.id = s.id AND t.v = s.v WHEN NOT MATCHED THEN INSERT *"))
                    .hasStackTraceContaining("with a new bucket num 2, but the previous bucket num is 1");
        }
        assertThat(rows("SELECT * FROM t")).containsExactly("[1,a]");

        run("INSERT OVERWRITE t SELECT * FROM t").run("INSERT INTO t VALUES (1, 'b'), (2, 'b'), (3, 'b')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1,b]", "[2,b]", "[3,b]");
    }
}
