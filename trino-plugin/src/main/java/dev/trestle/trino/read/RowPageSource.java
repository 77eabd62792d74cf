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

import dev.trestle.trino.TrinoTypes;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import java.io.IOException;
import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.columnar.ColumnarRow;
import org.apache.paimon.data.columnar.VectorizedColumnBatch;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.reader.VectorizedRecordIterator;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.RowType;

/** Pages of the rows that Paimon's own reader makes of a split: merged, filtered, masked. */
final class RowPageSource implements ConnectorPageSource {

    private final String source;
    private final RecordReader<InternalRow> rows;
    private final List<BlockWriter> columns;
    private final PageBuilder page;
    private final MemoryContext memory;
    private final boolean readsVectors;

    private RecordReader.RecordIterator<InternalRow> batch;
    private boolean finished;
    private long readNanos;
    private long completedBytes;

    /**
     * @param source whose rows these are, for messages
     * @param type of the rows, each field a column of the pages
     */
    RowPageSource(String source, RecordReader<InternalRow> rows, RowType type, MemoryContext memory) {
        this.source = requireNonNull(source, "source is null");
        this.rows = requireNonNull(rows, "rows is null");
        this.memory = requireNonNull(memory, "memory is null");
        // A BLOB is read by the file that its row knows.
        this.readsVectors = type.getFieldTypes().stream().noneMatch(each -> each.is(DataTypeRoot.BLOB));
        this.columns = type.getFieldTypes().stream().map(BlockWriter::of).toList();
        this.page = new PageBuilder(
                type.getFieldTypes().stream().map(TrinoTypes::toTrino).toList());
    }

    @Override
    public SourcePage getNextSourcePage() {
        long start = System.nanoTime();
        try {
            fill();
        } catch (IOException | RuntimeException e) {
            throw ReadErrors.ofRows(source, e);
        } finally {
            readNanos += System.nanoTime() - start;
            memory.setBytes(page.getRetainedSizeInBytes());
        }
        if (page.isEmpty()) {
            return null;
        }
        Page full = page.build();
        page.reset();
        completedBytes += full.getSizeInBytes();
        return SourcePage.create(full);
    }

    private void fill() throws IOException {
        while (!page.isFull()) {
            if (batch == null) {
                batch = rows.readBatch();
                if (batch == null) {
                    finished = true;
                    return;
                }
            }
            if (batch instanceof VectorizedRecordIterator vectors && readsVectors) {
                append(vectors.batch());
                release();
                continue;
            }
            InternalRow row = batch.next();
            if (row == null) {
                release();
            } else {
                append(row);
            }
        }
    }

    private void release() {
        batch.releaseBatch();
        batch = null;
    }

    /** A column at a time, which is what the values lie by. */
    private void append(VectorizedColumnBatch vectors) {
        int rows = vectors.getNumRows();
        ColumnarRow row = new ColumnarRow(vectors);
        page.declarePositions(rows);
        for (int column = 0; column < columns.size(); column++) {
            BlockWriter writer = columns.get(column);
            BlockBuilder block = page.getBlockBuilder(column);
            for (int i = 0; i < rows; i++) {
                row.setRowId(i);
                writer.write(row, column, block);
            }
        }
    }

    private void append(InternalRow row) {
        page.declarePosition();
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).write(row, column, page.getBlockBuilder(column));
        }
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public long getCompletedBytes() {
        return completedBytes;
    }

    @Override
    public long getReadTimeNanos() {
        return readNanos;
    }

    @Override
    public void close() throws IOException {
        finished = true;
        if (batch != null) {
            batch.releaseBatch();
            batch = null;
        }
        rows.close();
    }
}
