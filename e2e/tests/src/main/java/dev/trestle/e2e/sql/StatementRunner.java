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
package dev.trestle.e2e.sql;

import static java.util.Objects.requireNonNull;

import dev.trestle.flink.gateway.GatewayException;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewayTimeoutException;
import dev.trestle.flink.gateway.ResultCursor;
import dev.trestle.flink.gateway.ResultKind;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.RowFormat;
import dev.trestle.flink.gateway.RowFormatException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs one statement after the other in a session, and cancels the one that runs when it is told to from another thread. */
final class StatementRunner {

    private static final String RUNTIME_MODE = "execution.runtime-mode";

    private final GatewaySession session;
    private final Duration timeout;
    private final Output output;
    private GatewayOperation running;
    private boolean cancelled;

    /** @param timeout for each statement */
    StatementRunner(GatewaySession session, Duration timeout, Output output) {
        this.session = requireNonNull(session, "session is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
        this.output = requireNonNull(output, "output is null");
    }

    /**
     * Runs a statement to its end.
     *
     * @throws GatewayTimeoutException if it has not ended in time; it is cancelled then
     * @throws GatewayException as the statement failed
     */
    void run(Statement statement) {
        try (Progress progress = output.progress()) {
            GatewayOperation operation = session.execute(statement.text());
            begin(operation);
            try (operation) {
                read(operation.results(), progress);
            } catch (GatewayTimeoutException e) {
                cancel(operation);
                throw e;
            } finally {
                finish();
            }
        }
    }

    private void read(ResultCursor results, Progress progress) {
        long start = System.nanoTime();
        Optional<ResultPrinter> printer = Optional.empty();
        ResultKind kind = ResultKind.DONE;
        try {
            while (!results.isFinished()) {
                ResultPage page = next(results, timeout.minusNanos(System.nanoTime() - start));
                kind = page.kind();
                if (kind != ResultKind.DONE) {
                    printer = printer.or(() -> Optional.of(output.printer(isChangelog(page))));
                    ResultPrinter chosen = printer.orElseThrow();
                    progress.print(page.rows().size(), () -> chosen.print(page));
                }
            }
        } finally {
            printer.ifPresent(chosen -> progress.print(0, chosen::end));
        }
        output.note(kind == ResultKind.DONE ? "OK" : progress.summary());
    }

    /** Rows that are not to be had as JSON come as text. */
    private static ResultPage next(ResultCursor results, Duration left) {
        Supplier<ResultPage> next = () -> results.next(left).orElseThrow();
        try {
            return next.get();
        } catch (RowFormatException e) {
            results.readAs(RowFormat.PLAIN_TEXT);
            return next.get();
        }
    }

    private boolean isChangelog(ResultPage page) {
        return page.kind() == ResultKind.QUERY
                && !"batch".equalsIgnoreCase(session.fetchProperties().get(RUNTIME_MODE));
    }

    private synchronized void begin(GatewayOperation operation) {
        running = operation;
        if (cancelled) {
            cancel(operation);
        }
    }

    private synchronized void finish() {
        running = null;
    }

    /** Cancels the statement that runs, and those that would come. */
    synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            cancel(running);
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** A query that is being read counts as finished: closing it ends its job. Everything else is cancelled first. */
    private static void cancel(GatewayOperation operation) {
        try {
            operation.cancel();
        } catch (GatewayException e) {
            // It has finished, or nobody can tell it: what closing can do is done next.
        }
        operation.close();
    }
}
