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
package dev.trestle.server.auth;

import static java.util.Objects.requireNonNull;

import dev.trestle.server.http.Authenticator;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller must know. No string form of these shows a secret. */
public sealed interface Credentials {

    /** The authenticator that asks for them. */
    Authenticator authenticator(Clock clock);

    /** A bearer token. */
    record Bearer(String token) implements Credentials {
        public Bearer {
            check(token, "The token");
        }

        @Override
        public Authenticator authenticator(Clock clock) {
            return new SharedSecretAuthenticator("Bearer", "token", token);
        }

        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }

    /** A user and a password. */
    record Basic(String user, String password) implements Credentials {
        public Basic {
            check(user, "The user");
            requireNonNull(password, "password is null");
            if (user.contains(":")) {
                throw new IllegalArgumentException("A user name for basic authentication cannot contain a colon");
            }
        }

        @Override
        public Authenticator authenticator(Clock clock) {
            return SharedSecretAuthenticator.basic(user, password);
        }

        @Override
        public String toString() {
            return "Basic[" + user + ", ***]";
        }
    }

    /**
     * A client that gets tokens from this server itself, with OAuth 2.0 client credentials.
     *
     * @param scope what it may ask for; absent: nothing
     * @param tokenLife a second or more
     */
    record OAuth2(String clientId, String clientSecret, Optional<String> scope, Duration tokenLife)
            implements Credentials {

        /** Where the tokens are issued. */
        public static final String PATH = "/v1/oauth/tokens";

        private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E ]+");

        public OAuth2 {
            check(clientId, "The client's id");
            check(clientSecret, "The client's secret");
            if (scope.isPresent() && !SCOPE.matcher(scope.get()).matches()) {
                throw new IllegalArgumentException(
                        "A scope has no other characters than visible ASCII without \" and \\");
            }
            if (tokenLife.toSeconds() < 1) {
                throw new IllegalArgumentException("A token lives for a second or more");
            }
        }

        @Override
        public Authenticator authenticator(Clock clock) {
            return new OAuth2TokenService(this, clock);
        }

        @Override
        public String toString() {
            return "OAuth2[" + clientId + ", ***]";
        }
    }

    /** An access key of Alibaba Cloud DLF, perhaps a temporary one with a security token. */
    record Dlf(String accessKeyId, String accessKeySecret, Optional<String> securityToken) implements Credentials {
        public Dlf {
            check(accessKeyId, "The access key id");
            check(accessKeySecret, "The access key secret");
            requireNonNull(securityToken, "securityToken is null");
        }

        @Override
        public Authenticator authenticator(Clock clock) {
            return new DlfAuthenticator(this, clock);
        }

        @Override
        public String toString() {
            return "Dlf[" + accessKeyId + ", ***]";
        }
    }

    private static void check(String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(what + " is empty");
        }
    }
}
