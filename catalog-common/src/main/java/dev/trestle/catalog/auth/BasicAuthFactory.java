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

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;

/**
 * {@code token.provider=basic}: {@code basic.username} and {@code basic.password} in UTF-8 (RFC 7617, section 2.1).
 */
public final class BasicAuthFactory implements AuthProviderFactory {

    static final String IDENTIFIER = "basic";
    static final String USERNAME = "basic.username";
    static final String PASSWORD = "basic.password";

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public AuthProvider create(AuthOptions options) {
        return new BasicAuth(options.requireSecret(USERNAME), options.requireSecret(PASSWORD));
    }

    private record BasicAuth(Secret username, Secret password) implements AuthProvider {
        @Override
        public Map<String, String> headers(RequestToSign request) {
            String name = username.reveal();
            if (name.indexOf(':') >= 0) {
                throw new AuthenticationException("Option '" + USERNAME
                        + "' holds a colon, which basic authentication cannot carry in a user's name");
            }
            byte[] credential = (name + ':' + password.reveal()).getBytes(UTF_8);
            return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(credential));
        }

        @Override
        public boolean invalidate() {
            // Both, and not one or the other: each may have been rotated.
            return username.invalidate() | password.invalidate();
        }
    }
}
