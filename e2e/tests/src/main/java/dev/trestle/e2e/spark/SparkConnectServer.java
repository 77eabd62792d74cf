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
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Spark Connect server that was started as Spark's own script starts one. It ends with its {@link ProcessGroup}. */
public final class SparkConnectServer {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** What {@code spark-submit} is given where the program is Spark's own. */
    private static final Path SPARKS_OWN = Path.of("spark-internal");

    private final int port;

    private SparkConnectServer(int port) {
        this.port = port;
    }

    /**
     * Starts a server and returns when it takes connections.
     *
     * @param master such as {@code local[2]}
     * @param jars what the user gives as {@code --jars}
     * @param settings what the user gives as {@code --conf}
     */
    public static SparkConnectServer start(
            ProcessGroup group,
            FreePorts ports,
            SparkHome home,
            String master,
            List<Path> jars,
            Map<String, String> settings) {
        requireNonNull(group, "group is null");
        int port = ports.next();
        Map<String, String> bound = new HashMap<>(settings);
        bound.put("spark.connect.grpc.binding.address", "127.0.0.1");
        bound.put("spark.connect.grpc.binding.port", Integer.toString(port));
        ManagedProcess process = group.start(home.submit(
                "Spark Connect server",
                new SparkDriver.Submission(master, jars, SPARKS_OWN, bound)
                        .arguments("org.apache.spark.sql.connect.service.SparkConnectServer", List.of())));
        process.awaitReady(
                () -> {
                    try (Socket socket = new Socket("127.0.0.1", port)) {
                        return socket.isConnected();
                    }
                },
                START_TIMEOUT);
        return new SparkConnectServer(port);
    }

    /** What a client names as its remote. */
    public String remote() {
        return "sc://127.0.0.1:" + port;
    }
}
