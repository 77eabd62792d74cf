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

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.auth.TokenSource;
import java.util.Optional;
import java.util.stream.Stream;

/** An access key in the options themselves, or where they refer to. */
final class StaticKeys implements TokenSource<DlfToken> {

    private final Secret accessKeyId;
    private final Secret accessKeySecret;
    private final Optional<Secret> securityToken;

    /** Made again when one of the secrets has another value; null before the first request. */
    private volatile DlfToken latest;

    private StaticKeys(Secret accessKeyId, Secret accessKeySecret, Optional<Secret> securityToken) {
        this.accessKeyId = accessKeyId;
        this.accessKeySecret = accessKeySecret;
        this.securityToken = securityToken;
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
        String id = accessKeyId.reveal();
        String secret = accessKeySecret.reveal();
        Optional<String> token = securityToken.map(Secret::reveal);
        DlfToken current = latest;
        if (current == null
                || !current.accessKeyId().equals(id)
                || !current.accessKeySecret().equals(secret)
                || !current.securityToken().equals(token)) {
            current = new DlfToken(id, secret, token, Optional.empty());
            latest = current;
        }
        return current;
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
