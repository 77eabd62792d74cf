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

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.ChangelogProducer;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.SnapshotNotExistPlan;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.table.source.StreamTableScan;
import org.apache.paimon.table.source.TableScan;

/**
 * What there is to read from a position on: the same each time that it is asked for. Plans are kept until the position is
 * passed, since a batch is planned once to find its end and again to be read.
 */
final class StreamPlan {

    /** What says where to begin, and what part of a changelog to read: both are ours to say. */
    private static final List<String> CHOSEN_HERE = List.of(
            CoreOptions.SCAN_MODE.key(),
            CoreOptions.SCAN_SNAPSHOT_ID.key(),
            CoreOptions.SCAN_TIMESTAMP.key(),
            CoreOptions.SCAN_TIMESTAMP_MILLIS.key(),
            CoreOptions.SCAN_TAG_NAME.key(),
            CoreOptions.SCAN_VERSION.key());

    private final FileStoreTable table;
    private final Function<FileStoreTable, ReadBuilder> reads;
    private final NavigableMap<StreamPosition, Step> planned = new TreeMap<>();

    /**
     * The splits of one snapshot.
     *
     * @param next the position after all of them
     */
    record Step(List<Split> splits, StreamPosition next) {}

    /**
     * A plan of one table.
     *
     * @param name the table's, for messages
     * @param reads makes the read of a form of the table, with the columns and predicates of the query
     * @throws UnsupportedOperationException if rows of the table are seen only when it is compacted, and it keeps no
     *     changelog of that: what is seen then is found in no snapshot's new files
     */
    StreamPlan(String name, FileStoreTable table, Function<FileStoreTable, ReadBuilder> reads) {
        ChangelogProducer producer = table.coreOptions().changelogProducer();
        if (seesCompactedRowsOnly(table)
                && producer != ChangelogProducer.LOOKUP
                && producer != ChangelogProducer.FULL_COMPACTION) {
            throw new UnsupportedOperationException(
                    "Table " + name + " cannot be read as a stream: with deletion vectors"
                            + " or the merge engine first-row its rows are seen once they are compacted. Set '"
                            + CoreOptions.CHANGELOG_PRODUCER.key() + "'='lookup'.");
        }
        this.table = table;
        this.reads = reads;
    }

    private static boolean seesCompactedRowsOnly(FileStoreTable table) {
        return !table.primaryKeys().isEmpty() && table.coreOptions().batchScanSkipLevel0();
    }

    /** The splits of the snapshot that a position is at; empty if there is no such snapshot yet. */
    synchronized Optional<Step> step(StreamPosition position) {
        StreamPosition begin = position.begin();
        Step known = planned.get(begin);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Step> found = begin.isFull() ? Optional.of(state(begin)) : changes(begin);
        found.ifPresent(step -> planned.put(begin, step));
        return found;
    }

    /** Forgets what is before a position. */
    synchronized void forget(StreamPosition position) {
        planned.headMap(position.begin(), false).clear();
    }

    private Step state(StreamPosition begin) {
        Map<String, String> options = new HashMap<>();
        CHOSEN_HERE.forEach(key -> options.put(key, null));
        options.put(CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(begin.snapshot()));
        List<Split> splits = reads.apply(table.copyWithoutTimeTravel(options)).newScan().plan().splits().stream()
                .sorted(Comparator.comparing(StreamPlan::firstFile))
                .toList();
        return new Step(splits, StreamPosition.changes(begin.snapshot() + 1));
    }

    /**
     * Files as they were added, whichever changelog the table writes beside them; or that changelog, where rows are seen only
     * when it is written.
     */
    private Optional<Step> changes(StreamPosition begin) {
        Map<String, String> options = new HashMap<>();
        CHOSEN_HERE.forEach(key -> options.put(key, null));
        options.put(CoreOptions.SCAN_MODE.key(), CoreOptions.StartupMode.LATEST.toString());
        if (!seesCompactedRowsOnly(table)) {
            options.put(CoreOptions.CHANGELOG_PRODUCER.key(), ChangelogProducer.NONE.toString());
        }
        StreamTableScan scan = reads.apply(table.copyWithoutTimeTravel(options)).newStreamScan();
        scan.restore(begin.snapshot());
        TableScan.Plan plan = scan.plan();
        if (plan instanceof SnapshotNotExistPlan || plan.splits().isEmpty()) {
            return Optional.empty();
        }
        List<Split> splits = plan.splits().stream()
                .sorted(Comparator.comparing(StreamPlan::firstFile))
                .toList();
        return Optional.of(new Step(splits, StreamPosition.changes(scan.checkpoint())));
    }

    private static String firstFile(Split split) {
        return split instanceof DataSplit data && !data.dataFiles().isEmpty()
                ? data.bucketPath() + "/" + data.dataFiles().get(0).fileName()
                : "";
    }
}
