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
package dev.trestle.spark.data;

import org.apache.paimon.data.InternalArray;
import org.apache.paimon.types.DataType;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** An array of Spark as one of Paimon. */
final class PaimonArray extends PaimonValues implements InternalArray {

    private final ArrayData array;
    private final DataType stored;
    private final org.apache.spark.sql.types.DataType given;

    PaimonArray(ArrayData array, DataType stored, org.apache.spark.sql.types.DataType given) {
        this.array = array;
        this.stored = stored;
        this.given = given;
    }

    @Override
    SpecializedGetters values() {
        return array;
    }

    @Override
    DataType stored(int position) {
        return stored;
    }

    @Override
    org.apache.spark.sql.types.DataType given(int position) {
        return given;
    }

    @Override
    public int size() {
        return array.numElements();
    }

    @Override
    public boolean[] toBooleanArray() {
        return array.toBooleanArray();
    }

    @Override
    public byte[] toByteArray() {
        return array.toByteArray();
    }

    @Override
    public short[] toShortArray() {
        return array.toShortArray();
    }

    @Override
    public int[] toIntArray() {
        int[] values = new int[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = getInt(i);
        }
        return values;
    }

    @Override
    public long[] toLongArray() {
        return array.toLongArray();
    }

    @Override
    public float[] toFloatArray() {
        return array.toFloatArray();
    }

    @Override
    public double[] toDoubleArray() {
        return array.toDoubleArray();
    }
}
