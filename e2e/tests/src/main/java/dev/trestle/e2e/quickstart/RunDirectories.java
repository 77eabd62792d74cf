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

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.process.ManagedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories of the quickstart's runs: rows, warehouse, configuration, logs. The last run's stays, to be looked at; those
 * before it go, unless their processes were kept and still run.
 */
final class RunDirectories {

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
    private static final String KEPT = "kept-processes";

    private final Path root;

    RunDirectories(Path root) {
        this.root = requireNonNull(root, "root is null");
    }

    /** A new directory, the old ones removed. */
    Path create() {
        try {
            Files.createDirectories(root);
            for (Path old : all()) {
                if (keptIn(old).isEmpty()) {
                    delete(old);
                }
            }
            return Files.createDirectory(
                    root.resolve(LocalDateTime.now(ZoneId.systemDefault()).format(NAME)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory in " + root, e);
        }
    }

    /** Notes the processes that a run leaves behind. */
    static void keep(Path run, List<ManagedProcess> processes) {
        List<String> lines = processes.stream()
                .map(process -> process.handle().pid() + " " + startOf(process.handle()))
                .toList();
        try {
            Files.write(run.resolve(KEPT), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + run, e);
        }
    }

    /** Ends the processes of all runs that were kept, and says how many there were. */
    int stopKept() {
        List<ProcessHandle> kept =
                all().stream().flatMap(run -> keptIn(run).stream()).toList();
        kept.forEach(ProcessHandle::destroy);
        kept.forEach(process -> process.onExit().join());
        return kept.size();
    }

    /** Those that live. A process id that the system has given to another program since is told by its start. */
    private static List<ProcessHandle> keptIn(Path run) {
        Path file = run.resolve(KEPT);
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> line.split(" "))
                    .flatMap(words ->
                            ProcessHandle.of(Long.parseLong(words[0]))
                                    .filter(process -> startOf(process).equals(words[1]))
                                    .stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static String startOf(ProcessHandle process) {
        Optional<Instant> start = process.info().startInstant();
        return start.map(Instant::toString).orElse("unknown");
    }

    private List<Path> all() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(root)) {
            return runs.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + root, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
