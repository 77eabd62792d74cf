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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.MutableClock;
import dev.trestle.server.suite.TableSuite;
import dev.trestle.server.suite.TestServer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same over tokens of a token endpoint. */
@Timeout(60)
class RestCatalogWithOAuth2Test {

    @TempDir
    private Path directory;

    @Nested
    class Tables extends TableSuite {
        @Override
        protected TestServer startServer(Path directory) {
            return new OAuth2Server(directory, Duration.ofHours(1), Clock.systemUTC());
        }

        @Override
        protected Catalog connect(Map<String, String> options) {
            return RestCatalog.open(options);
        }
    }

    @Test
    void aThousandLoadsTakeOneToken() throws Exception {
        try (OAuth2Server server = new OAuth2Server(directory, Duration.ofHours(1), Clock.systemUTC());
                RestCatalog catalog = RestCatalog.open(server.clientOptions())) {
            catalog.createDatabase("db", false, Map.of());
            CatalogLoader loader = catalog.catalogLoader();

            for (int i = 0; i < 1_000; i++) {
                // Never closed, as Paimon sometimes leaves them.
                Catalog view = InstantiationUtil.clone(loader).load();
                if (i % 100 == 0) {
                    assertThat(view.listTables("db")).isEmpty();
                }
            }

            assertThat(server.server().callCounts()).containsEntry("requestToken", 1L);
            CatalogMetrics.Snapshot counted = catalog.metrics().snapshot();
            assertThat(counted.authTokenLoads()).isEqualTo(1);
            assertThat(counted.authTokenErrors()).isZero();
            assertThat(counted.operation("requestToken").calls()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatTheServiceRefusesIsReplacedOnce() throws Exception {
        MutableClock clock = new MutableClock();
        try (OAuth2Server server = new OAuth2Server(directory, Duration.ofMinutes(5), clock);
                RestCatalog catalog = RestCatalog.open(server.clientOptions())) {
            catalog.createDatabase("db", false, Map.of());

            // The service's clock runs ahead: for the client the token is still good.
            clock.advance(Duration.ofMinutes(6));
            assertThat(catalog.listTables("db")).isEmpty();

            assertThat(server.server().callCounts()).containsEntry("requestToken", 2L);
            assertThat(catalog.metrics().snapshot().total().retries()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "oauth2.client-secret, hunter2-wrong, invalid_client",
        "oauth2.client-id, someone, invalid_client",
        "oauth2.scope, everything, invalid_scope"
    })
    void saysWhichOptionIsWrong(String key, String value, String error) {
        try (OAuth2Server server = new OAuth2Server(directory, Duration.ofHours(1), Clock.systemUTC())) {
            Map<String, String> options = new HashMap<>(server.clientOptions());
            options.put(key, value);

            Throwable failure = catchThrowable(() -> RestCatalog.open(options));

            assertThat(failure)
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining(error)
                    .hasMessageContaining("'" + key + "'");
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("hunter2");
            }
            assertThat(server.server().callCounts())
                    .as("no call went out without a token")
                    .containsOnlyKeys("requestToken");
        }
    }

    @Test
    void theServiceAndItsTokenEndpointAreReachedOverTlsWithAnAuthorityOfOnesOwn() throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        Path keyStore = directory.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", certificate.keyPair().getPrivate(), "pw".toCharArray(), new Certificate[] {
                certificate.certificate()
            });
            store.store(out, "pw".toCharArray());
        }
        Path authority = Files.writeString(directory.resolve("authority.pem"), certificate.certificatePem());
        try (OAuth2Server server = new OAuth2Server(directory, keyStore, "pw")) {
            Map<String, String> options = new HashMap<>(server.clientOptions());
            assertThat(options.get("oauth2.server-uri")).startsWith("https://");
            assertThat(catchThrowable(() -> RestCatalog.open(options)))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("'http.tls.trust-store'");

            options.put("http.tls.trust-store", authority.toString());
            try (RestCatalog catalog = RestCatalog.open(options)) {
                catalog.createDatabase("db", false, Map.of());
                assertThat(catalog.listDatabases()).containsExactly("db");
            }
        }
    }

    @Test
    void aTokenEndpointThatIsNoneIsNamed() {
        try (OAuth2Server server = new OAuth2Server(directory, Duration.ofHours(1), Clock.systemUTC())) {
            Map<String, String> options = new HashMap<>(server.clientOptions());
            options.put("oauth2.server-uri", server.server().uri() + "/health");

            assertThat(catchThrowable(() -> RestCatalog.open(options)))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("HTTP 405")
                    .hasMessageContaining("'oauth2.server-uri'");
        }
    }
}
