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
package dev.trestle.spark.write.parquet;

import dev.trestle.spark.data.PaimonRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.format.parquet.ParquetSchemaConverter;
import org.apache.paimon.shade.org.apache.parquet.column.ColumnWriter;
import org.apache.paimon.shade.org.apache.parquet.io.api.Binary;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;

/** Writes the value that a row has in a column, in the physical form that {@link ParquetSchemaConverter} chose. */
@FunctionalInterface
interface ParquetValue {

    /** 1970-01-01. */
    int JULIAN_DAY_OF_EPOCH = 2_440_588;

    /** @param level how deep the column is when it has a value */
    void write(InternalRow row, int position, ColumnWriter column, int level);

    /** For values of a type; none for a type that has not one value a row. Used by one thread. */
    static Optional<ParquetValue> of(DataType type) {
        ParquetValue value =
                switch (type.getTypeRoot()) {
                    case BOOLEAN -> (row, i, column, level) -> column.write(row.getBoolean(i), 0, level);
                    case TINYINT -> (row, i, column, level) -> column.write(row.getByte(i), 0, level);
                    case SMALLINT -> (row, i, column, level) -> column.write(row.getShort(i), 0, level);
                    case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE ->
                        (row, i, column, level) -> column.write(row.getInt(i), 0, level);
                    case BIGINT -> (row, i, column, level) -> column.write(row.getLong(i), 0, level);
                    case FLOAT -> (row, i, column, level) -> column.write(row.getFloat(i), 0, level);
                    case DOUBLE -> (row, i, column, level) -> column.write(row.getDouble(i), 0, level);
                    case DECIMAL -> ofDecimals((DecimalType) type);
                    case CHAR, VARCHAR -> (row, i, column, level) -> column.write(text(row, i), 0, level);
                    case BINARY, VARBINARY ->
                        (row, i, column, level) -> column.write(Binary.fromReusedByteArray(row.getBinary(i)), 0, level);
                    case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                        ofTimestamps(DataTypeChecks.getPrecision(type));
                    case ARRAY, VECTOR, MULTISET, MAP, ROW, VARIANT, BLOB -> null;
                };
        return Optional.ofNullable(value);
    }

    private static ParquetValue ofDecimals(DecimalType type) {
        int precision = type.getPrecision();
        int scale = type.getScale();
        if (ParquetSchemaConverter.is32BitDecimal(precision)) {
            return (row, i, column, level) -> column.write((int) unscaled(row, i, precision, scale), 0, level);
        }
        if (ParquetSchemaConverter.is64BitDecimal(precision)) {
            return (row, i, column, level) -> column.write(unscaled(row, i, precision, scale), 0, level);
        }
        byte[] digits = new byte[ParquetSchemaConverter.computeMinBytesForDecimalPrecision(precision)];
        return (row, i, column, level) -> {
            byte[] shortest = row.getDecimal(i, precision, scale).toUnscaledBytes();
            int start = digits.length - shortest.length;
            Arrays.fill(digits, 0, start, (byte) (shortest[0] < 0 ? -1 : 0));
            System.arraycopy(shortest, 0, digits, start, shortest.length);
            column.write(Binary.fromReusedByteArray(digits), 0, level);
        };
    }

    private static ParquetValue ofTimestamps(int precision) {
        if (precision <= 3) {
            return (row, i, column, level) ->
                    column.write(row.getTimestamp(i, precision).getMillisecond(), 0, level);
        }
        if (precision <= 6) {
            return (row, i, column, level) ->
                    column.write(row.getTimestamp(i, precision).toMicros(), 0, level);
        }
        return (row, i, column, level) -> column.write(int96(row.getTimestamp(i, precision)), 0, level);
    }

    /** Nanoseconds of the day, and the Julian day. */
    private static Binary int96(Timestamp time) {
        long millisOfDay = TimeUnit.DAYS.toMillis(1);
        long day = Math.floorDiv(time.getMillisecond(), millisOfDay);
        long nanos = TimeUnit.MILLISECONDS.toNanos(Math.floorMod(time.getMillisecond(), millisOfDay))
                + time.getNanoOfMillisecond();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanos)
                .putInt((int) (day + JULIAN_DAY_OF_EPOCH))
                .array();
        return Binary.fromConstantByteArray(bytes);
    }

    /** Without a copy where Spark has the row, so that the bytes are others for the next one. */
    private static Binary text(InternalRow row, int position) {
        if (row instanceof PaimonRow given) {
            ByteBuffer text = given.getText(position);
            return Binary.fromReusedByteArray(text.array(), text.arrayOffset() + text.position(), text.remaining());
        }
        return Binary.fromReusedByteArray(row.getString(position).toBytes());
    }

    private static long unscaled(InternalRow row, int position, int precision, int scale) {
        return row instanceof PaimonRow given
                ? given.getUnscaled(position, precision, scale)
                : row.getDecimal(position, precision, scale).toUnscaledLong();
    }
}
