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

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The rows of one operation, one after the other, each with its change kind; no more than a page of them is held in memory.
 * That {@link #hasNext} is false is the statement's success; a failure is thrown by it, once the rows before are read.
 * Closing it, early or not, closes the operation, which ends the job of a query.
 *
 * <p>For one thread at a time.
 */
public final class ResultRows implements Iterator<Row>, AutoCloseable {

    private final GatewayOperation operation;
    private final ResultCursor cursor;
    private final Duration patience;
    private Iterator<Row> page = Collections.emptyIterator();
    private List<Column> columns = List.of();
    private Optional<String> jobId = Optional.empty();

    ResultRows(GatewayOperation operation, Duration patience) {
        this.operation = requireNonNull(operation, "operation is null");
        this.cursor = operation.results();
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * The columns. Waits for the first rows, for there are none before.
     *
     * @throws GatewayException as {@link #hasNext}
     */
    public List<Column> columns() {
        if (columns.isEmpty()) {
            awaitRows();
        }
        return columns;
    }

    /** The Flink job that computes the rows, if there is one; known once the first rows have come. */
    public Optional<String> jobId() {
        return jobId;
    }

    /**
     * Waits until there is another row, or certainly none.
     *
     * @throws GatewayTimeoutException if neither came in time; nothing is lost, and it may be asked again
     * @throws StatementFailedException if the statement or its job has failed
     */
    @Override
    public boolean hasNext() {
        awaitRows();
        return page.hasNext();
    }

    private void awaitRows() {
        while (!page.hasNext() && !cursor.isFinished()) {
            cursor.next(patience).ifPresent(this::turnTo);
        }
    }

    private void turnTo(ResultPage next) {
        page = next.rows().iterator();
        if (!next.columns().isEmpty()) {
            columns = next.columns();
        }
        jobId = next.jobId().or(() -> jobId);
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The result has no more rows");
        }
        return page.next();
    }

    /** The rows as a stream. Closing it closes the operation; so read it in a try-with-resources statement. */
    public Stream<Row> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    /** Closes the operation. */
    @Override
    public void close() {
        operation.close();
    }
}
