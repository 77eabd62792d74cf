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

import org.apache.paimon.data.InternalRow;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * A row of Paimon that Spark reads as its own, without a copy. One of these shows many rows, one after the other. Extends a
 * class of Spark's that has all getters in every release, which get a value as an object: the frequent ones are here.
 */
public final class SparkRow extends GenericInternalRow {

    private static final long serialVersionUID = 1L;

    private final transient SparkValues.Reader[] readers;
    private transient InternalRow row;

    /**
     * A view of rows.
     *
     * @param stored their type
     * @param wanted how Spark sees it, with as many fields
     */
    public SparkRow(RowType stored, StructType wanted) {
        this.readers = SparkValues.readers(stored, wanted);
    }

    /** Shows another row; null is none. */
    public SparkRow show(InternalRow shown) {
        row = shown;
        return this;
    }

    @Override
    public int numFields() {
        return readers.length;
    }

    @Override
    public boolean isNullAt(int position) {
        return row.isNullAt(position);
    }

    @Override
    public Object genericGet(int position) {
        return readers[position].readNullable(row, position);
    }

    @Override
    public boolean getBoolean(int position) {
        return row.getBoolean(position);
    }

    @Override
    public byte getByte(int position) {
        return row.getByte(position);
    }

    @Override
    public short getShort(int position) {
        return row.getShort(position);
    }

    @Override
    public int getInt(int position) {
        return row.getInt(position);
    }

    @Override
    public float getFloat(int position) {
        return row.getFloat(position);
    }

    @Override
    public double getDouble(int position) {
        return row.getDouble(position);
    }

    @Override
    public GenericInternalRow copy() {
        Object[] values = new Object[readers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = org.apache.spark.sql.catalyst.InternalRow.copyValue(genericGet(i));
        }
        return new GenericInternalRow(values);
    }
}
