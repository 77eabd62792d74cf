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
package dev.trestle.trino.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.InjectedFault;
import dev.trestle.server.fault.ProxiedRequest;
import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.trino.TrestleQueryRunner;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two statements at one time on a table with a primary key whose buckets keep an index beside their rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class ConcurrentKeysTest {

    private static final Predicate<ProxiedRequest> COMMIT = ProxiedRequest.that("POST", "/commit$");
    private static final Predicate<ProxiedRequest> COMMIT_OF_MERGED_FILES =
            COMMIT.and(request -> new String(request.body(), UTF_8).contains("COMPACT"));

    private TrestleQueryRunner runner;
    private FaultProxy proxy;

    @BeforeAll
    void start() throws Exception {
        EmbeddedTestServer server = TrestleQueryRunner.newServer();
        proxy = FaultProxy.start(URI.create(server.clientOptions().get("uri")));
        runner = TrestleQueryRunner.startBehind(proxy, server);
        execute("CREATE SCHEMA c");
    }

    @AfterEach
    void drop() {
        execute("DROP TABLE c.t");
    }

    @AfterAll
    void stop() {
        runner.close();
        proxy.close();
    }

    private void execute(String sql) {
        runner.trino().execute(sql);
    }

    private String rows(String columns, String where) {
        String query = "SELECT %1$s FROM c.t %2$s ORDER BY %1$s".formatted(columns, where);
        return runner.trino().execute(query).getMaterializedRows().stream()
                .map(row -> row.getFields().toString())
                .reduce("", String::concat);
    }

    /** What a statement throws before whose commit another one begins and ends. */
    private Optional<Throwable> runAsOvertaken(String slow, String fast, Predicate<ProxiedRequest> when) {
        InjectedFault meanwhile = proxy.inject(Fault.meanwhile(() -> execute(fast)), when);
        Optional<Throwable> failure = Optional.ofNullable(catchThrowable(() -> execute(slow)));
        assertThat(meanwhile.hits()).isEqualTo(1);
        return failure;
    }

    private void createWithDeletionVectors() {
        execute("CREATE TABLE c.t (id integer NOT NULL, v integer) WITH (primary_key = ARRAY['id'], bucket = 1,"
                + " deletion_vectors_enabled = true)");
        execute("INSERT INTO c.t SELECT a * 1000 + b, a * 1000 + b FROM UNNEST(sequence(0, 29)) x(a),"
                + " UNNEST(sequence(1, 999)) y(b)");
    }

    /** The first rows of a file that is so large that a writer which merges its own rows leaves it as it is. */
    private String first() {
        return rows("id, v", "WHERE id < 4");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        INSERT INTO c.t VALUES (1, 10)          | INSERT INTO c.t VALUES (2, 20)
        UPDATE c.t SET v = 10 WHERE id = 1      | UPDATE c.t SET v = 20 WHERE id = 2
        INSERT INTO c.t VALUES (1, 10), (2, 20) | ALTER TABLE c.t EXECUTE optimize
        """)
    void bothHoldWhereDeletedRowsAreKeptByBucket(String slow, String fast) {
        createWithDeletionVectors();

        assertThat(runAsOvertaken(slow, fast, COMMIT)).isEmpty();
        assertThat(first()).isEqualTo("[1, 10][2, 20][3, 3]");

        assertThat(runAsOvertaken(slow.replace("10", "11"), fast, COMMIT_OF_MERGED_FILES))
                .isEmpty();
        assertThat(first()).isEqualTo("[1, 11][2, 20][3, 3]");
    }

    @Test
    void aDeletedRowStaysSo() {
        createWithDeletionVectors();

        assertThat(runAsOvertaken("DELETE FROM c.t WHERE v = 1", "DELETE FROM c.t WHERE v = 2", COMMIT_OF_MERGED_FILES))
                .isEmpty();

        assertThat(first()).isEqualTo("[3, 3]");
    }

    @Test
    void anOptimizeThatIsOvertakenIsAConflict() {
        createWithDeletionVectors();
        execute("ALTER TABLE c.t SET PROPERTIES options = MAP(ARRAY['write-only'], ARRAY['true'])");
        execute("INSERT INTO c.t VALUES (1, 10)");
        execute("ALTER TABLE c.t SET PROPERTIES options = MAP(ARRAY['write-only'], ARRAY['false'])");

        assertThat(runAsOvertaken("ALTER TABLE c.t EXECUTE optimize", "INSERT INTO c.t VALUES (2, 20)", COMMIT))
                .hasValueSatisfying(thrown -> assertThat(thrown).hasMessageContaining("Run it again"));

        assertThat(first()).isEqualTo("[1, 10][2, 20][3, 3]");
    }

    @Test
    void whoAddsKeysToAPartitionWithDynamicBucketsBesideAnotherIsAConflict() {
        execute("CREATE TABLE c.t (p integer NOT NULL, id integer NOT NULL, v integer) WITH (partitioned_by ="
                + " ARRAY['p'], primary_key = ARRAY['p', 'id'], bucket = -1)");
        execute("INSERT INTO c.t VALUES (1, 1, 1), (1, 2, 2), (2, 1, 1)");

        assertThat(runAsOvertaken(
                        "INSERT INTO c.t VALUES (1, 3, 30)", "INSERT INTO c.t VALUES (1, 3, 3), (1, 4, 4)", COMMIT))
                .hasValueSatisfying(thrown -> assertThat(thrown)
                        .hasMessageContaining("The statement is not applied")
                        .hasMessageContaining("Run it again"));
        assertThat(runAsOvertaken("UPDATE c.t SET v = 10 WHERE p = 2", "INSERT INTO c.t VALUES (1, 5, 5)", COMMIT))
                .as("of another partition")
                .isEmpty();

        execute("INSERT INTO c.t VALUES (1, 3, 31)");
        assertThat(rows("p, id, v", "")).isEqualTo("[1, 1, 1][1, 2, 2][1, 3, 31][1, 4, 4][1, 5, 5][2, 1, 10]");
    }
}
