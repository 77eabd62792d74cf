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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped jar, given as {@code --jars} to a Spark that has nothing else of ours: master, worker, driver and executor. */
@Timeout(600)
class SparkClusterIT {

    private static final int OLDEST_JDK = 17;

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static CatalogServerProcess server;
    private static SparkCluster cluster;
    private static SparkDriver spark;

    @BeforeAll
    static void start() {
        BuildOutput build = BuildOutput.find();
        FreePorts ports = new FreePorts();
        processes = new ProcessGroup();
        server = CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
        SparkHome home = new SparkHome(build.sparkHome(), directory.resolve("spark"), InstalledJdk.atLeast(OLDEST_JDK));
        cluster = SparkCluster.start(processes, ports, home);
        Map<String, String> settings = new HashMap<>(SparkDriver.lake(SparkDriver.CATALOG, server));
        settings.put("spark.sql.timeType.enabled", "true");
        spark = SparkDriver.start(
                processes,
                ports,
                home,
                new SparkDriver.Submission(
                        cluster.master(), List.of(build.sparkJar()), build.sparkStatementServer(), settings));
        spark.run("CREATE NAMESPACE lake.d");
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
    void aTaskThatFailsLeavesNoSnapshotAndNoFile() throws IOException {
        spark.run("CREATE TABLE lake.d.f (id BIGINT)");

        assertThatThrownBy(() -> spark.run("INSERT INTO lake.d.f SELECT id + raise_error_if(id) FROM range(0, 10, 1, 2)"
                        .replace("raise_error_if(id)", "if(id = 9, raise_error('no nine'), 0)")))
                .isInstanceOf(SparkStatementException.class)
                .hasMessageContaining("no nine");

        assertThat(spark.run("SELECT count(*) FROM lake.d.f").lines()).containsExactly("0");
        assertThat(spark.run("SELECT count(*) FROM lake.d.`f$snapshots`").lines())
                .containsExactly("0");
        try (Stream<Path> files = Files.walk(server.warehouse())) {
            assertThat(files.filter(file -> file.toString().contains("/f/")
                                    || file.toString().contains("-f/"))
                            .filter(file -> file.getFileName().toString().startsWith("data-")))
                    .isEmpty();
        }
    }

    private static List<String> jarsOfExecutors() throws IOException {
        try (Stream<Path> files = Files.walk(cluster.work())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
