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
package dev.trestle.spark.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.BigIntType;
import org.apache.paimon.types.BinaryType;
import org.apache.paimon.types.BlobType;
import org.apache.paimon.types.BooleanType;
import org.apache.paimon.types.CharType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeDefaultVisitor;
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
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The types of Paimon and of Spark, both ways. Types that some releases of Spark lack (TIME, VARIANT) are known by their
 * names, so that no class is asked for that may not be there.
 */
public final class SparkTypes {

    private static final String TIME_ENABLED = "spark.sql.timeType.enabled";
    private static final int MOST_TIME_DIGITS = 3;
    private static final int SPARK_TIMESTAMP_DIGITS = 6;

    private SparkTypes() {}

    /** A row type as Spark sees it; comments of nested fields are kept. */
    public static StructType toSpark(RowType type) {
        return toSpark(type, isTimeOn());
    }

    /** One column's type as Spark sees it. */
    public static org.apache.spark.sql.types.DataType toSpark(DataType type) {
        return type.accept(new ToSpark(isTimeOn()));
    }

    private static StructType toSpark(RowType type, boolean timeOn) {
        ToSpark visitor = new ToSpark(timeOn);
        StructField[] fields = type.getFields().stream()
                .map(field -> {
                    StructField struct = new StructField(
                            field.name(),
                            field.type().accept(visitor),
                            field.type().isNullable(),
                            Metadata.empty());
                    return field.description() == null ? struct : struct.withComment(field.description());
                })
                .toArray(StructField[]::new);
        return new StructType(fields);
    }

    private static boolean isTimeOn() {
        return Boolean.parseBoolean(SQLConf.get().getConfString(TIME_ENABLED, "false"));
    }

    /** Whether Spark holds a time of day as one of its own, in nanoseconds, rather than as a number of milliseconds. */
    static boolean isTime(org.apache.spark.sql.types.DataType type) {
        return type.typeName().startsWith("time(");
    }

    /**
     * A column's type as Paimon stores it.
     *
     * @param column its name, for refusals
     * @throws UnsupportedOperationException for a type that has no home in Paimon
     */
    public static DataType toPaimon(String column, org.apache.spark.sql.types.DataType type) {
        return new ToPaimon(() -> 0).convert(column, type);
    }

    /** The columns of a table as a row type, with field ids as a new table gives them. */
    public static RowType toPaimon(StructType struct) {
        int[] next = {0};
        return new ToPaimon(() -> next[0]++).row("", struct);
    }

    /** The part of a stored row type that Spark asks for, with the ids that the stored one has. */
    public static RowType prune(RowType stored, StructType wanted) {
        List<DataField> fields = new ArrayList<>();
        for (StructField field : wanted.fields()) {
            if (stored.containsField(field.name())) {
                DataField found = stored.getField(field.name());
                fields.add(found.newType(prune(found.type(), field.dataType())));
            }
        }
        return new RowType(stored.isNullable(), fields);
    }

    private static DataType prune(DataType stored, org.apache.spark.sql.types.DataType wanted) {
        if (stored instanceof RowType row && wanted instanceof StructType struct) {
            return prune(row, struct);
        }
        if (stored instanceof ArrayType array && wanted instanceof org.apache.spark.sql.types.ArrayType asked) {
            return new ArrayType(array.isNullable(), prune(array.getElementType(), asked.elementType()));
        }
        if (stored instanceof MapType map && wanted instanceof org.apache.spark.sql.types.MapType asked) {
            return new MapType(
                    map.isNullable(),
                    prune(map.getKeyType(), asked.keyType()),
                    prune(map.getValueType(), asked.valueType()));
        }
        return stored;
    }

    private static final class ToSpark extends DataTypeDefaultVisitor<org.apache.spark.sql.types.DataType> {

        private final boolean timeOn;

        ToSpark(boolean timeOn) {
            this.timeOn = timeOn;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(CharType type) {
            return byName("char(" + type.getLength() + ")");
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(VarCharType type) {
            return type.getLength() == VarCharType.MAX_LENGTH
                    ? DataTypes.StringType
                    : byName("varchar(" + type.getLength() + ")");
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(BooleanType type) {
            return DataTypes.BooleanType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(BinaryType type) {
            return DataTypes.BinaryType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(VarBinaryType type) {
            return DataTypes.BinaryType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(BlobType type) {
            return DataTypes.BinaryType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(DecimalType type) {
            return DataTypes.createDecimalType(type.getPrecision(), type.getScale());
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(TinyIntType type) {
            return DataTypes.ByteType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(SmallIntType type) {
            return DataTypes.ShortType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(IntType type) {
            return DataTypes.IntegerType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(BigIntType type) {
            return DataTypes.LongType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(FloatType type) {
            return DataTypes.FloatType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(DoubleType type) {
            return DataTypes.DoubleType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(DateType type) {
            return DataTypes.DateType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(TimeType type) {
            return timeOn ? byName("time(" + type.getPrecision() + ")") : DataTypes.IntegerType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(TimestampType type) {
            return DataTypes.TimestampNTZType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(LocalZonedTimestampType type) {
            return DataTypes.TimestampType;
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(VariantType type) {
            return byName("variant");
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(ArrayType type) {
            return DataTypes.createArrayType(
                    type.getElementType().accept(this), type.getElementType().isNullable());
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(VectorType type) {
            return DataTypes.createArrayType(type.getElementType().accept(this), false);
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(MultisetType type) {
            return DataTypes.createMapType(type.getElementType().accept(this), DataTypes.IntegerType, false);
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(MapType type) {
            return DataTypes.createMapType(
                    type.getKeyType().accept(this),
                    type.getValueType().accept(this),
                    type.getValueType().isNullable());
        }

        @Override
        public org.apache.spark.sql.types.DataType visit(RowType type) {
            return toSpark(type, timeOn);
        }

        /** A type whose class or constructor is not the same in all releases. */
        private static org.apache.spark.sql.types.DataType byName(String name) {
            return org.apache.spark.sql.types.DataType.fromDDL(name);
        }

        @Override
        protected org.apache.spark.sql.types.DataType defaultMethod(DataType type) {
            throw new UnsupportedOperationException(
                    "A column of the type " + type.asSQLString() + " cannot be read by this version of the catalog");
        }
    }

    /** @param ids gives the ids of fields */
    private record ToPaimon(IntSupplier ids) {

        DataType convert(String column, org.apache.spark.sql.types.DataType type) {
            if (type instanceof StructType struct) {
                return row(column, struct);
            }
            if (type instanceof org.apache.spark.sql.types.ArrayType array) {
                return new ArrayType(
                        convert(column + ".element", array.elementType()).copy(array.containsNull()));
            }
            if (type instanceof org.apache.spark.sql.types.MapType map) {
                return new MapType(
                        convert(column + ".key", map.keyType()).copy(false),
                        convert(column + ".value", map.valueType()).copy(map.valueContainsNull()));
            }
            return primitive(type).orElseThrow(() -> refuse(column, type));
        }

        RowType row(String column, StructType struct) {
            List<DataField> fields = new ArrayList<>();
            for (StructField field : struct.fields()) {
                int id = ids.getAsInt();
                String path = column.isEmpty() ? field.name() : column + "." + field.name();
                DataType type = convert(path, field.dataType()).copy(field.nullable());
                String comment =
                        field.getComment().isDefined() ? field.getComment().get() : null;
                fields.add(new DataField(id, field.name(), type, comment));
            }
            return new RowType(fields);
        }

        private static Optional<DataType> primitive(org.apache.spark.sql.types.DataType type) {
            if (type instanceof org.apache.spark.sql.types.DecimalType decimal) {
                return Optional.of(new DecimalType(decimal.precision(), decimal.scale()));
            }
            if (type instanceof org.apache.spark.sql.types.CharType text) {
                return Optional.of(new CharType(text.length()));
            }
            if (type instanceof org.apache.spark.sql.types.VarcharType text) {
                return Optional.of(new VarCharType(text.length()));
            }
            if (isTime(type)) {
                int digits = Integer.parseInt(type.typeName().replaceAll("\\D", ""));
                return digits > MOST_TIME_DIGITS ? Optional.empty() : Optional.of(new TimeType(digits));
            }
            if (type.typeName().equals("variant")) {
                return Optional.of(new VariantType());
            }
            return Optional.ofNullable(plain(type));
        }

        private static DataType plain(org.apache.spark.sql.types.DataType type) {
            if (type.equals(DataTypes.StringType)) {
                return VarCharType.STRING_TYPE;
            }
            if (type.equals(DataTypes.BooleanType)) {
                return new BooleanType();
            }
            if (type.equals(DataTypes.ByteType)) {
                return new TinyIntType();
            }
            if (type.equals(DataTypes.ShortType)) {
                return new SmallIntType();
            }
            if (type.equals(DataTypes.IntegerType)) {
                return new IntType();
            }
            if (type.equals(DataTypes.LongType)) {
                return new BigIntType();
            }
            if (type.equals(DataTypes.FloatType)) {
                return new FloatType();
            }
            if (type.equals(DataTypes.DoubleType)) {
                return new DoubleType();
            }
            if (type.equals(DataTypes.BinaryType)) {
                return new VarBinaryType(VarBinaryType.MAX_LENGTH);
            }
            if (type.equals(DataTypes.DateType)) {
                return new DateType();
            }
            if (type.equals(DataTypes.TimestampType)) {
                return new LocalZonedTimestampType(SPARK_TIMESTAMP_DIGITS);
            }
            if (type.equals(DataTypes.TimestampNTZType)) {
                return new TimestampType(SPARK_TIMESTAMP_DIGITS);
            }
            return null;
        }

        private static UnsupportedOperationException refuse(String column, org.apache.spark.sql.types.DataType type) {
            return new UnsupportedOperationException("Column '" + column + "' has the type " + type.sql()
                    + ", which a Paimon table cannot hold: " + instead(type) + ".");
        }

        private static String instead(org.apache.spark.sql.types.DataType type) {
            String name = type.typeName();
            if (isTime(type)) {
                return "it stores milliseconds, use TIME(" + MOST_TIME_DIGITS + ") or less";
            }
            if (name.startsWith("interval")) {
                return "use BIGINT for a number of units";
            }
            if (name.startsWith("string")) {
                return "use STRING without a collation";
            }
            return name.equals("void") ? "give it a type with CAST" : "use a type that Paimon has";
        }
    }
}
