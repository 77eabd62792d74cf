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

import com.google.inject.Inject;
import dev.trestle.trino.history.Branches;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableNotFoundException;

/** Finds tables for procedures and functions, which run outside of a transaction. Safe for use by many threads. */
public final class TableFinder {

    private final SessionCatalogs catalogs;

    @Inject
    public TableFinder(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    /** @throws TableNotFoundException if there is no such table */
    public TrestleTableHandle require(ConnectorSession session, SchemaTableName name) {
        Tables tables = new Tables(
                catalogs, new ObjectNames(catalogs), new PlannedTables(catalogs, new OpenedTables(catalogs)));
        TableReferences references = new TableReferences(tables, new Branches(catalogs));
        return references.find(session, name).orElseThrow(() -> new TableNotFoundException(name));
    }
}
