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
import java.util.Set;

/**
 * {@code token.provider=bear}, or {@code bearer}: the option {@code token} as a bearer token (RFC 6750, section 2.1).
 * {@code bear} is how Paimon spells it.
 */
public final class BearerAuthFactory implements AuthProviderFactory {

    static final String IDENTIFIER = "bear";
    static final String TOKEN = "token";

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<String> aliases() {
        return Set.of("bearer");
    }

    @Override
    public AuthProvider create(AuthOptions options) {
        return new BearerAuth(options.requireSecret(TOKEN));
    }

    private record BearerAuth(Secret token) implements AuthProvider {
        @Override
        public Map<String, String> headers(RequestToSign request) {
            return Map.of("Authorization", "Bearer " + HeaderValues.check(TOKEN, token.reveal()));
        }

        @Override
        public boolean invalidate() {
            return token.invalidate();
        }
    }
}
