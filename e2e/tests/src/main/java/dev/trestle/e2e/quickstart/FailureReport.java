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

import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessFailedException;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.flink.gateway.GatewayException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to tell a person whose run has failed: what went wrong, which process it was, and where that one's log is. */
final class FailureReport {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    private final ProcessGroup processes;
    private final Path directory;

    FailureReport(ProcessGroup processes, Path directory) {
        this.processes = requireNonNull(processes, "processes is null");
        this.directory = requireNonNull(directory, "directory is null");
    }

    String of(Throwable failure) {
        return "\nquickstart: failed\n" + describe(failure)
                + culprit(failure).map(report -> "\n" + report).orElse("")
                + "\nAll logs are in " + directory;
    }

    private static String describe(Throwable failure) {
        if (failure instanceof CheckFailedException
                || failure instanceof GatewayException
                || failure instanceof ProcessFailedException) {
            return failure.getMessage();
        }
        LOG.error("Not foreseen", failure);
        return failure.toString();
    }

    /** A dead process explains most; where all live, the gateway tells more of what it has refused. */
    private Optional<String> culprit(Throwable failure) {
        if (failure instanceof ProcessFailedException) {
            return Optional.empty();
        }
        Optional<String> dead = processes.firstDead().map(process -> process.report("has ended"));
        return failure instanceof GatewayException ? dead.or(this::gateway) : dead;
    }

    private Optional<String> gateway() {
        return processes.members().stream()
                .filter(process -> process.name().equals(FlinkCluster.GATEWAY))
                .findFirst()
                .map((ManagedProcess process) -> process.report("has answered so"));
    }
}
