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
package dev.trestle.spark.write.parquet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.apache.paimon.AppendOnlyFileStore;
import org.apache.paimon.append.AppendOnlyWriter;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.deletionvectors.BucketedDvMaintainer;
import org.apache.paimon.format.FileFormat;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.operation.AppendFileStoreWrite;
import org.apache.paimon.operation.RawFileSplitRead;
import org.apache.paimon.reader.RecordReaderIterator;
import org.apache.paimon.table.AppendOnlyFileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.CommitIncrement;
import org.apache.paimon.utils.RecordWriter;
import org.apache.paimon.utils.StatsCollectorFactories;

/** Paimon's write of an append table without buckets, whose files have another {@link FileFormat} to write them. */
final class ParquetAppendWrite extends AppendFileStoreWrite {

    private final AppendOnlyFileStoreTable table;
    private final AppendOnlyFileStore store;
    private final RawFileSplitRead read;
    private final RowType rowType;
    private final FileFormat format;
    private boolean spills;
    private Optional<Partition> current = Optional.empty();

    private record Partition(BinaryRow values, WriterContainer<InternalRow> writer) {}

    ParquetAppendWrite(AppendOnlyFileStoreTable table) {
        this(
                table,
                table.store(),
                table.store().newRead(),
                table.schema().logicalRowType().notNull());
    }

    private ParquetAppendWrite(
            AppendOnlyFileStoreTable table, AppendOnlyFileStore store, RawFileSplitRead read, RowType rowType) {
        super(
                table.fileIO(),
                read,
                table.schema().id(),
                rowType,
                table.schema().logicalPartitionType(),
                store.pathFactory(),
                store.snapshotManager(),
                store.newScan(),
                store.options(),
                table.name());
        this.table = table;
        this.store = store;
        this.read = read;
        this.rowType = rowType;
        this.format = new ParquetFormat(store.options().toConfiguration());
    }

    @Override
    protected RecordWriter<InternalRow> createWriter(
            BinaryRow partition,
            int bucket,
            List<DataFileMeta> restoredFiles,
            long restoredMaxSeqNumber,
            CommitIncrement restoreIncrement,
            ExecutorService compactExecutor,
            BucketedDvMaintainer dvMaintainer) {
        if (spills) {
            return super.createWriter(
                    partition,
                    bucket,
                    restoredFiles,
                    restoredMaxSeqNumber,
                    restoreIncrement,
                    compactExecutor,
                    dvMaintainer);
        }
        return new AppendOnlyWriter(
                table.fileIO(),
                ioManager,
                table.schema().id(),
                format,
                null,
                options.targetFileSize(false),
                options.blobTargetFileSize(),
                options.vectorTargetFileSize(),
                rowType,
                null,
                restoredMaxSeqNumber,
                getCompactManager(partition, bucket, restoredFiles, compactExecutor, dvMaintainer),
                files -> new RecordReaderIterator<>(read.createReader(partition, bucket, files, Map.of())),
                options.commitForceCompact(),
                store.pathFactory().createDataFilePathFactory(partition, bucket),
                restoreIncrement,
                false,
                options.writeBufferSpillable(),
                options.fileCompression(),
                options.spillCompressOptions(),
                new StatsCollectorFactories(options),
                options.writeBufferSpillDiskSize(),
                options.indexColumnsOptions(),
                options.asyncFileWrite(),
                options.statsDenseStore(),
                false,
                null);
    }

    /** Writers of so many partitions are open that they keep their rows on disk from now on. */
    @Override
    protected void forceBufferSpill() throws Exception {
        super.forceBufferSpill();
        spills = true;
    }

    /** A partition has one writer, and is asked for again row by row. */
    @Override
    protected WriterContainer<InternalRow> getWriterWrapper(BinaryRow partition, int bucket) {
        if (current.isEmpty() || !current.get().values().equals(partition)) {
            current = Optional.of(new Partition(partition.copy(), super.getWriterWrapper(partition, bucket)));
        }
        return current.get().writer();
    }

    @Override
    public List<CommitMessage> prepareCommit(boolean waitCompaction, long commitIdentifier) throws Exception {
        current = Optional.empty();
        return super.prepareCommit(waitCompaction, commitIdentifier);
    }
}
