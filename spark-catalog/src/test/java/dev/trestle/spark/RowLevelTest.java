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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same statements on each kind of table: by key, by position with deletion vectors, and by writing files anew. */
class RowLevelTest extends CatalogFixture {

    private static final String KEYED = "TBLPROPERTIES ('primary-key'='id', 'bucket'='2')";
    private static final String KEYED_DYNAMIC = "TBLPROPERTIES ('primary-key'='id')";
    private static final String KEYED_VECTORS =
            "TBLPROPERTIES ('primary-key'='id', 'bucket'='2', 'deletion-vectors.enabled'='true')";
    private static final String PLAIN = "";
    private static final String BUCKETS = "TBLPROPERTIES ('bucket'='2', 'bucket-key'='id')";
    private static final String PARTITIONS = "PARTITIONED BY (dt)";
    private static final String VECTORS = "TBLPROPERTIES ('deletion-vectors.enabled'='true')";
    private static final String VECTORS_PARTITIONS =
            "PARTITIONED BY (dt) TBLPROPERTIES ('deletion-vectors.enabled'='true')";
    private static final String VECTORS_BUCKETS =
            "TBLPROPERTIES ('deletion-vectors.enabled'='true', 'bucket'='2', 'bucket-key'='id')";

    private void fill(String properties) {
        run("CREATE TABLE t (id INT NOT NULL, dt STRING, v INT, s STRUCT<a: INT>) " + properties)
                .run("INSERT INTO t VALUES (1, 'x', 10, struct(1)), (2, 'x', 20, struct(2)), (3, 'y', null, null)")
                .run("INSERT INTO t VALUES (4, 'y', 40, struct(4)), (5, null, 50, struct(5))");
    }

    private void assertRows(String... rows) {
        assertThat(rows("SELECT id, dt, v, s.a FROM t ORDER BY id")).containsExactly(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, PLAIN, VECTORS})
    void deleteUpdateAndMergeChangeTheRowsThatTheyMean(String properties) {
        changeRows(properties);
    }

    @ParameterizedTest
    @Tag("full")
    @ValueSource(strings = {KEYED_DYNAMIC, KEYED_VECTORS, BUCKETS, PARTITIONS, VECTORS_PARTITIONS, VECTORS_BUCKETS})
    void soTheyDoOnTablesOfOtherLayouts(String properties) {
        changeRows(properties);
    }

    private void changeRows(String properties) {
        fill(properties);

        run("DELETE FROM t WHERE v > 15 AND v < 45");
        assertRows("[1,x,10,1]", "[3,y,null,null]", "[5,null,50,5]");

        run("UPDATE t SET v = coalesce(v, 0) + 1, s.a = 7 WHERE dt = 'y' OR dt IS NULL");
        assertRows("[1,x,10,1]", "[3,y,1,7]", "[5,null,51,7]");

        run("MERGE INTO t USING (SELECT * FROM VALUES (1, 100), (3, -1), (6, 60) AS s(id, v)) s ON t.id = s.id"
                + " WHEN MATCHED AND s.v < 0 THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET v = s.v"
                + " WHEN NOT MATCHED THEN INSERT (id, dt, v, s) VALUES (s.id, 'z', s.v, null)"
                + " WHEN NOT MATCHED BY SOURCE THEN UPDATE SET v = 0");
        assertRows("[1,x,100,1]", "[5,null,0,7]", "[6,z,60,null]");

        run("DELETE FROM t WHERE id IN (SELECT id FROM t WHERE v = 60)");
        assertRows("[1,x,100,1]", "[5,null,0,7]");
        run("DELETE FROM t WHERE v = 12345");
        assertRows("[1,x,100,1]", "[5,null,0,7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, PLAIN, VECTORS})
    void conditionsMayHaveSubqueriesAliasesAndNulls(String properties) {
        fill(properties);

        run("DELETE FROM t WHERE v = NULL").run("DELETE FROM t AS x WHERE CAST(NULL AS BOOLEAN)");
        run("DELETE FROM t AS x WHERE x.id NOT IN (SELECT id FROM t WHERE id < 5)");
        assertRows("[1,x,10,1]", "[2,x,20,2]", "[3,y,null,null]", "[4,y,40,4]");
        run("DELETE FROM t x WHERE EXISTS (SELECT 1 FROM VALUES (1) AS g(id) WHERE g.id = x.id)");
        run("DELETE FROM t WHERE id NOT IN (SELECT CAST(NULL AS INT))");
        assertRows("[2,x,20,2]", "[3,y,null,null]", "[4,y,40,4]");
        run("UPDATE t AS x SET x.v = 0, x.dt = DEFAULT WHERE x.v <=> NULL");
        run("MERGE INTO t USING (SELECT 1 AS id WHERE false) s ON t.id = s.id WHEN MATCHED THEN DELETE");
        assertRows("[2,x,20,2]", "[3,null,0,null]", "[4,y,40,4]");

        run("MERGE INTO t AS one USING t AS other ON one.id = other.id - 1"
                + " WHEN MATCHED AND one.dt IS NULL THEN UPDATE SET one.v = other.v"
                + " WHEN MATCHED AND other.dt = NULL THEN DELETE");
        assertRows("[2,x,20,2]", "[3,null,40,null]", "[4,y,40,4]");
        assertThatThrownBy(() -> run("MERGE INTO t USING (SELECT * FROM VALUES (2), (2) AS s(id)) s"
                        + " ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 1"))
                .hasStackTraceContaining("MERGE_CARDINALITY_VIOLATION");
        assertThatThrownBy(() -> run("UPDATE t SET id = IF(v > 0, NULL, id)")).hasStackTraceContaining("NOT_NULL");
        assertRows("[2,x,20,2]", "[3,null,40,null]", "[4,y,40,4]");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, PLAIN})
    void lengthsOfTextsCount(String properties) {
        run("CREATE TABLE t (id INT NOT NULL, c CHAR(3), w VARCHAR(3)) " + properties)
                .run("INSERT INTO t VALUES (1, 'a', 'a'), (2, 'b', 'b'), (3, 'c', 'c')");

        run("UPDATE t SET c = 'xy', w = 'xy' WHERE c = 'a'").run("DELETE FROM t WHERE c = 'b' AND w = 'b'");
        assertThat(rows("SELECT id, concat(c, '|'), concat(w, '|') FROM t ORDER BY id"))
                .containsExactly("[1,xy |,xy|]", "[3,c  |,c|]");
        assertThatThrownBy(() -> run("UPDATE t SET w = 'four'")).hasStackTraceContaining("EXCEED_LIMIT_LENGTH");
        assertThatThrownBy(() -> run("MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET c = 'four'"))
                .hasStackTraceContaining("EXCEED_LIMIT_LENGTH");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, PLAIN, VECTORS})
    void eachStatementIsOneSnapshot(String properties) throws Exception {
        fill(properties);
        long before = stored("t").snapshotManager().latestSnapshotId();

        run("DELETE FROM t WHERE v = 10");
        assertThat(stored("t").snapshotManager().latestSnapshotId()).isEqualTo(before + 1);
        run("UPDATE t SET v = 1 WHERE id = 2");
        assertThat(stored("t").snapshotManager().latestSnapshotId()).isEqualTo(before + 2);
    }

    @Test
    void rowsOfAFileThatDoNotChangeAreKeptWhereTheyAreWrittenAnew() {
        run("CREATE TABLE t (id INT, v INT)")
                .run("INSERT INTO t SELECT CAST(id AS INT), CAST(id % 10 AS INT) FROM range(5000)")
                .run("UPDATE t SET v = 100 WHERE id = 4321")
                .run("DELETE FROM t WHERE id = 17");

        assertThat(rows("SELECT count(*), sum(CASE WHEN v = 100 THEN 1 ELSE 0 END), min(id), max(id) FROM t"))
                .containsExactly("[4999,1,0,4999]");
    }

    /** Which rows the condition chooses only Spark knows, so that no file is left out before it has looked. */
    @Test
    void filesWithoutAChangedRowStay() {
        run("CREATE TABLE t (id INT, v INT)");
        for (int i = 0; i < 3; i++) {
            run("INSERT INTO t SELECT CAST(id AS INT), " + i + " FROM range(" + 10 * i + ", " + 10 * (i + 1)
                    + ", 1, 1)");
        }
        List<String> before = rows("SELECT DISTINCT __paimon_file_path FROM t");

        run("UPDATE t SET v = 100 WHERE id + v = 12");

        assertThat(before).hasSize(3);
        assertThat(rows("SELECT DISTINCT __paimon_file_path FROM t WHERE v < 100"))
                .filteredOn(before::contains)
                .hasSize(2);
        assertThat(rows("SELECT id FROM t WHERE v = 100")).containsExactly("[11]");
        assertThat(rows("SELECT count(*) FROM t")).containsExactly("[30]");
    }

    @Test
    void deletionsAddUpInADeletionVector() throws Exception {
        run("CREATE TABLE t (id INT, v INT) " + VECTORS)
                .run("INSERT INTO t SELECT CAST(id AS INT), 0 FROM range(1000)")
                .run("DELETE FROM t WHERE id % 3 = 0")
                .run("DELETE FROM t WHERE id % 3 = 1");

        assertThat(rows("SELECT count(*), min(id) FROM t")).containsExactly("[333,2]");
        assertThat(rows("SELECT sum(record_count) FROM `t$files`")).containsExactly("[1000]");
    }

    @Test
    void theKeyOfARowCannotBeUpdated() {
        fill(KEYED);

        assertThatThrownBy(() -> run("UPDATE t SET id = id + 1")).hasStackTraceContaining("cannot change 'id'");
    }

    @Test
    void whatATableCannotKeepIsRefusedByName() {
        run("CREATE TABLE f (id INT, v INT) TBLPROPERTIES ('primary-key'='id', 'merge-engine'='first-row',"
                + " 'bucket'='1')");
        assertThatThrownBy(() -> run("DELETE FROM f WHERE v = 1")).hasMessageContaining("'merge-engine'='first-row'");
        assertThatThrownBy(() -> run("UPDATE f SET v = 1")).hasMessageContaining("'merge-engine'='first-row'");

        run("CREATE TABLE q (id INT, v INT) TBLPROPERTIES ('primary-key'='id', 'sequence.field'='v', 'bucket'='1')");
        assertThatThrownBy(() -> run("DELETE FROM q WHERE v = 1")).hasMessageContaining("'sequence.field' [v]");

        run("CREATE TABLE r (id INT, v INT) TBLPROPERTIES ('row-tracking.enabled'='true')");
        assertThatThrownBy(() -> run("DELETE FROM r WHERE v = 1")).hasMessageContaining("row-tracking.enabled");
    }
    /** Each vector tells its kind; those of one file have to become one. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'bucket'='-1',false",
                "'bucket'='-1',true",
                "'bucket'='1';'bucket-key'='id',false",
                "'bucket'='1';'bucket-key'='id',true"
            })
    void deletionsAddUpWhereTheKindOfDeletionVectorsWasChanged(String buckets, boolean large) {
        run("CREATE TABLE kinds (id INT) TBLPROPERTIES ('deletion-vectors.enabled'='true', " + buckets.replace(';', ',')
                        + ", 'deletion-vectors.bitmap64'='" + large + "')")
                .run("INSERT INTO kinds SELECT CAST(id AS INT) FROM range(0, 6, 1, 1)")
                .run("DELETE FROM kinds WHERE id = 1");

        run("ALTER TABLE kinds SET TBLPROPERTIES ('deletion-vectors.bitmap64'='" + !large + "')")
                .run("DELETE FROM kinds WHERE id = 2")
                .run("UPDATE kinds SET id = 30 WHERE id = 3");
        assertThat(rows("SELECT id FROM kinds ORDER BY id")).containsExactly("[0]", "[4]", "[5]", "[30]");

        run("ALTER TABLE kinds SET TBLPROPERTIES ('deletion-vectors.bitmap64'='" + large + "')")
                .run("DELETE FROM kinds WHERE id = 4");
        assertThat(rows("SELECT id FROM kinds ORDER BY id")).containsExactly("[0]", "[5]", "[30]");
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, KEYED_DYNAMIC, KEYED_VECTORS, PLAIN, VECTORS})
    void aRowThatAMergeDeletesAndInsertsAnewIsThere(String properties) {
        run("CREATE TABLE again (id INT NOT NULL, c STRING) " + properties)
                .run("INSERT INTO again SELECT CAST(id AS INT), 'old' FROM range(1, 11, 1, 1)")
                .run("CREATE TABLE source (id INT, c STRING)")
                .run("INSERT INTO source SELECT CAST(id AS INT), concat('new', id) FROM range(1, 11, 1, 1)")
                .run("INSERT INTO source VALUES (99, 'old')")
                .run("INSERT INTO source SELECT CAST(id AS INT), concat('zzz', id) FROM range(11, 13, 1, 1)");

        run("MERGE INTO again t USING source s ON t.c = s.c WHEN MATCHED THEN DELETE"
                + " WHEN NOT MATCHED THEN INSERT (id, c) VALUES (s.id, s.c)");

        assertThat(rows("SELECT * FROM again")).hasSize(12).allMatch(row -> row.contains("new") || row.contains("zzz"));
    }
}
