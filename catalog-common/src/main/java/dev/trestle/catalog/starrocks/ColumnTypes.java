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
package dev.trestle.catalog.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.catalog.api.MalformedAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.BinaryType;
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
import org.apache.paimon.types.VarBinaryType;
import org.apache.paimon.types.VarCharType;
import org.apache.paimon.types.VectorType;

/**
 * Data types as the dialect writes them: a name with {@code precision}, {@code scale} and {@code length}, and the types inside.
 * Reads also the flat form of older front ends, where {@code primitiveType} and {@code columnSize} stand in the column itself.
 * What is inside of a type may be {@code "isAllowNull": false} too.
 */
final class ColumnTypes {

    private static final int MICROSECONDS = 6;

    private ColumnTypes() {}

    static ObjectNode write(DataType type) {
        ObjectNode json = StarRocksJson.object();
        switch (type.getTypeRoot()) {
            case CHAR -> json.put("name", "CHAR").put("length", ((CharType) type).getLength());
            case VARCHAR -> writeText(json, (VarCharType) type);
            case BINARY -> json.put("name", "BINARY").put("length", ((BinaryType) type).getLength());
            case VARBINARY -> writeBytes(json, (VarBinaryType) type);
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                json.put("name", "DECIMAL").put("precision", decimal.getPrecision());
                json.put("scale", decimal.getScale());
            }
            case TIME_WITHOUT_TIME_ZONE -> json.put("name", "TIME").put("precision", ((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                json.put("name", "TIMESTAMP").put("precision", ((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                json.put("name", "TIMESTAMP_LTZ").put("precision", ((LocalZonedTimestampType) type).getPrecision());
            case INTEGER -> json.put("name", "INT");
            case BOOLEAN, TINYINT, SMALLINT, BIGINT, FLOAT, DOUBLE, DATE, VARIANT, BLOB ->
                json.put("name", type.getTypeRoot().name());
            case ARRAY -> json.put("name", "ARRAY").set("itemType", inner(((ArrayType) type).getElementType()));
            case MULTISET ->
                json.put("name", "MULTISET").set("itemType", inner(((MultisetType) type).getElementType()));
            case VECTOR -> {
                VectorType vector = (VectorType) type;
                json.put("name", "VECTOR").put("length", vector.getLength());
                json.set("itemType", inner(vector.getElementType()));
            }
            case MAP -> {
                MapType map = (MapType) type;
                json.put("name", "MAP").set("keyType", inner(map.getKeyType()));
                json.set("valueType", inner(map.getValueType()));
            }
            case ROW -> {
                json.put("name", "STRUCT");
                ((RowType) type).getFields().forEach(field -> json.withArray("fields")
                        .add(writeField(field)));
            }
        }
        return json;
    }

    /** A type that says itself whether it takes nulls, as those do that are no column's. */
    static ObjectNode inner(DataType type) {
        ObjectNode json = write(type);
        if (!type.isNullable()) {
            json.put("isAllowNull", false);
        }
        return json;
    }

    private static void writeText(ObjectNode json, VarCharType type) {
        if (type.getLength() == VarCharType.MAX_LENGTH) {
            json.put("name", "STRING");
        } else {
            json.put("name", "VARCHAR").put("length", type.getLength());
        }
    }

    private static void writeBytes(ObjectNode json, VarBinaryType type) {
        if (type.getLength() == VarBinaryType.MAX_LENGTH) {
            json.put("name", "BYTES");
        } else {
            json.put("name", "VARBINARY").put("length", type.getLength());
        }
    }

    private static ObjectNode writeField(DataField field) {
        ObjectNode json = StarRocksJson.object().put("name", field.name());
        json.set("type", inner(field.type()));
        if (field.description() != null) {
            json.put("comment", field.description());
        }
        return json;
    }

    /**
     * A type, or the flat column that holds one.
     *
     * @throws MalformedAnswerException if this version does not know it; the message names the type
     */
    static DataType read(JsonNode json) {
        DataType type = readNullable(json);
        return json.path("isAllowNull").asBoolean(true) ? type : type.notNull();
    }

    private static DataType readNullable(JsonNode json) {
        String name = StarRocksJson.text(json, "name")
                .filter(known -> !json.hasNonNull("primitiveType"))
                .or(() -> StarRocksJson.text(json, "primitiveType"))
                .orElseThrow(() -> new MalformedAnswerException("The service describes a column without its type"));
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "BOOLEAN" -> DataTypes.BOOLEAN();
            case "TINYINT" -> DataTypes.TINYINT();
            case "SMALLINT" -> DataTypes.SMALLINT();
            case "INT", "INTEGER" -> DataTypes.INT();
            case "BIGINT" -> DataTypes.BIGINT();
            case "FLOAT" -> DataTypes.FLOAT();
            case "DOUBLE" -> DataTypes.DOUBLE();
            case "DECIMAL", "DECIMALV2", "DECIMAL32", "DECIMAL64", "DECIMAL128" ->
                DataTypes.DECIMAL(
                        number(json, "precision").orElse(DecimalType.DEFAULT_PRECISION),
                        number(json, "scale").orElse(DecimalType.DEFAULT_SCALE));
            case "CHAR" -> DataTypes.CHAR(length(json).orElse(CharType.DEFAULT_LENGTH));
            case "VARCHAR" ->
                length(json).isPresent() ? DataTypes.VARCHAR(length(json).getAsInt()) : DataTypes.STRING();
            case "STRING" -> DataTypes.STRING();
            case "BINARY" -> DataTypes.BINARY(length(json).orElse(BinaryType.DEFAULT_LENGTH));
            case "VARBINARY" ->
                length(json).isPresent() ? DataTypes.VARBINARY(length(json).getAsInt()) : DataTypes.BYTES();
            case "BYTES" -> DataTypes.BYTES();
            case "DATE" -> DataTypes.DATE();
            case "TIME" -> DataTypes.TIME(number(json, "precision").orElse(TimeType.DEFAULT_PRECISION));
            case "DATETIME" -> DataTypes.TIMESTAMP(MICROSECONDS);
            case "TIMESTAMP" -> DataTypes.TIMESTAMP(number(json, "precision").orElse(TimestampType.DEFAULT_PRECISION));
            case "TIMESTAMP_LTZ" ->
                DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(
                        number(json, "precision").orElse(LocalZonedTimestampType.DEFAULT_PRECISION));
            case "VARIANT" -> DataTypes.VARIANT();
            case "BLOB" -> DataTypes.BLOB();
            case "ARRAY" -> DataTypes.ARRAY(read(json.path("itemType")));
            case "MULTISET" -> DataTypes.MULTISET(read(json.path("itemType")));
            case "VECTOR" -> DataTypes.VECTOR(length(json).orElse(1), read(json.path("itemType")));
            case "MAP" -> DataTypes.MAP(read(json.path("keyType")), read(json.path("valueType")));
            case "STRUCT" -> new RowType(fields(json.path("fields")));
            default ->
                throw new MalformedAnswerException("The service describes a column of the type '"
                        + Envelope.oneLine(name) + "', which this version does not know");
        };
    }

    private static List<DataField> fields(JsonNode fields) {
        List<DataField> read = new ArrayList<>();
        for (JsonNode field : fields) {
            read.add(new DataField(
                    field.path("uniqueId").asInt(read.size()),
                    field.path("name").asText(),
                    read(field.path("type")),
                    StarRocksJson.text(field, "comment").orElse(null)));
        }
        return read;
    }

    /** What is not positive stands for a type without a limit. */
    private static OptionalInt length(JsonNode json) {
        OptionalInt length = number(json, json.hasNonNull("length") ? "length" : "columnSize");
        return length.isPresent() && length.getAsInt() > 0 ? length : OptionalInt.empty();
    }

    private static OptionalInt number(JsonNode json, String field) {
        return json.path(field).isNumber() ? OptionalInt.of(json.get(field).asInt()) : OptionalInt.empty();
    }
}
