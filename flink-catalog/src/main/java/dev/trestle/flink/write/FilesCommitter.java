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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.FileStatus;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.TwoPhaseOutputStream;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.format.FormatTableScan;
import org.apache.paimon.table.format.TwoPhaseCommitMessage;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;

/**
 * Lets the files of all tasks be seen, once, after the last task has ended. Where it is run again, since the machine was lost
 * on which it ran, it goes on where it was. Where it fails, no file of the job is there.
 */
final class FilesCommitter implements Committer<WrittenFiles> {

    private final FormatTable table;
    private final Optional<Map<String, String>> overwritten;

    /**
     * @param overwritten nothing if files come beside those that are there; the partition to replace, with its values as in the
     *     path; without values the table, or the partitions of the rows
     */
    FilesCommitter(FormatTable table, Optional<Map<String, String>> overwritten) {
        this.table = requireNonNull(table, "table is null");
        this.overwritten = requireNonNull(overwritten, "overwritten is null");
    }

    @Override
    public void commit(Collection<CommitRequest<WrittenFiles>> requests) throws IOException {
        List<CommitMessage> files = new ArrayList<>();
        requests.forEach(request -> files.addAll(request.getCommittable().files()));
        publish(files);
    }

    /** Publishes those that are not yet there. What is overwritten was deleted before the first came to be there. */
    void publish(List<CommitMessage> files) throws IOException {
        List<CommitMessage> hidden = new ArrayList<>();
        for (CommitMessage file : files) {
            if (!table.fileIO().exists(written(file).targetPath())) {
                hidden.add(file);
            }
        }
        boolean begun = hidden.size() < files.size();
        try (BatchTableCommit commit = newCommit(begun)) {
            if (hidden.isEmpty() && !begun) {
                overwriteByNothing(commit);
            } else if (!hidden.isEmpty()) {
                commitOrAbort(commit, hidden, files);
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private BatchTableCommit newCommit(boolean begun) {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        if (!begun) {
            overwritten.ifPresent(builder::withOverwrite);
        }
        return builder.newCommit();
    }

    private static void commitOrAbort(BatchTableCommit commit, List<CommitMessage> hidden, List<CommitMessage> all) {
        try {
            commit.commit(hidden);
        } catch (RuntimeException e) {
            try {
                commit.abort(all);
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private void overwriteByNothing(BatchTableCommit commit) throws IOException {
        if (overwritten.isPresent() && !overwritten.get().isEmpty()) {
            commit.commit(List.of());
        } else if (overwritten.isPresent() && table.partitionKeys().isEmpty()) {
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

    private static TwoPhaseOutputStream.Committer written(CommitMessage file) {
        return ((TwoPhaseCommitMessage) file).getCommitter();
    }

    @Override
    public void close() {
        // Nothing is open between commits.
    }
}
