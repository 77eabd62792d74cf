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
package dev.trestle.catalog.starrocks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.http.TransportException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends the calls of the dialect, opens their envelopes, and waits for what the service does in its own time. */
final class StarRocksClient {

    private final HttpTransport transport;
    private final StarRocksSettings settings;
    private final AsyncTasks tasks;

    StarRocksClient(HttpTransport transport, StarRocksSettings settings, Waiting waiting) {
        this.transport = requireNonNull(transport, "transport is null");
        this.settings = requireNonNull(settings, "settings is null");
        this.tasks = new AsyncTasks(this, settings, waiting);
    }

    /** A call and its complete, successful answer. */
    record Exchange(HttpCall call, HttpAnswer answer, JsonNode result) {}

    StarRocksSettings settings() {
        return settings;
    }

    /** What a GET answers. */
    JsonNode get(Operation operation, List<String> path, Map<String, String> query) {
        Exchange exchange = exchange(call(operation, Method.GET, path, query, Optional.empty(), Repeat.READ));
        if (!exchange.result().isContainerNode()) {
            throw StarRocksErrors.malformed(exchange.call(), exchange.answer(), "without a result");
        }
        return exchange.result();
    }

    /** A change whose parameters are in its body. */
    void change(Operation operation, Method method, List<String> path, ObjectNode body, Repeat repeat) {
        settle(call(operation, method, path, Map.of(), Optional.of(body), repeat));
    }

    /** A DELETE, whose parameters are in its query. */
    void delete(Operation operation, List<String> path, Map<String, String> query) {
        settle(call(operation, Method.DELETE, path, query, Optional.empty(), Repeat.CHANGE));
    }

    private void settle(HttpCall call) {
        Exchange exchange = exchange(call);
        int status = exchange.answer().status();
        if (status != 201 && status != 202) {
            return;
        }
        String uri = StarRocksJson.text(exchange.result(), "uri")
                .orElseThrow(
                        () -> StarRocksErrors.malformed(call, exchange.answer(), "without the URI that belongs to it"));
        if (status == 202) {
            tasks.await(exchange, uri);
        }
    }

    Exchange exchange(HttpCall call) {
        HttpAnswer answer = send(call);
        if (!answer.isSuccess()) {
            throw StarRocksErrors.ofStatus(call, answer);
        }
        Envelope envelope = Envelope.of(answer)
                .orElseThrow(() -> StarRocksErrors.malformed(
                        call, answer, answer.body().length == 0 ? "without a body" : "without an envelope"));
        if (!envelope.isSuccess()) {
            throw StarRocksErrors.ofCode(call, answer, envelope);
        }
        return new Exchange(call, answer, envelope.result());
    }

    private HttpAnswer send(HttpCall call) {
        try {
            return transport.send(call);
        } catch (TransportException e) {
            if (call.repeat() == Repeat.READ || e.delivery() == TransportException.Delivery.NOT_SENT) {
                throw new ServiceUnavailableException(e.getMessage(), e);
            }
            throw new OutcomeUncertainException(e.getMessage(), false, e);
        }
    }

    static HttpCall call(
            Operation operation,
            Method method,
            List<String> path,
            Map<String, String> query,
            Optional<ObjectNode> body,
            Repeat repeat) {
        return new HttpCall(
                operation.name(), operation.object(), method, path, query, body.map(StarRocksJson::write), repeat);
    }
}
