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

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VectorType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of values that are not kept as a vector: the elements of an array, or one field of some rows. */
public final class ValuesColumnVector extends ColumnVector {

    private final DataType stored;
    private final SparkValues.Reader reader;
    private final IntFunction<DataGetters> values;
    private final IntUnaryOperator positions;

    /**
     * @param values where the value of each row is
     * @param positions at which position it is there
     */
    private ValuesColumnVector(
            DataType stored,
            org.apache.spark.sql.types.DataType wanted,
            IntFunction<DataGetters> values,
            IntUnaryOperator positions) {
        this(stored, wanted, SparkValues.reader(stored, wanted), values, positions);
    }

    private ValuesColumnVector(
            DataType stored,
            org.apache.spark.sql.types.DataType wanted,
            SparkValues.Reader reader,
            IntFunction<DataGetters> values,
            IntUnaryOperator positions) {
        super(wanted);
        this.stored = stored;
        this.reader = reader;
        this.values = values;
        this.positions = positions;
    }

    /** The columns of rows, which must not change any more. */
    public static ColumnVector[] of(List<InternalRow> rows, RowType stored, StructType wanted) {
        ColumnVector[] columns = new ColumnVector[stored.getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            int position = i;
            columns[i] = new ValuesColumnVector(
                    stored.getTypeAt(i), wanted.fields()[i].dataType(), rows::get, row -> position);
        }
        return columns;
    }

    /** The columns of rows that all have the same values, each of which is converted once. */
    public static ColumnVector[] repeated(InternalRow row, RowType stored, StructType wanted) {
        ColumnVector[] columns = new ColumnVector[stored.getFieldCount()];
        for (int i = 0; i < columns.length; i++) {
            int position = i;
            org.apache.spark.sql.types.DataType type = wanted.fields()[i].dataType();
            Object value = SparkValues.reader(stored.getTypeAt(i), type).readNullable(row, i);
            columns[i] = new ValuesColumnVector(
                    stored.getTypeAt(i), type, (values, at) -> value, index -> row, index -> position);
        }
        return columns;
    }

    static ColumnarArray array(InternalArray array, DataType element, org.apache.spark.sql.types.DataType wanted) {
        ColumnVector elements = new ValuesColumnVector(element, wanted, index -> array, index -> index);
        return new ColumnarArray(elements, 0, array.size());
    }

    static ColumnarMap map(InternalMap map, DataType stored, org.apache.spark.sql.types.MapType wanted) {
        DataType key = stored instanceof MultisetType set ? set.getElementType() : ((MapType) stored).getKeyType();
        DataType value = stored instanceof MapType entries ? entries.getValueType() : DataTypes.INT();
        InternalArray keys = map.keyArray();
        InternalArray entries = map.valueArray();
        return new ColumnarMap(
                new ValuesColumnVector(key, wanted.keyType(), index -> keys, index -> index),
                new ValuesColumnVector(value, wanted.valueType(), index -> entries, index -> index),
                0,
                map.size());
    }

    static DataType elementType(DataType stored) {
        return stored instanceof VectorType fixed ? fixed.getElementType() : ((ArrayType) stored).getElementType();
    }

    @Override
    public void close() {}

    @Override
    public void closeIfFreeable() {}

    @Override
    public boolean hasNull() {
        return true;
    }

    @Override
    public int numNulls() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isNullAt(int index) {
        return values.apply(index).isNullAt(positions.applyAsInt(index));
    }

    private Object value(int index) {
        return reader.readNullable(values.apply(index), positions.applyAsInt(index));
    }

    @Override
    public boolean getBoolean(int index) {
        return (Boolean) value(index);
    }

    @Override
    public byte getByte(int index) {
        return (Byte) value(index);
    }

    @Override
    public short getShort(int index) {
        return (Short) value(index);
    }

    @Override
    public int getInt(int index) {
        return (Integer) value(index);
    }

    @Override
    public long getLong(int index) {
        return (Long) value(index);
    }

    @Override
    public float getFloat(int index) {
        return (Float) value(index);
    }

    @Override
    public double getDouble(int index) {
        return (Double) value(index);
    }

    @Override
    public Decimal getDecimal(int index, int precision, int scale) {
        return (Decimal) value(index);
    }

    @Override
    public UTF8String getUTF8String(int index) {
        return (UTF8String) value(index);
    }

    @Override
    public byte[] getBinary(int index) {
        return (byte[]) value(index);
    }

    @Override
    public ColumnarArray getArray(int index) {
        if (isNullAt(index)) {
            return null;
        }
        DataGetters row = values.apply(index);
        int position = positions.applyAsInt(index);
        return array(
                stored instanceof VectorType ? row.getVector(position) : row.getArray(position),
                elementType(stored),
                ((org.apache.spark.sql.types.ArrayType) dataType()).elementType());
    }

    @Override
    public ColumnarMap getMap(int index) {
        return isNullAt(index)
                ? null
                : map(
                        values.apply(index).getMap(positions.applyAsInt(index)),
                        stored,
                        (org.apache.spark.sql.types.MapType) dataType());
    }

    /** A field of a struct, or one of the two parts of a VARIANT. */
    @Override
    public ColumnVector getChild(int ordinal) {
        if (stored.is(DataTypeRoot.VARIANT)) {
            return new ValuesColumnVector(
                    DataTypes.BYTES(),
                    org.apache.spark.sql.types.DataTypes.BinaryType,
                    index -> part(values.apply(index).getVariant(positions.applyAsInt(index)), ordinal),
                    index -> 0);
        }
        RowType row = (RowType) stored;
        return new ValuesColumnVector(
                row.getTypeAt(ordinal),
                ((StructType) dataType()).fields()[ordinal].dataType(),
                index -> values.apply(index).getRow(positions.applyAsInt(index), row.getFieldCount()),
                index -> ordinal);
    }

    private static DataGetters part(Variant variant, int ordinal) {
        return org.apache.paimon.data.GenericRow.of((Object) (ordinal == 0 ? variant.value() : variant.metadata()));
    }
}
