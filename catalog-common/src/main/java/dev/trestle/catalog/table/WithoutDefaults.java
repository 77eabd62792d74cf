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
package dev.trestle.catalog.table;

import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;

/** Tables whose columns have no defaults, by which Paimon's writers replace every NULL. */
public final class WithoutDefaults {

    private WithoutDefaults() {}

    /** The table for writers that are given each value as it is to be stored: those of an engine that fills in defaults itself. */
    public static FileStoreTable of(FileStoreTable table) {
        TableSchema schema = table.schema();
        if (schema.fields().stream().allMatch(field -> field.defaultValue() == null)) {
            return table;
        }
        return table.copy(new TableSchema(
                schema.version(),
                schema.id(),
                schema.fields().stream()
                        .map(field -> new DataField(field.id(), field.name(), field.type(), field.description()))
                        .toList(),
                schema.highestFieldId(),
                schema.partitionKeys(),
                schema.primaryKeys(),
                schema.options(),
                schema.comment(),
                schema.timeMillis()));
    }
}
