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
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;

/** Columns as JSON. */
final class ColumnJson {

    private ColumnJson() {}

    static ObjectNode write(DataField column, boolean key) {
        ObjectNode json = StarRocksJson.object().put("name", column.name());
        ObjectNode type = TypeJson.write(column.type());
        type.remove("isAllowNull");
        json.set("type", type);
        json.put("isKey", key).put("isAllowNull", column.type().isNullable()).put("uniqueId", column.id());
        if (column.description() != null) {
            json.put("comment", column.description());
        }
        return column.defaultValue() == null ? json : json.put("defaultValue", column.defaultValue());
    }

    /** The type of a column that a request describes. */
    static DataType type(JsonNode column) {
        return TypeJson.read(column.path("type"))
                .copy(column.path("isAllowNull").asBoolean(true));
    }
}
