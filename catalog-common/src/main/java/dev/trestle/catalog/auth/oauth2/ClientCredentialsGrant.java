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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.auth.TokenEndpoint;
import dev.trestle.catalog.auth.TokenEndpoint.Answer;
import dev.trestle.catalog.auth.TokenLoader;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The client asks on its own behalf (RFC 6749, section 4.4). There is no refresh token: the next access token is had in the
 * same way, with the secret as it is then.
 */
final class ClientCredentialsGrant implements TokenLoader<AccessToken> {

    /**
     * What the client says of itself and what it asks for.
     *
     * @param scope several are separated by spaces
     */
    record Client(
            Secret id,
            Secret secret,
            ClientAuthentication authentication,
            Optional<String> scope,
            Optional<String> audience) {}

    private final URI serverUri;
    private final TokenEndpoint endpoint;
    private final Client client;
    private final Clock clock;

    ClientCredentialsGrant(URI serverUri, TokenEndpoint endpoint, Client client, Clock clock) {
        this.serverUri = requireNonNull(serverUri, "serverUri is null");
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.client = requireNonNull(client, "client is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public AccessToken loadToken() {
        // A file system's clock may be too coarse to tell two writes apart.
        client.id().invalidate();
        client.secret().invalidate();
        String id = client.id().reveal();
        String secret = client.secret().reveal();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        client.scope().ifPresent(scope -> form.put("scope", scope));
        client.audience().ifPresent(audience -> form.put("audience", audience));
        client.authentication().addTo(form, id, secret);
        // The life of a token is counted from before it was asked for: rather too short than too long.
        Instant asked = clock.instant();
        Answer answer = endpoint.post(form, client.authentication().authorization(id, secret));
        return new TokenAnswer(description(), secret).read(answer, asked);
    }

    @Override
    public String description() {
        return serverUri.getScheme() + "://" + serverUri.getRawAuthority() + serverUri.getRawPath();
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
