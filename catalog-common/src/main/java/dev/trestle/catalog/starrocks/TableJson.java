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
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.paimon.TableType;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataField;

/**
 * Tables as the dialect writes them. That it is a Paimon table, and which one, says what the standard is silent about:
 * {@code location}, {@code schemaId}, {@code isExternal}, and the {@code uniqueId} of each column.
 */
final class TableJson {

    private TableJson() {}

    /** A table that is to be made. */
    static ObjectNode write(String name, Schema schema) {
        ObjectNode json = StarRocksJson.object().put("name", name);
        if (schema.comment() != null) {
            json.put("comment", schema.comment());
        }
        json.putArray("columns")
                .addAll(schema.fields().stream()
                        .map(field ->
                                ColumnJson.write(field.name(), field.type(), field.description(), field.defaultValue()))
                        .toList());
        StarRocksJson.put(json, "primaryKeys", schema.primaryKeys());
        StarRocksJson.put(json, "partitionKeys", schema.partitionKeys());
        StarRocksJson.put(json, "properties", schema.options());
        return json;
    }

    /**
     * A table.
     *
     * @param columns its columns, asked for where the table can be read at all
     * @throws UnsupportedByServiceException if it is none that this catalog reads
     */
    static TableInfo read(Identifier identifier, JsonNode json, Supplier<List<DataField>> columns) {
        String location = StarRocksJson.text(json, "location")
                .orElseThrow(() -> new UnsupportedByServiceException("Table '" + identifier.getFullName()
                        + "' is of the type '" + type(json) + "' and has no 'location' by the service's word: it is no"
                        + " Paimon table, and cannot be opened here"));
        Schema schema = new Schema(
                known(identifier, columns),
                StarRocksJson.texts(json, "partitionKeys"),
                StarRocksJson.texts(json, "primaryKeys"),
                StarRocksJson.map(json, "properties"),
                StarRocksJson.text(json, "comment").orElse(null));
        return new TableInfo(
                StarRocksJson.text(json, "id"),
                identifier.getDatabaseName(),
                identifier.getObjectName(),
                location,
                json.path("isExternal").asBoolean(false),
                json.path("schemaId").asLong(0),
                schema,
                Audits.read(json));
    }

    private static List<DataField> known(Identifier identifier, Supplier<List<DataField>> columns) {
        try {
            return columns.get();
        } catch (MalformedAnswerException e) {
            throw new MalformedAnswerException(
                    "Cannot get table '" + identifier.getFullName() + "': " + e.getMessage());
        }
    }

    /** As the table option {@code type} spells it; a table of which the service says none is a plain one. */
    static String type(JsonNode json) {
        return StarRocksJson.text(json, "tableType").orElse(TableType.TABLE.toString());
    }
}
