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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/**
 * What is read of a table for the columns and fields that a query wants.
 *
 * @param type the columns to read, each once, with the wanted fields alone
 * @param outputs where each wanted column or field is in what is read
 */
record ReadColumns(RowType type, List<Output> outputs) {

    /**
     * @param column position in what is read
     * @param path positions of the fields that lead to the field; empty for a column
     */
    record Output(int column, List<Integer> path) {

        Output {
            path = List.copyOf(path);
        }
    }

    ReadColumns {
        requireNonNull(type, "type is null");
        outputs = List.copyOf(outputs);
    }

    /** @param columns all columns of the table */
    static ReadColumns of(RowType columns, List<TrestleColumnHandle> wanted) {
        Map<String, List<List<String>>> paths = new LinkedHashMap<>();
        wanted.forEach(column -> paths.computeIfAbsent(column.name(), unused -> new ArrayList<>())
                .add(column.path()));
        List<DataField> read = new ArrayList<>();
        paths.forEach((name, below) -> {
            DataField column = columns.getField(name);
            read.add(column.newType(prune(column.type(), below)));
        });
        RowType type = new RowType(columns.isNullable(), read);
        return new ReadColumns(
                type, wanted.stream().map(column -> output(type, column)).toList());
    }

    /** The type with the fields of these paths alone, in its own order. */
    private static DataType prune(DataType type, List<List<String>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return type;
        }
        Map<String, List<List<String>>> below = new LinkedHashMap<>();
        for (List<String> path : paths) {
            below.computeIfAbsent(path.getFirst(), unused -> new ArrayList<>()).add(path.subList(1, path.size()));
        }
        RowType row = (RowType) type;
        List<DataField> kept = row.getFields().stream()
                .filter(field -> below.containsKey(field.name()))
                .map(field -> field.newType(prune(field.type(), below.get(field.name()))))
                .toList();
        return new RowType(row.isNullable(), kept);
    }

    private static Output output(RowType read, TrestleColumnHandle column) {
        int index = read.getFieldIndex(column.name());
        List<Integer> path = new ArrayList<>();
        DataType type = read.getTypeAt(index);
        for (String name : column.path()) {
            int field = ((RowType) type).getFieldIndex(name);
            path.add(field);
            type = ((RowType) type).getTypeAt(field);
        }
        return new Output(index, path);
    }

    /** Whether what is read is what is wanted, in that order. */
    boolean isIdentity() {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).column() != i || !outputs.get(i).path().isEmpty()) {
                return false;
            }
        }
        return outputs.size() == type.getFieldCount();
    }
}
