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

import dev.trestle.catalog.table.KeptValues;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RowBlock;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.ChangelogProducer;
import org.apache.paimon.CoreOptions.MergeEngine;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.disk.RowBuffer;
import org.apache.paimon.memory.HeapMemorySegmentPool;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.RowKind;
import org.apache.paimon.types.RowType;

/**
 * Changes rows of a primary key, by records of each kind.
 *
 * <p>What is written last of a key stays. A row that is new, or moves to another key, may come before the one that is deleted
 * under that key: such rows wait until all is deleted, on disk if they are many.
 */
final class KeyedRowChanges implements RowChanges {

    private static final int NOT_IN_ID = -1;

    private static final long WAITING_BYTES = 32 * 1024 * 1024;

    private final WriteJob job;
    private final RowWrites writes;
    private final boolean keysChange;
    private final boolean recordsOldRows;
    private final Optional<ReplacedRows> replaced;
    private final int[] idFields;
    private final Block[] deletedBlocks;
    private final BlockRow deleted;
    private final RowBuffer waiting;
    private boolean deletes;

    KeyedRowChanges(WriteJob job, RowWrites writes, MergeWriteHandle handle) {
        TableSchema schema = job.table().schema();
        CoreOptions options = job.table().coreOptions();
        this.job = requireNonNull(job, "job is null");
        this.writes = requireNonNull(writes, "writes is null");
        this.replaced =
                KeptValues.areUncertain(options) ? Optional.of(new ReplacedRows(job.table())) : Optional.empty();
        this.keysChange = replaced.isEmpty() && ChangedTables.areKeys(job.table(), handle.updated());
        // Reading by another merge engine takes no rows back.
        this.recordsOldRows = options.changelogProducer() == ChangelogProducer.INPUT
                && options.mergeEngine() == MergeEngine.DEDUPLICATE;
        RowType rowType = schema.logicalRowType();
        RowType idType = RowIds.type(schema);
        this.idFields =
                rowType.getFieldNames().stream().mapToInt(idType::getFieldIndex).toArray();
        BlockReader[] readers = BlockReaders.ofFields("", rowType);
        for (int field = 0; field < readers.length; field++) {
            if (idFields[field] == NOT_IN_ID) {
                readers[field] = new NullReader();
            }
        }
        this.deletedBlocks = new Block[readers.length];
        this.deleted = new BlockRow(readers);
        this.waiting = RowBuffer.getBuffer(
                writes.spill(),
                new HeapMemorySegmentPool(WAITING_BYTES, options.pageSize()),
                new InternalRowSerializer(rowType),
                true,
                MemorySize.MAX_VALUE,
                options.spillCompressOptions());
    }

    @Override
    public void insert(BlockRow row) throws Exception {
        waiting.put(row);
    }

    @Override
    public void insertUpdated(BlockRow row) throws Exception {
        if (keysChange) {
            waiting.put(row);
        } else {
            replaced.ifPresent(rows -> rows.check(row));
            row.setRowKind(RowKind.UPDATE_AFTER);
            writes.write(row);
            row.setRowKind(RowKind.INSERT);
        }
    }

    @Override
    public void delete(Page page, int position) throws Exception {
        if (!deletes) {
            // A MERGE says what it updates, and not whether it deletes.
            ChangedTables.requireDeletes(job.table());
            deletes = true;
        }
        view(page, position);
        writeDeleted(RowKind.DELETE);
    }

    @Override
    public void deleteUpdated(Page page, int position) throws Exception {
        view(page, position);
        replaced.ifPresent(rows -> rows.add(deleted));
        if (keysChange) {
            writeDeleted(RowKind.DELETE);
        } else if (recordsOldRows) {
            writeDeleted(RowKind.UPDATE_BEFORE);
        }
    }

    private void view(Page page, int position) {
        Block ids = page.getBlock(page.getChannelCount() - 1);
        RowBlock id = (RowBlock) ids.getUnderlyingValueBlock();
        for (int field = 0; field < deletedBlocks.length; field++) {
            deletedBlocks[field] = idFields[field] == NOT_IN_ID ? id : id.getFieldBlock(idFields[field]);
        }
        deleted.view(deletedBlocks);
        deleted.moveTo(ids.getUnderlyingValuePosition(position));
    }

    private void writeDeleted(RowKind kind) throws Exception {
        deleted.setRowKind(kind);
        writes.write(deleted);
    }

    /** A column that the record of a deletion need not hold. */
    private record NullReader() implements BlockReader {
        @Override
        public boolean isNull(Block block, int position) {
            return true;
        }
    }

    @Override
    public List<Fragment> finish() throws Exception {
        replaced.ifPresent(ReplacedRows::requireAllChecked);
        try (RowBuffer.RowBufferIterator rows = waiting.newIterator()) {
            while (rows.advanceNext()) {
                writes.write(rows.getRow());
            }
        } finally {
            waiting.reset();
        }
        return writes.finish().stream().<Fragment>map(Fragment.Files::new).toList();
    }
}
