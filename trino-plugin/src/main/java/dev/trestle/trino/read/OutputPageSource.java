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

import static io.trino.spi.block.RowBlock.getRowFieldsFromBlock;
import static java.util.Objects.requireNonNull;

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RunLengthEncodedBlock;
import io.trino.spi.connector.ConnectorPageSource;
import io.trino.spi.connector.SourcePage;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.function.UnaryOperator;

/**
 * Pages with other columns than those that are read: constants, fields of columns, and without the rows that were deleted.
 * A column is decoded when it is first asked for, and of the rows that are left alone.
 */
final class OutputPageSource extends DerivedPageSource {

    private final UnaryOperator<SourcePage> rows;
    private final List<Column> columns;

    /** A column that is given out. */
    sealed interface Column {

        /** @param value a block of the one value */
        record Constant(Block value) implements Column {
            public Constant {
                requireNonNull(value, "value is null");
            }
        }

        /**
         * @param channel in what is read
         * @param path of the field in it; empty for the column itself
         */
        record Read(int channel, List<Integer> path) implements Column {
            public Read {
                path = List.copyOf(path);
            }
        }
    }

    /** @param rows takes out of each page the rows that are deleted */
    OutputPageSource(ConnectorPageSource source, UnaryOperator<SourcePage> rows, List<Column> columns) {
        super(source);
        this.rows = requireNonNull(rows, "rows is null");
        this.columns = List.copyOf(columns);
    }

    @Override
    protected SourcePage derive(SourcePage page) {
        return new Output(rows.apply(page), columns);
    }

    private static final class Output implements SourcePage {

        private final SourcePage page;
        private final List<Column> columns;
        private final Block[] blocks;

        Output(SourcePage page, List<Column> columns) {
            this.page = page;
            this.columns = columns;
            this.blocks = new Block[columns.size()];
        }

        @Override
        public int getPositionCount() {
            return page.getPositionCount();
        }

        @Override
        public long getSizeInBytes() {
            return page.getSizeInBytes();
        }

        @Override
        public long getRetainedSizeInBytes() {
            return page.getRetainedSizeInBytes();
        }

        @Override
        public void retainedBytesForEachPart(ObjLongConsumer<Object> consumer) {
            page.retainedBytesForEachPart(consumer);
        }

        @Override
        public int getChannelCount() {
            return columns.size();
        }

        @Override
        public Block getBlock(int channel) {
            return Optional.ofNullable(blocks[channel]).orElseGet(() -> {
                blocks[channel] = block(columns.get(channel));
                return blocks[channel];
            });
        }

        private Block block(Column column) {
            if (column instanceof Column.Constant constant) {
                return RunLengthEncodedBlock.create(constant.value(), getPositionCount());
            }
            Column.Read read = (Column.Read) column;
            Block block = page.getBlock(read.channel());
            for (int field : read.path()) {
                block = getRowFieldsFromBlock(block).get(field);
            }
            return block;
        }

        @Override
        public Page getPage() {
            for (int channel = 0; channel < blocks.length; channel++) {
                getBlock(channel);
            }
            return new Page(getPositionCount(), blocks);
        }

        @Override
        public void selectPositions(int[] positions, int offset, int size) {
            page.selectPositions(positions, offset, size);
            for (int channel = 0; channel < blocks.length; channel++) {
                if (blocks[channel] != null) {
                    blocks[channel] = blocks[channel].getPositions(positions, offset, size);
                }
            }
        }
    }
}
