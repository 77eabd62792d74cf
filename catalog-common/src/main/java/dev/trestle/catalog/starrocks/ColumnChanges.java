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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.Arrays;
import java.util.List;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaChange.Move;

/**
 * The body of a PATCH: options become {@code properties}, where null removes one; all else but the comment becomes
 * {@code columnChanges}, in order. A column inside of another is named by its {@code path}.
 */
final class ColumnChanges {

    private ColumnChanges() {}

    static ObjectNode write(List<SchemaChange> changes) {
        ObjectNode body = StarRocksJson.object();
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.SetOption set) {
                body.withObject("/properties").put(set.key(), set.value());
            } else if (change instanceof SchemaChange.RemoveOption remove) {
                body.withObject("/properties").putNull(remove.key());
            } else if (change instanceof SchemaChange.UpdateComment update) {
                body.put("comment", update.comment());
            } else {
                body.withArray("/columnChanges").add(ofColumn(change));
            }
        }
        return body;
    }

    private static ObjectNode ofColumn(SchemaChange change) {
        if (change instanceof SchemaChange.AddColumn add) {
            return added(add);
        }
        if (change instanceof SchemaChange.RenameColumn rename) {
            return on("rename", rename.fieldNames()).put("newName", rename.newName());
        }
        if (change instanceof SchemaChange.DropColumn drop) {
            return on("drop", drop.fieldNames());
        }
        if (change instanceof SchemaChange.UpdateColumnType update) {
            ObjectNode json = on("changeType", update.fieldNames()).put("keepNullability", update.keepNullability());
            json.set("type", ColumnTypes.inner(update.newDataType()));
            return json;
        }
        if (change instanceof SchemaChange.UpdateColumnNullability update) {
            return on("changeNullability", update.fieldNames()).put("isAllowNull", update.newNullability());
        }
        if (change instanceof SchemaChange.UpdateColumnComment update) {
            return on("changeComment", update.fieldNames()).put("comment", update.newDescription());
        }
        if (change instanceof SchemaChange.UpdateColumnDefaultValue update) {
            return on("changeDefault", update.fieldNames()).put("defaultValue", update.newDefaultValue());
        }
        if (change instanceof SchemaChange.UpdateColumnPosition update) {
            return placed(on("move", update.move().fieldName()), update.move());
        }
        if (change instanceof SchemaChange.DropPrimaryKey) {
            return on("dropPrimaryKey");
        }
        throw new UnsupportedByServiceException("Cannot alter a table by a change of the kind "
                + change.getClass().getSimpleName() + ": the service's protocol has none");
    }

    private static ObjectNode added(SchemaChange.AddColumn add) {
        String[] path = add.fieldNames();
        ObjectNode json = on("add", Arrays.copyOf(path, path.length - 1));
        json.set("column", ColumnJson.write(path[path.length - 1], add.dataType(), add.description(), null));
        return add.move() == null ? json : placed(json, add.move());
    }

    /** @param path empty where the change is of no column, or of one of the table's own that it names itself */
    private static ObjectNode on(String op, String... path) {
        ObjectNode json = StarRocksJson.object().put("op", op);
        if (path.length > 0) {
            ArrayNode names = json.putArray("path");
            Arrays.stream(path).forEach(names::add);
        }
        return json;
    }

    private static ObjectNode placed(ObjectNode json, Move move) {
        return switch (move.type()) {
            case FIRST -> json.put("first", true);
            case LAST -> json.put("last", true);
            case AFTER -> json.put("after", move.referenceFieldName());
            case BEFORE -> json.put("before", move.referenceFieldName());
        };
    }
}
