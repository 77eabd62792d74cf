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
package dev.trestle.catalog.http;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls per operation, for an engine's metrics to read. Safe for many threads. */
public final class InMemoryHttpMetrics implements HttpMetrics {

    /**
     * What happened to the calls of one operation so far.
     *
     * @param retries attempts beyond each call's first
     * @param totalTime of all calls together; the mean is this divided by {@code calls}
     */
    public record OperationCounts(long calls, long errors, long retries, Duration totalTime, Duration longestTime) {}

    private final ConcurrentHashMap<String, Counters> operations = new ConcurrentHashMap<>();

    @Override
    public void callEnded(String operation, int attempts, Duration elapsed, boolean failed) {
        operations.computeIfAbsent(operation, name -> new Counters()).add(attempts, elapsed, failed);
    }

    /** Adds what was counted elsewhere. */
    public void add(Map<String, OperationCounts> counts) {
        counts.forEach((operation, more) ->
                operations.computeIfAbsent(operation, name -> new Counters()).add(more));
    }

    /** The counts per operation, in the order of their names. A copy; calls that end meanwhile may be half counted. */
    public Map<String, OperationCounts> snapshot() {
        Map<String, OperationCounts> snapshot = new TreeMap<>();
        operations.forEach((operation, counters) -> snapshot.put(operation, counters.read()));
        return snapshot;
    }

    private static final class Counters {
        private final LongAdder calls = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final LongAdder retries = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);

        void add(int attempts, Duration elapsed, boolean failed) {
            calls.increment();
            if (failed) {
                errors.increment();
            }
            if (attempts > 1) {
                retries.add(attempts - 1L);
            }
            nanos.add(elapsed.toNanos());
            longestNanos.accumulate(elapsed.toNanos());
        }

        void add(OperationCounts more) {
            calls.add(more.calls());
            errors.add(more.errors());
            retries.add(more.retries());
            nanos.add(more.totalTime().toNanos());
            longestNanos.accumulate(more.longestTime().toNanos());
        }

        OperationCounts read() {
            return new OperationCounts(
                    calls.sum(),
                    errors.sum(),
                    retries.sum(),
                    Duration.ofNanos(nanos.sum()),
                    Duration.ofNanos(longestNanos.get()));
        }
    }
}
