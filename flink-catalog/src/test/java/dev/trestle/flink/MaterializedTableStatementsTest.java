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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.TableRefresh;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Materialized tables through a SQL gateway, which alone makes their jobs and workflows. */
@Timeout(180)
class MaterializedTableStatementsTest extends CatalogFixture {

    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(1);

    private SqlGatewayInProcess gateway;
    private GatewayClient client;
    private GatewaySession sql;
    private Path savepoints;

    @BeforeEach
    void openGateway() throws Exception {
        savepoints = Files.createDirectory(warehouse.resolve("savepoints"));
        gateway = SqlGatewayInProcess.start(savepoints);
        client = gateway.client();
        sql = client.openSession(Map.of("execution.runtime-mode", "batch"));
        String with = options().entrySet().stream()
                .map(option -> "'" + option.getKey() + "'='" + option.getValue() + "'")
                .collect(Collectors.joining(", "));
        sql.configure("CREATE CATALOG c WITH (" + with + ")");
        sql.configure("USE CATALOG c");
        sql.configure("USE d");
        session.run("CREATE TABLE src (id INT, v INT) WITH ('continuous.discovery-interval'='1 s')")
                .run("INSERT INTO src VALUES (1, 10), (2, 20)");
    }

    @AfterEach
    void closeGateway() {
        sql.close();
        client.close();
        gateway.close();
    }

    private void run(String statement) {
        sql.run(statement, LONGEST_STATEMENT);
    }

    private String option(String key) throws Exception {
        return stored("mt").options().get("materialized-table." + key);
    }

    @Test
    void aContinuousTableIsFilledSuspendedResumedAlteredAndDropped() throws Exception {
        run("CREATE MATERIALIZED TABLE mt COMMENT 'sums' FRESHNESS = INTERVAL '1' SECOND REFRESH_MODE = CONTINUOUS"
                + " AS SELECT id, v + 1 AS w FROM src");
        await().untilAsserted(
                        () -> assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 11]", "[2, 21]"));
        assertThat(option("refresh-mode")).isEqualTo("CONTINUOUS");
        assertThat(option("refresh-status")).isEqualTo("ACTIVATED");
        assertThat(session.column("SHOW MATERIALIZED TABLES")).containsExactly("mt");
        assertThat(session.column("SHOW TABLES")).containsExactlyInAnyOrder("src", "mt");

        run("ALTER MATERIALIZED TABLE mt SUSPEND");
        assertThat(option("refresh-status")).isEqualTo("SUSPENDED");
        try (Stream<Path> taken = Files.list(savepoints)) {
            assertThat(taken).hasSize(1);
        }
        run("ALTER MATERIALIZED TABLE mt RESUME");
        assertThat(option("refresh-status")).isEqualTo("ACTIVATED");
        session.run("INSERT INTO src VALUES (3, 30)");
        await().untilAsserted(() ->
                assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 11]", "[2, 21]", "[3, 31]"));

        run("ALTER MATERIALIZED TABLE mt AS SELECT id, v + 1 AS w, v AS plain FROM src");
        assertThat(option("definition-query")).contains("plain");
        await().untilAsserted(() -> assertThat(rows("SELECT * FROM mt")).contains("[3, 31, 30]"));

        assertThatThrownBy(() -> session.run("DROP TABLE mt")).hasStackTraceContaining("does not exist");
        run("DROP MATERIALIZED TABLE mt");
        assertThat(session.column("SHOW TABLES")).containsExactly("src");
    }

    @Test
    void aFullTableIsRefreshedByItsWorkflowAndByHand() throws Exception {
        run("CREATE MATERIALIZED TABLE mt FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL"
                + " AS SELECT id, v FROM src");
        assertThat(option("refresh-mode")).isEqualTo("FULL");
        assertThat(option("refresh-status")).isEqualTo("ACTIVATED");
        assertThat(option("refresh-handler-bytes")).isNotBlank();
        run("ALTER MATERIALIZED TABLE mt REFRESH");
        await().untilAsserted(
                        () -> assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10]", "[2, 20]"));
        run("ALTER MATERIALIZED TABLE mt SUSPEND");
        assertThat(option("refresh-status")).isEqualTo("SUSPENDED");
        run("ALTER MATERIALIZED TABLE mt RESUME");
        assertThat(option("refresh-status")).isEqualTo("ACTIVATED");
        assertThat(rows("SHOW CREATE MATERIALIZED TABLE mt").get(0))
                .contains("FRESHNESS = INTERVAL '1' HOUR")
                .doesNotContain("materialized-table.");
        run("DROP MATERIALIZED TABLE mt");
    }

    @Test
    void aFullTableIsRefreshedByACallOfTheGatewaysOwn() throws Exception {
        run("CREATE MATERIALIZED TABLE mt FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL"
                + " AS SELECT id, v FROM src");

        try (GatewayOperation refresh = sql.refresh(TableRefresh.of("mt"))) {
            assertThat(refresh.results().readAll(LONGEST_STATEMENT).rows()).hasSize(1);
        }

        await().untilAsserted(
                        () -> assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10]", "[2, 20]"));
        run("DROP MATERIALIZED TABLE mt");
    }

    @Test
    void oneOfAPartitionedTablesPartitionsIsRefreshed() throws Exception {
        run("CREATE MATERIALIZED TABLE mt PARTITIONED BY (dt) FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL"
                + " AS SELECT v, CAST(id AS STRING) AS dt FROM src");
        assertThat(stored("mt").partitionKeys()).containsExactly("dt");

        run("ALTER MATERIALIZED TABLE mt REFRESH PARTITION (dt = '2')");

        await().untilAsserted(() -> assertThat(rows("SELECT * FROM mt")).containsExactly("[20, 2]"));
        assertThatThrownBy(() -> run("ALTER MATERIALIZED TABLE mt REFRESH PARTITION (hr = '2')"))
                .hasStackTraceContaining("hr");
        run("DROP MATERIALIZED TABLE mt");
    }

    @Test
    void aTableThatIsThereIsAlteredByItsNewDefinition() throws Exception {
        run("CREATE OR ALTER MATERIALIZED TABLE mt FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL"
                + " AS SELECT id FROM src");
        run("CREATE OR ALTER MATERIALIZED TABLE mt FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL"
                + " AS SELECT id, v FROM src");

        assertThat(stored("mt").rowType().getFieldNames()).containsExactly("id", "v");
        run("ALTER MATERIALIZED TABLE mt REFRESH");
        await().untilAsserted(
                        () -> assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10]", "[2, 20]"));
        run("DROP MATERIALIZED TABLE mt");
    }

    @Test
    void columnsThatAreNotOfTheQueryAreAddedChangedAndDropped() throws Exception {
        run("CREATE MATERIALIZED TABLE mt FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL AS SELECT id, v FROM src");
        run("ALTER MATERIALIZED TABLE mt REFRESH");
        await().untilAsserted(
                        () -> assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10]", "[2, 20]"));

        run("ALTER MATERIALIZED TABLE mt ADD twice AS v * 2");
        assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10, 20]", "[2, 20, 40]");
        run("ALTER MATERIALIZED TABLE mt MODIFY twice AS v + v + 1");
        assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10, 21]", "[2, 20, 41]");
        run("ALTER MATERIALIZED TABLE mt DROP twice");
        assertThat(rows("SELECT * FROM mt ORDER BY id")).containsExactly("[1, 10]", "[2, 20]");
        run("DROP MATERIALIZED TABLE mt");
    }
}
