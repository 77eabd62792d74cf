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
package dev.trestle.trino.view;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TransactionMemory;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnNotFoundException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.ViewNotFoundException;
import io.trino.spi.security.PrincipalType;
import io.trino.spi.security.TrinoPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;

/** Finds, creates, changes and drops views; never a table. */
public final class Views {

    private final SessionCatalogs catalogs;
    private final ObjectNames names;
    private final StoredView format;
    private final TransactionMemory.Part<SchemaTableName, Optional<Found>> exact;
    private final TransactionMemory.Part<SchemaTableName, Optional<Found>> folded;

    /** A view, and what the service calls it. */
    record Found(Identifier identifier, View view) {}

    public Views(SessionCatalogs catalogs, ObjectNames names, StoredView format) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
        this.format = requireNonNull(format, "format is null");
        this.exact = names.memory().part();
        this.folded = names.memory().part();
    }

    /** Whether the service has a view under the very name. */
    public boolean isExact(ConnectorSession session, SchemaTableName name) {
        return findExact(session, name).isPresent();
    }

    public boolean exists(ConnectorSession session, SchemaTableName name) {
        return find(session, name).isPresent();
    }

    /** @throws TrinoException if there is such a view, and it is in no SQL that Trino reads */
    public Optional<ConnectorViewDefinition> get(ConnectorSession session, SchemaTableName name) {
        Optional<Found> found = find(session, name);
        found.ifPresent(view -> ForeignQuery.requireReadable(name, view.view()));
        return found.map(view -> format.toTrino(view.identifier(), view.view()));
    }

    private Optional<Found> find(ConnectorSession session, SchemaTableName name) {
        return findExact(session, name)
                .or(() -> folded.learn(
                        session,
                        name,
                        () -> names.foldedView(session, name).flatMap(identifier -> load(session, identifier))));
    }

    private Optional<Found> findExact(ConnectorSession session, SchemaTableName name) {
        return ObjectNames.mayExist(name.getSchemaName())
                ? exact.learn(
                        session, name, () -> load(session, new Identifier(name.getSchemaName(), name.getTableName())))
                : Optional.empty();
    }

    private Optional<Found> load(ConnectorSession session, Identifier identifier) {
        return TrinoErrors.call("load view " + identifier.getFullName(), () -> {
            try {
                return Optional.of(new Found(identifier, catalogs.of(session).getView(identifier)));
            } catch (Catalog.ViewNotExistException | UnsupportedOperationException e) {
                return Optional.empty();
            }
        });
    }

    private Found require(ConnectorSession session, SchemaTableName name) {
        return find(session, name).orElseThrow(() -> new ViewNotFoundException(name));
    }

    /**
     * Creates a view, or replaces the one that is there.
     *
     * <p>The REST API changes a view's queries and options, not its columns and its plain query. So a view that is Trino's
     * alone is dropped and made anew, and one that other engines have a query of gets another query for Trino only.
     *
     * @throws TrinoException if that one has other columns
     */
    public void create(
            ConnectorSession session, SchemaTableName name, ConnectorViewDefinition definition, boolean replace) {
        Optional<Found> before = replace ? find(session, name) : Optional.empty();
        TrinoErrors.run("create view " + name, () -> {
            if (before.isEmpty()) {
                names.inDatabase(session, name.getSchemaName(), database -> {
                    Identifier identifier = new Identifier(database, name.getTableName());
                    catalogs.of(session).createView(identifier, format.toPaimon(identifier, definition), false);
                    return identifier;
                });
            } else if (StoredView.isTrinosAlone(before.get().view())) {
                makeAnew(session, before.get(), definition);
            } else {
                changeQuery(session, name, before.get(), definition);
            }
            names.forget();
        });
    }

    private void makeAnew(ConnectorSession session, Found before, ConnectorViewDefinition definition) throws Exception {
        Catalog catalog = catalogs.of(session);
        View after = format.toPaimon(before.identifier(), definition).copy(StoredView.othersOptions(before.view()));
        catalog.dropView(before.identifier(), true);
        try {
            catalog.createView(before.identifier(), after, false);
        } catch (Exception e) {
            throw ViewRestoration.of(catalog, before, e);
        }
    }

    private static List<String> othersQueries(View view) {
        TreeSet<String> queries = new TreeSet<>(StoredView.dialects(view).keySet());
        queries.remove(StoredView.DIALECT);
        return queries.isEmpty() ? List.of("the plain one") : List.copyOf(queries);
    }

    private void changeQuery(
            ConnectorSession session, SchemaTableName name, Found before, ConnectorViewDefinition definition)
            throws Exception {
        View after = format.toPaimon(before.identifier(), definition);
        if (!ViewChanges.haveSameColumns(before.view(), after)) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "The new query of view " + name + " must have the columns that the view has ("
                            + String.join(", ", before.view().rowType().getFieldNames())
                            + "), since other engines read it by queries of their own ("
                            + String.join(", ", othersQueries(before.view()))
                            + "). To change the columns, drop the view and create it");
        }
        catalogs.of(session).alterView(before.identifier(), ViewChanges.between(before.view(), after), false);
    }

    /** Renames a view, also into another schema. */
    public void rename(ConnectorSession session, SchemaTableName name, SchemaTableName newName) {
        Found found = require(session, name);
        TrinoErrors.run("rename view " + name, () -> {
            String database = newName.getSchemaName().equals(name.getSchemaName())
                    ? found.identifier().getDatabaseName()
                    : names.requireDatabase(session, newName.getSchemaName());
            catalogs.of(session)
                    .renameView(found.identifier(), new Identifier(database, newName.getTableName()), false);
            names.forget();
        });
    }

    public void drop(ConnectorSession session, SchemaTableName name) {
        Found found = require(session, name);
        TrinoErrors.run("drop view " + name, () -> {
            catalogs.of(session).dropView(found.identifier(), false);
            names.forget();
        });
    }

    public void setComment(ConnectorSession session, SchemaTableName name, Optional<String> comment) {
        alter(session, name, List.of(ViewChange.updateComment(comment.orElse(null))));
    }

    public void setColumnComment(
            ConnectorSession session, SchemaTableName name, String column, Optional<String> comment) {
        DataField field = require(session, name).view().rowType().getFields().stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow(() -> new ColumnNotFoundException(name, column));
        alter(session, name, List.of(StoredView.columnComment(field, comment)));
    }

    /** Whose rights a view with {@code SECURITY DEFINER} is read with. */
    public void setOwner(ConnectorSession session, SchemaTableName name, TrinoPrincipal owner) {
        if (owner.getType() != PrincipalType.USER) {
            throw new TrinoException(NOT_SUPPORTED, "View " + name + " can be owned by a user only, not by a role");
        }
        alter(session, name, List.of(ViewChange.setOption(StoredView.ownerOption(), owner.getName())));
    }

    private void alter(ConnectorSession session, SchemaTableName name, List<ViewChange> changes) {
        Found found = require(session, name);
        TrinoErrors.run("alter view " + name, () -> {
            catalogs.of(session).alterView(found.identifier(), changes, false);
            names.forget();
        });
    }
}
