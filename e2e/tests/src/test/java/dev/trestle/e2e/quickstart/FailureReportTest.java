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
import static org.awaitility.Awaitility.await;

import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReportTest {

    @TempDir
    private Path directory;

    private final ProcessGroup processes = new ProcessGroup();

    @AfterEach
    void stop() {
        processes.close();
    }

    @Test
    void aWrongAnswerIsToldWithoutAProcess() {
        start("Catalog server", "exec sleep 60");

        assertThat(new FailureReport(processes, directory).of(new CheckFailedException("rows: 2 expected, 1 came")))
                .isEqualTo("\nquickstart: failed\nrows: 2 expected, 1 came\nAll logs are in " + directory);
    }

    @Test
    void aDeadProcessIsNamedWithItsLog() {
        ManagedProcess server = start("Catalog server", "echo out of luck");
        await().atMost(Duration.ofSeconds(30)).until(() -> !server.isAlive());

        assertThat(new FailureReport(processes, directory).of(new CheckFailedException("rows: 2 expected, 1 came")))
                .contains("Catalog server", "out of luck", server.log().toString());
    }

    private ManagedProcess start(String name, String script) {
        return processes.start(new ProcessSpec(
                name, List.of("/bin/sh", "-c", script), Map.of(), directory, directory.resolve(name + ".log")));
    }
}
