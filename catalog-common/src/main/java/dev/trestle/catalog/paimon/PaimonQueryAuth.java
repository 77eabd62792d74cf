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
package dev.trestle.catalog.paimon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.QueryAuthApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.TableQueryAuthResult;

/** {@code /auth} of the Paimon REST API. */
record PaimonQueryAuth(PaimonClient client) implements QueryAuthApi {

    private static final String FILTER = "filter";
    private static final String MASKS = "columnMasking";

    private record Request(List<String> select) {}

    /** @throws UnsupportedByServiceException if the answer has another kind of restriction than filters and masks */
    @Override
    public TableQueryAuthResult authorize(Identifier identifier, Optional<List<String>> select) {
        JsonNode answer = client.query(
                PaimonTables.task("authorizeQueryOf", identifier),
                PaimonSnapshots.path(identifier, "auth"),
                new Request(select.orElse(null)),
                JsonNode.class);
        requireKnown(identifier, answer);
        return new TableQueryAuthResult(filters(answer.path(FILTER)), masks(answer.path(MASKS)));
    }

    private static void requireKnown(Identifier identifier, JsonNode answer) {
        Iterator<String> names = answer.fieldNames();
        boolean known = answer.isObject()
                && (answer.path(FILTER).isArray() || isAbsent(answer.path(FILTER)))
                && (answer.path(MASKS).isObject() || isAbsent(answer.path(MASKS)));
        String unknown = known ? "" : "something else than filters and masks";
        while (names.hasNext() && unknown.isEmpty()) {
            String name = names.next();
            unknown = name.equals(FILTER) || name.equals(MASKS) ? "" : "'" + name + "'";
        }
        if (!unknown.isEmpty()) {
            // Elsewhere a field that is not known is passed over; here it could be the one that protects.
            throw new UnsupportedByServiceException("Table '" + identifier.getFullName()
                    + "' cannot be read: the service restricts it by " + unknown
                    + ", which this version of the catalog does not know");
        }
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static List<String> filters(JsonNode array) {
        if (isAbsent(array)) {
            return null;
        }
        List<String> filters = new ArrayList<>();
        array.forEach(filter -> filters.add(text(filter)));
        return filters;
    }

    private static Map<String, String> masks(JsonNode object) {
        if (isAbsent(object)) {
            return null;
        }
        Map<String, String> masks = new HashMap<>();
        object.fieldNames().forEachRemaining(column -> masks.put(column, text(object.get(column))));
        return masks;
    }

    /** A rule is JSON inside a text; one that is JSON itself is taken likewise. */
    private static String text(JsonNode rule) {
        return rule.isTextual() ? rule.textValue() : rule.toString();
    }
}
