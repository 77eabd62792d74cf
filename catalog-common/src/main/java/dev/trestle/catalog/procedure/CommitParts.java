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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.table.BucketIndexes;
import dev.trestle.catalog.table.CommitOutcome;
import dev.trestle.catalog.table.OwnFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableCommitImpl;

/**
 * What a statement has written, in the two parts that are committed one after the other: rows, and files that their writers
 * have merged beside them. Once the rows are committed the statement has succeeded, whatever becomes of the merged files.
 */
public record CommitParts(List<CommitMessage> rows, List<CommitMessage> merged) {

    /** Each time, another commit has come to be. */
    private static final int MOST_REPEATS = 10;

    public CommitParts {
        rows = List.copyOf(rows);
        merged = List.copyOf(merged);
    }

    /** Of all that a statement's writers tell. */
    public static CommitParts of(List<CommitMessage> messages) {
        List<CommitMessage> rows = new ArrayList<>();
        List<CommitMessage> merged = new ArrayList<>();
        for (CommitMessage each : messages) {
            CommitMessageImpl message = (CommitMessageImpl) each;
            if (message.compactIncrement().isEmpty()) {
                rows.add(message);
                continue;
            }
            merged.add(part(message, DataIncrement.emptyIncrement(), message.compactIncrement()));
            if (!message.newFilesIncrement().isEmpty()) {
                rows.add(part(message, message.newFilesIncrement(), CompactIncrement.emptyIncrement()));
            }
        }
        return new CommitParts(rows, merged);
    }

    private static CommitMessage part(CommitMessageImpl message, DataIncrement rows, CompactIncrement merged) {
        return new CommitMessageImpl(message.partition(), message.bucket(), message.totalBuckets(), rows, merged);
    }

    /**
     * Takes back merged files whose commit was refused, for another one has merged files of their buckets. Where rows are not
     * read until they are merged, as with deletion vectors, the buckets are merged again as they are now.
     *
     * @param table as it is written
     * @param spilled for what does not fit into memory; the caller closes it
     * @throws Exception if the files are still not merged; the rows are safe, and the next merge of their buckets has them
     */
    public void mergeAgain(FileStoreTable table, IOManager spilled) throws Exception {
        requireNonNull(spilled, "spilled is null");
        OwnFiles.delete(table, merged);
        if (table.primaryKeys().isEmpty() || !table.coreOptions().batchScanSkipLevel0()) {
            return;
        }
        FileStoreTable merging =
                table.copyWithoutTimeTravel(Map.of(CoreOptions.WRITE_ONLY.key(), Boolean.FALSE.toString()));
        for (int repeats = 1; !isMerged(merging, spilled, repeats == MOST_REPEATS); repeats++) {}
    }

    private boolean isMerged(FileStoreTable table, IOManager spilled, boolean isLast) throws Exception {
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        List<CommitMessage> again = new ArrayList<>();
        for (CommitMessage bucket : merged) {
            again.addAll(new CompactionPiece.OfBucket(bucket.partition(), bucket.bucket(), false).run(table, spilled));
        }
        String user = UUID.randomUUID().toString();
        try (BucketIndexes.Scope watched = indexes.watch(again);
                TableCommitImpl commit = table.newCommit(user).ignoreEmptyCommit(true)) {
            commit.commit(again);
            return true;
        } catch (Exception e) {
            CommitOutcome outcome = CommitOutcome.of(table, user, again, e);
            if (outcome == CommitOutcome.MADE) {
                return true;
            }
            if (outcome != CommitOutcome.REFUSED) {
                throw e;
            }
            OwnFiles.delete(table, again);
            if (isLast) {
                throw e;
            }
            return false;
        }
    }
}
