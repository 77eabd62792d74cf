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
package dev.trestle.spark.read.parquet;

import java.util.Set;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The columns of files that Spark's reader reads into just the values that the table's type has: those that are written as
 * Paimon writes them. Not so are times of day in milliseconds, timestamps below microseconds, variants, and what is nested.
 */
final class ParquetTypes {

    private static final int MILLIS_PRECISION = 3;
    private static final int MICROS_PRECISION = 6;
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;

    private static final Set<Encoding> PLAIN = Set.of(
            Encoding.PLAIN,
            Encoding.PLAIN_DICTIONARY,
            Encoding.RLE_DICTIONARY,
            // Of levels.
            Encoding.RLE,
            Encoding.BIT_PACKED);

    private static final Set<Encoding> DELTAS =
            Set.of(Encoding.DELTA_BINARY_PACKED, Encoding.DELTA_BYTE_ARRAY, Encoding.DELTA_LENGTH_BYTE_ARRAY);

    private ParquetTypes() {}

    /** @param stored the type of the table */
    static boolean reads(DataType stored, Type column) {
        if (!column.isPrimitive() || column.isRepetition(Type.Repetition.REPEATED)) {
            return false;
        }
        PrimitiveType primitive = column.asPrimitiveType();
        return switch (stored.getTypeRoot()) {
            case BOOLEAN -> is(primitive, PrimitiveTypeName.BOOLEAN, null);
            case TINYINT -> is(primitive, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true));
            case SMALLINT -> is(primitive, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true));
            case INTEGER -> is(primitive, PrimitiveTypeName.INT32, null);
            case BIGINT -> is(primitive, PrimitiveTypeName.INT64, null);
            case FLOAT -> is(primitive, PrimitiveTypeName.FLOAT, null);
            case DOUBLE -> is(primitive, PrimitiveTypeName.DOUBLE, null);
            case DATE -> is(primitive, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case CHAR, VARCHAR -> is(primitive, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
            case BINARY, VARBINARY -> is(primitive, PrimitiveTypeName.BINARY, null);
            case DECIMAL -> isDecimal(primitive, (DecimalType) stored);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> isTimestamp(primitive, DataTypeChecks.getPrecision(stored), false);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> isTimestamp(primitive, DataTypeChecks.getPrecision(stored), true);
            default -> false;
        };
    }

    private static boolean is(PrimitiveType column, PrimitiveTypeName type, LogicalTypeAnnotation annotation) {
        LogicalTypeAnnotation found = column.getLogicalTypeAnnotation();
        return column.getPrimitiveTypeName() == type
                && (annotation == null ? found == null : annotation.equals(found));
    }

    private static boolean isDecimal(PrimitiveType column, DecimalType type) {
        return is(column, decimal(type), LogicalTypeAnnotation.decimalType(type.getScale(), type.getPrecision()));
    }

    /** In what Paimon keeps decimals. */
    static PrimitiveTypeName decimal(DecimalType type) {
        if (type.getPrecision() <= INT_DIGITS) {
            return PrimitiveTypeName.INT32;
        }
        return type.getPrecision() <= LONG_DIGITS ? PrimitiveTypeName.INT64 : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    private static boolean isTimestamp(PrimitiveType column, int precision, boolean isInstant) {
        return precision <= MICROS_PRECISION
                && is(
                        column,
                        PrimitiveTypeName.INT64,
                        LogicalTypeAnnotation.timestampType(
                                isInstant, precision <= MILLIS_PRECISION ? TimeUnit.MILLIS : TimeUnit.MICROS));
    }

    /** Whether all releases of Spark have a decoder for the column's pages. */
    static boolean decodes(ColumnChunkMetaData column) {
        boolean isFixed = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        return column.getEncodings().stream()
                .allMatch(encoding -> PLAIN.contains(encoding) || (!isFixed && DELTAS.contains(encoding)));
    }
}
