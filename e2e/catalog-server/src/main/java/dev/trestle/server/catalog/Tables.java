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

import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.store.DatabaseRow;
import dev.trestle.server.store.FileIntent;
import dev.trestle.server.store.FileIntents;
import dev.trestle.server.store.NameFilter;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableRow;
import dev.trestle.server.store.TableRows;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.TableSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operations on tables other than making them, which {@link TableCreation} does. Thread-safe. */
public final class Tables {

    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

    private final Store store;
    private final TableLocator locator;
    private final Schemas schemas;
    private final FileCleaner cleaner;
    private final Clock clock;

    Tables(Store store, TableLocator locator, Schemas schemas, FileCleaner cleaner, Clock clock) {
        this.store = store;
        this.locator = locator;
        this.schemas = schemas;
        this.cleaner = cleaner;
        this.clock = clock;
    }

    /** Names of a database's tables in byte order. */
    public Page<String> list(String database, NameFilter filter, Optional<String> type, PageRequest page) {
        return rows(database, filter, type, page).map(TableRow::name);
    }

    /** A database's tables in byte order of their names. One that cannot be read is left out, with a warning. */
    public Page<TableInfo> listDetails(String database, NameFilter filter, Optional<String> type, PageRequest page) {
        Page<TableRow> rows = rows(database, filter, type, page);
        List<TableInfo> tables = rows.items().stream()
                .map(this::describeOrSkip)
                .flatMap(Optional::stream)
                .toList();
        return new Page<>(tables, rows.next());
    }

    /** A database's tables in byte order of their names, with what is known without their files. */
    public Page<TableRow> listRows(String database, PageRequest page) {
        return rows(database, new NameFilter.Any(), Optional.empty(), page);
    }

    private Page<TableRow> rows(String database, NameFilter filter, Optional<String> type, PageRequest page) {
        List<TableRow> rows = store.read(handle -> {
            DatabaseRow row = TableLocator.database(handle, database);
            return TableRows.list(handle, row.id(), filter, type, page.after(), page.probe());
        });
        return Page.of(rows, page.limit(), TableRow::name);
    }

    private Optional<TableInfo> describeOrSkip(TableRow row) {
        try {
            return Optional.of(describe(locator.located(row, Identifier.DEFAULT_MAIN_BRANCH)));
        } catch (RuntimeException e) {
            LOG.warn("Table {}.{} at {} is left out of a listing", row.database(), row.name(), row.path(), e);
            return Optional.empty();
        }
    }

    /** Tables of all databases, in byte order of database and name. */
    public Page<Identifier> listGlobally(NameFilter databases, NameFilter tables, PageRequest page) {
        Identifier after = GlobalNames.after(page);
        List<Identifier> names = store
                .read(handle -> TableRows.listGlobally(
                        handle, databases, tables, after.getDatabaseName(), after.getObjectName(), page.probe()))
                .stream()
                .map(row -> new Identifier(row.database(), row.name()))
                .toList();
        return GlobalNames.page(names, page);
    }

    /** A table or branch. */
    public TableInfo get(Identifier identifier) {
        return locator.read(identifier, this::describe);
    }

    /** The table of that id. */
    public TableInfo getById(String id) {
        return locator.read(() -> locator.located(rowById(id), Identifier.DEFAULT_MAIN_BRANCH), this::describe);
    }

    private TableRow rowById(String id) {
        return store.read(handle -> TableRows.findById(handle, id))
                .orElseThrow(() -> CatalogException.notFound(Resource.TABLE, id, "No table has the id " + id + "."));
    }

    private TableInfo describe(LocatedTable table) {
        TableSchema schema = schemas.newest(table);
        Map<String, String> options = new HashMap<>(schema.options());
        options.remove(CoreOptions.PATH.key());
        options.remove(CoreOptions.BRANCH.key());
        return new TableInfo(table.row(), table.files().branch(), schema.copy(options));
    }

    /** Changes the schema of a table or branch: all changes, or none. */
    public void alter(Identifier identifier, List<SchemaChange> changes, String user) {
        for (SchemaChange change : changes) {
            if (change instanceof SchemaChange.SetOption option && option.key().equals(CoreOptions.PATH.key())) {
                throw CatalogException.invalid("The path of a table cannot be changed.");
            }
        }
        locator.locked(identifier, table -> {
            try {
                schemas.change(table, changes);
            } catch (Catalog.ColumnAlreadyExistException e) {
                throw CatalogException.alreadyExists(
                        Resource.COLUMN,
                        e.column(),
                        "Column " + e.column() + " already exists in the " + table.fullName() + " table.");
            } catch (Catalog.ColumnNotExistException e) {
                throw CatalogException.notFound(
                        Resource.COLUMN,
                        e.column(),
                        "Column " + e.column() + " does not exist in the " + table.fullName() + " table.");
            } catch (Catalog.TableNotExistException e) {
                throw CatalogException.noTable(
                        table.row().database(), table.row().name());
            } catch (RuntimeException e) {
                throw SchemaErrors.explain("Table " + table.fullName() + " cannot be altered", e);
            }
            store.run(handle -> TableRows.touch(handle, table.row().id(), user, clock.millis()));
            return table;
        });
    }

    /** Gives a table another name, perhaps in another database; its id and path stay. */
    public void rename(Identifier source, Identifier destination, String user) {
        String name = destination.getObjectName();
        Names.checkTable(name);
        if (source.getBranchName() != null) {
            throw CatalogException.invalid("A branch cannot be renamed as a table: " + source.getFullName());
        }
        store.run(handle -> {
            TableRow table = TableLocator.row(handle, source);
            DatabaseRow database = TableLocator.database(handle, destination.getDatabaseName());
            if (TableRows.find(handle, database.name(), name).isPresent()) {
                throw CatalogException.tableExists(database.name(), name);
            }
            Views.checkNoView(handle, destination);
            TableRows.rename(handle, table.id(), database.id(), name, user, clock.millis());
        });
    }

    /** Drops a table; the files of a managed table are removed afterwards, those of an external one stay. */
    public void drop(Identifier identifier) {
        if (identifier.getBranchName() != null) {
            throw CatalogException.invalid("A branch cannot be dropped as a table: " + identifier.getFullName());
        }
        List<FileIntent> intents = store.write(handle -> {
            TableRow table = TableLocator.row(handle, identifier);
            TableRows.delete(handle, table.id());
            return table.external()
                    ? List.<FileIntent>of()
                    : List.of(FileIntents.add(
                            handle, FileIntent.Kind.DELETE, table.path(), Optional.of(table.id()), clock.millis()));
        });
        cleaner.schedule(intents);
    }
}
