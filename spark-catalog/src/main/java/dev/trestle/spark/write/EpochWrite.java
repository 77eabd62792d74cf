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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.procedure.CommitParts;
import dev.trestle.catalog.table.BucketIndexes;
import dev.trestle.catalog.table.OwnFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.InnerTableCommit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.PhysicalWriteInfo;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.connector.write.streaming.StreamingDataWriterFactory;
import org.apache.spark.sql.connector.write.streaming.StreamingWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write of a stream: one snapshot an epoch. A snapshot carries the query and the epoch, so that an epoch which is run again,
 * since nobody knew whether it was committed, is committed once.
 */
final class EpochWrite implements StreamingWrite {

    private static final Logger LOG = LoggerFactory.getLogger(EpochWrite.class);

    private final String name;
    private final FileStoreTable table;
    private final String user;
    private final Optional<Map<String, String>> replaced;
    private final RowWriters writers;

    /** As the writers of the epoch that runs find them: none before the first one. */
    private volatile Optional<BucketIndexes> indexes = Optional.empty();

    /** The epoch whose commit may have been sent. */
    private volatile OptionalLong proposed = OptionalLong.empty();

    /**
     * @param queryId the query's, which stays when it is started again from its checkpoint
     * @param replaced whose rows each epoch replaces, where any are
     */
    EpochWrite(
            String name,
            FileStoreTable table,
            String queryId,
            Optional<Map<String, String>> replaced,
            RowWriters writers) {
        this.name = requireNonNull(name, "name is null");
        this.table = requireNonNull(table, "table is null");
        this.user = "spark-stream-" + requireNonNull(queryId, "queryId is null");
        this.replaced = requireNonNull(replaced, "replaced is null");
        this.writers = requireNonNull(writers, "writers is null");
    }

    /** Makes the writers of an epoch's tasks. */
    private record EpochWriters(RowWriters writers) implements StreamingDataWriterFactory {

        private static final long serialVersionUID = 1L;

        @Override
        public DataWriter<InternalRow> createWriter(int partitionId, long taskId, long epochId) {
            return writers.createWriter(partitionId, taskId);
        }
    }

    @Override
    public StreamingDataWriterFactory createStreamingWriterFactory(PhysicalWriteInfo info) {
        indexes = Optional.of(BucketIndexes.asOfNow(table));
        return new EpochWriters(writers);
    }

    @Override
    public void commit(long epoch, WriterCommitMessage[] tasks) {
        List<CommitMessage> files = WriteCommit.messages(tasks);
        CommitParts parts = replaced.isPresent() ? new CommitParts(files, List.of()) : CommitParts.of(files);
        int committed;
        try (BucketIndexes.Scope watched = indexes.orElseThrow().watch(parts.rows());
                InnerTableCommit commit = table.newCommit(user).ignoreEmptyCommit(true)) {
            replaced.ifPresent(commit::withOverwrite);
            proposed = OptionalLong.of(epoch);
            committed = commit.filterAndCommit(Map.of(epoch, parts.rows()));
            if (committed == 0 && !files.isEmpty()) {
                LOG.info("Epoch {} of the stream into table {} was committed by an earlier run", epoch, name);
                // The snapshot has that run's files: these are its double, and nobody's.
                OwnFiles.delete(table, files);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Could not end the commit of epoch " + epoch + " to table " + name, e);
        }
        if (committed > 0 && !parts.merged().isEmpty()) {
            WriteCommit.commitMerged(name, table, parts, indexes);
        }
    }

    /** Deletes the files of tasks that ended well, unless their commit may have been sent. */
    @Override
    public void abort(long epoch, WriterCommitMessage[] tasks) {
        List<CommitMessage> files = WriteCommit.messages(tasks);
        if (files.isEmpty()) {
            return;
        }
        if (proposed.isPresent() && proposed.getAsLong() == epoch) {
            LOG.warn(
                    "The commit of epoch {} to table {} failed, and may have been applied: its files are kept. The"
                            + " query finds out when it is started again; what is left then, remove_orphan_files deletes.",
                    epoch,
                    name);
            return;
        }
        try {
            OwnFiles.delete(table, files);
        } catch (Exception e) {
            LOG.warn("Could not delete the files of a failed epoch of table {}; remove_orphan_files does", name, e);
        }
    }
}
