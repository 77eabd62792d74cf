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
import dev.trestle.catalog.table.PartitionTypes;
import dev.trestle.catalog.table.SnapshotChoice;
import dev.trestle.spark.data.PaimonRow;
import dev.trestle.spark.data.PartitionSpecs;
import dev.trestle.spark.data.SparkRow;
import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.ProjectedRow;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** The partitions of a table. They are there as long as they have rows. */
final class TablePartitions {

    private final String name;
    private final FileStoreTable table;
    private final PartitionSpecs specs;

    TablePartitions(String name, FileStoreTable table) {
        this.name = name;
        this.table = table;
        this.specs = PartitionSpecs.of(table);
    }

    StructType schema() {
        return SparkTypes.toSpark(type());
    }

    /** The partition columns. */
    RowType type() {
        return type(table.partitionKeys());
    }

    private RowType type(List<String> names) {
        return table.rowType().project(names);
    }

    /** The partitions that have these values in these columns. */
    InternalRow[] list(String[] names, InternalRow values) {
        List<String> asked = Arrays.asList(names);
        BinaryRow wanted = paimon(asked, values);
        List<InternalRow> found = new ArrayList<>();
        SparkRow view = new SparkRow(type(), schema());
        for (PartitionEntry entry : entries(now().newReadBuilder())) {
            if (part(entry.partition(), asked).equals(wanted)) {
                found.add(view.show(entry.partition()).copy());
            }
        }
        return found.toArray(InternalRow[]::new);
    }

    /** What a commit takes away is there now, whatever the table says itself of its reads. */
    private FileStoreTable now() {
        return SnapshotChoice.none(table);
    }

    private static List<PartitionEntry> entries(ReadBuilder read) {
        return read.newScan().listPartitionEntries();
    }

    /** The values of some of the columns. */
    private BinaryRow part(BinaryRow partition, List<String> names) {
        int[] positions =
                names.stream().mapToInt(table.partitionKeys()::indexOf).toArray();
        return new InternalRowSerializer(type(names))
                .toBinaryRow(ProjectedRow.from(positions).replaceRow(partition))
                .copy();
    }

    Map<String, String> properties(InternalRow partition) {
        BinaryRow wanted = paimon(partition);
        for (PartitionEntry entry : entries(now().newReadBuilder())) {
            if (entry.partition().equals(wanted)) {
                return Map.of(
                        "numRows", Long.toString(entry.recordCount()),
                        "numFiles", Long.toString(entry.fileCount()),
                        "totalSize", Long.toString(entry.fileSizeInBytes()));
            }
        }
        return Map.of();
    }

    /**
     * Drops all of them in one snapshot. False, and nothing is dropped, where there are none or one is missing.
     *
     * @throws UnsupportedOperationException if a commit cannot name one of them
     */
    boolean drop(InternalRow... partitions) {
        List<BinaryRow> dropped = Arrays.stream(partitions).map(this::paimon).toList();
        if (dropped.isEmpty() || !allNow().containsAll(dropped)) {
            return false;
        }
        truncate(dropped);
        return true;
    }

    /** Whether a statement that takes a partition away finds it; whoever may write need not see its rows. */
    boolean isThere(InternalRow partition) {
        return allNow().contains(paimon(partition));
    }

    private Set<BinaryRow> allNow() {
        FileStoreTable whole = now() instanceof AuthorizedTable restricted ? restricted.forWriting() : now();
        Set<BinaryRow> there = new HashSet<>();
        entries(whole.newReadBuilder()).forEach(entry -> there.add(entry.partition()));
        return there;
    }

    /** Whether a commit can name each of the partitions that a predicate chooses. */
    boolean canDelete(Predicate choice) {
        return chosen(choice).stream()
                .allMatch(partition -> specs.told(partition).isPresent());
    }

    /**
     * Deletes all rows of the partitions that a predicate chooses, in one snapshot.
     *
     * @throws UnsupportedOperationException if a commit cannot name one of them
     */
    void delete(Predicate choice) {
        List<BinaryRow> chosen = chosen(choice);
        if (!chosen.isEmpty()) {
            truncate(chosen);
        }
    }

    private List<BinaryRow> chosen(Predicate choice) {
        return entries(now().newReadBuilder().withFilter(choice)).stream()
                .filter(entry -> choice.test(row(entry)))
                .map(PartitionEntry::partition)
                .toList();
    }

    /** A row of the table with the values of a partition, for a predicate on its columns. */
    private org.apache.paimon.data.InternalRow row(PartitionEntry entry) {
        RowType type = table.rowType();
        org.apache.paimon.data.GenericRow row = new org.apache.paimon.data.GenericRow(type.getFieldCount());
        List<String> keys = table.partitionKeys();
        for (int i = 0; i < keys.size(); i++) {
            int position = type.getFieldIndex(keys.get(i));
            row.setField(
                    position,
                    org.apache.paimon.data.InternalRow.createFieldGetter(type.getTypeAt(position), i)
                            .getFieldOrNull(entry.partition()));
        }
        return row;
    }

    void truncate() {
        requireFound();
        commit(BatchTableCommit::truncateTable);
    }

    private void truncate(List<BinaryRow> partitions) {
        requireFound();
        List<Map<String, String>> named = partitions.stream()
                .map(partition -> specs.told(partition).orElseThrow(this::refusal))
                .toList();
        commit(commit -> commit.truncatePartitions(named));
    }

    private void requireFound() {
        PartitionTypes.requireFound(table, "changed by DELETE, DROP or TRUNCATE of partitions");
    }

    private UnsupportedOperationException refusal() {
        return new UnsupportedOperationException("Table " + name + ": a partition of a text that stands for"
                + " another value, such as '" + specs.nullText()
                + "' for null, cannot be dropped as a whole. Delete its"
                + " rows: DELETE FROM " + name + " WHERE … with the values of " + table.partitionKeys() + ".");
    }

    private void commit(java.util.function.Consumer<BatchTableCommit> change) {
        try (BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            change.accept(commit);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new CatalogException("Could not end the commit to table " + name + ": " + e.getMessage(), e);
        }
    }

    private BinaryRow paimon(InternalRow partition) {
        return paimon(table.partitionKeys(), partition);
    }

    private BinaryRow paimon(List<String> names, InternalRow values) {
        RowType type = type(names);
        return new InternalRowSerializer(type)
                .toBinaryRow(new PaimonRow(type, SparkTypes.toSpark(type)).show(values))
                .copy();
    }
}
