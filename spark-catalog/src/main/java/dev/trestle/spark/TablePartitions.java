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
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.types.RowType;
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
        return SparkTypes.toSpark(type(table.partitionKeys()));
    }

    private RowType type(List<String> names) {
        return table.rowType().project(names);
    }

    /** The partitions that have these values in these columns. */
    InternalRow[] list(String[] names, InternalRow values) {
        List<String> asked = Arrays.asList(names);
        Map<String, String> wanted = specs.spec(paimon(asked, values), asked);
        List<InternalRow> found = new ArrayList<>();
        SparkRow view = new SparkRow(type(table.partitionKeys()), schema());
        for (PartitionEntry entry : table.newReadBuilder().newScan().listPartitionEntries()) {
            if (specs.spec(entry.partition()).entrySet().containsAll(wanted.entrySet())) {
                found.add(view.show(entry.partition()).copy());
            }
        }
        return found.toArray(InternalRow[]::new);
    }

    Map<String, String> properties(InternalRow partition) {
        Map<String, String> wanted = spec(partition);
        for (PartitionEntry entry : table.newReadBuilder().newScan().listPartitionEntries()) {
            if (specs.spec(entry.partition()).equals(wanted)) {
                return Map.of(
                        "numRows", Long.toString(entry.recordCount()),
                        "numFiles", Long.toString(entry.fileCount()),
                        "totalSize", Long.toString(entry.fileSizeInBytes()));
            }
        }
        return Map.of();
    }

    /** Drops all of them in one snapshot. False, and nothing is dropped, where there are none or one is missing. */
    boolean drop(InternalRow... partitions) {
        List<Map<String, String>> dropped =
                Arrays.stream(partitions).map(this::spec).toList();
        Set<Map<String, String>> there = new HashSet<>();
        for (PartitionEntry entry : table.newReadBuilder().newScan().listPartitionEntries()) {
            there.add(specs.spec(entry.partition()));
        }
        if (dropped.isEmpty() || !there.containsAll(dropped)) {
            return false;
        }
        truncate(dropped);
        return true;
    }

    /** Deletes all rows of the partitions that a predicate chooses, in one snapshot. */
    void delete(Predicate choice) {
        List<Map<String, String>> chosen = new ArrayList<>();
        for (PartitionEntry entry :
                table.newReadBuilder().withFilter(choice).newScan().listPartitionEntries()) {
            if (choice.test(row(entry))) {
                chosen.add(specs.spec(entry.partition()));
            }
        }
        if (!chosen.isEmpty()) {
            truncate(chosen);
        }
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
        commit(BatchTableCommit::truncateTable);
    }

    private void truncate(List<Map<String, String>> partitions) {
        commit(commit -> commit.truncatePartitions(partitions));
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

    private Map<String, String> spec(InternalRow partition) {
        return specs.spec(paimon(table.partitionKeys(), partition));
    }

    private org.apache.paimon.data.InternalRow paimon(List<String> names, InternalRow values) {
        RowType type = type(names);
        return new InternalRowSerializer(type)
                .toBinaryRow(new PaimonRow(type, SparkTypes.toSpark(type)).show(values))
                .copy();
    }
}
