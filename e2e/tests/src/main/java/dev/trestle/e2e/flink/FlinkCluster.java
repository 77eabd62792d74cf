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
package dev.trestle.e2e.flink;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.JavaCommand;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ProcessSpec;
import dev.trestle.e2e.process.ReadinessProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A JobManager, a TaskManager and a SQL gateway that run and are ready. They end with their {@link ProcessGroup}. */
public final class FlinkCluster {

    /** The name of the gateway's process. */
    public static final String GATEWAY = "Flink SQL gateway";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final FlinkPorts ports;

    private FlinkCluster(FlinkPorts ports) {
        this.ports = ports;
    }

    /**
     * Starts a cluster and returns when it takes statements.
     *
     * @param directory gets the configuration, the logs and Flink's temporary files
     * @param options Flink options beside, or instead of, the cluster's own
     * @param environment of the processes, such as secrets that statements refer to
     */
    public static FlinkCluster start(
            ProcessGroup group,
            FreePorts freePorts,
            FlinkDistribution distribution,
            Path directory,
            Map<String, String> options,
            Map<String, String> environment) {
        requireNonNull(group, "group is null");
        FlinkPorts ports = FlinkPorts.from(freePorts);
        FlinkConfiguration configuration = new FlinkConfiguration(ports, directory.resolve("conf"), options);
        configuration.write();
        Launcher launcher = new Launcher(group, distribution, configuration, directory, environment);
        FlinkCluster cluster = new FlinkCluster(ports);
        ManagedProcess jobManager = launcher.start(
                "Flink JobManager",
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                List.of("-Xmx512m"),
                List.of("--configDir", configuration.directory().toString()));
        ManagedProcess taskManager = launcher.start(
                "Flink TaskManager",
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                List.of("-Xmx1024m", "-XX:MaxDirectMemorySize=320m"),
                List.of("--configDir", configuration.directory().toString()));
        ManagedProcess gateway =
                launcher.start(GATEWAY, "org.apache.flink.table.gateway.SqlGateway", List.of("-Xmx768m"), List.of());
        jobManager.awaitReady(ReadinessProbe.http(cluster.restUri().resolve("/overview")), START_TIMEOUT);
        taskManager.awaitReady(
                ReadinessProbe.http(
                        cluster.restUri().resolve("/taskmanagers"), body -> body.contains("\"slotsNumber\"")),
                START_TIMEOUT);
        gateway.awaitReady(ReadinessProbe.http(cluster.gatewayUri().resolve("/v1/info")), START_TIMEOUT);
        return cluster;
    }

    /** The SQL gateway's REST endpoint. */
    public URI gatewayUri() {
        return URI.create("http://127.0.0.1:" + ports.gateway());
    }

    /** The JobManager's REST endpoint, which is Flink's web UI too. */
    public URI restUri() {
        return URI.create("http://127.0.0.1:" + ports.rest());
    }

    private record Launcher(
            ProcessGroup group,
            FlinkDistribution distribution,
            FlinkConfiguration configuration,
            Path directory,
            Map<String, String> environment) {

        ManagedProcess start(String name, String mainClass, List<String> memory, List<String> arguments) {
            List<String> jvmOptions = new ArrayList<>(memory);
            jvmOptions.addAll(configuration.jvmOptions());
            Map<String, String> variables = new HashMap<>(environment);
            variables.put("FLINK_CONF_DIR", configuration.directory().toString());
            return group.start(new ProcessSpec(
                    name,
                    new JavaCommand(mainClass, jvmOptions, distribution.classPath(), arguments).words(),
                    variables,
                    directory,
                    directory.resolve(name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".log")));
        }
    }
}
