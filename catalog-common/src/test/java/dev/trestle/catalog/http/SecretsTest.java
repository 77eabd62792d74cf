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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** No secret in a log line at any level, in a message, in a stack trace, or in a text form. */
@Timeout(60)
class SecretsTest {

    private static final String HEADER_SECRET = "h34d3r-secret";
    private static final String QUERY_SECRET = "qu3ry-secret";
    private static final String BODY_SECRET = "b0dy-secret";
    private static final String ANSWER_SECRET = "4nswer-secret";
    private static final String PROXY_SECRET = "pr0xy-secret";
    private static final List<String> SECRETS =
            List.of(FakeAuthProvider.SECRET, HEADER_SECRET, QUERY_SECRET, BODY_SECRET, ANSWER_SECRET, PROXY_SECRET);

    private final FakeTiming timing = new FakeTiming();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private Level before;

    @BeforeEach
    void listen() {
        before = root.getLevel();
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
        root.setLevel(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nx-h: " + ANSWER_SECRET + "\r\nContent-Length: 13\r\n\r\n" + ANSWER_SECRET,
                "HTTP/1.1 500 Oops\r\nContent-Length: 13\r\n\r\n" + ANSWER_SECRET,
                "HTTP/1.1 503 Later\r\nContent-Length: 13\r\n\r\n" + ANSWER_SECRET,
                "HTTP/1.1 302 There\r\nLocation: http://u:" + ANSWER_SECRET + "@127.0.0.1:9/?" + ANSWER_SECRET
                        + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + ANSWER_SECRET,
                "HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER_SECRET + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + ANSWER_SECRET + "\r\n",
                "HTTP/1.1 200 OK\r\nSet-Cookie: " + ANSWER_SECRET,
                ANSWER_SECRET,
                ANSWER_SECRET + "\r\n",
                ""
            })
    void noneIsInLogsOrFailures(String answer) throws IOException {
        try (RawServer server = new RawServer(RawServer.cutAfter(answer))) {
            HttpSettings settings = TestSettings.of(server.uri())
                    .headers(Map.of("x-api-key", HEADER_SECRET))
                    .build();
            String told = send(settings);

            assertThat(server.requests()).isNotEmpty();
            assertNoSecret(told);
        }
        assertThat(loggedByUs()).isNotEmpty();
        assertNoSecret(logged());
    }

    @Test
    void noneIsInWhatIsSaidOfAProxy() {
        HttpSettings settings = TestSettings.of(URI.create("http://catalog.invalid"))
                .proxy(URI.create("http://user:" + PROXY_SECRET + "@127.0.0.1:1"))
                .headers(Map.of("x-api-key", HEADER_SECRET))
                .build();

        assertNoSecret(send(settings));
        assertNoSecret(logged());
    }

    @Test
    void noneIsInATextForm() {
        HttpSettings settings = TestSettings.of(URI.create("http://catalog.example/api"))
                .proxy(URI.create("http://user:" + PROXY_SECRET + "@127.0.0.1:1"))
                .headers(Map.of("x-api-key", HEADER_SECRET))
                .build();
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            assertThat(transport.toString()).contains("http://catalog.example", "x-api-key", "127.0.0.1:1");
            assertNoSecret(transport.toString());
        }
        assertNoSecret(call().toString());
        assertNoSecret(
                new HttpAnswer(200, Optional.empty(), ANSWER_SECRET.getBytes(StandardCharsets.UTF_8), "id", 1, false)
                        .toString());
    }

    @Test
    void aCallIsOneLineThatTellsWhatHappened() throws IOException {
        try (RawServer server = new RawServer(RawServer.ok());
                CallContext.Scope scope = CallContext.withQueryId("query-7")) {
            send(HttpSettings.of(server.uri()));
        }

        assertThat(loggedByUs()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
            assertThat(event.getFormattedMessage())
                    .matches("list tables of 'db': status 200, attempts 1, \\d+ ms,"
                            + " request id [0-9a-f-]{36}, query query-7");
        });
    }

    @Test
    void whatFailsAfterRepeatsIsAWarning() throws IOException {
        try (RawServer server = new RawServer(RawServer.text("HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"))) {
            send(HttpSettings.of(server.uri()));
        }

        assertThat(loggedByUs()).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).contains("status 503, attempts 5, 5625 ms");
        });
    }

    @Test
    void credentialsInPlainTextToAnotherHostAreAWarningOnce() {
        HttpSettings settings = HttpSettings.of(URI.create("http://catalog.invalid"));
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> transport.send(call())).isInstanceOf(TransportException.class);
            }
        }

        assertThat(loggedByUs().stream()
                        .filter(event -> event.getFormattedMessage().contains("unencrypted")))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.WARN);
                    assertThat(event.getFormattedMessage()).contains("catalog.invalid", "option 'uri'");
                });
    }

    /** The failure with all its causes, or the answer. */
    private String send(HttpSettings settings) {
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            return transport.send(call()).toString();
        } catch (TransportException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    private static HttpCall call() {
        return new HttpCall(
                "listTables",
                "of 'db'",
                Method.POST,
                List.of("tables"),
                Map.of("pageToken", QUERY_SECRET),
                Optional.of(BODY_SECRET.getBytes(StandardCharsets.UTF_8)),
                Repeat.READ);
    }

    private String logged() {
        return log.list.stream()
                .map(event -> event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .collect(Collectors.joining("\n"));
    }

    private List<ILoggingEvent> loggedByUs() {
        return log.list.stream()
                .filter(event -> event.getLoggerName().startsWith("dev.trestle."))
                .toList();
    }

    private static void assertNoSecret(String text) {
        assertThat(text).doesNotContain(SECRETS);
        SECRETS.forEach(secret -> assertThat(text).doesNotContain(hex(secret)));
    }

    /** As a buffer's own text form would show it. */
    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
