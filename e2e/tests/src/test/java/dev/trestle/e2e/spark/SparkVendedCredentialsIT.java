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

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.InstalledJdk;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.storage.VendedLake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Spark that has the shipped jar and Paimon's access to S3 by {@code --jars}: driver and executor write and read with vended
 * keys, which expire while a stage runs.
 */
@Tag("full")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SparkVendedCredentialsIT {

    private static final int JDK = 17;
    private static final Duration KEY_LIFE = Duration.ofSeconds(20);
    private static final int TASKS = 12;
    private static final int ROWS = 96;
    private static final int MILLIS_PER_ROW = 700;

    private final ProcessGroup processes = new ProcessGroup();
    private VendedLake lake;
    private SparkDriver spark;

    @BeforeAll
    void start(@TempDir Path directory) {
        BuildOutput build = BuildOutput.find();
        FreePorts ports = new FreePorts();
        lake = VendedLake.start(processes, ports, build, directory, KEY_LIFE);
        SparkHome home = new SparkHome(build.sparkHome(), directory.resolve("spark"), InstalledJdk.atLeast(JDK));
        SparkCluster cluster = SparkCluster.start(processes, ports, home);
        List<Path> jars = new ArrayList<>(build.paimonS3Jars());
        jars.add(build.sparkJar());
        spark = SparkDriver.start(
                processes,
                ports,
                home,
                new SparkDriver.Submission(
                        cluster.master(),
                        jars,
                        build.sparkStatementServer(),
                        Map.of(
                                "spark.sql.catalog.lake", SparkDriver.CATALOG,
                                "spark.sql.catalog.lake.uri", lake.uri().toString(),
                                "spark.sql.catalog.lake.warehouse", VendedLake.WAREHOUSE,
                                "spark.sql.catalog.lake.token.provider", "bear",
                                "spark.sql.catalog.lake.token", VendedLake.TOKEN)));
        spark.run("CREATE NAMESPACE lake.d");
    }

    @AfterAll
    void stop() {
        processes.close();
    }

    @Test
    void aStageThatWritesOutlivesItsKeys() throws Exception {
        spark.run("CREATE TABLE lake.d.t (id BIGINT, v STRING)");
        long calls = lake.fetchTokenCalls();

        spark.run("INSERT INTO lake.d.t SELECT id, concat('v', java_method('java.lang.Thread', 'sleep', "
                + MILLIS_PER_ROW + "L)) FROM range(0, " + ROWS + ", 1, " + TASKS + ")");

        assertThat(spark.run("SELECT count(*), count(DISTINCT id), min(id), max(id) FROM lake.d.t")
                        .lines())
                .containsExactly("96|96|0|95");
        assertThat(lake.fetchTokenCalls() - calls)
                .as("calls for keys: they are good for less than the stage takes, and each process asks for itself")
                .isBetween(3L, 60L);
        assertThat(lake.refusedKeys()).as("requests with a key that had ended").isZero();
    }

    /** A file is opened when the rows of the one before it are through. */
    @Test
    void aStageThatReadsOutlivesItsKeys() throws Exception {
        spark.run("CREATE TABLE lake.d.r (id BIGINT)");
        spark.run("INSERT INTO lake.d.r SELECT id FROM range(0, " + ROWS + ", 1, " + TASKS + ")");
        long calls = lake.fetchTokenCalls();

        assertThat(spark.run("SELECT count(*), sum(id + n) FROM (SELECT id, 0 * coalesce(length(java_method("
                                + "'java.lang.Thread', 'sleep', " + MILLIS_PER_ROW + "L)), 0) AS n FROM lake.d.r)")
                        .lines())
                .containsExactly(ROWS + "|" + ROWS * (ROWS - 1) / 2);

        assertThat(lake.fetchTokenCalls() - calls)
                .as("calls for keys: they are good for less than the stage takes, and each process asks for itself")
                .isBetween(2L, 60L);
        assertThat(lake.refusedKeys()).as("requests with a key that had ended").isZero();
    }

    /** Spark's own sources of files open them. */
    @Test
    void plainFilesAreWrittenAndRead() {
        spark.run("CREATE TABLE lake.d.plain (id BIGINT, v STRING)"
                + " TBLPROPERTIES ('type'='format-table', 'file.format'='parquet')");

        spark.run("INSERT INTO lake.d.plain SELECT id, concat('v', id) FROM range(0, 100, 1, 4)");

        assertThat(spark.run("SELECT count(*), max(v) FROM lake.d.plain WHERE id > 9")
                        .lines())
                .containsExactly("90|v99");
    }
}
