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
package dev.trestle.e2e.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A catalog server, a Flink cluster and an object store as on machines of their own: nothing in common but a network. */
@Tag("full")
@RequiresDocker
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContainersIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Map<String, String> BATCH =
            Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true");
    private static final Map<String, String> STREAMING = Map.of(
            "execution.runtime-mode", "streaming",
            "execution.checkpointing.interval", "500 ms",
            "table.dml-sync", "true");

    private static ContainerLake lake;
    private static GatewayClient gateway;

    @BeforeAll
    static void start() {
        BuildOutput build = BuildOutput.find();
        lake = ContainerLake.start(ContainerImages.fromSystemProperties(build), build);
        gateway = GatewayClient.connect(GatewaySettings.of(lake.gatewayUri()));
        try (GatewaySession session = session(BATCH)) {
            session.configure("CREATE DATABASE lake.d");
        }
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (lake != null) {
            lake.close();
        }
    }

    @Test
    void tablesAreMadeWrittenAndRead() {
        try (GatewaySession session = session(BATCH)) {
            session.configure("CREATE TABLE lake.d.orders (id INT, country STRING, amount DECIMAL(10, 2),"
                    + " PRIMARY KEY (id, country) NOT ENFORCED) PARTITIONED BY (country) WITH ('bucket' = '2')");
            session.run("INSERT INTO lake.d.orders VALUES (1, 'PL', 5.00), (2, 'DE', 7.50), (3, 'PL', 1.25)", LIMIT);
            session.run("INSERT INTO lake.d.orders VALUES (3, 'PL', 2.25), (4, 'DE', 0.50)", LIMIT);

            assertThat(values(
                            session,
                            "SELECT country, COUNT(*), CAST(SUM(amount) AS STRING) FROM lake.d.orders"
                                    + " GROUP BY country ORDER BY country"))
                    .containsExactly(List.of("DE", 2L, "8.00"), List.of("PL", 2L, "7.25"));
            assertThat(values(session, "SELECT file_path FROM lake.d.`orders$files`"))
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.get(0)).asString().startsWith(lake.warehouse() + "/"));
        }
    }

    @Test
    void aKilledTaskManagerLosesNoRowAndDoublesNone() throws Exception {
        int rows = 8000;
        try (GatewaySession writer = session(STREAMING);
                GatewaySession reader = session(STREAMING)) {
            writer.configure("CREATE TABLE lake.d.numbers (n BIGINT)");
            writer.configure("CREATE TEMPORARY TABLE counted (n BIGINT) WITH ('connector' = 'datagen',"
                    + " 'rows-per-second' = '150', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',"
                    + " 'fields.n.end' = '" + rows + "')");
            try (GatewayOperation query = reader.execute("SELECT n FROM lake.d.numbers"
                            + " /*+ OPTIONS('continuous.discovery-interval' = '200 ms') */");
                    GatewayOperation insert = writer.execute("INSERT INTO lake.d.numbers SELECT n FROM counted")) {
                awaitFirstRows(query);
                query.close();
                RunningJob job = RunningJob.find(lake.jobManagerUri(), "numbers");

                lake.kill(job.fetchTaskManagers().iterator().next());

                insert.results().readAll(LIMIT);
                assertThat(job.fetchFailures()).isPositive();
            }
        }
        try (GatewaySession session = session(BATCH)) {
            assertThat(values(session, "SELECT COUNT(*), COUNT(DISTINCT n), MIN(n), MAX(n) FROM lake.d.numbers"))
                    .containsExactly(List.of((long) rows, (long) rows, 1L, (long) rows));
        }
    }

    /** Rows that are read have been committed: the job is in the middle of its work. */
    private static void awaitFirstRows(GatewayOperation query) {
        while (query.results().next(LIMIT).orElseThrow().rows().isEmpty()) {
            // Pages without rows are how a stream waits.
        }
    }

    private static List<List<Object>> values(GatewaySession session, String query) {
        return session.run(query, LIMIT).rows().stream().map(Row::values).toList();
    }

    private static GatewaySession session(Map<String, String> properties) {
        GatewaySession session = gateway.openSession(properties);
        session.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + lake.serverUri()
                + "', 'warehouse' = '" + lake.warehouse() + "', 'token.provider' = 'bear', 'token' = '${env:"
                + ContainerLake.TOKEN_VARIABLE + "}')");
        return session;
    }
}
