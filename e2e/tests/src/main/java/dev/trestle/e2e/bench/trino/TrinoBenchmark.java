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
package dev.trestle.e2e.bench.trino;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.bench.tpch.Execution;
import dev.trestle.e2e.bench.tpch.Measured;
import dev.trestle.e2e.bench.tpch.Rounds;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.trino.TrinoServerProcess;
import dev.trestle.e2e.trino.TrinoSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The 22 queries of TPC-H, two scans and CREATE TABLE AS in one Trino server, by tables of a Trestle catalog and by Trino's own
 * Iceberg connector. In each round the sides take turns statement by statement, so that what disturbs the machine disturbs
 * all; every answer is compared with Iceberg's.
 */
public final class TrinoBenchmark {

    private static final int ROUNDS = 5;
    private static final String CREATE = "CREATE lineitem AS";

    private final TimedSession session;
    private final List<Side> sides;

    private TrinoBenchmark(TimedSession session, List<Side> sides) {
        this.session = requireNonNull(session, "session is null");
        this.sides = List.copyOf(sides);
    }

    /**
     * @param arguments the scale (1), how many rounds are measured after two that warm up (5), and which sides run (all), such
     *     as {@code 0.1 5 ICEBERG,APPEND}
     */
    public static void main(String[] arguments) throws IOException, SQLException {
        String scale = arguments.length > 0 ? arguments[0] : "1";
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<Side> sides = arguments.length > 2
                ? Arrays.stream(arguments[2].split(",")).map(Side::valueOf).toList()
                : List.of(Side.values());
        BuildOutput build = BuildOutput.find();
        Path directory = Files.createTempDirectory(
                Files.createDirectories(build.directory().resolve("benchmark")), "trino");
        FreePorts ports = new FreePorts();
        try (ProcessGroup processes = new ProcessGroup()) {
            CatalogServerProcess server =
                    CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
            TrinoServerProcess trino = TrinoServerProcess.start(
                    processes, ports, build, directory.resolve("trino"), settings(server, directory));
            print("Trino at %s, files and logs in %s%n", trino.uri(), directory);
            try (Connection connection = trino.connect("lake", "default")) {
                TrinoBenchmark benchmark = new TrinoBenchmark(new TimedSession(connection, server), sides);
                benchmark.load(scale);
                benchmark.run(rounds);
            }
        }
    }

    private static TrinoSettings settings(CatalogServerProcess server, Path directory) throws IOException {
        Path iceberg = Files.createDirectories(directory.resolve("iceberg"));
        return TrinoSettings.of(
                        Map.of(
                                "lake",
                                TrinoServerProcess.trestle(server),
                                "iceberg",
                                Map.of(
                                        "connector.name", "iceberg",
                                        "iceberg.catalog.type", "TESTING_FILE_METASTORE",
                                        "iceberg.compression-codec", "ZSTD",
                                        "hive.metastore.catalog.dir", "local:///metastore",
                                        "fs.local.enabled", "true",
                                        "local.location", iceberg.toString()),
                                "source",
                                Map.of(
                                        "connector.name", "tpch",
                                        "tpch.column-naming", "STANDARD",
                                        "tpch.double-type-mapping", "DECIMAL")),
                        TrinoServerProcess.tokenOf(server))
                .withHeap("4g");
    }

    /** Fills the tables of every side, the first from generated rows, the others from the first. */
    private void load(String scale) throws SQLException {
        for (Side side : sides) {
            long start = System.nanoTime();
            session.run("CREATE SCHEMA %s.%s".formatted(side.catalog(), side.schema()));
            for (String table : Side.TABLES.keySet()) {
                String source = side == Side.ICEBERG ? "source.\"sf" + scale + "\"." + table : sourceTable(table);
                session.run(side.createTable(table, table, source));
                for (String statement : side.settle(table, source)) {
                    session.run(statement);
                }
            }
            print(
                    "%s: loaded in %d s%n",
                    side.title(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
        }
    }

    private static String sourceTable(String table) {
        return "iceberg." + Side.ICEBERG.schema() + "." + table;
    }

    private void run(int rounds) throws SQLException {
        Rounds<Side, SQLException> statements = new Rounds<>(sides);
        for (Measured query : Measured.all()) {
            statements.add(query.name(), sides, side -> {
                session.use(side);
                return session.measure(query.sql());
            });
        }
        statements.add(CREATE, sides, this::measureCreate);
        statements.run(rounds);
    }

    private Execution measureCreate(Side side) throws SQLException {
        Execution execution = session.measure(side.createTable("copied", "lineitem", sourceTable("lineitem")));
        session.run("DROP TABLE %s.%s.copied".formatted(side.catalog(), side.schema()));
        return execution;
    }

    @SuppressWarnings("SystemOut") // A command that a person runs.
    private static void print(String format, Object... values) {
        System.out.printf(format, values);
    }
}
