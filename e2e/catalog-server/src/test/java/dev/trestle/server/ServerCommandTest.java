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

import dev.trestle.server.auth.Credentials;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Timeout(60)
class ServerCommandTest {

    @TempDir
    private Path directory;

    private static ServerOptions parse(String... arguments) {
        CommandLine line = ServerCommand.commandLine();
        line.parseArgs(arguments);
        return ((ServerCommand) line.getCommand()).options();
    }

    private static String fail(String... arguments) {
        CommandLine line = ServerCommand.commandLine();
        StringWriter err = new StringWriter();
        line.setErr(new PrintWriter(err));
        assertThat(line.execute(arguments)).isNotZero();
        return err.toString();
    }

    @Test
    void hasDefaultsForAllButTheWarehouse() {
        ServerOptions options = parse("--warehouse", "wh");

        assertThat(options)
                .isEqualTo(ServerOptions.builder("wh").clock(options.clock()).build());
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isZero();
        assertThat(options.prefix()).isEqualTo("trestle");
        assertThat(options.credentials()).isEmpty();
    }

    @Test
    void readsSecretsFromFilesAndTheEnvironment() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "from a file\n");

        assertThat(SecretArgument.resolve("plain", Map.of())).isEqualTo("plain");
        assertThat(SecretArgument.resolve("@" + file, Map.of())).isEqualTo("from a file");
        assertThat(SecretArgument.resolve("env:X", Map.of("X", "from there"))).isEqualTo("from there");
        assertThatThrownBy(() -> SecretArgument.resolve("env:X", Map.of())).hasMessageContaining("X");
        assertThatThrownBy(() -> SecretArgument.resolve("@" + directory.resolve("none"), Map.of()))
                .hasMessageContaining("none");
        assertThat(parse("--warehouse", "wh", "--token", "@" + file).credentials())
                .containsExactly(new Credentials.Bearer("from a file"));
    }

    @Test
    void takesAllCredentialsAndShowsNone() {
        ServerOptions options = parse(
                "--warehouse", "wh",
                "--token", "hidden1",
                "--basic", "user:hidden2",
                "--oauth2-client-id", "client",
                "--oauth2-client-secret", "hidden5",
                "--oauth2-scope", "catalog",
                "--oauth2-token-life", "60",
                "--dlf-access-key-id", "id",
                "--dlf-access-key-secret", "hidden3",
                "--dlf-security-token", "hidden4");

        assertThat(options.credentials())
                .containsExactly(
                        new Credentials.Bearer("hidden1"),
                        new Credentials.Basic("user", "hidden2"),
                        new Credentials.OAuth2("client", "hidden5", Optional.of("catalog"), Duration.ofSeconds(60)),
                        new Credentials.Dlf("id", "hidden3", Optional.of("hidden4")));
        assertThat(options.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 1 | --warehouse",
                "--warehouse wh --port x | --port",
                "--warehouse wh --port 70000 | 65535",
                "--warehouse wh --prot 1 | --prot",
                "--warehosue wh --port 1 | Unknown options: '--warehosue', 'wh'",
                "--warehouse wh --basic user | USER:PASSWORD",
                "--warehouse wh --dlf-access-key-id a | --dlf-access-key-secret",
                "--warehouse wh --oauth2-client-id a | --oauth2-client-secret",
                "--warehouse wh --oauth2-client-id a --oauth2-client-secret b --oauth2-token-life 0 | --oauth2-token-life",
                "--warehouse wh --tls store.p12 | --tls-password",
                "--warehouse wh --tls none.p12 --tls-password x | none.p12",
                "--warehouse wh --database-user x | --database-url",
                "--warehouse wh --database-url jdbc:oracle:x | jdbc:postgresql:",
                "--warehouse wh --token env:NO_SUCH_VARIABLE | NO_SUCH_VARIABLE",
                "--warehouse s3://bucket/wh --storage-option x | KEY=VALUE"
            })
    void saysWhatIsWrongWithItsArguments(String arguments, String part) {
        assertThat(fail(arguments.split(" "))).contains(part);
    }

    @Test
    void explainsItself() {
        String help = ServerCommand.commandLine().getUsageMessage();

        assertThat(help).contains("--warehouse", "--token", "--tls", "Ctrl-C");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void endsInOrderWhenInterrupted() throws Exception {
        try (ServerProcess server = ServerProcess.start(directory.resolve("log"), directory.resolve("wh"))) {
            assertThat(Http.get(server.uri(), "/health").statusCode()).isEqualTo(200);

            // 128 + SIGINT, as for every program that is interrupted.
            assertThat(server.interrupt()).isEqualTo(130);
        }
        // A log in order: the database was closed, and its write-ahead log with it.
        assertThat(directory.resolve("wh")).isDirectoryNotContaining("glob:**-wal");
    }

    @Test
    void writesAnAccessLogWithoutSecrets() throws Exception {
        Path log = directory.resolve("log");
        Process process = ServerProcess.launch(
                log,
                Map.of("HIDDEN", "secret-token"),
                "--warehouse",
                directory.resolve("wh").toString(),
                "--token",
                "env:HIDDEN");
        try {
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            URI uri = URI.create(line.substring(line.indexOf("http")));
            Http.send(
                    uri,
                    "GET",
                    "/v1/trestle/databases?pageToken=secret-query",
                    "",
                    Map.of("Authorization", "Bearer secret-token", "x-request-id", "the-id"));
        } finally {
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
        }

        assertThat(Files.readString(log))
                .containsPattern("GET /v1/trestle/databases listDatabases 200 \\d+ ms request=the-id")
                .doesNotContain("secret");
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (CatalogServer first = CatalogServer.start(
                ServerOptions.builder(directory.resolve("a")).build())) {
            assertThat(fail(
                            "--warehouse",
                            directory.resolve("b").toString(),
                            "--port",
                            String.valueOf(first.uri().getPort())))
                    .startsWith("server: ")
                    .contains(String.valueOf(first.uri().getPort()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void servesHttps() throws Exception {
        Path keyStore = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        ServerOptions options = parse(
                "--warehouse",
                directory.resolve("wh").toString(),
                "--tls",
                keyStore.toString(),
                "--tls-password",
                "changeit");

        try (CatalogServer server = CatalogServer.start(options)) {
            HttpResponse<String> response = HttpClient.newBuilder()
                    .sslContext(trusting(keyStore))
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.uri() + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(server.uri().getScheme()).isEqualTo("https");
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    private static SSLContext trusting(Path keyStore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
