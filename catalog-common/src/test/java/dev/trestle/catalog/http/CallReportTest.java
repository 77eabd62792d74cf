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
package dev.trestle.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trestle.catalog.auth.TokenEndpoint;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log line of a call: operation, object, status, attempts, time, request id, and the engine's query id. */
@Timeout(60)
class CallReportTest {

    private static final QueryIds OF_ENGINE = new QueryIds(Optional.of("engine-query"));
    private static final String REQUEST_ID = "[0-9a-f]{8}-[0-9a-f-]{27}";

    private final MockWebServer server = new MockWebServer();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.trestle.catalog.http");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Level before;

    @BeforeEach
    void start() throws IOException {
        server.start();
        before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        MDC.clear();
        logger.detachAppender(log);
        logger.setLevel(before);
        server.close();
    }

    @Test
    void holdsWhatIsKnownOfACall() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).build());
        server.enqueue(new MockResponse.Builder()
                .addHeader("x-request-id", "of-the-service")
                .build());

        try (CallContext.Scope scope = CallContext.withQueryId("q-1")) {
            assertThat(scope).isNotNull();
            send(QueryIds.OF_CONTEXT);
        }

        assertThat(lines())
                .containsExactly(
                        "get database 'db': status 200, attempts 2, 375 ms, request id of-the-service, query q-1");
        assertThat(server.takeRequest().getHeaders().get("x-trestle-query-id")).isEqualTo("q-1");
    }

    @Test
    void takesTheQuerysIdFromTheEnginesMdc() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        MDC.put("engine-query", "job é 7");

        send(OF_ENGINE);

        assertThat(lines()).singleElement().asString().endsWith(", query job ? 7");
        assertThat(server.takeRequest().getHeaders().get("x-trestle-query-id")).isEqualTo("job ? 7");
    }

    @Test
    void theContextGoesBeforeTheMdc() {
        server.enqueue(new MockResponse.Builder().build());
        MDC.put("engine-query", "of-the-mdc");

        try (CallContext.Scope scope = CallContext.withQueryId("of-the-context")) {
            assertThat(scope).isNotNull();
            send(OF_ENGINE);
        }

        assertThat(lines()).singleElement().asString().endsWith(", query of-the-context");
    }

    @Test
    void aCallWithoutAQuerySaysSo() throws Exception {
        server.enqueue(new MockResponse.Builder().code(404).build());

        send(OF_ENGINE);

        assertThat(lines())
                .singleElement()
                .asString()
                .matches("get database 'db': status 404, attempts 1, 0 ms, request id " + REQUEST_ID + ", query -");
        assertThat(server.takeRequest().getHeaders().get("x-trestle-query-id")).isNull();
    }

    @Test
    void aCallThatIsInterruptedIsNoError() throws Exception {
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        InMemoryHttpMetrics metrics = new InMemoryHttpMetrics();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> failure.complete(catchThrowable(() -> send(OF_ENGINE, metrics))));
        caller.start();
        server.takeRequest();

        caller.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(TransportInterruptedException.class);
        assertThat(metrics.snapshot().get("getDatabase").errors()).isZero();
    }

    @Test
    void aRequestForATokenHasALineToo() {
        server.enqueue(new MockResponse.Builder().code(400).build());
        URI uri = server.url("/token?key=s3cret").uri();
        MDC.put("engine-query", "job-1");

        try (TokenEndpoint endpoint = new OkHttpTokenEndpoints(
                        HttpSettings.of(uri.resolve("/")), HttpMetrics.NONE, OF_ENGINE, new FakeTiming())
                .open("oauth2.server-uri", uri)) {
            endpoint.post(Map.of("client_secret", "s3cret"), Optional.empty());
        }

        assertThat(lines())
                .singleElement()
                .asString()
                .matches("request token from http://[^/]+/token: status 400, attempts 1, 0 ms, request id " + REQUEST_ID
                        + ", query job-1");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void send(QueryIds queryIds) {
        send(queryIds, HttpMetrics.NONE);
    }

    private void send(QueryIds queryIds, HttpMetrics metrics) {
        HttpSettings settings = HttpSettings.of(server.url("/").uri());
        FakeTiming timing = new FakeTiming();
        try (OkHttpTransport transport = new OkHttpTransport(
                settings, FakeAuthProvider.fixed(), metrics, queryIds, timing, new ServiceClient(settings))) {
            transport.send(HttpCalls.read());
        }
    }
}
