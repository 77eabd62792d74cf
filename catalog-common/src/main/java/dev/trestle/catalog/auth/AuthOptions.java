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

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * The catalog's options as an {@link AuthProviderFactory} sees them, values of secrets wrapped, and what the catalog lends to
 * a provider. Immutable.
 *
 * <p>{@code toString} names keys only.
 */
public final class AuthOptions {

    private final Map<String, String> options;
    private final TokenEndpoints tokenEndpoints;
    private final TokenLoads tokenLoads;

    /**
     * Options for a provider that needs nothing from outside but files.
     *
     * @param options the merged options of the catalog
     */
    public AuthOptions(Map<String, String> options) {
        this(options, TokenEndpoints.NONE, TokenLoads.NONE);
    }

    /**
     * Options and what the catalog lends to its provider.
     *
     * @param options the merged options of the catalog
     */
    public AuthOptions(Map<String, String> options, TokenEndpoints tokenEndpoints, TokenLoads tokenLoads) {
        this.options = Map.copyOf(requireNonNull(options, "options is null"));
        this.tokenEndpoints = requireNonNull(tokenEndpoints, "tokenEndpoints is null");
        this.tokenLoads = requireNonNull(tokenLoads, "tokenLoads is null");
    }

    /** The value under a key that holds no secret. Blank counts as absent. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(options.get(key)).map(String::trim).filter(value -> !value.isEmpty());
    }

    /**
     * The value under a key that must be there and holds no secret.
     *
     * @throws IllegalArgumentException if it is absent; the message names the key
     */
    public String require(String key) {
        return get(key).orElseThrow(() -> missing(key));
    }

    /** The value under a key that holds a secret, which may be a reference such as <code>${env:NAME}</code>. */
    public Optional<Secret> secret(String key) {
        return get(key).map(value -> Secret.of(key, value));
    }

    /**
     * The secret under a key that must be there.
     *
     * @throws IllegalArgumentException if it is absent; the message names the key
     */
    public Secret requireSecret(String key) {
        return secret(key).orElseThrow(() -> missing(key));
    }

    /** The way to services that issue tokens, with the catalog's TLS, proxy and time limits. */
    public TokenEndpoints tokenEndpoints() {
        return tokenEndpoints;
    }

    /** Counts tokens, for the catalog's metrics: a {@link RefreshingToken} reports to it. */
    public TokenLoads tokenLoads() {
        return tokenLoads;
    }

    /** Every option as the user wrote it, references not resolved. May hold secrets: never to be logged. */
    public Map<String, String> asMap() {
        return options;
    }

    private static IllegalArgumentException missing(String key) {
        return new IllegalArgumentException("Option '" + key + "' is missing");
    }

    @Override
    public String toString() {
        return "AuthOptions" + options.keySet();
    }
}
