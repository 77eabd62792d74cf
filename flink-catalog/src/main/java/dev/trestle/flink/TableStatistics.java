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
package dev.trestle.flink;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBase;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;

/**
 * What the planner may know of tables: what {@code ANALYZE TABLE} has found, which Paimon keeps beside the table's
 * snapshot. Where nothing was analyzed, the planner asks the table's source, which counts what a query would read; for a
 * partitioned table the planner would list all partitions before that, so there the snapshot's own count is told.
 *
 * <p>What was analyzed is looked up once a minute: these are estimates. That costs no call of its own within a query, which
 * needs the table and its latest snapshot anyway. {@code ANALYZE TABLE} in this session counts at once.
 */
final class TableStatistics {

    private static final int UNKNOWN = -1;

    private final Catalog catalog;
    private final StatementTables loaded;
    private final Partitions partitions;

    private static final Duration ESTIMATE = Duration.ofMinutes(1);
    private static final int MAX_TABLES = 1_000;

    /** The planner asks twice for each table, and for statements that read nothing of it, such as DROP VIEW. */
    private final Cache<Analyzed, Optional<Statistics>> known;

    /** A table, or a branch of it, with the columns that it has. */
    private record Analyzed(String uuid, String branch, long schemaId) {}

    TableStatistics(Catalog catalog, StatementTables loaded, Partitions partitions, Ticker ticker) {
        this.catalog = catalog;
        this.loaded = loaded;
        this.partitions = partitions;
        this.known = Caffeine.newBuilder()
                .expireAfterWrite(ESTIMATE)
                .maximumSize(MAX_TABLES)
                .executor(Runnable::run)
                .ticker(ticker)
                .build();
    }

    CatalogTableStatistics get(ObjectPath path) throws Catalog.TableNotExistException {
        Optional<FileStoreTable> stored = find(path);
        if (stored.isEmpty()) {
            return CatalogTableStatistics.UNKNOWN;
        }
        FileStoreTable table = stored.get();
        Optional<Statistics> analyzed =
                analyzed(table).filter(found -> found.mergedRecordCount().isPresent());
        if (analyzed.isPresent()) {
            return new CatalogTableStatistics(
                    analyzed.get().mergedRecordCount().getAsLong(),
                    UNKNOWN,
                    analyzed.get().mergedRecordSize().orElse(UNKNOWN),
                    UNKNOWN,
                    Map.of());
        }
        if (table.partitionKeys().isEmpty()) {
            return CatalogTableStatistics.UNKNOWN;
        }
        long rows = table.latestSnapshot().map(Snapshot::totalRecordCount).orElse(0L);
        return new CatalogTableStatistics(rows, UNKNOWN, UNKNOWN, UNKNOWN, Map.of());
    }

    /** Those of the columns that were analyzed; a column is found by its id, so it may have been renamed since. */
    CatalogColumnStatistics getColumns(ObjectPath path) throws Catalog.TableNotExistException {
        Optional<FileStoreTable> stored = find(path);
        if (stored.isEmpty() || stored.get().coreOptions().queryAuthEnabled()) {
            return CatalogColumnStatistics.UNKNOWN;
        }
        Optional<Statistics> analyzed = analyzed(stored.get());
        if (analyzed.isEmpty()
                || analyzed.get().colStats() == null
                || analyzed.get().colStats().isEmpty()) {
            return CatalogColumnStatistics.UNKNOWN;
        }
        Map<Integer, DataField> fields = new HashMap<>();
        stored.get().rowType().getFields().forEach(field -> fields.put(field.id(), field));
        Map<String, CatalogColumnStatisticsDataBase> columns = new HashMap<>();
        for (ColStats<?> column : analyzed.get().colStats().values()) {
            DataField field = fields.get(column.colId());
            if (field != null) {
                ColumnStatistics.toFlink(field.type(), column)
                        .ifPresent(statistics -> columns.put(field.name(), statistics));
            }
        }
        return new CatalogColumnStatistics(columns);
    }

    /** As the service counts them. */
    CatalogTableStatistics get(ObjectPath path, CatalogPartitionSpec spec) throws PartitionNotExistException {
        return toFlink(partitions.load(path, spec));
    }

    /** As {@link #get(ObjectPath, CatalogPartitionSpec)}, for many partitions in one call. */
    List<CatalogTableStatistics> get(ObjectPath path, List<CatalogPartitionSpec> specs)
            throws PartitionNotExistException {
        return partitions.load(path, specs).stream()
                .map(TableStatistics::toFlink)
                .toList();
    }

    /** None: Paimon keeps those of whole tables only. */
    CatalogColumnStatistics getColumns(ObjectPath path, CatalogPartitionSpec spec) throws PartitionNotExistException {
        partitions.load(path, spec);
        return CatalogColumnStatistics.UNKNOWN;
    }

    /** As {@link #getColumns(ObjectPath, CatalogPartitionSpec)}, for many partitions in one call. */
    List<CatalogColumnStatistics> getColumns(ObjectPath path, List<CatalogPartitionSpec> specs)
            throws PartitionNotExistException {
        return partitions.load(path, specs).stream()
                .map(partition -> CatalogColumnStatistics.UNKNOWN)
                .toList();
    }

    /** Something else is known of the table from now on. */
    void forget(ObjectPath path) {
        known.invalidateAll();
        loaded.forget(path);
    }

    private Optional<FileStoreTable> find(ObjectPath path) throws Catalog.TableNotExistException {
        Optional<FileStoreTable> known = loaded.find(path);
        if (known.isPresent()) {
            return known;
        }
        Table table = catalog.getTable(Tables.identifier(path));
        return table instanceof FileStoreTable stored ? Optional.of(stored) : Optional.empty();
    }

    private Optional<Statistics> analyzed(FileStoreTable table) {
        return known.get(
                new Analyzed(
                        table.uuid(),
                        table.coreOptions().branch(),
                        table.schema().id()),
                unused -> table.statistics());
    }

    private static CatalogTableStatistics toFlink(Partition partition) {
        return new CatalogTableStatistics(
                partition.recordCount(),
                (int) Math.min(partition.fileCount(), Integer.MAX_VALUE),
                partition.fileSizeInBytes(),
                UNKNOWN,
                Map.of());
    }
}
