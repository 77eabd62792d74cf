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

import dev.trestle.server.http.Authenticator;
import dev.trestle.server.http.Call;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Compares the {@code Authorization} header with what it has to be (RFC 6750 and RFC 7617). */
final class SharedSecretAuthenticator implements Authenticator {

    private final String scheme;
    private final String user;
    private final byte[] expected;

    SharedSecretAuthenticator(String scheme, String user, String expected) {
        this.scheme = scheme;
        this.user = user;
        this.expected = expected.getBytes(StandardCharsets.UTF_8);
    }

    static SharedSecretAuthenticator basic(String user, String password) {
        String pair = user + ":" + password;
        return new SharedSecretAuthenticator(
                "Basic", user, Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Result authenticate(Call call) {
        Optional<String> authorization = call.header("Authorization");
        if (authorization.isEmpty()) {
            return new Rejected("The call has no Authorization header; this server asks for " + scheme + ".");
        }
        String value = authorization.get();
        int space = value.indexOf(' ');
        if (space < 0 || !value.substring(0, space).equalsIgnoreCase(scheme)) {
            return new Rejected("The Authorization header is of another scheme; this server asks for " + scheme + ".");
        }
        byte[] given = value.substring(space + 1).trim().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, expected)
                ? new Accepted(user)
                : new Rejected("The " + scheme + " credentials are not valid here.");
    }
}
