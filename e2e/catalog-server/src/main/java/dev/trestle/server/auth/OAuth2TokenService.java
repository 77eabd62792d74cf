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

import dev.trestle.server.http.Answer;
import dev.trestle.server.http.Authenticator;
import dev.trestle.server.http.Call;
import dev.trestle.server.http.Route;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An authorization server for one client (RFC 6749, section 4.4): issues opaque tokens of a limited life and verifies them.
 * They are in memory: a server that starts again knows none of them, and its callers get a 401. Thread-safe.
 */
final class OAuth2TokenService implements Authenticator {

    private static final int TOKEN_BYTES = 32;

    private final Credentials.OAuth2 credentials;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** When each token ends, by its hash. */
    private final Map<String, Instant> issued = new ConcurrentHashMap<>();

    OAuth2TokenService(Credentials.OAuth2 credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of("POST", Credentials.OAuth2.PATH, "requestToken", this::issue));
    }

    /** A token, or an error of RFC 6749, section 5.2. */
    private Answer issue(RoutedCall routed) {
        Call call = routed.call();
        Map<String, String> form = call.form();
        if (!isClient(call, form)) {
            return error(401, "invalid_client", "The client is not known, or its secret is another one.")
                    .with("WWW-Authenticate", "Basic realm=\"trestle\"");
        }
        String grant = form.getOrDefault("grant_type", "");
        if (grant.isEmpty()) {
            return error(400, "invalid_request", "The parameter grant_type is missing.");
        }
        if (!grant.equals("client_credentials")) {
            return error(400, "unsupported_grant_type", "This server knows the grant client_credentials only.");
        }
        Optional<String> scope = Optional.ofNullable(form.get("scope")).filter(text -> !text.isEmpty());
        if (scope.isPresent() && !credentials.scope().equals(scope)) {
            return error(400, "invalid_scope", "The client may not ask for this scope.");
        }
        // Nothing in it needs escaping: the scope's characters have been checked.
        String json = "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d%s}"
                .formatted(
                        newToken(),
                        credentials.tokenLife().toSeconds(),
                        scope.map(text -> ",\"scope\":\"" + text + "\"").orElse(""));
        return Answer.json(200, json).with("Cache-Control", "no-store");
    }

    private String newToken() {
        Instant now = clock.instant();
        issued.values().removeIf(end -> !now.isBefore(end));
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        issued.put(hash(token), now.plus(credentials.tokenLife()));
        return token;
    }

    @Override
    public Result authenticate(Call call) {
        String authorization = call.header("Authorization").orElse("");
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return new Rejected(
                    "The call has no bearer token; this server issues them at " + Credentials.OAuth2.PATH + ".");
        }
        Instant end = issued.get(hash(authorization.substring(7).trim()));
        if (end == null) {
            return new Rejected("The bearer token is not of this server.");
        }
        return clock.instant().isBefore(end)
                ? new Accepted(credentials.clientId())
                : new Rejected("The bearer token expired at " + end + ".");
    }

    /** By HTTP Basic, its two halves form-encoded, or by parameters (section 2.3.1); never both. */
    private boolean isClient(Call call, Map<String, String> form) {
        Optional<String> authorization = call.header("Authorization");
        if (authorization.isEmpty()) {
            return is(form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", ""));
        }
        if (form.containsKey("client_secret") || !authorization.get().regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.get().substring(6).trim()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon >= 0
                    && is(
                            URLDecoder.decode(pair.substring(0, colon), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(colon + 1), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean is(String clientId, String clientSecret) {
        // Both, whatever the first says.
        return same(clientId, credentials.clientId()) & same(clientSecret, credentials.clientSecret());
    }

    private static Answer error(int status, String error, String description) {
        return Answer.json(status, "{\"error\":\"%s\",\"error_description\":\"%s\"}".formatted(error, description));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean same(String left, String right) {
        return MessageDigest.isEqual(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
