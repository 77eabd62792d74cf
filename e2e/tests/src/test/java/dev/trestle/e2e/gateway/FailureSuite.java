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

import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayException;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewayTimeoutException;
import dev.trestle.flink.gateway.JobFailedException;
import dev.trestle.flink.gateway.OperationGoneException;
import dev.trestle.flink.gateway.OperationStatus;
import dev.trestle.flink.gateway.SqlErrorException;
import dev.trestle.flink.gateway.StatementCancelledException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ways in which a statement does not succeed, each with an exception of its own. */
abstract class FailureSuite {

    private final RunningGateway gateway;

    FailureSuite(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void aStatementThatFlinkRefusesFailsWithTheInnermostWords() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            assertThatThrownBy(() -> session.run("SELECT * FROM nothing_of_this_name", LIMIT))
                    .isInstanceOfSatisfying(SqlErrorException.class, e -> assertThat(e.causeClass())
                            .endsWith("SqlValidatorException"))
                    .hasMessageContaining("nothing_of_this_name");
            assertThatThrownBy(() -> session.run("SELEKT 1", LIMIT))
                    .isInstanceOf(SqlErrorException.class)
                    .hasMessageContaining("Non-query expression");
        }
    }

    @Test
    void aQueryDoesNotConfigureASession() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            assertThatThrownBy(() -> session.configure("SELECT 1"))
                    .isInstanceOf(SqlErrorException.class)
                    .hasMessageContaining("Unsupported statement for configuring session");
        }
    }

    @Test
    void aJobThatFailsAsItRunsIsToldFromARefusedStatement() {
        try (GatewayClient client = gateway.connect();
                GatewaySession batch = RunningGateway.batch(client);
                GatewaySession streaming = RunningGateway.streaming(client)) {
            String query = "SELECT CAST(x AS INT) FROM (VALUES '1', 'abc') AS t (x)";

            assertThatThrownBy(() -> batch.run(query, LIMIT))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("abc");
            assertThatThrownBy(() -> streaming.run(query, LIMIT))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("abc");
        }
    }

    @Test
    void anInsertThatFailsAsItRunsFailsWhereItIsWaitedFor() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(
                        client, Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true"))) {
            session.configure("CREATE TEMPORARY TABLE hole (n INT) WITH ('connector' = 'blackhole')");

            assertThatThrownBy(() -> session.run(
                            "INSERT INTO hole SELECT CAST(x AS INT) FROM (VALUES '1', 'abc') AS t (x)", LIMIT))
                    .isInstanceOf(JobFailedException.class)
                    .hasMessageContaining("abc");
        }
    }

    @Test
    void aCancelledStatementEndsItsJobAndSaysSo() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(
                        client,
                        Map.of(
                                "execution.runtime-mode",
                                "streaming",
                                "table.dml-sync",
                                "true",
                                "pipeline.name",
                                "to be cancelled"))) {
            session.configure("CREATE TEMPORARY TABLE hole (n INT) WITH ('connector' = 'blackhole')");
            session.configure("CREATE TEMPORARY TABLE endless (n INT) WITH ('connector' = 'datagen',"
                    + " 'rows-per-second' = '10')");
            GatewayOperation operation = session.execute("INSERT INTO hole SELECT n FROM endless");
            await(() -> gateway.hasRunForAWhile("to be cancelled"));
            assertThatThrownBy(() -> operation.results().next(Duration.ofMillis(1)))
                    .isInstanceOf(GatewayTimeoutException.class);

            assertThat(operation.cancel()).isEqualTo(OperationStatus.CANCELED);

            assertThatThrownBy(() -> operation.results().next(LIMIT)).isInstanceOf(StatementCancelledException.class);
            await(() -> gateway.stateOfJobNamed("to be cancelled").equals("CANCELED"));
        }
    }

    @Test
    void whatHasFinishedCannotBeCancelled() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of());
                GatewayOperation operation = session.execute("SHOW CATALOGS")) {
            operation.results().readAll(LIMIT);

            assertThatThrownBy(operation::cancel).isInstanceOf(GatewayException.class);
        }
    }

    @Test
    void aClosedOperationIsGone() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of())) {
            GatewayOperation operation = session.execute("SHOW CATALOGS");
            operation.close();
            operation.close();

            assertThatThrownBy(operation::fetchStatus).isInstanceOf(OperationGoneException.class);
            assertThatThrownBy(() -> operation.results().next(LIMIT)).isInstanceOf(OperationGoneException.class);
        }
    }
}
