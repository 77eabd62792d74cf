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

import dev.trestle.catalog.queryauth.AuthorizedSplit;
import dev.trestle.catalog.queryauth.ReadPermission;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.predicate.TupleDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.format.FormatDataSplit;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;

/** Plans the scan of a table with what the query looks for. */
final class TableSplitPlan implements TrestleSplitSource.SplitPlan {

    private final TrestleTableHandle handle;
    private final Table table;
    private final NativeReads nativeReads;
    private final OptionalLong limit;
    private final int drivers;
    private final Partitions partitions;

    /** @param limit how many rows are enough, where no filter is to come */
    TableSplitPlan(TrestleTableHandle handle, Table table, NativeReads nativeReads, OptionalLong limit, int drivers) {
        this.handle = requireNonNull(handle, "handle is null");
        this.table = requireNonNull(table, "table is null");
        this.nativeReads = requireNonNull(nativeReads, "nativeReads is null");
        this.limit = requireNonNull(limit, "limit is null");
        this.drivers = drivers;
        this.partitions = new Partitions(table.rowType(), table.partitionKeys());
    }

    @Override
    public List<Split> plan(TupleDomain<TrestleColumnHandle> dynamicFilter) {
        TupleDomain<TrestleColumnHandle> sought = handle.pushdown().predicate().intersect(dynamicFilter);
        if (sought.isNone()) {
            return List.of();
        }
        ReadBuilder read = table.newReadBuilder();
        handle.pushdown()
                .columns()
                .map(this::ofTable)
                .ifPresent(columns -> read.withReadType(
                        ReadColumns.of(table.rowType(), columns).type()));
        new PaimonPredicates(table).of(sought).ifPresent(read::withFilter);
        if (!(table instanceof FormatTable)) {
            read.dropStats();
            // Paimon does not know of all partitions that are left out below, and counts their rows too.
            if (limit.isPresent()
                    && limit.getAsLong() <= Integer.MAX_VALUE
                    && handle.pushdown().enforced().isAll()) {
                read.withLimit((int) limit.getAsLong());
            }
        }
        List<Split> splits = TrinoErrors.call(
                        "plan the scan of table " + handle.identifier().getFullName(),
                        () -> read.newScan().plan().splits())
                .stream()
                .filter(split -> matches(split, sought))
                .toList();
        return limit.isPresent() ? first(splits, limit.getAsLong()) : splits;
    }

    /** As many as are sure to have the rows; those of some are counted when they are read only. */
    private static List<Split> first(List<Split> splits, long rows) {
        List<Split> first = new ArrayList<>();
        long counted = 0;
        for (Split split : splits) {
            if (counted >= rows) {
                break;
            }
            first.add(split);
            counted += split.mergedRowCount().orElse(0);
        }
        return first;
    }

    /** Without the row ids of a statement that changes rows. */
    private List<TrestleColumnHandle> ofTable(List<TrestleColumnHandle> columns) {
        return columns.stream()
                .filter(column -> table.rowType().containsField(column.name()))
                .toList();
    }

    /** A restricted split is tested after its rows are masked, by the engine. */
    @Override
    public boolean matches(Split split, TupleDomain<TrestleColumnHandle> sought) {
        if (split instanceof AuthorizedSplit restricted
                && restricted.permission() instanceof ReadPermission.Restricted) {
            return true;
        }
        if (table.partitionKeys().isEmpty()) {
            return true;
        }
        if (split instanceof FormatDataSplit file) {
            return partitions.matches(file.partition(), sought);
        }
        return !(split instanceof DataSplit data) || partitions.matches(data.partition(), sought);
    }

    @Override
    public SplitCutter cutter(long bytes) {
        // Rows that are counted alone, and those whose ids are wanted, are read by whole files.
        boolean readsParts = handle.pushdown()
                .columns()
                .filter(columns -> columns.isEmpty() || ofTable(columns).size() < columns.size())
                .isEmpty();
        boolean readsFiles = table instanceof FileStoreTable stored && NativeReads.areAllowed(stored);
        return new SplitCutter(nativeReads, SplitSizes.of(bytes, drivers), readsFiles, readsParts);
    }

    @Override
    public RuntimeException translate(RuntimeException thrown) {
        return TrinoErrors.translate(
                "plan the scan of table " + handle.identifier().getFullName(), thrown);
    }
}
