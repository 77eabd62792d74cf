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
import dev.trestle.server.store.Audit;
import dev.trestle.server.store.DatabaseRow;
import dev.trestle.server.store.DefinitionRow;
import dev.trestle.server.store.DefinitionRows;
import dev.trestle.server.store.NameFilter;
import dev.trestle.server.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.utils.JsonSerdeUtil;
import org.jdbi.v3.core.Handle;

/** What views and functions have in common: they are rows of the store, and nothing else. Thread-safe. */
final class Definitions<D> {

    /** Checks, inside a change, that a name may be taken. */
    @FunctionalInterface
    interface NameCheck {
        void check(Handle handle, Identifier identifier);
    }

    private final Store store;
    private final Clock clock;
    private final DefinitionRows rows;
    private final Resource resource;
    private final Class<D> type;
    private final NameCheck nameCheck;

    Definitions(Store store, Clock clock, DefinitionRows rows, Resource resource, Class<D> type, NameCheck nameCheck) {
        this.store = store;
        this.clock = clock;
        this.rows = rows;
        this.resource = resource;
        this.type = type;
        this.nameCheck = nameCheck;
    }

    Page<String> list(String database, NameFilter filter, PageRequest page) {
        return rows(database, filter, page).map(DefinitionRow::name);
    }

    Page<Defined<D>> listDetails(String database, NameFilter filter, PageRequest page) {
        return rows(database, filter, page).map(this::describe);
    }

    private Page<DefinitionRow> rows(String database, NameFilter filter, PageRequest page) {
        List<DefinitionRow> found = store.read(handle -> {
            DatabaseRow row = TableLocator.database(handle, database);
            return rows.list(handle, row.id(), filter, page.after(), page.probe());
        });
        return Page.of(found, page.limit(), DefinitionRow::name);
    }

    Page<Identifier> listGlobally(NameFilter databases, NameFilter objects, PageRequest page) {
        Identifier after = GlobalNames.after(page);
        List<Identifier> names = store
                .read(handle -> rows.listGlobally(
                        handle, databases, objects, after.getDatabaseName(), after.getObjectName(), page.probe()))
                .stream()
                .map(row -> new Identifier(row.database(), row.name()))
                .toList();
        return GlobalNames.page(names, page);
    }

    Defined<D> get(Identifier identifier) {
        return describe(store.read(handle -> row(handle, identifier)));
    }

    void create(Identifier identifier, D definition, String owner, String user) {
        store.run(handle -> {
            DatabaseRow database = checkFree(handle, identifier);
            rows.insert(
                    handle,
                    new DefinitionRow(
                            UUID.randomUUID().toString(),
                            database.id(),
                            database.name(),
                            identifier.getObjectName(),
                            JsonSerdeUtil.toFlatJson(definition),
                            Audit.created(owner, user, clock.millis())));
        });
    }

    /** Applies changes: all, or none if one of them is refused. */
    void alter(Identifier identifier, UnaryOperator<D> changes, String user) {
        store.run(handle -> {
            DefinitionRow row = row(handle, identifier);
            D changed = changes.apply(describe(row).definition());
            rows.redefine(handle, row.id(), JsonSerdeUtil.toFlatJson(changed), user, clock.millis());
        });
    }

    void rename(Identifier source, Identifier destination, String user) {
        store.run(handle -> {
            DefinitionRow row = row(handle, source);
            DatabaseRow database = checkFree(handle, destination);
            rows.rename(handle, row.id(), database.id(), destination.getObjectName(), user, clock.millis());
        });
    }

    void drop(Identifier identifier) {
        store.run(handle -> rows.delete(handle, row(handle, identifier).id()));
    }

    private DefinitionRow row(Handle handle, Identifier identifier) {
        String database = identifier.getDatabaseName();
        String name = identifier.getObjectName();
        return rows.find(handle, database, name).orElseThrow(() -> {
            TableLocator.database(handle, database);
            return CatalogException.notFound(
                    resource, name, kind() + " " + identifier.getFullName() + " does not exist.");
        });
    }

    private DatabaseRow checkFree(Handle handle, Identifier identifier) {
        DatabaseRow database = TableLocator.database(handle, identifier.getDatabaseName());
        if (rows.find(handle, database.name(), identifier.getObjectName()).isPresent()) {
            throw CatalogException.alreadyExists(
                    resource, identifier.getObjectName(), kind() + " " + identifier.getFullName() + " already exists.");
        }
        nameCheck.check(handle, identifier);
        return database;
    }

    private Defined<D> describe(DefinitionRow row) {
        return new Defined<>(row.id(), row.name(), JsonSerdeUtil.fromJson(row.definition(), type), row.audit());
    }

    private String kind() {
        String name = resource.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
