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
package dev.trestle.catalog.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthProvidersTest {

    private static final RequestToSign REQUEST =
            new RequestToSign("GET", "localhost", "/v1/config", Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path directory;

    @Test
    void withoutOptionsThereIsNoCredential() {
        AuthProvider provider = create(Map.of());

        assertThat(provider.headers(REQUEST)).isEmpty();
        assertThat(provider.invalidate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bear", "bearer", "Bearer"})
    void bearerSendsTheToken(String identifier) {
        assertThat(headers(Map.of("token.provider", identifier, "token", "tok")))
                .isEqualTo(Map.of("Authorization", "Bearer tok"));
    }

    @Test
    void aTokenAloneMeansBearer() {
        assertThat(headers(Map.of("token", "tok"))).isEqualTo(Map.of("Authorization", "Bearer tok"));
    }

    @Test
    void noneIsNoneEvenWithAToken() {
        assertThat(headers(Map.of("token.provider", "none", "token", "tok"))).isEmpty();
    }

    @Test
    void bearerWithoutATokenNamesTheOption() {
        assertThatThrownBy(() -> create(Map.of("token.provider", "bear")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option 'token' is missing");
    }

    @Test
    void aRotatedBearerTokenIsSent() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "one");
        AuthProvider provider = create(Map.of("token", "${file:" + file + "}"));
        provider.headers(REQUEST);

        Files.writeString(file, "two");

        assertThat(provider.invalidate()).isTrue();
        assertThat(provider.headers(REQUEST)).isEqualTo(Map.of("Authorization", "Bearer two"));
    }

    @Test
    void aLiteralBearerTokenIsNotWorthASecondAttempt() {
        assertThat(create(Map.of("token", "tok")).invalidate()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3c\nret", "s3cr\u00e9t", "s3c\u0000ret"})
    void aTokenThatNoHeaderCarriesIsRefusedWithoutRepeatingIt(String token) {
        assertThatThrownBy(() -> headers(Map.of("token", token)))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("'token' holds a character that an HTTP header cannot carry (U+")
                .hasMessageNotContaining("s3c");
    }

    @Test
    void basicSendsNameAndPasswordInUtf8() {
        assertThat(headers(Map.of("token.provider", "basic", "basic.username", "Jos\u00e9", "basic.password", "p:w")))
                .isEqualTo(Map.of("Authorization", "Basic Sm9zw6k6cDp3"));
    }

    @Test
    void basicRefusesANameWithAColon() {
        assertThatThrownBy(() ->
                        headers(Map.of("token.provider", "basic", "basic.username", "a:b", "basic.password", "pw")))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageStartingWith("Option 'basic.username' holds a colon");
    }

    @Test
    void basicReadsARotatedPassword() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "one");
        AuthProvider provider = create(
                Map.of("token.provider", "basic", "basic.username", "me", "basic.password", "${file:" + file + "}"));
        Map<String, String> before = provider.headers(REQUEST);

        Files.writeString(file, "two");

        assertThat(provider.invalidate()).isTrue();
        assertThat(provider.headers(REQUEST)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "basic.username",
                "basic.password",
                "dlf.access-key-id",
                "dlf.token-path",
                "dlf.token-loader",
                "oauth2.client-id",
                "oauth2.client-secret"
            })
    void aCredentialThatNothingWouldUseIsAnError(String key) {
        String provider = key.substring(0, key.indexOf('.'));

        assertThatThrownBy(() -> create(Map.of(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option '" + key + "' is set, but 'token.provider' is not: set 'token.provider' to '"
                        + provider + "', or to 'none' to go without");
    }

    @Test
    void anUnknownProviderIsAnErrorThatListsTheKnown() {
        // One of them is a test's own, found as a user's would be.
        assertThatThrownBy(() -> create(Map.of("token.provider", "kerberos")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Option 'token.provider' is 'kerberos', which is unknown. Known: basic, bear, bearer, counting,"
                                + " dlf, none, oauth2");
    }

    @Test
    void aProviderOfTheUsersOwnIsFound() throws IOException {
        try (UserServices services =
                UserServices.provide(directory, AuthProviderFactory.class, HouseFactory.class.getName())) {
            assertThat(services).isNotNull();
            assertThat(headers(Map.of("token.provider", "house", "house.key", "k")))
                    .isEqualTo(Map.of("x-house", "k"));
        }
    }

    @Test
    void twoProvidersOfOneNameAreAnErrorThatNamesBoth() throws IOException {
        try (UserServices services = UserServices.provide(
                directory,
                AuthProviderFactory.class,
                HouseFactory.class.getName(),
                OtherHouseFactory.class.getName())) {
            assertThat(services).isNotNull();
            assertThatThrownBy(() -> create(Map.of("token.provider", "house")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(HouseFactory.class.getName())
                    .hasMessageContaining(OtherHouseFactory.class.getName());
        }
    }

    @Test
    void aFactoryThatCannotBeLoadedDisturbsNoOther() throws IOException {
        try (UserServices services = UserServices.provide(
                directory, AuthProviderFactory.class, "com.example.Absent", HouseFactory.class.getName())) {
            assertThat(services).isNotNull();
            assertThat(headers(Map.of("token.provider", "house", "house.key", "k")))
                    .isEqualTo(Map.of("x-house", "k"));
            assertThat(headers(Map.of())).isEmpty();
            assertThatThrownBy(() -> create(Map.of("token.provider", "absent")))
                    .hasMessageContaining("Could not be loaded")
                    .hasMessageContaining("com.example.Absent");
        }
    }

    private static AuthProvider create(Map<String, String> options) {
        return AuthProviders.create(new AuthOptions(options));
    }

    private static Map<String, String> headers(Map<String, String> options) {
        return create(options).headers(REQUEST);
    }

    /** A user's own provider. */
    public static class HouseFactory implements AuthProviderFactory {
        @Override
        public String identifier() {
            return "house";
        }

        @Override
        public AuthProvider create(AuthOptions options) {
            String key = options.requireSecret("house.key").reveal();
            return new AuthProvider() {
                @Override
                public Map<String, String> headers(RequestToSign request) {
                    return Map.of("x-house", key);
                }

                @Override
                public boolean invalidate() {
                    return false;
                }
            };
        }
    }

    /** Another one that claims the same name. */
    public static final class OtherHouseFactory extends HouseFactory {}
}
