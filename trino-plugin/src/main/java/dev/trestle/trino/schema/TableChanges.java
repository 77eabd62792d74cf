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

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.SaveMode;
import io.trino.spi.connector.SchemaTableName;
import java.util.Optional;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;

/** Creates, drops and renames whole tables. */
public final class TableChanges {

    private final SessionCatalogs catalogs;
    private final ObjectNames names;

    public TableChanges(SessionCatalogs catalogs, ObjectNames names) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
    }

    /**
     * Creates an empty table. One that is replaced stays until the new one is there.
     *
     * @param existing the table of this name, if there is one
     * @return what the service calls it
     */
    public Identifier create(
            ConnectorSession session,
            ConnectorTableMetadata table,
            SaveMode saveMode,
            Optional<TrestleTableHandle> existing) {
        Schema schema = TableSchemas.toPaimon(table);
        return TrinoErrors.call("create table " + table.getTable(), () -> {
            if (saveMode == SaveMode.REPLACE && existing.isPresent()) {
                return replace(session, existing.get(), schema);
            }
            return names.inDatabase(session, table.getTable().getSchemaName(), database -> {
                Identifier identifier =
                        new Identifier(database, table.getTable().getTableName());
                catalogs.of(session).createTable(identifier, schema, saveMode == SaveMode.IGNORE);
                names.forget();
                return identifier;
            });
        });
    }

    private Identifier replace(ConnectorSession session, TrestleTableHandle existing, Schema schema) throws Exception {
        TableReplacement replacement =
                TableReplacement.of(catalogs.of(session), existing, schema, session.getQueryId());
        replacement.catalog().createTable(replacement.created(), schema, false);
        names.forget();
        replacement.takePlace();
        return replacement.replaced();
    }

    public void drop(ConnectorSession session, TrestleTableHandle table) {
        TrinoErrors.run("drop table " + table.name(), () -> {
            catalogs.of(session).dropTable(table.identifier(), false);
            names.forget();
        });
    }

    /** Renames a table, also into another schema. */
    public void rename(ConnectorSession session, TrestleTableHandle table, SchemaTableName newName) {
        TrinoErrors.run("rename table " + table.name(), () -> {
            String database = newName.getSchemaName().equals(table.name().getSchemaName())
                    ? table.database()
                    : names.requireDatabase(session, newName.getSchemaName());
            catalogs.of(session)
                    .renameTable(table.identifier(), new Identifier(database, newName.getTableName()), false);
            names.forget();
        });
    }
}
