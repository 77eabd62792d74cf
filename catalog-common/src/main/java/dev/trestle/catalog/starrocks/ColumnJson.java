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
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;

/** Columns as the dialect writes them. The id that data files know a column by is its {@code uniqueId}. */
final class ColumnJson {

    private ColumnJson() {}

    /** A column that is to be made, for which the service finds an id. */
    static ObjectNode write(String name, DataType type, String comment, String defaultValue) {
        ObjectNode json = StarRocksJson.object().put("name", name);
        json.set("type", ColumnTypes.write(type));
        json.put("isAllowNull", type.isNullable());
        if (comment != null) {
            json.put("comment", comment);
        }
        if (defaultValue != null) {
            json.put("defaultValue", defaultValue);
        }
        return json;
    }

    /** @param position what the column's id is where the service says none */
    static DataField read(JsonNode json, int position) {
        JsonNode typed = json.path("type").isObject() ? json.get("type") : json;
        DataType type = ColumnTypes.read(typed);
        boolean nullable = json.path("isAllowNull").asBoolean(true);
        return new DataField(
                json.path("uniqueId").asInt(position),
                json.path("name").asText(),
                type.copy(nullable),
                StarRocksJson.text(json, "comment")
                        .filter(text -> !text.isEmpty())
                        .orElse(null),
                StarRocksJson.text(json, "defaultValue").orElse(null));
    }

    static List<DataField> readAll(Iterable<JsonNode> columns) {
        List<DataField> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(read(column, fields.size())));
        return fields;
    }
}
