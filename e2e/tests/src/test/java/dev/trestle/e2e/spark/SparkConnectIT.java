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
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Spark Connect server that has the shipped jar by {@code --jars}, its executors, and a user's program that has nothing of it. */
@Timeout(300)
class SparkConnectIT {

    private static final int OLDEST_JDK = 17;
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(2);

    private static final String MERGE =
            "MERGE INTO lake.d.t USING (SELECT * FROM VALUES (2, 'B'), (3, 'C') AS s(id, v)) s"
                    + " ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *";
    private static final String SELECT = "SELECT id, v FROM lake.d.t ORDER BY id";
    private static final String SNAPSHOTS = "SELECT count(*) FROM lake.d.`t$snapshots`";
    private static final String REFUSED = "ALTER TABLE lake.d.t ADD COLUMN n INT DEFAULT 1";
    private static final String CALL = "CALL lake.sys.rollback(table => 'd.t', version => '1')";
    private static final String SELECT_AFTER_CALL = "SELECT id, v FROM lake.d.t WHERE id > 1";

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static BuildOutput build;
    private static Map<String, List<String>> answers;

    @BeforeAll
    static void runTheProgram() throws Exception {
        build = BuildOutput.find();
        processes = new ProcessGroup();
        FreePorts ports = new FreePorts();
        Path javaHome = InstalledJdk.atLeast(OLDEST_JDK);
        CatalogServerProcess catalog = CatalogServerProcess.start(processes, ports, build, directory.resolve("server"));
        SparkHome home = new SparkHome(build.sparkHome(), directory.resolve("spark"), javaHome);
        SparkConnectServer spark = SparkConnectServer.start(
                processes,
                ports,
                home,
                SparkCluster.start(processes, ports, home).master(),
                List.of(build.sparkJar()),
                SparkDriver.lake(SparkDriver.CATALOG, catalog));
        answers = run(
                javaHome,
                spark.remote(),
                "CREATE NAMESPACE lake.d",
                "CREATE TABLE lake.d.t (id INT NOT NULL, v STRING)"
                        + " TBLPROPERTIES ('primary-key'='id', 'bucket'='2')",
                "INSERT INTO lake.d.t VALUES (1, 'a'), (2, 'b')",
                MERGE,
                SELECT,
                SNAPSHOTS,
                REFUSED,
                CALL,
                SELECT_AFTER_CALL);
    }

    private static Map<String, List<String>> run(Path javaHome, String remote, String... statements) throws Exception {
        Path output = directory.resolve("answers");
        List<String> arguments = new ArrayList<>(List.of(remote, output.toString()));
        arguments.addAll(List.of(statements));
        List<String> command = new JavaCommand(
                        program().toString(),
                        // What is below Spark's client, Arrow and Netty, wants of them what it wants below Spark.
                        SparkHome.JVM_OPTIONS,
                        build.sparkConnectClientJars(),
                        arguments)
                .words(javaHome);
        processes
                .start(new ProcessSpec(
                        "Spark Connect client", command, Map.of(), directory, directory.resolve("client.log")))
                .awaitSuccess(CLIENT_LIMIT);
        Map<String, List<String>> answers = new LinkedHashMap<>();
        List<String> rows = List.of();
        for (String line : Files.readAllLines(output)) {
            if (line.startsWith("> ")) {
                rows = new ArrayList<>();
                answers.put(line.substring(2), rows);
            } else {
                rows.add(line);
            }
        }
        return answers;
    }

    private static Path program() throws URISyntaxException {
        return Path.of(SparkConnectIT.class.getResource("ConnectClient.java").toURI());
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    @Test
    void theProgramHasNothingOfOurs() {
        assertThat(build.sparkConnectClientJars())
                .isNotEmpty()
                .noneMatch(jar ->
                        jar.toString().contains("trestle-") || jar.toString().contains("paimon"));
    }

    @Test
    void rowsAreWrittenMergedAndRead() {
        assertThat(answers.get(MERGE)).isEmpty();
        assertThat(answers.get(SELECT)).containsExactly("1|a", "2|B", "3|C");
        assertThat(answers.get(SNAPSHOTS)).containsExactly("2");
    }

    @Test
    void whatIsRefusedIsSaidToItsUser() {
        assertThat(answers.get(REFUSED))
                .singleElement()
                .asString()
                .contains("column 'n' cannot be added with a DEFAULT")
                .contains("use ALTER COLUMN … SET DEFAULT");
    }

    @Test
    void aProcedureIsCalled() {
        assertThat(answers.get(CALL)).hasSize(1);
        assertThat(answers.get(SELECT_AFTER_CALL)).containsExactly("2|b");
    }
}
