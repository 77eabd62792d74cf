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

import dev.trestle.e2e.BuildOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;

/**
 * An object store, a catalog server on it, a Flink cluster with two TaskManagers and its SQL gateway: each a container, on one
 * network. Flink has the shipped jar in its {@code lib}, and Paimon's access to S3.
 */
final class ContainerLake implements AutoCloseable {

    /** The environment variable of Flink's containers that holds the token for the catalog server. */
    static final String TOKEN_VARIABLE = "LAKE_TOKEN";

    private static final int SERVER_PORT = 8080;
    private static final int JOB_MANAGER_PORT = 8081;
    private static final int GATEWAY_PORT = 8083;
    private static final String TOKEN = "a token for containers";
    private static final String JOB_MANAGER = "jobmanager";
    private static final String SERVER = "catalog-server";
    private static final String WAREHOUSE = "s3://lake/warehouse";

    /** The store writes a line for every step that it takes, unless it is told not to. */
    private static final String QUIET =
            """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{0} - %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="console" /></root>
            </configuration>
            """;

    private final Network network = Network.newNetwork();
    private final Store store = Store.withRandomSecret("store");
    private final ContainerImages images;
    private final BuildOutput build;
    private final Path logs;
    private final NetworkedContainer storeContainer;
    private final NetworkedContainer server;
    private final NetworkedContainer jobManager;
    private final List<NetworkedContainer> taskManagers;
    private final NetworkedContainer gateway;

    private ContainerLake(ContainerImages images, BuildOutput build) {
        this.images = images;
        this.build = build;
        this.logs = emptyDirectory(build.directory().resolve("containers"));
        this.storeContainer = store();
        this.server = server();
        this.jobManager = jobManager();
        this.taskManagers = List.of(taskManager("taskmanager-1"), taskManager("taskmanager-2"));
        this.gateway = gateway();
    }

    /** Starts all of it and returns when the gateway takes statements and both TaskManagers have registered. */
    static ContainerLake start(ContainerImages images, BuildOutput build) {
        ContainerLake lake = new ContainerLake(images, build);
        try {
            Startables.deepStart(lake.containers()).join();
            return lake;
        } catch (RuntimeException e) {
            lake.close();
            throw e;
        }
    }

    /** The catalog server's address for the other containers. */
    URI serverUri() {
        return URI.create("http://" + SERVER + ":" + SERVER_PORT);
    }

    /** What the catalog server calls its warehouse. */
    String warehouse() {
        return WAREHOUSE;
    }

    /** The SQL gateway's address for this machine. */
    URI gatewayUri() {
        return gateway.uri(GATEWAY_PORT);
    }

    /** The JobManager's REST endpoint for this machine. */
    URI jobManagerUri() {
        return jobManager.uri(JOB_MANAGER_PORT);
    }

    /** Ends a TaskManager without a warning. */
    void kill(String taskManager) {
        taskManagers.stream()
                .filter(container -> container.name().equals(taskManager))
                .findFirst()
                .orElseThrow()
                .kill();
    }

    @Override
    public void close() {
        containers().forEach(NetworkedContainer::stop);
        network.close();
    }

    private Stream<NetworkedContainer> containers() {
        return Stream.of(Stream.of(gateway), taskManagers.stream(), Stream.of(jobManager, server, storeContainer))
                .flatMap(containers -> containers);
    }

    private NetworkedContainer store() {
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-Dlogback.configurationFile=/opt/logback.xml",
                "-cp",
                "/opt/store/*",
                "dev.trestle.server.objectstore.TestObjectStoreCommand"));
        command.addAll(store.arguments());
        return new NetworkedContainer(images.java(), network, store.host(), "-Xmx256m", logs)
                .withJars(build.objectStoreJars(), "/opt/store")
                .withCopyToContainer(Transferable.of(QUIET), "/opt/logback.xml")
                .withEnv(Store.SECRET_VARIABLE, store.secret())
                .withCommand(command.toArray(String[]::new))
                .readyAt(Store.PORT, "/", 403);
    }

    private NetworkedContainer server() {
        List<String> command = new ArrayList<>(List.of(
                "java",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-Dlogback.configurationFile=dev/trestle/server/logback-server.xml",
                "-cp",
                "/opt/catalog-server/*",
                "dev.trestle.server.ServerCommand",
                "--host=0.0.0.0",
                "--port=" + SERVER_PORT,
                "--warehouse=" + WAREHOUSE,
                "--database-url=jdbc:sqlite:/tmp/catalog.db",
                "--token=env:" + TOKEN_VARIABLE));
        command.addAll(store.serverArguments());
        return new NetworkedContainer(images.java(), network, SERVER, "-Xmx384m", logs)
                .withJars(build.catalogServerJars(), "/opt/catalog-server")
                .withEnv(TOKEN_VARIABLE, TOKEN)
                .withEnv(Store.SECRET_VARIABLE, store.secret())
                .withCommand(command.toArray(String[]::new))
                .dependsOn(storeContainer)
                .readyAt(SERVER_PORT, "/health", 200);
    }

    private NetworkedContainer jobManager() {
        return flink(JOB_MANAGER, "", Map.of()).withCommand("jobmanager").readyAt(JOB_MANAGER_PORT, "/overview", 200);
    }

    private NetworkedContainer taskManager(String name) {
        return flink(name, "", Map.of("taskmanager.host", name, "taskmanager.resource-id", name))
                .withCommand("taskmanager")
                .dependsOn(jobManager)
                .readyWhenItWrites("Successful registration at resource manager");
    }

    private NetworkedContainer gateway() {
        return flink(
                        "gateway",
                        "-Xmx512m",
                        Map.of(
                                "sql-gateway.endpoint.rest.address",
                                "gateway",
                                "sql-gateway.endpoint.rest.bind-address",
                                "0.0.0.0",
                                "sql-gateway.endpoint.rest.bind-port",
                                Integer.toString(GATEWAY_PORT)))
                .withCommand("sql-gateway.sh", "start-foreground")
                .readyAt(GATEWAY_PORT, "/v1/info", 200);
    }

    private NetworkedContainer flink(String name, String heap, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "jobmanager.rpc.address", JOB_MANAGER,
                "jobmanager.bind-host", "0.0.0.0",
                "jobmanager.memory.process.size", "1024m",
                "rest.address", JOB_MANAGER,
                "rest.bind-address", "0.0.0.0",
                "taskmanager.bind-host", "0.0.0.0",
                "taskmanager.memory.process.size", "1408m",
                "taskmanager.memory.managed.size", "64m",
                "taskmanager.numberOfTaskSlots", "4",
                "parallelism.default", "2"));
        // A killed TaskManager is missed soon, but not one that a busy machine keeps waiting.
        all.put("heartbeat.interval", "1000");
        all.put("heartbeat.timeout", "30000");
        all.put("execution.target", "remote");
        all.putAll(options);
        return new NetworkedContainer(images.flink(), network, name, heap, logs)
                .withJars(List.of(build.flinkJarWithHadoop()), "/opt/flink/lib")
                .withJars(build.paimonS3Jars(), "/opt/flink/lib")
                .withEnv(TOKEN_VARIABLE, TOKEN)
                // The public image takes all white space out of a value.
                .withEnv(
                        "FLINK_PROPERTIES",
                        all.entrySet().stream()
                                .map(option -> option.getKey() + ": " + option.getValue())
                                .collect(Collectors.joining("\n")));
    }

    private static Path emptyDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
