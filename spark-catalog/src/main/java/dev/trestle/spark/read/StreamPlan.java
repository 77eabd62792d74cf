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

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.StartupMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.StreamTableScan;

/**
 * What there is to read from a position on: the same each time that it is asked for. Plans are kept until the position is
 * passed, since a batch is planned once to find its end and again to be read.
 *
 * <p>Where the table has a changelog, its rows are those of the stream, as to all readers of Paimon; else they are those of the
 * files that were added. Safe for use by many threads.
 */
final class StreamPlan {

    /** What says where to begin: that is ours to say. */
    private static final List<String> CHOSEN_HERE = List.of(
            CoreOptions.SCAN_MODE.key(),
            CoreOptions.SCAN_SNAPSHOT_ID.key(),
            CoreOptions.SCAN_TIMESTAMP.key(),
            CoreOptions.SCAN_TIMESTAMP_MILLIS.key(),
            CoreOptions.SCAN_TAG_NAME.key(),
            CoreOptions.SCAN_VERSION.key(),
            CoreOptions.CONSUMER_ID.key());

    /** What says how files are packed into splits, which positions in the middle of a snapshot count. */
    private static final List<String> SPLIT_OPTIONS =
            List.of(CoreOptions.SOURCE_SPLIT_TARGET_SIZE.key(), CoreOptions.SOURCE_SPLIT_OPEN_FILE_COST.key());

    private final FileStoreTable table;
    private final StreamHistory history;
    private final Function<FileStoreTable, ReadBuilder> reads;
    private final NavigableMap<StreamPosition, Step> planned = new TreeMap<>();

    /**
     * The splits of one snapshot, or that there are none in some.
     *
     * @param next the position after all of them
     */
    record Step(List<Split> splits, StreamPosition next) {}

    /**
     * A plan of one table.
     *
     * @param history the table's
     * @param reads makes the read of a form of the table, with the columns and predicates of the query
     */
    StreamPlan(FileStoreTable table, StreamHistory history, Function<FileStoreTable, ReadBuilder> reads) {
        this.table = requireNonNull(table, "table is null");
        this.history = requireNonNull(history, "history is null");
        this.reads = requireNonNull(reads, "reads is null");
    }

    /**
     * The splits of the snapshot that a position is at; empty if there is no such snapshot yet.
     *
     * @throws org.apache.paimon.table.source.OutOfRangeException if it has expired
     * @throws IllegalStateException if what was read before the position is not in the table any more
     */
    synchronized Optional<Step> step(StreamPosition position) {
        StreamPosition begin = position.begin();
        Step known = planned.get(begin);
        if (known == null) {
            Optional<Step> found = begin.isFull() ? Optional.of(state(begin)) : changes(begin);
            if (found.isEmpty()) {
                return found;
            }
            known = found.get();
            planned.put(begin, known);
        }
        requireSame(position, known);
        return Optional.of(known);
    }

    /**
     * Checks that the splits before a position are those that were there when it was found.
     *
     * @param step what the position is in
     * @throws IllegalStateException if they are not
     */
    void requireSame(StreamPosition position, Step step) {
        int split = position.split();
        if (split > step.splits().size() || !position.hasMarkOf(position.at(split, step.splits()))) {
            throw history.rolledBack(step.next().snapshot() - 1);
        }
    }

    /**
     * Checks that what ends a batch is what ended it when it was planned first.
     *
     * @throws IllegalStateException if it is not
     */
    void requireSame(StreamPosition end, StreamPosition found) {
        if (!end.hasMarkOf(found)) {
            throw history.rolledBack(end.snapshot() - 1);
        }
    }

    /**
     * Checks what {@link #step} checks, of a position that is not to be read from now.
     *
     * @throws org.apache.paimon.table.source.OutOfRangeException if what comes after it has expired
     * @throws IllegalStateException if what was read before it, or in part, is not in the table any more
     */
    void requireNothingMissed(StreamPosition position) {
        if (position.isFull()) {
            history.requireState(position.begin());
        } else if (position.split() == 0) {
            history.requireNothingMissed(position);
        } else if (step(position).isEmpty()) {
            throw history.rolledBack(position.snapshot());
        }
    }

    /** The position after a snapshot, up to which there is nothing to read. */
    StreamPosition after(long snapshot) {
        return history.find(snapshot).map(StreamPosition::after).orElseGet(() -> StreamPosition.changes(snapshot + 1));
    }

    /** Forgets what is before a position. */
    synchronized void forget(StreamPosition position) {
        planned.headMap(position.begin(), false).clear();
    }

    /** Forgets all, if the table was rolled back to before the last snapshot that is known here. */
    synchronized void forgetWhatWasTakenBack() {
        if (!planned.isEmpty()
                && history.isTakenBack(planned.lastEntry().getValue().next())) {
            planned.clear();
        }
    }

    /** Without the rows that the table's changelog will have later. */
    private Step state(StreamPosition begin) {
        history.requireState(begin);
        StreamTableScan scan = scan(Map.of(
                CoreOptions.SCAN_MODE.key(), StartupMode.FROM_SNAPSHOT_FULL.toString(),
                CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(begin.snapshot())));
        List<Split> splits = inOrder(scan.plan().splits());
        history.requireState(begin);
        return new Step(splits, after(begin.snapshot()));
    }

    private Optional<Step> changes(StreamPosition begin) {
        // A scan may ask the service what the user may see: not while there is nothing new.
        if (history.find(begin.snapshot()).isEmpty()) {
            history.requireNothingMissed(begin);
            return Optional.empty();
        }
        StreamTableScan scan = scan(Map.of(CoreOptions.SCAN_MODE.key(), StartupMode.LATEST.toString()));
        scan.restore(begin.snapshot());
        List<Split> splits = inOrder(scan.plan().splits());
        long next = requireNonNull(scan.checkpoint(), "the scan has no position");
        if (next == begin.snapshot()) {
            history.requireNothingMissed(begin);
            return Optional.empty();
        }
        history.requireSame(begin);
        return Optional.of(new Step(splits, after(next - 1)));
    }

    private StreamTableScan scan(Map<String, String> start) {
        Map<String, String> options = new HashMap<>();
        CHOSEN_HERE.forEach(key -> options.put(key, null));
        SPLIT_OPTIONS.forEach(key -> options.put(key, null));
        options.putAll(start);
        return reads.apply(table.copyWithoutTimeTravel(options)).newStreamScan();
    }

    private static List<Split> inOrder(List<Split> splits) {
        return splits.stream()
                .sorted(Comparator.comparing(split -> new SplitFiles(split).order()))
                .toList();
    }
}
