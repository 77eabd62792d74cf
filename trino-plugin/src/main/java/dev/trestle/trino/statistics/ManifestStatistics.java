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
package dev.trestle.trino.statistics;

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.read.Partitions;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.statistics.TableStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.manifest.ManifestFileMeta;
import org.apache.paimon.stats.SimpleStatsEvolution;
import org.apache.paimon.stats.SimpleStatsEvolutions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.snapshot.TimeTravelUtil;
import org.apache.paimon.types.DataField;

/**
 * What the manifests of a table say of its files: rows, and of each column its nulls, its least and its greatest value. Rows of
 * a key that are not merged yet count more than once.
 */
final class ManifestStatistics {

    /** Reading the statistics of more files would take longer than they are worth. */
    private static final long MOST_FILES = 10_000;

    private final List<Column> columns = new ArrayList<>();
    private long rows;

    private ManifestStatistics(List<DataField> fields) {
        for (int position = 0; position < fields.size(); position++) {
            columns.add(new Column(fields.get(position), position));
        }
    }

    /**
     * Empty for a table without a snapshot. With very many files, the rows alone, and those of all partitions.
     *
     * @param sought which partitions are looked at
     */
    static Optional<ManifestStatistics> of(FileStoreTable table, TupleDomain<TrestleColumnHandle> sought) {
        Snapshot snapshot = TimeTravelUtil.tryTravelOrLatest(table);
        if (snapshot == null) {
            return Optional.empty();
        }
        ManifestStatistics statistics = new ManifestStatistics(table.rowType().getFields());
        if (files(table, snapshot) > MOST_FILES) {
            statistics.rows = snapshot.totalRecordCount();
            statistics.columns.clear();
            return Optional.of(statistics);
        }
        SimpleStatsEvolutions evolutions = new SimpleStatsEvolutions(
                schemaId -> table.schemaManager().schema(schemaId).fields(),
                table.schema().id());
        Partitions partitions = new Partitions(table.rowType(), table.partitionKeys());
        for (ManifestEntry entry :
                table.store().newScan().withSnapshot(snapshot).plan().files()) {
            if (partitions.matches(entry.partition(), sought)) {
                statistics.add(entry.file(), evolutions);
            }
        }
        return Optional.of(statistics);
    }

    private static long files(FileStoreTable table, Snapshot snapshot) {
        return table.store().manifestListFactory().create().readDataManifests(snapshot).stream()
                .mapToLong(ManifestFileMeta::numAddedFiles)
                .sum();
    }

    private void add(DataFileMeta file, SimpleStatsEvolutions evolutions) {
        // A row that deletes is counted too, and takes away another one.
        rows += file.rowCount() - 2 * file.deleteRowCount().orElse(0L);
        SimpleStatsEvolution.Result found = evolutions
                .getOrCreate(file.schemaId())
                .evolution(file.valueStats(), file.rowCount(), file.valueStatsCols());
        columns.forEach(column -> column.add(found, file.rowCount()));
    }

    long rows() {
        return Math.max(0, rows);
    }

    TableStatistics toTrino() {
        long counted = rows();
        TableStatistics.Builder statistics = TableStatistics.builder().setRowCount(Estimate.of(counted));
        columns.forEach(
                column -> statistics.setColumnStatistics(TableEstimates.handle(column.field), column.toTrino(counted)));
        return statistics.build();
    }

    /** What is known of one column. What one file does not tell is not known of the table. */
    private static final class Column {

        private final DataField field;
        private final InternalRow.FieldGetter getter;
        private final int position;
        private boolean countsNulls = true;
        private boolean hasRange = true;
        private long nulls;
        private Comparable<Object> least;
        private Comparable<Object> greatest;

        Column(DataField field, int position) {
            this.field = field;
            this.getter = InternalRow.createFieldGetter(field.type(), position);
            this.position = position;
        }

        void add(SimpleStatsEvolution.Result found, long rowCount) {
            InternalArray counts = found.nullCounts();
            // Below zero where a file's footer has no statistics.
            boolean counted = counts != null && !counts.isNullAt(position) && counts.getLong(position) >= 0;
            countsNulls &= counted;
            if (counted) {
                nulls += counts.getLong(position);
            }
            // Where all values are null, there is no range to add.
            if (!counted || counts.getLong(position) < rowCount) {
                addRange(getter.getFieldOrNull(found.minValues()), getter.getFieldOrNull(found.maxValues()));
            }
        }

        @SuppressWarnings("unchecked")
        private void addRange(Object min, Object max) {
            if (!(min instanceof Comparable) || !(max instanceof Comparable)) {
                hasRange = false;
                return;
            }
            least = least == null || least.compareTo(min) > 0 ? (Comparable<Object>) min : least;
            greatest = greatest == null || greatest.compareTo(max) < 0 ? (Comparable<Object>) max : greatest;
        }

        ColumnStatistics toTrino(long rows) {
            return ColumnStatistics.builder()
                    .setNullsFraction(countsNulls ? TableEstimates.fraction(nulls, rows) : Estimate.unknown())
                    .setRange(
                            hasRange
                                    ? ColumnValues.range(
                                            Optional.ofNullable(least)
                                                    .flatMap(value -> ColumnValues.numeric(field.type(), value)),
                                            Optional.ofNullable(greatest)
                                                    .flatMap(value -> ColumnValues.numeric(field.type(), value)))
                                    : Optional.empty())
                    .build();
        }
    }
}
