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

import static dev.trestle.catalog.auth.oauth2.OAuth2Options.AUDIENCE;
import static dev.trestle.catalog.auth.oauth2.OAuth2Options.CLIENT_AUTH;
import static dev.trestle.catalog.auth.oauth2.OAuth2Options.CLIENT_ID;
import static dev.trestle.catalog.auth.oauth2.OAuth2Options.CLIENT_SECRET;
import static dev.trestle.catalog.auth.oauth2.OAuth2Options.SCOPE;
import static dev.trestle.catalog.auth.oauth2.OAuth2Options.SERVER_URI;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthProviderFactory;
import dev.trestle.catalog.auth.RefreshingToken;
import dev.trestle.catalog.auth.oauth2.ClientCredentialsGrant.Client;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code token.provider=oauth2}: requests carry an access token of an OAuth 2.0 authorization server. */
public final class OAuth2AuthProviderFactory implements AuthProviderFactory {

    private final Clock clock;

    /** Follows tokens by the machine's clock. */
    public OAuth2AuthProviderFactory() {
        this(Clock.systemUTC());
    }

    OAuth2AuthProviderFactory(Clock clock) {
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public String identifier() {
        return "oauth2";
    }

    @Override
    public AuthProvider create(AuthOptions options) {
        List<String> missing = new ArrayList<>(Stream.of(SERVER_URI, CLIENT_ID, CLIENT_SECRET)
                .filter(key -> options.get(key).isEmpty())
                .map(key -> "'" + key + "'")
                .toList());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "With 'token.provider' = 'oauth2' these options are needed too: " + String.join(", ", missing));
        }
        URI serverUri = serverUri(options.require(SERVER_URI));
        Client client = new Client(
                options.requireSecret(CLIENT_ID),
                options.requireSecret(CLIENT_SECRET),
                ClientAuthentication.of(
                        options.get(CLIENT_AUTH).orElseGet(ClientAuthentication.CLIENT_SECRET_BASIC::identifier)),
                options.get(SCOPE),
                options.get(AUDIENCE));
        ClientCredentialsGrant grant = new ClientCredentialsGrant(
                serverUri, options.tokenEndpoints().open(SERVER_URI, serverUri), client, clock);
        return new OAuth2AuthProvider(new RefreshingToken<>("OAuth2", grant, options.tokenLoads(), clock));
    }

    /** Its messages do not repeat the value, into which someone may have written a password. */
    private static URI serverUri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "Option '" + SERVER_URI + "' is not a URI: " + e.getReason() + " at position " + e.getIndex());
        }
    }
}
