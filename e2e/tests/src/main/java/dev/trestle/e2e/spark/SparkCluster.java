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

/** A master and a worker that run and are ready. They end with their {@link ProcessGroup}, and the executors with them. */
public final class SparkCluster {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final String master;
    private final Path work;

    private SparkCluster(String master, Path work) {
        this.master = master;
        this.work = work;
    }

    /** Starts a cluster and returns when its worker takes executors. */
    public static SparkCluster start(ProcessGroup group, FreePorts ports, SparkHome home) {
        requireNonNull(group, "group is null");
        int port = ports.next();
        int web = ports.next();
        SparkCluster cluster =
                new SparkCluster("spark://127.0.0.1:" + port, home.directory().resolve("work"));
        group.start(home.process(
                "Spark master",
                "org.apache.spark.deploy.master.Master",
                List.of("-Xmx384m", "-Dspark.master.rest.enabled=false"),
                List.of("--host", "127.0.0.1", "--port", "" + port, "--webui-port", "" + web)));
        ManagedProcess worker = group.start(home.process(
                "Spark worker",
                "org.apache.spark.deploy.worker.Worker",
                List.of("-Xmx384m"),
                List.of(
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "" + ports.next(),
                        "--webui-port",
                        "" + ports.next(),
                        "--cores",
                        "2",
                        "--memory",
                        "1g",
                        "--work-dir",
                        cluster.work.toString(),
                        cluster.master)));
        worker.awaitReady(
                ReadinessProbe.http(URI.create("http://127.0.0.1:" + web + "/json/"), body -> body.replace(" ", "")
                        .contains("\"aliveworkers\":1")),
                START_TIMEOUT);
        return cluster;
    }

    /** What a driver names as its master. */
    public String master() {
        return master;
    }

    /** Where executors run: a directory for each application, and in it one for each executor. */
    public Path work() {
        return work;
    }
}
