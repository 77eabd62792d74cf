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
package dev.trestle.server.catalog;

import dev.trestle.server.files.Warehouse;
import dev.trestle.server.store.DatabaseRow;
import dev.trestle.server.store.DatabaseRows;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableRow;
import dev.trestle.server.store.TableRows;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.paimon.catalog.Identifier;
import org.jdbi.v3.core.Handle;

/** Finds tables and branches by name, and locks them. */
final class TableLocator {

    private final Store store;
    private final Warehouse warehouse;
    private final TableLocks locks;

    TableLocator(Store store, Warehouse warehouse, TableLocks locks) {
        this.store = store;
        this.warehouse = warehouse;
        this.locks = locks;
    }

    static DatabaseRow database(Handle handle, String name) {
        return DatabaseRows.find(handle, name).orElseThrow(() -> CatalogException.noDatabase(name));
    }

    /** The table's row; the identifier names a table, perhaps with a branch, which is left aside. */
    static TableRow row(Handle handle, Identifier identifier) {
        String database = identifier.getDatabaseName();
        String table = tableName(identifier);
        return TableRows.find(handle, database, table).orElseThrow(() -> {
            database(handle, database);
            return CatalogException.noTable(database, table);
        });
    }

    /** Finds a table or branch; nothing is locked. */
    LocatedTable locate(Identifier identifier) {
        return located(store.read(handle -> row(handle, identifier)), branch(identifier));
    }

    /**
     * Reads what is in the files of a table or branch; nothing is locked. One whose files were gone, since it was dropped
     * meanwhile, does not exist.
     */
    <T> T read(Identifier identifier, Function<LocatedTable, T> reading) {
        return read(() -> locate(identifier), reading);
    }

    /** As above, of a table that is found in another way. */
    <T> T read(Supplier<LocatedTable> find, Function<LocatedTable, T> reading) {
        LocatedTable table = find.get();
        while (true) {
            try {
                return reading.apply(table);
            } catch (RuntimeException e) {
                LocatedTable now = find.get();
                if (now.row().id().equals(table.row().id())) {
                    throw e;
                }
                // Dropped and made again under this name.
                table = now;
            }
        }
    }

    /** Runs an action while nobody else changes the table's files, and while the table keeps existing under its id. */
    <T> T locked(Identifier identifier, Function<LocatedTable, T> action) {
        while (true) {
            String id = locate(identifier).row().id();
            Optional<T> result = locks.locked(id, () -> {
                LocatedTable table = locate(identifier);
                // Renamed or dropped and made again while this waited for the lock: that lock is another one.
                return table.row().id().equals(id) ? Optional.of(action.apply(table)) : Optional.empty();
            });
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    LocatedTable located(TableRow row, String branch) {
        return new LocatedTable(row, warehouse.table(row.path(), branch));
    }

    static String branch(Identifier identifier) {
        String branch = identifier.getBranchNameOrDefault();
        return branch.toLowerCase(Locale.ROOT).equals(Identifier.DEFAULT_MAIN_BRANCH)
                ? Identifier.DEFAULT_MAIN_BRANCH
                : branch;
    }

    /** The name without a branch. */
    static String tableName(Identifier identifier) {
        if (isSystemTable(identifier)) {
            throw CatalogException.notFound(
                    CatalogException.Resource.TABLE,
                    identifier.getObjectName(),
                    "System table " + identifier.getFullName()
                            + " is not kept here: clients make it from the table that it is about.");
        }
        return identifier.getTableName();
    }

    private static boolean isSystemTable(Identifier identifier) {
        try {
            return identifier.isSystemTable();
        } catch (IllegalArgumentException e) {
            throw CatalogException.invalid(e.getMessage());
        }
    }
}
