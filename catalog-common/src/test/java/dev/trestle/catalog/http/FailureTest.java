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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens where no complete answer comes: repeats, what is known of the outcome, and the message. */
@Timeout(60)
class FailureTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n";
    private static final String GZIP =
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u001f\u008b\b\u0000";

    private final FakeTiming timing = new FakeTiming();
    private final FakeAuthProvider auth = FakeAuthProvider.fixed();
    private RawServer server;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                        Arguments.of("cut before the answer", RawServer.cut(), "was cut before an answer came"),
                        Arguments.of("reset before the answer", RawServer.reset(), "was cut before an answer came"),
                        Arguments.of(
                                "cut in the head", RawServer.cutAfter("HTTP/1.1 200 OK\r\nConte"), "was cut before"),
                        Arguments.of("cut in the body", RawServer.cutAfter(HEAD + "{"), "was cut off or damaged"),
                        Arguments.of("cut in a chunk", RawServer.cutAfter(CHUNKED), "was cut off or damaged"),
                        Arguments.of("gzip cut", RawServer.text(GZIP), "was cut off or damaged"),
                        Arguments.of("not gzip", RawServer.text(GZIP.replace('\u001f', 'x')), "was cut off or damaged"))
                .flatMap(row -> Stream.of(Repeat.values())
                        .map(repeat -> Arguments.of(row.get()[0], row.get()[1], row.get()[2], repeat)));
    }

    @ParameterizedTest(name = "{0}, {3}")
    @MethodSource("lostAnswers")
    void aLostAnswerIsAskedForAgainUnlessItWasAChange(String name, RawServer.Answer lost, String words, Repeat repeat)
            throws Exception {
        server = new RawServer(lost, RawServer.ok());

        if (repeat == Repeat.CHANGE) {
            TransportException failure = fail(HttpCalls.change());

            assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
            assertThat(failure)
                    .hasMessageStartingWith("Cannot create database 'db': ")
                    .hasMessageContaining(words)
                    .hasMessageContaining("attempts 1, request id " + failure.requestId());
            assertThat(server.requests()).hasSize(1);
        } else {
            HttpAnswer answer = send(HttpCalls.of(repeat));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.attempts()).isEqualTo(2);
            assertThat(answer.resent()).isEqualTo(repeat == Repeat.IDEMPOTENT_CHANGE);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aReadGivesUpAfterFiveLostAnswers() throws Exception {
        server = new RawServer(RawServer.cut());

        TransportException failure = fail(HttpCalls.read());

        assertThat(failure).hasMessageContaining("attempts 5");
        assertThat(server.requests()).hasSize(5);
        assertThat(timing.sleeps()).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(Repeat.class)
    void nothingListens(Repeat repeat) throws Exception {
        try (RefusingPort port = new RefusingPort()) {
            TransportException failure = fail(port.uri(), HttpCalls.of(repeat));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure)
                    .hasMessageContaining("no connection to 127.0.0.1:" + port.number() + " (Connection refused)")
                    .hasMessageContaining("option 'uri'")
                    .hasMessageContaining("attempts 5");
        }
    }

    @Test
    void theHostNameIsNotKnown() {
        TransportException failure = fail(URI.create("http://no-such-host.invalid:99"), HttpCalls.change());

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("the host name of no-such-host.invalid:99 is not known")
                .hasMessageContaining("option 'uri'");
    }

    @Test
    void whatListensDoesNotSpeakHttp() throws Exception {
        server = new RawServer(RawServer.cutAfter("SSH-2.0-OpenSSH_9.2\r\n"));

        TransportException failure = fail(HttpCalls.read());

        assertThat(failure).hasMessageContaining("does not speak HTTP").hasMessageContaining("option 'uri'");
        assertThat(server.requests()).as("not asked again").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Repeat.class)
    void aSlowBodyEndsWithTheAttemptsTime(Repeat repeat) throws Exception {
        server = new RawServer(
                (socket, out) -> {
                    out.write((HEAD + "{").getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                },
                RawServer.ok());
        HttpSettings settings =
                TestSettings.of(server.uri()).callTimeout(Duration.ofSeconds(2)).build();
        try (OkHttpTransport transport = open(settings)) {
            if (repeat == Repeat.CHANGE) {
                TransportException failure =
                        catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

                assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
                assertThat(failure)
                        .hasMessageContaining("no complete answer from 127.0.0.1:" + server.port() + " within 2 s")
                        .hasMessageContaining("option 'http.call-timeout'");
            } else {
                assertThat(transport.send(HttpCalls.of(repeat)).attempts()).isEqualTo(2);
            }
        }
    }

    @Test
    void anAttemptGetsNoMoreThanWhatIsLeftOfTheDeadline() throws Exception {
        server = new RawServer(RawServer.silence());
        HttpSettings settings =
                TestSettings.of(server.uri()).deadline(Duration.ofMillis(200)).build();
        try (OkHttpTransport transport = open(settings)) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure).hasMessageContaining("within 200 ms");
        }
    }

    private TransportException fail(HttpCall call) {
        return fail(server.uri(), call);
    }

    private TransportException fail(URI uri, HttpCall call) {
        try (OkHttpTransport transport = open(HttpSettings.of(uri))) {
            return catchThrowableOfType(TransportException.class, () -> transport.send(call));
        }
    }

    private HttpAnswer send(HttpCall call) {
        try (OkHttpTransport transport = open(HttpSettings.of(server.uri()))) {
            return transport.send(call);
        }
    }

    private OkHttpTransport open(HttpSettings settings) {
        return OkHttpTransport.open(settings, auth, HttpMetrics.NONE, timing);
    }
}
