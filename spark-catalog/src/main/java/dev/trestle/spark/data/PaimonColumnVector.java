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

import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.columnar.ArrayColumnVector;
import org.apache.paimon.data.columnar.BooleanColumnVector;
import org.apache.paimon.data.columnar.ByteColumnVector;
import org.apache.paimon.data.columnar.BytesColumnVector;
import org.apache.paimon.data.columnar.DecimalColumnVector;
import org.apache.paimon.data.columnar.DoubleColumnVector;
import org.apache.paimon.data.columnar.FloatColumnVector;
import org.apache.paimon.data.columnar.IntColumnVector;
import org.apache.paimon.data.columnar.LongColumnVector;
import org.apache.paimon.data.columnar.MapColumnVector;
import org.apache.paimon.data.columnar.RowColumnVector;
import org.apache.paimon.data.columnar.ShortColumnVector;
import org.apache.paimon.data.columnar.TimestampColumnVector;
import org.apache.paimon.data.columnar.VecColumnVector;
import org.apache.paimon.data.columnar.heap.AbstractHeapVector;
import org.apache.paimon.format.parquet.reader.ParquetDecimalVector;
import org.apache.paimon.format.parquet.reader.ParquetTimestampVector;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypeFamily;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of a batch that Paimon read, which Spark reads in place. Valid until the batch is released, as Spark expects of
 * any batch.
 */
public final class PaimonColumnVector extends ColumnVector {

    private static final RowType VARIANT_PARTS =
            RowType.of(new DataType[] {DataTypes.BYTES(), DataTypes.BYTES()}, new String[] {"value", "metadata"});

    private static final int MILLIS_PRECISION = 3;
    private static final int MICROS_PRECISION = 6;
    private static final long MICROS_PER_MILLI = 1_000L;

    private final org.apache.paimon.data.columnar.ColumnVector vector;
    private final DataType stored;
    private final boolean isTime;
    private final boolean isTimestamp;
    private final int precision;

    /** Whole numbers that stand for decimals or timestamps; null where values are kept otherwise. */
    private final LongColumnVector longs;

    private final IntColumnVector ints;

    /**
     * The vector that knows which values are null, where it is one of a class of which all kinds share that look: it is taken
     * with each value, and by the interface it would be a call that the compiler cannot place inline. Null otherwise.
     */
    private final AbstractHeapVector nulls;

    /** The rows of the batch that are there, where some are deleted; null where all are. */
    private final int[] rows;

    private final PaimonColumnVector[] children;

    /**
     * A view of a column.
     *
     * @param wanted the type that Spark expects
     * @param rows which of the batch's rows to show, in this order; null for all
     */
    public PaimonColumnVector(
            org.apache.paimon.data.columnar.ColumnVector vector,
            DataType stored,
            org.apache.spark.sql.types.DataType wanted,
            int[] rows) {
        super(wanted);
        this.vector = vector;
        this.stored = stored;
        this.rows = rows;
        this.isTime = stored.is(DataTypeRoot.TIME_WITHOUT_TIME_ZONE);
        this.isTimestamp = stored.is(DataTypeFamily.TIMESTAMP);
        this.precision = isTimestamp ? DataTypeChecks.getPrecision(stored) : 0;
        org.apache.paimon.data.columnar.ColumnVector plain = unwrapped(vector);
        boolean asNumbers = plain != vector && precision <= MICROS_PRECISION;
        this.longs = asNumbers && plain instanceof LongColumnVector found ? found : null;
        this.ints = asNumbers && plain instanceof IntColumnVector found ? found : null;
        this.nulls = plain instanceof AbstractHeapVector found ? found : null;
        this.children = children(vector, stored, wanted, rows);
    }

    /** What holds the values, behind the views that Paimon's Parquet reader puts on decimals and timestamps. */
    private static org.apache.paimon.data.columnar.ColumnVector unwrapped(
            org.apache.paimon.data.columnar.ColumnVector vector) {
        if (vector instanceof ParquetDecimalVector decimals) {
            return decimals.getVector();
        }
        return vector instanceof ParquetTimestampVector timestamps ? timestamps.getVector() : vector;
    }

    private static PaimonColumnVector[] children(
            org.apache.paimon.data.columnar.ColumnVector vector,
            DataType stored,
            org.apache.spark.sql.types.DataType wanted,
            int[] rows) {
        if (!(vector instanceof RowColumnVector struct)) {
            return new PaimonColumnVector[0];
        }
        boolean variant = stored.is(DataTypeRoot.VARIANT);
        RowType fields = variant ? VARIANT_PARTS : (RowType) stored;
        StructType asked = variant ? SparkTypes.toSpark(VARIANT_PARTS) : (StructType) wanted;
        PaimonColumnVector[] children = new PaimonColumnVector[fields.getFieldCount()];
        for (int i = 0; i < children.length; i++) {
            children[i] = new PaimonColumnVector(
                    struct.getBatch().columns[i], fields.getTypeAt(i), asked.fields()[i].dataType(), rows);
        }
        return children;
    }

    private int row(int index) {
        return rows == null ? index : rows[index];
    }

    @Override
    public void close() {}

    /** Not overridden in every release, but never to be freed by Spark: the batch is Paimon's. */
    @Override
    public void closeIfFreeable() {}

    @Override
    public boolean hasNull() {
        return true;
    }

    /** How many is not known; Spark asks whether there are any. */
    @Override
    public int numNulls() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isNullAt(int index) {
        return isNull(row(index));
    }

    private boolean isNull(int row) {
        return nulls == null ? vector.isNullAt(row) : nulls.isNullAt(row);
    }

    @Override
    public boolean getBoolean(int index) {
        return ((BooleanColumnVector) vector).getBoolean(row(index));
    }

    @Override
    public byte getByte(int index) {
        return ((ByteColumnVector) vector).getByte(row(index));
    }

    @Override
    public short getShort(int index) {
        return ((ShortColumnVector) vector).getShort(row(index));
    }

    @Override
    public int getInt(int index) {
        return ((IntColumnVector) vector).getInt(row(index));
    }

    @Override
    public long getLong(int index) {
        if (isTimestamp) {
            return micros(row(index));
        }
        if (isTime) {
            return SparkValues.nanosOfDay(((IntColumnVector) vector).getInt(row(index)));
        }
        return ((LongColumnVector) vector).getLong(row(index));
    }

    private long micros(int row) {
        if (longs == null) {
            return SparkValues.micros(((TimestampColumnVector) vector).getTimestamp(row, precision));
        }
        long number = longs.getLong(row);
        return precision <= MILLIS_PRECISION ? Math.multiplyExact(number, MICROS_PER_MILLI) : number;
    }

    @Override
    public float getFloat(int index) {
        return ((FloatColumnVector) vector).getFloat(row(index));
    }

    @Override
    public double getDouble(int index) {
        return ((DoubleColumnVector) vector).getDouble(row(index));
    }

    @Override
    public Decimal getDecimal(int index, int digits, int scale) {
        int row = row(index);
        if (isNull(row)) {
            return null;
        }
        if (longs != null) {
            return Decimal.createUnsafe(longs.getLong(row), digits, scale);
        }
        if (ints != null) {
            return Decimal.createUnsafe(ints.getInt(row), digits, scale);
        }
        return SparkValues.decimal(((DecimalColumnVector) vector).getDecimal(row, digits, scale));
    }

    @Override
    public UTF8String getUTF8String(int index) {
        if (isNullAt(index)) {
            return null;
        }
        BytesColumnVector.Bytes bytes = ((BytesColumnVector) vector).getBytes(row(index));
        return UTF8String.fromBytes(bytes.data, bytes.offset, bytes.len);
    }

    @Override
    public byte[] getBinary(int index) {
        return isNullAt(index)
                ? null
                : ((BytesColumnVector) vector).getBytes(row(index)).getBytes();
    }

    @Override
    public ColumnarArray getArray(int index) {
        if (isNullAt(index)) {
            return null;
        }
        return ValuesColumnVector.array(
                vector instanceof VecColumnVector fixed
                        ? fixed.getVector(row(index))
                        : ((ArrayColumnVector) vector).getArray(row(index)),
                ValuesColumnVector.elementType(stored),
                ((org.apache.spark.sql.types.ArrayType) dataType()).elementType());
    }

    @Override
    public ColumnarMap getMap(int index) {
        if (isNullAt(index)) {
            return null;
        }
        InternalMap map = ((MapColumnVector) vector).getMap(row(index));
        return ValuesColumnVector.map(map, stored, (org.apache.spark.sql.types.MapType) dataType());
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return children[ordinal];
    }
}
