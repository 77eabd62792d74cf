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
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.flink.FlinkRowWrapper;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.format.FormatTableScan;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;

/**
 * Writes plain files, which are there once a task has written all of its rows. Nothing is there of a task that fails, since
 * all of it will be written again.
 */
public final class FilesSink implements Sink<RowData> {

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
     * A sink whose files, of one task, replace those of the table, of a partition, or of the partitions of the rows.
     *
     * @param partition that is named, its values as in the path; empty for none
     */
    public static FilesSink overwriting(FormatTable table, Map<String, String> partition) {
        return new FilesSink(table, partition, true);
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        if (overwrite) {
            builder.withOverwrite(partition);
        }
        return new Writer(builder.newWrite(), builder.newCommit());
    }

    private void commit(BatchTableCommit commit, List<CommitMessage> files) throws IOException {
        if (!files.isEmpty() || (overwrite && !partition.isEmpty())) {
            commit.commit(files);
        } else if (overwrite && table.partitionKeys().isEmpty()) {
            deleteFiles();
        }
    }

    /** Paimon's commit deletes what lies beside new files, and there are none. */
    private void deleteFiles() throws IOException {
        FileIO files = table.fileIO();
        Path location = new Path(table.location());
        if (files.exists(location)) {
            for (FileStatus file : files.listFiles(location, true)) {
                if (FormatTableScan.isDataFileName(file.getPath().getName())) {
                    files.delete(file.getPath(), false);
                }
            }
        }
    }

    private final class Writer implements SinkWriter<RowData> {

        private final BatchTableWrite write;
        private final BatchTableCommit commit;
        private boolean ended;

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
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput && !ended) {
                List<CommitMessage> files = files();
                ended = true;
                FilesSink.this.commit(commit, files);
            }
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
                if (!ended) {
                    commit.abort(files());
                }
            }
        }
    }
}
