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

import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.BinaryVector;
import org.apache.paimon.data.Blob;
import org.apache.paimon.data.BlobData;
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.GenericVariant;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.BinaryType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VarBinaryType;
import org.apache.paimon.types.VectorType;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;

/**
 * Values of Spark that Paimon reads as its own, at the positions where Spark has them: nothing is copied but what has
 * another form. Checks what Spark does not: the length of binaries and of vectors.
 */
abstract class PaimonValues implements DataGetters {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long MICROS_PER_MILLI = 1_000L;
    private static final int MILLIS_PRECISION = 3;
    private static final int MICROS_PRECISION = 6;

    /** Where the values are now. */
    abstract SpecializedGetters values();

    /** The type to store of the value at a position. */
    abstract DataType stored(int position);

    /** The type that Spark has of the value at a position. */
    abstract org.apache.spark.sql.types.DataType given(int position);

    @Override
    public final boolean isNullAt(int position) {
        return values().isNullAt(position);
    }

    @Override
    public final boolean getBoolean(int position) {
        return values().getBoolean(position);
    }

    @Override
    public final byte getByte(int position) {
        return values().getByte(position);
    }

    @Override
    public final short getShort(int position) {
        return values().getShort(position);
    }

    @Override
    public final int getInt(int position) {
        boolean nanos = stored(position).is(DataTypeRoot.TIME_WITHOUT_TIME_ZONE) && SparkTypes.isTime(given(position));
        return nanos ? Math.toIntExact(values().getLong(position) / NANOS_PER_MILLI) : values().getInt(position);
    }

    @Override
    public final long getLong(int position) {
        return values().getLong(position);
    }

    @Override
    public final float getFloat(int position) {
        return values().getFloat(position);
    }

    @Override
    public final double getDouble(int position) {
        return values().getDouble(position);
    }

    @Override
    public final BinaryString getString(int position) {
        UTF8String text = values().getUTF8String(position);
        return BinaryString.fromBytes(text.getBytes());
    }

    @Override
    public final Decimal getDecimal(int position, int precision, int scale) {
        org.apache.spark.sql.types.Decimal value = values().getDecimal(position, precision, scale);
        return Decimal.isCompact(precision)
                ? Decimal.fromUnscaledLong(value.toUnscaledLong(), precision, scale)
                : Decimal.fromBigDecimal(value.toJavaBigDecimal(), precision, scale);
    }

    /** Digits that the column does not have are cut off. */
    @Override
    public final Timestamp getTimestamp(int position, int precision) {
        long micros = values().getLong(position);
        if (precision < MICROS_PRECISION) {
            long unit = (long) Math.pow(10, MICROS_PRECISION - precision);
            micros = Math.floorDiv(micros, unit) * unit;
        }
        return precision <= MILLIS_PRECISION
                ? Timestamp.fromEpochMillis(Math.floorDiv(micros, MICROS_PER_MILLI))
                : Timestamp.fromMicros(micros);
    }

    /** @throws IllegalArgumentException if it is longer or shorter than the column may hold */
    @Override
    public final byte[] getBinary(int position) {
        byte[] bytes = values().getBinary(position);
        DataType type = stored(position);
        if (type instanceof VarBinaryType limited && bytes.length > limited.getLength()) {
            throw new IllegalArgumentException("A binary of " + bytes.length
                    + " bytes does not fit into a column of the type " + limited.asSQLString());
        }
        if (type instanceof BinaryType fixed && bytes.length != fixed.getLength()) {
            throw new IllegalArgumentException("A binary of " + bytes.length
                    + " bytes is not of the length of a column of the" + " type " + fixed.asSQLString());
        }
        return bytes;
    }

    @Override
    public final Variant getVariant(int position) {
        return Variants.toPaimon(values(), position);
    }

    @Override
    public final Blob getBlob(int position) {
        return new BlobData(values().getBinary(position));
    }

    @Override
    public final InternalArray getArray(int position) {
        return new PaimonArray(
                values().getArray(position),
                ((ArrayType) stored(position)).getElementType(),
                ((org.apache.spark.sql.types.ArrayType) given(position)).elementType());
    }

    /** @throws IllegalArgumentException if it has another length than the column */
    @Override
    public final InternalVector getVector(int position) {
        VectorType type = (VectorType) stored(position);
        PaimonArray array = new PaimonArray(
                values().getArray(position),
                type.getElementType(),
                ((org.apache.spark.sql.types.ArrayType) given(position)).elementType());
        if (array.size() != type.getLength()) {
            throw new IllegalArgumentException("An array of " + array.size()
                    + " elements is not of the length of a column" + " of the type " + type.asSQLString());
        }
        return BinaryVector.fromInternalArray(array, type.getElementType());
    }

    @Override
    public final InternalMap getMap(int position) {
        DataType type = stored(position);
        org.apache.spark.sql.types.MapType map = (org.apache.spark.sql.types.MapType) given(position);
        DataType key = type instanceof MultisetType set ? set.getElementType() : ((MapType) type).getKeyType();
        DataType value = type instanceof MapType entries ? entries.getValueType() : DataTypes.INT();
        return new PaimonMap(
                new PaimonArray(values().getMap(position).keyArray(), key, map.keyType()),
                new PaimonArray(values().getMap(position).valueArray(), value, map.valueType()));
    }

    @Override
    public final InternalRow getRow(int position, int fields) {
        return new PaimonRow((RowType) stored(position), (org.apache.spark.sql.types.StructType) given(position))
                .show(values().getStruct(position, fields));
    }

    /** Keys and values of a map. */
    record PaimonMap(InternalArray keyArray, InternalArray valueArray) implements InternalMap {

        @Override
        public int size() {
            return keyArray.size();
        }
    }

    /** Apart, since releases of Spark before 4.0 lack its class. */
    private static final class Variants {

        static Variant toPaimon(SpecializedGetters values, int position) {
            VariantVal variant = values.getVariant(position);
            return new GenericVariant(variant.getValue(), variant.getMetadata());
        }
    }
}
