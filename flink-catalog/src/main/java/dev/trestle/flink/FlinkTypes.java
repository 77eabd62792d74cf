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
package dev.trestle.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.BigIntType;
import org.apache.paimon.types.BinaryType;
import org.apache.paimon.types.BlobType;
import org.apache.paimon.types.BooleanType;
import org.apache.paimon.types.CharType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DateType;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.DoubleType;
import org.apache.paimon.types.FloatType;
import org.apache.paimon.types.IntType;
import org.apache.paimon.types.LocalZonedTimestampType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.SmallIntType;
import org.apache.paimon.types.TimeType;
import org.apache.paimon.types.TimestampType;
import org.apache.paimon.types.TinyIntType;
import org.apache.paimon.types.VarBinaryType;
import org.apache.paimon.types.VarCharType;
import org.apache.paimon.types.VariantType;
import org.apache.paimon.types.VectorType;

/**
 * Flink's types as Paimon's, and back.
 *
 * <p>Names, lengths, precisions and nullability are kept at every level. A Flink type that Paimon cannot hold without
 * losing values is refused with what to use instead; every type of Paimon has a Flink type, so no stored table is
 * unreadable because of its types.
 */
final class FlinkTypes {

    /** Paimon keeps a time of day as milliseconds, whatever precision is declared. */
    private static final int MAX_TIME_PRECISION = 3;

    private FlinkTypes() {}

    /**
     * The Paimon type that holds the values of a Flink type.
     *
     * @param column the column as the user wrote it, for the refusal
     * @throws ValidationException if Paimon has no home for the type, or for a type nested in it
     */
    static DataType toPaimon(String column, LogicalType type) {
        boolean nullable = type.isNullable();
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> new BooleanType(nullable);
            case TINYINT -> new TinyIntType(nullable);
            case SMALLINT -> new SmallIntType(nullable);
            case INTEGER -> new IntType(nullable);
            case BIGINT -> new BigIntType(nullable);
            case FLOAT -> new FloatType(nullable);
            case DOUBLE -> new DoubleType(nullable);
            case DECIMAL ->
                new DecimalType(nullable, LogicalTypeChecks.getPrecision(type), LogicalTypeChecks.getScale(type));
            case CHAR -> new CharType(nullable, atLeastOne(column, type));
            case VARCHAR -> new VarCharType(nullable, atLeastOne(column, type));
            case BINARY -> new BinaryType(nullable, atLeastOne(column, type));
            case VARBINARY -> new VarBinaryType(nullable, atLeastOne(column, type));
            case DATE -> new DateType(nullable);
            case TIME_WITHOUT_TIME_ZONE -> time(column, type);
            case TIMESTAMP_WITHOUT_TIME_ZONE -> new TimestampType(nullable, LogicalTypeChecks.getPrecision(type));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                new LocalZonedTimestampType(nullable, LogicalTypeChecks.getPrecision(type));
            case ARRAY ->
                new ArrayType(
                        nullable,
                        toPaimon(column, ((org.apache.flink.table.types.logical.ArrayType) type).getElementType()));
            case MULTISET ->
                new MultisetType(
                        nullable,
                        toPaimon(column, ((org.apache.flink.table.types.logical.MultisetType) type).getElementType()));
            case MAP -> map(column, (org.apache.flink.table.types.logical.MapType) type);
            case ROW -> row(column, (org.apache.flink.table.types.logical.RowType) type);
            case VARIANT -> new VariantType(nullable);
            case TIMESTAMP_WITH_TIME_ZONE ->
                throw refuse(column, type, "use TIMESTAMP_LTZ, and a column of its own for the zone if it matters");
            case INTERVAL_YEAR_MONTH -> throw refuse(column, type, "use INT and store the number of months");
            case INTERVAL_DAY_TIME -> throw refuse(column, type, "use BIGINT and store the number of milliseconds");
            case DISTINCT_TYPE -> throw refuse(column, type, "use the type it is made from");
            case STRUCTURED_TYPE -> throw refuse(column, type, "use ROW with the same fields");
            case NULL -> throw refuse(column, type, "give the column a type, for example CAST(NULL AS STRING)");
            case RAW -> throw refuse(column, type, "use BYTES and serialize the value yourself");
            case BITMAP -> throw refuse(column, type, "use BYTES and store the serialized bitmap");
            case SYMBOL, DESCRIPTOR, UNRESOLVED -> throw refuse(column, type, "use STRING");
        };
    }

    /** The Paimon BLOB for a column that the options name as a blob field. */
    static DataType blob(String column, LogicalType type) {
        return switch (type.getTypeRoot()) {
            case BINARY, VARBINARY -> new BlobType(type.isNullable());
            default -> throw refuse(column, type, "a column named in 'blob-field' must be declared as BYTES");
        };
    }

    /** The Paimon VECTOR of a fixed length for a column that the options name as a vector field. */
    static DataType vector(String column, LogicalType type, int length) {
        if (!(type instanceof org.apache.flink.table.types.logical.ArrayType array)) {
            throw refuse(column, type, "a column named in 'vector-field' must be declared as ARRAY<FLOAT> or alike");
        }
        return DataTypes.VECTOR(length, toPaimon(column, array.getElementType()))
                .copy(type.isNullable());
    }

    /** The Flink type that a stored type is read as. BLOB is read as BYTES and VECTOR as ARRAY. */
    static LogicalType toFlink(DataType type) {
        boolean nullable = type.isNullable();
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> new org.apache.flink.table.types.logical.BooleanType(nullable);
            case TINYINT -> new org.apache.flink.table.types.logical.TinyIntType(nullable);
            case SMALLINT -> new org.apache.flink.table.types.logical.SmallIntType(nullable);
            case INTEGER -> new org.apache.flink.table.types.logical.IntType(nullable);
            case BIGINT -> new org.apache.flink.table.types.logical.BigIntType(nullable);
            case FLOAT -> new org.apache.flink.table.types.logical.FloatType(nullable);
            case DOUBLE -> new org.apache.flink.table.types.logical.DoubleType(nullable);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield new org.apache.flink.table.types.logical.DecimalType(
                        nullable, decimal.getPrecision(), decimal.getScale());
            }
            case CHAR -> new org.apache.flink.table.types.logical.CharType(nullable, ((CharType) type).getLength());
            case VARCHAR ->
                new org.apache.flink.table.types.logical.VarCharType(nullable, ((VarCharType) type).getLength());
            case BINARY ->
                new org.apache.flink.table.types.logical.BinaryType(nullable, ((BinaryType) type).getLength());
            case VARBINARY ->
                new org.apache.flink.table.types.logical.VarBinaryType(nullable, ((VarBinaryType) type).getLength());
            case BLOB ->
                new org.apache.flink.table.types.logical.VarBinaryType(
                        nullable, org.apache.flink.table.types.logical.VarBinaryType.MAX_LENGTH);
            case DATE -> new org.apache.flink.table.types.logical.DateType(nullable);
            case TIME_WITHOUT_TIME_ZONE ->
                new org.apache.flink.table.types.logical.TimeType(nullable, ((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                new org.apache.flink.table.types.logical.TimestampType(nullable, ((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                new org.apache.flink.table.types.logical.LocalZonedTimestampType(
                        nullable, ((LocalZonedTimestampType) type).getPrecision());
            case VARIANT -> new org.apache.flink.table.types.logical.VariantType(nullable);
            case ARRAY ->
                new org.apache.flink.table.types.logical.ArrayType(
                        nullable, toFlink(((ArrayType) type).getElementType()));
            case VECTOR ->
                new org.apache.flink.table.types.logical.ArrayType(
                        nullable, toFlink(((VectorType) type).getElementType()));
            case MULTISET ->
                new org.apache.flink.table.types.logical.MultisetType(
                        nullable, toFlink(((MultisetType) type).getElementType()));
            case MAP -> {
                MapType map = (MapType) type;
                yield new org.apache.flink.table.types.logical.MapType(
                        nullable, toFlink(map.getKeyType()), toFlink(map.getValueType()));
            }
            case ROW -> toFlink((RowType) type);
        };
    }

    /** A row with its fields' names, types and comments. */
    static org.apache.flink.table.types.logical.RowType toFlink(RowType type) {
        return new org.apache.flink.table.types.logical.RowType(
                type.isNullable(),
                type.getFields().stream()
                        .map(field -> new org.apache.flink.table.types.logical.RowType.RowField(
                                field.name(), toFlink(field.type()), field.description()))
                        .toList());
    }

    private static int atLeastOne(String column, LogicalType type) {
        int length = LogicalTypeChecks.getLength(type);
        if (length < 1) {
            throw refuse(column, type, "use a length of at least 1, for example through CAST(… AS STRING)");
        }
        return length;
    }

    private static DataType time(String column, LogicalType type) {
        int precision = LogicalTypeChecks.getPrecision(type);
        if (precision > MAX_TIME_PRECISION) {
            throw refuse(
                    column,
                    type,
                    "a time of day is stored in milliseconds: use TIME(3), or BIGINT and store nanoseconds");
        }
        return new TimeType(type.isNullable(), precision);
    }

    private static DataType map(String column, org.apache.flink.table.types.logical.MapType type) {
        return new MapType(
                type.isNullable(), toPaimon(column, type.getKeyType()), toPaimon(column, type.getValueType()));
    }

    /** Field ids are given when the schema is built; here they only have to differ. */
    private static DataType row(String column, org.apache.flink.table.types.logical.RowType type) {
        List<DataField> fields = new ArrayList<>();
        for (org.apache.flink.table.types.logical.RowType.RowField field : type.getFields()) {
            fields.add(new DataField(
                    fields.size(),
                    field.getName(),
                    toPaimon(column + "." + field.getName(), field.getType()),
                    field.getDescription().orElse(null)));
        }
        return new RowType(type.isNullable(), fields);
    }

    private static ValidationException refuse(String column, LogicalType type, String instead) {
        return new ValidationException("Column '" + column + "' has the type " + type.asSummaryString()
                + ", which a Paimon table cannot hold: " + instead + ".");
    }
}
