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
package dev.trestle.catalog.auth.dlf;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.Secret;
import java.util.Optional;
import java.util.stream.Stream;

/** An access key in the options themselves, or where they refer to. */
record StaticKeys(Secret accessKeyId, Secret accessKeySecret, Optional<Secret> securityToken) implements TokenSource {

    StaticKeys {
        requireNonNull(accessKeyId, "accessKeyId is null");
        requireNonNull(accessKeySecret, "accessKeySecret is null");
        requireNonNull(securityToken, "securityToken is null");
    }

    /** @throws IllegalArgumentException if one half of the key is missing; the message names the option */
    static StaticKeys of(AuthOptions options) {
        return new StaticKeys(
                options.requireSecret(DlfOptions.ACCESS_KEY_ID),
                options.requireSecret(DlfOptions.ACCESS_KEY_SECRET),
                options.secret(DlfOptions.SECURITY_TOKEN));
    }

    @Override
    public DlfToken getOrRefreshToken() {
        return new DlfToken(
                accessKeyId.reveal(), accessKeySecret.reveal(), securityToken.map(Secret::reveal), Optional.empty());
    }

    @Override
    public boolean invalidate() {
        // Each of them, and not up to the first that can change.
        return Stream.concat(Stream.of(accessKeyId, accessKeySecret), securityToken.stream())
                .map(Secret::invalidate)
                .reduce(false, Boolean::logicalOr);
    }

    @Override
    public void close() {}
}
