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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VarCharType;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The columns of files that Spark's reader reads into just the values that the table's type has: those that are written as
 * Paimon writes them. Not so are times of day in milliseconds, timestamps below microseconds, and variants.
 */
final class ParquetTypes {

    private static final int MILLIS_PRECISION = 3;
    private static final int MICROS_PRECISION = 6;
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18;

    /** By name, as some are deprecated; those of runs and of packed bits are of levels. */
    private static final Set<String> PLAIN = Set.of("PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "BIT_PACKED");

    private static final Set<String> DELTAS =
            Set.of("DELTA_BINARY_PACKED", "DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY");

    /** What Spark has decompressors for wherever it runs. */
    private static final Set<CompressionCodecName> CODECS = Set.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD);

    private ParquetTypes() {}

    /**
     * The part of a column of a file that is to be read; empty where Spark's reader would not give the values that are wanted.
     *
     * @param wanted the type in the table, perhaps with some of its fields alone
     * @param written the type in the table when the file was written
     */
    static Optional<Type> part(DataType wanted, DataType written, Type column) {
        if (wanted instanceof RowType row && written instanceof RowType had && isGroup(column, null)) {
            return fields(row, had, column.asGroupType());
        }
        if (wanted instanceof ArrayType list
                && written instanceof ArrayType had
                && isGroup(column, LogicalTypeAnnotation.listType())) {
            return entries(List.of(list.getElementType()), List.of(had.getElementType()), column.asGroupType());
        }
        if (wanted instanceof MapType map
                && written instanceof MapType had
                && isGroup(column, LogicalTypeAnnotation.mapType())) {
            return entries(
                    List.of(map.getKeyType(), map.getValueType()),
                    List.of(had.getKeyType(), had.getValueType()),
                    column.asGroupType());
        }
        return isSame(wanted, written) && reads(wanted, column) ? Optional.of(column) : Optional.empty();
    }

    private static boolean isGroup(Type column, LogicalTypeAnnotation annotation) {
        return !column.isPrimitive()
                && !column.isRepetition(Type.Repetition.REPEATED)
                && Objects.equals(annotation, column.getLogicalTypeAnnotation());
    }

    private static Optional<Type> fields(RowType wanted, RowType written, GroupType group) {
        List<Type> parts = new ArrayList<>();
        for (DataField field : wanted.getFields()) {
            // Fields are found by their ids, as they may have had other names.
            Optional<Type> part = written.containsField(field.id())
                    ? field(field.type(), written.getField(field.id()), group)
                    : Optional.empty();
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(group.withNewFields(parts));
    }

    /** The part of a field of a file, or of a column of it, that is to be read. */
    static Optional<Type> field(DataType wanted, DataField written, GroupType file) {
        return file.containsField(written.name())
                ? part(wanted, written.type(), file.getType(written.name()))
                : Optional.empty();
    }

    /** What is in a list or a map: a group that is repeated, of a field for each type. */
    private static Optional<Type> entries(List<DataType> wanted, List<DataType> written, GroupType column) {
        if (column.getFieldCount() != 1
                || column.getType(0).isPrimitive()
                || !column.getType(0).isRepetition(Type.Repetition.REPEATED)
                || column.getType(0).asGroupType().getFieldCount() != wanted.size()) {
            return Optional.empty();
        }
        GroupType entry = column.getType(0).asGroupType();
        List<Type> parts = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            part(wanted.get(i), written.get(i), entry.getType(i)).ifPresent(parts::add);
        }
        return parts.size() == wanted.size()
                ? Optional.of(column.withNewFields(entry.withNewFields(parts)))
                : Optional.empty();
    }

    /** Whether there is any file with a column of a type that is read; what else it depends on is up to the file. */
    static boolean isRead(DataType wanted) {
        return switch (wanted.getTypeRoot()) {
            case ROW -> ((RowType) wanted).getFieldTypes().stream().allMatch(ParquetTypes::isRead);
            case ARRAY -> isRead(((ArrayType) wanted).getElementType());
            case MAP -> isRead(((MapType) wanted).getKeyType()) && isRead(((MapType) wanted).getValueType());
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                DataTypeChecks.getPrecision(wanted) <= MICROS_PRECISION;
            case TIME_WITHOUT_TIME_ZONE, VARIANT, MULTISET, VECTOR, BLOB -> false;
            default -> true;
        };
    }

    static boolean isNested(DataType type) {
        return type instanceof RowType || type instanceof ArrayType || type instanceof MapType;
    }

    /** Whether files may have a column that is read so; a cast of values is left to Paimon. */
    static boolean mayRead(DataType wanted, DataType written) {
        return isNested(wanted) ? wanted.getTypeRoot() == written.getTypeRoot() : isSame(wanted, written);
    }

    private static boolean isSame(DataType wanted, DataType written) {
        boolean isLonger = wanted instanceof VarCharType text
                && written instanceof VarCharType shorter
                && shorter.getLength() <= text.getLength();
        return isLonger || wanted.equalsIgnoreNullable(written);
    }

    private static boolean reads(DataType stored, Type column) {
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
        return column.getPrimitiveTypeName() == type && (annotation == null ? found == null : annotation.equals(found));
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
        return CODECS.contains(column.getCodec())
                && column.getEncodings().stream()
                        .map(Encoding::name)
                        .allMatch(encoding -> PLAIN.contains(encoding) || (!isFixed && DELTAS.contains(encoding)));
    }
}
