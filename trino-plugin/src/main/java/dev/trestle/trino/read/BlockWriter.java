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
package dev.trestle.trino.read;

import static io.trino.spi.type.DateTimeEncoding.packDateTimeWithZone;
import static io.trino.spi.type.TimeZoneKey.UTC_KEY;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_MILLISECOND;
import static io.trino.spi.type.Timestamps.NANOSECONDS_PER_MICROSECOND;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_MILLISECOND;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_NANOSECOND;

import dev.trestle.trino.TrinoTypes;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import io.trino.spi.block.ArrayBlockBuilder;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.MapBlockBuilder;
import io.trino.spi.block.RowBlockBuilder;
import io.trino.spi.type.CharType;
import io.trino.spi.type.Chars;
import io.trino.spi.type.Int128;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.Type;
import io.trino.spi.variant.Metadata;
import io.trino.spi.variant.Variant;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalArray;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.LocalZonedTimestampType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.TimestampType;
import org.apache.paimon.types.VectorType;

/** Writes a value of one Paimon type into a block of the Trino type that it is read as. Stateless. */
@FunctionalInterface
public interface BlockWriter {

    void write(DataGetters values, int position, BlockBuilder block);

    /** A writer for the values of a type, null among them. */
    static BlockWriter of(DataType type) {
        BlockWriter present = ofPresent(type);
        return (values, position, block) -> {
            if (values.isNullAt(position)) {
                block.appendNull();
            } else {
                present.write(values, position, block);
            }
        };
    }

    private static BlockWriter ofPresent(DataType type) {
        Type trino = TrinoTypes.toTrino(type);
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> (values, position, block) -> trino.writeBoolean(block, values.getBoolean(position));
            case TINYINT -> (values, position, block) -> trino.writeLong(block, values.getByte(position));
            case SMALLINT -> (values, position, block) -> trino.writeLong(block, values.getShort(position));
            case INTEGER, DATE -> (values, position, block) -> trino.writeLong(block, values.getInt(position));
            case BIGINT -> (values, position, block) -> trino.writeLong(block, values.getLong(position));
            case FLOAT ->
                (values, position, block) -> trino.writeLong(block, Float.floatToRawIntBits(values.getFloat(position)));
            case DOUBLE -> (values, position, block) -> trino.writeDouble(block, values.getDouble(position));
            case DECIMAL -> decimal((DecimalType) type, trino);
            case CHAR -> character(trino);
            case VARCHAR -> (values, position, block) -> trino.writeSlice(block, slice(values.getString(position)));
            case BINARY, VARBINARY ->
                (values, position, block) -> trino.writeSlice(block, Slices.wrappedBuffer(values.getBinary(position)));
            case BLOB ->
                (values, position, block) -> trino.writeSlice(
                        block, Slices.wrappedBuffer(values.getBlob(position).toData()));
            case TIME_WITHOUT_TIME_ZONE ->
                (values, position, block) ->
                        trino.writeLong(block, (long) values.getInt(position) * PICOSECONDS_PER_MILLISECOND);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(((TimestampType) type).getPrecision(), trino);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(((LocalZonedTimestampType) type).getPrecision(), trino);
            case VARIANT -> (values, position, block) -> trino.writeObject(block, variant(values.getVariant(position)));
            case ARRAY -> array(((ArrayType) type).getElementType());
            case VECTOR -> vector(((VectorType) type).getElementType());
            case MULTISET -> map(((MultisetType) type).getElementType(), DataTypes.INT());
            case MAP -> map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case ROW -> row((RowType) type);
        };
    }

    /** A value that the column no longer holds is NULL, which the row of a file knows only once it has looked. */
    private static BlockWriter decimal(DecimalType type, Type trino) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        boolean isShort = ((io.trino.spi.type.DecimalType) trino).isShort();
        return (values, position, block) -> {
            Decimal value = values.getDecimal(position, precision, scale);
            if (value == null) {
                block.appendNull();
            } else if (isShort) {
                trino.writeLong(block, value.toUnscaledLong());
            } else {
                trino.writeObject(block, Int128.valueOf(value.toBigDecimal().unscaledValue()));
            }
        };
    }

    /** Trino keeps a char without the blanks at its end. */
    private static BlockWriter character(Type trino) {
        if (trino instanceof CharType type) {
            return (values, position, block) ->
                    type.writeSlice(block, Chars.trimTrailingSpaces(slice(values.getString(position))));
        }
        return (values, position, block) -> trino.writeSlice(block, slice(values.getString(position)));
    }

    private static Slice slice(BinaryString text) {
        return Slices.wrappedBuffer(text.toBytes());
    }

    private static BlockWriter timestamp(int precision, Type trino) {
        if (((io.trino.spi.type.TimestampType) trino).isShort()) {
            return (values, position, block) ->
                    trino.writeLong(block, epochMicros(values.getTimestamp(position, precision)));
        }
        return (values, position, block) -> {
            Timestamp value = values.getTimestamp(position, precision);
            int nanosOfMicro = value.getNanoOfMillisecond() % NANOSECONDS_PER_MICROSECOND;
            trino.writeObject(block, new LongTimestamp(epochMicros(value), nanosOfMicro * PICOSECONDS_PER_NANOSECOND));
        };
    }

    private static long epochMicros(Timestamp value) {
        return value.getMillisecond() * MICROSECONDS_PER_MILLISECOND
                + value.getNanoOfMillisecond() / NANOSECONDS_PER_MICROSECOND;
    }

    private static BlockWriter instant(int precision, Type trino) {
        if (((io.trino.spi.type.TimestampWithTimeZoneType) trino).isShort()) {
            return (values, position, block) -> trino.writeLong(
                    block,
                    packDateTimeWithZone(
                            values.getTimestamp(position, precision).getMillisecond(), UTC_KEY));
        }
        return (values, position, block) -> {
            Timestamp value = values.getTimestamp(position, precision);
            trino.writeObject(
                    block,
                    LongTimestampWithTimeZone.fromEpochMillisAndFraction(
                            value.getMillisecond(),
                            value.getNanoOfMillisecond() * PICOSECONDS_PER_NANOSECOND,
                            UTC_KEY));
        };
    }

    private static Variant variant(org.apache.paimon.data.variant.Variant value) {
        return Variant.from(Metadata.from(Slices.wrappedBuffer(value.metadata())), Slices.wrappedBuffer(value.value()));
    }

    private static BlockWriter array(DataType elementType) {
        BlockWriter element = of(elementType);
        return (values, position, block) -> writeElements(values.getArray(position), element, block);
    }

    private static BlockWriter vector(DataType elementType) {
        BlockWriter element = of(elementType);
        return (values, position, block) -> writeElements(values.getVector(position), element, block);
    }

    private static void writeElements(InternalArray elements, BlockWriter element, BlockBuilder block) {
        ((ArrayBlockBuilder) block).buildEntry(builder -> {
            for (int i = 0; i < elements.size(); i++) {
                element.write(elements, i, builder);
            }
        });
    }

    private static BlockWriter map(DataType keyType, DataType valueType) {
        BlockWriter key = of(keyType);
        BlockWriter value = of(valueType);
        return (values, position, block) -> {
            InternalMap map = values.getMap(position);
            InternalArray keys = map.keyArray();
            InternalArray mapped = map.valueArray();
            ((MapBlockBuilder) block).buildEntry((keyBuilder, valueBuilder) -> {
                for (int i = 0; i < map.size(); i++) {
                    key.write(keys, i, keyBuilder);
                    value.write(mapped, i, valueBuilder);
                }
            });
        };
    }

    private static BlockWriter row(RowType type) {
        List<BlockWriter> fields = new ArrayList<>();
        for (DataField field : type.getFields()) {
            fields.add(of(field.type()));
        }
        return (values, position, block) -> {
            InternalRow row = values.getRow(position, fields.size());
            ((RowBlockBuilder) block).buildEntry(builders -> {
                for (int i = 0; i < fields.size(); i++) {
                    fields.get(i).write(row, i, builders.get(i));
                }
            });
        };
    }
}
