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
import dev.trestle.server.store.DefinitionRows;
import dev.trestle.server.store.NameFilter;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableRows;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewSchema;
import org.jdbi.v3.core.Handle;

/** Operations on views, which share their names with tables. Thread-safe. */
public final class Views {

    private final Definitions<ViewSchema> views;

    Views(Store store, Clock clock) {
        this.views = new Definitions<>(
                store, clock, DefinitionRows.VIEWS, Resource.VIEW, ViewSchema.class, Views::checkNoTable);
    }

    /** Names of a database's views in byte order. */
    public Page<String> list(String database, NameFilter filter, PageRequest page) {
        return views.list(database, filter, page);
    }

    /** A database's views in byte order of their names. */
    public Page<Defined<ViewSchema>> listDetails(String database, NameFilter filter, PageRequest page) {
        return views.listDetails(database, filter, page);
    }

    /** Views of all databases, in byte order of database and name. */
    public Page<Identifier> listGlobally(NameFilter databases, NameFilter names, PageRequest page) {
        return views.listGlobally(databases, names, page);
    }

    /** The view of that name. */
    public Defined<ViewSchema> get(Identifier identifier) {
        return views.get(identifier);
    }

    /** Makes a view. An option {@code owner} says who owns it; else the requester does. */
    public void create(Identifier identifier, ViewSchema view, String user) {
        Names.checkTable(identifier.getObjectName());
        Map<String, String> options = new HashMap<>(view.options());
        String owner = options.remove(Catalog.OWNER_PROP);
        views.create(
                identifier,
                new ViewSchema(view.fields(), view.query(), view.dialects(), view.comment(), options),
                owner == null ? user : owner,
                user);
    }

    /** Changes a view: all changes, or none. */
    public void alter(Identifier identifier, List<ViewChange> changes, String user) {
        views.alter(identifier, view -> apply(identifier, view, changes), user);
    }

    /** Gives a view another name, perhaps in another database; its id stays. */
    public void rename(Identifier source, Identifier destination, String user) {
        Names.checkTable(destination.getObjectName());
        views.rename(source, destination, user);
    }

    /** Drops a view. */
    public void drop(Identifier identifier) {
        views.drop(identifier);
    }

    /** A table cannot have a view's name. */
    static void checkNoView(Handle handle, Identifier identifier) {
        DefinitionRows.VIEWS
                .find(handle, identifier.getDatabaseName(), identifier.getObjectName())
                .ifPresent(view -> {
                    throw CatalogException.alreadyExists(
                            Resource.VIEW,
                            view.name(),
                            "View " + identifier.getFullName() + " already exists, and tables and views share names.");
                });
    }

    private static void checkNoTable(Handle handle, Identifier identifier) {
        TableRows.find(handle, identifier.getDatabaseName(), identifier.getObjectName())
                .ifPresent(table -> {
                    throw CatalogException.alreadyExists(
                            Resource.TABLE,
                            table.name(),
                            "Table " + identifier.getFullName() + " already exists, and tables and views share names.");
                });
    }

    private static ViewSchema apply(Identifier identifier, ViewSchema view, List<ViewChange> changes) {
        Map<String, String> options = new HashMap<>(view.options());
        Map<String, String> dialects = new HashMap<>(view.dialects());
        String comment = view.comment();
        for (ViewChange change : changes) {
            if (change instanceof ViewChange.SetViewOption set) {
                options.put(set.key(), set.value());
            } else if (change instanceof ViewChange.RemoveViewOption remove) {
                options.remove(remove.key());
            } else if (change instanceof ViewChange.UpdateViewComment update) {
                comment = update.comment();
            } else if (change instanceof ViewChange.AddDialect add) {
                if (dialects.putIfAbsent(add.dialect(), add.query()) != null) {
                    throw CatalogException.alreadyExists(
                            Resource.DIALECT,
                            add.dialect(),
                            "Dialect " + add.dialect() + " in view " + identifier.getFullName() + " already exists.");
                }
            } else if (change instanceof ViewChange.UpdateDialect update) {
                if (dialects.replace(update.dialect(), update.query()) == null) {
                    throw noDialect(identifier, update.dialect());
                }
            } else if (change instanceof ViewChange.DropDialect drop) {
                if (dialects.remove(drop.dialect()) == null) {
                    throw noDialect(identifier, drop.dialect());
                }
            } else {
                throw CatalogException.unsupported("This server does not know that change of a view: "
                        + change.getClass().getSimpleName());
            }
        }
        return new ViewSchema(view.fields(), view.query(), dialects, comment, options);
    }

    private static CatalogException noDialect(Identifier identifier, String dialect) {
        return CatalogException.notFound(
                Resource.DIALECT,
                dialect,
                "Dialect " + dialect + " in view " + identifier.getFullName() + " does not exist.");
    }
}
