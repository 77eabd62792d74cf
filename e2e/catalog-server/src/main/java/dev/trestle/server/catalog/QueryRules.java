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
package dev.trestle.server.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * What a reader has to do with a table's rows before anybody sees them, as the REST API words it.
 *
 * @param filters predicates as JSON; a row is given out if all of them hold
 * @param masks a transform as JSON for each column whose values are replaced
 */
public record QueryRules(List<String> filters, Map<String, String> masks) {

    /** All of the table may be read as it is. */
    public static final QueryRules NONE = new QueryRules(List.of(), Map.of());

    public QueryRules {
        filters = List.copyOf(requireNonNull(filters, "filters is null"));
        masks = Map.copyOf(requireNonNull(masks, "masks is null"));
    }
}
