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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Credentials;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through an HTTP proxy, with and without a password, to http and https services. */
@Timeout(60)
class ProxyTest {

    private static final String PASSWORD = "pr0xy pass";
    private static final String AUTHORIZATION = Credentials.basic("me", PASSWORD);

    private final MockWebServer proxy = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();

    @BeforeEach
    void start() throws IOException {
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    @Test
    void asksTheProxyForAnHttpService() throws Exception {
        proxy.enqueue(new MockResponse.Builder().body("{}").build());

        send(TestSettings.of(URI.create("http://catalog.example:81/api")).proxy(proxyUri("me:pr0xy%20pass@")));

        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET http://catalog.example:81/api/v1/databases/db HTTP/1.1");
        assertThat(request.getHeaders().get("Host")).isEqualTo("catalog.example:81");
        assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo(AUTHORIZATION);
    }

    @Test
    void opensATunnelToAnHttpsService(@TempDir Path directory) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("catalog.example")
                .build();
        proxy.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        proxy.enqueue(new MockResponse.Builder().inTunnel().build());
        proxy.enqueue(new MockResponse.Builder().body("{}").build());
        Path pem = Files.writeString(directory.resolve("authority.pem"), certificate.certificatePem());

        send(TestSettings.of(URI.create("https://catalog.example"))
                .proxy(proxyUri("me:pr0xy%20pass@"))
                .trustStore(new KeyStoreFile(pem, Optional.empty())));

        RecordedRequest tunnel = proxy.takeRequest();
        assertThat(tunnel.getRequestLine()).isEqualTo("CONNECT catalog.example:443 HTTP/1.1");
        assertThat(tunnel.getHeaders().get("Proxy-Authorization")).isEqualTo(AUTHORIZATION);
        assertThat(tunnel.getHeaders().get("Authorization"))
                .as("the service's credential does not go to the proxy")
                .isNull();
        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).startsWith("Bearer ");
        assertThat(request.getHeaders().get("Proxy-Authorization"))
                .as("the proxy's credential does not go to the service")
                .isNull();
    }

    @Test
    void aProxyThatAsksForAPasswordIsNamed() {
        proxy.enqueue(new MockResponse.Builder().code(407).build());

        TransportException failure =
                fail(TestSettings.of(URI.create("http://catalog.example")).proxy(proxyUri("")));

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure).hasMessageContaining("proxy").hasMessageContaining("'http.proxy'");
    }

    @Test
    void aTunnelThatIsRefusedIsNamedWithoutThePassword() {
        for (int i = 0; i < 5; i++) {
            proxy.enqueue(new MockResponse.Builder().code(407).inTunnel().build());
        }

        TransportException failure =
                fail(TestSettings.of(URI.create("https://catalog.example")).proxy(proxyUri("me:pr0xy%20pass@")));

        assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("the proxy 127.0.0.1:" + proxy.getPort())
                .hasMessageContaining("'http.proxy'")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void aProxyWhoseHostIsNotKnownIsNamed() {
        TransportException failure = fail(TestSettings.of(URI.create("https://catalog.example"))
                .proxy(URI.create("http://no-such-proxy.invalid:3128")));

        assertThat(failure)
                .hasMessageContaining("the host name of the proxy no-such-proxy.invalid:3128 is not known")
                .hasMessageContaining("'http.proxy'");
    }

    @Test
    void aProxyThatIsDownIsNamed() throws Exception {
        try (RefusingPort port = new RefusingPort()) {
            TransportException failure =
                    fail(TestSettings.of(URI.create("http://catalog.example")).proxy(port.uri()));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure)
                    .hasMessageContaining("no connection to the proxy 127.0.0.1:" + port.number())
                    .hasMessageContaining("'http.proxy'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks://me:pr0xy@host:1", "http://", "me:pr0xy@host:1", "http://me:pr0xy@ho st", "x"})
    void whatIsNoHttpProxyIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> new ProxyServer(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'http.proxy'")
                .hasMessageNotContaining("pr0xy@")
                .hasNoCause();
    }

    private URI proxyUri(String userInfo) {
        return URI.create("http://" + userInfo + "127.0.0.1:" + proxy.getPort());
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
