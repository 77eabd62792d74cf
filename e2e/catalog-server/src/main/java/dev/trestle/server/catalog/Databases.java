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
import dev.trestle.server.files.Warehouse;
import dev.trestle.server.store.Audit;
import dev.trestle.server.store.DatabaseRow;
import dev.trestle.server.store.DatabaseRows;
import dev.trestle.server.store.DefinitionRows;
import dev.trestle.server.store.FileIntent;
import dev.trestle.server.store.FileIntents;
import dev.trestle.server.store.NameFilter;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableRow;
import dev.trestle.server.store.TableRows;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.paimon.catalog.Catalog;
import org.jdbi.v3.core.Handle;

/** Operations on databases. Thread-safe. */
public final class Databases {

    private final Store store;
    private final Warehouse warehouse;
    private final FileCleaner cleaner;
    private final Clock clock;

    Databases(Store store, Warehouse warehouse, FileCleaner cleaner, Clock clock) {
        this.store = store;
        this.warehouse = warehouse;
        this.cleaner = cleaner;
        this.clock = clock;
    }

    /** Names of databases in byte order. */
    public Page<String> list(NameFilter filter, PageRequest page) {
        List<String> names = store.read(handle -> DatabaseRows.names(handle, filter, page.after(), page.probe()));
        return Page.of(names, page.limit(), name -> name);
    }

    /** The database of that name. */
    public DatabaseRow get(String name) {
        return store.read(handle -> TableLocator.database(handle, name));
    }

    /**
     * Makes a database. An option {@code location} says where its managed tables go, {@code owner} who owns it; else the
     * server and the requester are these.
     */
    public void create(String name, Map<String, String> options, String user) {
        Names.checkDatabase(name);
        Map<String, String> rest = new HashMap<>(options);
        Optional<String> location = Optional.ofNullable(rest.remove(Catalog.DB_LOCATION_PROP));
        String owner = Optional.ofNullable(rest.remove(Catalog.OWNER_PROP)).orElse(user);
        String id = warehouse.newId();
        DatabaseRow database = new DatabaseRow(
                id,
                name,
                location.orElseGet(() -> warehouse.databaseLocation(id).toString()),
                rest,
                Audit.created(owner, user, clock.millis()));
        store.run(handle -> {
            if (DatabaseRows.find(handle, name).isPresent()) {
                throw CatalogException.alreadyExists(Resource.DATABASE, name, "Database " + name + " already exists.");
            }
            DatabaseRows.insert(handle, database);
        });
    }

    /** What {@link #alter} did, by option key. */
    public record Altered(List<String> removed, List<String> updated, List<String> missing) {}

    /** Removes and sets options; a key to remove that is not there is no error. */
    public Altered alter(String name, Collection<String> removals, Map<String, String> updates, String user) {
        if (removals.contains(Catalog.DB_LOCATION_PROP) || updates.containsKey(Catalog.DB_LOCATION_PROP)) {
            throw CatalogException.invalid("The location of a database cannot be changed: " + name);
        }
        Set<String> both = new HashSet<>(removals);
        both.retainAll(updates.keySet());
        if (!both.isEmpty()) {
            throw CatalogException.invalid("An option cannot be both set and removed: " + both);
        }
        return store.write(handle -> {
            DatabaseRow database = TableLocator.database(handle, name);
            List<String> removed = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            for (String key : removals) {
                (DatabaseRows.removeOption(handle, database.id(), key) ? removed : missing).add(key);
            }
            updates.forEach((key, value) -> DatabaseRows.setOption(handle, database.id(), key, value));
            DatabaseRows.touch(handle, database.id(), user, clock.millis());
            return new Altered(removed, List.copyOf(updates.keySet()), missing);
        });
    }

    /**
     * Drops a database with all that is in it: a client that means RESTRICT looks first. Files of managed tables are
     * removed afterwards; files of external tables stay.
     */
    public void drop(String name) {
        drop(name, (handle, database) -> {});
    }

    /** Drops a database, unless there is something in it. */
    public void dropEmpty(String name) {
        drop(name, (handle, database) -> {
            boolean empty = TableRows.all(handle, database.id()).isEmpty()
                    && DefinitionRows.VIEWS.isEmpty(handle, database.id())
                    && DefinitionRows.FUNCTIONS.isEmpty(handle, database.id());
            if (!empty) {
                throw CatalogException.invalid("Database '" + name + "' is not empty.");
            }
        });
    }

    private void drop(String name, BiConsumer<Handle, DatabaseRow> check) {
        List<FileIntent> intents = store.write(handle -> {
            DatabaseRow database = TableLocator.database(handle, name);
            check.accept(handle, database);
            long now = clock.millis();
            List<FileIntent> removals = new ArrayList<>();
            for (TableRow table : TableRows.all(handle, database.id())) {
                TableRows.delete(handle, table.id());
                if (!table.external()) {
                    removals.add(FileIntents.add(
                            handle, FileIntent.Kind.DELETE, table.path(), Optional.of(table.id()), now));
                }
            }
            if (database.location()
                    .equals(warehouse.databaseLocation(database.id()).toString())) {
                removals.add(FileIntents.add(
                        handle, FileIntent.Kind.DELETE_IF_EMPTY, database.location(), Optional.empty(), now));
            }
            DatabaseRows.delete(handle, database.id());
            return removals;
        });
        cleaner.schedule(intents);
    }
}
