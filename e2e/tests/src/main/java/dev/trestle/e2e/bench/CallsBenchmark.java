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
package dev.trestle.e2e.bench;

import static java.util.Objects.requireNonNull;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.flink.FlinkDistribution;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CallCounts;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * REST calls of each statement of a Flink session, beside those of Paimon's own Flink catalog: one catalog server, which
 * counts them, and a real cluster with a SQL gateway for each side, one after the other.
 */
public final class CallsBenchmark {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SHOWN_OF_A_STATEMENT = 60;

    private final BuildOutput build;
    private final Path directory;

    private CallsBenchmark(BuildOutput build, Path directory) {
        this.build = requireNonNull(build, "build is null");
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** One side: the jars in its Flink's {@code lib}, and how its catalog is created. */
    private record Side(String name, List<Path> jars, String catalogOptions) {}

    private record Measured(String statement, long paimon, long trestle) {}

    public static void main(String[] arguments) throws IOException {
        BuildOutput build = BuildOutput.find();
        Path directory = Files.createTempDirectory(
                Files.createDirectories(build.directory().resolve("benchmark")), "calls");
        print(new CallsBenchmark(build, directory).run());
    }

    private List<Measured> run() {
        Side paimon = new Side(
                "paimon",
                Stream.concat(build.paimonFlinkJars().stream(), build.hadoopJars().stream())
                        .toList(),
                "'type' = 'paimon', 'metastore' = 'rest'");
        Side trestle = new Side("trestle", List.of(build.flinkJarWithHadoop()), "'type' = 'trestle'");
        List<String> script = script();
        FreePorts ports = new FreePorts();
        try (ProcessGroup processes = new ProcessGroup()) {
            CatalogServerProcess server =
                    CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
            List<Long> theirs = count(paimon, script, server, ports);
            List<Long> ours = count(trestle, script, server, ports);
            List<Measured> measured = new ArrayList<>();
            for (int i = 0; i < theirs.size(); i++) {
                measured.add(new Measured(i == 0 ? "CREATE CATALOG" : script.get(i - 1), theirs.get(i), ours.get(i)));
            }
            return measured;
        }
    }

    /** The calls of creating the catalog, and of each statement of the script. */
    private List<Long> count(Side side, List<String> script, CatalogServerProcess server, FreePorts ports) {
        try (ProcessGroup processes = new ProcessGroup()) {
            FlinkCluster flink = FlinkCluster.start(
                    processes,
                    ports,
                    new FlinkDistribution(build.flinkJars(), side.jars()),
                    directory.resolve(side.name()),
                    Map.of(),
                    Map.of());
            try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
                    GatewaySession session =
                            gateway.openSession(Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true"))) {
                List<Long> calls = new ArrayList<>();
                calls.add(count(session, createCatalog(side, server), server));
                for (String statement : script) {
                    calls.add(count(session, statement, server));
                }
                return calls;
            }
        }
    }

    private static long count(GatewaySession session, String statement, CatalogServerProcess server) {
        CallCounts before = server.fetchCallCounts();
        try (GatewayOperation operation = session.execute(statement)) {
            operation.results().readAll(LIMIT);
        }
        return server.fetchCallCounts().since(before).total();
    }

    private static String createCatalog(Side side, CatalogServerProcess server) {
        try {
            return "CREATE CATALOG c WITH (%s, 'uri' = '%s', 'warehouse' = '%s', 'token.provider' = 'bear', 'token' = '%s')"
                    .formatted(
                            side.catalogOptions(),
                            server.uri(),
                            server.warehouse(),
                            Files.readString(server.tokenFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> script() {
        try (InputStream resource = CallsBenchmark.class.getResourceAsStream("calls.sql")) {
            String text = new String(requireNonNull(resource, "calls.sql").readAllBytes(), StandardCharsets.UTF_8);
            return text
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .reduce((first, second) -> first + "\n" + second)
                    .stream()
                    .flatMap(all -> Stream.of(all.split(";\n|;$")))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("SystemOut") // A command that a person runs.
    private static void print(List<Measured> measured) {
        long theirs = measured.stream().mapToLong(Measured::paimon).sum();
        long ours = measured.stream().mapToLong(Measured::trestle).sum();
        List<Measured> rows = new ArrayList<>(measured);
        rows.add(new Measured("all", theirs, ours));
        System.out.println(AsciiTable.getTable(
                rows,
                List.of(
                        new Column()
                                .header("statement")
                                .dataAlign(HorizontalAlign.LEFT)
                                .maxWidth(SHOWN_OF_A_STATEMENT + 4)
                                .with(row -> shortened(row.statement())),
                        new Column().header("Paimon").with(row -> Long.toString(row.paimon())),
                        new Column().header("Trestle").with(row -> Long.toString(row.trestle())))));
        System.out.printf("share of Paimon's calls: %.2f%n", (double) ours / theirs);
    }

    private static String shortened(String statement) {
        String line = statement.replaceAll("\\s+", " ");
        return line.length() <= SHOWN_OF_A_STATEMENT ? line : line.substring(0, SHOWN_OF_A_STATEMENT) + "…";
    }
}
