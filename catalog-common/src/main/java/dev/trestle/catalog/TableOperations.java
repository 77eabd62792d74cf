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

import static org.apache.paimon.catalog.CatalogUtils.checkNotBranch;
import static org.apache.paimon.catalog.CatalogUtils.checkNotSystemTable;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.TableApi;
import dev.trestle.catalog.api.TableInfo;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog.ColumnAlreadyExistException;
import org.apache.paimon.catalog.Catalog.ColumnNotExistException;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.Catalog.TableAlreadyExistException;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;

/** What the operations that change tables mean. */
record TableOperations(SharedClient client, NewTables newTables) {

    void create(Identifier identifier, Schema wanted, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        checkNotBranch(identifier, "createTable");
        checkNotSystemTable(identifier, "createTable");
        Schema schema = newTables.complete(wanted);
        try {
            client.outcomes()
                    .settle(
                            () -> create(identifier, schema, ignoreIfExists, tables()),
                            () -> isCreated(identifier, schema, ignoreIfExists),
                            "Look at table '" + identifier.getFullName() + "'");
        } catch (AlreadyExistsException e) {
            if (!ignoreIfExists) {
                throw new TableAlreadyExistException(identifier, e);
            }
        } catch (NoSuchResourceException e) {
            throw new DatabaseNotExistException(identifier.getDatabaseName(), e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    void register(Identifier identifier, String path) throws TableAlreadyExistException {
        checkNotBranch(identifier, "registerTable");
        checkNotSystemTable(identifier, "registerTable");
        try {
            client.outcomes()
                    .settle(
                            () -> tables().register(identifier, path),
                            () -> find(identifier)
                                    .filter(table -> table.path().equals(path))
                                    .isPresent(),
                            "Look at table '" + identifier.getFullName() + "'");
        } catch (AlreadyExistsException e) {
            throw new TableAlreadyExistException(identifier, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    void alter(Identifier identifier, List<SchemaChange> changes, boolean ignoreIfNotExists)
            throws TableNotExistException, ColumnAlreadyExistException, ColumnNotExistException {
        checkNotSystemTable(identifier, "alterTable");
        Optional<TableInfo> before = client.cache().knownTable(identifier);
        try {
            client.outcomes()
                    .settle(
                            () -> tables().alter(identifier, changes),
                            () -> SchemaOutcome.isAltered(before, changes, find(identifier)),
                            "Look at the columns and options of table '" + identifier.getFullName() + "'");
        } catch (NoSuchResourceException e) {
            if (e.resourceType() == ResourceType.COLUMN) {
                throw new ColumnNotExistException(identifier, e.resourceName(), e);
            }
            if (!ignoreIfNotExists) {
                throw new TableNotExistException(identifier, e);
            }
        } catch (AlreadyExistsException e) {
            if (e.resourceType() == ResourceType.COLUMN) {
                throw new ColumnAlreadyExistException(identifier, e.resourceName(), e);
            }
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    void rename(Identifier from, Identifier to, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        for (Identifier identifier : List.of(from, to)) {
            checkNotBranch(identifier, "renameTable");
            checkNotSystemTable(identifier, "renameTable");
        }
        Optional<String> id = client.cache().knownTable(from).flatMap(TableInfo::id);
        try {
            client.outcomes()
                    .settle(
                            () -> tables().rename(from, to),
                            () -> isRenamed(id, from, to),
                            "Look at tables '" + from.getFullName() + "' and '" + to.getFullName() + "'");
        } catch (NoSuchResourceException e) {
            if (isOnlyOfTarget(e, from, to)) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
            if (!ignoreIfNotExists) {
                throw new TableNotExistException(from, e);
            }
        } catch (AlreadyExistsException e) {
            throw new TableAlreadyExistException(to, e);
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(from, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateTable(from);
            client.cache().invalidateTable(to);
        }
    }

    void drop(Identifier identifier, boolean ignoreIfNotExists) throws TableNotExistException {
        checkNotBranch(identifier, "dropTable");
        checkNotSystemTable(identifier, "dropTable");
        Optional<String> id = client.cache().knownTable(identifier).flatMap(TableInfo::id);
        try {
            client.outcomes()
                    .settle(
                            () -> tables().drop(identifier),
                            () -> isDropped(id, identifier),
                            "Look whether table '" + identifier.getFullName() + "' is there");
        } catch (NoSuchResourceException e) {
            if (!ignoreIfNotExists) {
                throw new TableNotExistException(identifier, e);
            }
        } catch (ForbiddenException e) {
            throw new TableNoPermissionException(identifier, e);
        } finally {
            client.cache().invalidateTable(identifier);
        }
    }

    private static void create(Identifier identifier, Schema schema, boolean ignoreIfExists, TableApi tables) {
        if (ignoreIfExists) {
            tables.createIfAbsent(identifier, schema);
        } else {
            tables.create(identifier, schema);
        }
    }

    private boolean isCreated(Identifier identifier, Schema schema, boolean ignoreIfExists) {
        Optional<TableInfo> now = find(identifier);
        if (now.isEmpty()) {
            return false;
        }
        if (SchemaOutcome.isAnother(schema, now.get()) && !ignoreIfExists) {
            throw new AlreadyExistsException(
                    "Table '" + identifier.getFullName() + "' exists with another schema",
                    ResourceType.TABLE,
                    identifier.getObjectName());
        }
        return ignoreIfExists || SchemaOutcome.isCreatedAs(schema, now.get());
    }

    /** Whether what is missing is the database to rename into, and not the table or its own database. */
    private static boolean isOnlyOfTarget(NoSuchResourceException e, Identifier from, Identifier to) {
        return e.resourceType() == ResourceType.DATABASE
                && e.resourceName().equals(to.getDatabaseName())
                && !from.getDatabaseName().equals(to.getDatabaseName());
    }

    private boolean isRenamed(Optional<String> id, Identifier from, Identifier to) {
        return id.isPresent()
                && find(to).filter(table -> table.id().equals(id)).isPresent()
                && find(from).filter(table -> table.id().equals(id)).isEmpty();
    }

    private boolean isDropped(Optional<String> id, Identifier identifier) {
        Optional<TableInfo> now = find(identifier);
        return now.isEmpty()
                || (id.isPresent()
                        && now.get().id().isPresent()
                        && !now.get().id().equals(id));
    }

    private Optional<TableInfo> find(Identifier identifier) {
        try {
            return Optional.of(tables().get(identifier));
        } catch (NoSuchResourceException e) {
            return Optional.empty();
        }
    }

    private TableApi tables() {
        return client.api().tables();
    }
}
