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
package dev.trestle.trino.read;

import dev.trestle.catalog.table.FilePredicates;
import dev.trestle.trino.TrestleColumnHandle;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/**
 * Trino's domains as Paimon's predicates. A predicate holds for every row that the domain holds for, and perhaps for more:
 * what Paimon would compare in another way is left out or widened.
 */
final class PaimonPredicates {

    /** A longer list of values is tested by its ends alone. */
    private static final int MOST_RANGES = 1_000;

    private final boolean taken;
    private final RowType columns;
    private final PredicateBuilder builder;
    private final FilePredicates files;

    PaimonPredicates(Table table) {
        this.taken = areTakenBy(table);
        this.columns = table.rowType();
        this.builder = new PredicateBuilder(columns);
        this.files = new FilePredicates(table);
    }

    /**
     * Whether a table, told a predicate, gives all rows that it holds for. System tables do not: each takes some predicates, of a
     * snapshot's number say, for the name of a file, and fails where there is none, or reads texts of partitions in a way of
     * its own.
     */
    static boolean areTakenBy(Table table) {
        return table instanceof FileStoreTable || table instanceof FormatTable;
    }

    /** Empty where nothing of it can be told to Paimon. The domain is not none. */
    Optional<Predicate> of(TupleDomain<TrestleColumnHandle> sought) {
        if (!taken) {
            return Optional.empty();
        }
        List<Predicate> parts = new ArrayList<>();
        sought.getDomains().orElseThrow().forEach((column, domain) -> {
            int index = columns.getFieldIndex(column.name());
            if (column.isWhole() && index >= 0) {
                of(index, domain).ifPresent(parts::add);
            }
        });
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(PredicateBuilder.and(parts).visit(files));
    }

    private Optional<Predicate> of(int column, Domain domain) {
        if (domain.isNullAllowed()) {
            // Where a Parquet footer has no statistics, -1 nulls are counted, which Paimon takes for none.
            return Optional.empty();
        }
        return domain.getValues().isAll() ? Optional.of(builder.isNotNull(column)) : values(column, domain.getValues());
    }

    private Optional<Predicate> values(int column, ValueSet values) {
        if (!(values instanceof io.trino.spi.predicate.SortedRangeSet ranges)) {
            return Optional.empty();
        }
        List<Range> ordered =
                ranges.getRangeCount() <= MOST_RANGES ? ranges.getOrderedRanges() : List.of(ranges.getSpan());
        List<Predicate> alternatives = new ArrayList<>();
        List<Object> singles = new ArrayList<>();
        for (Range range : ordered) {
            Optional<Bounds> bounds = bounds(column, range);
            if (bounds.isEmpty() || bounds.get().isAll()) {
                return Optional.empty();
            }
            Optional<Object> single = bounds.get().single();
            if (single.isPresent()) {
                singles.add(single.get());
            } else {
                alternatives.add(bounds.get().predicate(builder, column));
            }
        }
        if (!singles.isEmpty()) {
            alternatives.add(builder.in(column, singles));
        }
        return Optional.of(PredicateBuilder.or(alternatives));
    }

    private Optional<Bounds> bounds(int column, Range range) {
        DataType type = columns.getTypeAt(column);
        Optional<Object> low = range.getLowValue().flatMap(value -> TrinoValues.toPaimon(type, value));
        Optional<Object> high = range.getHighValue().flatMap(value -> TrinoValues.toPaimon(type, value));
        if (low.isPresent() != range.getLowValue().isPresent()
                || high.isPresent() != range.getHighValue().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Bounds(low, range.isLowInclusive(), high, range.isHighInclusive()));
    }

    private record Bounds(Optional<Object> low, boolean lowIncluded, Optional<Object> high, boolean highIncluded) {

        boolean isAll() {
            return low.isEmpty() && high.isEmpty();
        }

        Optional<Object> single() {
            return lowIncluded && highIncluded && low.equals(high) ? low : Optional.empty();
        }

        Predicate predicate(PredicateBuilder builder, int column) {
            List<Predicate> parts = new ArrayList<>();
            low.ifPresent(value -> parts.add(
                    lowIncluded ? builder.greaterOrEqual(column, value) : builder.greaterThan(column, value)));
            high.ifPresent(value ->
                    parts.add(highIncluded ? builder.lessOrEqual(column, value) : builder.lessThan(column, value)));
            return PredicateBuilder.and(parts);
        }
    }
}
