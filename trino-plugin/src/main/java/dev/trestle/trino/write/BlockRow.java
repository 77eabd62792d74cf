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

import io.trino.spi.block.Block;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.RowKind;

/** One position of several blocks as a row: a view, without a copy, that can be moved to the next position. */
final class BlockRow implements InternalRow {

    private final BlockReader[] fields;
    private final Block[] blocks;
    private int position;
    private RowKind kind = RowKind.INSERT;

    /** @param blocks one a field */
    BlockRow(BlockReader[] fields, Block[] blocks, int position) {
        this.fields = requireNonNull(fields, "fields is null");
        this.blocks = requireNonNull(blocks, "blocks is null");
        this.position = position;
    }

    /** A row that views nothing yet. */
    BlockRow(BlockReader[] fields) {
        this(fields, new Block[fields.length], 0);
    }

    /** Makes this row a view of other blocks, one a field. */
    void view(Block[] others) {
        System.arraycopy(others, 0, blocks, 0, blocks.length);
    }

    void moveTo(int position) {
        this.position = position;
    }

    @Override
    public int getFieldCount() {
        return fields.length;
    }

    @Override
    public RowKind getRowKind() {
        return kind;
    }

    @Override
    public void setRowKind(RowKind kind) {
        this.kind = kind;
    }

    @Override
    public boolean isNullAt(int field) {
        return fields[field].isNull(blocks[field], position);
    }

    @Override
    public boolean getBoolean(int field) {
        return fields[field].readBoolean(blocks[field], position);
    }

    @Override
    public byte getByte(int field) {
        return fields[field].readByte(blocks[field], position);
    }

    @Override
    public short getShort(int field) {
        return fields[field].readShort(blocks[field], position);
    }

    @Override
    public int getInt(int field) {
        return fields[field].readInt(blocks[field], position);
    }

    @Override
    public long getLong(int field) {
        return fields[field].readLong(blocks[field], position);
    }

    @Override
    public float getFloat(int field) {
        return fields[field].readFloat(blocks[field], position);
    }

    @Override
    public double getDouble(int field) {
        return fields[field].readDouble(blocks[field], position);
    }

    @Override
    public BinaryString getString(int field) {
        return fields[field].readString(blocks[field], position);
    }

    @Override
    public Decimal getDecimal(int field, int precision, int scale) {
        return fields[field].readDecimal(blocks[field], position);
    }

    @Override
    public Timestamp getTimestamp(int field, int precision) {
        return fields[field].readTimestamp(blocks[field], position);
    }

    @Override
    public byte[] getBinary(int field) {
        return fields[field].readBinary(blocks[field], position);
    }

    @Override
    public Variant getVariant(int field) {
        return fields[field].readVariant(blocks[field], position);
    }

    @Override
    public Blob getBlob(int field) {
        return Blob.fromData(getBinary(field));
    }

    @Override
    public InternalArray getArray(int field) {
        return fields[field].readArray(blocks[field], position);
    }

    @Override
    public InternalVector getVector(int field) {
        return fields[field].readArray(blocks[field], position);
    }

    @Override
    public InternalMap getMap(int field) {
        return fields[field].readMap(blocks[field], position);
    }

    @Override
    public InternalRow getRow(int field, int fieldCount) {
        return fields[field].readRow(blocks[field], position);
    }
}
