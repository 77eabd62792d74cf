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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.http.ProxyServer;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.auth.Credentials;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option that may hold a secret takes it from a variable and from a file, up to what is sent or opened. */
@Timeout(60)
class OptionReferencesTest {

    /** Some variable of this process whose value any credential may have. */
    private static final Map.Entry<String, String> VARIABLE = System.getenv().entrySet().stream()
            .filter(variable ->
                    variable.getKey().matches("\\w+") && variable.getValue().matches("[A-Za-z0-9/_.-]{4,}"))
            .findFirst()
            .orElseThrow();

    private static final String REFERENCE = "${env:" + VARIABLE.getKey() + "}";
    private static final String WRONG = "something-else";
    private static final HeldCertificate CERTIFICATE = new HeldCertificate.Builder()
            .addSubjectAlternativeName("127.0.0.1")
            .addSubjectAlternativeName("localhost")
            .build();

    @TempDir
    private Path directory;

    private final MockWebServer stub = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        stub.start();
    }

    @AfterEach
    void stop() {
        stub.close();
    }

    static Stream<String> optionsOfCredentials() {
        return referable().filter(key -> !key.startsWith("http."));
    }

    private static Stream<String> referable() {
        return CatalogOptions.ALL.stream().filter(CatalogOption::references).map(CatalogOption::key);
    }

    @Test
    void allOptionsThatTakeReferencesAreTestedHere() {
        assertThat(CatalogOptions.ALL).filteredOn(CatalogOption::secret).allMatch(CatalogOption::references);
        assertThat(referable().filter(key -> key.startsWith("http.")))
                .containsExactly("http.proxy", "http.tls.trust-store-password", "http.tls.key-store-password");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optionsOfCredentials")
    void aCredentialIsTakenFromAVariable(String key) throws Exception {
        assertOpens(key, VARIABLE.getValue(), REFERENCE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optionsOfCredentials")
    void aCredentialIsTakenFromAFile(String key) throws Exception {
        assertOpens(key, "from-a-file", fileOf("from-a-file"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optionsOfCredentials")
    void aVariableThatIsMissingIsNamedWithItsOption(String key) {
        try (CatalogServer server = serverFor(key, "x")) {
            Map<String, String> options = clientOf(server, key, "${env:TRESTLE_TEST_UNSET}");

            assertThat(catchThrowable(() -> RestCatalog.open(options)))
                    .hasMessageContaining("'" + key + "'")
                    .hasMessageContaining("'TRESTLE_TEST_UNSET'");
        }
    }

    /** That the wrong value is refused shows that the right one has been used. */
    private void assertOpens(String key, String value, String reference) throws Exception {
        try (CatalogServer server = serverFor(key, value)) {
            try (RestCatalog catalog = RestCatalog.open(clientOf(server, key, reference))) {
                assertThat(catalog.options()).containsEntry(key, reference);
                assertThat(catalog.listDatabases()).isEmpty();
            }
            assertThat(catchThrowable(() -> RestCatalog.open(clientOf(server, key, WRONG))))
                    .isNotNull();
        }
    }

    private CatalogServer serverFor(String key, String value) {
        Credentials credentials =
                switch (key) {
                    case "token" -> new Credentials.Bearer(value);
                    case "basic.username" -> new Credentials.Basic(value, "pw");
                    case "basic.password" -> new Credentials.Basic("me", value);
                    case "oauth2.client-id" -> oauth2(value, "pw");
                    case "oauth2.client-secret" -> oauth2("me", value);
                    case "dlf.access-key-id" -> new Credentials.Dlf(value, "sk", Optional.of("sts"));
                    case "dlf.access-key-secret" -> new Credentials.Dlf("ak", value, Optional.of("sts"));
                    case "dlf.security-token" -> new Credentials.Dlf("ak", "sk", Optional.of(value));
                    default -> throw new AssertionError("No test of references in option '" + key + "'");
                };
        return CatalogServer.start(ServerOptions.builder(directory.resolve("warehouse"))
                .allow(credentials)
                .build());
    }

    private static Credentials oauth2(String id, String secret) {
        return new Credentials.OAuth2(id, secret, Optional.empty(), Duration.ofHours(1));
    }

    private static Map<String, String> clientOf(CatalogServer server, String key, String value) {
        Map<String, String> options =
                new HashMap<>(Map.of("uri", server.uri().toString(), "warehouse", server.warehouse()));
        if (key.startsWith("basic.")) {
            options.putAll(Map.of("token.provider", "basic", "basic.username", "me", "basic.password", "pw"));
        } else if (key.startsWith("oauth2.")) {
            options.putAll(Map.of(
                    "token.provider", "oauth2",
                    "oauth2.server-uri", server.uri() + Credentials.OAuth2.PATH,
                    "oauth2.client-id", "me",
                    "oauth2.client-secret", "pw"));
        } else if (key.startsWith("dlf.")) {
            options.putAll(Map.of(
                    "token.provider", "dlf",
                    "dlf.region", "cn-hangzhou",
                    "dlf.access-key-id", "ak",
                    "dlf.access-key-secret", "sk",
                    "dlf.security-token", "sts"));
        }
        options.put(key, value);
        return options;
    }

    @ParameterizedTest(name = "{0} from a {1}")
    @CsvSource({"trust, variable", "trust, file", "key, variable", "key, file"})
    void thePasswordOfAStoreIsTakenFromAVariableAndAFile(String kind, String source) throws Exception {
        HandshakeCertificates both = new HandshakeCertificates.Builder()
                .heldCertificate(CERTIFICATE)
                .addTrustedCertificate(CERTIFICATE.certificate())
                .build();
        stub.useHttps(both.sslSocketFactory());
        stub.requireClientAuth();
        Map<String, String> options = new HashMap<>(Map.of(
                "uri",
                stub.url("/").toString(),
                "http.tls.trust-store",
                store("trust", VARIABLE.getValue()).toString(),
                "http.tls.trust-store-password",
                VARIABLE.getValue(),
                "http.tls.key-store",
                store("key", VARIABLE.getValue()).toString(),
                "http.tls.key-store-password",
                VARIABLE.getValue()));
        String password = "http.tls." + kind + "-store-password";
        options.put(password, source.equals("file") ? fileOf(VARIABLE.getValue()) : REFERENCE);
        answerWithConfig();

        RestCatalog.open(options).close();

        assertThat(request()).isNotNull();
        options.put(password, fileOf(WRONG));
        assertThatThrownBy(() -> RestCatalog.open(options))
                .hasMessageContaining("'http.tls." + kind + "-store")
                .hasMessageNotContaining(WRONG);
    }

    @Test
    void aHeaderIsTakenFromAVariableAndReadAgainFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("header"), "one");
        answerWithConfig();
        try (RestCatalog catalog = RestCatalog.open(Map.of(
                "uri",
                stub.url("/").toString(),
                "header.x-variable",
                "Key " + REFERENCE + "; v=1",
                "header.x-file",
                "${file:" + file + "}",
                "header.user-agent",
                REFERENCE))) {
            RecordedRequest first = request();
            assertThat(first.getHeaders().get("x-variable")).isEqualTo("Key " + VARIABLE.getValue() + "; v=1");
            assertThat(first.getHeaders().get("x-file")).isEqualTo("one");
            assertThat(first.getHeaders().values("User-Agent"))
                    .singleElement()
                    .asString()
                    .startsWith(VARIABLE.getValue() + " trestle/");

            Files.writeString(file, "number two");
            stub.enqueue(new MockResponse.Builder().body("{\"databases\":[]}").build());
            catalog.listDatabases();

            assertThat(request().getHeaders().get("x-file")).isEqualTo("number two");
        }
    }

    @Test
    void aProxyAndItsUserAndPasswordAreTakenFromFiles() throws Exception {
        String password = "p@ss:w/rd";
        String proxy = "127.0.0.1:" + stub.getPort();
        for (String option : new String[] {
            "http://me:" + fileOf(password) + "@" + proxy,
            "http://" + fileOf("me") + ":" + fileOf(password) + "@" + proxy,
            fileOf("http://me:p%40ss%3Aw%2Frd@" + proxy)
        }) {
            assertAsksTheProxy(option, "me", password);
            assertThat(new ProxyServer(option).toString()).doesNotContain(password, "p%40");
        }
        assertThatThrownBy(() -> RestCatalog.open(throughProxy(fileOf("socks://me:" + WRONG + "@host:1"))))
                .hasMessageContaining("'http.proxy'")
                .hasMessageNotContaining(WRONG);
    }

    @Test
    void theUserAndThePasswordOfAProxyAreTakenFromVariables() throws Exception {
        String proxy = "127.0.0.1:" + stub.getPort();

        assertAsksTheProxy("http://me:" + REFERENCE + "@" + proxy, "me", VARIABLE.getValue());
        assertAsksTheProxy("http://" + REFERENCE + ":pw@" + proxy, VARIABLE.getValue(), "pw");
    }

    private void assertAsksTheProxy(String option, String user, String password) throws Exception {
        answerWithConfig();
        RestCatalog.open(throughProxy(option)).close();
        assertAskedAsProxy(user, password);
    }

    /** In a process of its own, since no variable of this one names the proxy. */
    @Test
    void aProxyIsTakenFromAVariable() throws Exception {
        answerWithConfig();
        stub.enqueue(new MockResponse.Builder().body("{\"databases\":[]}").build());
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                DatabaseListing.class.getName(),
                "uri=http://catalog.example",
                "http.proxy=${env:TRESTLE_TEST_PROXY}");
        program.environment().put("TRESTLE_TEST_PROXY", "http://me:p%40ss@127.0.0.1:" + stub.getPort());
        Process listing = program.redirectErrorStream(true)
                .redirectOutput(directory.resolve("listing.log").toFile())
                .start();

        assertThat(listing.waitFor()).as("exit status, see %s", directory).isZero();
        assertAskedAsProxy("me", "p@ss");
    }

    private static Map<String, String> throughProxy(String proxy) {
        return Map.of("uri", "http://catalog.example", "http.proxy", proxy);
    }

    private void assertAskedAsProxy(String user, String password) throws InterruptedException {
        RecordedRequest request = request();
        assertThat(request.getRequestLine()).startsWith("GET http://catalog.example/v1/config");
        assertThat(request.getHeaders().get("Proxy-Authorization"))
                .isEqualTo(okhttp3.Credentials.basic(user, password));
    }

    @Test
    void theSecretsOfFileSystemsAreResolvedWhereFilesAreOpened() throws Exception {
        answerWithConfig();
        try (RestCatalog catalog = RestCatalog.open(Map.of(
                "uri",
                stub.url("/").toString(),
                "s3.access-key",
                REFERENCE,
                "s3.secret-key",
                fileOf("of-the-store"),
                "s3.endpoint",
                "http://s3"))) {
            assertThat(StorageSecrets.read(catalog.options())
                            .into(CatalogContext.create(Options.fromMap(catalog.options())))
                            .options()
                            .toMap())
                    .containsEntry("s3.access-key", VARIABLE.getValue())
                    .containsEntry("s3.secret-key", "of-the-store")
                    .containsEntry("s3.endpoint", "http://s3");
            assertThat(catalog.options()).containsEntry("s3.access-key", REFERENCE);
            assertThat(catalog.options().get("s3.secret-key")).startsWith("${file:");
        }
    }

    @Test
    void aSecretOfFileSystemsIsTakenFromAVariable() throws Exception {
        assertThat(secretOfStorage(Map.of("uri", stub.url("/").toString(), "s3.secret-key", REFERENCE)))
                .isEqualTo(VARIABLE.getValue());
    }

    @Test
    void aCatalogThatIsOpenedAgainTakesTheSecretThatTheFileHoldsThen() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "one");
        Map<String, String> options = Map.of("uri", stub.url("/").toString(), "s3.secret-key", "${file:" + file + "}");

        assertThat(secretOfStorage(options)).isEqualTo("one");
        Files.writeString(file, "number two");
        assertThat(secretOfStorage(options)).isEqualTo("number two");
    }

    /** The key with which the file of a BLOB is opened. */
    private String secretOfStorage(Map<String, String> options) throws Exception {
        answerWithConfig();
        stub.enqueue(new MockResponse.Builder()
                .body("{\"id\":\"1\",\"name\":\"t\",\"path\":\"file:/t\",\"schema\":{\"fields\":["
                        + "{\"id\":0,\"name\":\"k\",\"type\":\"INT\"},{\"id\":1,\"name\":\"b\",\"type\":\"BLOB\"}],"
                        + "\"partitionKeys\":[],\"primaryKeys\":[],\"options\":"
                        + "{\"row-tracking.enabled\":\"true\",\"data-evolution.enabled\":\"true\"}}}")
                .build());
        try (RestCatalog catalog = RestCatalog.open(options)) {
            FileStoreTable table = (FileStoreTable) catalog.getTable(Identifier.create("db", "t"));
            return table.catalogEnvironment().catalogContext().options().get("s3.secret-key");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri", "warehouse", "oauth2.server-uri", "http.tls.key-store", "table-default.x"})
    void whatIsNeverASecretTakesNoReference(String key) {
        Map<String, String> options = new HashMap<>(Map.of("uri", "http://localhost"));
        options.put(key, "${env:X}");

        assertThatThrownBy(() -> RestCatalog.open(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option '" + key + "' cannot refer to a variable or a file");
    }

    @Test
    void theServiceCannotAskForVariablesAndFilesOfTheClient() throws Exception {
        stub.enqueue(new MockResponse.Builder()
                .body("{\"defaults\":{\"header.x-one\":\"${env:PATH}\"},"
                        + "\"overrides\":{\"header.x-two\":\"a ${file:/etc/hostname}\"}}")
                .build());
        try (RestCatalog catalog = RestCatalog.open(Map.of("uri", stub.url("/").toString()))) {
            assertThat(catalog.options()).doesNotContainKeys("header.x-one", "header.x-two");
        }
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = stub.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private void answerWithConfig() {
        stub.enqueue(new MockResponse.Builder()
                .body("{\"defaults\":{},\"overrides\":{}}")
                .build());
    }

    private String fileOf(String content) throws IOException {
        return "${file:" + Files.writeString(Files.createTempFile(directory, "secret", ""), content + "\n") + "}";
    }

    private Path store(String kind, String password) {
        Path path = directory.resolve(kind + ".p12");
        try (OutputStream out = Files.newOutputStream(path)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (kind.equals("trust")) {
                store.setCertificateEntry("authority", CERTIFICATE.certificate());
            } else {
                store.setKeyEntry(
                        "client", CERTIFICATE.keyPair().getPrivate(), password.toCharArray(), new Certificate[] {
                            CERTIFICATE.certificate()
                        });
            }
            store.store(out, password.toCharArray());
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
