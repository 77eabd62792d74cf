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
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest extends SharedCatalogFixture {

    private static final long MOST_MILLIS = 60_000;

    @TempDir
    Path checkpoint;

    private void tables(String source, String sink) {
        run("CREATE TABLE " + source + " (id INT, v STRING)");
        run("CREATE TABLE " + sink + " (id INT, v STRING)");
    }

    private Dataset<Row> stream(String table, Map<String, String> options) {
        DataStreamReader reader = session.spark().readStream();
        options.forEach(reader::option);
        return reader.table(name(table));
    }

    private String name(String table) {
        return session.catalog() + ".d." + table;
    }

    /** Copies what there is now, from where the checkpoint says, and ends. */
    private StreamingQuery copy(String source, String sink, Map<String, String> options) throws Exception {
        StreamingQuery query = stream(source, options)
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .toTable(name(sink));
        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
        return query;
    }

    private List<String> ids(String table) {
        return rows("SELECT id FROM " + table + " ORDER BY id");
    }

    @Test
    void theStateAndThenTheNewRowsAreReadOnceOverRestarts() throws Exception {
        tables("a", "a_copy");
        run("INSERT INTO a VALUES (1, 'a')").run("INSERT INTO a VALUES (2, 'b')");

        copy("a", "a_copy", Map.of());
        copy("a", "a_copy", Map.of());
        run("INSERT INTO a VALUES (3, 'c')");
        copy("a", "a_copy", Map.of());

        assertThat(ids("a_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void aStreamBeginsWithTheLatestChangesWhereItWasStartedFirst() throws Exception {
        tables("l", "l_copy");
        run("INSERT INTO l VALUES (1, 'a')");

        copy("l", "l_copy", Map.of("scan.mode", "latest"));
        run("INSERT INTO l VALUES (2, 'b')");
        copy("l", "l_copy", Map.of("scan.mode", "latest"));

        assertThat(ids("l_copy")).containsExactly("[2]");
    }

    @Test
    void aStreamBeginsAtASnapshot() throws Exception {
        tables("s", "s_copy");
        run("INSERT INTO s VALUES (1, 'a')")
                .run("INSERT INTO s VALUES (2, 'b')")
                .run("INSERT INTO s VALUES (3, 'c')");

        copy("s", "s_copy", Map.of("scan.mode", "from-snapshot", "scan.snapshot-id", "2"));

        assertThat(ids("s_copy")).containsExactly("[2]", "[3]");
    }

    @Test
    void aStreamBeginsAtATime() throws Exception {
        tables("t", "t_copy");
        run("INSERT INTO t VALUES (1, 'a')").run("INSERT INTO t VALUES (2, 'b')");
        long second = stored("t").snapshot(2).timeMillis();

        copy("t", "t_copy", Map.of("scan.mode", "from-timestamp", "scan.timestamp-millis", Long.toString(second)));

        assertThat(ids("t_copy")).containsExactly("[2]");
    }

    @Test
    void aStreamBeginsWithTheEarliestSnapshotThatIsThere() throws Exception {
        tables("e", "e_copy");
        run("INSERT INTO e VALUES (1, 'a')")
                .run("INSERT INTO e VALUES (2, 'b')")
                .run("INSERT INTO e VALUES (3, 'c')");
        run("CALL sys.expire_snapshots(table => 'd.e', retain_max => 2, retain_min => 1)");

        copy("e", "e_copy", Map.of("read.stream.start", "earliest"));

        assertThat(ids("e_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void aStreamThatBeginsOtherwiseIsRefused() {
        tables("o", "o_copy");

        assertThatThrownBy(() -> copy("o", "o_copy", Map.of("read.stream.start", "yesterday")))
                .hasStackTraceContaining("A stream of table d.o cannot begin by 'read.stream.start'='yesterday'");
    }

    @Test
    void aBatchReadsNoMoreThanTheRateAllows() throws Exception {
        tables("r", "r_copy");
        for (int i = 0; i < 3; i++) {
            run("INSERT INTO r VALUES (" + i + ", 'x')");
        }

        StreamingQuery query =
                copy("r", "r_copy", Map.of("read.stream.start", "earliest", "read.stream.maxRowsPerTrigger", "1"));

        assertThat(Stream.of(query.recentProgress()).filter(batch -> batch.numInputRows() > 0))
                .hasSize(3)
                .allMatch(batch -> batch.numInputRows() == 1);
        assertThat(ids("r_copy")).containsExactly("[0]", "[1]", "[2]");
    }

    @Test
    void rowsOfAPrimaryKeyTableTakeThePlaceOfThoseOfTheirKeys() throws Exception {
        for (String table : List.of("k", "k_copy")) {
            run("CREATE TABLE " + table
                    + " (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='2')");
        }
        run("INSERT INTO k VALUES (1, 'a'), (2, 'a')")
                .run("INSERT INTO k VALUES (1, 'b')")
                .run("INSERT INTO k VALUES (1, 'c')");

        copy("k", "k_copy", Map.of("read.stream.start", "earliest"));

        assertThat(rows("SELECT id, v FROM k_copy ORDER BY id")).containsExactly("[1,c]", "[2,a]");
    }

    @Test
    void aDeletedRowIsNoneOfTheStream() throws Exception {
        run("CREATE TABLE x (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')");
        run("CREATE TABLE x_copy (id INT, v STRING)");
        run("INSERT INTO x VALUES (1, 'a'), (2, 'b')");
        copy("x", "x_copy", Map.of());
        run("DELETE FROM x WHERE id = 1").run("INSERT INTO x VALUES (3, 'c')");

        copy("x", "x_copy", Map.of());

        assertThat(ids("x_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void aTableWhoseRowsAreSeenOnceCompactedIsReadByItsChangelogOrRefused() throws Exception {
        String table = "CREATE TABLE %s (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                + " 'deletion-vectors.enabled'='true' %s)";
        run(String.format(table, "vectors", ", 'changelog-producer'='lookup'"));
        run(String.format(table, "unseen", ""));
        run("CREATE TABLE vectors_copy (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')");
        run("INSERT INTO vectors VALUES (1, 'a'), (2, 'a')");
        copy("vectors", "vectors_copy", Map.of());
        run("INSERT INTO vectors VALUES (1, 'b'), (3, 'b')");

        copy("vectors", "vectors_copy", Map.of());

        assertThat(rows("SELECT id, v FROM vectors_copy ORDER BY id")).containsExactly("[1,b]", "[2,a]", "[3,b]");
        assertThatThrownBy(() -> copy("unseen", "vectors_copy", Map.of()))
                .hasStackTraceContaining("Table d.unseen cannot be read as a stream");
    }

    @Test
    void countsOfAStreamAreUpsertedInUpdateMode() throws Exception {
        run("CREATE TABLE words (word STRING)");
        run("CREATE TABLE counts (word STRING NOT NULL, n BIGINT NOT NULL)"
                + " TBLPROPERTIES ('primary-key'='word', 'bucket'='1')");
        run("INSERT INTO words VALUES ('a'), ('b'), ('a')");
        count();
        run("INSERT INTO words VALUES ('a')");
        count();

        assertThat(rows("SELECT * FROM counts ORDER BY word")).containsExactly("[a,3]", "[b,1]");
    }

    private void count() throws Exception {
        StreamingQuery query = stream("words", Map.of())
                .groupBy("word")
                .count()
                .withColumnRenamed("count", "n")
                .writeStream()
                .outputMode("update")
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .toTable(name("counts"));
        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
    }

    @Test
    void anEpochWhoseCommitSparkDoesNotKnowOfIsCommittedOnce() throws Exception {
        tables("w", "w_copy");
        run("INSERT INTO w VALUES (1, 'a')");
        copy("w", "w_copy", Map.of());
        forgetCommits();
        long before = files("w_copy");

        copy("w", "w_copy", Map.of());

        assertThat(ids("w_copy")).containsExactly("[1]");
        assertThat(stored("w_copy").latestSnapshot().map(Snapshot::id)).contains(1L);
        assertThat(files("w_copy")).isEqualTo(before);
    }

    /** As after a driver that ended between the table's commit and Spark's note of it. */
    private void forgetCommits() throws IOException {
        try (Stream<Path> notes = Files.list(checkpoint.resolve("commits"))) {
            for (Path note : notes.toList()) {
                Files.delete(note);
            }
        }
    }

    private long files(String table) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(stored(table).location().toUri()))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".parquet"))
                    .count();
        }
    }
}
