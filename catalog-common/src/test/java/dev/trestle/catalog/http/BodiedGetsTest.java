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

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A GET with a body: the same as any call, but for the client that sends it. */
@Timeout(60)
class BodiedGetsTest {

    private static final String PASSWORD = "st0re-passw0rd";
    private static final HeldCertificate AUTHORITY =
            new HeldCertificate.Builder().certificateAuthority(0).build();
    private static final HeldCertificate SERVER = new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    private static final HeldCertificate CLIENT = new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .commonName("client")
            .build();

    private final FakeTiming timing = new FakeTiming();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    private HttpServer server;

    /** A request as it arrived. */
    private record Seen(String line, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("none")).get(0);
        }
    }

    /** Answers one request. */
    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void carriesItsBodyAndTheHeadersOfEveryCall() throws Exception {
        URI uri = serve(HttpServer.create(), BodiedGetsTest::ok);

        HttpAnswer answer = send(TestSettings.of(uri.resolve("/base"))
                .headers(Map.of("x-team", "t1"))
                .build());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).contains("application/json");
        assertThat(new String(answer.body(), UTF_8)).isEqualTo("{}");
        Seen request = seen.take();
        assertThat(request.line()).isEqualTo("GET /base/v4/complete%20it");
        assertThat(request.body()).isEqualTo("{\"a\":1}");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(request.header("Host")).isEqualTo(uri.getRawAuthority());
        assertThat(request.header("X-team")).isEqualTo("t1");
        assertThat(request.header("Authorization")).startsWith("Bearer ");
        assertThat(request.header("X-request-id")).isNotEqualTo("none");
        assertThat(request.header("Upgrade")).as("an offer of HTTP/2").isEqualTo("none");
    }

    @Test
    void trustsTheTrustStoreAndShowsTheKeyStoresCertificate() throws Exception {
        URI uri = serveTls();

        HttpAnswer answer = send(TestSettings.of(uri)
                .trustStore(trustStore())
                .keyStore(keyStore())
                .build());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(seen.take().body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamedAndNotTriedAgain() throws Exception {
        URI uri = serveTls();

        TransportException failure = fail(TestSettings.of(uri).build());

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("'http.tls.trust-store'")
                .hasMessageContaining("attempts 1");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        URI uri = serveTls();

        TransportException failure = fail(TestSettings.of(URI.create("https://localhost:" + uri.getPort()))
                .trustStore(trustStore())
                .keyStore(keyStore())
                .build());

        assertThat(failure).hasMessageContaining("localhost");
        assertThat(seen).isEmpty();
    }

    @Test
    void isSentAgainWhereAReadIs() throws Exception {
        int[] calls = {0};
        URI uri = serve(HttpServer.create(), exchange -> {
            if (++calls[0] == 1) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                ok(exchange);
            }
        });

        HttpAnswer answer = send(TestSettings.of(uri).build());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(2);
    }

    @Test
    void saysWhereNothingAnswers() throws Exception {
        try (RefusingPort port = new RefusingPort()) {
            TransportException failure = fail(TestSettings.of(port.uri()).build());

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure)
                    .hasMessageContaining("no connection to 127.0.0.1:" + port.number())
                    .hasMessageContaining("'uri'");
        }
    }

    @Test
    void aHostThatIsNotKnownIsNamed() {
        TransportException failure =
                fail(TestSettings.of(URI.create("http://no-such-host.invalid")).build());

        assertThat(failure).hasMessageContaining("the host name of no-such-host.invalid:80 is not known");
    }

    @Test
    void anAnswerThatIsTooLongIsAnError() throws Exception {
        URI uri = serve(HttpServer.create(), BodiedGetsTest::ok);

        TransportException failure = fail(TestSettings.of(uri).maxAnswerBytes(1).build());

        assertThat(failure).hasMessageContaining("more than 1 bytes");
    }

    @Test
    void theTimeLimitHoldsToTheLastByte() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        URI uri = serve(HttpServer.create(), exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            never.join();
        });

        TransportException failure = fail(TestSettings.of(uri)
                .callTimeout(Duration.ofMillis(300))
                .deadline(Duration.ofMillis(300))
                .build());
        never.complete(null);

        assertThat(failure).hasMessageContaining("no complete answer").hasMessageContaining("'http.call-timeout'");
    }

    @Test
    void anInterruptEndsTheCallAtOnce() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        URI uri = serve(HttpServer.create(), exchange -> never.join());
        HttpSettings settings = TestSettings.of(uri).build();
        CompletableFuture<TransportException> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> failure.complete(fail(settings)));
        caller.start();
        seen.take();

        caller.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(TransportInterruptedException.class);
        never.complete(null);
    }

    @Test
    void goesThroughTheProxyWithItsPasswordToAnHttpService() throws Exception {
        URI proxy = serve(HttpServer.create(), BodiedGetsTest::ok);

        HttpAnswer answer = send(TestSettings.of(URI.create("http://gateway.example:81"))
                .proxy(URI.create("http://me:pr0xy@127.0.0.1:" + proxy.getPort()))
                .build());

        assertThat(answer.status()).isEqualTo(200);
        Seen request = seen.take();
        assertThat(request.line()).isEqualTo("GET http://gateway.example:81/v4/complete%20it");
        assertThat(request.header("Proxy-authorization")).startsWith("Basic ");
        assertThat(request.body()).isEqualTo("{\"a\":1}");
    }

    @Test
    void saysWhatJavaNeedsBeforeItSendsAPasswordToAProxyForAnHttpsService() {
        TransportException failure = fail(TestSettings.of(URI.create("https://gateway.example"))
                .proxy(URI.create("http://me:pr0xy@127.0.0.1:1"))
                .build());

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("-Djdk.http.auth.tunneling.disabledSchemes=")
                .hasMessageContaining("attempts 1")
                .hasMessageNotContaining("pr0xy");
    }

    private URI serve(HttpServer unbound, Answer answer) throws IOException {
        server = unbound;
        server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(new Seen(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            answer.to(exchange);
            exchange.close();
        });
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A server that asks for a client's certificate. */
    private URI serveTls() throws IOException {
        HandshakeCertificates certificates = new HandshakeCertificates.Builder()
                .heldCertificate(SERVER)
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
        HttpsServer https = HttpsServer.create();
        https.setHttpsConfigurator(new HttpsConfigurator(certificates.sslContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                parameters.setNeedClientAuth(true);
            }
        });
        return URI.create("https" + serve(https, BodiedGetsTest::ok).toString().substring("http".length()));
    }

    private static void ok(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 2);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write("{}".getBytes(UTF_8));
        }
    }

    private KeyStoreFile trustStore() throws IOException {
        return new KeyStoreFile(
                Files.writeString(directory.resolve("authority.pem"), AUTHORITY.certificatePem()), Optional.empty());
    }

    private KeyStoreFile keyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", CLIENT.keyPair().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {
            CLIENT.certificate(), AUTHORITY.certificate()
        });
        Path file = directory.resolve("client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return new KeyStoreFile(file, Optional.of(Secret.of("http.tls.key-store-password", PASSWORD)));
    }

    private HttpAnswer send(HttpSettings settings) {
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            return transport.send(new HttpCall(
                    "completeStatement",
                    "in a test",
                    Method.GET,
                    List.of("v4", "complete it"),
                    Map.of(),
                    Optional.of("{\"a\":1}".getBytes(UTF_8)),
                    Repeat.READ));
        }
    }

    private TransportException fail(HttpSettings settings) {
        return catchThrowableOfType(TransportException.class, () -> send(settings));
    }
}
