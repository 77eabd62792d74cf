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
package dev.trestle.e2e.gateway;

import static dev.trestle.e2e.gateway.RunningGateway.LIMIT;
import static dev.trestle.e2e.gateway.RunningGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.flink.gateway.ApiVersion;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.SessionGoneException;
import dev.trestle.flink.gateway.SessionSettings;
import dev.trestle.flink.gateway.StatementFailedException;
import dev.trestle.flink.gateway.TableRefresh;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Versions, sessions, and what is done in them beside statements. */
abstract class SessionSuite {

    private final RunningGateway gateway;

    SessionSuite(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void agreesOnTheNewestVersion() {
        try (GatewayClient client = gateway.connect()) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V4);
            assertThat(client.offeredVersions()).containsExactlyInAnyOrder("V1", "V2", "V3", "V4");
            assertThat(client.fetchInfo().productName()).isEqualTo("Apache Flink");
            assertThat(client.fetchInfo().version())
                    .isEqualTo(BuildOutput.find().flinkVersion());
        }
    }

    @ParameterizedTest
    @EnumSource(ApiVersion.class)
    void runsStatementsInEveryVersion(ApiVersion version) {
        try (GatewayClient client = gateway.connect(version);
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            assertThat(client.apiVersion()).isEqualTo(version);

            assertThat(session.run("SHOW CATALOGS", LIMIT).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row.values()).isEqualTo(List.of("default_catalog")));
        }
    }

    @Test
    void keepsTheSessionsConfiguration() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = client.openSession(
                        SessionSettings.DEFAULT.withName("n1").withProperties(Map.of("pipeline.name", "n")))) {
            session.run("SET 'parallelism.default' = '3'", LIMIT);

            assertThat(session.fetchProperties())
                    .containsEntry("pipeline.name", "n")
                    .containsEntry("parallelism.default", "3")
                    .containsEntry("table.local-time-zone", "UTC");
        }
    }

    @Test
    void aStatementCanHaveAConfigurationOfItsOwn() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.streaming(client);
                GatewayOperation operation = session.execute(
                        "SELECT COUNT(*) FROM (VALUES 1, 2) AS t (x)", Map.of("execution.runtime-mode", "batch"))) {
            assertThat(operation.results().readAll(LIMIT).rows()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("sessionStatements")
    void configuresASessionByEveryKindOfStatement(List<String> statements) {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            statements.forEach(session::configure);
        }
    }

    static List<List<String>> sessionStatements() {
        String with = " WITH ('connector' = 'datagen')";
        return List.of(
                List.of("CREATE TABLE t (i INT)" + with, "ALTER TABLE t RENAME TO t2", "DROP TABLE t2"),
                List.of(
                        "CREATE DATABASE d",
                        "ALTER DATABASE d SET ('k' = 'v')",
                        "USE d",
                        "USE default_database",
                        "DROP DATABASE d"),
                List.of("CREATE FUNCTION f AS 'a.B'", "ALTER FUNCTION f AS 'a.C'", "DROP FUNCTION f"),
                List.of(
                        "CREATE CATALOG c WITH ('type' = 'generic_in_memory')",
                        "USE CATALOG c",
                        "USE CATALOG default_catalog",
                        "DROP CATALOG c"),
                List.of("CREATE TABLE t (i INT)" + with, "CREATE VIEW v AS SELECT i FROM t", "DROP VIEW v"),
                List.of("UNLOAD MODULE core", "LOAD MODULE core", "USE MODULES core"),
                List.of("ADD JAR '" + BuildOutput.find().sqlGatewayClientJar() + "'"));
    }

    @Test
    void completesAStatement() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            assertThat(session.complete("SELECT * FRO", 12)).contains("FROM");
        }
    }

    @Test
    void asksForARefreshByTheThirdVersion() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of());
                GatewayOperation refresh = session.refresh(TableRefresh.of("no_such_table"))) {
            assertThatThrownBy(() -> refresh.results().readAll(LIMIT))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("no_such_table");
        }
    }

    @Test
    void aClusterThatIsThereAlreadyTakesNoScript() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            assertThatThrownBy(() -> session.deployScript("SELECT 1;", Map.of()))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("Application Mode not supported by standalone deployments");
        }
    }

    @Test
    void aClosedSessionIsGone() {
        try (GatewayClient client = gateway.connect()) {
            GatewaySession session = RunningGateway.open(client, Map.of());
            session.close();
            session.close();

            assertThatThrownBy(session::heartbeat).isInstanceOf(SessionGoneException.class);
            assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(SessionGoneException.class);
            assertThatThrownBy(() -> session.complete("SEL", 3)).isInstanceOf(SessionGoneException.class);
        }
    }

    @Test
    void aSessionExpiresUnlessItsHeartbeatKeepsIt() {
        try (GatewayClient client = gateway.connect();
                GatewaySession kept =
                        client.openSession(SessionSettings.DEFAULT.withHeartbeat(Duration.ofSeconds(2)))) {
            GatewaySession idle = client.openSession(SessionSettings.DEFAULT.withoutHeartbeat());

            await(() -> gateway.logSays("Session " + idle.handle() + " is expired"));

            assertThatThrownBy(() -> idle.execute("SELECT 1")).isInstanceOf(SessionGoneException.class);
            assertThat(kept.run("SHOW CATALOGS", LIMIT).rows()).hasSize(1);
        }
    }
}
