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

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration that the three processes of a cluster share: {@code config.yaml} and Log4j's.
 *
 * @param overrides Flink options that win over the ones here
 */
record FlinkConfiguration(FlinkPorts ports, Path directory, Map<String, String> overrides) {

    private static final String LOOPBACK = "127.0.0.1";

    private static final String LOG4J =
            """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = Console
            appender.console.name = Console
            appender.console.type = CONSOLE
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m%n
            """;

    /** What Flink's own scripts open to it. */
    private static final List<String> JVM_OPTIONS = Stream.concat(
                    Stream.of(
                                    "java.base/sun.net.util",
                                    "java.rmi/sun.rmi.registry",
                                    "java.security.jgss/sun.security.krb5")
                            .map(name -> "--add-exports=" + name + "=ALL-UNNAMED"),
                    Stream.of(
                                    "java.lang",
                                    "java.net",
                                    "java.io",
                                    "java.nio",
                                    "sun.nio.ch",
                                    "java.lang.reflect",
                                    "java.text",
                                    "java.time",
                                    "java.util",
                                    "java.util.concurrent",
                                    "java.util.concurrent.atomic",
                                    "java.util.concurrent.locks")
                            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
            .toList();

    FlinkConfiguration {
        requireNonNull(ports, "ports is null");
        requireNonNull(directory, "directory is null");
        overrides = Map.copyOf(overrides);
    }

    /** Writes the files. */
    void write() {
        try {
            Files.createDirectories(directory);
            Files.createDirectories(temporaryDirectory());
            Files.writeString(
                    directory.resolve("config.yaml"),
                    options().entrySet().stream()
                            .map(option ->
                                    option.getKey() + ": '" + option.getValue().replace("'", "''") + "'\n")
                            .collect(Collectors.joining()));
            Files.writeString(log4j(), LOG4J);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write Flink's configuration to " + directory, e);
        }
    }

    /** The options that every process of Flink's is started with. */
    List<String> jvmOptions() {
        Stream<String> ofNewerReleases = Runtime.version().feature() >= 24
                ? Stream.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                : Stream.empty();
        return Stream.of(
                        JVM_OPTIONS.stream(),
                        ofNewerReleases,
                        Stream.of("-XX:+UseSerialGC", "-Dlog4j.configurationFile=" + log4j().toUri()))
                .flatMap(options -> options)
                .toList();
    }

    private Path log4j() {
        return directory.resolve("log4j.properties");
    }

    private Path temporaryDirectory() {
        return directory.resolveSibling("tmp");
    }

    private Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("jobmanager.rpc.address", LOOPBACK);
        options.put("jobmanager.rpc.port", Integer.toString(ports.jobManagerRpc()));
        options.put("jobmanager.bind-host", LOOPBACK);
        options.put("blob.server.port", Integer.toString(ports.blobs()));
        options.put("rest.address", LOOPBACK);
        options.put("rest.port", Integer.toString(ports.rest()));
        options.put("rest.bind-address", LOOPBACK);
        options.put("taskmanager.host", LOOPBACK);
        options.put("taskmanager.bind-host", LOOPBACK);
        options.put("taskmanager.rpc.port", Integer.toString(ports.taskManagerRpc()));
        options.put("taskmanager.data.port", Integer.toString(ports.taskManagerData()));
        options.put("taskmanager.resource-id", "taskmanager");
        options.put("taskmanager.numberOfTaskSlots", "4");
        options.put("taskmanager.cpu.cores", "4.0");
        options.put("taskmanager.memory.framework.heap.size", "128m");
        options.put("taskmanager.memory.task.heap.size", "896m");
        options.put("taskmanager.memory.framework.off-heap.size", "128m");
        options.put("taskmanager.memory.task.off-heap.size", "128m");
        options.put("taskmanager.memory.managed.size", "256m");
        options.put("taskmanager.memory.network.min", "64m");
        options.put("taskmanager.memory.network.max", "64m");
        options.put("taskmanager.memory.jvm-metaspace.size", "256m");
        options.put("taskmanager.memory.jvm-overhead.min", "128m");
        options.put("taskmanager.memory.jvm-overhead.max", "128m");
        options.put("sql-gateway.endpoint.rest.address", LOOPBACK);
        options.put("sql-gateway.endpoint.rest.bind-address", LOOPBACK);
        options.put("sql-gateway.endpoint.rest.port", Integer.toString(ports.gateway()));
        options.put("sql-gateway.endpoint.rest.bind-port", Integer.toString(ports.gateway()));
        options.put("execution.target", "remote");
        options.put("parallelism.default", "1");
        options.put("io.tmp.dirs", temporaryDirectory().toString());
        options.putAll(overrides);
        return options;
    }
}
