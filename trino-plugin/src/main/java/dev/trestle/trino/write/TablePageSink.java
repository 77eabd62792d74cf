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
package dev.trestle.trino.write;

import static java.util.Objects.requireNonNull;

import io.airlift.slice.Slice;
import io.trino.spi.Page;
import io.trino.spi.connector.ConnectorPageSink;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** Writes pages of one driver into a table's files. */
final class TablePageSink implements ConnectorPageSink {

    private final WriteJob job;
    private final RowWrites writes;
    private final WrittenColumns columns;

    private long appendedBytes;
    private Optional<List<CommitMessage>> finished = Optional.empty();

    TablePageSink(WriteJob job, RowWrites writes, WrittenColumns columns) {
        this.job = requireNonNull(job, "job is null");
        this.writes = requireNonNull(writes, "writes is null");
        this.columns = requireNonNull(columns, "columns is null");
    }

    /** Before encoding: how large the files are is known when they are closed. */
    @Override
    public long getCompletedBytes() {
        return appendedBytes;
    }

    @Override
    public long getMemoryUsage() {
        return writes.memoryBytes();
    }

    @Override
    public CompletableFuture<?> appendPage(Page page) {
        BlockRow row = columns.view(page);
        try {
            for (int position = 0; position < page.getPositionCount(); position++) {
                row.moveTo(position);
                writes.write(row);
            }
        } catch (Exception e) {
            throw WriteErrors.translate(job.table(), e);
        }
        appendedBytes += page.getSizeInBytes();
        return NOT_BLOCKED;
    }

    @Override
    public CompletableFuture<Collection<Slice>> finish() {
        try {
            List<CommitMessage> messages = writes.finish();
            finished = Optional.of(messages);
            writes.close();
            return CompletableFuture.completedFuture(messages.stream()
                    .filter(message -> !((CommitMessageImpl) message).isEmpty())
                    .map(message -> new Fragment.Files(message).serialize())
                    .toList());
        } catch (Exception e) {
            throw WriteErrors.translate(job.table(), e);
        }
    }

    @Override
    public void abort() {
        Aborts.abort(job, writes, finished);
    }
}
