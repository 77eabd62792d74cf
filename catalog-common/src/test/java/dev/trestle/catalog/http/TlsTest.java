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

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with an authority of one's own, with certificates of clients, and what is said when it fails. */
@Timeout(60)
class TlsTest {

    private static final int REFUSED_STREAM = 7;
    private static final String PASSWORD = "st0re-passw0rd";
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .certificateAuthority(0)
            .commonName("test authority")
            .build();
    private static final HeldCertificate SERVER = new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .addSubjectAlternativeName("127.0.0.1")
            .build();
    private static final HeldCertificate CLIENT = new HeldCertificate.Builder()
            .signedBy(AUTHORITY)
            .commonName("client")
            .build();

    private final MockWebServer server = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();

    @TempDir
    private Path directory;

    private URI uri;

    @BeforeEach
    void start() throws IOException {
        serve(SERVER);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void trustsTheAuthoritiesOfATrustStore(String type) throws Exception {
        server.enqueue(new MockResponse.Builder().build());

        assertThat(send(TestSettings.of(uri).trustStore(trustStore(type, AUTHORITY)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void trustsTheAuthoritiesOfAPemFileWithTextAround() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        Path pem = directory.resolve("authorities.pem");
        HeldCertificate other =
                new HeldCertificate.Builder().certificateAuthority(0).build();
        Files.writeString(pem, other.certificatePem() + AUTHORITY.certificatePem());

        assertThat(send(TestSettings.of(uri).trustStore(new KeyStoreFile(pem, Optional.empty())))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void speaksHttp2WhereTheServerDoes() throws Exception {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        HttpSettings settings =
                TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)).build();
        FakeAuthProvider auth = FakeAuthProvider.fixed();
        try (OkHttpTransport transport = OkHttpTransport.open(settings, auth, HttpMetrics.NONE, timing)) {
            transport.send(HttpCalls.get("v1", "a/b"));
            transport.send(HttpCalls.change());
        }

        RecordedRequest first = server.takeRequest();
        assertThat(first.getVersion()).isEqualTo("HTTP/2");
        assertThat(first.getTarget()).isEqualTo(auth.signed().get(0).encodedPath());
        assertThat(first.getHeaders().get(":authority"))
                .isEqualTo(auth.signed().get(0).host());
        assertThat(server.takeRequest().getConnectionIndex()).isEqualTo(first.getConnectionIndex());
    }

    @Test
    void aStreamThatTheServerRefusesIsNotSentAgainBehindOurBack() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseStream(REFUSED_STREAM))
                .build());
        server.enqueue(new MockResponse.Builder().build());
        HttpSettings settings =
                TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)).build();
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
            assertThat(failure).hasMessageContaining("attempts 1");
        }
        assertThat(server.getRequestCount()).isLessThanOrEqualTo(1);
    }

    @Test
    void aChangeOnAnHttp2ConnectionThatTheServerHasClosedIsSentOnAnother() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        server.enqueue(new MockResponse.Builder().build());
        HttpSettings settings =
                TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)).build();
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            transport.send(HttpCalls.read());
            HttpAnswer answer = transport.send(HttpCalls.post(HttpCall.Repeat.IDEMPOTENT_CHANGE, "{}"));

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCutUnderTlsIsNoDisagreement(boolean http2) throws Exception {
        server.setProtocols(http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1));
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder().build());

        HttpAnswer answer = send(TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSlowAnswerEndsWithTheAttemptsTimeAndTheNextOneIsRead(boolean http2) throws Exception {
        server.setProtocols(http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1));
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        server.enqueue(new MockResponse.Builder().build());

        HttpAnswer answer = send(
                TestSettings.of(uri).callTimeout(Duration.ofSeconds(5)).trustStore(trustStore("PKCS12", AUTHORITY)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsACallAtOnce(boolean http2) throws Exception {
        server.setProtocols(http2 ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.HTTP_1_1));
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        TestSettings settings = TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY));
        CompletableFuture<TransportException> failure = new CompletableFuture<>();
        Thread caller = new Thread(() -> failure.complete(fail(settings)));
        caller.start();
        server.takeRequest();

        caller.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(TransportInterruptedException.class);
    }

    @Test
    void speaksHttp11WhereTheServerDoesNotOffer2() throws Exception {
        server.setProtocols(List.of(Protocol.HTTP_1_1));
        server.enqueue(new MockResponse.Builder().build());

        send(TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)));

        assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
    }

    @Test
    void anUnknownAuthorityIsNamedWithWhatToDo() {
        TransportException failure = fail(TestSettings.of(uri));

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("is not trusted")
                .hasMessageContaining("'http.tls.trust-store'")
                .hasMessageContaining("attempts 1");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        server.close();
        HeldCertificate elsewhere = new HeldCertificate.Builder()
                .signedBy(AUTHORITY)
                .addSubjectAlternativeName("elsewhere.example")
                .build();
        try (MockWebServer other = new MockWebServer()) {
            other.useHttps(serverSide(elsewhere).sslSocketFactory());
            other.start();
            URI address = URI.create("https://127.0.0.1:" + other.getPort());

            TransportException failure = fail(TestSettings.of(address).trustStore(trustStore("PKCS12", AUTHORITY)));

            assertThat(failure).hasMessageContaining("is for other host names").hasMessageContaining("'uri'");
            assertThat(other.getRequestCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void showsTheCertificateOfTheKeyStore(String type) throws Exception {
        server.requireClientAuth();
        server.enqueue(new MockResponse.Builder().build());

        HttpAnswer answer = send(
                TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)).keyStore(keyStore(type)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.takeRequest().getHandshake().peerCertificates()).contains(CLIENT.certificate());
    }

    @Test
    void aMissingClientCertificateIsNamedWithWhatToDo() throws Exception {
        server.requireClientAuth();

        TransportException failure = fail(TestSettings.of(uri).trustStore(trustStore("PKCS12", AUTHORITY)));

        assertThat(failure).hasMessageContaining("'http.tls.key-store'");
    }

    @Test
    void aPortWithoutTlsIsNamed() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            TransportException failure = fail(TestSettings.of(URI.create("https://127.0.0.1:" + plain.getLocalPort())));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure)
                    .hasMessageContaining("TLS with 127.0.0.1:" + plain.getLocalPort() + " failed")
                    .hasMessageContaining("Check that the port speaks TLS")
                    .hasMessageContaining("attempts 1");
            assertThat(answered.handle((nothing, e) -> true).get(10, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void aMissingStoreFailsAtOpening() {
        assertRefused(
                TestSettings.of(uri).trustStore(new KeyStoreFile(directory.resolve("none.p12"), Optional.empty())),
                "'http.tls.trust-store'",
                "none.p12",
                "cannot be read");
    }

    @Test
    void aWrongPasswordFailsAtOpeningAndIsNotQuoted() throws Exception {
        KeyStoreFile store = trustStore("PKCS12", AUTHORITY);
        assertRefused(
                TestSettings.of(uri).trustStore(new KeyStoreFile(store.path(), Optional.of(() -> "wr0ng"))),
                "'http.tls.trust-store-password'");
    }

    @Test
    void aMissingPasswordFailsAtOpening() throws Exception {
        KeyStoreFile store = trustStore("PKCS12", AUTHORITY);
        assertRefused(
                TestSettings.of(uri).trustStore(new KeyStoreFile(store.path(), Optional.empty())),
                "'http.tls.trust-store-password'");
    }

    @Test
    void aStoreThatIsNoneFailsAtOpening() throws Exception {
        Path file = Files.writeString(directory.resolve("text.p12"), "hello");
        assertRefused(
                TestSettings.of(uri).trustStore(new KeyStoreFile(file, Optional.empty())),
                "text.p12",
                "cannot be opened as PKCS #12 or JKS");
    }

    @Test
    void aDamagedPemFileFailsAtOpening() throws Exception {
        Path file = Files.writeString(
                directory.resolve("x.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertRefused(TestSettings.of(uri).trustStore(new KeyStoreFile(file, Optional.empty())), "x.pem", "PEM");
    }

    @Test
    void aPemKeyStoreFailsAtOpeningAndSaysHowToConvertIt() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pem"), CLIENT.privateKeyPkcs8Pem());
        assertRefused(
                TestSettings.of(uri).keyStore(new KeyStoreFile(file, Optional.empty())),
                "'http.tls.key-store'",
                "openssl pkcs12 -export");
    }

    @Test
    void aKeyStoreWithoutAKeyFailsAtOpening() throws Exception {
        assertRefused(TestSettings.of(uri).keyStore(trustStore("PKCS12", AUTHORITY)), "holds no private key");
    }

    private void assertRefused(TestSettings settings, String... words) {
        assertThatThrownBy(() -> send(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("wr0ng")
                .hasMessageNotContaining(PASSWORD);
    }

    private void serve(HeldCertificate certificate) throws IOException {
        server.useHttps(serverSide(certificate).sslSocketFactory());
        server.start();
        uri = URI.create("https://127.0.0.1:" + server.getPort());
    }

    private static HandshakeCertificates serverSide(HeldCertificate certificate) {
        return new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .addTrustedCertificate(AUTHORITY.certificate())
                .build();
    }

    private KeyStoreFile trustStore(String type, HeldCertificate authority) throws Exception {
        KeyStore store = emptyStore(type);
        store.setCertificateEntry("authority", authority.certificate());
        return write(store, "trust." + type);
    }

    private KeyStoreFile keyStore(String type) throws Exception {
        KeyStore store = emptyStore(type);
        store.setKeyEntry("client", CLIENT.keyPair().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {
            CLIENT.certificate(), AUTHORITY.certificate()
        });
        return write(store, "key." + type);
    }

    private static KeyStore emptyStore(String type) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }

    private KeyStoreFile write(KeyStore store, String name) throws Exception {
        Path file = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        Secret password = () -> PASSWORD;
        return new KeyStoreFile(file, Optional.of(password));
    }

    private HttpAnswer send(TestSettings settings) {
        try (OkHttpTransport transport =
                OkHttpTransport.open(settings.build(), FakeAuthProvider.fixed(), HttpMetrics.NONE, timing)) {
            return transport.send(HttpCalls.read());
        }
    }

    private TransportException fail(TestSettings settings) {
        return catchThrowableOfType(TransportException.class, () -> send(settings));
    }
}
