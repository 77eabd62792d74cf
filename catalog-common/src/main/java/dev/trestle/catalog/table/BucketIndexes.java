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

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.io.FileNotFoundException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.paimon.Snapshot;
import org.apache.paimon.Snapshot.CommitKind;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.index.HashIndexFile;
import org.apache.paimon.index.IndexFileHandler;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.source.ScanMode;

/**
 * What a table with a primary key keeps of a bucket beside its rows, as a statement's writers find it: which keys are in it, of
 * a table with dynamic buckets, and which rows of its files are deleted, of one with deletion vectors. A writer stores such an
 * index anew, and Paimon lets it take the place of the one that is there, whichever that is: of two writers at a time the
 * later one would undo what the earlier one has stored, and a key could be there twice. So commits are looked at here, and
 * refused after another one that has changed what they are made from.
 *
 * <pre>{@code
 * BucketIndexes indexes = BucketIndexes.asOfNow(table);
 * // ... writers begin, and end with messages
 * try (var watched = indexes.watch(messages)) {
 *     commit.commit(messages);
 * }
 * }</pre>
 *
 * Used by one thread at a time. Tables without such indexes cost nothing. Nothing is looked at where the service has no snapshots
 * of a table, as of external ones, whose commits are files.
 */
public final class BucketIndexes {

    /** Of the commit that a thread makes, which proposes its snapshots itself. */
    private static final ThreadLocal<Watch> CURRENT = new ThreadLocal<>();

    private final FileStoreTable table;
    private final boolean findKeys;
    private final boolean deleteRows;

    /** The writers have begun with this one, or with a later one. */
    private Optional<Snapshot> begin;

    /** Ends what it began. Closing never fails. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    private BucketIndexes(FileStoreTable table) {
        this.table = requireNonNull(table, "table is null");
        boolean keyed = !table.primaryKeys().isEmpty();
        this.findKeys = keyed && table.bucketMode() == BucketMode.HASH_DYNAMIC;
        this.deleteRows = keyed
                && table.coreOptions().deletionVectorsEnabled()
                && !table.coreOptions().writeOnly();
        this.begin = findKeys || deleteRows ? table.latestSnapshot() : Optional.empty();
    }

    /** To be called before the writers of a statement begin: asks for the latest snapshot where the table has indexes. */
    public static BucketIndexes asOfNow(FileStoreTable table) {
        return new BucketIndexes(table);
    }

    /**
     * Lets commits of this thread that go through the catalog be looked at until the scope is closed. One that is too late
     * fails with a {@link CommitConflictException}.
     *
     * @param messages what is committed
     */
    public Scope watch(List<CommitMessage> messages) {
        Watch watch = new Watch(messages);
        CURRENT.set(watch);
        return CURRENT::remove;
    }

    /**
     * Looks at a snapshot that this thread is about to propose.
     *
     * @throws CommitConflictException if it would undo what another commit has done
     */
    public static void check(Snapshot proposed) {
        Watch watch = CURRENT.get();
        if (watch != null) {
            watch.check(proposed);
        }
    }

    private final class Watch {

        private final List<CommitMessage> messages;
        private Optional<CommitKind> first = Optional.empty();

        /** Up to here nothing is in the way of merged files. A proposal that has passed may be under way, and must pass again. */
        private long passed;

        /** The same of keys, for one snapshot. */
        private long keysOf;

        Watch(List<CommitMessage> messages) {
            this.messages = List.copyOf(messages);
        }

        void check(Snapshot proposed) {
            CommitKind kind = proposed.commitKind();
            first = first.or(() -> Optional.of(kind));
            if (kind == CommitKind.OVERWRITE && first.get() == kind) {
                // Nothing of what was there stays; what is merged beside it, later, is made from these rows.
                begin = Optional.of(proposed);
            } else if (kind == CommitKind.APPEND && findKeys) {
                checkKeys(proposed);
            } else if (kind == CommitKind.COMPACT && deleteRows) {
                checkDeletions(proposed);
                passed = Math.max(passed, proposed.id() - 1);
            }
        }

        /** Who adds a key to any bucket of a partition must know all keys of the partition. */
        private void checkKeys(Snapshot proposed) {
            long previous = proposed.id() - 1;
            if (isBegin(previous) || previous == keysOf) {
                return;
            }
            Set<BinaryRow> partitions = written().keySet();
            Snapshot now = load(previous).orElseThrow(() -> expired(previous));
            if (!keys(begin, partitions).equals(keys(Optional.of(now), partitions))) {
                throw conflict("the keys of a partition with dynamic buckets that this one writes");
            }
            keysOf = previous;
        }

        private Set<String> keys(Optional<Snapshot> snapshot, Set<BinaryRow> partitions) {
            if (snapshot.isEmpty() || snapshot.get().indexManifest() == null) {
                return Set.of();
            }
            IndexFileHandler indexes = table.store().newIndexFileHandler();
            if (!indexes.existsManifest(snapshot.get().indexManifest())) {
                throw expired(snapshot.get().id());
            }
            return indexes.scanEntries(snapshot.get(), HashIndexFile.HASH_INDEX, partitions).stream()
                    .map(entry -> entry.indexFile().fileName())
                    .collect(toSet());
        }

        /** Rows are marked as deleted by whoever merges files of the bucket, or replaces them. */
        private void checkDeletions(Snapshot proposed) {
            if (isBegin(proposed.id() - 1)) {
                return;
            }
            Map<BinaryRow, Set<Integer>> buckets = merged();
            for (long id = Math.max(passed, begin.map(Snapshot::id).orElse(0L)) + 1; id < proposed.id(); id++) {
                long between = id;
                Snapshot snapshot = load(between).orElseThrow(() -> expired(between));
                if (changesFiles(snapshot) && hasAny(snapshot, buckets)) {
                    throw conflict(
                            "a bucket with deletion vectors of which this one stores them too, in snapshot " + id);
                }
            }
        }

        private boolean changesFiles(Snapshot snapshot) {
            return snapshot.commitKind() == CommitKind.COMPACT || snapshot.commitKind() == CommitKind.OVERWRITE;
        }

        private boolean hasAny(Snapshot snapshot, Map<BinaryRow, Set<Integer>> buckets) {
            Iterator<ManifestEntry> changes = table.store()
                    .newScan()
                    .withSnapshot(snapshot)
                    .withKind(ScanMode.DELTA)
                    .withPartitionFilter(List.copyOf(buckets.keySet()))
                    .dropStats()
                    .readFileIterator();
            while (changes.hasNext()) {
                ManifestEntry change = changes.next();
                if (buckets.getOrDefault(change.partition(), Set.of()).contains(change.bucket())) {
                    return true;
                }
            }
            return false;
        }

        private Map<BinaryRow, Set<Integer>> written() {
            return buckets(message -> !message.newFilesIncrement().isEmpty());
        }

        private Map<BinaryRow, Set<Integer>> merged() {
            return buckets(message -> !message.compactIncrement().isEmpty());
        }

        private Map<BinaryRow, Set<Integer>> buckets(Predicate<CommitMessageImpl> wanted) {
            Map<BinaryRow, Set<Integer>> buckets = new HashMap<>();
            for (CommitMessage message : messages) {
                if (wanted.test((CommitMessageImpl) message)) {
                    buckets.computeIfAbsent(message.partition(), unused -> new HashSet<>())
                            .add(message.bucket());
                }
            }
            return buckets;
        }

        /** @throws CommitConflictException if the table was rolled back meanwhile */
        private boolean isBegin(long snapshotId) {
            long first = begin.map(Snapshot::id).orElse(0L);
            if (snapshotId < first) {
                throw conflict("the table, which was rolled back to snapshot " + snapshotId);
            }
            return snapshotId == first;
        }

        private Optional<Snapshot> load(long id) {
            try {
                return Optional.of(table.snapshotManager().tryGetSnapshot(id));
            } catch (FileNotFoundException e) {
                return Optional.empty();
            }
        }
    }

    private CommitConflictException expired(long snapshotId) {
        return new CommitConflictException(
                "Give up committing to table " + table.fullName() + ": snapshot " + snapshotId
                        + ", of the time since this statement began, has expired, so that nobody knows what was changed beside it."
                        + " Run it again");
    }

    private CommitConflictException conflict(String what) {
        return new CommitConflictException("Give up committing to table " + table.fullName()
                + ": another statement has changed " + what + ". Run it again");
    }
}
