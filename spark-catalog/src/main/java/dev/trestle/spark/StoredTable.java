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
package dev.trestle.spark;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.table.SnapshotChoice;
import dev.trestle.catalog.table.TimeTravel;
import dev.trestle.spark.data.PartitionSpecs;
import dev.trestle.spark.read.MetadataColumns;
import dev.trestle.spark.read.ScanTable;
import dev.trestle.spark.read.TableScanBuilder;
import dev.trestle.spark.rowlevel.RowLevelChanges;
import dev.trestle.spark.rowlevel.WholeRowScanBuilder;
import dev.trestle.spark.write.OtherBranches;
import dev.trestle.spark.write.TableWriteBuilder;
import dev.trestle.spark.write.WriteCommit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchPartitionException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsAtomicPartitionManagement;
import org.apache.spark.sql.connector.catalog.SupportsDeleteV2;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.SupportsRowLevelOperations;
import org.apache.spark.sql.connector.catalog.SupportsWrite;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperationBuilder;
import org.apache.spark.sql.connector.write.RowLevelOperationInfo;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of rows, or a branch of one. Loaded once for a statement, which sees it as it was then. */
class StoredTable
        implements SupportsRead,
                SupportsWrite,
                SupportsDeleteV2,
                SupportsRowLevelOperations,
                SupportsMetadataColumns,
                SupportsAtomicPartitionManagement {

    private final String catalog;
    private final String name;
    private final FileStoreTable table;
    private final TableDescription description;
    private final TablePartitions partitions;
    private final WriteCommit.Progress progress = new WriteCommit.Progress();

    /** What scans read: the table, or one snapshot of it where a statement reads it more than once. */
    private FileStoreTable read;

    /**
     * A table that was loaded.
     *
     * @param catalog the catalog's name
     * @param name with the database, for messages
     */
    StoredTable(String catalog, String name, FileStoreTable table) {
        this.catalog = catalog;
        this.name = name;
        this.table = table;
        this.description = new TableDescription(name, table);
        this.partitions = new TablePartitions(name, table);
        this.read = table;
    }

    /** The table for a statement that changes it, whatever it says itself of the snapshot at which it is read. */
    static Table forChanges(Table table) {
        return table instanceof StoredTable stored && SnapshotChoice.isIn(stored.table.options())
                ? new StoredTable(stored.catalog, stored.name, SnapshotChoice.none(stored.table))
                : table;
    }

    /** How far a statement has come that writes the table. */
    final WriteCommit.Progress progress() {
        return progress;
    }

    @Override
    public String name() {
        return catalog + "." + name;
    }

    @Override
    @Deprecated
    public StructType schema() {
        return SparkColumns.schema(columns());
    }

    @Override
    public Column[] columns() {
        return description.columns();
    }

    @Override
    public Transform[] partitioning() {
        return description.partitioning();
    }

    @Override
    public Map<String, String> properties() {
        return description.properties();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(
                TableCapability.BATCH_READ,
                TableCapability.BATCH_WRITE,
                TableCapability.MICRO_BATCH_READ,
                TableCapability.STREAMING_WRITE,
                TableCapability.TRUNCATE,
                TableCapability.OVERWRITE_BY_FILTER,
                TableCapability.OVERWRITE_DYNAMIC);
    }

    @Override
    public MetadataColumn[] metadataColumns() {
        List<MetadataColumn> columns =
                new ArrayList<>(List.of(MetadataColumns.of(partitions.type(), areRowsOfFiles())));
        if (WholeRowScanBuilder.isFor(table)) {
            columns.add(WholeRowScanBuilder.column(table.rowType()));
        }
        return columns.toArray(MetadataColumn[]::new);
    }

    private boolean areRowsOfFiles() {
        return table.primaryKeys().isEmpty()
                && !table.coreOptions().dataEvolutionEnabled()
                && !(table instanceof FallbackReadFileStoreTable);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        ScanTable scanned = new ScanTable(name, read).with(options);
        return WholeRowScanBuilder.isFor(table) ? new WholeRowScanBuilder(scanned) : new TableScanBuilder(scanned);
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        requireWritable();
        Map<String, String> options = new HashMap<>(info.options().asCaseSensitiveMap());
        options.keySet().removeAll(Set.of("path", "paths"));
        // Spark does not say for a stream that it loads the table to write it.
        FileStoreTable now = SnapshotChoice.none(table);
        FileStoreTable written = options.isEmpty() ? now : now.copyWithoutTimeTravel(options);
        return TableWriteBuilder.of(name, written, info, progress);
    }

    /**
     * Spark reads the table twice then, first to find out in which files rows change: both times it has to be the same
     * snapshot, or files that somebody else writes anew in between would be missed.
     */
    @Override
    public RowLevelOperationBuilder newRowLevelOperationBuilder(RowLevelOperationInfo info) {
        requireWritable();
        read = table.latestSnapshot()
                .map(snapshot -> TimeTravel.withPresentColumns(
                        table, Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(snapshot.id()))))
                .orElse(table);
        return new RowLevelChanges(new ScanTable(name, read), table, info, progress);
    }

    // Rows of whole partitions are deleted without a look at them.

    @Override
    public boolean canDeleteWhere(Predicate[] predicates) {
        return isAll(predicates)
                || PartitionSpecs.of(table)
                        .choice(predicates)
                        .filter(partitions::canDelete)
                        .isPresent();
    }

    @Override
    public void deleteWhere(Predicate[] predicates) {
        requireWritable();
        requireEverythingReadable("DELETE");
        OtherBranches.requireNone(table, "changed by DELETE");
        if (isAll(predicates)) {
            partitions.truncate();
        } else {
            partitions.delete(PartitionSpecs.of(table).choice(predicates).orElseThrow());
        }
    }

    private static boolean isAll(Predicate[] predicates) {
        return Arrays.stream(predicates).allMatch(predicate -> predicate.name().equals("ALWAYS_TRUE"));
    }

    @Override
    public boolean truncateTable() {
        requireWritable();
        OtherBranches.requireNone(table, "truncated");
        partitions.truncate();
        return true;
    }

    /** Before anything is done for a statement that the service's protocol cannot commit. */
    private void requireWritable() {
        CoreCatalogs.requireWritable(table);
    }

    private void requireEverythingReadable(String operation) {
        if (table instanceof AuthorizedTable restricted) {
            restricted.requireEverythingReadable(operation);
        }
    }

    /** None. Said here since two interfaces of Spark's have it. */
    @Override
    public CustomTaskMetric[] reportDriverMetrics() {
        return new CustomTaskMetric[0];
    }

    // Partitions

    @Override
    public StructType partitionSchema() {
        return partitions.schema();
    }

    @Override
    public void createPartitions(InternalRow[] partitions, Map<String, String>[] properties) {
        throw new UnsupportedOperationException("Table " + name
                + ": a partition cannot be added, it is there as soon as it has a row. Leave the statement out.");
    }

    /** Spark asks before it drops one, and shows nothing of it. */
    @Override
    public boolean partitionExists(InternalRow partition) {
        return partitions.isThere(partition);
    }

    @Override
    public boolean dropPartitions(InternalRow[] dropped) {
        requireWritable();
        OtherBranches.requireNone(table, "changed by DROP or TRUNCATE of partitions");
        return partitions.drop(dropped);
    }

    @Override
    public boolean truncatePartition(InternalRow truncated) throws NoSuchPartitionException {
        if (!dropPartitions(new InternalRow[] {truncated})) {
            throw new NoSuchPartitionException(name(), truncated, partitionSchema());
        }
        return true;
    }

    @Override
    public boolean truncatePartitions(InternalRow[] truncated) {
        return dropPartitions(truncated);
    }

    @Override
    public void replacePartitionMetadata(InternalRow partition, Map<String, String> properties) {
        throw new UnsupportedOperationException("Table " + name + ": a partition has no properties of its own.");
    }

    @Override
    public Map<String, String> loadPartitionMetadata(InternalRow partition) {
        return partitions.properties(partition);
    }

    @Override
    public InternalRow[] listPartitionIdentifiers(String[] names, InternalRow partition) {
        return partitions.list(names, partition);
    }

    /** Two that were loaded at different times are the same table to Spark, which finds by it what CACHE TABLE has kept. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTable stored
                && getClass() == stored.getClass()
                && identity().equals(stored.identity());
    }

    @Override
    public int hashCode() {
        return identity().hashCode();
    }

    /** Paimon's tables cannot be asked: they differ in the time at which they were loaded. */
    private List<Object> identity() {
        return List.of(name(), table.schema().id(), table.rowType(), properties());
    }
}
