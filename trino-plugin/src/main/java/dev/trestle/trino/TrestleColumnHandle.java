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

/**
 * A column of a table.
 *
 * @param id the field's, which it keeps when it is renamed
 * @param name as the table has it, with its case
 */
public record TrestleColumnHandle(int id, String name, Type type) implements ColumnHandle {

    public TrestleColumnHandle {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
    }
}
