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
package dev.trestle.spark.rowlevel;

import dev.trestle.catalog.table.MixedDeletionVector;
import dev.trestle.spark.read.RowLevelScan.ScannedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.deletionvectors.append.BaseAppendDeleteFileMaintainer;
import org.apache.paimon.index.IndexFileHandler;
import org.apache.paimon.index.IndexFileMeta;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.manifest.FileKind;
import org.apache.paimon.manifest.IndexManifestEntry;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** Deletions of a statement, added to those that the files had in the snapshot that was read. */
final class DeletedPositions {

    private final FileStoreTable table;
    private final Map<String, ScannedFile> files;
    private final Map<Bucket, BaseAppendDeleteFileMaintainer> buckets = new HashMap<>();
    private final Map<String, DeletionVector> deleted = new HashMap<>();
    private final IndexFileHandler indexes;

    private record Bucket(BinaryRow partition, int bucket) {}

    /** @param files that were read, by their names */
    DeletedPositions(FileStoreTable table, Map<String, ScannedFile> files) {
        this.table = table;
        this.files = files;
        this.indexes = table.store().newIndexFileHandler();
    }

    /** Several tasks may have deletions in one file. */
    void add(String file, byte[] serialized) {
        deleted.merge(file, DeletionVector.deserializeFromBytes(serialized), (one, other) -> {
            one.merge(other);
            return one;
        });
    }

    /** Writes the deletion vectors, and gives what is to be committed. */
    List<CommitMessage> persist() {
        deleted.forEach((name, vector) -> {
            ScannedFile file = files.get(name);
            buckets.computeIfAbsent(
                            new Bucket(file.partition(), file.bucket()),
                            bucket -> maintainer(bucket, file.snapshotId()))
                    .notifyNewDeletionVector(name, new MixedDeletionVector(vector));
        });
        List<CommitMessage> messages = new ArrayList<>();
        buckets.values().forEach(bucket -> messages.add(message(bucket)));
        return messages;
    }

    private BaseAppendDeleteFileMaintainer maintainer(Bucket bucket, long snapshotId) {
        Snapshot snapshot = table.snapshotManager().snapshot(snapshotId);
        return table.bucketMode() == BucketMode.BUCKET_UNAWARE
                ? BaseAppendDeleteFileMaintainer.forUnawareAppend(indexes, snapshot, bucket.partition())
                : BaseAppendDeleteFileMaintainer.forBucketedAppend(
                        indexes, snapshot, bucket.partition(), bucket.bucket());
    }

    private CommitMessage message(BaseAppendDeleteFileMaintainer bucket) {
        List<IndexFileMeta> added = new ArrayList<>();
        List<IndexFileMeta> removed = new ArrayList<>();
        for (IndexManifestEntry entry : bucket.persist()) {
            if (entry.kind() == FileKind.ADD) {
                added.add(entry.indexFile());
            } else {
                removed.add(entry.indexFile());
            }
        }
        return new CommitMessageImpl(
                bucket.getPartition(),
                bucket.getBucket(),
                null,
                new DataIncrement(List.of(), List.of(), List.of(), added, removed),
                CompactIncrement.emptyIncrement());
    }
}
