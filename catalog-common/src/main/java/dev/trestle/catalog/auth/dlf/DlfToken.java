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

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.ExpiringToken;
import dev.trestle.catalog.auth.HeaderValues;
import java.time.Instant;
import java.util.Optional;

/**
 * An access key of Alibaba Cloud, for good or for a time. {@code toString} holds no secret.
 *
 * @param securityToken goes with a temporary access key (STS); empty for a permanent one
 * @param expiration the moment from which it is of no use; empty where it never expires
 */
public record DlfToken(
        String accessKeyId, String accessKeySecret, Optional<String> securityToken, Optional<Instant> expiration)
        implements ExpiringToken {

    /** @throws AuthenticationException if the id or the secret is blank, or a value cannot be sent in a header */
    public DlfToken {
        requireText("AccessKeyId", accessKeyId);
        requireText("AccessKeySecret", accessKeySecret);
        requireNonNull(securityToken, "securityToken is null");
        requireNonNull(expiration, "expiration is null");
        HeaderValues.check("AccessKeyId", accessKeyId);
        securityToken = securityToken.map(String::strip).filter(token -> !token.isEmpty());
        securityToken.ifPresent(token -> HeaderValues.check("SecurityToken", token));
    }

    private static void requireText(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new AuthenticationException("A DLF token has no '" + field + "'");
        }
    }

    @Override
    public String toString() {
        return "DlfToken[" + (securityToken.isPresent() ? "temporary" : "permanent") + " access key, "
                + expiration.map(moment -> "expires at " + moment).orElse("never expires") + "]";
    }
}
