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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session of a gateway: current catalog and database, configuration, temporary objects. It ends when it is closed, or after
 * some idle time (10 minutes by default); every call counts as activity, the heartbeat of {@link SessionSettings} too. Safe
 * for many threads.
 */
public final class GatewaySession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewaySession.class);

    private final GatewayClient client;
    private final PollClock clock;
    private final String handle;
    private final String words;
    private final Scope scope;
    private RepeatingTimer.Repetition heartbeat = () -> {};
    private boolean closed;

    GatewaySession(GatewayClient client, PollClock clock, String handle, Optional<String> name) {
        this.client = requireNonNull(client, "client is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.handle = requireNonNull(handle, "handle is null");
        this.words = name.map(given -> "in session '" + given + "'").orElse("in the session");
        this.scope = new Scope.Session(handle);
    }

    /** The gateway's name of the session: whoever knows it can use the session. */
    public String handle() {
        return handle;
    }

    /** Asks for the session's configuration. Values that Flink deems sensitive are not hidden in it. */
    public Map<String, String> fetchProperties() {
        JsonNode answer = send(GatewayCall.get("fetchProperties", words, scope));
        Map<String, String> properties = new LinkedHashMap<>();
        answer.path("properties")
                .properties()
                .forEach(
                        entry -> properties.put(entry.getKey(), entry.getValue().asText()));
        return properties;
    }

    /** Tells the gateway that the session is still in use. */
    public void heartbeat() {
        send(GatewayCall.post("sendHeartbeat", words, scope, emptyBody(), "heartbeat"));
    }

    synchronized void keepAlive(RepeatingTimer timer, Duration interval) {
        heartbeat = timer.repeat(interval, () -> {
            try {
                heartbeat();
            } catch (SessionGoneException e) {
                LOG.warn("The heartbeat ends: {}", e.getMessage());
                throw e;
            } catch (RuntimeException e) {
                // The next one may do better; the statements tell what is wrong.
                LOG.debug("A heartbeat was lost", e);
            }
        });
    }

    /**
     * Runs a statement that sets the session up and waits for its end: CREATE, DROP and ALTER of TABLE, DATABASE and FUNCTION;
     * CREATE, DROP and USE CATALOG; USE; CREATE and DROP VIEW; LOAD, UNLOAD and USE MODULE; ADD JAR.
     *
     * @throws StatementFailedException if the statement is not of these kinds, or has failed
     * @throws UnsupportedOperationException if the gateway speaks version 1 only: use {@link #execute}
     */
    public void configure(String statement) {
        requireVersion(ApiVersion.V2, "configure a session by a statement: execute it instead");
        send(GatewayCall.post("configureSession", words, statementScope(), bodyWith(statement), "configure-session"));
    }

    /**
     * Proposes what may follow in a statement.
     *
     * @param position of the cursor in the statement, in characters from its start
     * @throws UnsupportedOperationException if the gateway speaks version 1 only
     */
    public List<String> complete(String statement, int position) {
        requireVersion(ApiVersion.V2, "complete a statement");
        JsonNode answer = send(GatewayCall.get("completeStatement", words, statementScope(), "complete-statement")
                .withBody(bodyWith(statement).put("position", position)));
        return StreamSupport.stream(answer.path("candidates").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
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
        ObjectNode body = bodyWith(statement);
        put(body, "executionConfig", executionConfig);
        return submit(() -> send(GatewayCall.post("submitStatement", words, statementScope(), body, "statements")));
    }

    /**
     * Starts the refresh of a materialized table. Its result is the job that refreshes; it goes by version 3 of the protocol,
     * the only one that has it, which gateways of Flink 1.20 and later offer beside others.
     *
     * @throws UnsupportedOperationException if the gateway does not offer version 3
     * @throws SubmissionLostException if it was sent and no answer came
     */
    public GatewayOperation refresh(TableRefresh refresh) {
        ObjectNode body = emptyBody().put("isPeriodic", refresh.scheduleTime().isPresent());
        refresh.scheduleTime().ifPresent(time -> body.put("scheduleTime", time));
        put(body, "staticPartitions", refresh.partitions());
        put(body, "dynamicOptions", refresh.dynamicOptions());
        put(body, "executionConfig", refresh.executionConfig());
        GatewayCall call = GatewayCall.post(
                        "refreshTable",
                        refresh.table(),
                        statementScope(),
                        body,
                        "materialized-tables",
                        refresh.table(),
                        "refresh")
                .under("sessions", handle);
        return submit(() -> client.send(call, ApiVersion.V3));
    }

    /**
     * Deploys a script as a Flink application of its own, on a cluster that is started for it: the session's
     * {@code execution.target} must be of that kind, such as {@code kubernetes-application}.
     *
     * @param executionConfig Flink configuration for this script alone
     * @return the id of the cluster
     * @throws UnsupportedOperationException if the gateway does not speak version 4
     */
    public String deployScript(String script, Map<String, String> executionConfig) {
        return deploy(emptyBody().put("script", requireNonNull(script, "script is null")), executionConfig);
    }

    /** The same for a script that the cluster reads from a file, such as {@code s3://bucket/script.sql}. */
    public String deployScript(URI script, Map<String, String> executionConfig) {
        return deploy(emptyBody().put("scriptUri", script.toString()), executionConfig);
    }

    private String deploy(ObjectNode body, Map<String, String> executionConfig) {
        requireVersion(ApiVersion.V4, "deploy a script");
        put(body, "executionConfig", executionConfig);
        return submissionOf(() -> GatewayClient.required(
                send(GatewayCall.post("deployScript", words, statementScope(), body, "scripts")), "clusterID"));
    }

    private GatewayOperation submit(Supplier<JsonNode> submission) {
        return new GatewayOperation(this, clock, GatewayClient.required(submissionOf(submission), "operationHandle"));
    }

    private static <T> T submissionOf(Supplier<T> submission) {
        try {
            return submission.get();
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
     * Executes a statement and reads its rows as they come. Closing the rows closes the operation, and so ends a query.
     *
     * @param patience how long to wait for each next row at most
     */
    public ResultRows query(String statement, Duration patience) {
        return execute(statement).rows(patience);
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

    JsonNode send(GatewayCall call) {
        return client.send(call.under("sessions", handle));
    }

    private Scope statementScope() {
        return new Scope.Statement(handle);
    }

    private void requireVersion(ApiVersion version, String what) {
        if (!client.apiVersion().isAtLeast(version)) {
            throw new UnsupportedOperationException(
                    "This gateway (API version " + client.apiVersion() + ") cannot " + what);
        }
    }

    private static ObjectNode bodyWith(String statement) {
        return emptyBody().put("statement", requireNonNull(statement, "statement is null"));
    }

    private static ObjectNode emptyBody() {
        return GatewayTransport.JSON.createObjectNode();
    }

    private static void put(ObjectNode body, String field, Map<String, String> values) {
        if (!values.isEmpty()) {
            values.forEach(body.putObject(field)::put);
        }
    }

    /** Closes the session and its operations. Jobs of INSERT statements go on. Closing it again, or when it is gone, is fine. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            heartbeat.stop();
        }
        try {
            send(GatewayCall.delete("closeSession", words, scope));
        } catch (SessionGoneException e) {
            // Gone is what was asked for.
        }
    }
}
