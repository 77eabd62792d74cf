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

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.TableSnapshot;

/**
 * What one opened table and its copies share, also after they were sent to another process of the same job: the latest
 * snapshot as it was known a moment ago, so that planning and starting a read ask for it once; and the commits that are under
 * way. Safe for use by many threads.
 */
final class TableSession implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final long LONGEST_START_MILLIS = 30_000;
    private static final long FOR_GOOD = Long.MAX_VALUE;

    private final long freshForMillis;
    private final Map<Identifier, Known> latest = new ConcurrentHashMap<>();

    /** Whether another process is sent none of {@link #latest}. */
    private volatile boolean staysHere;

    /** Made when it is first needed: it does not travel. */
    private transient CommitProgress commits;

    private transient Lock asking;

    TableSession(Duration freshFor) {
        this.freshForMillis = freshFor.toMillis();
    }

    /** For a catalog that no table was opened from: whoever asks it gets what is there now. */
    static TableSession ofNoTable() {
        TableSession session = new TableSession(Duration.ZERO);
        session.commits = CommitProgress.none();
        return session;
    }

    /** For reads that have to agree: the snapshot that is loaded first stays the latest one until this process commits here. */
    static TableSession ofOneSnapshot() {
        return new TableSession(Duration.ofMillis(FOR_GOOD));
    }

    /** Sends nothing of what is known here: a process that is started again would take it for what is there then. */
    void stayHere() {
        staysHere = true;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        ObjectOutputStream.PutField fields = out.putFields();
        fields.put("freshForMillis", freshForMillis);
        fields.put("latest", staysHere ? new ConcurrentHashMap<>() : latest);
        fields.put("staysHere", staysHere);
        out.writeFields();
    }

    /** A snapshot, or null where the table had none, and when it was loaded. */
    private static final class Known implements Serializable {

        private static final long serialVersionUID = 1L;

        private final TableSnapshot snapshot;
        private final long atMillis;

        /** Commits are counted by process, so the count does not travel. */
        private final transient OptionalLong commitsSeen;

        Known(TableSnapshot snapshot, long atMillis, long commitsSeen) {
            this.snapshot = snapshot;
            this.atMillis = atMillis;
            this.commitsSeen = OptionalLong.of(commitsSeen);
        }

        Optional<TableSnapshot> toSnapshot() {
            return Optional.ofNullable(snapshot);
        }

        boolean isCurrent(long commits) {
            return hasTravelled() || commitsSeen.getAsLong() == commits;
        }

        @SuppressWarnings("OptionalAssignedToNull") // Null after deserialization.
        boolean hasTravelled() {
            return commitsSeen == null;
        }
    }

    /**
     * The latest snapshot as it was loaded a moment ago; empty where that is not known. One that came with a job from the
     * process that planned it is good for the job's start, which may take a while: for that it is answered as if it was loaded
     * when it is first asked for.
     *
     * @param nowMillis epoch milliseconds
     * @param commits how many commits were sent from this process
     */
    Optional<Optional<TableSnapshot>> latestKnown(Identifier identifier, long nowMillis, long commits) {
        Known known = latest.get(identifier);
        if (freshForMillis == FOR_GOOD) {
            return Optional.ofNullable(known).map(Known::toSnapshot);
        }
        if (known == null || !known.isCurrent(commits)) {
            return Optional.empty();
        }
        boolean start = known.hasTravelled() && freshForMillis > 0;
        long limit = start ? Math.max(freshForMillis, LONGEST_START_MILLIS) : freshForMillis;
        long age = nowMillis - known.atMillis;
        if (age < 0 || age >= limit) {
            latest.remove(identifier, known);
            return Optional.empty();
        }
        if (start) {
            latest.replace(identifier, known, new Known(known.snapshot, nowMillis, commits));
        }
        return Optional.of(known.toSnapshot());
    }

    /**
     * @param askedAtMillis when the service was asked, in epoch milliseconds
     * @param commits how many commits had been sent from this process then
     * @return what is known from now on: another snapshot where another thread was first, and the first one counts
     */
    Optional<TableSnapshot> remember(
            Identifier identifier, Optional<TableSnapshot> snapshot, long askedAtMillis, long commits) {
        Known known = new Known(snapshot.orElse(null), askedAtMillis, commits);
        if (freshForMillis == FOR_GOOD) {
            Known first = latest.putIfAbsent(identifier, known);
            return (first == null ? known : first).toSnapshot();
        }
        latest.put(identifier, known);
        return snapshot;
    }

    /** After a commit through this table nothing that was known before it is used, wherever it came from. */
    void forgetLatest() {
        latest.clear();
    }

    /** Held by who asks for a latest snapshot, so that whoever waits for it finds the answer known; none where none is kept. */
    synchronized Optional<Lock> asking() {
        if (asking == null && freshForMillis > 0) {
            asking = new ReentrantLock();
        }
        return Optional.ofNullable(asking);
    }

    /** The commits to this table that threads of this process have under way. */
    synchronized CommitProgress commits() {
        if (commits == null) {
            commits = new CommitProgress(System::nanoTime);
        }
        return commits;
    }
}
