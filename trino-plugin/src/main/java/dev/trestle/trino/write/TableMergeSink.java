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

import static io.trino.spi.type.TinyintType.TINYINT;
import static java.util.Objects.requireNonNull;

import io.airlift.slice.Slice;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorMergeSink;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Applies the row changes of one driver to a table. */
final class TableMergeSink implements ConnectorMergeSink {

    /** After the columns of the table: the operation, the number of the clause, the row id. */
    private static final int OPERATION_FROM_END = 3;

    private final WriteJob job;
    private final RowWrites writes;
    private final WrittenColumns columns;
    private final RowChanges changes;

    private long storedBytes;
    private Optional<List<Fragment>> finished = Optional.empty();

    TableMergeSink(WriteJob job, RowWrites writes, WrittenColumns columns, RowChanges changes) {
        this.job = requireNonNull(job, "job is null");
        this.writes = requireNonNull(writes, "writes is null");
        this.columns = requireNonNull(columns, "columns is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    @Override
    public long getCompletedBytes() {
        return storedBytes;
    }

    @Override
    public void storeMergedRows(Page page) {
        Block operations = page.getBlock(page.getChannelCount() - OPERATION_FROM_END);
        BlockRow row = columns.view(page);
        try {
            for (int position = 0; position < page.getPositionCount(); position++) {
                row.moveTo(position);
                int operation = TINYINT.getByte(operations, position);
                switch (operation) {
                    case INSERT_OPERATION_NUMBER -> changes.insert(row);
                    case UPDATE_INSERT_OPERATION_NUMBER -> changes.insertUpdated(row);
                    case DELETE_OPERATION_NUMBER -> changes.delete(page, position);
                    case UPDATE_DELETE_OPERATION_NUMBER -> changes.deleteUpdated(page, position);
                    default -> throw new IllegalArgumentException("Unexpected operation: " + operation);
                }
            }
        } catch (Exception e) {
            throw WriteErrors.translate(job.table(), e);
        }
        storedBytes += page.getSizeInBytes();
    }

    @Override
    public CompletableFuture<Collection<Slice>> finish() {
        try {
            List<Fragment> fragments = changes.finish();
            finished = Optional.of(fragments);
            writes.close();
            return CompletableFuture.completedFuture(
                    fragments.stream().map(Fragment::serialize).toList());
        } catch (Exception e) {
            throw WriteErrors.translate(job.table(), e);
        }
    }

    @Override
    public void abort() {
        Aborts.abort(job, writes, finished.map(Fragment::messages));
    }
}
