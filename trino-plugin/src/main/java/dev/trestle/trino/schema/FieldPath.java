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

import static io.trino.spi.StandardErrorCode.COLUMN_NOT_FOUND;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;

import io.trino.spi.TrinoException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.MapType;
import org.apache.paimon.types.RowType;

/**
 * A column or a field in it, found by the names that a statement uses.
 *
 * @param names as stored; what an array holds is {@code element}, what a map holds is {@code value}
 */
record FieldPath(List<String> names, DataType type) {

    FieldPath {
        names = List.copyOf(names);
    }

    /**
     * Finds a path, whatever its case.
     *
     * @throws TrinoException if there is no such field, or it is the key of a map
     */
    static FieldPath find(RowType table, List<String> written) {
        List<String> names = new ArrayList<>();
        DataType type = table;
        for (String name : written) {
            if (type instanceof RowType row) {
                DataField field = field(row, name)
                        .orElseThrow(() -> new TrinoException(
                                COLUMN_NOT_FOUND, "Field '" + String.join(".", written) + "' does not exist"));
                names.add(field.name());
                type = field.type();
            } else if (type instanceof ArrayType array && name.equals("element")) {
                names.add(name);
                type = array.getElementType();
            } else if (type instanceof MapType map && name.equals("value")) {
                names.add(name);
                type = map.getValueType();
            } else {
                throw new TrinoException(
                        NOT_SUPPORTED,
                        "'" + String.join(".", written)
                                + "' cannot be changed: fields of rows, the 'element' of an array"
                                + " and the 'value' of a map can, the key of a map cannot");
            }
        }
        return new FieldPath(names, type);
    }

    /** The one of this very name before one that differs in case. */
    private static Optional<DataField> field(RowType row, String name) {
        return row.getFields().stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .max(Comparator.comparing(field -> field.name().equals(name)));
    }

    String[] toArray() {
        return names.toArray(String[]::new);
    }

    /** A field directly inside. */
    String[] field(String name) {
        List<String> inside = new ArrayList<>(names);
        inside.add(name);
        return inside.toArray(String[]::new);
    }
}
