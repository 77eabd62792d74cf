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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of the quickstart's runs: rows, warehouse, configuration, logs. The last run's stays, to be looked at; those
 * before it go, unless they are still under way, or their processes were kept and still run.
 */
final class RunDirectories {

    private static final Logger LOG = LoggerFactory.getLogger(RunDirectories.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
    private static final String OWNER = "owner-process";
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
                if (livingIn(old.resolve(OWNER)).isEmpty()
                        && livingIn(old.resolve(KEPT)).isEmpty()) {
                    delete(old);
                }
            }
            Path run = Files.createDirectory(
                    root.resolve(LocalDateTime.now(ZoneId.systemDefault()).format(NAME)));
            write(run.resolve(OWNER), List.of(ProcessHandle.current()));
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory in " + root, e);
        }
    }

    /** Notes the processes that a run leaves behind. */
    static void keep(Path run, List<ManagedProcess> processes) {
        try {
            write(
                    run.resolve(KEPT),
                    processes.stream().map(ManagedProcess::handle).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + run, e);
        }
    }

    /** Ends the processes of all runs that were kept, and says how many there were. */
    int stopKept() {
        List<ProcessHandle> kept = all().stream()
                .flatMap(run -> livingIn(run.resolve(KEPT)).stream())
                .toList();
        kept.forEach(ProcessHandle::destroy);
        kept.forEach(process -> process.onExit().join());
        return kept.size();
    }

    private static void write(Path file, List<ProcessHandle> processes) throws IOException {
        Files.write(
                file,
                processes.stream()
                        .map(process -> process.pid() + " " + startOf(process))
                        .toList());
    }

    /** A process id that the system has given to another program since is told by its start. */
    private static List<ProcessHandle> livingIn(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split(" "))
                    .flatMap(words -> ProcessHandle.of(Long.parseLong(words[0])).stream()
                            .filter(process -> startOf(process).equals(words[1])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
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

    /** As far as it can be: a process that is about to end may still be writing. */
    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("Not all of {} could be removed", directory, e);
        }
    }
}
