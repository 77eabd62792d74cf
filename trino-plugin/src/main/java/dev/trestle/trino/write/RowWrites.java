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

import dev.trestle.catalog.table.WrittenBuckets;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.index.BucketAssigner;
import org.apache.paimon.index.HashBucketAssigner;
import org.apache.paimon.index.SimpleHashBucketAssigner;
import org.apache.paimon.memory.MemoryPoolFactory;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.RowPartitionKeyExtractor;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.utils.IOUtils;

/**
 * Writes rows into the files of a table, each row into its partition and bucket. Not safe for use by many threads.
 *
 * <p>One of these must get all rows of a bucket that a statement writes; of a table with dynamic buckets, all rows of a
 * partition, since one alone can say which bucket a new key goes to.
 */
final class RowWrites implements AutoCloseable {

    /** How rows find their buckets. */
    private interface BucketChoice {
        void write(InternalRow row) throws Exception;
    }

    private final Optional<NamedIndexes> indexes;
    private final IOManager spill;
    private final WriteMemory memory;
    private final TableWriteImpl<?> write;
    private final BucketChoice buckets;

    /**
     * @param overwrite whether the rows that are there are going to be replaced
     * @param spill closed with this
     */
    RowWrites(WriteJob job, boolean overwrite, IOManager spill) {
        requireNonNull(job, "job is null");
        this.spill = requireNonNull(spill, "spill is null");
        this.indexes = job.writesIndexes() ? Optional.of(new NamedIndexes(job)) : Optional.empty();
        FileStoreTable table = indexes.map(NamedIndexes::table).orElse(job.table());
        CoreOptions options = table.coreOptions();
        this.memory = new WriteMemory(options.writeBufferSize(), options.pageSize());
        this.write = WrittenBuckets.of(table)
                .newWrite(job.commitUser())
                .withIOManager(spill)
                .withMemoryPoolFactory(new MemoryPoolFactory(memory))
                .withIgnorePreviousFiles(overwrite);
        this.buckets = table.bucketMode() == BucketMode.HASH_DYNAMIC
                ? dynamicBuckets(table, job.commitUser(), overwrite)
                : write::write;
    }

    private BucketChoice dynamicBuckets(FileStoreTable table, String commitUser, boolean overwrite) {
        CoreOptions options = table.coreOptions();
        long rows = options.dynamicBucketTargetRowNum();
        int most = options.dynamicBucketMaxBuckets();
        BucketAssigner assigner = overwrite
                ? new SimpleHashBucketAssigner(1, 0, rows, most)
                : new HashBucketAssigner(
                        table.snapshotManager(), commitUser, table.store().newIndexFileHandler(), 1, 1, 0, rows, most);
        RowPartitionKeyExtractor keys = new RowPartitionKeyExtractor(table.schema());
        return row -> {
            BinaryRow partition = keys.partition(row);
            write.write(
                    row, assigner.assign(partition, keys.trimmedPrimaryKey(row).hashCode()));
        };
    }

    void write(InternalRow row) throws Exception {
        buckets.write(row);
    }

    /** Closes the files, after which nothing can be written. */
    List<CommitMessage> finish() throws Exception {
        List<CommitMessage> messages = write.prepareCommit();
        return indexes.map(named -> named.named(messages)).orElse(messages);
    }

    /** Where rows that have to wait may be kept. */
    IOManager spill() {
        return spill;
    }

    /** What the buffers of the writers hold. */
    long memoryBytes() {
        return memory.bytes();
    }

    /** Deletes files that {@link #finish} did not tell of. */
    @Override
    public void close() throws Exception {
        IOUtils.closeAll(write, spill);
    }
}
