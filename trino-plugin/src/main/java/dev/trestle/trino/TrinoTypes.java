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
package dev.trestle.trino;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.BooleanType.BOOLEAN;
import static io.trino.spi.type.DateType.DATE;
import static io.trino.spi.type.DoubleType.DOUBLE;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.RealType.REAL;
import static io.trino.spi.type.SmallintType.SMALLINT;
import static io.trino.spi.type.TinyintType.TINYINT;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VariantType.VARIANT;

import io.trino.spi.TrinoException;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import io.trino.spi.type.TypeOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.CharType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.DecimalType;
import org.apache.paimon.types.LocalZonedTimestampType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.MultisetType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.TimeType;
import org.apache.paimon.types.TimestampType;
import org.apache.paimon.types.VarCharType;
import org.apache.paimon.types.VectorType;

/**
 * Trino's types as Paimon's, and back.
 *
 * <p>Names, lengths and precisions are kept at every level. A Trino type that Paimon cannot hold without losing values is
 * refused with what to use instead; every type of Paimon has a Trino type.
 */
public final class TrinoTypes {

    /** Paimon keeps a time of day as milliseconds, whatever precision is declared. */
    private static final int MAX_TIME_PRECISION = 3;

    private static final int MAX_TIMESTAMP_PRECISION = 9;

    private static final TypeOperators OPERATORS = new TypeOperators();

    private TrinoTypes() {}

    /** The Trino type that a stored type is read as. */
    public static Type toTrino(DataType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> BOOLEAN;
            case TINYINT -> TINYINT;
            case SMALLINT -> SMALLINT;
            case INTEGER -> INTEGER;
            case BIGINT -> BIGINT;
            case FLOAT -> REAL;
            case DOUBLE -> DOUBLE;
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield io.trino.spi.type.DecimalType.createDecimalType(decimal.getPrecision(), decimal.getScale());
            }
            case CHAR -> character(((CharType) type).getLength());
            case VARCHAR -> varchar(((VarCharType) type).getLength());
            case BINARY, VARBINARY, BLOB -> VARBINARY;
            case DATE -> DATE;
            case TIME_WITHOUT_TIME_ZONE -> io.trino.spi.type.TimeType.createTimeType(((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                io.trino.spi.type.TimestampType.createTimestampType(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                TimestampWithTimeZoneType.createTimestampWithTimeZoneType(
                        ((LocalZonedTimestampType) type).getPrecision());
            case VARIANT -> VARIANT;
            case ARRAY -> new io.trino.spi.type.ArrayType(toTrino(((ArrayType) type).getElementType()));
            case VECTOR -> new io.trino.spi.type.ArrayType(toTrino(((VectorType) type).getElementType()));
            case MULTISET -> map(((MultisetType) type).getElementType(), DataTypes.INT());
            case MAP -> map(((MapType) type).getKeyType(), ((MapType) type).getValueType());
            case ROW ->
                io.trino.spi.type.RowType.from(((RowType) type)
                        .getFields().stream()
                                .map(field -> new io.trino.spi.type.RowType.Field(
                                        Optional.of(field.name()), toTrino(field.type())))
                                .toList());
        };
    }

    /** A longer CHAR than Trino has is read as VARCHAR, which is not padded. */
    private static Type character(int length) {
        return length <= io.trino.spi.type.CharType.MAX_LENGTH
                ? io.trino.spi.type.CharType.createCharType(length)
                : varchar(length);
    }

    private static Type varchar(int length) {
        return length <= io.trino.spi.type.VarcharType.MAX_LENGTH
                ? io.trino.spi.type.VarcharType.createVarcharType(length)
                : io.trino.spi.type.VarcharType.VARCHAR;
    }

    private static Type map(DataType key, DataType value) {
        return new io.trino.spi.type.MapType(toTrino(key), toTrino(value), OPERATORS);
    }

    /**
     * The Paimon type that holds the values of a Trino type, nullable at every level.
     *
     * @param column the column as the user wrote it, for the refusal
     * @throws TrinoException if Paimon has no home for the type, or for a type nested in it
     */
    public static DataType toPaimon(String column, Type type) {
        if (type == BOOLEAN) {
            return DataTypes.BOOLEAN();
        }
        if (type == TINYINT) {
            return DataTypes.TINYINT();
        }
        if (type == SMALLINT) {
            return DataTypes.SMALLINT();
        }
        if (type == INTEGER) {
            return DataTypes.INT();
        }
        if (type == BIGINT) {
            return DataTypes.BIGINT();
        }
        if (type == REAL) {
            return DataTypes.FLOAT();
        }
        if (type == DOUBLE) {
            return DataTypes.DOUBLE();
        }
        if (type == DATE) {
            return DataTypes.DATE();
        }
        if (type == VARBINARY) {
            return DataTypes.BYTES();
        }
        if (type == VARIANT) {
            return DataTypes.VARIANT();
        }
        if (type instanceof io.trino.spi.type.DecimalType decimal) {
            return DataTypes.DECIMAL(decimal.getPrecision(), decimal.getScale());
        }
        if (type instanceof io.trino.spi.type.CharType character) {
            return DataTypes.CHAR(atLeastOne(column, type, character.getLength()));
        }
        if (type instanceof io.trino.spi.type.VarcharType varchar) {
            return varchar.isUnbounded()
                    ? DataTypes.STRING()
                    : DataTypes.VARCHAR(atLeastOne(column, type, varchar.getBoundedLength()));
        }
        if (type instanceof io.trino.spi.type.TimeType time) {
            if (time.getPrecision() > MAX_TIME_PRECISION) {
                throw refuse(
                        column,
                        type,
                        "a time of day is stored in milliseconds: use time(3), or bigint for nanoseconds");
            }
            return DataTypes.TIME(time.getPrecision());
        }
        if (type instanceof io.trino.spi.type.TimestampType timestamp) {
            return DataTypes.TIMESTAMP(upToNine(column, type, timestamp.getPrecision()));
        }
        if (type instanceof TimestampWithTimeZoneType timestamp) {
            return DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(upToNine(column, type, timestamp.getPrecision()));
        }
        if (type instanceof io.trino.spi.type.ArrayType array) {
            return DataTypes.ARRAY(toPaimon(column, array.getElementType()));
        }
        if (type instanceof io.trino.spi.type.MapType map) {
            return DataTypes.MAP(toPaimon(column, map.getKeyType()), toPaimon(column, map.getValueType()));
        }
        if (type instanceof io.trino.spi.type.RowType row) {
            return row(column, row);
        }
        throw refuse(column, type, instead(type));
    }

    /** Field ids are given when the schema is built; here they only have to differ. */
    private static DataType row(String column, io.trino.spi.type.RowType type) {
        List<DataField> fields = new ArrayList<>();
        for (io.trino.spi.type.RowType.Field field : type.getFields()) {
            String name = field.getName()
                    .orElseThrow(() -> refuse(column, type, "name its fields, for example row(x integer, y integer)"));
            if (fields.stream().anyMatch(other -> other.name().equals(name))) {
                throw refuse(column, type, "give its fields names that differ");
            }
            fields.add(new DataField(fields.size(), name, toPaimon(column + "." + name, field.getType())));
        }
        return new RowType(fields);
    }

    private static int atLeastOne(String column, Type type, int length) {
        if (length < 1) {
            throw refuse(column, type, "use a length of at least 1");
        }
        return length;
    }

    private static int upToNine(String column, Type type, int precision) {
        if (precision > MAX_TIMESTAMP_PRECISION) {
            throw refuse(column, type, "use a precision of at most " + MAX_TIMESTAMP_PRECISION);
        }
        return precision;
    }

    private static String instead(Type type) {
        return switch (type.getBaseName().toLowerCase(Locale.ENGLISH)) {
            case "uuid", "ipaddress", "json", "jsonpath", "color" -> "use varchar";
            case "number" -> "use decimal with a precision and scale";
            case "time with time zone" -> "use time(3), and a column of its own for the zone";
            case "interval year to month" -> "use integer and store the number of months";
            case "interval day to second" -> "use bigint and store the number of milliseconds";
            case "unknown" -> "give the column a type, for example CAST(NULL AS varchar)";
            default -> "use varbinary, or varchar";
        };
    }

    private static TrinoException refuse(String column, Type type, String instead) {
        return new TrinoException(
                NOT_SUPPORTED,
                "Column '" + column + "' has the type " + type.getDisplayName() + ", which is not supported by Paimon: "
                        + instead);
    }
}
