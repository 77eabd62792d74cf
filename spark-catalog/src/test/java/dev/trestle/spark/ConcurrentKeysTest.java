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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.server.fault.ProxiedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two statements at one time on a table with a primary key whose buckets keep an index beside their rows. */
class ConcurrentKeysTest extends CatalogFixture {

    private static final Predicate<ProxiedRequest> COMMIT_OF_MERGED_FILES =
            COMMIT.and(request -> new String(request.body(), UTF_8).contains("COMPACT"));

    /** But manifests, which Paimon leaves of each snapshot that it has proposed and that did not come to be. */
    private void assertNoFilesAreLeft() throws Exception {
        List<String> files = dataAndIndexes();
        run("CALL sys.remove_orphan_files(table => 'd.t', older_than => '2999-01-01')");
        assertThat(dataAndIndexes()).as("files that are in a snapshot").isEqualTo(files);
    }

    private List<String> dataAndIndexes() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(stored("t").location().toUri()))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("data-.*|index-(?!manifest).*"))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(SparkTestSession session, String source, Path checkpoint) throws Exception {
        StreamingQuery query = session.spark()
                .readStream()
                .option("read.stream.start", "earliest")
                .table(session.catalog() + ".d." + source)
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .toTable(session.catalog() + ".d.t");
        assertThat(query.awaitTermination(60_000)).isTrue();
    }

    /** The rows of a file that are deleted are kept by bucket, by each writer anew. */
    @Nested
    class WithDeletionVectors {

        @BeforeEach
        void fill() {
            run("CREATE TABLE t (id INT, v INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                            + " 'deletion-vectors.enabled'='true')")
                    .run("INSERT INTO t SELECT CAST(id AS INT), CAST(id AS INT) FROM range(1, 30000)");
        }

        /** The first rows of a file that is so large that a writer which merges its own rows leaves it as it is. */
        private List<String> first() {
            return rows("SELECT * FROM t WHERE id < 5 ORDER BY id, v");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
            INSERT INTO t VALUES (1, 10)          | INSERT INTO t VALUES (2, 20)
            UPDATE t SET v = 10 WHERE id = 1      | UPDATE t SET v = 20 WHERE id = 2
            INSERT INTO t VALUES (1, 10), (2, 20) | CALL sys.compact(table => 'd.t')
            """)
        void bothHoldWhicheverCommitOfTheSlowOneIsOvertaken(String slow, String fast) throws Exception {
            assertThat(runAsOvertaken(slow, fast)).isEmpty();
            run("UPDATE t SET v = v WHERE id = 3");
            assertThat(runAsOvertaken(slow.replace("10", "11"), fast.replace("20", "21"), COMMIT_OF_MERGED_FILES))
                    .isEmpty();

            String second = fast.contains("20") ? "[2,21]" : "[2,20]";
            assertThat(first()).containsExactly("[1,11]", second, "[3,3]", "[4,4]");
            assertNoFilesAreLeft();
        }

        @Test
        void aDeletedRowStaysSo() {
            assertThat(runAsOvertaken("DELETE FROM t WHERE id = 1", "DELETE FROM t WHERE id = 2"))
                    .isEmpty();
            run("INSERT INTO t VALUES (2, 2)");
            assertThat(runAsOvertaken(
                            "INSERT INTO t VALUES (4, 40)", "DELETE FROM t WHERE id = 2", COMMIT_OF_MERGED_FILES))
                    .isEmpty();

            assertThat(first()).containsExactly("[3,3]", "[4,40]");
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void aStreamGoesOn(boolean merges, @TempDir Path checkpoint) {
            run("CREATE TABLE s (id INT, v INT)").run("INSERT INTO s VALUES (1, 10), (4, 40)");

            assertThat(runAsOvertaken(
                            slow -> copy(slow, "s", checkpoint),
                            "INSERT INTO t VALUES (2, 20)",
                            merges ? COMMIT_OF_MERGED_FILES : COMMIT))
                    .isEmpty();

            assertThat(first()).containsExactly("[1,10]", "[2,20]", "[3,3]", "[4,40]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"full", "minor"})
        void aCompactionThatIsOvertakenIsAConflict(String strategy) throws Exception {
            run("ALTER TABLE t SET TBLPROPERTIES ('write-only'='true')").run("INSERT INTO t VALUES (1, 10)");
            run("ALTER TABLE t UNSET TBLPROPERTIES ('write-only')");

            assertThat(runAsOvertaken(
                            "CALL sys.compact(table => 'd.t', compact_strategy => '" + strategy + "')",
                            "INSERT INTO t VALUES (2, 20)"))
                    .hasValueSatisfying(thrown -> assertThat(thrown).hasStackTraceContaining("up committing"));

            assertThat(first()).containsExactly("[1,10]", "[2,20]", "[3,3]", "[4,4]");
            assertNoFilesAreLeft();
        }

        @Test
        void whatReplacesRowsHoldsWhereItsMergedFilesAreOvertaken() throws Exception {
            assertThat(runAsOvertaken(
                            "INSERT OVERWRITE t VALUES (1, 10), (2, 2)",
                            "INSERT INTO t VALUES (2, 20), (3, 3)",
                            COMMIT_OF_MERGED_FILES))
                    .isEmpty();

            assertThat(rows("SELECT * FROM t ORDER BY id, v")).containsExactly("[1,10]", "[2,20]", "[3,3]");
            assertNoFilesAreLeft();
        }

        @Test
        void whatReplacesAllRowsIsNoConflict() {
            assertThat(runAsOvertaken("INSERT OVERWRITE t VALUES (1, 10), (5, 5)", "INSERT INTO t VALUES (2, 20)"))
                    .isEmpty();
            assertThat(rows("SELECT * FROM t ORDER BY id, v")).containsExactly("[1,10]", "[5,5]");

            assertThat(runAsOvertaken("INSERT INTO t VALUES (1, 11)", "INSERT OVERWRITE t VALUES (6, 6)"))
                    .isEmpty();
            assertThat(rows("SELECT * FROM t ORDER BY id, v")).containsExactly("[1,11]", "[6,6]");
        }
    }

    /** Where the keys of a partition are is kept by bucket, by each writer anew. */
    @Nested
    class WithDynamicBuckets {

        @BeforeEach
        void fill() {
            run("CREATE TABLE t (p INT, id INT, v INT) PARTITIONED BY (p) TBLPROPERTIES ('primary-key'='p,id',"
                            + " 'bucket'='-1', 'dynamic-bucket.target-row-num'='2')")
                    .run("INSERT INTO t VALUES (1, 1, 1), (1, 2, 2), (2, 1, 1)");
        }

        private void assertConflict(String slow, String fast) {
            assertThat(runAsOvertaken(slow, fast)).hasValueSatisfying(thrown -> assertThat(thrown)
                    .hasStackTraceContaining("Give up committing to table d.t")
                    .hasStackTraceContaining("Run it again"));
        }

        @Test
        void whoAddsKeysToAPartitionBesideAnotherIsAConflict() throws Exception {
            assertConflict("INSERT INTO t VALUES (1, 3, 30)", "INSERT INTO t VALUES (1, 3, 3), (1, 4, 4), (2, 2, 2)");
            assertNoFilesAreLeft();

            run("INSERT INTO t VALUES (1, 3, 30)");
            run("UPDATE t SET v = v + 1");
            assertThat(rows("SELECT * FROM t ORDER BY p, id, v"))
                    .containsExactly("[1,1,2]", "[1,2,3]", "[1,3,31]", "[1,4,5]", "[2,1,2]", "[2,2,3]");
        }

        @Test
        void soIsAStreamWhichGoesOnFromItsCheckpoint(@TempDir Path checkpoint) {
            run("CREATE TABLE s (p INT, id INT, v INT)").run("INSERT INTO s VALUES (1, 3, 30)");

            assertThat(runAsOvertaken(
                            slow -> copy(slow, "s", checkpoint), "INSERT INTO t VALUES (1, 3, 3), (1, 4, 4)", COMMIT))
                    .hasValueSatisfying(thrown -> assertThat(thrown).hasStackTraceContaining("Give up committing"));
            assertThat(catchThrowable(() -> copy(session, "s", checkpoint))).isNull();

            assertThat(rows("SELECT * FROM t WHERE p = 1 ORDER BY id, v"))
                    .containsExactly("[1,1,1]", "[1,2,2]", "[1,3,30]", "[1,4,4]");
        }

        @Test
        void soIsWhoChangesRowsOfAPartitionThatIsReplaced() {
            assertConflict("UPDATE t SET v = 10 WHERE p = 1", "INSERT OVERWRITE t PARTITION (p = 1) VALUES (7, 7)");

            assertThat(rows("SELECT * FROM t ORDER BY p, id, v")).containsExactly("[1,7,7]", "[2,1,1]");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
            INSERT INTO t VALUES (1, 3, 3)                  | INSERT INTO t VALUES (2, 3, 3)
            UPDATE t SET v = 3 WHERE p = 1                  | UPDATE t SET v = 3 WHERE p = 1 AND id = 1
            INSERT OVERWRITE t PARTITION (p = 1) VALUES (3, 3) | INSERT INTO t VALUES (1, 4, 4)
            """)
        void othersAreNone(String slow, String fast) {
            assertThat(runAsOvertaken(slow, fast)).isEmpty();

            run("INSERT INTO t VALUES (1, 3, 3), (2, 3, 3), (1, 4, 4)");
            assertThat(rows("SELECT p, id, count(*) FROM t GROUP BY p, id HAVING count(*) > 1"))
                    .isEmpty();
        }
    }

    @Test
    void ofTwoChangesOfOneKeyOneStaysWhole() {
        run("CREATE TABLE t (id INT, v INT, w INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')")
                .run("INSERT INTO t VALUES (1, 1, 1), (2, 2, 2)");

        assertThat(runAsOvertaken(
                        "UPDATE t SET v = 10, w = 10 WHERE id = 1", "UPDATE t SET v = 20, w = 20 WHERE id = 1"))
                .isEmpty();

        assertThat(rows("SELECT * FROM t WHERE id = 1")).hasSize(1).first().isIn("[1,10,10]", "[1,20,20]");
    }
}
