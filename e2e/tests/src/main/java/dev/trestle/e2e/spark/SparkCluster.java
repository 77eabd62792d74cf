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
package dev.trestle.e2e.spark;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.process.ReadinessProbe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A master and two workers of one core each that run and are ready. They end with their {@link ProcessGroup}, and the executors with them. */
public final class SparkCluster {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** Two names of this machine, which Spark takes for two machines: it duplicates no task on the same one. */
    private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

    private final String master;
    private final Path work;

    private SparkCluster(String master, Path work) {
        this.master = master;
        this.work = work;
    }

    /** Starts a cluster and returns when its workers take executors. */
    public static SparkCluster start(ProcessGroup group, FreePorts ports, SparkHome home) {
        requireNonNull(group, "group is null");
        int port = ports.next();
        int web = ports.next();
        SparkCluster cluster =
                new SparkCluster("spark://127.0.0.1:" + port, home.directory().resolve("work"));
        ManagedProcess master = group.start(home.process(
                "Spark master",
                "org.apache.spark.deploy.master.Master",
                List.of("-Xmx384m", "-Dspark.master.rest.enabled=false"),
                List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + web)));
        HOSTS.forEach(host -> cluster.startWorker(group, ports, home, host));
        master.awaitReady(
                ReadinessProbe.http(URI.create("http://127.0.0.1:" + web + "/json/"), body -> body.replace(" ", "")
                        .contains("\"aliveworkers\":" + HOSTS.size())),
                START_TIMEOUT);
        return cluster;
    }

    private void startWorker(ProcessGroup group, FreePorts ports, SparkHome home, String host) {
        group.start(home.process(
                "Spark worker " + host,
                "org.apache.spark.deploy.worker.Worker",
                List.of("-Xmx384m"),
                List.of(
                        "--host",
                        host,
                        "--port",
                        "" + ports.next(),
                        "--webui-port",
                        "" + ports.next(),
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        work.resolve(host).toString(),
                        master)));
    }

    /** What a driver names as its master. */
    public String master() {
        return master;
    }

    /** Where executors run: a directory for each worker, in it one for each application, and in that one for each executor. */
    public Path work() {
        return work;
    }
}
