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

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.TokenEndpoint;
import dev.trestle.catalog.auth.TokenEndpoint.Answer;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
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

/** The way to a token endpoint: that of the service, but for its address and its headers. */
@Timeout(60)
class OkHttpTokenEndpointTest {

    private static final String SECRET = "s3cret";
    private static final Map<String, String> FORM = Map.of("client_secret", SECRET + " +");

    private final MockWebServer server = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();
    private final InMemoryHttpMetrics metrics = new InMemoryHttpMetrics();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void postsAFormToTheAddressAsItIs() throws Exception {
        answer(200, "{}");

        Answer answer = post(settings(), server.url("/o/token/?v=1").uri());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).contains("application/json");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /o/token/?v=1 HTTP/1.1");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/x-www-form-urlencoded");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Basic abc");
        assertThat(request.getHeaders().get("User-Agent")).isEqualTo("trestle/test");
        assertThat(request.getBody().utf8()).isEqualTo("client_secret=s3cret+%2B");
        assertThat(metrics.snapshot().get("requestToken").calls()).isEqualTo(1);
    }

    @Test
    void sendsTheServicesHeadersNowhereElse() throws Exception {
        answer(200, "{}");

        post(settings().headers(Map.of("x-api-key", "of the service")));

        assertThat(server.takeRequest().getHeaders().get("x-api-key")).isNull();
    }

    @Test
    void asksAgainWhereTheServerIsInTrouble() {
        answer(503, "");
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        answer(200, "{}");

        assertThat(post(settings()).status()).isEqualTo(200);
        assertThat(timing.sleeps()).hasSize(2);
        assertThat(metrics.snapshot().get("requestToken").retries()).isEqualTo(2);
    }

    @Test
    void givesUpAfterHalfAMinute() {
        for (int i = 0; i < 5; i++) {
            server.enqueue(new MockResponse.Builder()
                    .code(503)
                    .addHeader("Retry-After", "20")
                    .build());
        }

        assertThat(post(settings()).status()).isEqualTo(503);
        assertThat(timing.sleeps()).containsExactly(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 500})
    void anAnswerThatIsOneIsNotAskedForAgain(int status) {
        answer(status, "{}");

        assertThat(post(settings()).status()).isEqualTo(status);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void theSecretFollowsNoRedirect(int status) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", server.url("/elsewhere").toString())
                .build());

        assertThat(post(settings()).status()).isEqualTo(status);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aServerThatIsDownIsNamedWithItsOption() throws Exception {
        try (RefusingPort port = new RefusingPort()) {
            AuthenticationException failure = catchThrowableOfType(
                    AuthenticationException.class,
                    () -> post(settings(), port.uri().resolve("/token")));

            assertThat(failure)
                    .hasMessageContaining("No token from http://127.0.0.1:" + port.number() + "/token")
                    .hasMessageContaining("'oauth2.server-uri'")
                    .hasMessageContaining("attempts 5")
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedWithItsTime() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        assertThatThrownBy(() ->
                        post(settings().callTimeout(Duration.ofMillis(300)).deadline(Duration.ofMillis(350))))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("no complete answer")
                .hasMessageContaining("within 300 ms");
    }

    @Test
    void usesTheSameTrustStore(@TempDir Path directory) throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        answer(200, "{}");
        Path pem = Files.writeString(directory.resolve("authority.pem"), certificate.certificatePem());

        assertThat(post(settings().trustStore(new KeyStoreFile(pem, Optional.empty())))
                        .status())
                .isEqualTo(200);
        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class, () -> post(settings()));
        assertThat(failure).hasMessageContaining("'http.tls.trust-store'");
    }

    @Test
    void usesTheSameProxy() throws Exception {
        answer(200, "{}");

        post(
                settings().proxy(URI.create("http://me:pw@127.0.0.1:" + server.getPort())),
                URI.create("http://login.example/token"));

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST http://login.example/token HTTP/1.1");
        assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo(Credentials.basic("me", "pw"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.example/token",
                "ftp://login.example/token",
                "https:///token",
                "https://me:s3cret@login.example/t",
                "https://login.example/t#f"
            })
    void whatIsNoAddressIsRefusedByItsOption(String uri) {
        assertThatThrownBy(() -> post(settings(), URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'oauth2.server-uri'")
                .hasMessageNotContaining(SECRET);
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .build());
    }

    private static TestSettings settings() {
        return TestSettings.of(URI.create("http://catalog.example"));
    }

    private Answer post(TestSettings settings) {
        return post(settings, URI.create(server.url("/token").toString().replace("localhost", "127.0.0.1")));
    }

    private Answer post(TestSettings settings, URI uri) {
        try (TokenEndpoint endpoint = new OkHttpTokenEndpoints(settings.build(), metrics, QueryIds.OF_CONTEXT, timing)
                .open("oauth2.server-uri", uri)) {
            return endpoint.post(FORM, Optional.of("Basic abc"));
        }
    }
}
