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

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProcessGroupTest {

    @TempDir
    private Path directory;

    @Test
    void closingEndsEveryMember() {
        ProcessGroup group = new ProcessGroup();
        group.start(sleeper("a", directory));
        group.start(sleeper("b", directory));

        group.close();

        assertThat(group.members()).extracting(ManagedProcess::isAlive).containsExactly(false, false);
    }

    @Test
    void aClosedGroupStartsNothing() {
        ProcessGroup group = new ProcessGroup();
        group.close();

        assertThatThrownBy(() -> group.start(sleeper("late", directory)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late");
    }

    @Test
    void namesAMemberThatHasEnded() {
        try (ProcessGroup group = new ProcessGroup()) {
            group.start(sleeper("a", directory));
            ManagedProcess b = group.start(sleeper("b", directory));
            assertThat(group.firstDead()).isEmpty();

            b.close();

            assertThat(group.firstDead().map(ManagedProcess::name)).contains("b");
        }
    }

    @Test
    void releasedMembersLiveOn() {
        ProcessGroup group = new ProcessGroup();
        ManagedProcess a = group.start(sleeper("a", directory));
        try {
            group.release();
            group.close();

            assertThat(a.isAlive()).isTrue();
        } finally {
            a.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void membersEndWithTheProgramThatStartedThem(boolean outright) throws Exception {
        Process program = new ProcessBuilder(new JavaCommand(
                                Program.class.getName(),
                                List.of(),
                                List.of(classesOf(ProcessGroup.class), classesOf(Program.class)),
                                List.of(directory.toString()))
                        .words())
                .redirectError(directory.resolve("program.log").toFile())
                .start();
        try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
            Optional<ProcessHandle> member = ProcessHandle.of(Long.parseLong(output.readLine()));
            CompletableFuture<ProcessHandle> memberEnds = member.orElseThrow().onExit();

            if (outright) {
                program.destroyForcibly();
            } else {
                program.destroy();
            }

            assertThat(memberEnds.get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        } finally {
            program.destroyForcibly();
        }
    }

    /** A program with a group of one. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            ProcessGroup group = new ProcessGroup();
            ManagedProcess member = group.start(sleeper("member", Path.of(args[0])));
            System.out.println(member.handle().pid());
            System.out.flush();
            new CompletableFuture<Void>().join();
        }
    }

    private static Path classesOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static ProcessSpec sleeper(String name, Path directory) {
        return new ProcessSpec(name, List.of("sleep", "300"), Map.of(), directory, directory.resolve(name + ".log"));
    }
}
