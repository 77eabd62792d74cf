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
package dev.trestle.catalog.table;

import java.util.List;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.predicate.CompoundPredicate;
import org.apache.paimon.predicate.Equal;
import org.apache.paimon.predicate.FieldRef;
import org.apache.paimon.predicate.In;
import org.apache.paimon.predicate.LeafPredicate;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.table.DataTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypeChecks;

/**
 * Predicates as plans and files are asked by them, whose metadata answers some wrongly: each keeps all files that it should,
 * and maybe more. Partitions are compared by their values, so those predicates stay as they are.
 */
public final class FilePredicates implements PredicateVisitor<Predicate> {

    private final PredicateBuilder builder;
    private final List<String> partitionKeys;

    /** For predicates on the columns of a table. */
    public FilePredicates(Table table) {
        this.builder = new PredicateBuilder(table.rowType());
        this.partitionKeys = table.partitionKeys();
    }

    /**
     * Whether a table, told a predicate, gives all rows that it holds for. Those that tell of a table do not, such as
     * {@code t$branches}: each takes some predicates, of a snapshot's number say, for the name of a file, and fails where there
     * is none, or gives no rows, or reads texts of partitions in a way of its own.
     */
    public static boolean areTakenBy(Table table) {
        return table instanceof DataTable || table instanceof FormatTable;
    }

    /** It negates nothing: a part that is true more often makes the whole true more often. */
    @Override
    public Predicate visit(CompoundPredicate predicate) {
        return new CompoundPredicate(
                predicate.function(),
                predicate.children().stream().map(child -> child.visit(this)).toList());
    }

    @Override
    public Predicate visit(LeafPredicate predicate) {
        return predicate
                .fieldRefOptional()
                .filter(field -> !partitionKeys.contains(field.name()))
                .filter(field -> !predicate.literals().isEmpty())
                .map(field -> asked(field, predicate))
                .orElse(predicate);
    }

    /** ORC has NaN for the least and the greatest value of a file whose first value it is. */
    private Predicate asked(FieldRef field, LeafPredicate predicate) {
        return switch (field.type().getTypeRoot()) {
            case FLOAT -> PredicateBuilder.or(predicate, builder.equal(field.index(), Float.NaN));
            case DOUBLE -> PredicateBuilder.or(predicate, builder.equal(field.index(), Double.NaN));
            case DECIMAL -> withoutBytes(field, predicate);
            default -> predicate;
        };
    }

    /**
     * Dictionaries and Bloom filters of Parquet look for the bytes of a number of more than 18 digits, of which Paimon gives
     * fewer than are stored. For a range neither is asked.
     */
    private static Predicate withoutBytes(FieldRef field, LeafPredicate predicate) {
        boolean byBytes = predicate.function() instanceof Equal || predicate.function() instanceof In;
        return byBytes && !Decimal.isCompact(DataTypeChecks.getPrecision(field.type()))
                ? new LeafPredicate(predicate.transform(), InByRange.INSTANCE, predicate.literals())
                : predicate;
    }
}
