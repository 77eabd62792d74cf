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
package dev.trestle.spark.write;

import dev.trestle.spark.data.TaskDirectories;
import dev.trestle.spark.write.parquet.ParquetAppend;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.index.BucketAssigner;
import org.apache.paimon.index.HashBucketAssigner;
import org.apache.paimon.index.SimpleHashBucketAssigner;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.RowPartitionKeyExtractor;

/** The files that one task writes. They are deleted when it is closed before its end. Used by one thread. */
public final class TaskFiles implements AutoCloseable {

    private final String table;
    private final IOManager spilled;
    private final BatchTableWrite write;
    private final Optional<DynamicBuckets> buckets;

    /** Finds the bucket of a row where that is kept in an index. */
    private record DynamicBuckets(BucketAssigner assigner, RowPartitionKeyExtractor keys) {

        int bucket(InternalRow row) {
            BinaryRow partition = keys.partition(row);
            return assigner.assign(partition, keys.trimmedPrimaryKey(row).hashCode());
        }
    }

    /** @param replaces whether rows that are there already are to be forgotten */
    public TaskFiles(FileStoreTable table, BatchWriteBuilder builder, boolean replaces) {
        this.table = table.name();
        this.spilled = TaskDirectories.ofThisProcess();
        this.write = ParquetAppend.of(table).orElseGet(builder::newWrite).withIOManager(spilled);
        this.buckets = table.bucketMode() == BucketMode.HASH_DYNAMIC
                ? Optional.of(
                        new DynamicBuckets(assigner(table, replaces), new RowPartitionKeyExtractor(table.schema())))
                : Optional.empty();
    }

    /** One task has all rows of a partition, so that it is the only one that assigns buckets there. */
    private static BucketAssigner assigner(FileStoreTable table, boolean replaces) {
        CoreOptions options = table.coreOptions();
        return replaces
                ? new SimpleHashBucketAssigner(
                        1, 0, options.dynamicBucketTargetRowNum(), options.dynamicBucketMaxBuckets())
                : new HashBucketAssigner(
                        table.snapshotManager(),
                        "",
                        table.store().newIndexFileHandler(),
                        1,
                        1,
                        0,
                        options.dynamicBucketTargetRowNum(),
                        options.dynamicBucketMaxBuckets());
    }

    /** Writes one row, of the kind that it says. */
    public void write(InternalRow row) throws IOException {
        try {
            if (buckets.isPresent()) {
                write.write(row, buckets.get().bucket(row));
            } else {
                write.write(row);
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw failed("write", e);
        }
    }

    /** Ends the files. They are the commit's from then on. */
    public List<CommitMessage> end() throws IOException {
        try {
            return write.prepareCommit();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw failed("end", e);
        }
    }

    @Override
    public void close() throws IOException {
        try (IOManager files = spilled) {
            write.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw failed("close", e);
        }
    }

    private IOException failed(String doing, Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new IOException("Could not " + doing + " files of table " + table, cause);
    }
}
