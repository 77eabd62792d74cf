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

import static io.trino.spi.StandardErrorCode.CONSTRAINT_VIOLATION;
import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrinoTypes;
import dev.trestle.trino.read.BlockWriter;
import io.trino.spi.Page;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.RunLengthEncodedBlock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.DefaultValueUtils;

/** Which channel of a page each column of a table comes from; a column that was left out has its default, or null. */
final class WrittenColumns {

    private static final int LEFT_OUT = -1;

    private final int[] channels;
    private final Block[] defaults;
    private final Block[] blocks;
    private final BlockRow row;
    private final Optional<String> missing;

    private WrittenColumns(int[] channels, Block[] defaults, BlockReader[] readers, Optional<String> missing) {
        this.channels = requireNonNull(channels, "channels is null");
        this.defaults = requireNonNull(defaults, "defaults is null");
        this.blocks = new Block[channels.length];
        this.row = new BlockRow(readers);
        this.missing = requireNonNull(missing, "missing is null");
    }

    /**
     * The columns of pages that have some of a table's columns.
     *
     * @param type of the table, with the defaults
     */
    static WrittenColumns of(RowType type, List<TrestleColumnHandle> columns) {
        List<String> names = names(columns);
        int fields = type.getFieldCount();
        int[] channels = new int[fields];
        Block[] defaults = new Block[fields];
        for (int i = 0; i < fields; i++) {
            DataField field = type.getFields().get(i);
            channels[i] = names.indexOf(field.name());
            defaults[i] = channels[i] == LEFT_OUT ? defaultOf(field) : null;
        }
        return new WrittenColumns(channels, defaults, BlockReaders.ofFields("", type), missing(type, names));
    }

    /** The columns of pages that have all of a table's columns, in its order. */
    static WrittenColumns all(RowType type) {
        int fields = type.getFieldCount();
        return new WrittenColumns(
                IntStream.range(0, fields).toArray(),
                new Block[fields],
                BlockReaders.ofFields("", type),
                Optional.empty());
    }

    private static Block defaultOf(DataField field) {
        Object value = field.defaultValue() == null
                ? null
                : DefaultValueUtils.convertDefaultValue(field.type(), field.defaultValue());
        BlockBuilder block = TrinoTypes.toTrino(field.type()).createBlockBuilder(null, 1);
        BlockWriter.of(field.type()).write(GenericRow.of(value), 0, block);
        return block.build();
    }

    /**
     * A view of the page as rows of the table, the same object each time.
     *
     * @throws TrinoException if there are rows, and a column that takes no null, and has no default, is left out
     */
    BlockRow view(Page page) {
        if (missing.isPresent() && page.getPositionCount() > 0) {
            throw new TrinoException(
                    CONSTRAINT_VIOLATION, "NULL value not allowed for NOT NULL column: " + missing.get());
        }
        for (int i = 0; i < channels.length; i++) {
            blocks[i] = channels[i] == LEFT_OUT
                    ? RunLengthEncodedBlock.create(defaults[i], page.getPositionCount())
                    : page.getBlock(channels[i]);
        }
        row.view(blocks);
        return row;
    }

    private static Optional<String> missing(RowType type, List<String> names) {
        return type.getFields().stream()
                .filter(field -> !field.type().isNullable() && field.defaultValue() == null)
                .map(DataField::name)
                .filter(name -> !names.contains(name))
                .findFirst();
    }

    private static List<String> names(List<TrestleColumnHandle> columns) {
        return columns.stream().map(TrestleColumnHandle::name).toList();
    }
}
