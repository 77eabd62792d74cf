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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagedProcessTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void waitsUntilTheProbeSaysReady() {
        try (ManagedProcess process = start("touch ready; exec sleep 60")) {
            process.awaitReady(() -> Files.exists(directory.resolve("ready")), LONG);

            assertThat(process.isAlive()).isTrue();
        }
    }

    @Test
    void takesAFailedProbeForNotReadyYet() {
        try (ManagedProcess process = start("exec sleep 60")) {
            int[] calls = {0};

            process.awaitReady(
                    () -> {
                        if (calls[0]++ == 0) {
                            throw new IOException("refused");
                        }
                        return true;
                    },
                    LONG);

            assertThat(calls[0]).isEqualTo(2);
        }
    }

    @Test
    void aProcessThatEndsBeforeItIsReadyIsToldWithTheEndOfItsLog() {
        try (ManagedProcess process = start("seq 1 100; echo last words >&2; exit 3")) {
            assertThatThrownBy(() -> process.awaitReady(() -> false, LONG))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageContaining("the shell")
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("last words")
                    .hasMessageContaining("\n    100\n")
                    .hasMessageNotContaining("\n    50\n")
                    .hasMessageContaining(directory.resolve("log").toString());
        }
    }

    @Test
    void aProcessThatDoesNotGetReadyIsTold() {
        try (ManagedProcess process = start("exec sleep 60")) {
            assertThatThrownBy(() -> process.awaitReady(() -> false, SHORT))
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageContaining("not ready");
        }
    }

    @Test
    void closingEndsChildrenToo() {
        ManagedProcess process = start("sleep 60 & : > ready; wait");
        process.awaitReady(() -> Files.exists(directory.resolve("ready")), LONG);
        List<ProcessHandle> children = process.handle().descendants().toList();

        process.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(children).hasSize(1).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void aCommandThatIsNotThereIsNamed() {
        ProcessSpec spec =
                new ProcessSpec("the tool", List.of("/no/such/command"), Map.of(), directory, directory.resolve("log"));

        assertThatThrownBy(() -> ManagedProcess.start(spec))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("the tool")
                .hasMessageContaining("/no/such/command");
    }

    @Test
    void givesTheEnvironment() {
        ProcessSpec spec = new ProcessSpec(
                "the shell",
                List.of("/bin/sh", "-c", "echo \"$GREETING\""),
                Map.of("GREETING", "hello"),
                directory,
                directory.resolve("log"));
        try (ManagedProcess process = ManagedProcess.start(spec)) {
            process.handle().onExit().join();

            assertThat(process.tail(5)).containsExactly("hello");
        }
    }

    private ManagedProcess start(String script) {
        return ManagedProcess.start(new ProcessSpec(
                "the shell", List.of("/bin/sh", "-c", script), Map.of(), directory, directory.resolve("log")));
    }
}
