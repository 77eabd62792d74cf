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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The REST calls and the time of each statement of a Flink session, beside those of Paimon's own Flink catalog: one catalog
 * server, which counts its calls, and for each side a real cluster with a SQL gateway. Both clusters run all the while, the
 * script runs on them in turn; at the round trip of this machine, then at a longer one.
 */
public final class ScriptBenchmark {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<Duration> ADDED_ROUND_TRIPS = List.of(Duration.ZERO, Duration.ofMillis(20));
    private static final int ROUNDS = 5;
    private static final int SHOWN_OF_A_STATEMENT = 60;

    private final BuildOutput build;
    private final Path directory;
    private final int rounds;
    private final List<String> script;

    private ScriptBenchmark(BuildOutput build, Path directory, int rounds) {
        this.build = requireNonNull(build, "build is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.rounds = rounds;
        this.script = script();
    }

    /** One side: the jars in its Flink's {@code lib}, and how its catalog is created. */
    private record Side(String name, List<Path> jars, String catalogOptions) {}

    /** A statement as it was executed once. */
    private record Execution(CallCounts calls, long nanos) {}

    /** A statement as it was executed in each round, by either side. */
    private record Measured(String statement, List<Execution> paimon, List<Execution> trestle) {}

    /** @param arguments how many rounds are measured after one that warms up; 5 where it is not given */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        BuildOutput build = BuildOutput.find();
        Path directory = Files.createTempDirectory(
                Files.createDirectories(build.directory().resolve("benchmark")), "script");
        new ScriptBenchmark(build, directory, rounds).run();
    }

    private void run() {
        Side paimon = new Side(
                "paimon",
                Stream.concat(build.paimonFlinkJars().stream(), build.hadoopJars().stream())
                        .toList(),
                "'type' = 'paimon', 'metastore' = 'rest'");
        Side trestle = new Side("trestle", List.of(build.flinkJarWithHadoop()), "'type' = 'trestle'");
        FreePorts ports = new FreePorts();
        try (ProcessGroup processes = new ProcessGroup()) {
            CatalogServerProcess server =
                    CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
            try (GatewayClient theirs = startCluster(paimon, processes, ports);
                    GatewayClient ours = startCluster(trestle, processes, ports)) {
                for (Duration added : ADDED_ROUND_TRIPS) {
                    try (DelayingProxy way = DelayingProxy.start(server.uri(), added)) {
                        List<List<Execution>> theirRounds = new ArrayList<>();
                        List<List<Execution>> ourRounds = new ArrayList<>();
                        for (int round = 0; round <= rounds; round++) {
                            List<Execution> their = runScript(paimon, theirs, server, way.uri());
                            List<Execution> our = runScript(trestle, ours, server, way.uri());
                            if (round > 0) {
                                theirRounds.add(their);
                                ourRounds.add(our);
                            }
                        }
                        report(added, theirRounds, ourRounds);
                    }
                }
            }
        }
    }

    private GatewayClient startCluster(Side side, ProcessGroup processes, FreePorts ports) {
        FlinkCluster flink = FlinkCluster.start(
                processes,
                ports,
                new FlinkDistribution(build.flinkJars(), side.jars()),
                directory.resolve(side.name()),
                Map.of(),
                Map.of());
        return GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
    }

    /** Creating the catalog, and each statement of the script. */
    private List<Execution> runScript(Side side, GatewayClient gateway, CatalogServerProcess server, URI uri) {
        try (GatewaySession session =
                gateway.openSession(Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true"))) {
            List<Execution> executions = new ArrayList<>();
            executions.add(execute(session, createCatalog(side, server, uri), server));
            for (String statement : script) {
                executions.add(execute(session, statement, server));
            }
            return executions;
        }
    }

    private static Execution execute(GatewaySession session, String statement, CatalogServerProcess server) {
        CallCounts before = server.fetchCallCounts();
        long start = System.nanoTime();
        try (GatewayOperation operation = session.execute(statement)) {
            operation.results().readAll(LIMIT);
        }
        long nanos = System.nanoTime() - start;
        return new Execution(server.fetchCallCounts().since(before), nanos);
    }

    private static String createCatalog(Side side, CatalogServerProcess server, URI uri) {
        try {
            return "CREATE CATALOG c WITH (%s, 'uri' = '%s', 'warehouse' = '%s', 'token.provider' = 'bear', 'token' = '%s')"
                    .formatted(
                            side.catalogOptions(),
                            uri,
                            server.warehouse(),
                            Files.readString(server.tokenFile()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> script() {
        try (InputStream resource = ScriptBenchmark.class.getResourceAsStream("script.sql")) {
            String text = new String(requireNonNull(resource, "script.sql").readAllBytes(), StandardCharsets.UTF_8);
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

    private void report(Duration added, List<List<Execution>> theirs, List<List<Execution>> ours) {
        List<Measured> statements = IntStream.rangeClosed(0, script.size())
                .mapToObj(i -> new Measured(
                        i == 0 ? "CREATE CATALOG" : script.get(i - 1),
                        theirs.stream().map(round -> round.get(i)).toList(),
                        ours.stream().map(round -> round.get(i)).toList()))
                .toList();
        print("Added round trip: %d ms; medians of %d rounds%n", added.toMillis(), rounds);
        print(
                "%s%n",
                AsciiTable.getTable(
                        statements,
                        List.of(
                                new Column()
                                        .header("statement")
                                        .dataAlign(HorizontalAlign.LEFT)
                                        .maxWidth(SHOWN_OF_A_STATEMENT + 4)
                                        .with(row -> shortened(row.statement())),
                                new Column().header("Paimon calls").with(row -> "" + calls(row.paimon())),
                                new Column().header("Trestle calls").with(row -> "" + calls(row.trestle())),
                                new Column().header("Paimon ms").with(row -> "" + millis(row.paimon())),
                                new Column().header("Trestle ms").with(row -> "" + millis(row.trestle())),
                                new Column()
                                        .header("what Trestle calls")
                                        .dataAlign(HorizontalAlign.LEFT)
                                        .maxWidth(SHOWN_OF_A_STATEMENT)
                                        .with(row -> operations(row.trestle().get(0))))));
        printShare("calls", theirs, ours, execution -> execution.calls().total(), 1);
        printShare("ms", theirs, ours, Execution::nanos, 1_000_000);
    }

    /** The whole script: the median of the rounds. */
    private static void printShare(
            String unit,
            List<List<Execution>> theirs,
            List<List<Execution>> ours,
            ToLongFunction<Execution> value,
            long divisor) {
        long their = median(theirs.stream().map(round -> sum(round, value)).toList());
        long our = median(ours.stream().map(round -> sum(round, value)).toList());
        print(
                "%s of the script: Paimon %d, Trestle %d, share %.2f%n",
                unit, their / divisor, our / divisor, (double) our / their);
    }

    private static long sum(List<Execution> round, ToLongFunction<Execution> value) {
        return round.stream().mapToLong(value).sum();
    }

    private static long calls(List<Execution> executions) {
        return median(
                executions.stream().map(execution -> execution.calls().total()).toList());
    }

    private static long millis(List<Execution> executions) {
        return median(executions.stream().map(Execution::nanos).toList()) / 1_000_000;
    }

    private static String operations(Execution execution) {
        return execution.calls().byOperation().entrySet().stream()
                .map(operation -> operation.getValue() == 1
                        ? operation.getKey()
                        : operation.getValue() + " " + operation.getKey())
                .collect(Collectors.joining(", "));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @SuppressWarnings("SystemOut") // A command that a person runs.
    private static void print(String format, Object... values) {
        System.out.printf(format, values);
    }

    private static String shortened(String statement) {
        String line = statement.replaceAll("\\s+", " ");
        return line.length() <= SHOWN_OF_A_STATEMENT ? line : line.substring(0, SHOWN_OF_A_STATEMENT) + "…";
    }
}
