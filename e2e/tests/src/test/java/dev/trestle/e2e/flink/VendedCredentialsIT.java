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
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.process.ReadinessProbe;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.Row;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    private static final Duration START = Duration.ofMinutes(2);
    private static final int KEY_LIFE_SECONDS = 20;
    private static final int ROWS_PER_SECOND = 5;
    /** Two lives of a key, and a half. */
    private static final int ROWS = ROWS_PER_SECOND * KEY_LIFE_SECONDS * 5 / 2;

    private static final String SECRET = "the-store's-own-secret";
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED");

    private final BuildOutput build = BuildOutput.find();
    private final FreePorts ports = new FreePorts();

    @TempDir
    private Path directory;

    @Test
    void aJobOfAStockFlinkOutlivesItsKeysTwice() throws Exception {
        try (ProcessGroup processes = new ProcessGroup()) {
            URI store = startStore(processes);
            URI server = startServer(processes, store);
            List<Path> added = new ArrayList<>(build.paimonS3Jars());
            added.add(build.flinkJarWithHadoop());
            FlinkCluster flink = FlinkCluster.start(
                    processes,
                    ports,
                    new FlinkDistribution(build.flinkJars(), added),
                    directory.resolve("flink"),
                    Map.of(),
                    Map.of());
            try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
                    GatewaySession session = gateway.openSession(
                            Map.of("table.dml-sync", "true", "execution.checkpointing.interval", "2 s"))) {
                session.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + server
                        + "', 'warehouse' = 's3://lake/wh', 'token.provider' = 'bear', 'token' = 'a-token')");
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
            assertThat(tokenCalls(server))
                    .as("calls for keys: each is good for a third of the job, and each process asks for itself")
                    .isBetween(3L, 60L);
        }
    }

    private URI startStore(ProcessGroup processes) {
        int port = ports.next();
        URI uri = URI.create("http://127.0.0.1:" + port);
        ManagedProcess store = processes.start(new ProcessSpec(
                "Object store",
                new JavaCommand(
                                "dev.trestle.server.objectstore.TestObjectStoreCommand",
                                JVM_OPTIONS,
                                build.objectStoreJars(),
                                List.of(directory.resolve("objects").toString(), Integer.toString(port)))
                        .words(),
                Map.of("STORE_SECRET", SECRET),
                directory,
                directory.resolve("object-store.log")));
        store.awaitReady(
                () -> {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        return socket.isConnected();
                    }
                },
                START);
        return uri;
    }

    private URI startServer(ProcessGroup processes, URI store) {
        int port = ports.next();
        URI uri = URI.create("http://127.0.0.1:" + port);
        List<String> arguments = Stream.of(
                        Stream.of(
                                "--port", Integer.toString(port), "--warehouse", "s3://lake/wh", "--token", "a-token"),
                        Stream.of("--database-url", "jdbc:sqlite:" + directory.resolve("catalog.db")),
                        Stream.of("--storage-option", "s3.endpoint=" + store),
                        Stream.of("--storage-option", "s3.path.style.access=true"),
                        Stream.of("--storage-option", "s3.access-key=root-key"),
                        Stream.of("--storage-option", "s3.secret-key=env:STORE_SECRET"),
                        Stream.of("--data-token-life", Integer.toString(KEY_LIFE_SECONDS)),
                        Stream.of("--data-token-option", "s3.endpoint=" + store),
                        Stream.of("--data-token-option", "s3.path.style.access=true"))
                .flatMap(words -> words)
                .toList();
        ManagedProcess server = processes.start(new ProcessSpec(
                "Catalog server",
                new JavaCommand("dev.trestle.server.ServerCommand", JVM_OPTIONS, build.catalogServerJars(), arguments)
                        .words(),
                Map.of("STORE_SECRET", SECRET),
                directory,
                directory.resolve("catalog-server.log")));
        server.awaitReady(ReadinessProbe.http(uri.resolve("/health")), START);
        return uri;
    }

    private static long tokenCalls(URI server) throws Exception {
        String counts = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve("/metrics/calls"))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return Long.parseLong(counts.replaceFirst("(?s).*\"getTableToken\"\\s*:\\s*(\\d+).*", "$1"));
    }
}
