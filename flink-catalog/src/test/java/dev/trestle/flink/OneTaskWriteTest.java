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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.table.api.ExplainDetail;
import org.apache.flink.table.api.TableResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of how many tasks a job is that writes. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OneTaskWriteTest extends CatalogFixture {

    private static final String SHUFFLED = "INSERT INTO t SELECT id, v FROM many";

    @BeforeEach
    void makeTable() {
        session.run("CREATE TABLE t (id INT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='2')");
    }

    @Test
    void anInsertOfARowIsOneTask() throws Exception {
        assertThat(tasks("INSERT INTO t VALUES (1, 'a')")).hasSize(1);

        assertThat(session.rows("SELECT * FROM t")).containsExactly("[1, a]");
    }

    @Test
    void anInsertIntoATableWithoutBucketsIsOneTask() throws Exception {
        session.run("CREATE TABLE plain (id INT)");

        assertThat(tasks("INSERT INTO plain VALUES (1)")).hasSize(1);
    }

    @Test
    void anUpdateAndADeleteAreOneTaskEach() throws Exception {
        session.run("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        assertThat(tasks("UPDATE t SET v = 'z' WHERE id = 1")).hasSize(1);
        assertThat(tasks("DELETE FROM t WHERE id = 2")).hasSize(1);

        assertThat(session.rows("SELECT * FROM t")).containsExactlyInAnyOrder("[1, z]", "[3, c]");
    }

    @Test
    void anOverwriteIsOneTask() throws Exception {
        session.run("INSERT INTO t VALUES (1, 'a')");

        assertThat(tasks("INSERT OVERWRITE t VALUES (2, 'b')")).hasSize(1);

        assertThat(session.rows("SELECT * FROM t")).containsExactly("[2, b]");
    }

    @Test
    void rowsOfABucketMeetInOneWriterWhereThereAreTwo() throws Exception {
        session.set("execution.batch.adaptive.auto-parallelism.enabled", "false")
                .set("table.exec.resource.default-parallelism", "2");
        insertMany();

        assertThat(tasks(SHUFFLED)).hasSizeGreaterThan(1);

        assertThat(session.column("SELECT id FROM t")).hasSize(40).doesNotHaveDuplicates();
        assertThat(session.column("SELECT `bucket` FROM t$files"))
                .as("of each file")
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aParallelismThatFlinkMayChooseLaterKeepsTheExchange() {
        session.set("execution.batch.adaptive.auto-parallelism.max-parallelism", "4");
        insertMany();

        assertThat(plan(session, SHUFFLED)).contains(exchange());
    }

    @Test
    void moreWritersThanTasksBeforeThemKeepTheExchange() {
        session.set("execution.batch.adaptive.auto-parallelism.enabled", "false");

        assertThat(plan(session, "INSERT INTO t /*+ OPTIONS('sink.parallelism'='2') */ VALUES (1, 'a')"))
                .contains(exchange());
        assertThat(plan(session, "INSERT INTO t VALUES (1, 'a')")).doesNotContain(exchange());
    }

    @Test
    void aStreamingJobKeepsTheExchangeThatItsSavepointsKnow() {
        FlinkSession streaming = open(FlinkSession.streaming()).run("USE d");

        assertThat(plan(streaming, "INSERT INTO t VALUES (1, 'a')")).contains(exchange());

        streaming.close();
    }

    /** Rows in several files, which two tasks read. */
    private void insertMany() {
        session.run("CREATE TABLE many (id INT, v STRING)");
        for (int file = 0; file < 2; file++) {
            session.run("INSERT INTO many VALUES "
                    + IntStream.range(0, 40).mapToObj(id -> "(" + id + ", 'v')").collect(Collectors.joining(", ")));
        }
    }

    private List<String> tasks(String statement) throws Exception {
        TableResult result = session.environment().executeSql(statement);
        result.await();
        return FlinkCluster.shared()
                .tasks(result.getJobClient().orElseThrow().getJobID().toString());
    }

    private static String plan(FlinkSession session, String statement) {
        return session.environment().explainSql(statement, ExplainDetail.JSON_EXECUTION_PLAN);
    }

    /** As Paimon names it in a plan. */
    private static String exchange() {
        return "\"ship_strategy\" : \"shuffle by bucket\"";
    }
}
