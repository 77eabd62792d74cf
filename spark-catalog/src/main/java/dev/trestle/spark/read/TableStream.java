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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
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
    private final StreamColumns columns;
    private final StreamConsumer consumer;
    private final Supplier<StreamPosition> start;
    private final Function<List<Split>, InputPartition[]> tasks;
    private final PartitionReaderFactory readers;

    private final LongSupplier nanos;

    /** The last snapshot that a run reads which ends with what was there when it began. */
    private OptionalLong last = OptionalLong.empty();

    /** When the last batch was planned. */
    private OptionalLong batch = OptionalLong.empty();

    /**
     * @param start where the stream begins
     * @param tasks packs splits into what tasks read
     * @param nanos a clock that only measures time
     */
    TableStream(
            FileStoreTable table,
            StreamPlan plan,
            StreamColumns columns,
            Supplier<StreamPosition> start,
            Function<List<Split>, InputPartition[]> tasks,
            PartitionReaderFactory readers,
            LongSupplier nanos) {
        this.table = requireNonNull(table, "table is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.consumer = new StreamConsumer(table);
        this.start = requireNonNull(start, "start is null");
        this.tasks = requireNonNull(tasks, "tasks is null");
        this.readers = requireNonNull(readers, "readers is null");
        this.nanos = requireNonNull(nanos, "nanos is null");
    }

    @Override
    public Offset initialOffset() {
        StreamPosition first = start.get();
        consumer.note(first);
        return first;
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
        StreamPosition begin = (StreamPosition) from;
        plan.forgetWhatWasTakenBack();
        StreamRate rate = new StreamRate(limit);
        StreamPosition end = end(begin, rate);
        if (end.equals(begin)) {
            plan.requireNothingMissed(begin);
            return begin;
        }
        long now = nanos.getAsLong();
        if (last.isEmpty() && batch.isPresent() && rate.waitsFor(Duration.ofNanos(now - batch.getAsLong()))) {
            return begin;
        }
        batch = OptionalLong.of(now);
        return end;
    }

    /** Where a batch ends. Snapshots without rows are passed too: they may expire while none with rows comes. */
    private StreamPosition end(StreamPosition begin, StreamRate rate) {
        StreamPosition position = begin;
        boolean hasRows = false;
        while (!isAfterTheLast(position)) {
            Optional<StreamPlan.Step> step = plan.step(position);
            if (step.isEmpty()) {
                return position;
            }
            if (isAfterTheLast(step.get())) {
                return plan.after(last.getAsLong());
            }
            List<Split> splits = step.get().splits();
            if (hasRows && !splits.isEmpty() && !table.primaryKeys().isEmpty()) {
                return position;
            }
            columns.requireUnchanged(splits);
            int taken = position.split();
            while (taken < splits.size() && rate.take(splits.get(taken))) {
                taken++;
            }
            if (taken < splits.size()) {
                return position.at(taken, splits).in(step.get().next().snapshot() - 1);
            }
            hasRows |= !splits.isEmpty();
            if (hasRows && !table.primaryKeys().isEmpty()) {
                rate.takeNoMore();
            }
            position = step.get().next();
        }
        return position;
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
                    .orElseThrow(() -> new IllegalStateException("Table " + table.name() + " does not show snapshot "
                            + begin.snapshot() + " now, which a batch of its stream has. Start the query again."));
            List<Split> found = step.splits();
            // Of snapshots without rows that a batch ends with, the step goes on to later ones.
            if (end.compareTo(step.next()) < 0) {
                plan.requireSame(end, step);
                splits.addAll(found.subList(Math.min(position.split(), end.split()), end.split()));
                break;
            }
            splits.addAll(found.subList(position.split(), found.size()));
            position = step.next();
            if (position.compareTo(end) == 0) {
                plan.requireSame(end, position);
            }
        }
        columns.requireUnchanged(splits);
        return tasks.apply(splits);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return readers;
    }

    @Override
    public void commit(Offset end) {
        plan.forget((StreamPosition) end);
        consumer.note((StreamPosition) end);
    }

    @Override
    public void stop() {}
}
