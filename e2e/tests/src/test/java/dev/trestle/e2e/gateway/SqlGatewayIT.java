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

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.flink.FlinkDistribution;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway's client and {@code e2e/flink-sql} against a real gateway and a cluster of processes, with nothing but Flink in
 * them: one cluster for all.
 */
@Timeout(300)
class SqlGatewayIT {

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        processes = new ProcessGroup();
        gateway = new RunningGateway(
                FlinkCluster.start(
                        processes,
                        new FreePorts(),
                        new FlinkDistribution(BuildOutput.find().flinkJars(), List.of()),
                        directory,
                        Map.of(
                                "sql-gateway.session.idle-timeout", "15 s",
                                "sql-gateway.session.check-interval", "1 s",
                                "restart-strategy.type", "none"),
                        Map.of()),
                directory.resolve("flink-sql-gateway.log"));
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    @Nested
    class Sessions extends SessionSuite {
        Sessions() {
            super(gateway);
        }
    }

    @Nested
    class Types extends TypeSuite {
        Types() {
            super(gateway);
        }
    }

    @Nested
    class Results extends ResultSuite {
        Results() {
            super(gateway);
        }
    }

    @Nested
    class Failures extends FailureSuite {
        Failures() {
            super(gateway);
        }
    }

    @Nested
    class Command extends CommandSuite {
        Command() {
            super(gateway);
        }
    }
}
