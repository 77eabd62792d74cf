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
package dev.trestle.server.starrocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.RouteHandler.RoutedCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON in the envelope of the standard. */
final class StarRocksJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private StarRocksJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A success. */
    static Answer answer(int status, JsonNode result) {
        ObjectNode envelope = object().put("code", "0").put("message", "OK");
        envelope.set("result", result);
        return Answer.json(status, envelope.toString());
    }

    /** A success that says where the object is. */
    static Answer answer(int status, String uri) {
        return answer(status, object().put("uri", uri));
    }

    static Answer error(int status, String code, String message) {
        return Answer.json(
                status, object().put("code", code).put("message", message).toString());
    }

    /** The object in a request's body. */
    static JsonNode body(RoutedCall call) {
        try {
            JsonNode body = MAPPER.readTree(call.call().text());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw CatalogException.invalid("The request's body is not JSON: " + e.getOriginalMessage());
        }
        throw CatalogException.invalid("The request's body is to be a JSON object.");
    }

    /** The envelope in an answer of this server's own. */
    static JsonNode content(Answer answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String required(JsonNode json, String field) {
        return text(json, field).orElseThrow(() -> CatalogException.invalid("The request lacks '" + field + "'."));
    }

    static Optional<String> text(JsonNode json, String field) {
        return json.hasNonNull(field) ? Optional.of(json.get(field).asText()) : Optional.empty();
    }

    static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** A map of texts; a value may be null, which removes it. */
    static Map<String, Optional<String>> map(JsonNode json) {
        Map<String, Optional<String>> map = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> map.put(
                        entry.getKey(),
                        entry.getValue().isNull()
                                ? Optional.empty()
                                : Optional.of(entry.getValue().asText())));
        return map;
    }

    /** A map of texts for something new, where there is nothing to remove. */
    static Map<String, String> values(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        map(json)
                .forEach((key, value) -> values.put(
                        key,
                        value.orElseThrow(() -> CatalogException.invalid("Property '" + key + "' has no value."))));
        return values;
    }
}
