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
package dev.trestle.spark.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.procedure.Snapshots;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.OutOfRangeException;

/**
 * The snapshots of a table as a stream goes through them: what it has read is to stay there, and what it is to read next is
 * not to go before. A stream that went on otherwise would leave out rows, or read some twice, and say nothing.
 */
final class StreamHistory {

    /** Not asked more often of a table in which nothing is new: Spark looks again each few milliseconds. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(5).toNanos();

    private final String name;
    private final FileStoreTable table;
    private final LongSupplier nanos;

    private Optional<StreamPosition> asked = Optional.empty();
    private long askedAt;

    /**
     * The history of one table.
     *
     * @param name the table's, for messages
     * @param nanos a clock that only measures time
     */
    StreamHistory(String name, FileStoreTable table, LongSupplier nanos) {
        this.name = requireNonNull(name, "name is null");
        this.table = requireNonNull(table, "table is null");
        this.nanos = requireNonNull(nanos, "nanos is null");
    }

    /** A snapshot, or what is kept of it for streams when it has expired. */
    Optional<Snapshot> find(long id) {
        return find(table, id);
    }

    /** A snapshot of a table, or what is kept of it for streams when it has expired. */
    static Optional<Snapshot> find(FileStoreTable table, long id) {
        Optional<Snapshot> found = Snapshots.find(table, id);
        if (found.isPresent() || !table.coreOptions().changelogLifecycleDecoupled()) {
            return found;
        }
        try {
            return Optional.of(table.changelogManager().tryGetChangelog(id));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Checks that a state is there to be read.
     *
     * @throws OutOfRangeException if it has expired
     * @throws IllegalStateException if it was taken back, or another snapshot has its number
     */
    void requireState(StreamPosition state) {
        long id = state.snapshot();
        Snapshot snapshot =
                Snapshots.find(table, id).orElseThrow(() -> isAfterTheEnd(id) ? rolledBack(id) : expired(id));
        if (!state.isMarkedBy(snapshot)) {
            throw rolledBack(id);
        }
    }

    /**
     * Checks that the snapshot before a position is the one that was read, if it is still there.
     *
     * @throws IllegalStateException if another one has its number
     */
    void requireSame(StreamPosition begin) {
        long before = begin.snapshot() - 1;
        if (find(before).filter(snapshot -> !begin.isMarkedBy(snapshot)).isPresent()) {
            throw rolledBack(before);
        }
    }

    /** Whether the snapshot before a position is not the table's any more; one that has expired still is. */
    boolean isTakenBack(StreamPosition begin) {
        long before = begin.snapshot() - 1;
        Optional<Snapshot> there = find(before);
        return there.isPresent() ? !begin.isMarkedBy(there.get()) : isAfterTheEnd(before);
    }

    /** By the files, as streams are planned: what the service said of the latest may be a second old. */
    private boolean isAfterTheEnd(long id) {
        Long latest = table.snapshotManager().latestSnapshotIdFromFileSystem();
        return id >= Snapshot.FIRST_SNAPSHOT_ID && (latest == null || latest < id);
    }

    /**
     * Checks that a position is where the table ends, where nothing was found there. Now and then only, while a stream stays
     * there.
     *
     * @throws OutOfRangeException if there was something, and has expired
     * @throws IllegalStateException if what was read last is not the table's any more
     */
    void requireNothingMissed(StreamPosition begin) {
        long now = nanos.getAsLong();
        if (asked.filter(begin::equals).isPresent() && now - askedAt < PAUSE_NANOS) {
            return;
        }
        asked = Optional.of(begin);
        askedAt = now;
        if (isTakenBack(begin)) {
            throw rolledBack(begin.snapshot() - 1);
        }
        // One that was committed just now is no missed one.
        Long earliest = table.snapshotManager().earliestSnapshotId();
        if (earliest != null
                && earliest > begin.snapshot()
                && find(begin.snapshot()).isEmpty()) {
            throw expired(begin.snapshot());
        }
    }

    /** That a stream has read, up to a snapshot, what is not the table's any more. */
    IllegalStateException rolledBack(long id) {
        String there = find(id).isPresent()
                ? "Snapshot " + id + " of table " + name + " is another one now"
                : Snapshots.missing(name, table, id);
        return new IllegalStateException(
                there + ", and a stream has read it: the table was rolled back, dropped or made anew."
                        + " What was taken back is where the stream has written it. Set that right, and start"
                        + " the query with another checkpoint location, from the state of the table or from a snapshot that is"
                        + " there ('" + CoreOptions.SCAN_SNAPSHOT_ID.key() + "').");
    }

    private OutOfRangeException expired(long id) {
        return new OutOfRangeException(Snapshots.missing(name, table, id) + ". A stream was to go on there, but the"
                + " snapshot has expired, and what it added cannot be read any more. Start the query with another"
                + " checkpoint location, from the state of the table or from a snapshot that is there ('"
                + CoreOptions.SCAN_SNAPSHOT_ID.key() + "'). So that snapshots stay until they are read, give the stream"
                + " a '" + CoreOptions.CONSUMER_ID.key() + "', or keep them for longer: '"
                + CoreOptions.SNAPSHOT_TIME_RETAINED.key() + "', '" + CoreOptions.SNAPSHOT_NUM_RETAINED_MIN.key()
                + "', and for their changes alone '" + CoreOptions.CHANGELOG_TIME_RETAINED.key()
                + "' are properties of the table.");
    }
}
