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

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.trestle.catalog.table.MixedDeletionVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.BinaryRow;
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

/** The files that say which rows of an append table are deleted. */
final class DeletionIndexes {

    /** Rows of one bucket are marked together. */
    private record Bucket(BinaryRow partition, int number) {}

    private DeletionIndexes() {}

    /**
     * Marks rows beside those that are marked already.
     *
     * @param read the snapshot that the positions are of
     */
    static List<CommitMessage> write(WriteJob job, Optional<Snapshot> read, List<Fragment.Deletions> deletions) {
        List<CommitMessage> messages = new ArrayList<>();
        try {
            deletions.stream()
                    .collect(groupingBy(
                            deletion -> new Bucket(deletion.partition(), deletion.bucket()),
                            LinkedHashMap::new,
                            toList()))
                    .forEach((bucket, marked) -> messages.add(write(job.table(), read, bucket, marked)));
            return messages;
        } catch (RuntimeException e) {
            Aborts.delete(job, messages);
            throw e;
        }
    }

    private static CommitMessage write(
            FileStoreTable table, Optional<Snapshot> read, Bucket bucket, List<Fragment.Deletions> deletions) {
        IndexFileHandler indexes = table.store().newIndexFileHandler();
        BaseAppendDeleteFileMaintainer maintainer = table.bucketMode() == BucketMode.BUCKET_UNAWARE
                ? BaseAppendDeleteFileMaintainer.forUnawareAppend(indexes, read.orElse(null), bucket.partition())
                : BaseAppendDeleteFileMaintainer.forBucketedAppend(
                        indexes, read.orElse(null), bucket.partition(), bucket.number());
        deletions.forEach(deletion ->
                maintainer.notifyNewDeletionVector(deletion.dataFile(), new MixedDeletionVector(deletion.positions())));
        List<IndexManifestEntry> entries = maintainer.persist();
        return new CommitMessageImpl(
                maintainer.getPartition(),
                maintainer.getBucket(),
                null,
                new DataIncrement(
                        List.of(), List.of(), List.of(), files(entries, FileKind.ADD), files(entries, FileKind.DELETE)),
                CompactIncrement.emptyIncrement());
    }

    private static List<IndexFileMeta> files(List<IndexManifestEntry> entries, FileKind kind) {
        return entries.stream()
                .filter(entry -> entry.kind() == kind)
                .map(IndexManifestEntry::indexFile)
                .toList();
    }
}
