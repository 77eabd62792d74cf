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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session of a gateway: current catalog and database, configuration, temporary objects. It ends when it is closed, or after
 * some idle time (10 minutes by default); every call counts as activity.
 */
public final class GatewaySession implements AutoCloseable {

    private final GatewayClient client;
    private final PollClock clock;
    private final String handle;
    private boolean closed;

    GatewaySession(GatewayClient client, PollClock clock, String handle) {
        this.client = requireNonNull(client, "client is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.handle = requireNonNull(handle, "handle is null");
    }

    /** The gateway's name of the session: whoever knows it can use the session. */
    public String handle() {
        return handle;
    }

    /** Asks for the session's configuration. Values that Flink deems sensitive are not hidden in it. */
    public Map<String, String> fetchProperties() {
        JsonNode answer = send("read the session's properties", Method.GET, List.of(), null, new Scope.Session(handle));
        Map<String, String> properties = new LinkedHashMap<>();
        answer.path("properties")
                .properties()
                .forEach(
                        entry -> properties.put(entry.getKey(), entry.getValue().asText()));
        return properties;
    }

    /** Tells the gateway that the session is still in use. */
    public void heartbeat() {
        send("keep the session alive", Method.POST, List.of("heartbeat"), emptyBody(), new Scope.Session(handle));
    }

    /**
     * Runs a statement that sets the session up (CREATE, ALTER, DROP, USE, LOAD MODULE, ADD JAR) and waits for its end.
     *
     * @throws StatementFailedException if the statement is not of these kinds, or has failed
     * @throws UnsupportedOperationException if the gateway speaks version 1 only: use {@link #execute}
     */
    public void configure(String statement) {
        if (!client.apiVersion().isAtLeast(ApiVersion.V2)) {
            throw new UnsupportedOperationException(
                    "This gateway (API version 1) cannot configure a session by a statement: execute it instead");
        }
        ObjectNode body = emptyBody().put("statement", requireNonNull(statement, "statement is null"));
        send("configure the session", Method.POST, List.of("configure-session"), body, new Scope.Statement(handle));
    }

    /** {@link #execute(String, Map)} with the session's own configuration. */
    public GatewayOperation execute(String statement) {
        return execute(statement, Map.of());
    }

    /**
     * Submits a statement, which then runs at the gateway.
     *
     * @param executionConfig Flink configuration for this statement alone
     * @throws StatementFailedException if the gateway refused it outright; most errors come with the results instead
     * @throws SubmissionLostException if it was sent and no answer came
     */
    public GatewayOperation execute(String statement, Map<String, String> executionConfig) {
        ObjectNode body = emptyBody().put("statement", requireNonNull(statement, "statement is null"));
        if (!executionConfig.isEmpty()) {
            executionConfig.forEach(body.putObject("executionConfig")::put);
        }
        try {
            JsonNode answer =
                    send("submit a statement", Method.POST, List.of("statements"), body, new Scope.Statement(handle));
            return new GatewayOperation(this, clock, GatewayClient.required(answer, "operationHandle"));
        } catch (GatewayUnreachableException e) {
            if (!e.mayHaveArrived()) {
                throw e;
            }
            throw new SubmissionLostException(
                    "The gateway's answer to a statement was lost, and the statement may be running. Do not send it again"
                            + " before you have looked; closing the session ends what can be ended",
                    e);
        }
    }

    /**
     * Executes a statement whose result ends and is small, waits for all of it, and closes the operation.
     *
     * @throws StatementFailedException if the statement or its job has failed
     * @throws GatewayTimeoutException if it has not ended in time: a query is then ended, the job of an INSERT goes on
     */
    public StatementResult run(String statement, Duration timeout) {
        try (GatewayOperation operation = execute(statement)) {
            return operation.results().readAll(timeout);
        }
    }

    ApiVersion apiVersion() {
        return client.apiVersion();
    }

    JsonNode send(String operation, Method method, List<String> segments, JsonNode body, Scope scope) {
        return send(operation, method, segments, Map.of(), body, scope);
    }

    JsonNode send(
            String operation,
            Method method,
            List<String> segments,
            Map<String, String> query,
            JsonNode body,
            Scope scope) {
        List<String> path = new ArrayList<>(List.of("sessions", handle));
        path.addAll(segments);
        return client.send(operation, method, path, query, body, scope);
    }

    private static ObjectNode emptyBody() {
        return GatewayTransport.JSON.createObjectNode();
    }

    /** Closes the session and its operations. Jobs of INSERT statements go on. Closing it again, or when it is gone, is fine. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            send("close the session", Method.DELETE, List.of(), null, new Scope.Session(handle));
        } catch (SessionGoneException e) {
            // Gone is what was asked for.
        }
    }
}
