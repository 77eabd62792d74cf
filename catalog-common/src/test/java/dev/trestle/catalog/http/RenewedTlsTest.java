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

import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates and authorities that are renewed while a client lives. */
@Timeout(60)
class RenewedTlsTest {

    private static final String PASSWORD = "st0re-passw0rd";
    private static final HeldCertificate OLD = authority("old authority");
    private static final HeldCertificate NEW = authority("new authority");

    private final MockWebServer server = new MockWebServer();

    @TempDir
    private Path directory;

    private Path trustStore;
    private Path keyStore;
    private OkHttpTransport transport;

    @BeforeEach
    void start() throws Exception {
        serve(OLD);
        server.start();
        trustStore = Files.writeString(directory.resolve("ca.pem"), OLD.certificatePem());
        keyStore = directory.resolve("client.p12");
        writeKey(signedBy(OLD, "first"));
        transport = OkHttpTransport.open(
                TestSettings.of(URI.create("https://127.0.0.1:" + server.getPort()))
                        .trustStore(new KeyStoreFile(trustStore, Optional.empty()))
                        .keyStore(new KeyStoreFile(keyStore, Optional.of(() -> PASSWORD)))
                        .build(),
                FakeAuthProvider.fixed(),
                HttpMetrics.NONE,
                new FakeTiming());
        send();
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void theNextCallShowsARenewedCertificate() throws Exception {
        HeldCertificate second = signedBy(OLD, "second");
        writeKey(second);

        assertThat(send()).contains(second.certificate());
    }

    @Test
    void theNextCallTrustsANewAuthority() throws Exception {
        Files.writeString(trustStore, OLD.certificatePem() + NEW.certificatePem());
        serve(NEW);

        assertThat(send()).isNotEmpty();
    }

    @Test
    void aStoreThatIsHalfWrittenLeavesTheOneBeforeInUse() throws Exception {
        HeldCertificate second = signedBy(OLD, "second");
        Files.writeString(keyStore, "half of it");
        assertThat(send()).isNotEmpty();

        writeKey(second);

        assertThat(send()).contains(second.certificate());
    }

    /** One call; the certificates that the client showed on its connection. */
    private Iterable<Certificate> send() throws InterruptedException {
        server.enqueue(new MockResponse.Builder().build());
        assertThat(transport.send(HttpCalls.read()).status()).isEqualTo(200);
        return server.takeRequest().getHandshake().peerCertificates();
    }

    private void serve(HeldCertificate authority) {
        HandshakeCertificates certificates = new HandshakeCertificates.Builder()
                .heldCertificate(signedBy(authority, "server"))
                .addTrustedCertificate(OLD.certificate())
                .build();
        server.useHttps(certificates.sslSocketFactory());
        server.requireClientAuth();
    }

    private void writeKey(HeldCertificate client) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client", client.keyPair().getPrivate(), PASSWORD.toCharArray(), new Certificate[] {client.certificate()
                });
        try (OutputStream out = Files.newOutputStream(keyStore)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static HeldCertificate authority(String name) {
        return new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName(name)
                .build();
    }

    private static HeldCertificate signedBy(HeldCertificate authority, String name) {
        return new HeldCertificate.Builder()
                .signedBy(authority)
                .commonName(name)
                .addSubjectAlternativeName("127.0.0.1")
                .build();
    }
}
