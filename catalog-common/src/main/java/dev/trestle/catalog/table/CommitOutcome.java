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
package dev.trestle.catalog.table;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.Snapshot.CommitKind;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** What the catalog has of a commit that failed. */
public enum CommitOutcome {
    /** Its snapshot, or all of them: what failed came after it. */
    MADE,
    /** The snapshot of its rows; the one of the files that were merged beside them was refused. */
    ROWS,
    /** None, and none will come: the commit failed by a conflict. Its files may be deleted. */
    REFUSED,
    /** None, which proves nothing. */
    NOT_SEEN,
    /** It could not be asked, or does not know any more. */
    NOT_KNOWN;

    private static final Duration LONGEST_COMMIT = Duration.ofHours(1);

    /**
     * Asks the catalog.
     *
     * @param commitUser who made this commit, and no other
     * @param messages what it was to commit
     * @param failure of the commit; gets the failure of asking as a suppressed one
     */
    public static CommitOutcome of(
            FileStoreTable table, String commitUser, List<CommitMessage> messages, Exception failure) {
        boolean conflict = CommitConflictException.isCauseOf(failure);
        try {
            Optional<Snapshot> last = last(table, commitUser);
            if (last.isEmpty()) {
                return conflict ? refused(table, messages) : NOT_SEEN;
            }
            return conflict && isMerging(messages) && !isMerged(table, last.get()) ? ROWS : MADE;
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return NOT_KNOWN;
        }
    }

    /** Of two snapshots, one may have come to be and have expired since. */
    private static CommitOutcome refused(FileStoreTable table, List<CommitMessage> messages) {
        boolean isOfTwo = isMerging(messages)
                && messages.stream().anyMatch(message -> !((CommitMessageImpl) message)
                        .newFilesIncrement()
                        .isEmpty());
        return isOfTwo && !isEverySnapshotThere(table) ? NOT_KNOWN : REFUSED;
    }

    private static boolean isMerging(List<CommitMessage> messages) {
        return messages.stream()
                .anyMatch(message ->
                        !((CommitMessageImpl) message).compactIncrement().isEmpty());
    }

    /** Whether none has expired that a commit has made which ends now. Clocks of machines differ by less than an hour. */
    private static boolean isEverySnapshotThere(FileStoreTable table) {
        Snapshot earliest = table.snapshotManager().earliestSnapshot();
        return earliest == null
                || earliest.id() == Snapshot.FIRST_SNAPSHOT_ID
                || earliest.timeMillis() < System.currentTimeMillis() - LONGEST_COMMIT.toMillis();
    }

    /** Whether the merged files are there. What drops expired partitions in the end is a snapshot of the same commit. */
    private static boolean isMerged(FileStoreTable table, Snapshot last) {
        if (last.commitKind() == CommitKind.COMPACT) {
            return true;
        }
        if (table.coreOptions().partitionExpireTime() == null) {
            return false;
        }
        return table.snapshotManager()
                .latestSnapshotOfUser(last.commitUser(), last.id() - 1, null)
                .map(earlier -> isMerged(table, earlier))
                .orElseGet(() -> !isEverySnapshotThere(table));
    }

    private static Optional<Snapshot> last(FileStoreTable table, String commitUser) {
        try {
            return table.snapshotManager().latestSnapshotOfUser(commitUser);
        } catch (CommitConflictException e) {
            // Of the commit that has ended, told where Paimon did not ask again. It is told once.
            return table.snapshotManager().latestSnapshotOfUser(commitUser);
        }
    }
}
