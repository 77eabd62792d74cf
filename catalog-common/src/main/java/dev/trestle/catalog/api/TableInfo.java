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
package dev.trestle.catalog.api;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.paimon.schema.Schema;

/**
 * A table as the service describes it.
 *
 * @param id stable over rename; differs when a table of the same name was dropped and made again
 * @param path where its files are
 * @param external whether its files outlive it
 * @param schemaId counts the changes of the schema, from 0
 */
public record TableInfo(
        Optional<String> id,
        String database,
        String name,
        String path,
        boolean external,
        long schemaId,
        Schema schema,
        Audit audit) {

    public TableInfo {
        requireNonNull(id, "id is null");
        requireNonNull(database, "database is null");
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
        requireNonNull(schema, "schema is null");
        requireNonNull(audit, "audit is null");
    }
}
