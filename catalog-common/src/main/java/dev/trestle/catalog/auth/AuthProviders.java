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

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the {@link AuthProvider} that the catalog's options ask for. */
public final class AuthProviders {

    /** The option that names the provider. */
    public static final String TOKEN_PROVIDER = "token.provider";

    /** Options that hold or find a credential, and the provider that each is for. */
    private static final Map<String, String> PROVIDER_OF_CREDENTIAL = Map.of(
            BasicAuthFactory.USERNAME,
            BasicAuthFactory.IDENTIFIER,
            BasicAuthFactory.PASSWORD,
            BasicAuthFactory.IDENTIFIER,
            "oauth2.client-id",
            "oauth2",
            "oauth2.client-secret",
            "oauth2",
            "dlf.access-key-id",
            "dlf",
            "dlf.access-key-secret",
            "dlf",
            "dlf.token-loader",
            "dlf",
            "dlf.token-path",
            "dlf");

    private AuthProviders() {}

    /**
     * The provider that {@code token.provider} names. Where that is absent: bearer if there is a {@code token}, which is of
     * no other use; else none. No network, no file.
     *
     * @throws IllegalArgumentException if no factory has that name, a credential is there that nothing would use, or an
     *     option of the provider is missing or wrong
     */
    public static AuthProvider create(AuthOptions options) {
        NamedFactories<AuthProviderFactory> factories =
                NamedFactories.discover(AuthProviderFactory.class, AuthProviders::names);
        String identifier = options.get(TOKEN_PROVIDER).orElseGet(() -> impliedBy(options));
        return factories.require(TOKEN_PROVIDER, identifier).create(options);
    }

    /** Every value of {@code token.provider} that chooses a factory. */
    public static Set<String> names(AuthProviderFactory factory) {
        return Stream.concat(Stream.of(factory.identifier()), factory.aliases().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String impliedBy(AuthOptions options) {
        if (options.get(BearerAuthFactory.TOKEN).isPresent()) {
            return BearerAuthFactory.IDENTIFIER;
        }
        // Going on without the credential would end in a 401 that says nothing of the reason.
        Optional<String> unused = PROVIDER_OF_CREDENTIAL.keySet().stream()
                .filter(key -> options.get(key).isPresent())
                .sorted()
                .findFirst();
        unused.ifPresent(key -> {
            throw new IllegalArgumentException("Option '" + key + "' is set, but '" + TOKEN_PROVIDER + "' is not: set '"
                    + TOKEN_PROVIDER + "' to '" + PROVIDER_OF_CREDENTIAL.get(key) + "', or to '"
                    + NoAuthFactory.IDENTIFIER + "' to go without");
        });
        return NoAuthFactory.IDENTIFIER;
    }
}
