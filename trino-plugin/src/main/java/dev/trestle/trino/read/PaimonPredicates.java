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

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.predicate.ValueSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.RowType;

/**
 * Trino's domains as Paimon's predicates. A predicate holds for every row that the domain holds for, and perhaps for more:
 * what Paimon would compare in another way is left out or widened.
 */
final class PaimonPredicates {

    /** A longer list of values is tested by its ends alone. */
    private static final int MOST_RANGES = 1_000;

    private final RowType columns;
    private final PredicateBuilder builder;
    private final boolean readFiles;

    private PaimonPredicates(RowType columns, boolean readFiles) {
        this.columns = requireNonNull(columns, "columns is null");
        this.builder = new PredicateBuilder(columns);
        this.readFiles = readFiles;
    }

    /**
     * For Paimon's plans, which compare values that manifests hold, and find buckets by equal ones.
     *
     * @param columns all columns of the table
     */
    static PaimonPredicates ofPlans(RowType columns) {
        return new PaimonPredicates(columns, false);
    }

    /**
     * For Paimon's readers of files.
     *
     * @param columns all columns of the table
     */
    static PaimonPredicates ofFiles(RowType columns) {
        return new PaimonPredicates(columns, true);
    }

    /** Empty where nothing of it can be told to Paimon. The domain is not none. */
    Optional<Predicate> of(TupleDomain<TrestleColumnHandle> sought) {
        List<Predicate> parts = new ArrayList<>();
        sought.getDomains().orElseThrow().forEach((column, domain) -> {
            int index = columns.getFieldIndex(column.name());
            if (column.isWhole() && index >= 0) {
                of(index, domain).ifPresent(parts::add);
            }
        });
        return parts.isEmpty() ? Optional.empty() : Optional.of(PredicateBuilder.and(parts));
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
            alternatives.add(oneOf(column, singles));
        }
        return Optional.of(PredicateBuilder.or(alternatives));
    }

    /** @param ordered from the least to the greatest */
    private Predicate oneOf(int column, List<Object> ordered) {
        return readFiles && isSoughtByBytes(columns.getTypeAt(column))
                ? builder.between(column, ordered.getFirst(), ordered.getLast())
                : builder.in(column, ordered);
    }

    /**
     * Dictionaries and Bloom filters of Parquet look for the bytes of a number of more than 18 digits, of which Paimon gives
     * fewer than are stored. For a range neither is asked.
     */
    private static boolean isSoughtByBytes(DataType type) {
        return type instanceof DecimalType number && !Decimal.isCompact(number.getPrecision());
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
