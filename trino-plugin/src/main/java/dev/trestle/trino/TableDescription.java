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

import dev.trestle.catalog.api.Audit;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.table.TimeTravel;
import java.util.Optional;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.utils.JsonSerdeUtil;

/**
 * What a worker has to know to open a table without asking the service. Holds no credential.
 *
 * @param name the table's own, without branch and system table
 * @param schema in Paimon's JSON
 */
public record TableDescription(
        Optional<String> id,
        String database,
        String name,
        String path,
        boolean external,
        long schemaId,
        String schema) {

    public TableDescription {
        requireNonNull(id, "id is null");
        requireNonNull(database, "database is null");
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
        requireNonNull(schema, "schema is null");
    }

    /** Of what the service says. */
    public static TableDescription of(TableInfo table) {
        return new TableDescription(
                table.id(),
                table.database(),
                table.name(),
                table.path(),
                table.external(),
                table.schemaId(),
                JsonSerdeUtil.toFlatJson(table.schema()));
    }

    /** The columns, keys and options as the service stores them. */
    public Schema storedSchema() {
        return JsonSerdeUtil.fromJson(schema, Schema.class);
    }

    /**
     * The same table with the columns of an earlier schema; how it is read and written stays as it is now, but for what is said
     * of columns by their names.
     */
    public TableDescription withColumns(TableSchema earlier) {
        Schema now = JsonSerdeUtil.fromJson(schema, Schema.class);
        Schema then = new Schema(
                earlier.fields(),
                earlier.partitionKeys(),
                earlier.primaryKeys(),
                TimeTravel.optionsWithColumnsOf(earlier, now.options()),
                now.comment());
        return new TableDescription(id, database, name, path, external, earlier.id(), JsonSerdeUtil.toFlatJson(then));
    }

    TableInfo toTableInfo() {
        return new TableInfo(id, database, name, path, external, schemaId, storedSchema(), Audit.NONE);
    }
}
