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
package dev.trestle.trino.write;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.operation.FileStoreScan;
import org.apache.paimon.reader.FileRecordIterator;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.source.DataSplit;

/** Writes data files again without rows that are deleted. */
final class FileRewrite {

    private final FileStoreTable table;

    /** @param table at the snapshot that the positions are of */
    FileRewrite(FileStoreTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * Writes the rows that stay.
     *
     * @param writes takes them, beside other rows
     * @return that the files are no longer part of the table
     */
    List<CommitMessage> without(List<Fragment.Deletions> deletions, RowWrites writes) throws Exception {
        if (deletions.isEmpty()) {
            return List.of();
        }
        Map<String, Fragment.Deletions> byFile =
                deletions.stream().collect(toMap(Fragment.Deletions::dataFile, identity()));
        List<CommitMessage> replaced = new ArrayList<>();
        for (ManifestEntry entry : entries(byFile)) {
            copy(entry, byFile.get(entry.file().fileName()).positions(), writes);
            replaced.add(new CommitMessageImpl(
                    entry.partition(),
                    entry.bucket(),
                    entry.totalBuckets(),
                    new DataIncrement(List.of(), List.of(entry.file()), List.of()),
                    CompactIncrement.emptyIncrement()));
        }
        if (replaced.size() != byFile.size()) {
            throw new IOException("Files of table " + table.fullName()
                    + " that the statement read are not in its snapshot any more: " + byFile.keySet());
        }
        return replaced;
    }

    private List<ManifestEntry> entries(Map<String, Fragment.Deletions> byFile) {
        FileStoreScan scan = table.store().newScan();
        Long snapshot = table.coreOptions().scanSnapshotId();
        if (snapshot != null) {
            scan.withSnapshot(snapshot);
        }
        return scan.withPartitionFilter(byFile.values().stream()
                        .map(Fragment.Deletions::partition)
                        .distinct()
                        .toList())
                .withDataFileNameFilter(byFile::containsKey)
                .plan()
                .files();
    }

    private void copy(ManifestEntry entry, DeletionVector deleted, RowWrites writes) throws Exception {
        DataSplit split = DataFiles.split(table, entry);
        try (RecordReader<InternalRow> reader = table.newReadBuilder().newRead().createReader(split)) {
            FileRecordIterator<InternalRow> batch;
            while ((batch = (FileRecordIterator<InternalRow>) reader.readBatch()) != null) {
                InternalRow row;
                while ((row = batch.next()) != null) {
                    if (!deleted.isDeleted(batch.returnedPosition())) {
                        writes.write(row);
                    }
                }
                batch.releaseBatch();
            }
        }
    }
}
