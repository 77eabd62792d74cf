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
package dev.trestle.trino;

import static java.util.Objects.requireNonNull;

import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.type.Type;
import java.util.List;

/**
 * A column of a table, or a field in it.
 *
 * @param id of the column in the table, which a rename does not change
 * @param name of the column as the service has it
 * @param type of the column, or of the field
 * @param path the names of the fields that lead to the field; empty for the whole column
 */
public record TrestleColumnHandle(int id, String name, Type type, List<String> path) implements ColumnHandle {

    public TrestleColumnHandle {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        path = List.copyOf(path);
    }

    /** A whole column. */
    public TrestleColumnHandle(int id, String name, Type type) {
        this(id, name, type, List.of());
    }

    /** Whether this is a column, and not a field in one. */
    public boolean isWhole() {
        return path.isEmpty();
    }

    @Override
    public String toString() {
        return isWhole() ? name : name + "." + String.join(".", path);
    }
}
