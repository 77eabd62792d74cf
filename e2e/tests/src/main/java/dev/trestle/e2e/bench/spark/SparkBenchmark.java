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
package dev.trestle.e2e.bench.spark;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.bench.tpch.Execution;
import dev.trestle.e2e.bench.tpch.Measured;
import dev.trestle.e2e.bench.tpch.Rounds;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.spark.SparkDriver;
import dev.trestle.e2e.spark.SparkMeasurement;
import dev.trestle.e2e.spark.SparkRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The 22 queries of TPC-H, two scans, an append and a MERGE in one Spark: by tables of a Trestle catalog, by
 * {@code spark.read.parquet}, and by Iceberg.
 */
public final class SparkBenchmark {

    private static final int ROUNDS = 5;

    /** The newest that Iceberg 1.12.0 is made for; by its code 4.2 refuses tables and views of no RelationCatalog. */
    private static final SparkRelease RELEASE = new SparkRelease("4.1.3", "2.13", 17);

    private static final String MERGED =
            """
            SELECT count(*), sum(o_orderkey), sum(o_totalprice), count(CASE WHEN o_comment = 'merged' THEN 1 END)
            FROM changed""";

    /** Every hundredth order; half of them get a key that is free. */
    private static final String MERGE =
            """
            MERGE INTO changed AS t
            USING (
              SELECT *, o_orderkey + IF(o_orderkey % 200 = 0, 8, 0) AS k FROM source_orders WHERE o_orderkey % 100 = 0) AS s
            ON t.o_orderkey = s.k
            WHEN MATCHED THEN UPDATE SET o_totalprice = s.o_totalprice + 1, o_comment = 'merged'
            WHEN NOT MATCHED THEN INSERT (
              o_orderkey, o_custkey, o_orderstatus, o_totalprice, o_orderdate, o_orderpriority, o_clerk,
              o_shippriority, o_comment)
            VALUES (
              s.k, s.o_custkey, s.o_orderstatus, s.o_totalprice, s.o_orderdate, s.o_orderpriority, s.o_clerk,
              s.o_shippriority, 'merged')""";

    private final SparkDriver spark;
    private final CatalogServerProcess server;
    private final List<Side> sides;

    private SparkBenchmark(SparkDriver spark, CatalogServerProcess server, List<Side> sides) {
        this.spark = requireNonNull(spark, "spark is null");
        this.server = requireNonNull(server, "server is null");
        this.sides = List.copyOf(sides);
    }

    /**
     * @param arguments the scale (1), how many rounds are measured after two that warm up (5), which sides run (all), and which
     *     statements (all), such as {@code 0.1 5 ICEBERG,TRESTLE Q1,append,MERGE}
     */
    public static void main(String[] arguments) throws IOException {
        double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<Side> sides = arguments.length > 2
                ? Arrays.stream(arguments[2].split(",")).map(Side::valueOf).toList()
                : List.of(Side.values());
        Predicate<String> chosen =
                arguments.length > 3 ? List.of(arguments[3].split(","))::contains : statement -> true;
        BuildOutput build = BuildOutput.find();
        Path parent = Files.createDirectories(build.directory().resolve("benchmark"));
        Path directory = Files.createTempDirectory(parent, "spark");
        FreePorts ports = new FreePorts();
        try (ProcessGroup processes = new ProcessGroup()) {
            CatalogServerProcess server =
                    CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
            SparkDriver spark = SparkDriver.start(
                    processes,
                    ports,
                    RELEASE.install(build, directory.resolve("spark")),
                    new SparkDriver.Submission(
                            "local[2]",
                            List.of(build.sparkJar(), build.icebergSparkJar()),
                            build.sparkStatementServer(),
                            settings(server, directory.resolve("iceberg"))));
            print("Spark %s at %s, files and logs in %s%n", RELEASE, spark.uri(), directory);
            SparkBenchmark benchmark = new SparkBenchmark(spark, server, sides);
            benchmark.load(new SourceFiles(parent.resolve("tpch-" + scale), scale));
            benchmark.run(rounds, chosen);
        }
    }

    private static Map<String, String> settings(CatalogServerProcess server, Path iceberg) {
        Map<String, String> settings = new HashMap<>(SparkDriver.lake(RELEASE.catalogClass(), server));
        settings.put("spark.driver.memory", "4g");
        settings.put("spark.log.level", "WARN");
        // By default Spark forgets the code of a query when a hundred others ran, and nothing would be warm.
        settings.put("spark.sql.codegen.cache.maxEntries", "5000");
        settings.put("spark.driver.extraJavaOptions", "-XX:ReservedCodeCacheSize=1g");
        settings.put("spark.sql.parquet.compression.codec", "zstd");
        settings.put("spark.sql.catalog.iceberg", "org.apache.iceberg.spark.SparkCatalog");
        settings.put("spark.sql.catalog.iceberg.type", "hadoop");
        settings.put("spark.sql.catalog.iceberg.warehouse", iceberg.toString());
        return settings;
    }

    private void load(SourceFiles source) throws IOException {
        source.write(spark);
        for (Side side : sides) {
            long start = System.nanoTime();
            side.load(source).forEach(statement -> spark.measure(side.session(), statement));
            print(
                    "%s: loaded in %d s%n",
                    side.title(), Duration.ofNanos(System.nanoTime() - start).toSeconds());
        }
    }

    private void run(int rounds, Predicate<String> chosen) {
        Rounds<Side, RuntimeException> statements = new Rounds<>(sides);
        for (Measured query : Measured.all()) {
            if (chosen.test(query.name())) {
                statements.add(query.name(), those(Side::reads), side -> measure(side, query.sql()));
            }
        }
        if (chosen.test("append")) {
            statements.add("append", those(Side::appends), this::append);
        }
        if (chosen.test("MERGE")) {
            statements.add("MERGE", those(Side::merges), this::merge);
        }
        statements.run(rounds);
    }

    private Execution append(Side side) {
        return measureChange(
                side,
                "SELECT * FROM source_lineitem WHERE false",
                "INSERT INTO changed SELECT * FROM source_lineitem",
                "SELECT count(*), sum(l_orderkey), sum(l_extendedprice) FROM changed");
    }

    private Execution merge(Side side) {
        return measureChange(side, "SELECT * FROM source_orders", MERGE, MERGED);
    }

    private List<Side> those(Predicate<Side> kind) {
        return sides.stream().filter(kind).toList();
    }

    private Execution measure(Side side, String sql) {
        long callsBefore = server.fetchCallCounts().total();
        SparkMeasurement measured = spark.measure(side.session(), sql);
        return new Execution(
                measured.nanos(),
                Duration.ofNanos(measured.cpuNanos()).toMillis(),
                measured.planningMillis(),
                server.fetchCallCounts().total() - callsBefore,
                measured.result().lines());
    }

    /** What a statement takes that changes a new table, and as its answer what the table then holds. */
    private Execution measureChange(Side side, String rows, String change, String check) {
        spark.measure(side.session(), side.createTable("changed", rows));
        Execution execution = measure(side, change);
        Execution changed = measure(side, check);
        spark.measure(side.session(), "DROP TABLE changed");
        return execution.answering(changed.rows());
    }

    @SuppressWarnings("SystemOut") // A command that a person runs.
    private static void print(String format, Object... values) {
        System.out.printf(format, values);
    }
}
