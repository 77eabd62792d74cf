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
import dev.trestle.flink.gateway.GatewayCall.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A client of one SQL gateway. Safe for many threads.
 *
 * <pre>{@code
 * try (GatewayClient gateway = GatewayClient.connect(GatewaySettings.of(URI.create("http://localhost:8083")));
 *         GatewaySession session = gateway.openSession(Map.of("execution.runtime-mode", "batch"))) {
 *     session.configure("USE CATALOG lake");
 *     try (ResultRows rows = session.query("SELECT * FROM t", Duration.ofMinutes(1))) {
 *         rows.forEachRemaining(row -> System.out.println(row.kind() + " " + row.values()));
 *     }
 * }
 * }</pre>
 */
public final class GatewayClient implements AutoCloseable {

    private final GatewayTransport transport;
    private final PollClock clock;
    private final RepeatingTimer timer;
    private final List<String> offered;
    private final ApiVersion version;

    private GatewayClient(
            GatewayTransport transport,
            PollClock clock,
            RepeatingTimer timer,
            List<String> offered,
            ApiVersion version) {
        this.transport = transport;
        this.clock = clock;
        this.timer = timer;
        this.offered = offered;
        this.version = version;
    }

    /**
     * Asks the gateway which versions of the protocol it has and agrees on the newest that both know.
     *
     * @throws GatewayUnreachableException if nothing answers
     * @throws UnexpectedAnswerException if what answers is no SQL gateway, or none that this client can talk to
     */
    public static GatewayClient connect(GatewaySettings settings) {
        return connect(settings, ApiVersion.V4);
    }

    /** As {@link #connect(GatewaySettings)}, but speaks no newer version than the given one. */
    public static GatewayClient connect(GatewaySettings settings, ApiVersion newest) {
        return connect(settings, newest, PollClock.SYSTEM, new DaemonTimer("sql-gateway-heartbeat"));
    }

    static GatewayClient connect(GatewaySettings settings, ApiVersion newest, PollClock clock, RepeatingTimer timer) {
        requireNonNull(newest, "newest is null");
        GatewayTransport transport = new GatewayTransport(settings);
        try {
            List<String> offered = fetchVersions(transport);
            return new GatewayClient(transport, clock, timer, offered, choose(transport, offered, newest));
        } catch (RuntimeException e) {
            transport.close();
            timer.close();
            throw e;
        }
    }

    private static List<String> fetchVersions(GatewayTransport transport) {
        JsonNode answer = transport.send(GatewayCall.get(
                "listVersions", "of the gateway's API", Scope.GATEWAY, ApiVersion.V1.pathSegment(), "api_versions"));
        return StreamSupport.stream(answer.path("versions").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static ApiVersion choose(GatewayTransport transport, List<String> offered, ApiVersion newest) {
        return ApiVersion.newestIn(offered, newest)
                .orElseThrow(() -> new UnexpectedAnswerException("The service at " + transport.uri()
                        + " offers the API versions " + offered + "; this client knows "
                        + List.of(ApiVersion.values()) + " and was to speak " + newest + " at most"));
    }

    /** The version of the protocol that both sides agreed on. */
    public ApiVersion apiVersion() {
        return version;
    }

    /** The versions that the gateway offered, in its own words. */
    public List<String> offeredVersions() {
        return offered;
    }

    /** Where the gateway is. */
    public URI uri() {
        return transport.uri();
    }

    /** Asks the gateway for its name and version. */
    public GatewayInfo fetchInfo() {
        JsonNode answer = send(GatewayCall.get("fetchInfo", "of the gateway", Scope.GATEWAY, "info"));
        return new GatewayInfo(
                answer.path("productName").asText(), answer.path("version").asText());
    }

    /** Opens a session with these properties, and otherwise {@link SessionSettings#DEFAULT}. */
    public GatewaySession openSession(Map<String, String> properties) {
        return openSession(SessionSettings.DEFAULT.withProperties(properties));
    }

    /**
     * Opens a session.
     */
    public GatewaySession openSession(SessionSettings settings) {
        ObjectNode body = GatewayTransport.JSON.createObjectNode();
        settings.name().ifPresent(name -> body.put("sessionName", name));
        settings.allProperties().forEach(body.putObject("properties")::put);
        JsonNode answer = send(GatewayCall.post("openSession", "at the gateway", Scope.GATEWAY, body, "sessions"));
        GatewaySession session = new GatewaySession(this, clock, required(answer, "sessionHandle"), settings.name());
        settings.heartbeat().ifPresent(interval -> session.keepAlive(timer, interval));
        return session;
    }

    JsonNode send(GatewayCall call) {
        return transport.send(call.under(version.pathSegment()));
    }

    /** By a version that knows the call, whatever was agreed on: sessions belong to all versions of a gateway. */
    JsonNode send(GatewayCall call, ApiVersion by) {
        if (!by.isIn(offered)) {
            throw new UnsupportedOperationException("Cannot " + call.inWords() + ": that is in version " + by
                    + " of the gateway's API, and this gateway offers " + offered);
        }
        return transport.send(call.under(by.pathSegment()));
    }

    static String required(JsonNode answer, String field) {
        String value = answer.path(field).asText("");
        if (value.isEmpty()) {
            throw new UnexpectedAnswerException("The gateway's answer has no " + field);
        }
        return value;
    }

    /** Frees the connections and ends the heartbeats. Sessions are not closed: they end by their own idle time-out. */
    @Override
    public void close() {
        timer.close();
        transport.close();
    }
}
