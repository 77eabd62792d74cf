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
package dev.trestle.catalog.queryauth;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.paimon.predicate.CompoundFunction;
import org.apache.paimon.predicate.CompoundPredicate;
import org.apache.paimon.predicate.LeafBinaryFunction;
import org.apache.paimon.predicate.LeafFunction;
import org.apache.paimon.predicate.LeafNAryFunction;
import org.apache.paimon.predicate.LeafPredicate;
import org.apache.paimon.predicate.LeafTernaryFunction;
import org.apache.paimon.predicate.LeafUnaryFunction;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.Transform;
import org.apache.paimon.utils.JsonSerdeUtil;

/**
 * Reads filters and masks. Paimon passes over what it does not know in their JSON; here all of it has to be known, since
 * a part that is left out could be the one that protects.
 */
final class RuleReader {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Map<String, Set<String>> FILTERS = Map.of(
            "LEAF", Set.of("kind", "transform", "function", "literals"),
            "COMPOUND", Set.of("kind", "function", "children"));

    private static final Map<String, Set<String>> TRANSFORMS = Map.of(
            "FIELD_REF", Set.of("name", "fieldRef"),
            "CAST", Set.of("name", "fieldRef", "type"),
            "CONCAT", Set.of("name", "inputs"),
            "CONCAT_WS", Set.of("name", "inputs"),
            "UPPER", Set.of("name", "inputs"),
            "LOWER", Set.of("name", "inputs"),
            "NULL", Set.of("name"));

    private static final Set<String> COLUMN = Set.of("index", "name", "type");

    private final String table;

    RuleReader(String table) {
        this.table = table;
    }

    Predicate filter(String json) {
        String what = "a row filter";
        JsonNode tree = tree(what, json);
        checkFilter(what, tree);
        return understood(what, () -> predicate(tree));
    }

    Transform mask(String column, String json) {
        String what = "the mask of column '" + column + "'";
        checkTransform(what, tree(what, json));
        return understood(what, () -> JsonSerdeUtil.fromJson(json, Transform.class));
    }

    private static Predicate predicate(JsonNode filter) {
        if (filter.path("kind").asText().equals("COMPOUND")) {
            List<Predicate> children = new ArrayList<>();
            elements(filter, "children").forEach(child -> children.add(predicate(child)));
            require(!children.isEmpty(), "a compound of nothing");
            return new CompoundPredicate(read(filter.get("function"), CompoundFunction.class), children);
        }
        Transform transform = read(filter.get("transform"), Transform.class);
        LeafFunction function = read(filter.get("function"), LeafFunction.class);
        List<Object> literals = new ArrayList<>();
        if (filter.has("literals") || !(function instanceof LeafUnaryFunction)) {
            elements(filter, "literals")
                    .forEach(literal -> literals.add(RuleLiteral.of(transform.outputType(), literal.toString())));
        }
        require(isEnough(function, literals.size()), "another number of literals than the function takes");
        return LeafPredicate.of(transform, function, literals);
    }

    /** Of fewer literals a function would ask for one that is not there, and of more it would pass over some. */
    private static boolean isEnough(LeafFunction function, int literals) {
        if (function instanceof LeafBinaryFunction) {
            return literals == 1;
        }
        if (function instanceof LeafTernaryFunction) {
            return literals == 2;
        }
        return function instanceof LeafNAryFunction || literals == 0;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Not of another node, which would be passed over as if it were empty. */
    private static JsonNode elements(JsonNode filter, String part) {
        JsonNode array = filter.path(part);
        require(array.isArray(), part + " is no array");
        return array;
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        return requireNonNull(JsonSerdeUtil.fromJson(node.toString(), type), "a part is null");
    }

    private JsonNode tree(String what, String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            // Not passed on: its message quotes the text.
            throw unknown(what, "which is no JSON");
        }
        throw unknown(what, "which is no JSON object");
    }

    private void checkFilter(String what, JsonNode filter) {
        checkNames(what, "kind", filter, FILTERS);
        if (filter.has("transform")) {
            checkTransform(what, filter.get("transform"));
        }
        for (JsonNode child : filter.path("children")) {
            checkFilter(what, child);
        }
    }

    private void checkTransform(String what, JsonNode transform) {
        checkNames(what, "name", transform, TRANSFORMS);
        if (transform.has("fieldRef")) {
            checkColumn(what, transform.get("fieldRef"));
        }
        for (JsonNode input : transform.path("inputs")) {
            if (input.isObject()) {
                checkColumn(what, input);
            }
        }
    }

    private void checkColumn(String what, JsonNode column) {
        if (!column.isObject() || !COLUMN.equals(names(column))) {
            throw unknown(what, "with a reference to a column that is of another form");
        }
    }

    private void checkNames(String what, String key, JsonNode node, Map<String, Set<String>> known) {
        String kind = node.path(key).asText("");
        Set<String> allowed = known.get(kind);
        if (allowed == null) {
            throw unknown(what, "of the kind '" + kind + "'");
        }
        for (String name : names(node)) {
            if (!allowed.contains(name)) {
                throw unknown(what, "of the kind '" + kind + "' with a part '" + name + "'");
            }
        }
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private <T> T understood(String what, Supplier<T> reading) {
        T parsed;
        try {
            parsed = reading.get();
        } catch (RuntimeException e) {
            // Not passed on: its message quotes the text, and with it what is hidden.
            throw unknown(what, reason(e));
        }
        if (parsed == null) {
            throw unknown(what, "which is empty");
        }
        return parsed;
    }

    /** The name of a function is no secret, and the only thing that is told of the failure. */
    private static String reason(Throwable failure) {
        String function = "Could not resolve ";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (cause instanceof IllegalArgumentException && message != null && message.startsWith(function)) {
                return "with the unknown " + message.substring(function.length());
            }
        }
        return "which is not well-formed";
    }

    private QueryAuthException unknown(String what, String how) {
        return new QueryAuthException("Table '" + table + "' cannot be read: the service restricts it by " + what + " "
                + how + ", which this version of the catalog does not know. Upgrade the catalog, or have the rule"
                + " changed in the service.");
    }
}
