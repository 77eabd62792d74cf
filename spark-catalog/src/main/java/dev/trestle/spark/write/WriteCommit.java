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
import dev.trestle.catalog.table.CommitOutcome;
import dev.trestle.catalog.table.OwnFiles;
import dev.trestle.spark.data.TaskDirectories;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit of a statement, or its end without one. Once a commit has begun nobody knows by an exception alone whether it
 * was applied: the catalog is asked, and files are deleted where Paimon has found a conflict and the catalog has no snapshot of
 * it. What is left behind otherwise, {@code remove_orphan_files} finds. What fails after the commit is logged.
 */
public final class WriteCommit {

    private static final Logger LOG = LoggerFactory.getLogger(WriteCommit.class);

    private final String table;
    private final FileStoreTable written;
    private final Optional<Map<String, String>> replaced;
    private final Progress progress;

    /** None before the writers begin, and where they make no indexes. */
    private volatile Optional<BucketIndexes> indexes = Optional.empty();

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
     * A commit of what the writers of a statement write.
     *
     * @param table its name, for messages
     * @param replaced the partition whose rows are replaced, where any are
     */
    public WriteCommit(
            String table, FileStoreTable written, Optional<Map<String, String>> replaced, Progress progress) {
        this.table = requireNonNull(table, "table is null");
        this.written = requireNonNull(written, "written is null");
        this.replaced = requireNonNull(replaced, "replaced is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** To be called before the writers of a table with a primary key begin. */
    public void writersBegin() {
        indexes = Optional.of(BucketIndexes.asOfNow(written));
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
        // Of rows that replace others, Paimon raises those alone that nobody has merged.
        if (replaced.isPresent() || parts.rows().isEmpty() || parts.merged().isEmpty()) {
            commitOnce(messages);
        } else {
            commitOnce(parts.rows());
            commitMerged(table, written, parts, indexes);
        }
    }

    /** Commits files that were merged beside rows, which are committed. What cannot be done is logged. */
    static void commitMerged(String table, FileStoreTable written, CommitParts parts, Optional<BucketIndexes> indexes) {
        String user = newUser();
        try (BucketIndexes.Scope watched = watch(indexes, parts.merged());
                TableCommitImpl commit = written.newCommit(user).ignoreEmptyCommit(true)) {
            commit.commit(parts.merged());
        } catch (Exception e) {
            switch (CommitOutcome.of(written, user, parts.merged(), e)) {
                case MADE -> warnOfWhatFollows(table, e);
                case REFUSED -> mergeAgain(table, written, parts, e);
                default -> warnOfMerge(table, e);
            }
        }
    }

    private static void warnOfWhatFollows(String table, Exception failure) {
        LOG.warn("The commit to table {} is made; what follows it failed", table, failure);
    }

    private static void mergeAgain(String table, FileStoreTable written, CommitParts parts, Exception conflict) {
        try (IOManager spilled = TaskDirectories.ofThisProcess()) {
            parts.mergeAgain(written, spilled);
        } catch (Exception e) {
            conflict.addSuppressed(e);
            warnOfMerge(table, conflict);
        }
    }

    private static void warnOfMerge(String table, Exception failure) {
        LOG.warn(
                "The rows are committed to table {}, but not the files that were merged beside them: they are merged at"
                        + " another time",
                table,
                failure);
    }

    private static BucketIndexes.Scope watch(Optional<BucketIndexes> indexes, List<CommitMessage> messages) {
        return indexes.map(found -> found.watch(messages)).orElse(() -> {});
    }

    /** Each commit has one of its own, by which it is found again. */
    private static String newUser() {
        return UUID.randomUUID().toString();
    }

    private void commitOnce(List<CommitMessage> messages) {
        String user = newUser();
        try (BucketIndexes.Scope watched = watch(indexes, messages);
                TableCommitImpl commit = written.newCommit(user)
                        .withOverwrite(replaced.orElse(null))
                        .ignoreEmptyCommit(ignoresNoRows())) {
            progress.commitBegins();
            commit.commit(messages);
        } catch (RuntimeException e) {
            end(messages, CommitOutcome.of(written, user, messages, e), e);
        } catch (Exception e) {
            throw new IllegalStateException("Could not end the commit to table " + table, e);
        }
    }

    private void end(List<CommitMessage> messages, CommitOutcome outcome, RuntimeException failure) {
        switch (outcome) {
            case MADE -> warnOfWhatFollows(table, failure);
            case ROWS -> mergeAgain(table, written, CommitParts.of(messages), failure);
            case REFUSED -> {
                progress.commitIsRefused();
                abort(messages);
                throw failure;
            }
            default -> throw failure;
        }
    }

    private boolean ignoresNoRows() {
        return Options.fromMap(written.options())
                .getOptional(CoreOptions.SNAPSHOT_IGNORE_EMPTY_COMMIT)
                .orElse(true);
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
