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
package dev.trestle.trino.schema;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

import dev.trestle.trino.TrinoTypes;
import io.trino.spi.TrinoException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;

/**
 * The changes that bring a column, or a field in it, to another type. Rows are changed field by field, so that fields keep
 * their identity and with it their values.
 */
final class TypeChanges {

    private final String column;
    private final List<SchemaChange> changes = new ArrayList<>();

    private TypeChanges(String column) {
        this.column = column;
    }

    /**
     * The changes, none if the type is the same.
     *
     * @param path of the column or field, with {@code element} and {@code value} for what arrays and maps hold
     * @throws TrinoException for a change that the REST API has no words for: another key of a map, another order of fields;
     *     and for one that values would get lost by
     */
    static List<SchemaChange> of(List<String> path, DataType before, DataType after) {
        TypeChanges changes = new TypeChanges(String.join(".", path));
        changes.compare(path, before, after);
        return List.copyOf(changes.changes);
    }

    private void compare(List<String> path, DataType before, DataType after) {
        if (before instanceof RowType old && after instanceof RowType wanted) {
            compareRows(path, old, wanted);
        } else if (before instanceof ArrayType old && after instanceof ArrayType wanted) {
            compare(inside(path, "element"), old.getElementType(), wanted.getElementType());
        } else if (before instanceof MapType old && after instanceof MapType wanted) {
            if (!old.getKeyType().copy(true).equals(wanted.getKeyType().copy(true))) {
                throw refuse("the key of a map keeps its type");
            }
            compare(inside(path, "value"), old.getValueType(), wanted.getValueType());
        } else if (!before.copy(true).equals(after.copy(true))) {
            if (!ValueCasts.keep(before, after)) {
                throw refuse("not every value of " + display(before) + " has one in " + display(after)
                        + ". Add a column of the new type, fill it with UPDATE, and drop this one");
            }
            changes.add(SchemaChange.updateColumnType(path.toArray(String[]::new), after, true));
        }
    }

    private void compareRows(List<String> path, RowType before, RowType after) {
        Map<String, DataField> wanted = new HashMap<>();
        after.getFields().forEach(field -> wanted.put(field.name(), field));
        List<String> order = new ArrayList<>();
        for (DataField old : before.getFields()) {
            DataField field = wanted.remove(old.name());
            if (field == null) {
                changes.add(SchemaChange.dropColumn(inside(path, old.name()).toArray(String[]::new)));
            } else {
                order.add(old.name());
                compare(inside(path, old.name()), old.type(), field.type());
            }
        }
        if (order.isEmpty()) {
            throw refuse("one field of a row stays at least, or else the rows that are there are read as null");
        }
        for (DataField field : after.getFields()) {
            if (wanted.containsKey(field.name())) {
                order.add(field.name());
                changes.add(SchemaChange.addColumn(
                        inside(path, field.name()).toArray(String[]::new), field.type(), null, null));
            }
        }
        if (!order.equals(after.getFieldNames())) {
            throw refuse("the fields of a row keep their order, and new ones follow the others");
        }
    }

    private static List<String> inside(List<String> path, String name) {
        List<String> inside = new ArrayList<>(path);
        inside.add(name);
        return inside;
    }

    private static String display(DataType type) {
        return TrinoTypes.toTrino(type).getDisplayName();
    }

    private TrinoException refuse(String reason) {
        return new TrinoException(NOT_SUPPORTED, "The type of '" + column + "' cannot be changed so: " + reason);
    }
}
