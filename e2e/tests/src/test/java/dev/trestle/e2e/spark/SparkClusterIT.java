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
package dev.trestle.e2e.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.InstalledJdk;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped jar, given as {@code --jars} to a Spark that has nothing else of ours: master, workers, executors, and a driver
 * that is a Spark Connect server too.
 */
@Timeout(600)
class SparkClusterIT {

    private static final int OLDEST_JDK = 17;
    private static final int TOO_LONG_SECONDS = 120;

    /** A task is duplicated as soon as half of its stage is done and it takes longer than that half did. */
    private static final Map<String, String> EAGER_TO_DUPLICATE = Map.of(
            "spark.speculation", "true",
            "spark.speculation.efficiency.enabled", "false",
            "spark.speculation.multiplier", "1.5",
            "spark.speculation.quantile", "0.5");

    @TempDir
    private static Path directory;

    private static BuildOutput build;
    private static FreePorts ports;
    private static ProcessGroup processes;
    private static CatalogServerProcess server;
    private static SparkCluster cluster;
    private static SparkDriver spark;
    private static String connect;

    @BeforeAll
    static void start() {
        build = BuildOutput.find();
        ports = new FreePorts();
        processes = new ProcessGroup();
        server = CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
        SparkHome home = new SparkHome(build.sparkHome(), directory.resolve("spark"), InstalledJdk.atLeast(OLDEST_JDK));
        cluster = SparkCluster.start(processes, ports, home);
        Map<String, String> settings = new HashMap<>(SparkDriver.lake(SparkDriver.CATALOG, server));
        settings.put("spark.sql.timeType.enabled", "true");
        settings.putAll(EAGER_TO_DUPLICATE);
        connect = serveConnect(settings);
        spark = SparkDriver.start(
                processes,
                ports,
                home,
                new SparkDriver.Submission(
                        cluster.master(), List.of(build.sparkJar()), build.sparkStatementServer(), settings));
        spark.run("CREATE NAMESPACE lake.d");
    }

    /** Has the driver take Spark Connect's clients; what they name as their remote. */
    private static String serveConnect(Map<String, String> settings) {
        int port = ports.next();
        settings.put("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin");
        settings.put("spark.connect.grpc.binding.address", "127.0.0.1");
        settings.put("spark.connect.grpc.binding.port", Integer.toString(port));
        return "sc://127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    @Test
    void executorsWriteAndReadWithTheJarThatTheDriverGaveThem() throws IOException {
        spark.run("CREATE TABLE lake.d.t (id BIGINT, at TIME(3), name STRING, dt STRING) PARTITIONED BY (dt)");
        spark.run("INSERT INTO lake.d.t SELECT id, TIME '10:00:00.123', concat('n', id), CAST(id % 2 AS STRING)"
                + " FROM range(0, 1000, 1, 4)");

        assertThat(spark.run("SELECT dt, count(*), sum(id), min(name), max(at) FROM lake.d.t GROUP BY dt ORDER BY dt")
                        .lines())
                .containsExactly("0|500|249500|n0|10:00:00.123", "1|500|250000|n1|10:00:00.123");
        assertThat(jarsOfExecutors()).anyMatch(jar -> jar.startsWith("trestle-spark-catalog-"));
    }

    @Test
    void executorsMergeRowsByTheirKeys() {
        spark.run("CREATE TABLE lake.d.k (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='2')");
        spark.run("INSERT INTO lake.d.k VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        spark.run("MERGE INTO lake.d.k USING (SELECT * FROM VALUES (2, 'B'), (4, 'D') AS s(id, v)) s ON k.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *");
        spark.run("DELETE FROM lake.d.k WHERE v = 'c'");

        assertThat(spark.run("SELECT * FROM lake.d.k ORDER BY id").lines()).containsExactly("1|a", "2|B", "4|D");
    }

    @Test
    void aProgramThatHasSparkConnectsClientAloneWritesReadsAndIsToldWhatIsWrong() throws Exception {
        String merge =
                "MERGE INTO lake.d.c USING (SELECT * FROM VALUES (2, 'B'), (3, 'C') AS s(id, v)) s ON c.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *";
        String select = "SELECT id, v FROM lake.d.c ORDER BY id";
        String call = "CALL lake.sys.rollback(table => 'd.c', version => '1')";
        String travel = "SELECT v FROM lake.d.c VERSION AS OF 1 WHERE id = 2";
        String refused = "ALTER TABLE lake.d.c ADD COLUMN n INT DEFAULT 1";
        String missing = "SELECT * FROM lake.d.nowhere";
        List<Path> client = build.sparkConnectClientJars();

        Map<String, List<String>> answers = new ConnectProgram(
                        InstalledJdk.atLeast(OLDEST_JDK), client, connect, directory.resolve("connect"))
                .run(
                        processes,
                        "CREATE TABLE lake.d.c (id INT NOT NULL, v STRING)"
                                + " TBLPROPERTIES ('primary-key'='id', 'bucket'='2')",
                        "INSERT INTO lake.d.c VALUES (1, 'a'), (2, 'b')",
                        merge,
                        select,
                        travel,
                        call,
                        refused,
                        missing);

        assertThat(client)
                .isNotEmpty()
                .extracting(jar -> jar.getFileName().toString())
                .noneMatch(name -> name.startsWith("trestle-") || name.startsWith("paimon-"));
        assertThat(answers.get(merge)).isEmpty();
        assertThat(answers.get(select)).containsExactly("1|a", "2|B", "3|C");
        assertThat(answers.get(travel)).containsExactly("b");
        assertThat(answers.get(call)).hasSize(1);
        assertThat(spark.run(select).lines()).containsExactly("1|a", "2|b");
        assertThat(answers.get(refused))
                .singleElement()
                .asString()
                .contains("column 'n' cannot be added with a DEFAULT", "use ALTER COLUMN … SET DEFAULT");
        assertThat(answers.get(missing)).singleElement().asString().contains("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void aTaskThatFailsLeavesNoSnapshotAndNoFile() {
        spark.run("CREATE TABLE lake.d.f (id BIGINT)");

        assertThatThrownBy(() -> spark.run("INSERT INTO lake.d.f SELECT id + raise_error_if(id) FROM range(0, 10, 1, 2)"
                        .replace("raise_error_if(id)", "if(id = 9, raise_error('no nine'), 0)")))
                .isInstanceOf(SparkStatementException.class)
                .hasMessageContaining("no nine");

        assertThat(spark.run("SELECT count(*) FROM lake.d.f").lines()).containsExactly("0");
        assertThat(spark.run("SELECT count(*) FROM lake.d.`f$snapshots`").lines())
                .containsExactly("0");
        stored("f").awaitData(Set.of());
    }

    @Test
    void aTaskThatFailsOnceIsTriedAgainAndWritesItsRowsOnce() {
        spark.run("CREATE TABLE lake.d.retried (id BIGINT, v STRING)");

        spark.run("INSERT INTO lake.d.retried SELECT id, if(id = 499, " + firstAttempt("'fails'")
                + ", 'v') FROM range(0, 1000, 1, 2)");

        assertThat(spark.run("SELECT count(*), count(DISTINCT id) FROM lake.d.retried")
                        .lines())
                .containsExactly("1000|1000");
        stored("retried").awaitData(filesOfSnapshot("retried"));
    }

    @Test
    void aDuplicateOfATaskThatIsSlowWritesItsRowsOnce() {
        spark.run("CREATE TABLE lake.d.duplicated (id BIGINT, v STRING)");
        long start = System.nanoTime();

        spark.run("INSERT INTO lake.d.duplicated SELECT id, if(id = 499, "
                + firstAttempt("'takes', " + TOO_LONG_SECONDS) + ", 'v') FROM range(0, 1000, 1, 2)");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the duplicate has not waited for the task")
                .isLessThan(Duration.ofSeconds(TOO_LONG_SECONDS));
        assertThat(spark.run("SELECT count(*), count(DISTINCT id) FROM lake.d.duplicated")
                        .lines())
                .containsExactly("1000|1000");
        stored("duplicated").awaitData(filesOfSnapshot("duplicated"));
    }

    @Test
    void whatADriverLeavesThatDiesBeforeItsCommitIsNoSnapshotAndIsDeletedByRemoveOrphanFiles() throws Exception {
        String insert = "INSERT INTO lake.d.orphaned SELECT id FROM range(0, 10, 1, 2)";
        spark.run("CREATE TABLE lake.d.orphaned (id BIGINT)");
        StoredFiles stored = stored("orphaned");
        Set<Path> before = stored.all();
        try (HeldCommits commits = new HeldCommits(server.uri())) {
            SparkDriver killed = startDriverBehind(commits);
            CompletableFuture<Void> statement = CompletableFuture.runAsync(() -> killed.run(insert));
            commits.awaitCommit();
            killed.kill();
            assertThatThrownBy(statement::join).hasCauseInstanceOf(UncheckedIOException.class);
        }
        Set<Path> left = new HashSet<>(stored.all());
        left.removeAll(before);

        assertThat(stored.data()).isNotEmpty();
        assertThat(spark.run("SELECT count(*) FROM lake.d.`orphaned$snapshots`").lines())
                .containsExactly("0");
        spark.run(insert);
        assertThat(spark.run("SELECT count(*), count(DISTINCT id) FROM lake.d.orphaned")
                        .lines())
                .containsExactly("10|10");
        removeOrphans("orphaned", "2001-01-01 00:00:00");
        assertThat(stored.all()).as("files that are not old").containsAll(left);
        removeOrphans("orphaned", "2999-01-01 00:00:00");
        assertThat(stored.all()).doesNotContainAnyElementsOf(left);
        stored.awaitData(filesOfSnapshot("orphaned"));
        assertThat(spark.run("SELECT count(*), count(DISTINCT id) FROM lake.d.orphaned")
                        .lines())
                .containsExactly("10|10");
    }

    private static SparkDriver startDriverBehind(HeldCommits commits) {
        Map<String, String> settings = new HashMap<>(SparkDriver.lake(SparkDriver.CATALOG, server));
        settings.put("spark.sql.catalog.lake.uri", commits.uri().toString());
        settings.put("spark.local.dir", directory.resolve("killed-local").toString());
        return SparkDriver.start(
                processes,
                ports,
                new SparkHome(build.sparkHome(), directory.resolve("killed"), InstalledJdk.atLeast(OLDEST_JDK)),
                new SparkDriver.Submission(
                        "local[2]", List.of(build.sparkJar()), build.sparkStatementServer(), settings));
    }

    private static String firstAttempt(String methodAndArguments) {
        return "java_method('dev.trestle.spark.server.FirstAttempt', " + methodAndArguments + ")";
    }

    private static void removeOrphans(String table, String olderThan) {
        spark.run("CALL lake.sys.remove_orphan_files(table => 'd." + table + "', older_than => '" + olderThan + "')");
    }

    private static StoredFiles stored(String table) {
        return StoredFiles.of("lake.d." + table, spark);
    }

    private static Set<String> filesOfSnapshot(String table) {
        return spark.run("SELECT file_path FROM lake.d.`" + table + "$files`").lines().stream()
                .map(path -> Path.of(path).getFileName().toString())
                .collect(Collectors.toSet());
    }

    private static List<String> jarsOfExecutors() throws IOException {
        try (Stream<Path> files = Files.walk(cluster.work())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
