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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import io.trino.plugin.base.metrics.LongCount;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorSplitSource;
import io.trino.spi.connector.DynamicFilterSnapshot;
import io.trino.spi.metrics.Metrics;
import io.trino.spi.predicate.TupleDomain;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.paimon.table.source.Split;

/**
 * The splits of a scan. The table is planned when the first ones are asked for, with the dynamic filters that are known
 * then; later ones leave out partitions that were planned already.
 */
final class TrestleSplitSource implements ConnectorSplitSource {

    private final SplitPlan plan;
    private final Executor executor;
    private final long dynamicFilterWaitMillis;

    private Queue<Split> planned;
    private final Queue<ConnectorSplit> cut = new ArrayDeque<>();
    private SplitCutter cutter;
    private long plannedSplits;
    private long skippedSplits;
    private long planningNanos;
    private volatile boolean finished;

    /** Plans the scan of one table. */
    interface SplitPlan {

        /** Reads the table's metadata. */
        List<Split> plan(TupleDomain<TrestleColumnHandle> dynamicFilter);

        /** Whether a split may have rows that pass the filter. */
        boolean matches(Split split, TupleDomain<TrestleColumnHandle> dynamicFilter);

        /** @param bytes of all splits */
        SplitCutter cutter(long bytes);

        /** What went wrong, in Trino's terms. */
        RuntimeException translate(RuntimeException thrown);
    }

    /** @param dynamicFilterWaitMillis how long dynamic filters are waited for; 0 for not at all */
    TrestleSplitSource(SplitPlan plan, Executor executor, long dynamicFilterWaitMillis) {
        this.plan = requireNonNull(plan, "plan is null");
        this.executor = requireNonNull(executor, "executor is null");
        this.dynamicFilterWaitMillis = dynamicFilterWaitMillis;
    }

    @Override
    public long getRequestedDynamicFilterWaitTimeoutMillis() {
        return dynamicFilterWaitMillis;
    }

    @Override
    public CompletableFuture<List<ConnectorSplit>> getNextBatch(int maxSize, DynamicFilterSnapshot dynamicFilter) {
        return CompletableFuture.supplyAsync(
                () -> next(maxSize, dynamicFilter.currentPredicate().transformKeys(TrestleColumnHandle.class::cast)),
                executor);
    }

    private synchronized List<ConnectorSplit> next(int maxSize, TupleDomain<TrestleColumnHandle> dynamicFilter) {
        if (finished || dynamicFilter.isNone()) {
            finished = true;
            return List.of();
        }
        try {
            if (planned == null) {
                plan(dynamicFilter);
            }
            List<ConnectorSplit> batch = new ArrayList<>();
            while (batch.size() < maxSize && (!cut.isEmpty() || !planned.isEmpty())) {
                if (cut.isEmpty()) {
                    Split split = planned.remove();
                    if (plan.matches(split, dynamicFilter)) {
                        cut.addAll(cutter.cut(split));
                    } else {
                        skippedSplits++;
                    }
                } else {
                    batch.add(cut.remove());
                }
            }
            finished = cut.isEmpty() && planned.isEmpty();
            return batch;
        } catch (RuntimeException e) {
            throw plan.translate(e);
        }
    }

    private void plan(TupleDomain<TrestleColumnHandle> dynamicFilter) {
        long start = System.nanoTime();
        List<Split> splits = plan.plan(dynamicFilter);
        planningNanos = System.nanoTime() - start;
        plannedSplits = splits.size();
        planned = new ArrayDeque<>(splits);
        cutter = plan.cutter(splits.stream().mapToLong(SplitCutter::size).sum());
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public void close() {
        finished = true;
    }

    @Override
    public synchronized Metrics getMetrics() {
        return new Metrics(Map.of(
                "planned splits", new LongCount(plannedSplits),
                "splits left out by dynamic filters", new LongCount(skippedSplits),
                "planning nanoseconds", new LongCount(planningNanos)));
    }
}
