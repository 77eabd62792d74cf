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
package dev.trestle.e2e.quickstart;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.process.ManagedProcess;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CallCounts;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.flink.gateway.Column;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewayTimeoutException;
import dev.trestle.flink.gateway.ResultCursor;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.StatementResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs statements in a session of the gateway and shows each: its text, its rows, its time, its REST calls. */
final class SqlShell {

    private static final Duration STATEMENT_LIMIT = Duration.ofMinutes(2);
    /** How long a dead process stays unnoticed at most. */
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    private final String prompt;
    private final GatewaySession session;
    private final CatalogServerProcess server;
    private final ProcessGroup processes;
    private final Transcript transcript;

    SqlShell(
            String prompt,
            GatewaySession session,
            CatalogServerProcess server,
            ProcessGroup processes,
            Transcript transcript) {
        this.prompt = requireNonNull(prompt, "prompt is null");
        this.session = requireNonNull(session, "session is null");
        this.server = requireNonNull(server, "server is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    /** Runs a statement to its end, shown with its rows. */
    StatementResult run(String sql) {
        transcript.statement(prompt, sql);
        CallCounts before = server.fetchCallCounts();
        long start = System.nanoTime();
        StatementResult result = runQuietly(sql);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (!saysOnlyThatItIsDone(result)) {
            transcript.table(result.columns(), result.rows(), false);
        }
        transcript.cost(time, server.fetchCallCounts().since(before));
        return result;
    }

    /** Runs a statement to its end and shows nothing. */
    StatementResult runQuietly(String sql) {
        try (GatewayOperation operation = session.execute(sql)) {
            List<Column> columns = new ArrayList<>();
            List<Row> rows = new ArrayList<>();
            Optional<String> jobId = Optional.empty();
            ResultCursor results = operation.results();
            long start = System.nanoTime();
            while (!results.isFinished()) {
                Optional<ResultPage> page = next(results, start);
                if (page.isPresent()) {
                    if (columns.isEmpty()) {
                        columns.addAll(page.get().columns());
                    }
                    rows.addAll(page.get().rows());
                    jobId = page.get().jobId();
                }
            }
            return new StatementResult(columns, rows, jobId);
        }
    }

    /** Starts a query that does not end, and shows its text. Closing it ends it. */
    Stream stream(String sql) {
        transcript.statement(prompt, sql);
        return new Stream(session.execute(sql));
    }

    private Optional<ResultPage> next(ResultCursor results, long start) {
        try {
            return results.next(WATCH_INTERVAL);
        } catch (GatewayTimeoutException e) {
            processes.members().forEach(ManagedProcess::checkAlive);
            if (System.nanoTime() - start > STATEMENT_LIMIT.toNanos()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Statements that return no rows answer with one: {@code OK}, or the id of the job. */
    private static boolean saysOnlyThatItIsDone(StatementResult result) {
        return result.columns().size() == 1
                && result.rows().size() == 1
                && (result.columns().get(0).name().equals("job id")
                        || "OK".equals(result.rows().get(0).values().get(0)));
    }

    /** A query that runs. */
    final class Stream implements AutoCloseable {

        private final GatewayOperation operation;

        private Stream(GatewayOperation operation) {
            this.operation = operation;
        }

        /** Waits until so many rows more have come, and shows them. */
        List<Row> take(int count) {
            List<Row> rows = new ArrayList<>();
            List<Column> columns = List.of();
            long start = System.nanoTime();
            while (rows.size() < count) {
                Optional<ResultPage> page = next(operation.results(), start);
                if (page.isPresent()) {
                    columns = page.get().columns();
                    rows.addAll(page.get().rows());
                }
            }
            transcript.table(columns, rows, true);
            transcript.line("  %d rows after %.1f s; the query goes on"
                    .formatted(rows.size(), (System.nanoTime() - start) / 1e9));
            return rows;
        }

        @Override
        public void close() {
            operation.close();
        }
    }
}
