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
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VectorType;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;

/** Values of Paimon as Spark's own. Bytes of texts are shared where they lie on the heap, all else is copied. */
public final class SparkValues {

    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int NANOS_PER_MICRO = 1_000;

    private SparkValues() {}

    /** Reads the value of one field. */
    public interface Reader {

        /** The value at a position that is not null. */
        Object read(DataGetters values, int position);

        /** The value at a position, or null. */
        default Object readNullable(DataGetters values, int position) {
            return values.isNullAt(position) ? null : read(values, position);
        }
    }

    /** How fields of a stored type are read as the type that Spark expects of it. */
    public static Reader reader(DataType stored, org.apache.spark.sql.types.DataType wanted) {
        return switch (stored.getTypeRoot()) {
            case CHAR, VARCHAR -> (values, position) -> text(values.getString(position));
            case BOOLEAN -> DataGetters::getBoolean;
            case BINARY, VARBINARY -> DataGetters::getBinary;
            case BLOB -> (values, position) -> values.getBlob(position).toData();
            case DECIMAL -> {
                DecimalType type = (DecimalType) stored;
                yield (values, position) -> decimal(values.getDecimal(position, type.getPrecision(), type.getScale()));
            }
            case TINYINT -> DataGetters::getByte;
            case SMALLINT -> DataGetters::getShort;
            case INTEGER, DATE -> DataGetters::getInt;
            case TIME_WITHOUT_TIME_ZONE ->
                SparkTypes.isTime(wanted)
                        ? (values, position) -> nanosOfDay(values.getInt(position))
                        : DataGetters::getInt;
            case BIGINT -> DataGetters::getLong;
            case FLOAT -> DataGetters::getFloat;
            case DOUBLE -> DataGetters::getDouble;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                int precision = DataTypeChecks.getPrecision(stored);
                yield (values, position) -> micros(values.getTimestamp(position, precision));
            }
            case VARIANT -> (values, position) -> Variants.toSpark(values.getVariant(position));
            case ARRAY -> {
                Reader element = elements(((ArrayType) stored).getElementType(), wanted);
                yield (values, position) -> array(values.getArray(position), element);
            }
            case VECTOR -> {
                Reader element = elements(((VectorType) stored).getElementType(), wanted);
                yield (values, position) -> array(values.getVector(position), element);
            }
            case MULTISET -> map(((MultisetType) stored).getElementType(), DataTypes.INT(), wanted);
            case MAP -> map(((MapType) stored).getKeyType(), ((MapType) stored).getValueType(), wanted);
            case ROW -> struct((RowType) stored, (StructType) wanted);
        };
    }

    /** Readers of the fields of a row, of which Spark's type has as many, in this order. */
    public static Reader[] readers(RowType stored, StructType wanted) {
        Reader[] readers = new Reader[stored.getFieldCount()];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = reader(stored.getTypeAt(i), wanted.fields()[i].dataType());
        }
        return readers;
    }

    private static Reader elements(DataType stored, org.apache.spark.sql.types.DataType array) {
        return reader(stored, ((org.apache.spark.sql.types.ArrayType) array).elementType());
    }

    private static Reader map(DataType key, DataType value, org.apache.spark.sql.types.DataType wanted) {
        org.apache.spark.sql.types.MapType map = (org.apache.spark.sql.types.MapType) wanted;
        Reader keys = reader(key, map.keyType());
        Reader entries = reader(value, map.valueType());
        return (values, position) -> {
            InternalMap stored = values.getMap(position);
            return new ArrayBasedMapData(array(stored.keyArray(), keys), array(stored.valueArray(), entries));
        };
    }

    private static Reader struct(RowType stored, StructType wanted) {
        Reader[] readers = readers(stored, wanted);
        return (values, position) -> {
            InternalRow row = values.getRow(position, readers.length);
            Object[] fields = new Object[readers.length];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = readers[i].readNullable(row, i);
            }
            return new GenericInternalRow(fields);
        };
    }

    private static ArrayData array(InternalArray stored, Reader element) {
        Object[] values = new Object[stored.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.readNullable(stored, i);
        }
        return new GenericArrayData(values);
    }

    /** A value of statistics or of a partition, which is one of Paimon's classes by itself. */
    public static Object toSpark(Object value, DataType type, org.apache.spark.sql.types.DataType wanted) {
        if (value == null) {
            return null;
        }
        return reader(type, wanted).read(org.apache.paimon.data.GenericRow.of(value), 0);
    }

    static UTF8String text(BinaryString value) {
        return UTF8String.fromBytes(value.toBytes());
    }

    static org.apache.spark.sql.types.Decimal decimal(Decimal value) {
        return value.isCompact()
                ? org.apache.spark.sql.types.Decimal.createUnsafe(
                        value.toUnscaledLong(), value.precision(), value.scale())
                : org.apache.spark.sql.types.Decimal.apply(value.toBigDecimal(), value.precision(), value.scale());
    }

    /** @throws ArithmeticException if digits would be lost */
    static long micros(Timestamp value) {
        if (value.getNanoOfMillisecond() % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException(
                    "The timestamp " + value + " has digits below microseconds, which Spark cannot"
                            + " hold: leave the column out of the query");
        }
        return value.toMicros();
    }

    static long nanosOfDay(int millisOfDay) {
        return millisOfDay * NANOS_PER_MILLI;
    }

    /** Apart, since releases of Spark before 4.0 lack its class. */
    private static final class Variants {

        static Object toSpark(Variant variant) {
            return new VariantVal(variant.value(), variant.metadata());
        }
    }
}
