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
package dev.trestle.catalog;

import static dev.trestle.catalog.Failures.onDatabase;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.DatabaseApi;
import dev.trestle.catalog.api.DatabaseInfo;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotEmptyException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.PageTokens;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.RestApi;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.parallel.ParallelCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Catalog.DatabaseAlreadyExistException;
import org.apache.paimon.catalog.Catalog.DatabaseNoPermissionException;
import org.apache.paimon.catalog.Catalog.DatabaseNotEmptyException;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.PropertyChange;
import org.apache.paimon.utils.Pair;

/** What the operations on databases mean. */
record DatabaseOperations(SharedClient client) {

    Page<String> list(PageRequest page, Optional<String> namePattern) {
        return databases().list(page, namePattern);
    }

    Database get(String name) throws DatabaseNotExistException {
        if (CatalogUtils.isSystemDatabase(name)) {
            return Database.of(name);
        }
        DatabaseInfo info = onDatabase(
                name, () -> client.cache().database(name, () -> databases().get(name)));
        Map<String, String> options = new HashMap<>(info.options());
        info.location().ifPresent(location -> options.put(Catalog.DB_LOCATION_PROP, location));
        AuditOptions.put(info.audit(), options);
        return Database.of(name, options, options.get(Catalog.COMMENT_PROP));
    }

    void create(String name, boolean ignoreIfExists, Map<String, String> options) throws DatabaseAlreadyExistException {
        CatalogUtils.checkNotSystemDatabase(name);
        try {
            client.outcomes()
                    .settle(
                            () -> create(name, options, ignoreIfExists),
                            () -> isCreated(name, options, ignoreIfExists),
                            "Look at database '" + name + "'");
        } catch (AlreadyExistsException e) {
            if (!ignoreIfExists) {
                throw new DatabaseAlreadyExistException(name, e);
            }
        } catch (ForbiddenException e) {
            throw new DatabaseNoPermissionException(name, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateDatabase(name);
        }
    }

    void alter(String name, List<PropertyChange> changes, boolean ignoreIfNotExists) throws DatabaseNotExistException {
        CatalogUtils.checkNotSystemDatabase(name);
        Pair<Map<String, String>, Set<String>> split = PropertyChange.getSetPropertiesToRemoveKeys(changes);
        Map<String, String> updates = split.getLeft();
        Set<String> removals = split.getRight();
        try {
            client.outcomes()
                    .settle(
                            () -> databases().alter(name, updates, removals),
                            () -> isAltered(name, updates, removals),
                            "Look at the properties of database '" + name + "'");
        } catch (NoSuchResourceException e) {
            if (!ignoreIfNotExists) {
                throw new DatabaseNotExistException(name, e);
            }
        } catch (ForbiddenException e) {
            throw new DatabaseNoPermissionException(name, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateDatabase(name);
        }
    }

    /** The service drops a database with all that is in it, so the restriction is checked here, a moment before. */
    void drop(String name, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        CatalogUtils.checkNotSystemDatabase(name);
        Optional<DatabaseInfo> before = client.cache().knownDatabase(name);
        try {
            if (!cascade && !isEmpty(name)) {
                throw new DatabaseNotEmptyException(name);
            }
            client.outcomes()
                    .settle(
                            () -> drop(name, cascade),
                            () -> isDropped(name, before),
                            "Look whether database '" + name + "' is there");
        } catch (NoSuchResourceException e) {
            if (!ignoreIfNotExists) {
                throw new DatabaseNotExistException(name, e);
            }
        } catch (NotEmptyException e) {
            throw new DatabaseNotEmptyException(name, e);
        } catch (ForbiddenException e) {
            throw new DatabaseNoPermissionException(name, e);
        } finally {
            client.cache().invalidateDatabase(name);
        }
    }

    private void create(String name, Map<String, String> options, boolean ignoreIfExists) {
        if (ignoreIfExists) {
            databases().createIfAbsent(name, options);
        } else {
            databases().create(name, options);
        }
    }

    private void drop(String name, boolean cascade) {
        if (cascade) {
            databases().drop(name);
        } else {
            databases().dropEmpty(name);
        }
    }

    /** Asks for all kinds of objects at once. */
    private boolean isEmpty(String name) {
        RestApi api = client.api();
        try (var noViews = ParallelCall.start(() -> api.views()
                        .map(views -> holdsNone(page -> views.list(name, page, Optional.empty())))
                        .orElse(true));
                var noFunctions = ParallelCall.start(() -> api.functions()
                        .map(functions -> holdsNone(page -> functions.list(name, page, Optional.empty())))
                        .orElse(true))) {
            return holdsNone(page -> api.tables().list(name, page, Optional.empty(), Optional.empty()))
                    && noViews.get()
                    && noFunctions.get();
        }
    }

    /** A page may be empty and not the last; what a service does not keep, it has none of. */
    private static boolean holdsNone(Function<PageRequest, Page<String>> listing) {
        Optional<String> token = Optional.empty();
        PageTokens tokens = new PageTokens();
        do {
            Page<String> page;
            try {
                page = listing.apply(new PageRequest(OptionalInt.of(1), token));
            } catch (UnsupportedByServiceException | EndpointMissingException e) {
                return true;
            }
            if (!page.items().isEmpty()) {
                return false;
            }
            token = page.nextToken().map(tokens::next);
        } while (token.isPresent());
        return true;
    }

    private boolean isCreated(String name, Map<String, String> options, boolean ignoreIfExists) {
        try {
            DatabaseInfo now = databases().get(name);
            if (ignoreIfExists || isCreatedAs(options, now)) {
                return true;
            }
            throw new AlreadyExistsException(
                    "Database '" + name + "' exists with other options", ResourceType.DATABASE, name);
        } catch (NoSuchResourceException e) {
            return false;
        }
    }

    /** A service keeps the location beside the options, and says itself who the owner is. */
    private static boolean isCreatedAs(Map<String, String> wanted, DatabaseInfo now) {
        Map<String, String> options = new HashMap<>(wanted);
        options.remove(Catalog.OWNER_PROP);
        Optional<String> location = Optional.ofNullable(options.remove(Catalog.DB_LOCATION_PROP));
        return now.options().entrySet().containsAll(options.entrySet())
                && (location.isEmpty()
                        || location.equals(Optional.ofNullable(now.options().get(Catalog.DB_LOCATION_PROP)))
                        || now.location()
                                .filter(path -> SchemaOutcome.isAt(location, path))
                                .isPresent());
    }

    private boolean isAltered(String name, Map<String, String> updates, Set<String> removals) {
        Map<String, String> now = databases().get(name).options();
        return now.entrySet().containsAll(updates.entrySet())
                && removals.stream().noneMatch(key -> now.containsKey(key) && !updates.containsKey(key));
    }

    private boolean isDropped(String name, Optional<DatabaseInfo> before) {
        try {
            Optional<String> now = databases().get(name).id();
            Optional<String> then = before.flatMap(DatabaseInfo::id);
            return now.isPresent() && then.isPresent() && !now.equals(then);
        } catch (NoSuchResourceException e) {
            return true;
        }
    }

    private DatabaseApi databases() {
        return client.api().databases();
    }
}
