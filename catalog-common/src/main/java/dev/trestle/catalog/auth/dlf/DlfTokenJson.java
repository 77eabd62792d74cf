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

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trestle.catalog.auth.AuthenticationException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * Reads a token as the ECS metadata service writes it, which is also the form of a token file: {@code AccessKeyId},
 * {@code AccessKeySecret}, {@code SecurityToken}, {@code Expiration}. Other fields are passed over.
 *
 * <p>Neither the messages nor the causes of its errors hold a piece of the text, which a JSON parser's own do.
 */
final class DlfTokenJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private DlfTokenJson() {}

    /**
     * @param source where the text came from, for messages
     * @throws AuthenticationException if it is no token
     */
    static DlfToken parse(String source, String text) {
        JsonNode json = readTree(source, text);
        if (!json.isObject()) {
            throw new AuthenticationException(source + " holds no JSON object");
        }
        Optional<String> code = text(source, json, "Code");
        if (code.isPresent() && !code.get().equalsIgnoreCase("Success")) {
            throw new AuthenticationException(
                    source + " answered with the code '" + code.get() + "' instead of a token");
        }
        try {
            return new DlfToken(
                    required(source, json, "AccessKeyId"),
                    required(source, json, "AccessKeySecret"),
                    text(source, json, "SecurityToken"),
                    expiration(source, json.path("Expiration")));
        } catch (AuthenticationException e) {
            throw e.getMessage().startsWith(source)
                    ? e
                    : new AuthenticationException(source + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode readTree(String source, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation();
            String where = location == null
                    ? ""
                    : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
            throw new AuthenticationException(source + " holds no valid JSON" + where);
        }
    }

    private static String required(String source, JsonNode json, String field) {
        return text(source, json, field)
                .orElseThrow(() -> new AuthenticationException(source + " holds no '" + field + "'"));
    }

    private static Optional<String> text(String source, JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new AuthenticationException(source + ": '" + field + "' is not a text");
        }
        return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
    }

    /** Milliseconds since 1970 as a number or digits, else an ISO date and time, which is UTC where it names no offset. */
    private static Optional<Instant> expiration(String source, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.asText().strip();
        try {
            if (text.matches("\\d+")) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
            }
            TemporalAccessor moment =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    moment instanceof OffsetDateTime withOffset
                            ? withOffset.toInstant()
                            : ((LocalDateTime) moment).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException | NumberFormatException e) {
            throw new AuthenticationException(
                    source
                            + ": 'Expiration' is neither milliseconds since 1970 nor a date and time such as 2026-01-31T12:00:00Z");
        }
    }
}
