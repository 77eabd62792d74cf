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

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/** A token that a session carries for its user. */
record UserToken(String value) {

    /** What a bearer token may consist of (RFC 6750, section 2.1), and no reference to this server's variables and files. */
    private static final Pattern SENDABLE = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    UserToken {
        requireNonNull(value, "value is null");
    }

    /** Empty if this is no token that can be sent. */
    static Optional<UserToken> parse(String value) {
        return SENDABLE.matcher(value).matches() ? Optional.of(new UserToken(value)) : Optional.empty();
    }

    @Override
    public String toString() {
        return "UserToken";
    }
}
