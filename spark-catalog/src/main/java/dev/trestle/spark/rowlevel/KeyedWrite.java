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
import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.rowlevel.RowLevelChanges.ChangedTable;
import dev.trestle.spark.write.LaidOutWrite;
import dev.trestle.spark.write.TaskFiles;
import dev.trestle.spark.write.WriteCommit;
import dev.trestle.spark.write.WriteLayout;
import java.util.Optional;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DeltaBatchWrite;
import org.apache.spark.sql.connector.write.DeltaWrite;
import org.apache.spark.sql.connector.write.DeltaWriter;
import org.apache.spark.sql.connector.write.DeltaWriterFactory;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;

/** Writes changes by key, distributed as an INSERT: a bucket has one writer. */
final class KeyedWrite extends LaidOutWrite implements DeltaWrite, DeltaBatchWrite {

    private final ChangedTable changed;
    private final StructType ids;
    private final FileStoreTable table;
    private final BatchWriteBuilder builder;
    private final WriteCommit commit;

    KeyedWrite(ChangedTable changed, RowLevelOperation.Command command, LogicalWriteInfo info) {
        super(layout(changed.table(), command));
        this.changed = changed;
        this.ids = info.rowIdSchema().orElseThrow();
        this.table = WithoutDefaults.of(changed.table());
        this.builder = WrittenBuckets.of(table).newBatchWriteBuilder();
        this.commit = new WriteCommit(changed.name(), table, Optional.empty(), changed.progress());
    }

    /** Only a MERGE may both delete a row and insert another one that has its key. */
    private static WriteLayout layout(FileStoreTable table, RowLevelOperation.Command command) {
        WriteLayout layout = WriteLayout.of(table);
        return command == RowLevelOperation.Command.MERGE ? layout.withDeletionsFirst() : layout;
    }

    @Override
    public String description() {
        return "trestle " + changed.name() + " by key";
    }

    @Override
    public DeltaBatchWrite toBatch() {
        return this;
    }

    @Override
    public DeltaWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
        commit.writersBegin();
        return new Writers(
                table,
                builder,
                ids,
                SparkTypes.toSpark(table.rowType()),
                KeyedChanges.deletable(changed.name(), table),
                KeyedChanges.updatable(changed.name(), table));
    }

    private record Writers(
            FileStoreTable table,
            BatchWriteBuilder builder,
            StructType ids,
            StructType schema,
            KeyedChanges.Possibility deletable,
            KeyedChanges.Possibility updatable)
            implements DeltaWriterFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public DeltaWriter<InternalRow> createWriter(int partitionId, long taskId) {
            KeyedRows rows = new KeyedRows(table, ids, schema);
            return new KeyedWriter(table, new TaskFiles(table, builder, false), rows, deletable, updatable);
        }
    }

    @Override
    public void commit(WriterCommitMessage[] messages) {
        commit.commit(messages);
    }

    @Override
    public void abort(WriterCommitMessage[] messages) {
        commit.abort(messages);
    }
}
