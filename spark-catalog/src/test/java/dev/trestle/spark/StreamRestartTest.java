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

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.Snapshot;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that end anywhere and are started again from their checkpoint: no row is lost, none is there twice. */
class StreamRestartTest extends StreamFixture {

    private static final String KEY = "'primary-key'='id'";

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("plain", "", "'file.format'='parquet'"),
                Arguments.of("orc", "", "'file.format'='orc'"),
                Arguments.of("partitioned", "PARTITIONED BY (v)", "'file.format'='parquet'"),
                Arguments.of("buckets", "", "'bucket'='3', 'bucket-key'='id'"),
                Arguments.of("vectors", "", "'deletion-vectors.enabled'='true'"),
                Arguments.of("keys", "", KEY + ", 'bucket'='1'"),
                Arguments.of("key_buckets", "", KEY + ", 'bucket'='3'"),
                Arguments.of("key_dynamic", "", KEY + ", 'bucket'='-1'"),
                Arguments.of("key_write_only", "", KEY + ", 'bucket'='2', 'write-only'='true'"),
                Arguments.of("key_input", "", KEY + ", 'bucket'='2', 'changelog-producer'='input'"),
                Arguments.of("key_lookup", "", KEY + ", 'bucket'='2', 'changelog-producer'='lookup'"),
                Arguments.of("key_full", "", KEY + ", 'bucket'='2', 'changelog-producer'='full-compaction'"),
                Arguments.of(
                        "key_vectors",
                        "",
                        KEY + ", 'bucket'='2', 'deletion-vectors.enabled'='true', 'changelog-producer'='lookup'"),
                Arguments.of(
                        "key_first",
                        "",
                        KEY + ", 'bucket'='2', 'merge-engine'='first-row', 'changelog-producer'='lookup'"));
    }

    /** Each kind of table is source and sink. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void aTableIsCopiedOnceThoughNobodyNotedTheCommitsOfItsStream(String table, String partitions, String properties)
            throws Exception {
        Map<String, String> rate = Map.of("read.stream.maxRowsPerTrigger", "2");
        String sink = table + "_copy";
        for (String made : List.of(table, sink)) {
            run("CREATE TABLE " + made + " (id INT NOT NULL, v STRING) " + partitions + " TBLPROPERTIES (" + properties
                    + ")");
        }
        run("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");

        compact(table);
        copy(table, sink, rate);
        forgetTheLastCommit();
        run("INSERT INTO " + table + " VALUES (5, 'e'), (6, 'f'), (7, 'g')")
                .run("INSERT INTO " + table + " VALUES (8, 'h')");
        compact(table);
        copy(table, sink, rate);
        forgetTheLastCommit();
        long files = files(sink);
        copy(table, sink, rate);

        assertThat(files(sink))
                .as("files, without those of the batch that was written twice")
                .isEqualTo(files);
        assertThat(rows("SELECT * FROM " + sink + " ORDER BY id"))
                .isEqualTo(rows("SELECT * FROM " + table + " ORDER BY id"))
                .hasSize(8);
    }

    /** A table whose changelog is written then only. */
    private void compact(String table) {
        if (table.equals("key_full")) {
            run("CALL sys.compact(table => 'd." + table + "')");
        }
    }

    @Test
    void rowsOfKeysThatCameAgainWhileTheStreamWasDownEndAsInTheirTable() throws Exception {
        for (String table : List.of("again", "again_copy")) {
            run("CREATE TABLE " + table + " (id INT NOT NULL, v STRING) TBLPROPERTIES (" + KEY + ", 'bucket'='2')");
        }
        run("INSERT INTO again VALUES (1, 'a'), (2, 'a')");
        copy("again", "again_copy", Map.of());
        forgetTheLastCommit();
        run("INSERT INTO again VALUES (1, 'b'), (3, 'b')").run("INSERT INTO again VALUES (1, 'c'), (2, 'c')");
        run("INSERT INTO again VALUES (1, 'd')");

        copy("again", "again_copy", Map.of());

        assertThat(rows("SELECT * FROM again_copy ORDER BY id")).containsExactly("[1,d]", "[2,c]", "[3,b]");
    }

    @Test
    void aBatchThatWasPlannedAndNotWrittenIsWrittenByTheNextRunWithTheSameRows() throws Exception {
        tables("planned", "planned_copy");
        insert("planned", 1);
        copy("planned", "planned_copy", Map.of());
        insert("planned", 2);
        copy("planned", "planned_copy", Map.of());
        forgetTheLastCommit();
        run("CALL sys.rollback(table => 'd.planned_copy', snapshot => 1)");
        insert("planned", 3);

        StreamingQuery query = copy("planned", "planned_copy", Map.of());

        assertThat(batches(query)).containsExactly(1L, 1L);
        assertThat(ids("planned_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void aBatchThatEndedWithSnapshotsWithoutRowsIsPlannedAgainWithoutThoseThatCameLater() throws Exception {
        tables("ended", "ended_copy");
        insert("ended", 1);
        copy("ended", "ended_copy", Map.of());
        insert("ended", 2);
        run("INSERT OVERWRITE ended VALUES (2, 'v2')");
        copy("ended", "ended_copy", Map.of());
        forgetTheLastCommit();
        insert("ended", 3);

        StreamingQuery query = copy("ended", "ended_copy", Map.of());

        assertThat(batches(query)).containsExactly(1L, 1L);
        assertThat(ids("ended_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void aStreamThatIsStoppedInTheMiddleOfASnapshotGoesOnThere() throws Exception {
        run("CREATE TABLE parts (id INT, v STRING) PARTITIONED BY (v)")
                .run("CREATE TABLE parts_copy (id INT, v STRING)");
        run("INSERT INTO parts VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd'), (5, 'e')");
        Map<String, String> rate = Map.of("read.stream.maxFilesPerTrigger", "1");
        StreamingQuery query = stream("parts", rate)
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .toTable(name("parts_copy"));
        while (query.lastProgress() == null || query.lastProgress().batchId() < 1) {
            assertThat(query.isActive()).isTrue();
            Thread.onSpinWait();
        }
        query.stop();

        copy("parts", "parts_copy", Map.of());

        assertThat(ids("parts_copy")).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
    }

    @Test
    void aStreamThatIsStoppedInTheMiddleOfAStateGoesOnThereWhateverTheSizeOfSplitsIsThen() throws Exception {
        run("CREATE TABLE packed (id INT, v STRING) PARTITIONED BY (v)")
                .run("CREATE TABLE packed_copy (id INT, v STRING)");
        run("INSERT INTO packed VALUES (1, 'a'), (2, 'b')").run("INSERT INTO packed VALUES (3, 'a'), (4, 'b')");
        copy("packed", "packed_copy", Map.of("read.stream.maxFilesPerTrigger", "2"));
        goBackToBatch(0);

        StreamingQuery query = copy("packed", "packed_copy", Map.of("source.split.target-size", "1 b"));

        assertThat(batches(query)).containsExactly(2L);
        assertThat(ids("packed_copy")).containsExactly("[1]", "[2]", "[3]", "[4]");
    }

    @Test
    void anEpochWhoseCommitSparkDoesNotKnowOfMakesNoSnapshot() throws Exception {
        tables("w", "w_copy");
        insert("w", 1);
        copy("w", "w_copy", Map.of());
        forgetTheLastCommit();

        copy("w", "w_copy", Map.of());

        assertThat(ids("w_copy")).containsExactly("[1]");
        assertThat(stored("w_copy").latestSnapshot().map(Snapshot::id)).contains(1L);
    }
}
