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

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.Split;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;

/**
 * A table as a stream of rows: those of a state, and those that snapshots add or change after it. A row that is deleted is
 * none. Of a table with a primary key a batch reads one snapshot, so that of two rows of a key the later one is written later.
 */
final class TableStream implements MicroBatchStream, SupportsTriggerAvailableNow {

    private final FileStoreTable table;
    private final StreamPlan plan;
    private final Supplier<StreamPosition> start;
    private final Function<List<Split>, InputPartition[]> tasks;
    private final PartitionReaderFactory readers;

    private OptionalLong last = OptionalLong.empty();

    /**
     * @param start where the stream begins
     * @param tasks packs splits into what tasks read
     */
    TableStream(
            FileStoreTable table,
            StreamPlan plan,
            Supplier<StreamPosition> start,
            Function<List<Split>, InputPartition[]> tasks,
            PartitionReaderFactory readers) {
        this.table = requireNonNull(table, "table is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.start = requireNonNull(start, "start is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        this.readers = requireNonNull(readers, "readers is null");
    }

    @Override
    public Offset initialOffset() {
        return start.get();
    }

    @Override
    public Offset deserializeOffset(String json) {
        return StreamPosition.parse(json);
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return StreamRate.of(table.options());
    }

    /** The stream ends with what is there now. */
    @Override
    public void prepareForTriggerAvailableNow() {
        Long latest = table.snapshotManager().latestSnapshotId();
        last = OptionalLong.of(latest == null ? 0 : latest);
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException("Spark asks for the latest offset with a limit");
    }

    @Override
    public Offset latestOffset(Offset from, ReadLimit limit) {
        StreamPosition position = (StreamPosition) from;
        StreamRate rate = new StreamRate(limit);
        while (true) {
            Optional<StreamPlan.Step> step = isAfterTheLast(position) ? Optional.empty() : plan.step(position);
            if (step.isEmpty() || isAfterTheLast(step.get())) {
                return position;
            }
            List<Split> splits = step.get().splits();
            int taken = position.split();
            while (taken < splits.size() && rate.take(splits.get(taken))) {
                taken++;
            }
            if (taken < splits.size()) {
                return position.at(taken);
            }
            position = step.get().next();
            if (!table.primaryKeys().isEmpty() && !splits.isEmpty()) {
                return position;
            }
        }
    }

    private boolean isAfterTheLast(StreamPosition position) {
        return last.isPresent() && position.snapshot() > last.getAsLong();
    }

    private boolean isAfterTheLast(StreamPlan.Step step) {
        return last.isPresent() && step.next().snapshot() - 1 > last.getAsLong();
    }

    @Override
    public InputPartition[] planInputPartitions(Offset from, Offset to) {
        StreamPosition position = (StreamPosition) from;
        StreamPosition end = (StreamPosition) to;
        List<Split> splits = new ArrayList<>();
        while (position.compareTo(end) < 0) {
            StreamPosition begin = position;
            StreamPlan.Step step = plan.step(position)
                    .orElseThrow(() -> new IllegalStateException("Table " + table.name()
                            + " has no snapshot from " + begin.snapshot()
                            + " on any more, which the stream's checkpoint has: it was rolled back"));
            boolean endsHere = end.begin().equals(position.begin());
            int until = endsHere ? end.split() : step.splits().size();
            splits.addAll(step.splits().subList(position.split(), until));
            position = endsHere ? end : step.next();
        }
        return tasks.apply(splits);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return readers;
    }

    @Override
    public void commit(Offset end) {
        plan.forget((StreamPosition) end);
    }

    @Override
    public void stop() {}
}
