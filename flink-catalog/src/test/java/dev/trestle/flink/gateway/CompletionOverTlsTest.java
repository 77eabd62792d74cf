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
package dev.trestle.flink.gateway;

import static dev.trestle.flink.gateway.ScriptedGateway.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one call that another HTTP client sends: a GET that has a body. */
@Timeout(30)
class CompletionOverTlsTest {

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> teams = new CopyOnWriteArrayList<>();

    @Test
    void goesOverTheSameTlsWithTheSameHeaders(@TempDir Path directory) throws IOException {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslContext()));
        server.createContext("/", this::answer);
        server.start();
        try (GatewayClient client = GatewayClient.connect(GatewaySettings.of(Map.of(
                "uri",
                "https://127.0.0.1:" + server.getAddress().getPort() + "/flink",
                "http.tls.trust-store",
                Files.writeString(directory.resolve("ca.pem"), certificate.certificatePem())
                        .toString(),
                "header.x-team",
                "t1")))) {
            GatewaySession session = client.openSession(SessionSettings.DEFAULT.withoutHeartbeat());

            assertThat(session.complete("SELECT * FRO", 12)).containsExactly("FROM", "FROM t");
        } finally {
            server.stop(0);
        }

        assertThat(requests.get(2)).startsWith("GET /flink/v4/sessions/s/complete-statement ");
        assertThat(json(requests.get(2).split(" ", 3)[2]))
                .isEqualTo(json("{'statement':'SELECT * FRO','position':12}"));
        assertThat(teams).containsExactly("t1", "t1", "t1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        teams.add(exchange.getRequestHeaders().getFirst("x-team"));
        String answer = path.endsWith("api_versions")
                ? "{\"versions\":[\"V4\"]}"
                : path.endsWith("sessions") ? "{\"sessionHandle\":\"s\"}" : "{\"candidates\":[\"FROM\",\"FROM t\"]}";
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length());
        exchange.getResponseBody().write(answer.getBytes(UTF_8));
        exchange.close();
    }
}
