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
import dev.trestle.server.catalog.TableInfo;
import dev.trestle.server.store.Audit;
import dev.trestle.server.store.TableRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.types.DataField;

/** Tables as JSON, with what a client needs to read their files: place, schema's id, and the ids of columns. */
final class TableJson {

    private TableJson() {}

    /** What a listing says of a table. */
    static ObjectNode item(TableRow row) {
        return StarRocksJson.object().put("name", row.name()).put("tableType", row.type());
    }

    static ObjectNode write(TableInfo table) {
        TableSchema schema = table.schema();
        TableRow row = table.row();
        ObjectNode json = StarRocksJson.object().put("id", row.id()).put("name", table.objectName());
        json.put("tableType", row.type()).put("location", row.path());
        json.put("isExternal", row.external()).put("schemaId", schema.id());
        if (schema.comment() != null) {
            json.put("comment", schema.comment());
        }
        ObjectNode properties = json.putObject("properties");
        schema.options().forEach(properties::put);
        schema.fields().forEach(field -> json.withArray("columns").add(column(schema, field)));
        schema.primaryKeys().forEach(json.putArray("primaryKeys")::add);
        schema.partitionKeys().forEach(json.putArray("partitionKeys")::add);
        audit(json, row.audit());
        return json;
    }

    static ObjectNode column(TableSchema schema, DataField field) {
        return ColumnJson.write(field, schema.primaryKeys().contains(field.name()));
    }

    static void audit(ObjectNode json, Audit audit) {
        json.put("owner", audit.owner())
                .put("createTime", audit.createdAt())
                .put("createdBy", audit.createdBy())
                .put("updateTime", audit.updatedAt())
                .put("updatedBy", audit.updatedBy());
    }

    /** The table that a request is to make. */
    static Schema read(JsonNode json) {
        Schema.Builder schema = Schema.newBuilder();
        json.path("columns")
                .forEach(column -> schema.column(
                        StarRocksJson.required(column, "name"),
                        ColumnJson.type(column),
                        StarRocksJson.text(column, "comment").orElse(null),
                        StarRocksJson.text(column, "defaultValue").orElse(null)));
        return schema.primaryKey(StarRocksJson.texts(json.path("primaryKeys")))
                .partitionKeys(StarRocksJson.texts(json.path("partitionKeys")))
                .options(StarRocksJson.values(json.path("properties")))
                .comment(StarRocksJson.text(json, "comment").orElse(null))
                .build();
    }
}
