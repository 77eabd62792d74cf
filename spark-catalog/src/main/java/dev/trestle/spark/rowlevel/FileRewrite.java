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
import dev.trestle.spark.read.MetadataColumns;
import dev.trestle.spark.read.RowLevelScan;
import dev.trestle.spark.read.RowLevelScan.ScannedFile;
import dev.trestle.spark.read.RowLevelScanBuilder;
import dev.trestle.spark.rowlevel.RowLevelChanges.ChangedTable;
import dev.trestle.spark.write.LaidOutWrite;
import dev.trestle.spark.write.RowWriters;
import dev.trestle.spark.write.WriteCommit;
import dev.trestle.spark.write.WriteLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.write.BatchWrite;
import org.apache.spark.sql.connector.write.DataWriterFactory;
import org.apache.spark.sql.connector.write.LogicalWriteInfo;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.connector.write.Write;
import org.apache.spark.sql.connector.write.WriteBuilder;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Changes rows by writing the files that have them anew, in one snapshot with the removal of the old ones. Whoever else
 * removes one of them meanwhile makes the commit a conflict.
 */
final class FileRewrite implements RowLevelOperation {

    private final ChangedTable changed;
    private final Command command;
    private final RowLevelScanBuilder scan;

    FileRewrite(ChangedTable changed, Command command) {
        this.changed = changed;
        this.command = command;
        this.scan = new RowLevelScanBuilder(changed.read());
    }

    @Override
    public String description() {
        return "trestle " + changed.name() + " by file";
    }

    @Override
    public Command command() {
        return command;
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return scan;
    }

    @Override
    public NamedReference[] requiredMetadataAttributes() {
        return new NamedReference[] {Expressions.column(MetadataColumns.FILE_NAME)};
    }

    @Override
    public WriteBuilder newWriteBuilder(LogicalWriteInfo info) {
        return new WriteBuilder() {
            @Override
            public Write build() {
                return new RewriteWrite(changed, info.schema(), scan);
            }
        };
    }

    private static final class RewriteWrite extends LaidOutWrite implements BatchWrite {

        private final FileStoreTable table;
        private final StructType schema;
        private final RowLevelScanBuilder scan;
        private final BatchWriteBuilder builder;
        private final WriteCommit commit;

        RewriteWrite(ChangedTable changed, StructType schema, RowLevelScanBuilder scan) {
            super(WriteLayout.of(changed.table()));
            // Otherwise a writer could compact a file that is removed here.
            this.table = WithoutDefaults.of(changed.table())
                    .copyWithoutTimeTravel(Map.of(CoreOptions.WRITE_ONLY.key(), "true"));
            this.schema = schema;
            this.scan = scan;
            this.builder = WrittenBuckets.of(table).newBatchWriteBuilder();
            this.commit = new WriteCommit(changed.name(), table, Optional.empty(), changed.progress());
        }

        @Override
        public BatchWrite toBatch() {
            return this;
        }

        @Override
        public DataWriterFactory createBatchWriterFactory(PhysicalWriteInfo info) {
            return new RowWriters(table, builder, schema, false);
        }

        @Override
        public void commit(WriterCommitMessage[] tasks) {
            List<CommitMessage> messages = new ArrayList<>(WriteCommit.messages(tasks));
            messages.addAll(removed(scan.built()));
            commit.commit(messages);
        }

        private static List<CommitMessage> removed(RowLevelScan scan) {
            List<CommitMessage> messages = new ArrayList<>();
            for (ScannedFile file : scan.files().values()) {
                messages.add(new CommitMessageImpl(
                        file.partition(),
                        file.bucket(),
                        file.totalBuckets(),
                        new DataIncrement(List.of(), List.of(file.file()), List.of()),
                        CompactIncrement.emptyIncrement()));
            }
            return messages;
        }

        @Override
        public void abort(WriterCommitMessage[] tasks) {
            commit.abort(tasks);
        }
    }
}
