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

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.ByteType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.ShortType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampNTZType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;

import dev.trestle.spark.data.PaimonRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Rows of all plain types as Spark hands them over, one after the other in the same memory: nulls, edges, and values at random. */
final class PlainRows {

    private static final int EVERY = 20;
    private static final long MICROS_OF_2020 = 1_577_836_800_000_000L;

    private final Schema.Builder schema = Schema.newBuilder();
    private StructType given = new StructType();
    private final List<IntFunction<Object>> values = new ArrayList<>();

    /** @param timesFrom the first of the timestamps of more than 6 digits, in microseconds */
    PlainRows(long timesFrom) {
        column("id", DataTypes.INT().notNull(), IntegerType, i -> i);
        column("bo", DataTypes.BOOLEAN(), BooleanType, orNull(i -> i % 3 == 0));
        column("ti", DataTypes.TINYINT(), ByteType, edges(Byte.MIN_VALUE, Byte.MAX_VALUE, i -> (byte) i));
        column("sm", DataTypes.SMALLINT(), ShortType, edges(Short.MIN_VALUE, Short.MAX_VALUE, i -> (short) i));
        column("it", DataTypes.INT(), IntegerType, edges(Integer.MIN_VALUE, Integer.MAX_VALUE, i -> random(i)
                .nextInt()));
        column("bi", DataTypes.BIGINT(), LongType, edges(Long.MIN_VALUE, Long.MAX_VALUE, i -> random(i)
                .nextLong()));
        column("fl", DataTypes.FLOAT(), FloatType, edges(Float.NaN, -0.0f, i -> i / 3f));
        column("do", DataTypes.DOUBLE(), DoubleType, edges(Double.NEGATIVE_INFINITY, -0.0, i -> i / 3d));
        decimal(9, 2);
        decimal(18, 4);
        decimal(20, 0);
        decimal(38, 10);
        column("dt", DataTypes.DATE(), DateType, edges(-719_162, 2_932_896, i -> i));
        column("tm", DataTypes.TIME(3), IntegerType, edges(0, 86_399_999, i -> i));
        timestamp("t3", DataTypes.TIMESTAMP(3), TimestampNTZType, -62_135_596_800_000_000L);
        timestamp("t6", DataTypes.TIMESTAMP(6), TimestampNTZType, -62_135_596_800_000_000L);
        timestamp("t9", DataTypes.TIMESTAMP(9), TimestampNTZType, timesFrom);
        timestamp("l6", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6), TimestampType, -1);
        text("ch", DataTypes.CHAR(3), "", "äöü", i -> "c" + i % 10);
        text("vc", DataTypes.VARCHAR(40), "", "Ω漢字😀", i -> "one of " + i % 100);
        text("st", DataTypes.STRING(), "", "z".repeat(5000), i -> "all are different " + i * 31);
        column("bn", DataTypes.BYTES(), BinaryType, edges(new byte[0], new byte[] {0, -1}, i -> BigInteger.valueOf(i)
                .toByteArray()));
        column("bf", DataTypes.BINARY(2), BinaryType, edges(new byte[2], new byte[] {-1, -1}, i ->
                new byte[] {(byte) i, 1}));
        text("no", DataTypes.STRING(), null, null, i -> null);
    }

    private void column(
            String name, org.apache.paimon.types.DataType stored, DataType type, IntFunction<Object> value) {
        schema.column(name, stored);
        given = given.add(name, type, stored.isNullable());
        values.add(value);
    }

    private void decimal(int precision, int scale) {
        BigDecimal largest = new BigDecimal(BigInteger.TEN.pow(precision).subtract(BigInteger.ONE), scale);
        column(
                "d" + precision,
                DataTypes.DECIMAL(precision, scale),
                createDecimalType(precision, scale),
                edges(
                        Decimal.apply(largest.negate(), precision, scale),
                        Decimal.apply(largest, precision, scale),
                        i -> Decimal.apply(new BigDecimal(BigInteger.valueOf(i - 500), scale), precision, scale)));
    }

    private void timestamp(String name, org.apache.paimon.types.DataType stored, DataType type, long first) {
        column(name, stored, type, edges(first, 253_402_300_799_999_999L, i -> MICROS_OF_2020 + 1_000_003L * i));
    }

    private void text(
            String name,
            org.apache.paimon.types.DataType stored,
            String first,
            String second,
            IntFunction<String> others) {
        column(
                name,
                stored,
                StringType,
                edges(
                        UTF8String.fromString(first),
                        UTF8String.fromString(second),
                        i -> UTF8String.fromString(others.apply(i))));
    }

    /** Two edges and a null now and then. */
    private static IntFunction<Object> edges(Object first, Object second, IntFunction<Object> others) {
        return orNull(i -> switch (i % EVERY) {
            case 0 -> first;
            case 1 -> second;
            default -> others.apply(i);
        });
    }

    private static IntFunction<Object> orNull(IntFunction<Object> value) {
        return i -> i % EVERY == 2 ? null : value.apply(i);
    }

    private static SplittableRandom random(int seed) {
        return new SplittableRandom(seed);
    }

    /** The columns, without options. */
    Schema.Builder schema() {
        return schema;
    }

    /** So many rows. The next one is in the place of the one before. */
    Stream<InternalRow> rows(RowType stored, int count) {
        UnsafeProjection unsafe = UnsafeProjection.create(given);
        PaimonRow row = new PaimonRow(stored, given);
        return IntStream.range(0, count).mapToObj(i -> {
            Object[] of = values.stream().map(column -> column.apply(i)).toArray();
            return row.show(unsafe.apply(new GenericInternalRow(of)));
        });
    }
}
