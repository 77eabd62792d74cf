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

import static io.trino.spi.StandardErrorCode.CONSTRAINT_VIOLATION;
import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;
import static io.trino.spi.type.Timestamps.MICROSECONDS_PER_MILLISECOND;
import static io.trino.spi.type.Timestamps.NANOSECONDS_PER_MICROSECOND;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_MILLISECOND;
import static io.trino.spi.type.Timestamps.PICOSECONDS_PER_NANOSECOND;
import static java.lang.Math.toIntExact;

import dev.trestle.trino.TrinoTypes;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.block.SqlMap;
import io.trino.spi.block.SqlRow;
import io.trino.spi.type.CharType;
import io.trino.spi.type.Chars;
import io.trino.spi.type.Int128;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.InternalMap;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.InternalVector;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.data.variant.GenericVariant;
import org.apache.paimon.data.variant.Variant;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.BinaryType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VarBinaryType;
import org.apache.paimon.types.VectorType;

/** The readers of all types: the mirror of how values are written into blocks when a table is read. */
final class BlockReaders {

    private BlockReaders() {}

    /**
     * A reader for the values of a type.
     *
     * @param column where the values go, for the refusal of one that does not fit
     */
    static BlockReader of(String column, DataType type) {
        Type trino = TrinoTypes.toTrino(type);
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> new BooleanReader(trino);
            case TINYINT, SMALLINT, INTEGER, BIGINT, DATE -> new IntegerReader(trino);
            case FLOAT, DOUBLE -> new FloatingReader(trino);
            case DECIMAL -> new DecimalReader((DecimalType) type, trino);
            case CHAR, VARCHAR -> new StringReader(trino);
            case BINARY -> new BinaryReader(column, trino, ((BinaryType) type).getLength(), true);
            case VARBINARY -> new BinaryReader(column, trino, ((VarBinaryType) type).getLength(), false);
            case BLOB -> new BinaryReader(column, trino, Integer.MAX_VALUE, false);
            case TIME_WITHOUT_TIME_ZONE -> new TimeReader(column, trino);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> new TimestampReader((io.trino.spi.type.TimestampType) trino);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                new InstantReader((io.trino.spi.type.TimestampWithTimeZoneType) trino);
            case VARIANT -> new VariantReader(trino);
            case ARRAY ->
                new ArrayReader(
                        (io.trino.spi.type.ArrayType) trino,
                        Items.of("elements", column, ((ArrayType) type).getElementType()));
            case VECTOR -> new VectorReader(column, (io.trino.spi.type.ArrayType) trino, (VectorType) type);
            case MULTISET ->
                map(
                        column,
                        trino,
                        ((MultisetType) type).getElementType(),
                        DataTypes.INT().notNull());
            case MAP -> map(column, trino, ((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case ROW -> new RowReader(column, (io.trino.spi.type.RowType) trino, (RowType) type);
        };
    }

    /** The readers of the fields of a row, in their order. */
    static BlockReader[] ofFields(String prefix, RowType type) {
        List<DataField> fields = type.getFields();
        return fields.stream()
                .map(field -> of(prefix + field.name(), field.type()))
                .toArray(BlockReader[]::new);
    }

    private static MapReader map(String column, Type trino, DataType key, DataType value) {
        return new MapReader((io.trino.spi.type.MapType) trino, of(column, key), Items.of("values", column, value));
    }

    /** Elements of arrays or values of maps. Trino's types take null everywhere, Paimon's do not. */
    private record Items(String what, String column, BlockReader reader, boolean nullable) {

        static Items of(String what, String column, DataType type) {
            return new Items(what, column, BlockReaders.of(column, type), type.isNullable());
        }

        BlockArray view(Block block, int offset, int length) {
            if (!nullable && block.mayHaveNull()) {
                for (int i = offset; i < offset + length; i++) {
                    if (block.isNull(i)) {
                        throw nullRefused(what + " of column: " + column);
                    }
                }
            }
            return new BlockArray(reader, block, offset, length);
        }
    }

    private static TrinoException nullRefused(String where) {
        return new TrinoException(CONSTRAINT_VIOLATION, "NULL value not allowed for NOT NULL " + where);
    }

    private record BooleanReader(Type type) implements BlockReader {
        @Override
        public boolean readBoolean(Block block, int position) {
            return type.getBoolean(block, position);
        }
    }

    private record IntegerReader(Type type) implements BlockReader {
        @Override
        public byte readByte(Block block, int position) {
            return (byte) type.getLong(block, position);
        }

        @Override
        public short readShort(Block block, int position) {
            return (short) type.getLong(block, position);
        }

        @Override
        public int readInt(Block block, int position) {
            return (int) type.getLong(block, position);
        }

        @Override
        public long readLong(Block block, int position) {
            return type.getLong(block, position);
        }
    }

    private record FloatingReader(Type type) implements BlockReader {
        @Override
        public float readFloat(Block block, int position) {
            return Float.intBitsToFloat((int) type.getLong(block, position));
        }

        @Override
        public double readDouble(Block block, int position) {
            return type.getDouble(block, position);
        }
    }

    private record DecimalReader(DecimalType type, Type trino) implements BlockReader {
        @Override
        public Decimal readDecimal(Block block, int position) {
            if (((io.trino.spi.type.DecimalType) trino).isShort()) {
                return Decimal.fromUnscaledLong(trino.getLong(block, position), type.getPrecision(), type.getScale());
            }
            BigInteger unscaled = ((Int128) trino.getObject(block, position)).toBigInteger();
            return Decimal.fromBigDecimal(
                    new BigDecimal(unscaled, type.getScale()), type.getPrecision(), type.getScale());
        }
    }

    /** A char gets the blanks back that Trino leaves out at its end: other engines keep and compare them. */
    private record StringReader(Type type) implements BlockReader {
        @Override
        public BinaryString readString(Block block, int position) {
            Slice text = type.getSlice(block, position);
            if (type instanceof CharType character) {
                text = Chars.padSpaces(text, character);
            }
            return BinaryString.fromBytes(text.byteArray(), text.byteArrayOffset(), text.length());
        }
    }

    private record BinaryReader(String column, Type type, int length, boolean exact) implements BlockReader {
        @Override
        public byte[] readBinary(Block block, int position) {
            Slice value = type.getSlice(block, position);
            if (value.length() > length || (exact && value.length() != length)) {
                throw new TrinoException(
                        CONSTRAINT_VIOLATION,
                        "A value for column '" + column + "' has " + value.length() + " bytes, and the column takes "
                                + (exact ? "exactly " : "at most ") + length);
            }
            return value.getBytes();
        }
    }

    /** Paimon keeps milliseconds, also in a column that another engine has declared finer. */
    private record TimeReader(String column, Type type) implements BlockReader {
        @Override
        public int readInt(Block block, int position) {
            long picos = type.getLong(block, position);
            if (picos % PICOSECONDS_PER_MILLISECOND != 0) {
                throw new TrinoException(
                        CONSTRAINT_VIOLATION,
                        "A value for column '" + column + "' is finer than a millisecond, and Paimon keeps no more of a"
                                + " time of day, whatever the column declares: insert CAST(… AS time(3))");
            }
            return toIntExact(picos / PICOSECONDS_PER_MILLISECOND);
        }
    }

    private record TimestampReader(io.trino.spi.type.TimestampType type) implements BlockReader {
        @Override
        public Timestamp readTimestamp(Block block, int position) {
            if (type.isShort()) {
                return timestamp(type.getLong(block, position), 0);
            }
            LongTimestamp value = (LongTimestamp) type.getObject(block, position);
            return timestamp(value.getEpochMicros(), value.getPicosOfMicro() / PICOSECONDS_PER_NANOSECOND);
        }

        private static Timestamp timestamp(long epochMicros, int nanosOfMicro) {
            long millis = Math.floorDiv(epochMicros, MICROSECONDS_PER_MILLISECOND);
            int microsOfMilli = Math.floorMod(epochMicros, MICROSECONDS_PER_MILLISECOND);
            return Timestamp.fromEpochMillis(millis, microsOfMilli * NANOSECONDS_PER_MICROSECOND + nanosOfMicro);
        }
    }

    private record InstantReader(io.trino.spi.type.TimestampWithTimeZoneType type) implements BlockReader {
        @Override
        public Timestamp readTimestamp(Block block, int position) {
            if (type.isShort()) {
                return Timestamp.fromEpochMillis(unpackMillisUtc(type.getLong(block, position)));
            }
            LongTimestampWithTimeZone value = (LongTimestampWithTimeZone) type.getObject(block, position);
            return Timestamp.fromEpochMillis(
                    value.getEpochMillis(), value.getPicosOfMilli() / PICOSECONDS_PER_NANOSECOND);
        }
    }

    private record VariantReader(Type type) implements BlockReader {
        @Override
        public Variant readVariant(Block block, int position) {
            io.trino.spi.variant.Variant value = (io.trino.spi.variant.Variant) type.getObject(block, position);
            return new GenericVariant(
                    value.data().getBytes(), value.metadata().toSlice().getBytes());
        }
    }

    private record ArrayReader(io.trino.spi.type.ArrayType type, Items elements) implements BlockReader {
        @Override
        public InternalVector readArray(Block block, int position) {
            Block array = type.getObject(block, position);
            return elements.view(array, 0, array.getPositionCount());
        }
    }

    private record VectorReader(String column, io.trino.spi.type.ArrayType type, int length, Items elements)
            implements BlockReader {

        VectorReader(String column, io.trino.spi.type.ArrayType trino, VectorType type) {
            this(
                    column,
                    trino,
                    type.getLength(),
                    Items.of("elements", column, type.getElementType().notNull()));
        }

        @Override
        public InternalVector readArray(Block block, int position) {
            Block array = type.getObject(block, position);
            if (array.getPositionCount() != length) {
                throw new TrinoException(
                        CONSTRAINT_VIOLATION,
                        "A vector for column '" + column + "' has " + array.getPositionCount()
                                + " elements, and the column takes exactly " + length);
            }
            return elements.view(array, 0, length);
        }
    }

    private record MapReader(io.trino.spi.type.MapType type, BlockReader key, Items values) implements BlockReader {
        @Override
        public InternalMap readMap(Block block, int position) {
            SqlMap map = type.getObject(block, position);
            int offset = map.getRawOffset();
            return new BlockMap(
                    new BlockArray(key, map.getRawKeyBlock(), offset, map.getSize()),
                    values.view(map.getRawValueBlock(), offset, map.getSize()));
        }
    }

    private record BlockMap(BlockArray keyArray, BlockArray valueArray) implements InternalMap {
        @Override
        public int size() {
            return keyArray.size();
        }
    }

    private record RowReader(
            String column, io.trino.spi.type.RowType type, List<DataField> columns, BlockReader[] fields)
            implements BlockReader {

        RowReader(String column, io.trino.spi.type.RowType trino, RowType type) {
            this(column, trino, type.getFields(), ofFields(column + ".", type));
        }

        @Override
        public InternalRow readRow(Block block, int position) {
            SqlRow row = type.getObject(block, position);
            Block[] blocks = row.getRawFieldBlocks().toArray(Block[]::new);
            int index = row.getRawIndex();
            for (int i = 0; i < blocks.length; i++) {
                if (!columns.get(i).type().isNullable() && blocks[i].isNull(index)) {
                    throw nullRefused("column: " + column + "." + columns.get(i).name());
                }
            }
            return new BlockRow(fields, blocks, index);
        }
    }
}
