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

import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;
import static io.trino.spi.type.TypeUtils.readNativeValue;

import dev.trestle.trino.TrinoTypes;
import io.airlift.slice.Slice;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.type.Int128;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.Timestamps;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.DataGetters;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DecimalType;

/** Single values of Trino as Paimon's, and back: those of predicates, partitions and statistics. */
final class TrinoValues {

    private TrinoValues() {}

    /** A block of the one value. */
    static Block block(DataType type, DataGetters values, int position) {
        BlockBuilder builder = TrinoTypes.toTrino(type).createBlockBuilder(null, 1);
        BlockWriter.of(type).write(values, position, builder);
        return builder.build();
    }

    /** Trino's value, null where it is null. */
    static Object toTrino(DataType type, DataGetters values, int position) {
        return readNativeValue(TrinoTypes.toTrino(type), block(type, values, position), 0);
    }

    /**
     * Paimon's value that compares in Paimon as Trino's does in Trino. Empty for a type whose values the two order
     * differently: CHAR, where Trino takes blanks at the end for nothing, and floating point numbers, of which the least and
     * greatest in an ORC file leave out others once one is no number.
     */
    static Optional<Object> toPaimon(DataType type, Object value) {
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case BOOLEAN -> value;
                    case TINYINT -> ((Long) value).byteValue();
                    case SMALLINT -> ((Long) value).shortValue();
                    case INTEGER, DATE -> Math.toIntExact((Long) value);
                    case BIGINT -> value;
                    case DECIMAL -> decimal((DecimalType) type, value);
                    case VARCHAR -> BinaryString.fromBytes(((Slice) value).getBytes());
                    case TIME_WITHOUT_TIME_ZONE -> milliseconds((Long) value);
                    case TIMESTAMP_WITHOUT_TIME_ZONE -> timestamp(value);
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(value);
                    case FLOAT, DOUBLE, CHAR, BINARY, VARBINARY, BLOB, VARIANT, ARRAY, VECTOR, MULTISET, MAP, ROW ->
                        null;
                });
    }

    /** Paimon keeps no smaller part of a time of day. */
    private static Integer milliseconds(long picoseconds) {
        return picoseconds % Timestamps.PICOSECONDS_PER_MILLISECOND == 0
                ? Math.toIntExact(picoseconds / Timestamps.PICOSECONDS_PER_MILLISECOND)
                : null;
    }

    private static Decimal decimal(DecimalType type, Object value) {
        return value instanceof Int128 large
                ? Decimal.fromBigDecimal(
                        new BigDecimal(large.toBigInteger(), type.getScale()), type.getPrecision(), type.getScale())
                : Decimal.fromUnscaledLong((Long) value, type.getPrecision(), type.getScale());
    }

    private static Timestamp timestamp(Object value) {
        return value instanceof LongTimestamp exact
                ? fromMicros(exact.getEpochMicros(), exact.getPicosOfMicro() / Timestamps.PICOSECONDS_PER_NANOSECOND)
                : fromMicros((Long) value, 0);
    }

    private static Timestamp fromMicros(long micros, int nanosOfMicro) {
        long millis = Math.floorDiv(micros, Timestamps.MICROSECONDS_PER_MILLISECOND);
        int nanos = (int) Math.floorMod(micros, (long) Timestamps.MICROSECONDS_PER_MILLISECOND)
                        * Timestamps.NANOSECONDS_PER_MICROSECOND
                + nanosOfMicro;
        return Timestamp.fromEpochMillis(millis, nanos);
    }

    private static Timestamp instant(Object value) {
        return value instanceof LongTimestampWithTimeZone exact
                ? Timestamp.fromEpochMillis(
                        exact.getEpochMillis(), exact.getPicosOfMilli() / Timestamps.PICOSECONDS_PER_NANOSECOND)
                : Timestamp.fromEpochMillis(unpackMillisUtc((Long) value));
    }
}
