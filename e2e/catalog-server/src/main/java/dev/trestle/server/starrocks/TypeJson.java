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
package dev.trestle.server.starrocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.server.catalog.CatalogException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.types.VectorType;

/**
 * Data types as JSON: a name with its numbers, and the types inside, each of which may be {@code "isAllowNull": false}. The
 * names are those of Paimon's SQL, but for STRUCT.
 */
final class TypeJson {

    private static final Map<String, Function<JsonNode, DataType>> READERS = readers();

    private TypeJson() {}

    private static Map<String, Function<JsonNode, DataType>> readers() {
        Map<String, Function<JsonNode, DataType>> readers = new HashMap<>();
        readers.put("BOOLEAN", json -> DataTypes.BOOLEAN());
        readers.put("TINYINT", json -> DataTypes.TINYINT());
        readers.put("SMALLINT", json -> DataTypes.SMALLINT());
        readers.put("INT", json -> DataTypes.INT());
        readers.put("BIGINT", json -> DataTypes.BIGINT());
        readers.put("FLOAT", json -> DataTypes.FLOAT());
        readers.put("DOUBLE", json -> DataTypes.DOUBLE());
        readers.put("DATE", json -> DataTypes.DATE());
        readers.put("STRING", json -> DataTypes.STRING());
        readers.put("BYTES", json -> DataTypes.BYTES());
        readers.put("VARIANT", json -> DataTypes.VARIANT());
        readers.put("BLOB", json -> DataTypes.BLOB());
        readers.put("DECIMAL", json -> DataTypes.DECIMAL(number(json, "precision"), number(json, "scale")));
        readers.put("CHAR", json -> DataTypes.CHAR(number(json, "length")));
        readers.put("VARCHAR", json -> DataTypes.VARCHAR(number(json, "length")));
        readers.put("BINARY", json -> DataTypes.BINARY(number(json, "length")));
        readers.put("VARBINARY", json -> DataTypes.VARBINARY(number(json, "length")));
        readers.put("TIME", json -> DataTypes.TIME(number(json, "precision")));
        readers.put("TIMESTAMP", json -> DataTypes.TIMESTAMP(number(json, "precision")));
        readers.put("TIMESTAMP_LTZ", json -> DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(number(json, "precision")));
        readers.put("ARRAY", json -> DataTypes.ARRAY(read(json.path("itemType"))));
        readers.put("MULTISET", json -> DataTypes.MULTISET(read(json.path("itemType"))));
        readers.put("VECTOR", json -> DataTypes.VECTOR(number(json, "length"), read(json.path("itemType"))));
        readers.put("MAP", json -> DataTypes.MAP(read(json.path("keyType")), read(json.path("valueType"))));
        readers.put("STRUCT", json -> new RowType(fields(json.path("fields"))));
        return readers;
    }

    /** The type that a request describes. */
    static DataType read(JsonNode json) {
        String name = StarRocksJson.required(json, "name");
        Function<JsonNode, DataType> reader = READERS.get(name);
        if (reader == null) {
            throw CatalogException.invalid("There is no data type '" + name + "' here.");
        }
        try {
            return reader.apply(json).copy(json.path("isAllowNull").asBoolean(true));
        } catch (IllegalArgumentException e) {
            throw CatalogException.invalid("The data type " + name + " is wrong: " + e.getMessage());
        }
    }

    private static List<DataField> fields(JsonNode fields) {
        List<DataField> read = new ArrayList<>();
        fields.forEach(field -> read.add(new DataField(
                read.size(),
                StarRocksJson.required(field, "name"),
                read(field.path("type")),
                StarRocksJson.text(field, "comment").orElse(null))));
        return read;
    }

    private static int number(JsonNode json, String field) {
        if (!json.path(field).isInt()) {
            throw CatalogException.invalid("The data type " + json.path("name").asText() + " lacks its " + field + ".");
        }
        return json.get(field).asInt();
    }

    /** A type, as an answer describes it. */
    static ObjectNode write(DataType type) {
        ObjectNode json = StarRocksJson.object().put("name", name(type));
        switch (type.getTypeRoot()) {
            case DECIMAL -> {
                json.put("precision", DataTypeChecks.getPrecision(type));
                json.put("scale", DataTypeChecks.getScale(type));
            }
            case TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                json.put("precision", DataTypeChecks.getPrecision(type));
            case CHAR, BINARY -> json.put("length", DataTypeChecks.getLength(type));
            case VARCHAR, VARBINARY -> {
                if (DataTypeChecks.getLength(type) != Integer.MAX_VALUE) {
                    json.put("length", DataTypeChecks.getLength(type));
                }
            }
            case ARRAY, MULTISET -> json.set("itemType", write(inside(type, 0)));
            case VECTOR -> {
                json.put("length", ((VectorType) type).getLength());
                json.set("itemType", write(inside(type, 0)));
            }
            case MAP -> {
                json.set("keyType", write(inside(type, 0)));
                json.set("valueType", write(inside(type, 1)));
            }
            case ROW ->
                ((RowType) type).getFields().forEach(field -> json.withArray("fields")
                        .add(write(field)));
            default -> {}
        }
        return type.isNullable() ? json : json.put("isAllowNull", false);
    }

    private static ObjectNode write(DataField field) {
        ObjectNode json = StarRocksJson.object().put("name", field.name()).put("uniqueId", field.id());
        json.set("type", write(field.type()));
        return field.description() == null ? json : json.put("comment", field.description());
    }

    private static String name(DataType type) {
        boolean unlimited =
                switch (type.getTypeRoot()) {
                    case VARCHAR, VARBINARY -> DataTypeChecks.getLength(type) == Integer.MAX_VALUE;
                    default -> false;
                };
        return switch (type.getTypeRoot()) {
            case VARCHAR -> unlimited ? "STRING" : "VARCHAR";
            case VARBINARY -> unlimited ? "BYTES" : "VARBINARY";
            case INTEGER -> "INT";
            case TIME_WITHOUT_TIME_ZONE -> "TIME";
            case TIMESTAMP_WITHOUT_TIME_ZONE -> "TIMESTAMP";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP_LTZ";
            case ROW -> "STRUCT";
            default -> type.getTypeRoot().name();
        };
    }

    private static DataType inside(DataType type, int index) {
        return DataTypeChecks.getNestedTypes(type).get(index);
    }
}
