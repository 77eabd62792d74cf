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
package dev.trestle.catalog.auth.oauth2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.MutableClock;
import dev.trestle.catalog.auth.RequestToSign;
import dev.trestle.catalog.auth.TokenEndpoint.Answer;
import dev.trestle.catalog.auth.TokenLoads;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grant of client credentials: what is sent, how long a token is used, and what is said when there is none. */
@Timeout(60)
class OAuth2AuthProviderTest {

    private static final String SECRET = "Zx9+do not%show";
    private static final RequestToSign REQUEST =
            new RequestToSign("GET", "localhost", "/v1/config", Optional.empty(), Optional.empty(), Optional.empty());

    private final MutableClock clock = new MutableClock();
    private final FakeTokenEndpoint endpoint = new FakeTokenEndpoint();
    private final Map<String, String> options = new HashMap<>(Map.of(
            "oauth2.server-uri", "https://login.example.com/oauth2/token",
            "oauth2.client-id", "a client:é",
            "oauth2.client-secret", SECRET));

    @Test
    void sendsTheTokenAsABearerToken() {
        endpoint.next = () -> FakeTokenEndpoint.json(200, "{\"access_token\":\"tok\",\"token_type\":\"bearer\"}");

        assertThat(create().headers(REQUEST)).isEqualTo(Map.of("Authorization", "Bearer tok"));
    }

    @Test
    void loadsNothingUntilTheFirstRequest() {
        create();

        assertThat(endpoint.requests).isEmpty();
    }

    @Test
    void sendsIdAndSecretInHttpBasicFormEncoded() {
        answer("tok", 3600);

        create().headers(REQUEST);

        FakeTokenEndpoint.Request request = endpoint.requests.get(0);
        String authorization = request.authorization().orElseThrow();
        assertThat(authorization).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8))
                .isEqualTo("a+client%3A%C3%A9:Zx9%2Bdo+not%25show");
        assertThat(request.form()).isEqualTo(Map.of("grant_type", "client_credentials"));
    }

    @Test
    void sendsIdAndSecretInTheBodyWhereThatIsAskedFor() {
        options.put("oauth2.client-auth", "client_secret_post");
        options.put("oauth2.scope", "catalog read");
        options.put("oauth2.audience", "https://catalog.example.com");
        answer("tok", 3600);

        create().headers(REQUEST);

        assertThat(endpoint.requests.get(0))
                .isEqualTo(new FakeTokenEndpoint.Request(
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "scope",
                                "catalog read",
                                "audience",
                                "https://catalog.example.com",
                                "client_id",
                                "a client:é",
                                "client_secret",
                                SECRET),
                        Optional.empty()));
    }

    @Test
    void asksAgainSomeTimeBeforeTheTokenExpires() {
        AuthProvider provider = create();
        answer("one", 3600);
        provider.headers(REQUEST);
        answer("two", 3600);

        clock.advance(Duration.ofMinutes(44));
        assertThat(provider.headers(REQUEST)).containsValue("Bearer one");
        clock.advance(Duration.ofMinutes(1));
        assertThat(provider.headers(REQUEST)).containsValue("Bearer two");
        assertThat(endpoint.requests).hasSize(2);
    }

    @Test
    void aTokenWithoutExpiresInIsUsedUntilItIsRefused() {
        AuthProvider provider = create();
        endpoint.next = () -> FakeTokenEndpoint.json(200, "{\"access_token\":\"one\",\"expires_in\":null}");
        provider.headers(REQUEST);
        answer("two", 3600);

        clock.advance(Duration.ofDays(3650));
        assertThat(provider.headers(REQUEST)).containsValue("Bearer one");
        assertThat(provider.invalidate()).isTrue();
        assertThat(provider.headers(REQUEST)).containsValue("Bearer two");
    }

    @Test
    void aFailedRefreshKeepsAValidToken() {
        AuthProvider provider = create();
        answer("one", 3600);
        provider.headers(REQUEST);
        clock.advance(Duration.ofMinutes(50));
        endpoint.next = () -> FakeTokenEndpoint.json(503, "");

        assertThat(provider.headers(REQUEST)).containsValue("Bearer one");
        clock.advance(Duration.ofMinutes(10));
        assertThatThrownBy(() -> provider.headers(REQUEST)).isInstanceOf(AuthenticationException.class);

        answer("two", 3600);
        assertThat(provider.headers(REQUEST)).containsValue("Bearer two");
    }

    @Test
    void aRotatedSecretIsSentWithTheNextRefresh(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "old");
        options.put("oauth2.client-secret", "${file:" + file + "}");
        options.put("oauth2.client-auth", "client_secret_post");
        AuthProvider provider = create();
        answer("one", 3600);
        provider.headers(REQUEST);

        Files.writeString(file, "new");
        clock.advance(Duration.ofMinutes(50));
        provider.headers(REQUEST);

        assertThat(endpoint.requests)
                .extracting(request -> request.form().get("client_secret"))
                .containsExactly("old", "new");
    }

    @Test
    void closesTheEndpoint() {
        create().close();

        assertThat(endpoint.closed).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "401 | invalid_client | 'oauth2.client-id' and 'oauth2.client-secret'",
                "400 | invalid_scope | 'oauth2.scope'",
                "400 | unauthorized_client | Allow this client",
                "400 | unsupported_grant_type | 'client_credentials'",
                "400 | invalid_request | 'oauth2.client-auth'",
                "503 | temporarily_unavailable | try again later",
                "400 | house_rule_7 | documentation"
            })
    void anErrorOfTheServerIsQuotedWithAdvice(int status, String error, String advice) {
        endpoint.next = () -> FakeTokenEndpoint.json(
                status,
                "{\"error\":\"%s\",\"error_description\":\"no\\nwith %s or %s\"}"
                        .formatted(error, SECRET, "Zx9%2Bdo+not%25show"));

        assertFails()
                .contains("https://login.example.com/oauth2/token: " + error + " (no with ****** or ******), HTTP "
                        + status)
                .contains(advice)
                .contains("request id r-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "200 | text/html | <html>sign in</html> | something of the type text/html with HTTP 200",
                "404 | text/html | <html>not here</html> | the address of the token endpoint itself",
                "502 | text/html | <html>Bad Gateway</html> | HTTP 502: look at the authorization server",
                "302 | text/html | <html>moved</html> | a redirect (HTTP 302), which is not followed",
                "500 | x/y{ | nothing | is something with HTTP 500",
                "200 | application/json | [] | instead of a token",
                "200 | application/json | {\"access_token\":7} | holds no 'access_token'",
                "200 | application/json | {\"access_token\":\"Zx9\",\"token_type\":\"mac\"} | of the type 'mac'",
                "200 | application/json | {\"access_token\":\"Zx9\",\"expires_in\":\"soon\"} | no number of seconds",
                "200 | application/json | {\"access_token\":\"Zx9\",\"expires_in\":0} | expired at",
                "200 | application/json | {\"access_token\":\"Zx9\\u0007\"} | cannot carry",
                "200 | application/json | {\"access_token\":\"Zx9\"}} | instead of a token"
            })
    void anAnswerWithoutATokenIsDescribedAndNotRepeated(int status, String type, String body, String words) {
        endpoint.next = () -> new Answer(status, Optional.of(type), body, "r-1");

        assertFails().contains(words).doesNotContain("<html", "Zx9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"120\"", "120", "120.9"})
    void theLifeOfATokenMayBeWrittenAsAText(String life) {
        AuthProvider provider = create();
        endpoint.next = () -> FakeTokenEndpoint.json(200, "{\"access_token\":\"one\",\"expires_in\":" + life + "}");
        provider.headers(REQUEST);
        answer("two", 3600);

        clock.advance(Duration.ofSeconds(120));

        assertThat(provider.headers(REQUEST)).containsValue("Bearer two");
    }

    @Test
    void allMissingOptionsAreNamedAtOnce() {
        options.clear();

        assertThatThrownBy(this::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("'oauth2.server-uri', 'oauth2.client-id', 'oauth2.client-secret'");
    }

    @Test
    void anUnknownClientAuthenticationIsAnErrorThatListsTheKnown() {
        options.put("oauth2.client-auth", "private_key_jwt");

        assertThatThrownBy(this::create)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'oauth2.client-auth' is 'private_key_jwt', which is unknown. Known:"
                        + " client_secret_basic, client_secret_post");
    }

    private void answer(String token, int life) {
        endpoint.next = () -> FakeTokenEndpoint.json(
                200, "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}".formatted(token, life));
    }

    private AuthProvider create() {
        return new OAuth2AuthProviderFactory(clock)
                .create(new AuthOptions(options, (option, uri) -> endpoint, TokenLoads.NONE));
    }

    private AbstractStringAssert<?> assertFails() {
        AuthProvider provider = create();
        Throwable failure = catchThrowable(() -> provider.headers(REQUEST));
        assertThat(failure).isInstanceOf(AuthenticationException.class);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET);
        return assertThat(failure.getMessage());
    }
}
