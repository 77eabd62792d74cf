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
package dev.trestle.e2e.engines;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.flink.FlinkDistribution;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.InstalledJdk;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.spark.SparkDriver;
import dev.trestle.e2e.spark.SparkHome;
import dev.trestle.e2e.trino.TrinoServerProcess;
import dev.trestle.e2e.trino.TrinoSettings;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Flink, Trino and Spark with the shipped artifacts, each in processes of its own, over one catalog server: the database
 * {@code d} of the catalog {@code lake} is the current one in all.
 */
final class RunningEngines implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** So that each engine sees at once what another has changed. */
    private static final String KEPT = "metadata-cache.expire-after";

    private static final String NOT_AT_ALL = "0 s";
    private static final int OLDEST_JDK_OF_SPARK = 17;

    private final GatewayClient gateway;
    private final GatewaySession flink;
    private final Connection trino;
    private final SparkDriver spark;

    private RunningEngines(GatewayClient gateway, GatewaySession flink, Connection trino, SparkDriver spark) {
        this.gateway = gateway;
        this.flink = flink;
        this.trino = trino;
        this.spark = spark;
    }

    /** Starts all of them and returns when they take statements. They end with their group. */
    static RunningEngines start(ProcessGroup group, Path directory) throws SQLException {
        requireNonNull(group, "group is null");
        BuildOutput build = BuildOutput.find();
        FreePorts ports = new FreePorts();
        CatalogServerProcess server = CatalogServerProcess.start(group, ports, build, directory.resolve("server"));
        Map<String, String> lakeOfTrino = new HashMap<>(TrinoServerProcess.trestle(server));
        lakeOfTrino.put("trestle." + KEPT, NOT_AT_ALL);
        Connection trino = TrinoServerProcess.start(
                        group,
                        ports,
                        build,
                        directory.resolve("trino"),
                        TrinoSettings.of(Map.of("lake", lakeOfTrino), TrinoServerProcess.tokenOf(server)))
                .connect("lake", "d");
        FlinkCluster cluster = FlinkCluster.start(
                group,
                ports,
                new FlinkDistribution(build.flinkJars(), List.of(build.flinkJarWithHadoop())),
                directory.resolve("flink"),
                Map.of(),
                Map.of());
        Map<String, String> settings = new HashMap<>(SparkDriver.lake(SparkDriver.CATALOG, server));
        settings.put("spark.sql.catalog.lake." + KEPT, NOT_AT_ALL);
        settings.put("spark.sql.timeType.enabled", "true");
        SparkDriver spark = SparkDriver.start(
                group,
                ports,
                new SparkHome(build.sparkHome(), directory.resolve("spark"), InstalledJdk.atLeast(OLDEST_JDK_OF_SPARK)),
                new SparkDriver.Submission(
                        "local[2]", List.of(build.sparkJar()), build.sparkStatementServer(), settings));
        spark.run("CREATE DATABASE lake.d");
        spark.run("USE lake.d");
        GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(cluster.gatewayUri()));
        return new RunningEngines(gateway, openSession(gateway, server), trino, spark);
    }

    private static GatewaySession openSession(GatewayClient gateway, CatalogServerProcess server) {
        GatewaySession session = gateway.openSession(Map.of(
                "execution.runtime-mode", "batch",
                "table.dml-sync", "true",
                "table.local-time-zone", "UTC"));
        session.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + server.uri()
                + "', 'warehouse' = '" + server.warehouse() + "', 'token.provider' = 'bear', 'token' = '${file:"
                + server.tokenFile() + "}', '" + KEPT + "' = '" + NOT_AT_ALL + "')");
        session.configure("USE CATALOG lake");
        session.configure("USE d");
        return session;
    }

    /** Runs a statement to its end; its rows, none for one that has no result. */
    List<List<Object>> run(Engine engine, String sql) throws SQLException {
        return switch (engine) {
            case FLINK -> flink.run(sql, LIMIT).rows().stream().map(Row::values).toList();
            case TRINO -> inTrino(sql);
            case SPARK -> spark.run(sql).rows();
        };
    }

    private List<List<Object>> inTrino(String sql) throws SQLException {
        try (Statement statement = trino.createStatement()) {
            statement.setQueryTimeout((int) LIMIT.toSeconds());
            List<List<Object>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        try (GatewayClient client = gateway;
                GatewaySession session = flink) {
            trino.close();
        }
    }
}
