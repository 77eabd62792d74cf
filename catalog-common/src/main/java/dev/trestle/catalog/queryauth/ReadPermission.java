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

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.paimon.catalog.TableQueryAuthResult;

/** What the service lets a query read of a table. Whoever plans a read asks for it; it travels in the splits. */
public sealed interface ReadPermission extends Serializable {

    /** All rows and columns as they are. */
    record Everything() implements ReadPermission {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Some rows, and some columns with other values. The texts are those of the service: nobody but the reader of the
     * rows has to understand them, and nothing of them is shown, since a filter may tell what it hides.
     *
     * @param filters predicates as JSON; all of them hold for the rows that may be read
     * @param masks a transform as JSON for each column whose values are replaced
     */
    record Restricted(List<String> filters, Map<String, String> masks) implements ReadPermission {

        private static final long serialVersionUID = 1L;

        public Restricted {
            filters = List.copyOf(filters);
            masks = Collections.unmodifiableMap(new TreeMap<>(masks));
        }

        @Override
        public String toString() {
            return "Restricted[" + filters.size() + " filters, masks of " + masks.keySet() + "]";
        }
    }

    /** The permission that a service's answer gives. */
    static ReadPermission of(TableQueryAuthResult answer) {
        List<String> filters = answer.filter() == null ? List.of() : answer.filter();
        Map<String, String> masks = answer.columnMasking() == null ? Map.of() : answer.columnMasking();
        if (filters.isEmpty() && masks.isEmpty()) {
            return new Everything();
        }
        if (filters.stream().anyMatch(Objects::isNull)
                || masks.values().stream().anyMatch(Objects::isNull)) {
            throw new QueryAuthException("The service answered a row filter or a column mask that is null");
        }
        return new Restricted(filters, masks);
    }
}
