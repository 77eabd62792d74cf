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

/** A range of a block as an array or vector: a view, without a copy. */
record BlockArray(BlockReader element, Block block, int offset, int size) implements InternalVector {

    BlockArray {
        requireNonNull(element, "element is null");
        requireNonNull(block, "block is null");
    }

    @Override
    public boolean isNullAt(int index) {
        return element.isNull(block, offset + index);
    }

    @Override
    public boolean getBoolean(int index) {
        return element.readBoolean(block, offset + index);
    }

    @Override
    public byte getByte(int index) {
        return element.readByte(block, offset + index);
    }

    @Override
    public short getShort(int index) {
        return element.readShort(block, offset + index);
    }

    @Override
    public int getInt(int index) {
        return element.readInt(block, offset + index);
    }

    @Override
    public long getLong(int index) {
        return element.readLong(block, offset + index);
    }

    @Override
    public float getFloat(int index) {
        return element.readFloat(block, offset + index);
    }

    @Override
    public double getDouble(int index) {
        return element.readDouble(block, offset + index);
    }

    @Override
    public BinaryString getString(int index) {
        return element.readString(block, offset + index);
    }

    @Override
    public Decimal getDecimal(int index, int precision, int scale) {
        return element.readDecimal(block, offset + index);
    }

    @Override
    public Timestamp getTimestamp(int index, int precision) {
        return element.readTimestamp(block, offset + index);
    }

    @Override
    public byte[] getBinary(int index) {
        return element.readBinary(block, offset + index);
    }

    @Override
    public Variant getVariant(int index) {
        return element.readVariant(block, offset + index);
    }

    @Override
    public Blob getBlob(int index) {
        return Blob.fromData(getBinary(index));
    }

    @Override
    public InternalArray getArray(int index) {
        return element.readArray(block, offset + index);
    }

    @Override
    public InternalVector getVector(int index) {
        return element.readArray(block, offset + index);
    }

    @Override
    public InternalMap getMap(int index) {
        return element.readMap(block, offset + index);
    }

    @Override
    public InternalRow getRow(int index, int fieldCount) {
        return element.readRow(block, offset + index);
    }

    @Override
    public boolean[] toBooleanArray() {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = getBoolean(i);
        }
        return values;
    }

    @Override
    public byte[] toByteArray() {
        byte[] values = new byte[size];
        for (int i = 0; i < size; i++) {
            values[i] = getByte(i);
        }
        return values;
    }

    @Override
    public short[] toShortArray() {
        short[] values = new short[size];
        for (int i = 0; i < size; i++) {
            values[i] = getShort(i);
        }
        return values;
    }

    @Override
    public int[] toIntArray() {
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = getInt(i);
        }
        return values;
    }

    @Override
    public long[] toLongArray() {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = getLong(i);
        }
        return values;
    }

    @Override
    public float[] toFloatArray() {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = getFloat(i);
        }
        return values;
    }

    @Override
    public double[] toDoubleArray() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = getDouble(i);
        }
        return values;
    }
}
