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

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.predicate.Transform;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;

/**
 * The filters and masks of a permission, understood, for one state of the table's columns. Names mean the columns as they
 * are now; in the state that is read, which may be an older one, they are found by their ids.
 */
final class Rules {

    private final String table;
    private final RowType read;
    private final Map<String, DataField> columns = new HashMap<>();
    private final List<Predicate> filters;
    private final Map<String, Transform> masks = new TreeMap<>();

    /**
     * @param read all columns of the state of the table that is read
     * @throws QueryAuthException if a filter or mask is of an unknown kind, or about a column that is not there
     */
    Rules(ReadPermission.Restricted permission, QueryAuth auth, RowType read) {
        this.table = auth.table();
        this.read = read;
        RuleReader reader = new RuleReader(table);
        for (DataField now : auth.columns().getFields()) {
            then(now).ifPresent(column -> columns.put(now.name(), column));
        }
        this.filters = permission.filters().stream().map(reader::filter).toList();
        permission.masks().forEach((column, json) -> {
            Transform mask = reader.mask(column, json);
            if (!auth.columns().containsField(column)) {
                throw new QueryAuthException("Table '" + table + "' cannot be read: the service masks its column '"
                        + column + "', which it does not have. Have the mask changed in the service.");
            }
            targets(column).forEach(target -> masks.put(target, mask));
        });
    }

    /** The column that it was at the time that is read: the one with its id, else the one with its name. */
    private Optional<DataField> then(DataField now) {
        if (read.containsField(now.id())) {
            return Optional.of(read.getField(now.id()));
        }
        return read.containsField(now.name()) ? Optional.of(read.getField(now.name())) : Optional.empty();
    }

    /** The columns to mask: also one of that name that was dropped since and made again. */
    private Set<String> targets(String column) {
        Set<String> targets = new TreeSet<>();
        if (columns.containsKey(column)) {
            targets.add(columns.get(column).name());
        }
        if (read.containsField(column)) {
            targets.add(column);
        }
        return targets;
    }

    String table() {
        return table;
    }

    /** All columns of the table. */
    RowType read() {
        return read;
    }

    List<Predicate> filters() {
        return filters;
    }

    /** The columns whose values nobody may see, or find out by a predicate. */
    Set<String> masked() {
        return masks.keySet();
    }

    /** The masks of these columns, by the column. */
    Map<String, Transform> masksOf(Set<String> wanted) {
        return masks.entrySet().stream()
                .filter(mask -> wanted.contains(mask.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new));
    }

    /** The column that a filter or mask reads. */
    DataField input(String name) {
        DataField column = columns.get(name);
        if (column == null) {
            throw new QueryAuthException(
                    "Table '" + table + "' cannot be read: the service restricts it by its column '" + name
                            + "', which it does not have, or did not have at the time that is read.");
        }
        return column;
    }

    /** The part of a predicate that tells nothing of masked columns. */
    Optional<Predicate> harmless(Predicate predicate) {
        List<Predicate> parts = PredicateBuilder.splitAnd(predicate).stream()
                .filter(part ->
                        PredicateVisitor.collectFieldNames(part).stream().noneMatch(masks::containsKey))
                .toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(PredicateBuilder.and(parts));
    }
}
