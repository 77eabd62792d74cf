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
package dev.trestle.spark.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.predicate.Equal;
import org.apache.paimon.predicate.IsNull;
import org.apache.paimon.predicate.LeafPredicate;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowPartitionComputer;

/**
 * Partitions as Paimon's commits name them: the text of the value of each partition column.
 *
 * @param columns of the table
 * @param keys its partition columns
 * @param nullText what stands for null
 */
public record PartitionSpecs(RowType columns, List<String> keys, String nullText) {

    /** Those of a table. */
    public static PartitionSpecs of(FileStoreTable table) {
        return new PartitionSpecs(
                table.rowType(), table.partitionKeys(), table.coreOptions().partitionDefaultName());
    }

    /**
     * The values that predicates demand of some partition columns; an empty spec is all rows. Empty where they demand
     * something else.
     */
    public Optional<Map<String, String>> spec(
            org.apache.spark.sql.connector.expressions.filter.Predicate[] predicates) {
        Map<String, String> spec = new HashMap<>();
        Predicates converter = new Predicates(columns);
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : predicates) {
            if (predicate.name().equals("ALWAYS_TRUE")) {
                continue;
            }
            Optional<LeafPredicate> value = converter
                    .toPaimon(predicate)
                    .filter(LeafPredicate.class::isInstance)
                    .map(LeafPredicate.class::cast);
            if (value.isEmpty()
                    || !demandsValue(value.get())
                    || spec.containsKey(value.get().fieldNames().get(0))) {
                return Optional.empty();
            }
            spec.putAll(text(value.get()));
        }
        return Optional.of(spec);
    }

    private boolean demandsValue(LeafPredicate predicate) {
        return keys.contains(predicate.fieldNames().get(0))
                && (predicate.function() instanceof Equal || predicate.function() instanceof IsNull);
    }

    private Map<String, String> text(LeafPredicate predicate) {
        Object value = predicate.function() instanceof IsNull
                ? null
                : predicate.literals().get(0);
        return spec(GenericRow.of(value), List.of(predicate.fieldNames().get(0)));
    }

    /**
     * Predicates that choose whole partitions, as one; empty where one of them looks at other columns or cannot be
     * understood.
     */
    public Optional<Predicate> choice(org.apache.spark.sql.connector.expressions.filter.Predicate[] predicates) {
        List<Predicate> choices = new ArrayList<>();
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : predicates) {
            Optional<Predicate> choice = new Predicates(columns).toPaimon(predicate);
            if (choice.isEmpty()) {
                return Optional.empty();
            }
            Set<String> names = PredicateVisitor.collectFieldNames(choice.get());
            boolean looksAtNothing = names.isEmpty() && !predicate.name().equals("ALWAYS_TRUE");
            if (looksAtNothing || !keys.containsAll(names)) {
                return Optional.empty();
            }
            choices.add(choice.get());
        }
        return choices.isEmpty() ? Optional.empty() : Optional.of(PredicateBuilder.and(choices));
    }

    /** A partition by the row of its values. */
    public Map<String, String> spec(InternalRow partition) {
        return spec(partition, keys);
    }

    /** The first of the columns, or some of them, by the row of their values. */
    public Map<String, String> spec(InternalRow values, List<String> names) {
        return new InternalRowPartitionComputer(nullText, columns.project(names), names.toArray(String[]::new), false)
                .generatePartValues(values);
    }
}
