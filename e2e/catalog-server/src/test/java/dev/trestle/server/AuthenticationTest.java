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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.auth.DLFDefaultSigner;
import org.apache.paimon.rest.auth.DLFOpenApiSigner;
import org.apache.paimon.rest.auth.DLFRequestSigner;
import org.apache.paimon.rest.auth.DLFToken;
import org.apache.paimon.rest.auth.RESTAuthParameter;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AuthenticationTest {

    private static final String DATABASES = "/v1/trestle/databases";
    private static final String KEY = "an-access-key";
    private static final String SECRET = "an-access-secret";
    private static final String STS = "a-security-token";

    @TempDir
    private Path directory;

    private CatalogServer server;

    @BeforeEach
    void start() {
        server = CatalogServer.start(ServerOptions.builder(directory)
                .allow(new Credentials.Bearer("a-token"))
                .allow(new Credentials.Basic("user", "pass:word"))
                .allow(new Credentials.Dlf(KEY, SECRET, Optional.of(STS)))
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int status(Map<String, String> headers) throws Exception {
        var response = Http.send(server.uri(), "GET", DATABASES, "", headers);
        if (response.statusCode() != 200) {
            assertThat(Http.error(response).getMessage())
                    .doesNotContain("a-token", "pass:word", SECRET, STS)
                    .isNotEmpty();
        }
        return response.statusCode();
    }

    @Test
    void letsInWhoKnowsTheToken() throws Exception {
        assertThat(status(Map.of("Authorization", "Bearer a-token"))).isEqualTo(200);
        assertThat(status(Map.of("Authorization", "bearer a-token"))).isEqualTo(200);
    }

    @Test
    void letsInWhoKnowsThePassword() throws Exception {
        assertThat(status(Map.of("Authorization", "Basic " + base64("user:pass:word"))))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer a-toke",
                "Bearer a-token2",
                "Bearer",
                "Bearer ",
                "a-token",
                "Basic dXNlcjp3cm9uZw==",
                "Basic not-base64",
                "Basic",
                "Negotiate abc",
                "DLF4-HMAC-SHA256 Credential=an-access-key/20260101/cn/DlfNext/aliyun_v4_request,Signature=0",
                "DLF4-HMAC-SHA256 Credential=",
                "acs an-access-key:c2lnbmF0dXJl",
                "acs an-access-key:",
                "acs"
            })
    void keepsOthersOut(String authorization) throws Exception {
        assertThat(status(Map.of("Authorization", authorization))).isEqualTo(401);
    }

    @Test
    void keepsOutWhoSaysNothing() throws Exception {
        assertThat(status(Map.of())).isEqualTo(401);
    }

    @Test
    void asksForNothingToSayThatItIsHealthy() throws Exception {
        assertThat(Http.get(server.uri(), "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void notesWhoMadeATable() throws Exception {
        Map<String, String> options = new HashMap<>(Map.of("token.provider", "dlf", "dlf.region", "cn-hangzhou"));
        options.putAll(Map.of("dlf.access-key-id", KEY, "dlf.access-key-secret", SECRET, "dlf.security-token", STS));
        try (Catalog catalog = connect(options)) {
            catalog.createDatabase("db", false);
            assertThat(catalog.getDatabase("db").options()).containsEntry("createdBy", KEY);
        }
    }

    @ParameterizedTest
    @CsvSource({"default", "openapi"})
    void verifiesWhatPaimonsClientSigns(String algorithm) throws Exception {
        Map<String, String> options = new HashMap<>(Map.of(
                "token.provider", "dlf",
                "dlf.region", "cn-hangzhou",
                "dlf.signing-algorithm", algorithm,
                "dlf.access-key-id", KEY,
                "dlf.access-key-secret", SECRET,
                "dlf.security-token", STS));
        try (Catalog catalog = connect(options)) {
            for (String name : List.of("plain", "a b", "a+b", "ä/%", "😀")) {
                catalog.createDatabase(name, false, Map.of("k", "é"));
                catalog.createTable(
                        Identifier.create(name, "t " + name),
                        Schema.newBuilder().column("a", DataTypes.INT()).build(),
                        false);
                assertThat(catalog.listTablesPaged(name, 5, null, "t " + name.charAt(0) + "%", null)
                                .getElements())
                        .hasSize(name.equals("😀") ? 0 : 1);
                assertThat(catalog.getTable(Identifier.create(name, "t " + name))
                                .uuid())
                        .isNotEmpty();
                catalog.dropDatabase(name, false, true);
            }
        }

        options.put("dlf.access-key-secret", "wrong");
        assertThatThrownBy(() -> connect(options)).hasMessageContaining("Not authorized");
        options.put("dlf.access-key-secret", SECRET);
        options.put("dlf.security-token", "wrong");
        assertThatThrownBy(() -> connect(options)).hasMessageContaining("Not authorized");
        options.put("dlf.security-token", STS);
        options.put("dlf.access-key-id", "wrong");
        assertThatThrownBy(() -> connect(options)).hasMessageContaining("Not authorized");
    }

    @ParameterizedTest
    @CsvSource({
        "default, PT-14M, 200",
        "default, PT14M, 200",
        "default, PT-16M, 401",
        "default, PT16M, 401",
        "openapi, PT-14M, 200",
        "openapi, PT-16M, 401",
        "openapi, P365D, 401"
    })
    void rejectsASignatureThatIsTooOldOrTooNew(String algorithm, Duration age, int status) throws Exception {
        assertThat(status(signed(
                        algorithm,
                        "GET",
                        DATABASES,
                        "",
                        Clock.systemUTC().instant().plus(age))))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "openapi"})
    void rejectsASignatureOfAnotherRequest(String algorithm) throws Exception {
        Instant now = Clock.systemUTC().instant();
        String body = "{\"name\":\"a\",\"options\":{}}";
        Map<String, String> headers = signed(algorithm, "POST", DATABASES, body, now);

        assertThat(post(DATABASES, "{\"name\":\"b\",\"options\":{}}", headers))
                .as("another body")
                .isEqualTo(401);
        assertThat(post(DATABASES + "/a", body, headers)).as("another path").isEqualTo(401);
        assertThat(post(DATABASES + "?x=y", body, headers)).as("another query").isEqualTo(401);
        Map<String, String> withoutDate = new HashMap<>(headers);
        withoutDate.remove("x-dlf-date");
        withoutDate.remove("Date");
        assertThat(post(DATABASES, body, withoutDate)).as("no date").isEqualTo(401);
        assertThat(post(DATABASES, body, headers)).as("the request itself").isEqualTo(200);
    }

    private int post(String path, String body, Map<String, String> headers) throws Exception {
        return Http.send(server.uri(), "POST", path, body, headers).statusCode();
    }

    private Map<String, String> signed(String algorithm, String method, String path, String body, Instant date)
            throws Exception {
        DLFRequestSigner signer =
                algorithm.equals("default") ? new DLFDefaultSigner("cn-hangzhou") : new DLFOpenApiSigner();
        URI uri = server.uri();
        String host = uri.getHost() + ":" + uri.getPort();
        Map<String, String> headers = new HashMap<>(signer.signHeaders(body, date, STS, host));
        headers.put(
                "Authorization",
                signer.authorization(
                        new RESTAuthParameter(path, Map.of(), method, body),
                        new DLFToken(KEY, SECRET, STS, null),
                        host,
                        headers));
        // The client adds it itself, and lets nobody else.
        headers.remove("Host");
        return headers;
    }

    private Catalog connect(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("uri", server.uri().toString());
        all.put("warehouse", server.warehouse());
        return PaimonClient.connect(all);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
