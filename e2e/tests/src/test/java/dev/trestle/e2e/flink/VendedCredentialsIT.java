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
import dev.trestle.e2e.storage.VendedLake;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stock Flink with the shipped jar and Paimon's S3 plugin in its lib directory, a catalog server and an object store, all of
 * them processes: a job writes and reads with vended keys, while they expire.
 */
@Tag("full")
@Timeout(600)
class VendedCredentialsIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int KEY_LIFE_SECONDS = 20;
    private static final int ROWS_PER_SECOND = 5;
    /** Two lives of a key, and a half. */
    private static final int ROWS = ROWS_PER_SECOND * KEY_LIFE_SECONDS * 5 / 2;

    private final BuildOutput build = BuildOutput.find();
    private final FreePorts ports = new FreePorts();

    @TempDir
    private Path directory;

    @Test
    void aJobOfAStockFlinkOutlivesItsKeysTwice() throws Exception {
        try (ProcessGroup processes = new ProcessGroup()) {
            VendedLake lake =
                    VendedLake.start(processes, ports, build, directory, Duration.ofSeconds(KEY_LIFE_SECONDS));
            List<Path> added = new ArrayList<>(build.paimonS3Jars());
            added.add(build.flinkJarWithHadoop());
            FlinkCluster flink = FlinkCluster.start(
                    processes,
                    ports,
                    new FlinkDistribution(build.flinkJars(), added),
                    directory.resolve("flink"),
                    Map.of(),
                    Map.of());
            // No job is started again: one that a key's end stops has failed.
            try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
                    GatewaySession session = gateway.openSession(Map.of(
                            "table.dml-sync",
                            "true",
                            "execution.checkpointing.interval",
                            "2 s",
                            "restart-strategy.type",
                            "none"))) {
                session.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + lake.uri()
                        + "', 'warehouse' = '" + VendedLake.WAREHOUSE + "', 'token.provider' = 'bear', 'token' = '"
                        + VendedLake.TOKEN + "')");
                session.configure("CREATE DATABASE lake.d");
                session.configure("CREATE TABLE lake.d.t (id INT, v STRING)");
                session.configure(
                        "CREATE TEMPORARY TABLE lake.d.source (id INT, v STRING) WITH ('connector' = 'datagen',"
                                + " 'rows-per-second' = '" + ROWS_PER_SECOND + "', 'fields.id.kind' = 'sequence',"
                                + " 'fields.id.start' = '1', 'fields.id.end' = '" + ROWS + "')");

                session.run("INSERT INTO lake.d.t SELECT id, v FROM lake.d.source", LIMIT);

                session.configure("SET 'execution.runtime-mode' = 'batch'");
                assertThat(session.run("SELECT COUNT(*), MIN(id), MAX(id) FROM lake.d.t", LIMIT)
                                .rows())
                        .extracting(Row::values)
                        .containsExactly(List.of((long) ROWS, 1, ROWS));
            }
            assertThat(lake.fetchTokenCalls())
                    .as("calls for keys: each is good for a third of the job, and each process asks for itself")
                    .isBetween(3L, 60L);
            assertThat(lake.refusedKeys())
                    .as("requests with a key that had ended")
                    .isZero();
        }
    }
}
