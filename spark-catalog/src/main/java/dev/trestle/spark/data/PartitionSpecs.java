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

import dev.trestle.catalog.table.PartitionTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.partition.PartitionPredicate;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowPartitionComputer;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;

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
     * something else, or a value that a spec cannot tell.
     */
    public Optional<Map<String, String>> spec(
            org.apache.spark.sql.connector.expressions.filter.Predicate[] predicates) {
        Map<String, String> spec = new HashMap<>();
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : predicates) {
            if (predicate.name().equals("ALWAYS_TRUE")) {
                continue;
            }
            Optional<Map<String, String>> value = demanded(predicate);
            if (value.isEmpty() || value.get().keySet().stream().anyMatch(spec::containsKey)) {
                return Optional.empty();
            }
            spec.putAll(value.get());
        }
        return Optional.of(spec);
    }

    /** The value of one column; the types of which Paimon compares values otherwise than Spark have theirs here, too. */
    private Optional<Map<String, String>> demanded(
            org.apache.spark.sql.connector.expressions.filter.Predicate predicate) {
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "IS_NULL" -> key(children[0]).map(this::none);
            case "=", "<=>" -> {
                boolean isMirrored = children[0] instanceof Literal<?>;
                Expression value = children[isMirrored ? 0 : 1];
                yield key(children[isMirrored ? 1 : 0])
                        .flatMap(key -> value instanceof Literal<?> literal
                                ? equal(key, literal.value(), predicate.name().equals("<=>"))
                                : Optional.empty());
            }
            default -> Optional.empty();
        };
    }

    private Optional<String> key(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? Optional.of(reference.fieldNames()[0]).filter(keys::contains)
                : Optional.empty();
    }

    private Map<String, String> none(String key) {
        return spec(GenericRow.of((Object) null), List.of(key));
    }

    private Optional<Map<String, String>> equal(String key, Object value, boolean nullIsEqual) {
        if (value == null) {
            return nullIsEqual ? Optional.of(none(key)) : Optional.empty();
        }
        RowType type = columns.project(key);
        return told(
                new PaimonRow(type, SparkTypes.toSpark(type)).show(new GenericInternalRow(new Object[] {value})),
                List.of(key));
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

    /** A partition by the row of its values; empty where a commit would not find it, or another one, by the spec. */
    public Optional<Map<String, String>> told(InternalRow partition) {
        return told(partition, keys);
    }

    private Optional<Map<String, String>> told(InternalRow values, List<String> names) {
        return Optional.of(spec(values, names)).filter(spec -> tells(spec, values, names));
    }

    /** Whether Paimon reads the same values from the texts. */
    private boolean tells(Map<String, String> spec, InternalRow values, List<String> names) {
        RowType type = columns.project(names);
        if (!type.getFieldTypes().stream().allMatch(PartitionTypes::canFindBy)) {
            return false;
        }
        BinaryRow row = new InternalRowSerializer(type).toBinaryRow(values);
        return PartitionPredicate.createBinaryPartitions(List.of(spec), type, nullText)
                .equals(List.of(row));
    }

    private Map<String, String> spec(InternalRow values, List<String> names) {
        RowType type = columns.project(names);
        Map<String, String> spec =
                new HashMap<>(new InternalRowPartitionComputer(nullText, type, names.toArray(String[]::new), false)
                        .generatePartValues(values));
        for (int i = 0; i < names.size(); i++) {
            // A path has blanks as null, a commit knows them.
            if (type.getTypeAt(i).is(DataTypeFamily.CHARACTER_STRING) && !values.isNullAt(i)) {
                spec.put(names.get(i), values.getString(i).toString());
            }
        }
        return spec;
    }
}
