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
import dev.trestle.catalog.table.CommitConflictException;
import dev.trestle.catalog.table.OwnFiles;
import dev.trestle.spark.data.TaskDirectories;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit of a statement, or its end without one. Once a commit has begun nobody knows by an exception alone whether it
 * was applied, unless Paimon has found a conflict: from then on no file is deleted. What it leaves behind if it was not,
 * {@code remove_orphan_files} finds.
 */
public final class WriteCommit {

    private static final Logger LOG = LoggerFactory.getLogger(WriteCommit.class);

    private final String table;
    private final FileStoreTable written;
    private final BatchWriteBuilder builder;
    private final Progress progress;
    private final BucketIndexes indexes;

    /** How far the writes of a statement have come. Safe for use by many threads. */
    public static final class Progress {

        private volatile boolean commitBegan;

        /** Whether a snapshot may have been sent to the service that is not known to be refused. */
        public boolean hasCommitBegun() {
            return commitBegan;
        }

        void commitBegins() {
            commitBegan = true;
        }

        void commitIsRefused() {
            commitBegan = false;
        }
    }

    /** The files that a task has written. */
    public record Written(List<CommitMessage> messages) implements WriterCommitMessage {

        private static final long serialVersionUID = 1L;
    }

    /**
     * A commit of what a builder's writers write, which begin after this.
     *
     * @param table its name, for messages
     * @param builder of {@code written}
     */
    public WriteCommit(String table, FileStoreTable written, BatchWriteBuilder builder, Progress progress) {
        this.table = requireNonNull(table, "table is null");
        this.written = requireNonNull(written, "written is null");
        this.builder = requireNonNull(builder, "builder is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.indexes = BucketIndexes.asOfNow(written);
    }

    /** Commits what the tasks have written: see {@link #commit(List)}. */
    public void commit(WriterCommitMessage[] tasks) {
        commit(messages(tasks));
    }

    /**
     * Commits files, in one snapshot, and files that their writers have merged in another one. The former are deleted where
     * another commit is in their way. Once the rows are committed the statement has succeeded, whatever becomes of the merged
     * files, see {@link #commitMerged}.
     */
    public void commit(List<CommitMessage> messages) {
        CommitParts parts = CommitParts.of(messages);
        if (parts.rows().isEmpty() || parts.merged().isEmpty()) {
            commitOnce(messages);
        } else {
            commitOnce(parts.rows());
            commitMerged(table, written, parts, indexes);
        }
    }

    /** Commits files that were merged beside rows, which are committed. What cannot be done is logged. */
    static void commitMerged(String table, FileStoreTable written, CommitParts parts, BucketIndexes indexes) {
        try (BucketIndexes.Scope watched = indexes.watch(parts.merged());
                BatchTableCommit commit = written.newBatchWriteBuilder().newCommit()) {
            commit.commit(parts.merged());
        } catch (Exception e) {
            if (!CommitConflictException.isCauseOf(e) || !mergeAgain(written, parts, e)) {
                LOG.warn(
                        "The rows are committed to table {}, but not the files that were merged beside it: they are merged"
                                + " at another time",
                        table,
                        e);
            }
        }
    }

    private static boolean mergeAgain(FileStoreTable written, CommitParts parts, Exception conflict) {
        try (IOManager spilled = TaskDirectories.ofThisProcess()) {
            parts.mergeAgain(written, spilled);
            return true;
        } catch (Exception e) {
            conflict.addSuppressed(e);
            return false;
        }
    }

    private void commitOnce(List<CommitMessage> messages) {
        try (BucketIndexes.Scope watched = indexes.watch(messages);
                BatchTableCommit commit = builder.newCommit()) {
            progress.commitBegins();
            commit.commit(messages);
        } catch (RuntimeException e) {
            if (CommitConflictException.isCauseOf(e)) {
                progress.commitIsRefused();
                abort(messages);
            }
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Could not end the commit to table " + table, e);
        }
    }

    /** Deletes the files of tasks that ended well, unless a commit has begun. */
    public void abort(WriterCommitMessage[] tasks) {
        abort(messages(tasks));
    }

    /** Deletes files that tasks have written, unless a commit has begun. */
    public void abort(List<CommitMessage> messages) {
        if (progress.hasCommitBegun()) {
            LOG.warn(
                    "The commit to table {} failed, and may have been applied: its files are kept. If it was not,"
                            + " remove_orphan_files deletes them.",
                    table);
            return;
        }
        if (!messages.isEmpty()) {
            delete(messages);
        }
    }

    private void delete(List<CommitMessage> messages) {
        try {
            OwnFiles.delete(written, messages);
        } catch (Exception e) {
            LOG.warn("Could not delete the files of a failed write to table {}; remove_orphan_files does", table, e);
        }
    }

    /** The files of all tasks; Spark has no message of a task that did not end. */
    public static List<CommitMessage> messages(WriterCommitMessage[] tasks) {
        List<CommitMessage> messages = new ArrayList<>();
        for (WriterCommitMessage task : tasks) {
            if (task instanceof Written written) {
                messages.addAll(written.messages());
            }
        }
        return messages;
    }
}
