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

import static dev.trestle.catalog.Capability.ask;
import static dev.trestle.catalog.Failures.onDatabase;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ViewApi;
import dev.trestle.catalog.api.ViewInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.Catalog.DialectAlreadyExistException;
import org.apache.paimon.catalog.Catalog.DialectNotExistException;
import org.apache.paimon.catalog.Catalog.ViewAlreadyExistException;
import org.apache.paimon.catalog.Catalog.ViewNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewImpl;
import org.apache.paimon.view.ViewSchema;

/** What the operations on views mean. */
record ViewOperations(SharedClient client) {

    List<String> list(String database) throws DatabaseNotExistException {
        return onDatabase(database, () -> ask(() -> Page.all(page -> views().list(database, page, Optional.empty()))));
    }

    Page<String> list(String database, PageRequest page, Optional<String> namePattern)
            throws DatabaseNotExistException {
        return onDatabase(database, () -> ask(() -> views().list(database, page, namePattern)));
    }

    Page<View> details(String database, PageRequest page, Optional<String> namePattern)
            throws DatabaseNotExistException {
        Page<ViewInfo> details = onDatabase(database, () -> ask(() -> views().details(database, page, namePattern)));
        return new Page<>(
                details.items().stream().map(view -> toView(database, view)).toList(), details.nextToken());
    }

    Page<Identifier> listAll(PageRequest page, Optional<String> databasePattern, Optional<String> viewPattern) {
        return ask(() -> views().listAll(page, databasePattern, viewPattern));
    }

    View get(Identifier identifier) throws ViewNotExistException {
        try {
            ViewInfo view = client.cache().view(identifier, () -> ask(() -> views().get(identifier)));
            return toView(identifier.getDatabaseName(), view);
        } catch (NoSuchResourceException e) {
            throw new ViewNotExistException(identifier, e);
        }
    }

    void create(Identifier identifier, View view, boolean ignoreIfExists)
            throws ViewAlreadyExistException, DatabaseNotExistException {
        ViewSchema schema = new ViewSchema(
                view.rowType().getFields(),
                view.query(),
                view.dialects(),
                view.comment().orElse(null),
                view.options());
        try {
            client.outcomes()
                    .settle(
                            () -> views().create(identifier, schema),
                            () -> find(identifier)
                                    .filter(now -> ignoreIfExists || isSame(now.schema(), schema))
                                    .isPresent(),
                            advice(identifier));
        } catch (AlreadyExistsException e) {
            if (!ignoreIfExists) {
                throw new ViewAlreadyExistException(identifier, e);
            }
        } catch (NoSuchResourceException e) {
            throw new DatabaseNotExistException(identifier.getDatabaseName(), e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateView(identifier);
        }
    }

    /** Views have no schema id, so nothing proves that a lost change was made: it stays unknown. */
    void alter(Identifier identifier, List<ViewChange> changes, boolean ignoreIfNotExists)
            throws ViewNotExistException, DialectAlreadyExistException, DialectNotExistException {
        try {
            client.outcomes().settle(() -> views().alter(identifier, changes), () -> false, advice(identifier));
        } catch (AlreadyExistsException e) {
            throw new DialectAlreadyExistException(identifier, e.resourceName(), e);
        } catch (NoSuchResourceException e) {
            if (e.resourceType() == ResourceType.DIALECT) {
                throw new DialectNotExistException(identifier, e.resourceName(), e);
            }
            if (!ignoreIfNotExists) {
                throw new ViewNotExistException(identifier, e);
            }
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateView(identifier);
        }
    }

    void rename(Identifier from, Identifier to, boolean ignoreIfNotExists)
            throws ViewNotExistException, ViewAlreadyExistException {
        try {
            client.outcomes().settle(() -> views().rename(from, to), () -> false, advice(from));
        } catch (NoSuchResourceException e) {
            if (!ignoreIfNotExists) {
                throw new ViewNotExistException(from, e);
            }
        } catch (AlreadyExistsException e) {
            throw new ViewAlreadyExistException(to, e);
        } catch (BadRequestException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            client.cache().invalidateView(from);
            client.cache().invalidateView(to);
        }
    }

    void drop(Identifier identifier, boolean ignoreIfNotExists) throws ViewNotExistException {
        try {
            client.outcomes()
                    .settle(
                            () -> views().drop(identifier),
                            () -> find(identifier).isEmpty(),
                            advice(identifier));
        } catch (NoSuchResourceException e) {
            if (!ignoreIfNotExists) {
                throw new ViewNotExistException(identifier, e);
            }
        } finally {
            client.cache().invalidateView(identifier);
        }
    }

    private Optional<ViewInfo> find(Identifier identifier) {
        try {
            return Optional.of(views().get(identifier));
        } catch (NoSuchResourceException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(ViewSchema now, ViewSchema wanted) {
        return now.query().equals(wanted.query())
                && now.dialects().equals(wanted.dialects())
                && now.fields().equals(wanted.fields());
    }

    private static View toView(String database, ViewInfo info) {
        ViewSchema schema = info.schema();
        Map<String, String> options = new HashMap<>(schema.options());
        AuditOptions.put(info.audit(), options);
        return new ViewImpl(
                Identifier.create(database, info.name()),
                schema.fields(),
                schema.query(),
                schema.dialects(),
                schema.comment(),
                options);
    }

    private static String advice(Identifier identifier) {
        return "Look at view '" + identifier.getFullName() + "'";
    }

    private ViewApi views() {
        return Capability.require(client.api().views(), "use a view", "views");
    }
}
