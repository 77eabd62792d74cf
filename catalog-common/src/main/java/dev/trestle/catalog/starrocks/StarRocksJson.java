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
package dev.trestle.catalog.starrocks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as the dialect has it: lowerCamelCase fields, any of which may be missing or null. */
final class StarRocksJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private StarRocksJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] write(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON in bytes; empty where there is none, or something else. */
    static Optional<JsonNode> read(byte[] bytes) {
        try {
            return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(JsonNode json, String field) {
        return json.hasNonNull(field) ? Optional.of(json.get(field).asText()) : Optional.empty();
    }

    static Optional<Long> number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.isNumber() ? Optional.of(value.asLong()) : Optional.empty();
    }

    static List<String> texts(JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        json.path(field).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** A map of texts, without the nulls. */
    static Map<String, String> map(JsonNode json, String field) {
        Map<String, String> map = new HashMap<>();
        json.path(field).properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                map.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return map;
    }

    static void put(ObjectNode json, String field, List<String> texts) {
        texts.forEach(json.putArray(field)::add);
    }

    static void put(ObjectNode json, String field, Map<String, String> map) {
        ObjectNode node = json.putObject(field);
        map.forEach(node::put);
    }
}
