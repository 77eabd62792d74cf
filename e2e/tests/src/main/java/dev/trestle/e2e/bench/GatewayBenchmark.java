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

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.flink.FlinkDistribution;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The time of small statements through a SQL gateway: by the executor of Flink's own SQL client and by ours, each from its
 * submission until its rows are read and it is closed. One gateway, one session a side; the sides take turns in blocks, so
 * that what disturbs the machine disturbs both. Fails where ours takes longer.
 */
public final class GatewayBenchmark {

    private static final Map<String, String> PROPERTIES =
            Map.of("execution.runtime-mode", "batch", "table.dml-sync", "true");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int BLOCK = 50;

    /** Statements that the gateway answers by itself. */
    private static final List<String> SMALL = List.of(
            "SHOW CATALOGS",
            "SHOW TABLES",
            "DESCRIBE numbers",
            "SHOW CREATE TABLE numbers",
            "USE default_catalog.default_database",
            "SET 'parallelism.default' = '1'",
            "CREATE TEMPORARY VIEW v AS SELECT n FROM numbers",
            "EXPLAIN SELECT n, COUNT(*) FROM v GROUP BY n",
            "SHOW VIEWS",
            "DROP TEMPORARY VIEW v");

    /** A statement that has a job on the cluster. */
    private static final List<String> QUERY = List.of("SELECT COUNT(*), SUM(n) FROM numbers");

    private static final String CREATE_NUMBERS =
            "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'datagen',"
                    + " 'number-of-rows' = '100', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '100')";

    /** A client of the gateway, with a session. */
    @FunctionalInterface
    private interface Side {
        /** Runs a statement, reads its rows and closes it. Returns their number. */
        int run(String statement);
    }

    private GatewayBenchmark() {}

    /** Arguments: how many small statements (1,000) and how many queries (50). */
    public static void main(String[] args) throws IOException {
        int statements = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        int queries = args.length > 1 ? Integer.parseInt(args[1]) : 50;
        BuildOutput build = BuildOutput.find();
        Path directory = Files.createTempDirectory(
                Files.createDirectories(build.directory().resolve("benchmark")), "gateway");
        try (ProcessGroup processes = new ProcessGroup()) {
            FlinkCluster flink = FlinkCluster.start(
                    processes,
                    new FreePorts(),
                    new FlinkDistribution(build.flinkJars(), List.of()),
                    directory,
                    Map.of(),
                    Map.of());
            List<Path> jars = Stream.concat(build.flinkSqlClientJars().stream(), build.flinkJars().stream())
                    .toList();
            try (FlinkExecutor flinks = new FlinkExecutor(jars, flink.gatewayUri(), PROPERTIES);
                    GatewayClient client = GatewayClient.connect(GatewaySettings.of(flink.gatewayUri()));
                    GatewaySession session = client.openSession(PROPERTIES)) {
                Side ours = statement -> session.run(statement, LIMIT).rows().size();
                flinks.run(CREATE_NUMBERS);
                ours.run(CREATE_NUMBERS);
                System.out.printf(
                        "%-34s %10s %10s %14s %14s%n", "", "Flink's", "Trestle's", "median of a", "statement");
                Comparison small = compare(SMALL, statements, flinks::run, ours);
                small.print(statements + " small statements");
                Comparison withJobs = compare(QUERY, queries, flinks::run, ours);
                withJobs.print(queries + " queries with a job");
                if (small.share() > 1.0) {
                    System.out.println("The small statements took longer than by Flink's own client");
                    System.exit(1);
                }
            }
        }
    }

    private static Comparison compare(List<String> statements, int count, Side flinks, Side ours) {
        // Both sides warm up: their classes, and the planner's in the gateway.
        statements.forEach(statement -> requireSameRows(statement, flinks, ours));
        List<Duration> flinkTimes = new ArrayList<>();
        List<Duration> ourTimes = new ArrayList<>();
        int block = Math.min(BLOCK, count);
        for (int done = 0; done < count; done += block) {
            boolean oursFirst = done / block % 2 == 1;
            if (oursFirst) {
                measure(statements, block, ours, ourTimes);
            }
            measure(statements, block, flinks, flinkTimes);
            if (!oursFirst) {
                measure(statements, block, ours, ourTimes);
            }
        }
        return new Comparison(flinkTimes, ourTimes);
    }

    private static void requireSameRows(String statement, Side flinks, Side ours) {
        int flinkRows = flinks.run(statement);
        int ourRows = ours.run(statement);
        if (flinkRows != ourRows) {
            throw new IllegalStateException(
                    statement + " has " + flinkRows + " rows by Flink's client and " + ourRows + " by ours");
        }
    }

    private static void measure(List<String> statements, int count, Side side, List<Duration> times) {
        for (int i = 0; i < count; i++) {
            String statement = statements.get(i % statements.size());
            long start = System.nanoTime();
            side.run(statement);
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private record Comparison(List<Duration> flinks, List<Duration> ours) {

        double share() {
            return (double) total(ours).toNanos() / total(flinks).toNanos();
        }

        void print(String what) {
            System.out.printf(
                    "%-34s %8.1f s %8.1f s %11.1f ms %11.1f ms   share of Flink's time %.2f, of its median %.2f%n",
                    what,
                    total(flinks).toMillis() / 1e3,
                    total(ours).toMillis() / 1e3,
                    median(flinks).toNanos() / 1e6,
                    median(ours).toNanos() / 1e6,
                    share(),
                    (double) median(ours).toNanos() / median(flinks).toNanos());
        }

        private static Duration total(List<Duration> times) {
            return times.stream().reduce(Duration.ZERO, Duration::plus);
        }

        private static Duration median(List<Duration> times) {
            List<Duration> sorted = new ArrayList<>(times);
            Collections.sort(sorted);
            return sorted.get(sorted.size() / 2);
        }
    }
}
