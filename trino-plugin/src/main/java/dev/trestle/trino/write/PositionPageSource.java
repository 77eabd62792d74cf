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

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import dev.trestle.trino.read.BlockWriter;
import io.trino.spi.Page;
import io.trino.spi.PageBuilder;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.MemoryContext;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.type.Type;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.reader.FileRecordIterator;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.TableRead;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.SerializationUtils;

/** Pages of an append table, with a row id that says where a row is. */
final class PositionPageSource implements ConnectorPageSource {

    private static final BlockWriter ID_WRITER = BlockWriter.of(RowIds.POSITION);

    private final FileStoreTable table;
    private final Deque<DataSplit> files;
    private final TableRead read;
    private final List<BlockWriter> columns;
    private final PageBuilder page;
    private final MemoryContext memory;

    private RecordReader<InternalRow> reader;
    private FileRecordIterator<InternalRow> batch;
    private GenericRow id;
    private long completedBytes;
    private long readNanos;

    /** @param wanted the row id among them */
    PositionPageSource(FileStoreTable table, DataSplit split, List<TrestleColumnHandle> wanted, MemoryContext memory) {
        this.table = requireNonNull(table, "table is null");
        this.memory = requireNonNull(memory, "memory is null");
        this.files = new ArrayDeque<>(DataFiles.split(split));
        RowType type = table.rowType()
                .project(wanted.stream()
                        .filter(column -> !RowIds.isRowId(column))
                        .map(TrestleColumnHandle::name)
                        .distinct()
                        .toList());
        this.read = table.newReadBuilder().withReadType(type).newRead();
        this.columns = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (TrestleColumnHandle column : wanted) {
            if (RowIds.isRowId(column)) {
                columns.add((row, position, block) -> ID_WRITER.write(GenericRow.of(id), 0, block));
                types.add(TrinoTypes.toTrino(RowIds.POSITION));
            } else {
                BlockWriter writer = field(type, column.name(), column.path());
                columns.add((row, position, block) -> writer.write(row, 0, block));
                types.add(column.type());
            }
        }
        this.page = new PageBuilder(types);
    }

    /** Writes a field of rows, or one in it that the path leads to; null where a row on the way is null. */
    private static BlockWriter field(RowType rows, String name, List<String> path) {
        int index = rows.getFieldIndex(name);
        DataType type = rows.getTypeAt(index);
        if (path.isEmpty()) {
            BlockWriter whole = BlockWriter.of(type);
            return (row, position, block) -> whole.write(row, index, block);
        }
        BlockWriter below = field((RowType) type, path.getFirst(), path.subList(1, path.size()));
        int fields = ((RowType) type).getFieldCount();
        return (row, position, block) -> {
            if (row.isNullAt(index)) {
                block.appendNull();
            } else {
                below.write(row.getRow(index, fields), 0, block);
            }
        };
    }

    @Override
    public SourcePage getNextSourcePage() {
        long start = System.nanoTime();
        try {
            fill();
        } catch (IOException | RuntimeException e) {
            throw TrinoErrors.translate("read table " + table.fullName(), e);
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
            InternalRow row = next();
            if (row == null) {
                return;
            }
            page.declarePosition();
            id.setField(1, batch.returnedPosition());
            for (int column = 0; column < columns.size(); column++) {
                columns.get(column).write(row, column, page.getBlockBuilder(column));
            }
        }
    }

    /** Null after the last row of the last file. */
    private InternalRow next() throws IOException {
        while (true) {
            if (batch != null) {
                InternalRow row = batch.next();
                if (row != null) {
                    return row;
                }
                batch.releaseBatch();
                batch = null;
            }
            if (reader == null) {
                DataSplit file = files.poll();
                if (file == null) {
                    return null;
                }
                reader = read.createReader(file);
                id = GenericRow.of(
                        BinaryString.fromString(file.dataFiles().getFirst().fileName()),
                        0L,
                        SerializationUtils.serializeBinaryRow(file.partition()),
                        file.bucket());
            }
            batch = (FileRecordIterator<InternalRow>) reader.readBatch();
            if (batch == null) {
                reader.close();
                reader = null;
            }
        }
    }

    @Override
    public boolean isFinished() {
        return files.isEmpty() && reader == null && batch == null && page.isEmpty();
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
        files.clear();
        if (batch != null) {
            batch.releaseBatch();
            batch = null;
        }
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
