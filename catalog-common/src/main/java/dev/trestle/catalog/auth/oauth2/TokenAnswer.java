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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.HeaderValues;
import dev.trestle.catalog.auth.TokenEndpoint.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads what a token endpoint answers: a token (RFC 6749, section 5.1), an error (section 5.2), or what something else says
 * in its place. No message holds the client's secret, a token, or a body that is none of the two.
 */
final class TokenAnswer {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A longer life is as good as none that ends, and could not be added to a date. */
    private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(36_500).toSeconds();

    private static final int LONGEST_QUOTE = 300;

    private final String endpoint;
    private final String secret;

    /**
     * @param endpoint where the answer came from, for messages
     * @param secret what an answer must not bring back into a message
     */
    TokenAnswer(String endpoint, String secret) {
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.secret = requireNonNull(secret, "secret is null");
    }

    /**
     * The token.
     *
     * @param asked from when its life counts
     * @throws AuthenticationException if there is none in the answer
     */
    AccessToken read(Answer answer, Instant asked) {
        Optional<JsonNode> json = json(answer.body()).filter(JsonNode::isObject);
        if (answer.status() != 200) {
            throw json.flatMap(object -> text(object, "error"))
                    .map(error -> refused(answer, error, json.get()))
                    .orElseGet(() -> notAnAuthorizationServer(answer));
        }
        JsonNode token = json.orElseThrow(() -> notAnAuthorizationServer(answer));
        String type = text(token, "token_type").orElse("Bearer");
        if (!type.equalsIgnoreCase("Bearer")) {
            throw failure(
                    answer, "gives tokens of the type '" + quoted(type) + "', and only bearer tokens can be sent");
        }
        String value = text(token, "access_token")
                .orElseThrow(
                        () -> failure(answer, "holds no 'access_token': check '" + OAuth2Options.SERVER_URI + "'"));
        return new AccessToken(HeaderValues.check("access_token", value), expiration(answer, token, asked));
    }

    private Optional<Instant> expiration(Answer answer, JsonNode token, Instant asked) {
        JsonNode life = token.path("expires_in");
        if (life.isMissingNode() || life.isNull()) {
            return Optional.empty();
        }
        // Some servers write the number as a text.
        String text = life.asText().strip();
        if (!text.matches("-?\\d{1,18}(\\.\\d+)?")) {
            throw failure(answer, "has an 'expires_in' that is no number of seconds");
        }
        long seconds = Long.parseLong(text.split("\\.", 2)[0]);
        return seconds > LONGEST_LIFE_SECONDS ? Optional.empty() : Optional.of(asked.plusSeconds(seconds));
    }

    private AuthenticationException refused(Answer answer, String error, JsonNode json) {
        String description = text(json, "error_description")
                .map(words -> " (" + quoted(words) + ")")
                .orElse("");
        return new AuthenticationException("No OAuth2 token from " + endpoint + ": " + quoted(error) + description
                + ", HTTP " + answer.status() + ". " + advice(error) + " (request id " + answer.requestId() + ")");
    }

    /** What to do about the errors of RFC 6749, section 5.2. */
    private static String advice(String error) {
        return switch (error) {
            case "invalid_client" ->
                "Check '" + OAuth2Options.CLIENT_ID + "' and '" + OAuth2Options.CLIENT_SECRET
                        + "', and whether the server wants them as '" + OAuth2Options.CLIENT_AUTH + "' says";
            case "invalid_scope" -> "Check '" + OAuth2Options.SCOPE + "'";
            case "unauthorized_client", "unsupported_grant_type", "access_denied" ->
                "Allow this client the grant 'client_credentials' at the authorization server";
            case "invalid_request", "invalid_grant", "invalid_target" ->
                "Check '" + OAuth2Options.SCOPE + "', '" + OAuth2Options.AUDIENCE + "' and '"
                        + OAuth2Options.CLIENT_AUTH + "'";
            case "temporarily_unavailable", "server_error" -> "Look at the authorization server, or try again later";
            default -> "Look at the authorization server's documentation of this error";
        };
    }

    private AuthenticationException notAnAuthorizationServer(Answer answer) {
        int status = answer.status();
        String what = answer.mediaType()
                .filter(type -> type.matches("[a-z0-9.+/-]{1,80}"))
                .map(type -> "something of the type " + type)
                .orElse("something");
        if (status >= 500) {
            return failure(
                    answer, "is " + what + " with HTTP " + status + ": look at the authorization server, or try later");
        }
        if (status >= 300 && status < 400) {
            return failure(
                    answer,
                    "is a redirect (HTTP " + status
                            + "), which is not followed, for the client's secret is for this address" + " only: set '"
                            + OAuth2Options.SERVER_URI + "' to the final address");
        }
        return failure(
                answer,
                "is " + what + " with HTTP " + status + " instead of a token: check '" + OAuth2Options.SERVER_URI
                        + "', which is the address of the token endpoint itself");
    }

    private AuthenticationException failure(Answer answer, String problem) {
        return new AuthenticationException("No OAuth2 token from " + endpoint + ": its answer " + problem
                + " (request id " + answer.requestId() + ")");
    }

    /** Neither the failure nor its message: a parser's own quotes what it has read. */
    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode object, String field) {
        return Optional.of(object.path(field))
                .filter(JsonNode::isTextual)
                .map(value -> value.textValue().strip())
                .filter(value -> !value.isEmpty());
    }

    /** The server's words in one line, short, and without the secret, should the server repeat it. */
    private String quoted(String words) {
        String clean = words.replaceAll("[\\p{Cntrl}\\s]+", " ")
                .replace(secret, "******")
                .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "******");
        return clean.length() > LONGEST_QUOTE ? clean.substring(0, LONGEST_QUOTE) + "…" : clean;
    }
}
