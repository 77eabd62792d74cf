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

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.flink.FlinkRowWrapper;
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

    private final BatchWriteBuilder builder;

    /** @param builder of the table, which knows what is overwritten */
    public FilesSink(BatchWriteBuilder builder) {
        this.builder = builder;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
        return new Writer(builder.newWrite(), builder.newCommit());
    }

    private static final class Writer implements SinkWriter<RowData> {

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
                if (!files.isEmpty()) {
                    commit.commit(files);
                }
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
