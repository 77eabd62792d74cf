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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 4, unit = TimeUnit.MINUTES)
class StreamingReadTest extends CatalogFixture {

    private FlinkSession streaming() {
        return open(FlinkSession.streaming().set("execution.checkpointing.interval", "200 ms"))
                .run("USE d");
    }

    private static List<String> take(CloseableIterator<Row> rows, int count) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(rows.next().toString());
        }
        return taken;
    }

    @Test
    void rowsAreStreamedAsTheyAreCommitted() throws Exception {
        session.run(
                        "CREATE TABLE t (id INT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED)"
                                + " WITH ('bucket'='1', 'changelog-producer'='input', 'continuous.discovery-interval'='200 ms')")
                .run("INSERT INTO t VALUES (1, 'a')");
        FlinkSession reader = streaming();
        TableResult result = reader.environment().executeSql("SELECT * FROM t");
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(take(rows, 1)).containsExactly("+I[1, a]");
            session.run("INSERT INTO t VALUES (2, 'b')");
            assertThat(take(rows, 1)).containsExactly("+I[2, b]");
        }
        reader.close();
    }

    @Test
    void aLookupJoinFindsTheRowsOfATable() throws Exception {
        session.run("CREATE TABLE t (id INT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')")
                .run("INSERT INTO t VALUES (1, 'a'), (2, 'b')")
                .run("CREATE TABLE orders (id INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("INSERT INTO orders VALUES (2), (3)");
        FlinkSession reader = streaming();
        TableResult result = reader.environment()
                .executeSql("SELECT o.id, t.v FROM (SELECT id, PROCTIME() AS p FROM orders) o"
                        + " LEFT JOIN t FOR SYSTEM_TIME AS OF o.p ON o.id = t.id");
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(take(rows, 2)).containsExactlyInAnyOrder("+I[2, b]", "+I[3, null]");
        }
        reader.close();
    }

    @Test
    void aStreamIsWrittenIntoATableAndReadFromAnOlderSnapshot() throws Exception {
        session.run("CREATE TABLE source (id INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("CREATE TABLE sink (id INT, twice INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("INSERT INTO source VALUES (1), (2)");
        FlinkSession job = streaming().set("table.dml-sync", "false");
        TableResult running = job.environment().executeSql("INSERT INTO sink SELECT id, id * 2 FROM source");
        FlinkSession reader = streaming();
        try (CloseableIterator<Row> rows =
                reader.environment().executeSql("SELECT * FROM sink").collect()) {
            assertThat(take(rows, 2)).containsExactlyInAnyOrder("+I[1, 2]", "+I[2, 4]");
            session.run("INSERT INTO source VALUES (3)");
            assertThat(take(rows, 1)).containsExactly("+I[3, 6]");
        } finally {
            running.getJobClient().orElseThrow().cancel().get();
        }
        assertThat(rows("SELECT COUNT(*) FROM sink")).containsExactly("[3]");
        reader.close();
        job.close();
    }

    @Test
    void aJobThatAFailedTaskStartsAgainLosesNoRowAndAddsNoneTwice() throws Exception {
        session.run("CREATE TABLE source (id INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("CREATE TABLE sink (id INT NOT NULL, p INT NOT NULL, PRIMARY KEY (id, p) NOT ENFORCED)"
                        + " PARTITIONED BY (p) WITH ('bucket'='1')")
                .run("INSERT INTO source VALUES (1)")
                .run("INSERT INTO sink VALUES (0, 1)");
        FlinkSession job = streaming()
                .set("table.dml-sync", "false")
                .set("restart-strategy.type", "fixed-delay")
                .set("restart-strategy.fixed-delay.attempts", "2")
                .set("restart-strategy.fixed-delay.delay", "100 ms");
        job.environment().createTemporarySystemFunction("failsOnce", FailsOnce.class);
        FailsOnce.has.set(false);
        TableResult running = job.environment().executeSql("INSERT INTO sink SELECT failsOnce(id), 1 FROM source");
        try {
            awaitRows("[0]", "[1]");
            session.run("INSERT INTO source VALUES (2)");
            awaitRows("[0]", "[1]", "[2]");
            session.run("INSERT INTO source VALUES (" + FailsOnce.AT + ")");
            awaitRows("[0]", "[1]", "[2]", "[" + FailsOnce.AT + "]");
            assertThat(FailsOnce.has).isTrue();
        } finally {
            running.getJobClient().orElseThrow().cancel().get();
            job.close();
        }
    }

    private void awaitRows(String... expected) {
        await().untilAsserted(() -> assertThat(rows("SELECT id FROM sink")).containsExactlyInAnyOrder(expected));
    }

    /** Fails a task, the first time that it is given {@link #AT}. */
    public static final class FailsOnce extends ScalarFunction {

        private static final int AT = 3;
        private static final AtomicBoolean has = new AtomicBoolean();

        public Integer eval(Integer id) {
            if (id == AT && has.compareAndSet(false, true)) {
                throw new IllegalStateException("fails once");
            }
            return id;
        }
    }
}
