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
package dev.trestle.flink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.PropertyChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Databases: Flink's properties and comment as Paimon's options, where the comment is the option {@code comment}. */
final class Databases {

    private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

    /** Answered by the server for every database, and not to be taken away by leaving them out. */
    private static final Set<String> SERVER_SET_PROPERTIES =
            Set.of(Catalog.DB_LOCATION_PROP, "owner", "createdAt", "createdBy", "updatedAt", "updatedBy");

    private final Catalog catalog;
    private final KnownDatabases known;
    private final Consumer<String> onNew;

    /** @param onNew told the name of a database that was not there before */
    Databases(Catalog catalog, KnownDatabases known, Consumer<String> onNew) {
        this.catalog = catalog;
        this.known = known;
        this.onNew = onNew;
    }

    List<String> list() {
        List<String> databases = catalog.listDatabases();
        known.listed(databases);
        return databases;
    }

    boolean exists(String name) {
        if (name.equals(Catalog.SYSTEM_DATABASE_NAME)) {
            return true;
        }
        return known.exists(name).orElseGet(() -> askWhetherExists(name));
    }

    /** Makes a database that is missing; one that may not be looked at or made is left to the statements that use it. */
    void ensure(String name) {
        try {
            if (!exists(name)) {
                catalog.createDatabase(name, true);
                known.found(name);
            }
        } catch (Catalog.DatabaseNoPermissionException e) {
            LOG.warn("No permission to look at or create the default database {}", name);
        } catch (Catalog.DatabaseAlreadyExistException e) {
            known.found(name);
        }
    }

    private boolean askWhetherExists(String name) {
        try {
            load(name);
            return true;
        } catch (Catalog.DatabaseNotExistException e) {
            return false;
        }
    }

    CatalogDatabase get(String name) throws Catalog.DatabaseNotExistException {
        if (name.equals(Catalog.SYSTEM_DATABASE_NAME)) {
            return new CatalogDatabaseImpl(Map.of(), "System tables about the whole catalog");
        }
        Database database = load(name);
        Map<String, String> properties = new HashMap<>(database.options());
        properties.remove(Catalog.COMMENT_PROP);
        properties.values().removeIf(value -> value == null);
        return new CatalogDatabaseImpl(properties, database.comment().orElse(null));
    }

    private Database load(String name) throws Catalog.DatabaseNotExistException {
        try {
            Database database = catalog.getDatabase(name);
            known.found(name);
            return database;
        } catch (Catalog.DatabaseNotExistException e) {
            known.missing(name);
            throw e;
        }
    }

    void create(String name, CatalogDatabase database, boolean ignoreIfExists)
            throws Catalog.DatabaseAlreadyExistException {
        Map<String, String> options = new HashMap<>(database.getProperties());
        comment(database).ifPresent(comment -> options.put(Catalog.COMMENT_PROP, comment));
        catalog.createDatabase(name, ignoreIfExists, options);
        known.found(name);
        if (!ignoreIfExists) {
            onNew.accept(name);
        }
    }

    void drop(String name, boolean ignoreIfNotExists, boolean cascade)
            throws Catalog.DatabaseNotExistException, Catalog.DatabaseNotEmptyException {
        catalog.dropDatabase(name, ignoreIfNotExists, cascade);
        known.missing(name);
    }

    void alter(String name, CatalogDatabase database, boolean ignoreIfNotExists)
            throws Catalog.DatabaseNotExistException {
        Map<String, String> before;
        try {
            before = load(name).options();
        } catch (Catalog.DatabaseNotExistException e) {
            if (ignoreIfNotExists) {
                return;
            }
            throw e;
        }
        List<PropertyChange> changes = changes(before, database);
        if (!changes.isEmpty()) {
            catalog.alterDatabase(name, changes, ignoreIfNotExists);
        }
    }

    /** What must change; a comment that is not given stays. */
    private static List<PropertyChange> changes(Map<String, String> before, CatalogDatabase database) {
        Map<String, String> after = new HashMap<>(database.getProperties());
        String comment = comment(database).orElse(before.get(Catalog.COMMENT_PROP));
        if (comment != null) {
            after.put(Catalog.COMMENT_PROP, comment);
        }
        List<PropertyChange> changes = new ArrayList<>();
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                changes.add(PropertyChange.setProperty(key, value));
            }
        });
        before.forEach((key, value) -> {
            if (value != null && !after.containsKey(key) && !SERVER_SET_PROPERTIES.contains(key)) {
                changes.add(PropertyChange.removeProperty(key));
            }
        });
        return changes;
    }

    private static Optional<String> comment(CatalogDatabase database) {
        return database.getDescription().filter(comment -> !comment.isEmpty());
    }
}
