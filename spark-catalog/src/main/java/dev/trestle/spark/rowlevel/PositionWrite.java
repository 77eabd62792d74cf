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

import dev.trestle.catalog.table.WithoutDefaults;
import dev.trestle.catalog.table.WrittenBuckets;
import dev.trestle.spark.data.PaimonRow;
import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.read.RowLevelScanBuilder;
import dev.trestle.spark.rowlevel.RowLevelChanges.ChangedTable;
import dev.trestle.spark.write.LaidOutWrite;
import dev.trestle.spark.write.TaskFiles;
import dev.trestle.spark.write.WriteCommit;
import dev.trestle.spark.write.WriteLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.deletionvectors.Bitmap64DeletionVector;
import org.apache.paimon.deletionvectors.BitmapDeletionVector;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DeltaBatchWrite;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.DeltaWriterFactory;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;

/** Writes deletions by position: tasks collect them, and the commit adds them to those that a file has already. */
final class PositionWrite extends LaidOutWrite implements DeltaWrite, DeltaBatchWrite {

    private final String name;
    private final FileStoreTable table;
    private final RowLevelScanBuilder scan;
    private final BatchWriteBuilder builder;
    private final WriteCommit commit;

    PositionWrite(ChangedTable changed, RowLevelOperation.Command command, RowLevelScanBuilder scan) {
        // A DELETE has positions only, which any task may collect.
        super(command == RowLevelOperation.Command.DELETE ? WriteLayout.ofAnyTask() : WriteLayout.of(changed.table()));
        this.table = WithoutDefaults.of(changed.table()).copyWithoutTimeTravel(options(changed));
        this.name = changed.name();
        this.scan = scan;
        this.builder = WrittenBuckets.of(table).newBatchWriteBuilder();
        this.commit = new WriteCommit(name, table, Optional.empty(), changed.progress());
    }

    private static Map<String, String> options(ChangedTable changed) {
        Map<String, String> options = new HashMap<>();
        // Otherwise a writer could compact a file that has rows which are deleted here.
        options.put(CoreOptions.WRITE_ONLY.key(), "true");
        // Of a fixed bucket the last commit's deletions would silently take the place of all others: there every change
        // since the rows were read is a conflict. Without fixed buckets the commit compares file by file.
        if (changed.table().bucketMode() != BucketMode.BUCKET_UNAWARE) {
            changed.snapshotId()
                    .ifPresent(id -> options.put(CoreOptions.COMMIT_STRICT_MODE_LAST_SAFE_SNAPSHOT.key(), id));
        }
        return options;
    }

    /**
     * What a task has written.
     *
     * @param deleted a deletion vector for each file, by the file's name
     */
    private record Changes(List<CommitMessage> inserted, Map<String, byte[]> deleted) implements WriterCommitMessage {

        private static final long serialVersionUID = 1L;
    }

    @Override
    public String description() {
        return "trestle " + name + " by position";
    }

    @Override
    public DeltaBatchWrite toBatch() {
        return this;
    }

    @Override
    public DeltaWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
        return new Writers(table, builder, SparkTypes.toSpark(table.rowType()));
    }

    @Override
    public void commit(WriterCommitMessage[] tasks) {
        // Spark reads nothing for a condition that it knows to be false.
        boolean isAnyDeleted = Arrays.stream(tasks)
                .anyMatch(task -> !((Changes) task).deleted().isEmpty());
        DeletedPositions deleted =
                new DeletedPositions(table, isAnyDeleted ? scan.built().files() : Map.of());
        for (WriterCommitMessage task : tasks) {
            ((Changes) task).deleted().forEach(deleted::add);
        }
        List<CommitMessage> messages = inserted(tasks);
        messages.addAll(deleted.persist());
        commit.commit(messages);
    }

    @Override
    public void abort(WriterCommitMessage[] tasks) {
        commit.abort(inserted(tasks));
    }

    private static List<CommitMessage> inserted(WriterCommitMessage[] tasks) {
        List<CommitMessage> messages = new ArrayList<>();
        for (WriterCommitMessage task : tasks) {
            if (task instanceof Changes changes) {
                messages.addAll(changes.inserted());
            }
        }
        return messages;
    }

    private record Writers(FileStoreTable table, BatchWriteBuilder builder, StructType schema)
            implements DeltaWriterFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public DeltaWriter<InternalRow> createWriter(int partitionId, long taskId) {
            return new Writer(
                    new TaskFiles(table, builder, false),
                    new PaimonRow(table.rowType(), schema),
                    table.coreOptions().deletionVectorBitmap64());
        }
    }

    /** Collects the changes of a task. */
    private static final class Writer implements DeltaWriter<InternalRow> {

        private final TaskFiles files;
        private final PaimonRow row;
        private final boolean largeFiles;
        private final Map<String, DeletionVector> deleted = new HashMap<>();

        Writer(TaskFiles files, PaimonRow row, boolean largeFiles) {
            this.files = files;
            this.row = row;
            this.largeFiles = largeFiles;
        }

        @Override
        public void insert(InternalRow inserted) throws IOException {
            files.write(row.show(inserted));
        }

        @Override
        public void update(InternalRow metadata, InternalRow id, InternalRow updated) throws IOException {
            delete(metadata, id);
            insert(updated);
        }

        @Override
        public void delete(InternalRow metadata, InternalRow id) {
            String file = id.getUTF8String(0).toString();
            deleted.computeIfAbsent(
                            file, unused -> largeFiles ? new Bitmap64DeletionVector() : new BitmapDeletionVector())
                    .delete(id.getLong(1));
        }

        @Override
        public WriterCommitMessage commit() throws IOException {
            Map<String, byte[]> serialized = new HashMap<>();
            deleted.forEach((file, vector) -> serialized.put(file, DeletionVector.serializeToBytes(vector)));
            return new Changes(files.end(), serialized);
        }

        /** What the task has written is deleted when it is closed. */
        @Override
        public void abort() {}

        @Override
        public void close() throws IOException {
            files.close();
        }
    }
}
