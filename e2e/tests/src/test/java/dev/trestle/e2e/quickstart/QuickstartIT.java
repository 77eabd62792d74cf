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

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.e2e.process.JavaCommand;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quickstart as a person runs it, and what becomes of its processes when it does not get to its end. */
@Timeout(600)
class QuickstartIT {

    private Process program;
    private BufferedReader output;
    private final List<String> lines = new ArrayList<>();
    private final List<ProcessHandle> started = new ArrayList<>();

    private void start(String part) throws IOException {
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::exists)
                .toList();
        program = new ProcessBuilder(
                        new JavaCommand(Quickstart.class.getName(), List.of("-Xmx256m"), classPath, List.of(part))
                                .words())
                .redirectErrorStream(true)
                .start();
        output = program.inputReader(StandardCharsets.UTF_8);
    }

    @AfterEach
    void stop() throws IOException {
        program.destroy();
        output.close();
    }

    @Test
    void runsToItsEndAndLeavesNothingBehind() throws IOException, InterruptedException {
        assertThatItRunsToItsEnd("spark", "== Spark");
    }

    @Test
    @Tag("full")
    void runsTheTrinoPartToItsEndToo() throws IOException, InterruptedException {
        assertThatItRunsToItsEnd("trino", "== Trino");
    }

    /** @param heading of what the part shows after the Flink part */
    private void assertThatItRunsToItsEnd(String part, String heading) throws IOException, InterruptedException {
        start(part);
        readUntil(line -> line.startsWith("== Flink"));
        noteProcesses();
        assertThat(started).hasSizeGreaterThanOrEqualTo(5);

        readToTheEnd();

        assertThat(lines).anyMatch(line -> line.startsWith(heading));
        assertThat(lines).as("all of the output").last().isEqualTo("quickstart: ok");
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThatNothingRuns();
    }

    @Test
    @Tag("full")
    void namesTheProcessThatFailedAndShowsItsLog() throws IOException, InterruptedException {
        start("flink");
        readUntil(line -> line.startsWith("== Flink"));
        noteProcesses();
        ProcessHandle taskManager = processNamed("Flink TaskManager");

        taskManager.destroyForcibly();
        readToTheEnd();

        assertThat(lines)
                .contains("quickstart: failed")
                .anyMatch(line -> line.startsWith("Flink TaskManager (process " + taskManager.pid() + ")")
                        && line.contains("flink-taskmanager.log"))
                .noneMatch(line -> line.equals("quickstart: ok"));
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isNotZero();
        assertThatNothingRuns();
    }

    @Test
    @Tag("full")
    void endsItsProcessesWhenItIsToldToEnd() throws IOException, InterruptedException {
        start("flink");
        readUntil(line -> line.contains("> CREATE CATALOG"));
        noteProcesses();

        program.toHandle().destroy();
        readToTheEnd();

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).noneMatch(line -> line.equals("quickstart: failed"));
        assertThatNothingRuns();
    }

    @Test
    @Tag("full")
    void itsProcessesEndEvenWhenItIsKilledOutright() throws IOException, InterruptedException {
        start("flink");
        readUntil(line -> line.contains("> CREATE CATALOG"));
        noteProcesses();

        program.destroyForcibly();

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThatNothingRuns();
    }

    private void readUntil(Predicate<String> isLast) {
        readUntilEndOr(isLast);
        assertThat(lines).last().matches(isLast, "the line that was waited for");
    }

    private void readToTheEnd() {
        readUntilEndOr(line -> false);
    }

    private void readUntilEndOr(Predicate<String> isLast) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (isLast.test(line)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle processNamed(String name) {
        Pattern line = Pattern.compile("\\s*" + name + "\\s+process (\\d+) .*");
        return lines.stream()
                .map(line::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .flatMap(match -> ProcessHandle.of(Long.parseLong(match.group(1))))
                .orElseThrow();
    }

    private void noteProcesses() {
        program.descendants().forEach(started::add);
    }

    private void assertThatNothingRuns() {
        assertThat(started).isNotEmpty().allSatisfy(process -> assertThat(process.onExit()
                        .completeOnTimeout(process, 30, TimeUnit.SECONDS)
                        .join()
                        .isAlive())
                .as("%s runs", process)
                .isFalse());
    }
}
