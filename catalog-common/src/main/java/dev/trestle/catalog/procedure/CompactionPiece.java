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

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.paimon.append.AppendCompactTask;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.operation.BaseAppendFileStoreWrite;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.AppendCompactTaskSerializer;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.TableWriteImpl;

/** A part of a compaction, which may travel to another process. */
public sealed interface CompactionPiece extends Serializable {

    /**
     * Merges its files. They stay as they are until what this answers is committed. A run that fails deletes what it wrote.
     *
     * @param table that of {@link Compaction#table()}
     * @param spilled for what does not fit into memory; the caller closes it
     */
    List<CommitMessage> run(FileStoreTable table, IOManager spilled) throws Exception;

    /** All files of a bucket. */
    record OfBucket(BinaryRow partition, int bucket, boolean full) implements CompactionPiece {

        private static final long serialVersionUID = 1L;

        @Override
        public List<CommitMessage> run(FileStoreTable table, IOManager spilled) throws Exception {
            try (TableWriteImpl<?> write = table.newWrite(newUser()).withIOManager(spilled)) {
                write.compact(partition, bucket, full);
                return write.prepareCommit();
            }
        }
    }

    /** Some files of a partition without buckets. */
    record OfFiles(byte[] task) implements CompactionPiece {

        private static final long serialVersionUID = 1L;

        static OfFiles of(AppendCompactTask task) {
            try {
                return new OfFiles(new AppendCompactTaskSerializer().serialize(task));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<CommitMessage> run(FileStoreTable table, IOManager spilled) throws Exception {
            AppendCompactTaskSerializer format = new AppendCompactTaskSerializer();
            BaseAppendFileStoreWrite write =
                    (BaseAppendFileStoreWrite) table.store().newWrite(newUser());
            try {
                return List.of(format.deserialize(format.getVersion(), task).doCompact(table, write));
            } finally {
                write.close();
            }
        }
    }

    private static String newUser() {
        return UUID.randomUUID().toString();
    }
}
