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

import dev.trestle.catalog.auth.ExpiringToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A bearer token (RFC 6750). {@code toString} does not hold it.
 *
 * @param value what is sent
 */
record AccessToken(String value, Optional<Instant> expiration) implements ExpiringToken {

    AccessToken {
        requireNonNull(value, "value is null");
        requireNonNull(expiration, "expiration is null");
    }

    @Override
    public String toString() {
        return "AccessToken[" + expiration.map(moment -> "expires at " + moment).orElse("no expiration given") + "]";
    }
}
