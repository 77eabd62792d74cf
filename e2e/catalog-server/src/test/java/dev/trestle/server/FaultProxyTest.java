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
package dev.trestle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.InjectedFault;
import dev.trestle.server.fault.ProxiedRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FaultProxyTest {

    private static final Predicate<ProxiedRequest> CREATE = ProxiedRequest.that("POST", "/databases$");

    /** Longer than a busy machine needs to look, once a request has come, whether it was carried out. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private CatalogServer server;
    private FaultProxy proxy;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void start(@TempDir Path directory) {
        server = CatalogServer.start(ServerOptions.builder(directory).build());
        proxy = FaultProxy.start(server.uri());
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.close();
    }

    @Test
    void passesRequestsAndAnswers() throws Exception {
        assertThat(create("a").statusCode()).isEqualTo(200);
        assertThat(create("a").statusCode()).isEqualTo(409);
        assertThat(proxy.requests()).hasSize(2);
    }

    @Test
    void passesARequestInChunks() throws Exception {
        HttpRequest chunked = HttpRequest.newBuilder(at(proxy.uri(), "/v1/trestle/databases"))
                .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")))
                .build();

        assertThat(client.send(chunked, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        assertThat(exists("a")).isTrue();
    }

    @Test
    void cutsBeforeTheServerSeesTheRequest() {
        InjectedFault fault = proxy.inject(Fault.cutBefore(), CREATE);

        assertThatThrownBy(() -> create("a")).isInstanceOf(IOException.class);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(exists("a")).isFalse();
    }

    @Test
    void cutsAfterTheServerHasDoneIt() {
        proxy.inject(Fault.cutAfter(), CREATE);

        assertThatThrownBy(() -> create("a")).isInstanceOf(IOException.class);

        assertThat(exists("a")).isTrue();
    }

    @Test
    void resetsBeforeAndAfter() {
        proxy.inject(Fault.resetBefore(), CREATE);
        assertThatThrownBy(() -> createOverSocket("a"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(exists("a")).isFalse();

        proxy.inject(Fault.resetAfter(), CREATE);
        assertThatThrownBy(() -> createOverSocket("a"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        assertThat(exists("a")).isTrue();
    }

    private void createOverSocket(String name) throws IOException {
        String body = "{\"name\":\"" + name + "\"}";
        try (Socket socket = new Socket("127.0.0.1", proxy.uri().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/trestle/databases HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().read();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void answersInsteadOfTheServer(int status) throws Exception {
        proxy.inject(Fault.answer(status, Map.of("Retry-After", "7")), CREATE);

        HttpResponse<String> response = create("a");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Retry-After")).contains("7");
        assertThat(exists("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504})
    void answersSomethingElseThanTheServer(int status) throws Exception {
        proxy.inject(Fault.answerAfter(status), CREATE);

        assertThat(create("a").statusCode()).isEqualTo(status);
        assertThat(exists("a")).isTrue();
    }

    @Test
    void breaksAnAnswerOff() throws Exception {
        create("a");
        proxy.inject(Fault.truncate(5), ProxiedRequest.that("GET", "/databases/a$"));

        assertThatThrownBy(() -> get("/v1/trestle/databases/a")).isInstanceOf(IOException.class);
        assertThat(get("/v1/trestle/databases/a").statusCode()).isEqualTo(200);
    }

    @Test
    void deliversALateRequestAlthoughNobodyWaits() throws Exception {
        proxy.inject(Fault.delayBefore(LATE), CREATE);

        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(creation(proxy.uri(), "a"), HttpResponse.BodyHandlers.ofString());
        while (proxy.requests().isEmpty()) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        answer.cancel(true);

        assertThat(exists("a")).isFalse();
        while (!exists("a")) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    @Test
    void deliversARequestAfterSomethingElseHasHappened() throws Exception {
        proxy.inject(Fault.meanwhile(() -> assertThat(createDirectly("a")).isEqualTo(200)), CREATE);

        assertThat(create("a").statusCode()).isEqualTo(409);
    }

    @Test
    void isDownAfterACutUntilRevived() throws Exception {
        proxy.inject(Fault.cutAfterAndGoDown(), CREATE);

        assertThatThrownBy(() -> create("a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> create("b")).isInstanceOf(ConnectException.class);
        assertThat(exists("a")).isTrue();

        proxy.revive();
        assertThat(create("b").statusCode()).isEqualTo(200);
    }

    @Test
    void harmsTheRequestsThatAreMeantAndNoOthers() throws Exception {
        InjectedFault fault = proxy.inject(Fault.answer(503), CREATE, 1, 2);

        assertThat(create("a").statusCode()).isEqualTo(200);
        assertThat(create("b").statusCode()).isEqualTo(503);
        assertThat(get("/v1/trestle/databases").statusCode()).isEqualTo(200);
        assertThat(create("c").statusCode()).isEqualTo(503);
        assertThat(create("d").statusCode()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(2);
    }

    private HttpResponse<String> create(String name) throws Exception {
        return create(proxy.uri(), name);
    }

    private int createDirectly(String name) {
        try {
            return create(server.uri(), name).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> create(URI at, String name) throws IOException, InterruptedException {
        return client.send(creation(at, name), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest creation(URI at, String name) {
        return HttpRequest.newBuilder(at(at, "/v1/trestle/databases"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\",\"options\":{}}"))
                .build();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(at(proxy.uri(), path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private boolean exists(String name) {
        try {
            return client.send(
                                    HttpRequest.newBuilder(at(server.uri(), "/v1/trestle/databases/" + name))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI at(URI base, String path) {
        return URI.create(base + path);
    }
}
