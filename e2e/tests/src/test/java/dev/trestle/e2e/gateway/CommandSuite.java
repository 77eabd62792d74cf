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
package dev.trestle.e2e.gateway;

import static dev.trestle.e2e.gateway.RunningGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.sql.FlinkSql;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs outside of Flink: {@code e2e/flink-sql}, and one that has the client's jar and nothing else. */
abstract class CommandSuite {

    private static final String ENDLESS =
            "CREATE TEMPORARY TABLE endless (n INT) WITH ('connector' = 'datagen'," + " 'rows-per-second' = '10');";

    private final RunningGateway gateway;

    @TempDir
    private Path directory;

    CommandSuite(RunningGateway gateway) {
        this.gateway = gateway;
    }

    /** What a program came to. */
    private record Outcome(int exitCode, List<String> out, String messages) {}

    @Test
    void runsAFileOfStatementsAndPrintsTables() throws Exception {
        Path script = Files.writeString(
                directory.resolve("script.sql"),
                """
                -- two statements; the second one has rows
                CREATE TEMPORARY VIEW v AS SELECT * FROM (VALUES (1, 'one'), (20, 'a;b')) AS t (id, name);
                SELECT * FROM v ORDER BY id;
                """);

        Outcome outcome = flinkSql("", "--set", "execution.runtime-mode=batch", script.toString());

        assertThat(outcome.messages()).contains("OK", "2 rows, ");
        assertThat(outcome.out())
                .containsExactly(
                        "+----+------+",
                        "| id | name |",
                        "+----+------+",
                        "|  1 | one  |",
                        "| 20 | a;b  |",
                        "+----+------+");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void runsStatementsOfStandardInputAndPrintsJson() throws Exception {
        Outcome outcome = flinkSql(
                "SELECT COUNT(*) AS n, MAX(x) AS m FROM (VALUES 1.50, 2.00) AS t (x);",
                "--format",
                "json",
                "--set",
                "execution.runtime-mode=streaming");

        assertThat(outcome.out())
                .containsExactly(
                        "{\"op\":\"+I\",\"row\":{\"n\":1,\"m\":1.50}}",
                        "{\"op\":\"-U\",\"row\":{\"n\":1,\"m\":1.50}}",
                        "{\"op\":\"+U\",\"row\":{\"n\":2,\"m\":2.00}}");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void rowsThatAreNotToBeHadAsJsonComeAsText() throws Exception {
        Outcome outcome = flinkSql("SELECT MAP[1, 'one'] AS m;", "--set", "execution.runtime-mode=batch");

        assertThat(outcome.out()).contains("| {1=one} |");
    }

    @Test
    void stopsAtAStatementThatFailsAndNamesItsLine() throws Exception {
        Outcome outcome = flinkSql("SHOW CATALOGS;\n\nSELECT * FROM nothing_here;\nSHOW DATABASES;");

        assertThat(outcome.messages()).contains("flink-sql: line 3: ", "nothing_here");
        assertThat(outcome.out()).noneMatch(line -> line.contains("default_database"));
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void cancelsWhatTakesTooLong() throws Exception {
        Outcome outcome = flinkSql(
                ENDLESS + "SELECT n FROM endless",
                "--timeout",
                "20 s",
                "--set",
                "pipeline.name=too long",
                "--set",
                "execution.runtime-mode=streaming");

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.messages()).contains("cancelled, since it took longer than --timeout '20 s'");
        assertThat(outcome.out()).anyMatch(line -> line.startsWith("| +I |"));
        await(() -> gateway.stateOfJobNamed("too long").equals("CANCELED"));
    }

    @Test
    void cancelsItsStatementWhenItIsEnded() throws Exception {
        Process program = start(
                "--set",
                "pipeline.name=ended early",
                "--execute",
                ENDLESS
                        + "CREATE TEMPORARY TABLE hole (n INT) WITH ('connector' = 'blackhole');"
                        + "INSERT INTO hole SELECT n FROM endless");
        await(() -> gateway.hasRunForAWhile("ended early"));

        program.destroy();

        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).as("128 and the signal's number").isEqualTo(143);
        await(() -> gateway.stateOfJobNamed("ended early").equals("CANCELED"));
    }

    @Test
    void saysWhereNoGatewayIs() throws Exception {
        Outcome outcome = flinkSql("SELECT 1;", "--gateway", "http://127.0.0.1:1", "--option", "http.max-attempts=1");

        assertThat(outcome.messages())
                .contains("no connection to 127.0.0.1:1", "that --gateway is right")
                .doesNotContain("WARNING");
        assertThat(outcome.exitCode()).isEqualTo(3);
    }

    @Test
    void refusesACommandLineThatIsWrong() throws Exception {
        assertThat(flinkSql("", "--option", "http.timeout=1 s").exitCode()).isEqualTo(2);
        assertThat(flinkSql("", "--timeout", "soon").exitCode()).isEqualTo(2);
        assertThat(flinkSql("", "no-such-file.sql").exitCode()).isEqualTo(2);
    }

    @Test
    void theClientsJarNeedsNothingBesideIt() throws Exception {
        Path program = Files.writeString(
                directory.resolve("Probe.java"),
                """
                import dev.trestle.flink.gateway.*;
                import java.net.URI;
                import java.time.Duration;
                import java.util.Map;

                class Probe {
                    public static void main(String[] args) {
                        try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(URI.create(args[0])));
                                GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "batch"))) {
                            System.out.println(session.complete("SELECT * FRO", 12));
                            try (ResultRows rows = session.query("SELECT 1, CAST(2 AS DECIMAL(5, 2))", Duration.ofMinutes(1))) {
                                rows.forEachRemaining(row -> System.out.println(row.kind() + " " + row.values()));
                            }
                            session.run("SELECT * FROM nothing_here", Duration.ofMinutes(1));
                        } catch (SqlErrorException e) {
                            System.out.println(e.getMessage());
                        }
                    }
                }
                """);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                BuildOutput.find().sqlGatewayClientJar().toString(),
                program.toString(),
                gateway.uri().toString()));

        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(messages().toFile());
        // Where they are set, the JVM says so in its messages.
        builder.environment().remove("JDK_JAVA_OPTIONS");

        Outcome outcome = finish(builder.start(), "");

        assertThat(outcome.out()).containsExactly("[FROM]", "INSERT [1, 2.00]", "Object 'nothing_here' not found");
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    private Outcome flinkSql(String input, String... arguments) throws Exception {
        return finish(start(arguments), input);
    }

    private Process start(String... arguments) throws IOException {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        List<String> all = new ArrayList<>(List.of("--gateway", gateway.uri().toString()));
        if (List.of(arguments).contains("--gateway")) {
            all.clear();
        }
        all.addAll(List.of(arguments));
        return new ProcessBuilder(
                        new JavaCommand(FlinkSql.class.getName(), List.of("-Xmx256m"), classPath, all).words())
                .redirectError(messages().toFile())
                .start();
    }

    /** What it writes to standard error is in a file, so that neither of the two can stand still. */
    private Outcome finish(Process program, String input) throws Exception {
        try (OutputStream standardInput = program.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        }
        List<String> out = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return new Outcome(program.waitFor(), out, Files.readString(messages()));
    }

    private Path messages() {
        return directory.resolve("messages");
    }
}
