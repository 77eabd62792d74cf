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
package dev.trestle.catalog.table;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.operation.FileSystemWriteRestore;
import org.apache.paimon.operation.RestoreFiles;
import org.apache.paimon.operation.WriteRestore;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.DelegatedFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.utils.SegmentsCache;

/**
 * A table of fixed buckets, whose writers do not read small manifests again and again, and add no bucket to a partition that has
 * another number of buckets.
 *
 * <p>Paimon's writers read the manifests for each bucket that they begin to write to. A table that was sent to a task has
 * forgotten those that were read where it was planned; here a writer remembers those of at most 1 MiB, up to 16 MiB in all.
 *
 * <p>Paimon's writers compare the table's number with that of the files of the bucket that they write to. A bucket
 * without files tells them nothing, so that after a change of {@code bucket} they would put a key where the partition's
 * number does not put it, and the key could be in two buckets. Here the partition is asked where its bucket is empty:
 * once for a partition and writer, for the files of that partition.
 */
public final class WrittenBuckets extends DelegatedFileStoreTable {

    private static final long serialVersionUID = 1L;

    /** Of the manifests of one writer; they are given up where memory is short. */
    private static final MemorySize MANIFESTS = MemorySize.ofMebiBytes(16);

    private static final MemorySize LARGEST_MANIFEST = MemorySize.ofMebiBytes(1);

    private WrittenBuckets(FileStoreTable table) {
        super(table);
    }

    /** The table to write to: itself where its buckets are not fixed. */
    public static FileStoreTable of(FileStoreTable table) {
        return table instanceof WrittenBuckets || table.bucketMode() != BucketMode.HASH_FIXED
                ? table
                : new WrittenBuckets(table);
    }

    @Override
    public TableWriteImpl<?> newWrite(String commitUser) {
        return newWrite(commitUser, null);
    }

    /** Its {@code write} fails with a {@link RuntimeException} that names the partition and both numbers. */
    @Override
    public TableWriteImpl<?> newWrite(String commitUser, Integer writeId) {
        if (wrapped.getManifestCache() == null) {
            wrapped.setManifestCache(SegmentsCache.create(MANIFESTS, LARGEST_MANIFEST.getBytes()));
        }
        TableWriteImpl<?> write = wrapped.newWrite(commitUser, writeId);
        boolean neverChanged = wrapped.schema().id() == 0;
        if (!neverChanged) {
            write.withWriteRestore(new PartitionRestore(wrapped));
        }
        return write;
    }

    @Override
    public FileStoreTable copy(Map<String, String> dynamicOptions) {
        return of(wrapped.copy(dynamicOptions));
    }

    @Override
    public FileStoreTable copy(TableSchema newTableSchema) {
        return of(wrapped.copy(newTableSchema));
    }

    @Override
    public FileStoreTable copyWithoutTimeTravel(Map<String, String> dynamicOptions) {
        return of(wrapped.copyWithoutTimeTravel(dynamicOptions));
    }

    @Override
    public FileStoreTable copyWithLatestSchema() {
        return of(wrapped.copyWithLatestSchema());
    }

    @Override
    public FileStoreTable switchToBranch(String branchName) {
        return of(wrapped.switchToBranch(branchName));
    }

    /** Tells the number of buckets of an empty bucket's partition. For one writer, which one thread uses. */
    private static final class PartitionRestore implements WriteRestore {

        private final FileStoreTable table;
        private final WriteRestore files;

        /** The numbers of partitions as of one snapshot. */
        private final Map<BinaryRow, Optional<Integer>> known = new HashMap<>();

        private long knownSnapshot;

        PartitionRestore(FileStoreTable table) {
            this.table = table;
            this.files = new FileSystemWriteRestore(
                    table.coreOptions(),
                    table.snapshotManager(),
                    table.store().newScan(),
                    table.store().newIndexFileHandler());
        }

        @Override
        public long latestCommittedIdentifier(String user) {
            return files.latestCommittedIdentifier(user);
        }

        @Override
        public RestoreFiles restoreFiles(
                BinaryRow partition, int bucket, boolean scanDynamicBucketIndex, boolean scanDeleteVectorsIndex) {
            RestoreFiles restored =
                    files.restoreFiles(partition, bucket, scanDynamicBucketIndex, scanDeleteVectorsIndex);
            if (restored.snapshot() == null || restored.totalBuckets() != null) {
                return restored;
            }
            return new RestoreFiles(
                    restored.snapshot(),
                    buckets(restored.snapshot(), partition).orElse(null),
                    restored.dataFiles(),
                    restored.dynamicBucketIndex(),
                    restored.deleteVectorsIndex());
        }

        private Optional<Integer> buckets(Snapshot snapshot, BinaryRow partition) {
            if (snapshot.id() != knownSnapshot) {
                known.clear();
                knownSnapshot = snapshot.id();
            }
            Optional<Integer> found = known.get(partition);
            if (found == null) {
                found = stored(snapshot, partition);
                known.put(partition.copy(), found);
            }
            return found;
        }

        /** Of any file of the partition, since all have the same. */
        private Optional<Integer> stored(Snapshot snapshot, BinaryRow partition) {
            Iterator<ManifestEntry> entries = table.store()
                    .newScan()
                    .withSnapshot(snapshot)
                    .withPartitionFilter(List.of(partition))
                    .dropStats()
                    .readFileIterator();
            while (entries.hasNext()) {
                int buckets = entries.next().totalBuckets();
                if (buckets > 0) {
                    return Optional.of(buckets);
                }
            }
            return Optional.empty();
        }
    }
}
