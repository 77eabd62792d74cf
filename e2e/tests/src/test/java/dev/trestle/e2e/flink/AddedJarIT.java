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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.StatementFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running gateway and cluster that have nothing of ours: a session brings the jar by ADD JAR. */
@Tag("full")
@Timeout(600)
class AddedJarIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Map<String, String> BATCH =
            Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true");

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static CatalogServerProcess server;
    private static GatewayClient gateway;

    @BeforeAll
    static void start() {
        BuildOutput build = BuildOutput.find();
        FreePorts ports = new FreePorts();
        processes = new ProcessGroup();
        server = CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
        FlinkCluster flink = FlinkCluster.start(
                processes,
                ports,
                new FlinkDistribution(build.flinkJars(), List.of()),
                directory.resolve("flink"),
                Map.of(),
                Map.of());
        gateway = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
        try (GatewaySession session = gateway.openSession(BATCH)) {
            addCatalog(session);
            session.configure("CREATE DATABASE lake.d");
        }
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        processes.close();
    }

    @Test
    void tablesAreMadeWrittenAndRead() {
        try (GatewaySession session = gateway.openSession(BATCH)) {
            addCatalog(session);
            session.configure("CREATE TABLE lake.d.t (id INT, name STRING, PRIMARY KEY (id) NOT ENFORCED)"
                    + " WITH ('bucket' = '1')");
            session.run("INSERT INTO lake.d.t VALUES (1, 'one'), (2, 'two')", LIMIT);
            session.run("INSERT INTO lake.d.t VALUES (2, 'TWO')", LIMIT);

            assertThat(values(session, "SELECT id, name FROM lake.d.t ORDER BY id"))
                    .containsExactly(List.of(1, "one"), List.of(2, "TWO"));
            assertThat(values(session, "SELECT COUNT(*) FROM lake.d.`t$snapshots`"))
                    .containsExactly(List.of(2L));
        }
    }

    @Test
    void everySessionBringsTheJarForItself() {
        try (GatewaySession first = gateway.openSession(BATCH)) {
            addCatalog(first);
            first.configure("CREATE TABLE lake.d.shared (id INT)");
            first.run("INSERT INTO lake.d.shared VALUES (1)", LIMIT);
        }
        try (GatewaySession without = gateway.openSession(BATCH)) {
            assertThatThrownBy(() -> createCatalog(without))
                    .isInstanceOf(StatementFailedException.class)
                    .hasMessageContaining("trestle");
        }
        try (GatewaySession second = gateway.openSession(BATCH)) {
            addCatalog(second);
            second.run("INSERT INTO lake.d.shared VALUES (2)", LIMIT);

            assertThat(values(second, "SELECT id FROM lake.d.shared ORDER BY id"))
                    .containsExactly(List.of(1), List.of(2));
        }
    }

    @Test
    void aStreamIsReadWhileItIsWritten() {
        Map<String, String> streaming = Map.of("execution.runtime-mode", "streaming");
        try (GatewaySession writer = gateway.openSession(BATCH);
                GatewaySession reader = gateway.openSession(streaming)) {
            addCatalog(writer);
            writer.configure("CREATE TABLE lake.d.events (id INT)");
            addCatalog(reader);
            try (GatewayOperation query = reader.execute(
                    "SELECT id FROM lake.d.events" + " /*+ OPTIONS('continuous.discovery-interval' = '100 ms') */")) {
                List<Object> ids = new ArrayList<>();

                writer.run("INSERT INTO lake.d.events VALUES (1)", LIMIT);
                readUntil(query, ids, 1);
                writer.run("INSERT INTO lake.d.events VALUES (2)", LIMIT);
                readUntil(query, ids, 2);

                assertThat(ids).containsExactly(1, 2);
            }
        }
    }

    private static void readUntil(GatewayOperation query, List<Object> ids, int count) {
        while (ids.size() < count) {
            ResultPage page = query.results().next(LIMIT).orElseThrow();
            page.rows().forEach(row -> ids.addAll(row.values()));
        }
    }

    private static List<List<Object>> values(GatewaySession session, String query) {
        return session.run(query, LIMIT).rows().stream().map(Row::values).toList();
    }

    private static void addCatalog(GatewaySession session) {
        session.configure("ADD JAR '" + BuildOutput.find().flinkJarWithHadoop() + "'");
        createCatalog(session);
    }

    private static void createCatalog(GatewaySession session) {
        session.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + server.uri()
                + "', 'warehouse' = '" + server.warehouse() + "', 'token.provider' = 'bear', 'token' = '${file:"
                + server.tokenFile() + "}')");
    }
}
