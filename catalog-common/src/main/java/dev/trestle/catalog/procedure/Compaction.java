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
package dev.trestle.catalog.procedure;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.append.AppendCompactCoordinator;
import org.apache.paimon.partition.PartitionPredicate;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.EndOfScanException;

/** Which files of a table are merged, cut into pieces that may be done at a time and anywhere. The commit is the caller's. */
public final class Compaction {

    private final FileStoreTable table;
    private final Optional<PartitionPredicate> partitions;
    private final boolean full;

    private Compaction(FileStoreTable table, Optional<PartitionPredicate> partitions, boolean full) {
        this.table = table;
        this.partitions = partitions;
        this.full = full;
    }

    /**
     * Of all partitions, as they are now: asks for the latest snapshot where {@link #overlooksDeletions} holds. The commit is
     * refused there, as a conflict, after any other one that may have marked rows meanwhile.
     *
     * @param full whether a bucket becomes one sorted run; otherwise what the table's options find worth merging is merged
     */
    public static Compaction of(FileStoreTable table, boolean full) {
        requireNonNull(table, "table is null");
        if (table.coreOptions().dataEvolutionEnabled()) {
            throw new UnsupportedOperationException("Table " + table.fullName()
                    + " cannot be compacted: it is a data-evolution table (data-evolution.enabled)");
        }
        return new Compaction(table.copyWithoutTimeTravel(options(table)), Optional.empty(), full);
    }

    /**
     * Whether rows of files that are there may be marked as deleted while these files are merged, and Paimon sees no conflict:
     * it compares files by their names, and the vectors of a fixed bucket are one index, of which the last commit's stays. The
     * rows would be back in the merged file. So an INSERT had better merge nothing there.
     */
    public static boolean overlooksDeletions(FileStoreTable table) {
        return table.primaryKeys().isEmpty()
                && table.bucketMode() == BucketMode.HASH_FIXED
                && table.coreOptions().deletionVectorsEnabled();
    }

    private static Map<String, String> options(FileStoreTable table) {
        Map<String, String> options = new HashMap<>();
        // A table whose writers leave compaction to others is compacted by this.
        options.put(CoreOptions.WRITE_ONLY.key(), Boolean.FALSE.toString());
        if (overlooksDeletions(table)) {
            table.latestSnapshot()
                    .ifPresent(now -> options.put(
                            CoreOptions.COMMIT_STRICT_MODE_LAST_SAFE_SNAPSHOT.key(), Long.toString(now.id())));
        }
        return options;
    }

    /** Of some partitions only. */
    public Compaction of(List<Map<String, String>> specs) {
        return new Compaction(
                table,
                Optional.of(PartitionPredicate.fromMaps(
                        table.schema().logicalPartitionType(),
                        specs,
                        table.coreOptions().partitionDefaultName())),
                full);
    }

    /** The table as the pieces and the commit use it. */
    public FileStoreTable table() {
        return table;
    }

    /** The pieces; none if there is nothing to merge. */
    public List<CompactionPiece> pieces() {
        return table.bucketMode() == BucketMode.BUCKET_UNAWARE ? files() : buckets();
    }

    private List<CompactionPiece> buckets() {
        return table.newSnapshotReader().bucketEntries().stream()
                .filter(bucket -> bucket.bucket() >= 0)
                .filter(bucket -> partitions.isEmpty() || partitions.get().test(bucket.partition()))
                .<CompactionPiece>map(bucket -> new CompactionPiece.OfBucket(bucket.partition(), bucket.bucket(), full))
                .toList();
    }

    private List<CompactionPiece> files() {
        try {
            return new AppendCompactCoordinator(table, false, partitions.orElse(null))
                    .run().stream()
                            .<CompactionPiece>map(CompactionPiece.OfFiles::of)
                            .toList();
        } catch (EndOfScanException e) {
            return List.of();
        }
    }
}
