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
package dev.trestle.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import org.apache.paimon.catalog.Identifier;

/**
 * What is known between the proposals of one commit. Paimon's commit loop proposes a snapshot again after any exception, and
 * before that loads the latest one, outside of its own error handling: there a commit that was refused for good is ended,
 * and all its proposals and reads share one deadline. Kept by thread, since a commit is made by one.
 */
final class CommitProgress {

    /** Longer than Paimon waits between two proposals: after so long without a word of it, a commit is over. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(15);

    private final LongSupplier nanoTime;
    private final boolean kept;
    private final Map<Thread, Commit> commits = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param nanoTime a monotonic clock */
    CommitProgress(LongSupplier nanoTime) {
        this(nanoTime, true);
    }

    private CommitProgress(LongSupplier nanoTime, boolean kept) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
        this.kept = kept;
    }

    /** Keeps nothing: for a caller that proposes snapshots on its own, outside of Paimon's commit loop. */
    static CommitProgress none() {
        return new CommitProgress(() -> 0, false);
    }

    /**
     * A commit that has no answer yet.
     *
     * @param startNanos when its first proposal left
     * @param lastWordNanos when its last proposal ended
     */
    private record Commit(
            Identifier table,
            long startNanos,
            long lastWordNanos,
            long snapshotId,
            Optional<RuntimeException> refusal) {}

    /**
     * A proposal of this thread got no answer, or a failure after which it may or may not be applied.
     *
     * @param startNanos when it left
     * @param snapshotId the proposed one
     */
    void failed(Identifier table, long startNanos, long snapshotId) {
        put(new Commit(
                table,
                find(table).map(Commit::startNanos).orElse(startNanos),
                nanoTime.getAsLong(),
                snapshotId,
                Optional.empty()));
    }

    /** The proposal of this thread was refused for good, by the service or before it was sent. */
    void refused(Identifier table, RuntimeException error) {
        requireNonNull(error, "error is null");
        long now = nanoTime.getAsLong();
        put(new Commit(table, now, now, 0, Optional.of(error)));
    }

    /** The commit of this thread has ended: the service answered its proposal, or its outcome could not be read. */
    void ended() {
        commits.remove(Thread.currentThread());
    }

    /**
     * This thread has read the latest snapshot, after which Paimon knows what became of its proposal: nothing yet, or by that
     * snapshot or an earlier one that it was applied or came too late.
     */
    void read(Identifier table, OptionalLong latestSnapshotId) {
        find(table)
                .filter(commit -> latestSnapshotId.isPresent() && latestSnapshotId.getAsLong() >= commit.snapshotId())
                .ifPresent(commit -> ended());
    }

    /**
     * What is left to this thread's commit of the time that it may take; empty where it has none under way.
     *
     * @throws RuntimeException why the commit was refused for good, once
     */
    Optional<Duration> timeLeft(Identifier table, Duration deadline) {
        Optional<Commit> commit = find(table);
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        if (now - commit.get().lastWordNanos() > FORGOTTEN_AFTER.toNanos()) {
            ended();
            return Optional.empty();
        }
        if (commit.get().refusal().isPresent()) {
            ended();
            throw commit.get().refusal().get();
        }
        Duration left = deadline.minusNanos(now - commit.get().startNanos());
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    private Optional<Commit> find(Identifier table) {
        return Optional.ofNullable(commits.get(Thread.currentThread()))
                .filter(commit -> commit.table().equals(table));
    }

    private void put(Commit commit) {
        if (kept) {
            commits.put(Thread.currentThread(), commit);
        }
    }
}
