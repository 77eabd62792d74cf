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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of tables whose snapshots expire or are taken back. */
class StreamHistoryTest extends StreamFixture {

    private static final Map<String, String> ONE_FILE =
            Map.of("read.stream.start", "earliest", "read.stream.maxFilesPerTrigger", "1");

    @Test
    void aStreamWhoseNextSnapshotHasExpiredFailsAndSaysWhatToDo() throws Exception {
        tables("e", "e_copy");
        insert("e", 1);
        copy("e", "e_copy", Map.of());
        insert("e", 2, 3, 4);
        expire("e");

        assertThatThrownBy(() -> copy("e", "e_copy", Map.of()))
                .hasStackTraceContaining("Table d.e has no snapshot 2: it has snapshot 4 alone")
                .hasStackTraceContaining("the snapshot has expired")
                .hasStackTraceContaining("another checkpoint location")
                .hasStackTraceContaining("'scan.snapshot-id'")
                .hasStackTraceContaining("'consumer-id'")
                .hasStackTraceContaining("'snapshot.time-retained'");
        assertThat(ids("e_copy")).containsExactly("[1]");
    }

    @Test
    void aStateThatHasExpiredBeforeItWasReadToItsEndFailsAndSaysSo() throws Exception {
        run("CREATE TABLE s (id INT, v STRING) PARTITIONED BY (v)").run("CREATE TABLE s_copy (id INT, v STRING)");
        run("INSERT INTO s VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        StreamingQuery query = copyOn(stream("s", Map.of("read.stream.maxFilesPerTrigger", "1")), "s_copy");
        query.processAllAvailable();
        query.stop();
        goBackToBatch(1);
        run("INSERT OVERWRITE s VALUES (4, 'a')");
        expire("s");

        assertThatThrownBy(() -> copy("s", "s_copy", Map.of()))
                .hasStackTraceContaining("Table d.s has no snapshot 1")
                .hasStackTraceContaining("another checkpoint location");
    }

    @Test
    void aRunningStreamFailsWhenItsNextSnapshotsExpireBeforeItSeesThem() throws Exception {
        tables("r", "r_copy");
        insert("r", 1);
        StreamingQuery query = stream("r", Map.of())
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.ProcessingTime(5_000))
                .toTable(name("r_copy"));
        query.processAllAvailable();
        insert("r", 2, 3);
        expire("r");

        assertThatThrownBy(() -> query.awaitTermination(MOST_MILLIS))
                .hasStackTraceContaining("Table d.r has no snapshot 2: it has snapshot 3 alone");
    }

    @Test
    void snapshotsWithoutRowsOfTheStreamMayExpire() throws Exception {
        tables("o", "o_copy");
        insert("o", 1);
        copy("o", "o_copy", Map.of());
        run("INSERT OVERWRITE o VALUES (2, 'b')").run("INSERT OVERWRITE o VALUES (3, 'c')");
        copy("o", "o_copy", Map.of());
        expire("o");
        insert("o", 4);

        copy("o", "o_copy", Map.of());

        assertThat(ids("o_copy")).containsExactly("[1]", "[4]");
    }

    @Test
    void snapshotsWithoutRowsMayExpireBeforeOneThatIsReadInPart() throws Exception {
        run("CREATE TABLE m (id INT, v STRING) PARTITIONED BY (v)").run("CREATE TABLE m_copy (id INT, v STRING)");
        run("INSERT INTO m VALUES (1, 'a')");
        copy("m", "m_copy", Map.of());
        run("INSERT OVERWRITE m VALUES (2, 'a')").run("INSERT OVERWRITE m VALUES (3, 'a')");
        run("INSERT INTO m VALUES (4, 'a'), (5, 'b'), (6, 'c')");
        copy("m", "m_copy", ONE_FILE);
        goBackToBatch(1);
        expire("m");

        StreamingQuery query = copy("m", "m_copy", ONE_FILE);

        assertThat(batches(query)).containsExactly(1L, 1L);
        assertThat(ids("m_copy")).containsExactly("[1]", "[4]", "[5]", "[6]");
    }

    static Stream<Arguments> changelogs() {
        return Stream.of(
                Arguments.of("lookup", "'primary-key'='id', 'bucket'='1', 'changelog-producer'='lookup'"),
                Arguments.of("input", "'primary-key'='id', 'bucket'='1', 'changelog-producer'='input'"),
                Arguments.of("keys", "'primary-key'='id', 'bucket'='1'"),
                Arguments.of("files", "'file.format'='parquet'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changelogs")
    void aChangelogThatIsKeptForLongerIsRead(String kind, String properties) throws Exception {
        String table = "kept_" + kind;
        run("CREATE TABLE " + table + " (id INT NOT NULL, v STRING) TBLPROPERTIES (" + properties
                + ", 'changelog.num-retained.min'='50', 'changelog.num-retained.max'='100',"
                + " 'changelog.time-retained'='1 d')");
        run("CREATE TABLE " + table + "_copy (id INT, v STRING)");
        insert(table, 1);
        copy(table, table + "_copy", Map.of());
        insert(table, 2, 3, 4);
        expire(table);

        copy(table, table + "_copy", Map.of());

        assertThat(stored(table).snapshotManager().earliestSnapshotId())
                .as("the first snapshot that is left")
                .isGreaterThan(3);
        assertThat(ids(table + "_copy")).containsExactly("[1]", "[2]", "[3]", "[4]");
    }

    @Test
    void aConsumerKeepsSnapshotsUntilItsStreamHasReadThem() throws Exception {
        tables("c", "c_copy");
        Map<String, String> consumer = Map.of("consumer-id", "spark");
        insert("c", 1);
        copy("c", "c_copy", consumer);
        insert("c", 2, 3, 4);
        expire("c");
        copy("c", "c_copy", consumer);
        insert("c", 5);
        copy("c", "c_copy", consumer);

        assertThat(ids("c_copy")).containsExactly("[1]", "[2]", "[3]", "[4]", "[5]");
        expire("c");
        assertThat(stored("c").snapshotManager().earliestSnapshotId())
                .as("what the stream has read may expire")
                .isGreaterThan(2);
    }

    @Test
    void aStreamOfATableThatWasRolledBackFailsAndSaysSo() throws Exception {
        tables("b", "b_copy");
        insert("b", 1, 2);
        copy("b", "b_copy", FROM_THE_EARLIEST);
        run("CALL sys.rollback(table => 'd.b', snapshot => 1)");

        assertThatThrownBy(() -> copy("b", "b_copy", FROM_THE_EARLIEST))
                .hasStackTraceContaining("Table d.b has no snapshot 2: it has snapshot 1 alone")
                .hasStackTraceContaining("the table was rolled back")
                .hasStackTraceContaining("another checkpoint location");
        insert("b", 20);
        assertThatThrownBy(() -> copy("b", "b_copy", FROM_THE_EARLIEST))
                .hasStackTraceContaining("Snapshot 2 of table d.b is another one now");
        insert("b", 30);
        assertThatThrownBy(() -> copy("b", "b_copy", FROM_THE_EARLIEST))
                .hasStackTraceContaining("Snapshot 2 of table d.b is another one now");
        assertThat(ids("b_copy")).containsExactly("[1]", "[2]");
    }

    @Test
    void aRollbackOfWhatAStreamHasNotReadIsNothingToIt() throws Exception {
        tables("u", "u_copy");
        insert("u", 1);
        copy("u", "u_copy", Map.of());
        insert("u", 2);
        run("CALL sys.rollback(table => 'd.u', snapshot => 1)");
        insert("u", 3);

        copy("u", "u_copy", Map.of());

        assertThat(ids("u_copy")).containsExactly("[1]", "[3]");
    }

    @Test
    void aRollbackOfWhatARunningStreamHasOnlySeenIsNothingToIt() throws Exception {
        run("CREATE TABLE y (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')");
        insert("y", 1, 2, 3);
        List<String> read = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> takesBackTheThird = (rows, batch) -> {
            rows.collectAsList().forEach(row -> read.add(row.get(0).toString()));
            if (read.equals(List.of("1", "2"))) {
                run("CALL sys.rollback(table => 'd.y', snapshot => 2)");
                insert("y", 30);
            }
        };

        StreamingQuery query = stream("y", FROM_THE_EARLIEST)
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(takesBackTheThird)
                .start();

        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
        assertThat(read).containsExactly("1", "2", "30");
    }

    @Test
    void aRunningStreamIsNotDisturbedByWhatAnotherClientCommits() throws Exception {
        tables("busy", "busy_copy");
        SparkTestSession client = SparkTestSession.open(options()).run("USE d");
        StreamingQuery query = copyOn(stream("busy", Map.of()), "busy_copy");

        for (int i = 0; i < 5; i++) {
            client.run("INSERT INTO busy VALUES (" + i + ", 'x')");
            query.processAllAvailable();
        }
        query.stop();
        client.close();

        assertThat(ids("busy_copy")).containsExactly("[0]", "[1]", "[2]", "[3]", "[4]");
    }

    @Test
    void aRunningStreamFailsWhenTheTableIsRolledBack() throws Exception {
        tables("x", "x_copy");
        insert("x", 1, 2);
        StreamingQuery query = copyOn(stream("x", Map.of()), "x_copy");
        query.processAllAvailable();
        run("CALL sys.rollback(table => 'd.x', snapshot => 1)");

        assertThatThrownBy(() -> query.awaitTermination(MOST_MILLIS))
                .hasStackTraceContaining("Table d.x has no snapshot 2: it has snapshot 1 alone");
    }

    @Test
    void aStreamThatHasReadAPartOfASnapshotWhichWasTakenBackFails() throws Exception {
        run("CREATE TABLE p (id INT, v STRING) PARTITIONED BY (v)").run("CREATE TABLE p_copy (id INT, v STRING)");
        run("INSERT INTO p VALUES (0, 'z')").run("INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        copy("p", "p_copy", ONE_FILE);
        goBackToBatch(2);
        run("CALL sys.rollback(table => 'd.p', snapshot => 1)");
        run("INSERT INTO p VALUES (10, 'a'), (20, 'b'), (30, 'c')");

        assertThatThrownBy(() -> copy("p", "p_copy", ONE_FILE))
                .hasStackTraceContaining("Snapshot 2 of table d.p is another one now");
    }

    @Test
    void aStreamWaitsForNothingInAPartOfASnapshotWhichIsNotThereAnyMore() throws Exception {
        run("CREATE TABLE q (id INT, v STRING) PARTITIONED BY (v)").run("CREATE TABLE q_copy (id INT, v STRING)");
        run("INSERT INTO q VALUES (0, 'z')").run("INSERT INTO q VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        copy("q", "q_copy", ONE_FILE);
        goBackToBatch(2);
        run("CALL sys.rollback(table => 'd.q', snapshot => 1)");

        assertThatThrownBy(() -> copy("q", "q_copy", ONE_FILE))
                .hasStackTraceContaining("Table d.q has no snapshot 2: it has snapshot 1 alone")
                .hasStackTraceContaining("the table was rolled back");
        StreamingQuery query = copyOn(stream("q", ONE_FILE), "q_copy");
        assertThatThrownBy(() -> query.awaitTermination(MOST_MILLIS))
                .hasStackTraceContaining("Table d.q has no snapshot 2: it has snapshot 1 alone");
    }

    @Test
    void aStreamWhoseStateWasTakenBackBeforeItWasReadToItsEndFails() throws Exception {
        run("CREATE TABLE f (id INT, v STRING) PARTITIONED BY (v)").run("CREATE TABLE f_copy (id INT, v STRING)");
        run("INSERT INTO f VALUES (0, 'z')").run("INSERT INTO f VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        Map<String, String> rate = Map.of("read.stream.maxFilesPerTrigger", "1");
        copy("f", "f_copy", rate);
        goBackToBatch(1);
        run("CALL sys.rollback(table => 'd.f', snapshot => 1)");

        assertThatThrownBy(() -> copy("f", "f_copy", rate))
                .hasStackTraceContaining("Table d.f has no snapshot 2: it has snapshot 1 alone")
                .hasStackTraceContaining("the table was rolled back");
    }

    @Test
    void aTableOfTheSameNameThatWasMadeAnewIsNotTakenForTheOldOne() throws Exception {
        tables("n", "n_copy");
        insert("n", 1);
        copy("n", "n_copy", Map.of());
        run("DROP TABLE n").run("CREATE TABLE n (id INT, v STRING)");
        insert("n", 5, 6);

        assertThatThrownBy(() -> copy("n", "n_copy", Map.of()))
                .hasStackTraceContaining("Snapshot 1 of table d.n is another one now")
                .hasStackTraceContaining("dropped or made anew");
    }
}
