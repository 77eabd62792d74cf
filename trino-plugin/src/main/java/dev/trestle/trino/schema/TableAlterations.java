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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;

/** Changes what is stored of a table: its comment, its options, and what {@link ColumnChanges} says of its columns. */
public final class TableAlterations {

    private final SessionCatalogs catalogs;
    private final ObjectNames names;

    public TableAlterations(SessionCatalogs catalogs, ObjectNames names) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
    }

    public void setComment(ConnectorSession session, TrestleTableHandle table, Optional<String> comment) {
        apply(session, table, List.of(SchemaChange.updateComment(comment.orElse(null))));
    }

    public void setProperties(
            ConnectorSession session, TrestleTableHandle table, Map<String, Optional<Object>> properties) {
        apply(session, table, TableProperties.changes(properties, schema(table).options()));
    }

    /** Applies changes in their order, all or none; sends nothing if there are none. */
    void apply(ConnectorSession session, TrestleTableHandle table, List<SchemaChange> changes) {
        table.requireNotSystemTable("altered");
        if (changes.isEmpty()) {
            return;
        }
        TrinoErrors.run("alter table " + table.name(), () -> {
            catalogs.of(session).alterTable(table.identifier(), changes, false);
            names.forget();
        });
    }

    /** Whether its present snapshot has rows; one of plain files, which has no snapshots, may have some. */
    boolean hasRows(ConnectorSession session, TrestleTableHandle table) {
        table.requireNotSystemTable("altered");
        return TrinoErrors.call(
                "look for rows of table " + table.name(),
                () -> !(catalogs.of(session).getTable(table.identifier()) instanceof FileStoreTable stored)
                        || stored.latestSnapshot()
                                .filter(snapshot -> snapshot.totalRecordCount() > 0)
                                .isPresent());
    }

    /** @throws io.trino.spi.TrinoException if the table is a system table, which nobody alters */
    static Schema schema(TrestleTableHandle table) {
        table.requireNotSystemTable("altered");
        return table.description().orElseThrow().storedSchema();
    }
}
