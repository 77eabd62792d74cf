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
package dev.trestle.e2e.quickstart;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.flink.FlinkDistribution;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.spark.SparkDriver;
import dev.trestle.e2e.spark.SparkHome;
import dev.trestle.e2e.tpch.TpchRows;
import dev.trestle.e2e.trino.TrinoServerProcess;
import dev.trestle.e2e.trino.TrinoSettings;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One run: its processes, and the parts in order. */
final class QuickstartRun {

    private final BuildOutput build;
    private final Path directory;
    private final ProcessGroup processes;
    private final Transcript transcript;
    private final FreePorts ports = new FreePorts();

    QuickstartRun(BuildOutput build, Path directory, ProcessGroup processes, Transcript transcript) {
        this.build = requireNonNull(build, "build is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    /**
     * Runs the Flink part, and on what it has left the parts of Trino and Spark if they are asked for. With {@code keep}, leaves
     * the processes running and says how to get at them.
     */
    void run(Set<Engine> engines, boolean keep) {
        transcript.heading("Starting (logs are in " + directory + ")");
        TpchRows rows = timed("rows of TPC-H, scale " + TpchRows.QUICKSTART_SCALE, this::generateRows);
        CatalogServerProcess server = timed(
                "catalog server",
                () -> CatalogServerProcess.start(processes, ports, build, directory.resolve("catalog-server")));
        FlinkCluster flink = timed("Flink: JobManager, TaskManager, SQL gateway", this::startFlink);
        Optional<TrinoServerProcess> trino = engines.contains(Engine.TRINO)
                ? Optional.of(timed("Trino: coordinator and worker in one", () -> startTrino(server)))
                : Optional.empty();
        Optional<SparkDriver> spark = engines.contains(Engine.SPARK)
                ? Optional.of(timed("Spark: driver and executor in one", () -> startSpark(server)))
                : Optional.empty();
        listProcesses();
        runFlinkPart(server, flink, rows);
        trino.ifPresent(process -> runTrinoPart(server, process));
        spark.ifPresent(driver -> new SparkPart(new SparkShell(driver, server, transcript), transcript).run());
        if (keep) {
            RunDirectories.keep(directory, processes.members());
            processes.release();
            explainHowToConnect(server, flink, trino, spark);
        }
    }

    /** In a process of its own, which takes the generator's memory with it. */
    private TpchRows generateRows() {
        TpchRows rows = new TpchRows(directory.resolve("tpch"), TpchRows.QUICKSTART_SCALE);
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        ProcessSpec generator = new ProcessSpec(
                "TPC-H generator",
                new JavaCommand(
                                TpchRows.class.getName(),
                                List.of("-Xmx1g", "-XX:+UseSerialGC"),
                                classPath,
                                List.of(rows.directory().toString(), Double.toString(rows.scale())))
                        .words(),
                Map.of(),
                directory,
                directory.resolve("tpch-generator.log"));
        try (ProcessGroup alone = new ProcessGroup()) {
            alone.start(generator).awaitSuccess(Duration.ofMinutes(1));
        }
        return rows;
    }

    private FlinkCluster startFlink() {
        return FlinkCluster.start(
                processes,
                ports,
                new FlinkDistribution(build.flinkJars(), List.of(build.flinkJarWithHadoop())),
                directory.resolve("flink"),
                Map.of(),
                Map.of());
    }

    private TrinoServerProcess startTrino(CatalogServerProcess server) {
        return TrinoServerProcess.start(
                processes,
                ports,
                build,
                directory.resolve("trino"),
                TrinoSettings.of(
                        Map.of("lake", TrinoServerProcess.trestle(server)), TrinoServerProcess.tokenOf(server)));
    }

    private SparkDriver startSpark(CatalogServerProcess server) {
        SparkHome home =
                new SparkHome(build.sparkHome(), directory.resolve("spark"), Path.of(System.getProperty("java.home")));
        return SparkDriver.start(
                processes,
                ports,
                home,
                new SparkDriver.Submission(
                        "local[2]",
                        List.of(build.sparkJar()),
                        build.sparkStatementServer(),
                        SparkDriver.lake(SparkDriver.CATALOG, server)));
    }

    private void runTrinoPart(CatalogServerProcess server, TrinoServerProcess trino) {
        try (Connection session = trino.connect("lake", "tpch")) {
            new TrinoPart(new TrinoShell(session, server, transcript), transcript).run();
        } catch (SQLException e) {
            throw new IllegalStateException("Trino cannot be reached: " + e.getMessage(), e);
        }
    }

    private void runFlinkPart(CatalogServerProcess server, FlinkCluster flink, TpchRows rows) {
        try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
                GatewaySession batch =
                        gateway.openSession(Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true"));
                GatewaySession streaming = gateway.openSession(Map.of("execution.runtime-mode", "streaming"))) {
            new FlinkPart(
                            server,
                            rows,
                            new SqlShell("Flink SQL", batch, server, processes, transcript),
                            new SqlShell("Flink SQL, streaming", streaming, server, processes, transcript),
                            transcript)
                    .run();
        }
    }

    private <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        transcript.done(what, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    private void listProcesses() {
        for (ManagedProcess process : processes.members()) {
            transcript.line("  %-18s process %-8d %s"
                    .formatted(process.name(), process.handle().pid(), directory.relativize(process.log())));
        }
    }

    private void explainHowToConnect(
            CatalogServerProcess server,
            FlinkCluster flink,
            Optional<TrinoServerProcess> trino,
            Optional<SparkDriver> spark) {
        transcript.heading("Left running; e2e/quickstart stop ends it");
        listProcesses();
        transcript.line("");
        transcript.line("  Flink's web UI      " + flink.restUri());
        transcript.line("  SQL gateway (REST)  " + flink.gatewayUri());
        transcript.line("  Flink's SQL client  bin/sql-client.sh gateway --endpoint "
                + flink.gatewayUri().getAuthority());
        trino.ifPresent(process -> transcript.line("  Trino               " + process.uri() + ", catalog lake"));
        spark.ifPresent(driver -> transcript.line("  Spark               curl --data-binary 'SHOW CATALOGS' "
                + driver.uri().resolve("/statements")));
        transcript.line("  catalog (REST)      " + server.uri() + ", bearer token in " + server.tokenFile());
        transcript.line("");
        transcript.line("  In a session of your own, first:");
        transcript.line("");
        transcript.line(FlinkPart.createCatalog(server).indent(4).stripTrailing() + ";");
        transcript.line("    USE lake.tpch;");
    }
}
