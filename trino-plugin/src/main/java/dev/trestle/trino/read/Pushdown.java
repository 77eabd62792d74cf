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
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a query that the read of a table takes over.
 *
 * @param enforced what no row that is read fails: of partition columns
 * @param unenforced what rows may fail still; it leaves out files and groups of rows
 * @param columns the columns and fields that are read; empty where that is not known
 * @param limit how many rows are enough
 * @param computed the one row that is the answer, where metadata alone gives it
 */
public record Pushdown(
        TupleDomain<TrestleColumnHandle> enforced,
        TupleDomain<TrestleColumnHandle> unenforced,
        Optional<List<TrestleColumnHandle>> columns,
        OptionalLong limit,
        Optional<List<NullableValue>> computed) {

    /** The whole table. */
    public static final Pushdown NONE = new Pushdown(
            TupleDomain.all(), TupleDomain.all(), Optional.empty(), OptionalLong.empty(), Optional.empty());

    public Pushdown {
        requireNonNull(enforced, "enforced is null");
        requireNonNull(unenforced, "unenforced is null");
        columns = columns.map(List::copyOf);
        requireNonNull(limit, "limit is null");
        computed = computed.map(List::copyOf);
    }

    /** All that is known of the rows sought. */
    public TupleDomain<TrestleColumnHandle> predicate() {
        return enforced.intersect(unenforced);
    }

    /** What is read of the table, whatever its rows and columns are needed for: equal for scans of the same partitions. */
    public Pushdown partitionsAlone() {
        return new Pushdown(enforced, TupleDomain.all(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }

    /** Whether what is read are all rows of a table, or of some of its partitions. */
    public boolean choosesPartitionsAlone() {
        return unenforced.isAll() && limit.isEmpty() && computed.isEmpty();
    }

    Pushdown filteredBy(TupleDomain<TrestleColumnHandle> nowEnforced, TupleDomain<TrestleColumnHandle> nowUnenforced) {
        return new Pushdown(nowEnforced, nowUnenforced, columns, limit, computed);
    }

    Pushdown reading(List<TrestleColumnHandle> nowColumns) {
        return new Pushdown(enforced, unenforced, Optional.of(nowColumns), limit, computed);
    }

    Pushdown limitedTo(long rows) {
        return new Pushdown(enforced, unenforced, columns, OptionalLong.of(rows), computed);
    }

    Pushdown answeredBy(List<NullableValue> row) {
        return new Pushdown(enforced, unenforced, columns, limit, Optional.of(row));
    }

    /** For EXPLAIN: the shape alone, since values belong to the plan's own lines. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        limit.ifPresent(rows -> text.append(" limit=").append(rows));
        computed.ifPresent(row -> text.append(" answered by metadata"));
        return text.toString();
    }
}
