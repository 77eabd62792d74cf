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
import io.trino.spi.connector.ConnectorSession;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.table.Table;

/** Opens the tables that handles name, here or on a worker, without asking the service. Safe for use by many threads. */
public final class OpenedTables {

    private final SessionCatalogs catalogs;

    @Inject
    public OpenedTables(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    /** The table under the session's identity, with the handle's options applied. */
    public Table open(ConnectorSession session, TrestleTableHandle handle) {
        try {
            Table table = handle.description().isPresent()
                    ? catalogs.of(session)
                            .openTable(
                                    handle.identifier(),
                                    handle.description().get().toTableInfo())
                    : catalogs.of(session).getTable(handle.identifier());
            return handle.options().isEmpty() ? table : table.copy(handle.options());
        } catch (Catalog.TableNotExistException e) {
            throw TrinoErrors.translate("open table " + handle.identifier().getFullName(), e);
        }
    }
}
