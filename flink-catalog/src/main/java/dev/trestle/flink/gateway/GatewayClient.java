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

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.flink.gateway.GatewayCall.Method;
import dev.trestle.flink.gateway.GatewayCall.Scope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of one SQL gateway. Safe for many threads.
 *
 * <pre>{@code
 * try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(URI.create("http://localhost:8083")));
 *         GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "batch"))) {
 *     session.configure("USE CATALOG lake");
 *     StatementResult result = session.run("SELECT * FROM t", Duration.ofMinutes(1));
 * }
 * }</pre>
 */
public final class GatewayClient implements AutoCloseable {

    private static final String TIME_ZONE = "table.local-time-zone";

    private final GatewayTransport transport;
    private final PollClock clock;
    private final ApiVersion version;

    private GatewayClient(GatewayTransport transport, PollClock clock, ApiVersion version) {
        this.transport = transport;
        this.clock = clock;
        this.version = version;
    }

    /**
     * Asks the gateway which versions of the protocol it has and agrees on the newest that both know.
     *
     * @throws GatewayUnreachableException if nothing answers
     * @throws UnexpectedAnswerException if what answers is no SQL gateway, or none that this client can talk to
     */
    public static GatewayClient connect(GatewaySettings settings) {
        return connect(settings, PollClock.SYSTEM);
    }

    static GatewayClient connect(GatewaySettings settings, PollClock clock) {
        GatewayTransport transport = new GatewayTransport(settings, clock);
        try {
            return new GatewayClient(transport, clock, negotiate(transport));
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private static ApiVersion negotiate(GatewayTransport transport) {
        JsonNode answer = transport.send(new GatewayCall(
                "list the gateway's API versions",
                Method.GET,
                List.of(ApiVersion.V1.pathSegment(), "api_versions"),
                Map.of(),
                Optional.empty(),
                Scope.GATEWAY));
        List<String> offered = new ArrayList<>();
        answer.path("versions").forEach(version -> offered.add(version.asText()));
        return ApiVersion.newestIn(offered)
                .orElseThrow(() -> new UnexpectedAnswerException("The service at " + transport.uri()
                        + " offers the API versions " + offered + "; this client knows "
                        + List.of(ApiVersion.values())));
    }

    /** The version of the protocol that both sides agreed on. */
    public ApiVersion apiVersion() {
        return version;
    }

    /** Where the gateway is. */
    public URI uri() {
        return transport.uri();
    }

    /** Asks the gateway for its name and version. */
    public GatewayInfo fetchInfo() {
        JsonNode answer =
                send("ask for the gateway's version", Method.GET, List.of("info"), Map.of(), null, Scope.GATEWAY);
        return new GatewayInfo(
                answer.path("productName").asText(), answer.path("version").asText());
    }

    /**
     * Opens a session. Its time zone is UTC: with another one the gateway sends TIMESTAMP_LTZ values that cannot be told apart.
     *
     * @param properties Flink's configuration of the session, such as {@code execution.runtime-mode}
     * @throws IllegalArgumentException if the properties set another time zone
     */
    public GatewaySession openSession(Map<String, String> properties) {
        requireNonNull(properties, "properties is null");
        String zone = properties.getOrDefault(TIME_ZONE, "UTC");
        if (!zone.equals("UTC")) {
            throw new IllegalArgumentException("Leave " + TIME_ZONE + " at UTC, not " + zone
                    + ": the gateway sends local times without their zone. Convert in SQL, or where values are shown");
        }
        ObjectNode body = GatewayTransport.JSON.createObjectNode();
        ObjectNode sent = body.putObject("properties");
        properties.forEach(sent::put);
        sent.put(TIME_ZONE, zone);
        JsonNode answer = send("open a session", Method.POST, List.of("sessions"), Map.of(), body, Scope.GATEWAY);
        return new GatewaySession(this, clock, required(answer, "sessionHandle"));
    }

    JsonNode send(
            String operation,
            Method method,
            List<String> segments,
            Map<String, String> query,
            JsonNode body,
            Scope scope) {
        List<String> path = new ArrayList<>();
        path.add(version.pathSegment());
        path.addAll(segments);
        return transport.send(new GatewayCall(operation, method, path, query, Optional.ofNullable(body), scope));
    }

    static String required(JsonNode answer, String field) {
        String value = answer.path(field).asText("");
        if (value.isEmpty()) {
            throw new UnexpectedAnswerException("The gateway's answer has no " + field);
        }
        return value;
    }

    /** Frees the connections. Sessions are not closed: they end by their own idle time-out. */
    @Override
    public void close() {
        transport.close();
    }
}
