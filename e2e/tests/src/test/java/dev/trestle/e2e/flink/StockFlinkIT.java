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
package dev.trestle.e2e.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.StatementResult;
import dev.trestle.flink.gateway.TableRefresh;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each shipped jar in the lib directory of a Flink that has nothing else of ours. */
@Tag("full")
@Timeout(600)
class StockFlinkIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final BuildOutput build = BuildOutput.find();

    @TempDir
    private Path directory;

    @Test
    void theJarWithHadoopNeedsNothingElse() {
        assertThatTablesAreWrittenAndRead(List.of(build.flinkJarWithHadoop()));
    }

    @Test
    void theJarWithoutHadoopNeedsHadoopsClientBesideIt() {
        List<Path> added = new ArrayList<>(build.hadoopJars());
        added.add(build.flinkJar());

        assertThatTablesAreWrittenAndRead(added);
    }

    private void assertThatTablesAreWrittenAndRead(List<Path> addedJars) {
        FreePorts ports = new FreePorts();
        try (ProcessGroup processes = new ProcessGroup()) {
            CatalogServerProcess server =
                    CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
            FlinkCluster flink = FlinkCluster.start(
                    processes,
                    ports,
                    new FlinkDistribution(build.flinkJars(), addedJars),
                    directory.resolve("flink"),
                    Map.of("workflow-scheduler.type", "embedded"),
                    Map.of());
            try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
                    GatewaySession session =
                            gateway.openSession(Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true"))) {
                session.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + server.uri()
                        + "', 'warehouse' = '" + server.warehouse() + "', 'token.provider' = 'bear', 'token' = '${file:"
                        + server.tokenFile() + "}')");
                session.configure("CREATE DATABASE lake.d");
                session.configure("CREATE TABLE lake.d.t (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('bucket' = '1')");
                session.run("INSERT INTO lake.d.t VALUES (1, 'one'), (2, 'two')", LIMIT);
                session.run("INSERT INTO lake.d.t VALUES (2, 'TWO')", LIMIT);

                StatementResult result = session.run("SELECT id, name FROM lake.d.t ORDER BY id", LIMIT);

                assertThat(result.rows()).extracting(Row::values).containsExactly(List.of(1, "one"), List.of(2, "TWO"));
                assertThatVariantsAreWrittenAndRead(session);
                assertThatAMaterializedTableIsRefreshed(session);
            }
        }
    }

    /** Paimon's jar brings empty stand-ins for Flink's classes of this type, which must not be in ours. */
    private static void assertThatVariantsAreWrittenAndRead(GatewaySession session) {
        session.configure("CREATE TABLE lake.d.v (id INT, v VARIANT)");
        session.run("INSERT INTO lake.d.v SELECT 1, PARSE_JSON('{\"a\": [1, \"x\"]}')", LIMIT);

        StatementResult result = session.run("SELECT id, JSON_STRING(v), JSON_STRING(v['a'][2]) FROM lake.d.v", LIMIT);

        assertThat(result.rows()).extracting(Row::values).containsExactly(List.of(1, "{\"a\":[1,\"x\"]}", "\"x\""));
    }

    /** By the call that the gateway has for it, in its version 3. */
    private static void assertThatAMaterializedTableIsRefreshed(GatewaySession session) {
        session.run(
                "CREATE MATERIALIZED TABLE lake.d.mt FRESHNESS = INTERVAL '1' HOUR REFRESH_MODE = FULL"
                        + " AS SELECT id, name FROM lake.d.t",
                LIMIT);

        try (GatewayOperation refresh = session.refresh(TableRefresh.of("lake.d.mt"))) {
            assertThat(refresh.results().readAll(LIMIT).rows()).hasSize(1);
        }

        // The refresh has begun when its result is there; the test's time limit is the bound.
        StatementResult result;
        do {
            result = session.run("SELECT id, name FROM lake.d.mt ORDER BY id", LIMIT);
        } while (result.rows().isEmpty());
        assertThat(result.rows()).extracting(Row::values).containsExactly(List.of(1, "one"), List.of(2, "TWO"));
    }
}
