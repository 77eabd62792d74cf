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
package dev.trestle.e2e.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that this program has started and will end. */
public final class ManagedProcess implements AutoCloseable {

    private static final int LINES_SHOWN = 30;
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ProcessSpec spec;
    private final Process process;

    private ManagedProcess(ProcessSpec spec, Process process) {
        this.spec = spec;
        this.process = process;
    }

    /** Starts a process and does not wait for it to be ready. */
    public static ManagedProcess start(ProcessSpec spec) {
        requireNonNull(spec, "spec is null");
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .directory(spec.workingDirectory().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(spec.log().toFile());
            builder.environment().putAll(spec.environment());
            return new ManagedProcess(spec, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    public String name() {
        return spec.name();
    }

    public Path log() {
        return spec.log();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the probe says that the process is ready.
     *
     * @throws ProcessFailedException if the process ends before, or is not ready in time
     */
    public void awaitReady(ReadinessProbe probe, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!isReady(probe)) {
                if (process.waitFor(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failure("ended with exit code " + process.exitValue() + " before it was ready");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw failure("was not ready within " + timeout.toSeconds() + " s");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name(), e);
        }
    }

    /**
     * Waits until the process has ended well.
     *
     * @throws ProcessFailedException if it ends with another exit code than 0, or not in time
     */
    public void awaitSuccess(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("did not end within " + timeout.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name(), e);
        }
        if (process.exitValue() != 0) {
            throw failure("ended with exit code " + process.exitValue());
        }
    }

    private static boolean isReady(ReadinessProbe probe) throws InterruptedException {
        try {
            return probe.isReady();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Does nothing while the process lives.
     *
     * @throws ProcessFailedException if it has ended
     */
    public void checkAlive() {
        if (!process.isAlive()) {
            throw failure("has ended with exit code " + process.exitValue());
        }
    }

    /** The last lines of the log, fewer if there are fewer. */
    public List<String> tail(int lines) {
        try (Stream<String> all = new String(Files.readAllBytes(spec.log()), StandardCharsets.UTF_8).lines()) {
            List<String> list = all.toList();
            return list.subList(Math.max(0, list.size() - lines), list.size());
        } catch (IOException e) {
            return List.of("(the log cannot be read: " + e.getMessage() + ")");
        }
    }

    /** What to tell a person about the process: its name, what happened, the last lines of its log and the log's path. */
    public String report(String whatHappened) {
        return name() + " (process " + process.pid() + ") " + whatHappened + ". The end of its log, " + spec.log()
                + ":\n    " + String.join("\n    ", tail(LINES_SHOWN));
    }

    private ProcessFailedException failure(String whatHappened) {
        return new ProcessFailedException(report(whatHappened));
    }

    /**
     * Asks the process and its children to end, waits a while, ends them by force, and returns when the process is gone
     * and, unless that takes long, its children are too.
     */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        boolean interrupted = false;
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
