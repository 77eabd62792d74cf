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
package dev.trestle.trino.statistics;

import static io.trino.spi.type.DateTimeEncoding.unpackMillisUtc;

import io.trino.spi.block.Block;
import io.trino.spi.statistics.DoubleRange;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.Int128;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.types.DataType;

/**
 * The least and greatest values of columns: Paimon's as the numbers that Trino's optimizer reckons with, and Trino's as the
 * values that Paimon keeps. Texts have no number, and so no range.
 */
final class ColumnValues {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private ColumnValues() {}

    /** Empty where one of them is unknown or has no number. */
    static Optional<DoubleRange> range(Optional<?> least, Optional<?> greatest) {
        OptionalDouble from = least.map(ColumnValues::number).orElse(OptionalDouble.empty());
        OptionalDouble to = greatest.map(ColumnValues::number).orElse(OptionalDouble.empty());
        return from.isPresent() && to.isPresent() && from.getAsDouble() <= to.getAsDouble()
                ? Optional.of(new DoubleRange(from.getAsDouble(), to.getAsDouble()))
                : Optional.empty();
    }

    /** As Trino's own {@code StatsUtil} has them: days, and microseconds since the epoch; milliseconds with a zone. */
    private static OptionalDouble number(Object value) {
        if (value instanceof Boolean truth) {
            return OptionalDouble.of(truth ? 1 : 0);
        }
        if (value instanceof Number number) {
            return OptionalDouble.of(number.doubleValue());
        }
        if (value instanceof Decimal decimal) {
            return OptionalDouble.of(decimal.toBigDecimal().doubleValue());
        }
        return OptionalDouble.empty();
    }

    /**
     * The value whose number the optimizer takes: of a timestamp the type says the unit. Empty for a time of day, whose range
     * {@code SHOW STATS} cannot show, and fails of.
     */
    static Optional<Object> numeric(DataType type, Object value) {
        return switch (type.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE -> Optional.empty();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(((Timestamp) value).getMillisecond());
            case TIMESTAMP_WITHOUT_TIME_ZONE -> Optional.of(micros((Timestamp) value));
            default -> Optional.of(value);
        };
    }

    private static long micros(Timestamp timestamp) {
        return timestamp.getMillisecond() * MICROS_PER_MILLI + timestamp.getNanoOfMillisecond() / NANOS_PER_MICRO;
    }

    /** The value that an aggregation of Trino's has found, as Paimon keeps it; empty if there was none. */
    static Optional<Comparable<?>> toPaimon(DataType type, Type trino, Block block) {
        if (block.isNull(0)) {
            return Optional.empty();
        }
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> Optional.of(trino.getBoolean(block, 0));
            case TINYINT -> Optional.of((byte) trino.getLong(block, 0));
            case SMALLINT -> Optional.of((short) trino.getLong(block, 0));
            case INTEGER, DATE -> Optional.of((int) trino.getLong(block, 0));
            case BIGINT -> Optional.of(trino.getLong(block, 0));
            case FLOAT -> Optional.of(Float.intBitsToFloat((int) trino.getLong(block, 0)));
            case DOUBLE -> Optional.of(trino.getDouble(block, 0));
            case DECIMAL -> Optional.of(decimal((DecimalType) trino, block));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> Optional.of(local((TimestampType) trino, block));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Optional.of(instant((TimestampWithTimeZoneType) trino, block));
            default -> Optional.empty();
        };
    }

    private static Decimal decimal(DecimalType type, Block block) {
        BigInteger unscaled = type.isShort()
                ? BigInteger.valueOf(type.getLong(block, 0))
                : ((Int128) type.getObject(block, 0)).toBigInteger();
        return Decimal.fromBigDecimal(new BigDecimal(unscaled, type.getScale()), type.getPrecision(), type.getScale());
    }

    private static Timestamp local(TimestampType type, Block block) {
        if (type.isShort()) {
            return Timestamp.fromMicros(type.getLong(block, 0));
        }
        return Timestamp.fromMicros(((LongTimestamp) type.getObject(block, 0)).getEpochMicros());
    }

    private static Timestamp instant(TimestampWithTimeZoneType type, Block block) {
        return Timestamp.fromEpochMillis(
                type.isShort()
                        ? unpackMillisUtc(type.getLong(block, 0))
                        : ((LongTimestampWithTimeZone) type.getObject(block, 0)).getEpochMillis());
    }
}
