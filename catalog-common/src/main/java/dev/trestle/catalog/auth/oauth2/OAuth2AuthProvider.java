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

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.RequestToSign;
import dev.trestle.catalog.auth.TokenSource;
import java.util.Map;

/** Sends an access token that is valid at the moment as a bearer token (RFC 6750, section 2.1). */
final class OAuth2AuthProvider implements AuthProvider {

    private final TokenSource<AccessToken> tokens;

    OAuth2AuthProvider(TokenSource<AccessToken> tokens) {
        this.tokens = requireNonNull(tokens, "tokens is null");
    }

    @Override
    public Map<String, String> headers(RequestToSign request) {
        return Map.of("Authorization", "Bearer " + tokens.getOrRefreshToken().value());
    }

    @Override
    public boolean invalidate() {
        return tokens.invalidate();
    }

    @Override
    public void close() {
        tokens.close();
    }
}
