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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A statement that was submitted: running, done or failed, and its results. */
public final class GatewayOperation implements AutoCloseable {

    private final GatewaySession session;
    private final String handle;
    private final Scope scope;
    private final ResultCursor results;

    GatewayOperation(GatewaySession session, PollClock clock, String handle) {
        this.session = requireNonNull(session, "session is null");
        this.handle = requireNonNull(handle, "handle is null");
        this.scope = new Scope.Session(session.handle());
        this.results = new ResultCursor("operation " + handle, this::fetch, clock);
    }

    /** The gateway's name of the operation. */
    public String handle() {
        return handle;
    }

    /** The results: one cursor, for the gateway keeps no page for a second reader. */
    public ResultCursor results() {
        return results;
    }

    /** Asks for the status. Success is told by {@link #results} alone. */
    public OperationStatus fetchStatus() {
        return status(session.send("ask for a statement's status", Method.GET, path("status"), null, scope));
    }

    /**
     * Cancels the statement. A streaming query counts as finished once it is submitted and cannot be cancelled: its job ends
     * when the operation is closed.
     *
     * @throws GatewayException if the gateway refuses, as it does when the operation has finished
     */
    public OperationStatus cancel() {
        ObjectNode empty = GatewayTransport.JSON.createObjectNode();
        return status(session.send("cancel a statement", Method.POST, path("cancel"), empty, scope));
    }

    private FetchedResult fetch(long token) {
        Map<String, String> query =
                session.apiVersion().isAtLeast(ApiVersion.V2) ? Map.of("rowFormat", "JSON") : Map.of();
        JsonNode answer = session.send(
                "fetch a statement's results",
                Method.GET,
                path("result", Long.toString(token)),
                query,
                null,
                new Scope.Statement(session.handle()));
        return FetchedResult.read(answer, token);
    }

    private List<String> path(String... rest) {
        return Stream.concat(Stream.of("operations", handle), Arrays.stream(rest))
                .toList();
    }

    private static OperationStatus status(JsonNode answer) {
        return OperationStatus.named(answer.path("status").asText());
    }

    /**
     * Frees what the gateway holds for the operation and ends the job of a query; the job of an INSERT goes on. Closing it
     * again, or when it or its session is gone, is fine.
     */
    @Override
    public void close() {
        try {
            session.send("close a statement", Method.DELETE, path("close"), null, scope);
        } catch (OperationGoneException | SessionGoneException e) {
            // Gone is what was asked for.
        }
    }
}
