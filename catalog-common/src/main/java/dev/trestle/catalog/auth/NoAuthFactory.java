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

/** {@code token.provider=none}: requests carry no credential. */
public final class NoAuthFactory implements AuthProviderFactory {

    static final String IDENTIFIER = "none";

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public AuthProvider create(AuthOptions options) {
        return new NoAuth();
    }

    private record NoAuth() implements AuthProvider {
        @Override
        public Map<String, String> headers(RequestToSign request) {
            return Map.of();
        }

        @Override
        public boolean invalidate() {
            return false;
        }
    }
}
