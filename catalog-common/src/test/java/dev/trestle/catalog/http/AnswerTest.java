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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers: what is read from them, how much, and where they may not lead. */
@Timeout(60)
class AnswerTest {

    private static final long LIMIT = 1 << 20;
    private static final long TWO_GIGABYTES = 2L << 30;

    private final MockWebServer server = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void readsStatusTypeBodyAndTheServicesRequestId() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Type", "Application/JSON; charset=UTF-8")
                .setHeader("X-Request-Id", "of-the-service")
                .body("{\"é\":1}")
                .build());

        HttpAnswer answer = send(HttpCalls.read());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.contentType()).contains("application/json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"é\":1}");
        assertThat(answer.requestId()).isEqualTo("of-the-service");
    }

    @Test
    void knowsTheRequestIdOfAGateway() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("x-acs-request-id", "of-the-gateway")
                .build());

        assertThat(send(HttpCalls.read()).requestId()).isEqualTo("of-the-gateway");
    }

    @Test
    void fallsBackToTheRequestIdThatItSent() throws Exception {
        server.enqueue(new MockResponse.Builder().build());

        assertThat(send(HttpCalls.read()).requestId())
                .isEqualTo(server.takeRequest().getHeaders().get("x-request-id"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void aSuccessMayHaveNoBody(int status) {
        server.enqueue(new MockResponse.Builder().code(status).build());

        HttpAnswer answer = send(HttpCalls.change());

        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.body()).isEmpty();
        assertThat(answer.contentType()).isEmpty();
    }

    @Test
    void unpacksGzip() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Encoding", "gzip")
                .body(gzip(new Buffer().writeUtf8("{\"a\":1}")))
                .build());

        assertThat(new String(send(HttpCalls.read()).body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}");
        assertThat(server.takeRequest().getHeaders().get("Accept-Encoding")).isEqualTo("gzip");
    }

    @Test
    void anAnswerOfTheLargestSizeIsRead() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[(int) LIMIT]))
                .build());

        assertThat(send(HttpCalls.read()).body()).hasSize((int) LIMIT);
    }

    @Test
    void aLongAnswerIsRefusedByItsLength() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawServer raw =
                new RawServer(zeros("HTTP/1.1 200 OK\r\nContent-Length: " + TWO_GIGABYTES + "\r\n\r\n", written))) {
            assertTooLong(raw);
        }
    }

    @Test
    void aLongAnswerOfNoStatedLengthIsRefusedAtTheLimit() throws Exception {
        AtomicLong written = new AtomicLong();
        try (RawServer raw = new RawServer(zeros("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", written))) {
            assertTooLong(raw);
        }
        // What the buffers of both sides took in, not what the server has.
        assertThat(written.get()).isLessThan(64 * LIMIT);
    }

    @Test
    void aSmallAnswerThatUnpacksToALongOneIsRefused() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Encoding", "gzip")
                .body(gzip(new Buffer().write(new byte[(int) (64 * LIMIT)])))
                .build());

        TransportException failure = fail(HttpCalls.read());

        assertThat(failure).hasMessageContaining("more than 1048576 bytes");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "301, CHANGE, NOT_SENT",
        "302, CHANGE, NOT_SENT",
        "307, CHANGE, NOT_SENT",
        "308, CHANGE, NOT_SENT",
        "303, CHANGE, UNKNOWN",
        "300, CHANGE, UNKNOWN",
        "304, CHANGE, UNKNOWN",
        "307, READ, NOT_SENT",
        "308, IDEMPOTENT_CHANGE, NOT_SENT"
    })
    void aRedirectIsNotFollowed(int status, Repeat repeat, Delivery delivery) throws Exception {
        try (RawServer elsewhere = new RawServer(RawServer.ok())) {
            server.enqueue(new MockResponse.Builder()
                    .code(status)
                    .setHeader("Location", elsewhere.uri() + "/login?token=" + FakeAuthProvider.SECRET)
                    .build());

            TransportException failure = fail(HttpCalls.of(repeat));

            assertThat(failure.delivery()).isEqualTo(delivery);
            assertThat(failure)
                    .hasMessageContaining("redirects to " + elsewhere.uri() + " ")
                    .hasMessageContaining("option 'uri'")
                    .hasMessageNotContaining("login")
                    .hasMessageNotContaining(FakeAuthProvider.SECRET);
            assertThat(elsewhere.connections()).isZero();
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void aRedirectWithinTheServiceIsNotFollowedEither() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "/other")
                .build());
        server.enqueue(new MockResponse.Builder().build());

        assertThat(fail(HttpCalls.read())).hasMessageContaining("redirects to " + origin());
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://elsewhere/x", "::::"})
    void aRedirectToNowhereIsAnErrorToo(String location) {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", location)
                .build());

        assertThat(fail(HttpCalls.read())).hasMessageContaining("status 302");
    }

    private String origin() {
        return "http://" + server.getHostName() + ":" + server.getPort();
    }

    private void assertTooLong(RawServer raw) {
        try (OkHttpTransport transport = open(raw.uri())) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
            assertThat(failure)
                    .hasMessageContaining("more than 1048576 bytes")
                    .hasMessageContaining("option 'uri'")
                    .hasMessageContaining("attempts 1");
        }
    }

    private static RawServer.Answer zeros(String head, AtomicLong written) {
        return (socket, out) -> {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            writeZeros(out, written);
        };
    }

    private static void writeZeros(OutputStream out, AtomicLong written) throws IOException {
        byte[] zeros = new byte[1 << 16];
        while (written.get() < TWO_GIGABYTES) {
            out.write(zeros);
            written.addAndGet(zeros.length);
        }
    }

    private static Buffer gzip(Buffer plain) throws IOException {
        Buffer packed = new Buffer();
        try (BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeAll(plain);
        }
        return packed;
    }

    private HttpAnswer send(HttpCall call) {
        try (OkHttpTransport transport = open(server.url("/").uri())) {
            return transport.send(call);
        }
    }

    private TransportException fail(HttpCall call) {
        return catchThrowableOfType(TransportException.class, () -> send(call));
    }

    private OkHttpTransport open(URI uri) {
        HttpSettings settings = TestSettings.of(uri).maxAnswerBytes(LIMIT).build();
        return OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing);
    }
}
