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
package dev.trestle.flink.gateway;

import static java.util.Objects.requireNonNull;

import dev.trestle.flink.gateway.FetchedResult.EndOfStream;
import dev.trestle.flink.gateway.FetchedResult.NotReady;
import dev.trestle.flink.gateway.FetchedResult.Payload;
import java.time.Duration;
import java.util.Optional;

/**
 * Walks over the pages of one operation's result, once, forward only. The gateway drops a page when the next one has been
 * fetched and answers for a dropped one with no rows, so the cursor never goes back: it only ever asks for the newest token.
 * There is no long poll: the cursor asks again after a pause that grows from 10 ms to 1 s while nothing arrives.
 *
 * <p>For one thread at a time.
 */
public final class ResultCursor {

    /** Fetches one page. */
    @FunctionalInterface
    interface Fetch {
        FetchedResult apply(long token, RowFormat format);
    }

    private final Fetch fetch;
    private final PollClock clock;
    private final String operation;
    private long token;
    private boolean finished;
    private RowFormat format = RowFormat.JSON;

    ResultCursor(String operation, Fetch fetch, PollClock clock) {
        this.operation = requireNonNull(operation, "operation is null");
        this.fetch = requireNonNull(fetch, "fetch is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Asks for the pages that are still to come in this format; in {@link RowFormat#JSON} otherwise. After a
     * {@link RowFormatException} the same rows come in it. The first version of the protocol knows JSON only and takes no
     * notice.
     *
     * @return this
     */
    public ResultCursor readAs(RowFormat rowFormat) {
        format = requireNonNull(rowFormat, "rowFormat is null");
        return this;
    }

    /** Whether the last page has been returned: the statement has succeeded. */
    public boolean isFinished() {
        return finished;
    }

    /**
     * Waits for the next page that has rows, or for the last page. The last page may have no rows; it still tells the columns
     * and the job. After it, nothing is fetched and the answer is empty.
     *
     * @throws GatewayTimeoutException if neither came in time; the cursor is as good as before, the operation goes on
     * @throws StatementFailedException if the statement or its job has failed
     */
    public Optional<ResultPage> next(Duration timeout) {
        if (finished) {
            return Optional.empty();
        }
        PollSchedule schedule = new PollSchedule(clock, timeout);
        while (true) {
            FetchedResult fetched = fetch.apply(token, format);
            if (fetched instanceof EndOfStream end) {
                finished = true;
                return Optional.of(end.page());
            }
            if (fetched instanceof Payload payload) {
                token = payload.nextToken();
                if (!payload.page().rows().isEmpty()) {
                    return Optional.of(payload.page());
                }
            } else if (!(fetched instanceof NotReady)) {
                throw new IllegalStateException("Unexpected " + fetched);
            }
            if (!schedule.pause()) {
                throw late(timeout);
            }
        }
    }

    /**
     * Reads to the end and holds every row in memory: for results that end, and are known to be small.
     *
     * @param timeout for all pages together
     * @throws GatewayTimeoutException if the last page did not come in time; pages read by then are lost
     * @throws StatementFailedException if the statement or its job has failed
     */
    public StatementResult readAll(Duration timeout) {
        long start = clock.nanoTime();
        StatementResult.Collector collector = new StatementResult.Collector();
        while (!finished) {
            Duration left = timeout.minusNanos(clock.nanoTime() - start);
            if (left.isNegative()) {
                throw late(timeout);
            }
            next(left).ifPresent(collector::add);
        }
        return collector.result();
    }

    private GatewayTimeoutException late(Duration timeout) {
        return new GatewayTimeoutException("The results of " + operation + " did not come within " + timeout.toMillis()
                + " ms. It goes on at the gateway: ask again, or cancel or close it");
    }
}
