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
import dev.trestle.flink.gateway.GatewayCall.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** A statement that was submitted: running, done or failed, and its results. */
public final class GatewayOperation implements AutoCloseable {

    private final GatewaySession session;
    private final String handle;
    private final Scope scope;
    private final String words;
    private final ResultCursor results;

    GatewayOperation(GatewaySession session, PollClock clock, String handle) {
        this.session = requireNonNull(session, "session is null");
        this.handle = requireNonNull(handle, "handle is null");
        this.scope = new Scope.Session(session.handle());
        this.words = "of operation " + handle;
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

    /**
     * The results as rows, in {@link RowFormat#JSON} unless {@link #results} says otherwise.
     *
     * @param patience how long to wait for each next row at most
     */
    public ResultRows rows(Duration patience) {
        return new ResultRows(this, patience);
    }

    /** Asks for the status. Success is told by the results alone. */
    public OperationStatus fetchStatus() {
        return status(session.send(GatewayCall.get("fetchStatus", words, scope, path("status"))));
    }

    /**
     * Cancels the statement. A streaming query counts as finished once it is submitted and cannot be cancelled: its job ends
     * when the operation is closed. The job of an INSERT that is waited for ({@code table.dml-sync}) is cancelled too, unless it
     * is just being submitted: Flink 2.3 then loses sight of it, and it goes on.
     *
     * @throws GatewayException if the gateway refuses, as it does when the operation has finished
     */
    public OperationStatus cancel() {
        return status(session.send(GatewayCall.post(
                "cancelStatement", words, scope, GatewayTransport.JSON.createObjectNode(), path("cancel"))));
    }

    private FetchedResult fetch(long token, RowFormat format) {
        Map<String, String> query =
                session.apiVersion().isAtLeast(ApiVersion.V2) ? Map.of("rowFormat", format.name()) : Map.of();
        return FetchedResult.read(
                session.send(GatewayCall.get(
                                "fetchResults",
                                words,
                                new Scope.Statement(session.handle()),
                                path("result", Long.toString(token)))
                        .withQuery(query)),
                token);
    }

    private String[] path(String... rest) {
        return Stream.concat(Stream.of("operations", handle), Arrays.stream(rest))
                .toArray(String[]::new);
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
            session.send(GatewayCall.delete("closeStatement", words, scope, path("close")));
        } catch (OperationGoneException | SessionGoneException e) {
            // Gone is what was asked for.
        }
    }
}
