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
package dev.trestle.trino.security;

import java.util.Map;
import java.util.Optional;

/** Makes the {@link IdentityCatalogs} that the catalog file asks for. */
public final class Identities {

    private Identities() {}

    /** Sends nothing. */
    public static IdentityCatalogs of(
            IdentityConfig config, UserTokenConfig userToken, Map<String, String> options, ClientOpener opener) {
        return switch (config.getSecurity()) {
            case NONE -> new OwnCatalog(options, opener);
            case USER_TOKEN -> new UserCatalogs(options, opener, userToken, fallback(userToken, options, opener));
        };
    }

    private static Optional<IdentityCatalogs> fallback(
            UserTokenConfig config, Map<String, String> options, ClientOpener opener) {
        return switch (config.getFallback()) {
            case CATALOG -> Optional.of(new OwnCatalog(options, opener));
            case DENY -> Optional.empty();
        };
    }
}
