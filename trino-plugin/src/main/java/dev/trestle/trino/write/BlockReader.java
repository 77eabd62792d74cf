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

import io.trino.spi.block.Block;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.Variant;

/**
 * Reads values of one Paimon type from blocks of the Trino type that it is shown as. Stateless. A reader has the methods of
 * its own type only.
 */
interface BlockReader {

    default boolean isNull(Block block, int position) {
        return block.isNull(position);
    }

    default boolean readBoolean(Block block, int position) {
        throw wrongType();
    }

    default byte readByte(Block block, int position) {
        throw wrongType();
    }

    default short readShort(Block block, int position) {
        throw wrongType();
    }

    default int readInt(Block block, int position) {
        throw wrongType();
    }

    default long readLong(Block block, int position) {
        throw wrongType();
    }

    default float readFloat(Block block, int position) {
        throw wrongType();
    }

    default double readDouble(Block block, int position) {
        throw wrongType();
    }

    default BinaryString readString(Block block, int position) {
        throw wrongType();
    }

    default Decimal readDecimal(Block block, int position) {
        throw wrongType();
    }

    default Timestamp readTimestamp(Block block, int position) {
        throw wrongType();
    }

    default byte[] readBinary(Block block, int position) {
        throw wrongType();
    }

    default Variant readVariant(Block block, int position) {
        throw wrongType();
    }

    /** An array, or a vector. */
    default InternalVector readArray(Block block, int position) {
        throw wrongType();
    }

    default InternalMap readMap(Block block, int position) {
        throw wrongType();
    }

    default InternalRow readRow(Block block, int position) {
        throw wrongType();
    }

    private IllegalStateException wrongType() {
        return new IllegalStateException("A value is read as another type than that of its column: " + this);
    }
}
