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
package dev.trestle.flink;

import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.SqlGateway;
import org.apache.flink.table.gateway.api.utils.SqlGatewayException;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;

/** A SQL gateway in this process, with its jobs on the cluster of all tests and Flink's embedded workflow scheduler. */
final class SqlGatewayInProcess implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final SqlGateway gateway;
    private final URI uri;

    private SqlGatewayInProcess(SqlGateway gateway, URI uri) {
        this.gateway = gateway;
        this.uri = uri;
    }

    static SqlGatewayInProcess start(Path savepoints) throws Exception {
        int attempt = 1;
        while (true) {
            try {
                return start(savepoints, freePort());
            } catch (SqlGatewayException e) {
                // Another process may have taken the port since it was found free.
                if (attempt++ == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static SqlGatewayInProcess start(Path savepoints, int port) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("sql-gateway.endpoint.rest.address", "127.0.0.1");
        configuration.setString("sql-gateway.endpoint.rest.bind-address", "127.0.0.1");
        configuration.setString("sql-gateway.endpoint.rest.port", Integer.toString(port));
        configuration.setString("sql-gateway.endpoint.rest.bind-port", Integer.toString(port));
        configuration.setString("workflow-scheduler.type", "embedded");
        configuration.setString(
                "execution.checkpointing.savepoint-dir", savepoints.toUri().toString());
        configuration.setString("parallelism.default", "1");
        configuration.setString("restart-strategy.type", "none");
        configuration.setString("table.local-time-zone", "UTC");
        FlinkCluster.shared().use(configuration);
        SqlGateway gateway =
                new SqlGateway(configuration, SessionManager.create(new DefaultContext(configuration, List.of())));
        gateway.start();
        return new SqlGatewayInProcess(gateway, URI.create("http://127.0.0.1:" + port));
    }

    GatewayClient client() {
        return GatewayClient.connect(GatewaySettings.of(uri));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        gateway.stop();
    }
}
