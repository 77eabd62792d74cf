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
package dev.trestle.flink.write;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.flink.FlinkRowWrapper;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;

/**
 * Writes plain files, which are there once all tasks have written all of their rows: one task publishes those of all. So a task
 * that has ended may run again, since its machine was lost, without its rows being there twice.
 */
public final class FilesSink
        implements Sink<RowData>,
                SupportsCommitter<WrittenFiles>,
                SupportsPreCommitTopology<WrittenFiles, WrittenFiles> {

    private static final long serialVersionUID = 1L;

    private final FormatTable table;
    private final Map<String, String> partition;
    private final boolean overwrite;

    private FilesSink(FormatTable table, Map<String, String> partition, boolean overwrite) {
        this.table = requireNonNull(table, "table is null");
        this.partition = new HashMap<>(partition);
        this.overwrite = overwrite;
    }

    /** A sink whose files come beside those that are there. */
    public static FilesSink adding(FormatTable table) {
        return new FilesSink(table, Map.of(), false);
    }

    /**
     * A sink whose files replace those of the table, of a partition, or of the partitions of the rows.
     *
     * @param partition that is named, its values as in the path; empty for none
     */
    public static FilesSink overwriting(FormatTable table, Map<String, String> partition) {
        return new FilesSink(table, partition, true);
    }

    @Override
    public CommittingSinkWriter<RowData, WrittenFiles> createWriter(WriterInitContext context) {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        return new Writer(builder.newWrite(), builder.newCommit());
    }

    @Override
    public Committer<WrittenFiles> createCommitter(CommitterInitContext context) {
        return committer();
    }

    FilesCommitter committer() {
        return new FilesCommitter(table, overwrite ? Optional.of(partition) : Optional.empty());
    }

    /** All files to one task. */
    @Override
    public DataStream<CommittableMessage<WrittenFiles>> addPreCommitTopology(
            DataStream<CommittableMessage<WrittenFiles>> written) {
        return written.global();
    }

    @Override
    public SimpleVersionedSerializer<WrittenFiles> getCommittableSerializer() {
        return new WrittenFilesSerializer();
    }

    @Override
    public SimpleVersionedSerializer<WrittenFiles> getWriteResultSerializer() {
        return new WrittenFilesSerializer();
    }

    private static final class Writer implements CommittingSinkWriter<RowData, WrittenFiles> {

        private final BatchTableWrite write;
        private final BatchTableCommit commit;
        private boolean atEnd;
        private boolean handedOver;

        Writer(BatchTableWrite write, BatchTableCommit commit) {
            this.write = write;
            this.commit = commit;
        }

        @Override
        public void write(RowData row, Context context) throws IOException {
            try {
                write.write(new FlinkRowWrapper(row));
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        /** At a checkpoint nothing is done: a batch has none, and its files are whole at the end alone. */
        @Override
        public void flush(boolean endOfInput) {
            atEnd |= endOfInput;
        }

        /** What was written, also where that is nothing: it may replace what is there. */
        @Override
        public List<WrittenFiles> prepareCommit() throws IOException {
            if (!atEnd || handedOver) {
                return List.of();
            }
            List<CommitMessage> files = files();
            handedOver = true;
            return List.of(new WrittenFiles(files));
        }

        private List<CommitMessage> files() throws IOException {
            try {
                return write.prepareCommit();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws Exception {
            try (commit;
                    write) {
                if (!handedOver) {
                    commit.abort(files());
                }
            }
        }
    }
}
