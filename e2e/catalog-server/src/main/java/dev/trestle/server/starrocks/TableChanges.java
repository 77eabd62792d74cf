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
import dev.trestle.server.catalog.CatalogException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaChange.Move;

/** Reads the body of a table's PATCH. */
final class TableChanges {

    private TableChanges() {}

    /** Options and the comment first, then changes of columns in their order. */
    static List<SchemaChange> read(JsonNode body) {
        List<SchemaChange> changes = new ArrayList<>();
        StarRocksJson.map(body.path("properties"))
                .forEach((key, value) -> changes.add(value.map(text -> SchemaChange.setOption(key, text))
                        .orElseGet(() -> SchemaChange.removeOption(key))));
        if (body.has("comment")) {
            changes.add(SchemaChange.updateComment(
                    StarRocksJson.text(body, "comment").orElse(null)));
        }
        body.path("columnChanges").forEach(change -> changes.add(ofColumn(change)));
        if (changes.isEmpty()) {
            throw CatalogException.invalid("The request has nothing to change.");
        }
        return changes;
    }

    private static SchemaChange ofColumn(JsonNode change) {
        String[] path = StarRocksJson.texts(change.path("path")).toArray(String[]::new);
        String op = StarRocksJson.required(change, "op");
        return switch (op) {
            case "add" -> added(path, change);
            case "rename" -> SchemaChange.renameColumn(path, StarRocksJson.required(change, "newName"));
            case "drop" -> SchemaChange.dropColumn(path);
            case "changeType" ->
                SchemaChange.updateColumnType(
                        path,
                        TypeJson.read(change.path("type")),
                        change.path("keepNullability").asBoolean());
            case "changeNullability" ->
                SchemaChange.updateColumnNullability(
                        path, change.path("isAllowNull").asBoolean());
            case "changeComment" ->
                SchemaChange.updateColumnComment(
                        path, StarRocksJson.text(change, "comment").orElse(null));
            case "changeDefault" ->
                SchemaChange.updateColumnDefaultValue(
                        path, StarRocksJson.text(change, "defaultValue").orElse(null));
            case "move" ->
                SchemaChange.updateColumnPosition(
                        move(path[0], change).orElseThrow(() -> CatalogException.invalid("A move says no place.")));
            case "dropPrimaryKey" -> SchemaChange.dropPrimaryKey();
            default -> throw CatalogException.invalid("There is no change '" + op + "' of columns.");
        };
    }

    private static SchemaChange added(String[] parents, JsonNode change) {
        JsonNode column = change.path("column");
        String name = StarRocksJson.required(column, "name");
        List<String> path = new ArrayList<>(List.of(parents));
        path.add(name);
        return SchemaChange.addColumn(
                path.toArray(String[]::new),
                ColumnJson.type(column),
                StarRocksJson.text(column, "comment").orElse(null),
                move(name, change).orElse(null));
    }

    private static Optional<Move> move(String name, JsonNode change) {
        if (change.path("first").asBoolean()) {
            return Optional.of(Move.first(name));
        }
        if (change.path("last").asBoolean()) {
            return Optional.of(Move.last(name));
        }
        return StarRocksJson.text(change, "after")
                .map(other -> Move.after(name, other))
                .or(() -> StarRocksJson.text(change, "before").map(other -> Move.before(name, other)));
    }
}
