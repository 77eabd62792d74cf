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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;

/** A gateway that answers by a script, and keeps what it is asked. */
final class ScriptedGateway implements AutoCloseable {

    private static final Headers JSON = Headers.of("Content-Type", "application/json");

    private final MockWebServer server = new MockWebServer();
    private final FakePollClock clock = new FakePollClock();
    private final FakeTimer timer = new FakeTimer();

    /** Starts it. */
    ScriptedGateway() {
        try {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MockWebServer server() {
        return server;
    }

    FakePollClock clock() {
        return clock;
    }

    FakeTimer timer() {
        return timer;
    }

    URI uri() {
        return server.url("/").uri();
    }

    /** Each question is asked once, so that a test waits for no repeats. */
    GatewayClient connect(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(Map.of("uri", uri().toString(), "http.max-attempts", "1"));
        all.putAll(options);
        return GatewayClient.connect(GatewaySettings.of(all), ApiVersion.V4, clock, timer);
    }

    /** A client that has agreed on the newest of these versions. */
    GatewayClient connected(String... versions) {
        offer(versions);
        GatewayClient client = connect(Map.of());
        take();
        return client;
    }

    void offer(String... versions) {
        answer("{'versions':['" + String.join("','", versions) + "']}");
    }

    /** A session {@code s}, opened without a heartbeat; the requests for it are taken. */
    GatewaySession session(GatewayClient client) {
        answer("{'sessionHandle':'s'}");
        GatewaySession session = client.openSession(SessionSettings.DEFAULT.withoutHeartbeat());
        take();
        return session;
    }

    /** An operation {@code o}; the request for it is taken. */
    GatewayOperation operation(GatewayClient client) {
        GatewaySession session = session(client);
        answer("{'operationHandle':'o'}");
        GatewayOperation operation = session.execute("SELECT 1");
        take();
        return operation;
    }

    /** @param json with single quotes in place of double ones */
    void answer(String json) {
        server.enqueue(new MockResponse(200, JSON, json.replace('\'', '"')));
    }

    void fail(String trace) {
        server.enqueue(new MockResponse(500, JSON, "{\"errors\":[\"Internal server error.\",\"" + trace + "\"]}"));
    }

    /** Takes the next request and cuts the connection. */
    void cut() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
    }

    RecordedRequest take() {
        try {
            RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
            assertThat(request).as("a request").isNotNull();
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next request's method and path, such as {@code GET /v4/info}. */
    String takeLine() {
        RecordedRequest request = take();
        return request.getMethod() + " " + request.getTarget();
    }

    static JsonNode body(RecordedRequest request) {
        return json(request.getBody().utf8());
    }

    /** @param text with single quotes in place of double ones */
    static JsonNode json(String text) {
        try {
            return GatewayTransport.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
