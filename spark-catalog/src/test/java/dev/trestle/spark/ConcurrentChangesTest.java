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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two statements that change rows of one file, of which the second begins before the first ends. */
class ConcurrentChangesTest extends CatalogFixture {

    private static final String VECTORS = "TBLPROPERTIES ('deletion-vectors.enabled'='true')";
    private static final String BUCKET = "TBLPROPERTIES ('bucket'='1', 'bucket-key'='id')";
    private static final String VECTORS_BUCKET =
            "TBLPROPERTIES ('deletion-vectors.enabled'='true', 'bucket'='1', 'bucket-key'='id')";

    private static final String VECTORS_BUCKET_COMPACTED =
            "TBLPROPERTIES ('deletion-vectors.enabled'='true', 'bucket'='1',"
                    + " 'bucket-key'='id', 'compaction.min.file-num'='2')";

    private static final String COMPACTED = "TBLPROPERTIES ('compaction.min.file-num'='2')";

    private static volatile CountDownLatch read;
    private static volatile CountDownLatch goOn;

    /** What kind of snapshot the statement beside the slow one made. */
    private String lastBeside;

    private void fill(String properties) {
        run("CREATE TABLE t (id INT, v INT) " + properties)
                .run("INSERT INTO t SELECT /*+ REPARTITION(1) */ * FROM VALUES (1, 1), (2, 2), (3, 3)");
    }

    /**
     * What a statement throws while which another one begins and ends.
     *
     * @param slow calls {@code wait_here} of each row that it looks at
     */
    private Optional<Throwable> runBeside(String slow, String fast) throws Exception {
        read = new CountDownLatch(1);
        goOn = new CountDownLatch(1);
        session.spark()
                .udf()
                .register(
                        "wait_here",
                        (UDF1<Integer, Boolean>) value -> {
                            read.countDown();
                            return goOn.await(60, TimeUnit.SECONDS);
                        },
                        DataTypes.BooleanType);

        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Optional<Throwable>> failure = thread.submit(() -> {
            try {
                run(slow);
                return Optional.empty();
            } catch (RuntimeException e) {
                return Optional.of(e);
            }
        });
        assertThat(read.await(60, TimeUnit.SECONDS)).isTrue();
        run(fast);
        lastBeside = rows("SELECT commit_kind FROM `t$snapshots` ORDER BY snapshot_id DESC LIMIT 1")
                .get(0);
        goOn.countDown();
        thread.shutdown();
        return failure.get(120, TimeUnit.SECONDS);
    }

    private void assertConflict(Optional<Throwable> failure) {
        assertThat(failure).hasValueSatisfying(thrown -> assertThat(thrown).hasStackTraceContaining("up committing"));
        assertThat(rows("CALL sys.remove_orphan_files(table => 'd.t', older_than => '2999-01-01', dry_run => true)"))
                .as("files that the statement has left, and their bytes")
                .containsExactly("[0,0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", BUCKET, VECTORS, VECTORS_BUCKET})
    void oneOfTwoDeletesInOneFileWinsAndTheOtherIsAConflict(String properties) throws Exception {
        fill(properties);
        assertThat(rows("SELECT count(*) FROM `t$files`")).containsExactly("[1]");

        assertConflict(runBeside("DELETE FROM t WHERE id = 1 AND wait_here(v)", "DELETE FROM t WHERE id = 2"));

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", VECTORS})
    void soIsAnUpdateOrAMergeBesideADelete(String properties) throws Exception {
        fill(properties);

        assertConflict(runBeside("UPDATE t SET v = 10 WHERE id = 1 AND wait_here(v)", "DELETE FROM t WHERE id = 2"));
        assertConflict(runBeside(
                "MERGE INTO t USING (SELECT 1 AS id UNION ALL SELECT 4) s ON t.id = s.id AND wait_here(t.v)"
                        + " WHEN MATCHED THEN UPDATE SET v = 10 WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, 0)",
                "UPDATE t SET v = 30 WHERE id = 3"));

        assertThat(rows("SELECT id, v FROM t ORDER BY id")).containsExactly("[1,1]", "[3,30]");
    }

    /** Paimon takes back the compaction then, which can be done again. */
    @ParameterizedTest
    @ValueSource(strings = {COMPACTED, VECTORS})
    void aDeleteTakesThePlaceOfACompactionThatEndedBeforeIt(String properties) throws Exception {
        fill(properties);

        assertThat(deleteBesideACompaction()).isEmpty();

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[4]");
    }

    @Test
    void itIsAConflictWhereDeletionVectorsAreKeptByBucket() throws Exception {
        fill(VECTORS_BUCKET);

        assertConflict(deleteBesideACompaction());

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[2]", "[4]");
    }

    /** Paimon would not see it: the merged file had the row again. */
    @ParameterizedTest
    @ValueSource(strings = {"full", "minor"})
    void aCompactionThatADeleteOvertakesIsAConflictWhereDeletionVectorsAreKeptByBucket(String strategy) {
        fill(VECTORS_BUCKET_COMPACTED);
        run("INSERT INTO t VALUES (4, 4)");

        Optional<Throwable> failure = runAsOvertaken(
                "CALL sys.compact(table => 'd.t', compact_strategy => '" + strategy + "')",
                "DELETE FROM t WHERE id = 1");

        assertThat(failure).hasValueSatisfying(thrown -> assertThat(thrown).hasStackTraceContaining("up committing"));
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[3]", "[4]");
    }

    @Test
    void aRowThatIsDeletedBesideAnInsertStaysSoWhereDeletionVectorsAreKeptByBucket() {
        fill(VECTORS_BUCKET_COMPACTED);

        assertThat(runAsOvertaken("INSERT INTO t VALUES (4, 4)", "DELETE FROM t WHERE id = 1"))
                .isEmpty();

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[3]", "[4]");
    }

    /** Each merges the table's file with its own; the rows are committed before. */
    @Test
    void twoInsertsThatMergeTheSameFileBothSucceedOnce() throws Exception {
        fill("TBLPROPERTIES ('bucket'='1', 'bucket-key'='id', 'compaction.min.file-num'='2')");

        assertThat(runAsOvertaken("INSERT INTO t VALUES (4, 4)", "INSERT INTO t VALUES (5, 5)"))
                .isEmpty();

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
        assertThat(rows("SELECT count(*) FROM `t$snapshots` WHERE commit_kind = 'COMPACT'"))
                .as("merges that came to be")
                .containsExactly("[1]");
        try (Stream<Path> files = Files.walk(Path.of(stored("t").location().toUri()))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("data-")))
                    .as("the first one, those of both statements, and what one of them merged")
                    .hasSize(4);
        }
    }

    private Optional<Throwable> deleteBesideACompaction() throws Exception {
        run("INSERT INTO t VALUES (4, 4)").run("DELETE FROM t WHERE id = 3");
        Optional<Throwable> failure = runBeside(
                "DELETE FROM t WHERE id = 1 AND wait_here(v)",
                "CALL sys.compact(table => 'd.t', compact_strategy => 'full')");
        assertThat(lastBeside).isEqualTo("[COMPACT]");
        return failure;
    }
}
