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

import dev.trestle.server.auth.Credentials;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's own token endpoint. */
@Timeout(60)
class OAuth2Test {

    private static final String ID = "a client:1";
    private static final String SECRET = "s%c+r&t é";
    private static final String GRANT = "grant_type=client_credentials";
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

    @TempDir
    private Path directory;

    private volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private CatalogServer server;

    @BeforeEach
    void start() {
        server = CatalogServer.start(ServerOptions.builder(directory)
                .allow(new Credentials.OAuth2(ID, SECRET, Optional.of("catalog"), Duration.ofMinutes(5)))
                .clock(new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                })
                .build());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenLetsItsBearerInUntilItExpires() throws Exception {
        HttpResponse<String> answer = ask(GRANT, Map.of("Authorization", basic(ID, SECRET)));
        String token = token(answer);

        assertThat(answer.body()).contains("\"token_type\":\"Bearer\"").contains("\"expires_in\":300");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        now = now.plusSeconds(299);
        assertThat(list(token)).isEqualTo(200);
        now = now.plusSeconds(1);
        assertThat(list(token)).isEqualTo(401);
        assertThat(server.callCounts()).containsEntry("requestToken", 1L);
    }

    @Test
    void theSecretMayComeInTheBody() throws Exception {
        String form = GRANT + "&scope=catalog&client_id=" + encoded(ID) + "&client_secret=" + encoded(SECRET);

        HttpResponse<String> answer = ask(form, Map.of());

        assertThat(answer.body()).contains("\"scope\":\"catalog\"");
        assertThat(list(token(answer))).isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherServerIsRefused() throws Exception {
        assertThat(list("anything")).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=client_credentials, wrong, 401, invalid_client",
        "grant_type=password, right, 400, unsupported_grant_type",
        "scope=catalog, right, 400, invalid_request",
        "grant_type=client_credentials&scope=all, right, 400, invalid_scope"
    })
    void saysWhatIsWrong(String form, String secret, int status, String error) throws Exception {
        HttpResponse<String> answer =
                ask(form, Map.of("Authorization", basic(ID, secret.equals("right") ? SECRET : secret)));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error\":\"" + error + "\"").doesNotContain(SECRET);
    }

    private HttpResponse<String> ask(String form, Map<String, String> headers) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return Http.send(server.uri(), "POST", "/v1/oauth/tokens", form, all);
    }

    private int list(String token) throws Exception {
        return Http.send(server.uri(), "GET", "/v1/trestle/databases", "", Map.of("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static String token(HttpResponse<String> answer) {
        Matcher matcher = TOKEN.matcher(answer.body());
        assertThat(matcher.find()).as("HTTP %s", answer.statusCode()).isTrue();
        return matcher.group(1);
    }

    private static String basic(String id, String secret) {
        String pair = encoded(id) + ":" + encoded(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
