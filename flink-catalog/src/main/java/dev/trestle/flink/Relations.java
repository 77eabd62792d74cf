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

import dev.trestle.catalog.parallel.ParallelCall;
import dev.trestle.flink.SeenKinds.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogBaseTable.TableKind;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogView;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;
import org.apache.paimon.view.View;

/**
 * Tables and views: names of one kind to Flink, objects of two kinds to the service. Finds which of the two a name is,
 * and hands each statement to that kind only: no {@code DROP VIEW} reaches a table.
 */
final class Relations {

    private final FlinkOptions options;
    private final Tables tables;
    private final Views views;
    private final SeenKinds seen;
    private final ColumnNames columns;
    private final ProbedTables probed;
    private final KnownDatabases databases;

    Relations(
            FlinkOptions options,
            Tables tables,
            Views views,
            SeenKinds seen,
            ColumnNames columns,
            ProbedTables probed,
            KnownDatabases databases) {
        this.options = options;
        this.tables = tables;
        this.views = views;
        this.seen = seen;
        this.columns = columns;
        this.probed = probed;
        this.databases = databases;
    }

    private sealed interface Relation {
        record StoredTable(Table table) implements Relation {}

        record StoredView(View view) implements Relation {}
    }

    /** The names of all tables, then of all views, both asked for at once. */
    List<String> list(String database) throws Catalog.DatabaseNotExistException {
        try (var listed = ParallelCall.start(() -> views.list(database))) {
            return Stream.concat(tables.list(database).stream(), listed.get().stream())
                    .toList();
        }
    }

    CatalogBaseTable get(ObjectPath path, OptionalLong asOf) throws Catalog.TableNotExistException {
        Relation relation = find(path);
        if (relation instanceof Relation.StoredView stored) {
            if (asOf.isPresent()) {
                throw new UnsupportedOperationException("View " + path.getFullName()
                        + " keeps no history: FOR SYSTEM_TIME AS OF is possible on the tables that it reads.");
            }
            return columns.remember(views.toFlink(path, stored.view()));
        }
        return columns.remember(tables.toFlink(path, ((Relation.StoredTable) relation).table(), asOf));
    }

    boolean exists(ObjectPath path) {
        try {
            find(path);
            return true;
        } catch (Catalog.TableNotExistException e) {
            return false;
        }
    }

    /** Asks for a table first, except where a view of this name was seen before. */
    private Relation find(ObjectPath path) throws Catalog.TableNotExistException {
        if (probed.isAbsent(path)) {
            throw new Catalog.TableNotExistException(Tables.identifier(path));
        }
        boolean viewFirst = seen.of(path).equals(Optional.of(Kind.VIEW));
        Optional<View> view = viewFirst ? views.find(path) : Optional.empty();
        if (view.isEmpty()) {
            try {
                Table table = tables.load(path);
                seen.seen(path, Kind.TABLE);
                return new Relation.StoredTable(table);
            } catch (Catalog.TableNotExistException e) {
                view = !viewFirst && mayBeView(path) ? views.find(path) : Optional.empty();
                if (view.isEmpty()) {
                    seen.missing(path);
                    probed.missing(path);
                    throw e;
                }
            }
        }
        seen.seen(path, Kind.VIEW);
        return new Relation.StoredView(view.get());
    }

    /** System tables and branches are of tables, and the database of system tables holds nothing else. */
    private static boolean mayBeView(ObjectPath path) {
        Identifier identifier = Tables.identifier(path);
        return !path.getDatabaseName().equals(Catalog.SYSTEM_DATABASE_NAME)
                && identifier.getSystemTableName() == null
                && identifier.getBranchName() == null;
    }

    void create(ObjectPath path, CatalogBaseTable definition, boolean ignoreIfExists)
            throws Catalog.TableAlreadyExistException, Catalog.DatabaseNotExistException,
                    Catalog.ViewAlreadyExistException {
        checkDatabase(path);
        try {
            if (definition instanceof ResolvedCatalogView view) {
                views.create(path, view, ignoreIfExists);
            } else {
                tables.create(path, definition, ignoreIfExists);
            }
        } catch (Catalog.DatabaseNotExistException e) {
            databases.missing(path.getDatabaseName());
            throw e;
        }
        probed.made(path);
        seen.seen(path, definition instanceof CatalogView ? Kind.VIEW : Kind.TABLE);
    }

    private void checkDatabase(ObjectPath path) {
        if (!options.tablesInDefaultDatabase() && path.getDatabaseName().equals(options.defaultDatabase())) {
            throw new ValidationException("Table " + path.getFullName()
                    + " cannot be created in the default database, because '"
                    + FlinkOptions.DISABLE_CREATE_TABLE_IN_DEFAULT_DB
                    + "' is set for this catalog. Create it in another database.");
        }
    }

    void alter(ObjectPath path, CatalogBaseTable after, List<TableChange> changes, boolean ignoreIfNotExists)
            throws Exception {
        Relation relation = findUnless(ignoreIfNotExists, path);
        if (relation == null) {
            return;
        }
        checkSameKind(relation, after);
        if (relation instanceof Relation.StoredView stored) {
            views.alter(path, stored.view(), (CatalogView) after);
        } else if (relation instanceof Relation.StoredTable stored) {
            tables.alter(path, stored.table(), after, changes, ignoreIfNotExists);
        }
    }

    /** Flink alters views by their whole definition, and options of tables in the interface of older releases. */
    void alter(ObjectPath path, CatalogBaseTable after, boolean ignoreIfNotExists) throws Exception {
        Relation relation = findUnless(ignoreIfNotExists, path);
        if (relation == null) {
            return;
        }
        checkSameKind(relation, after);
        if (relation instanceof Relation.StoredView stored) {
            views.alter(path, stored.view(), (CatalogView) after);
        } else if (relation instanceof Relation.StoredTable stored) {
            tables.alterOptions(path, stored.table(), after, ignoreIfNotExists);
        }
    }

    private Relation findUnless(boolean ignoreIfNotExists, ObjectPath path) throws Catalog.TableNotExistException {
        try {
            return find(path);
        } catch (Catalog.TableNotExistException e) {
            if (ignoreIfNotExists) {
                return null;
            }
            throw e;
        }
    }

    private static void checkSameKind(Relation relation, CatalogBaseTable after) {
        TableKind before =
                relation instanceof Relation.StoredTable stored ? Tables.kind(stored.table()) : TableKind.VIEW;
        if (before != after.getTableKind()) {
            throw new CatalogException("Table types don't match. Existing table is '" + before + "' and new table is '"
                    + after.getTableKind() + "'.");
        }
    }

    void rename(ObjectPath path, String newName, boolean ignoreIfNotExists) throws Exception {
        ObjectPath renamed = new ObjectPath(path.getDatabaseName(), newName);
        Optional<Kind> kind = kind(path, ignoreIfNotExists);
        if (kind.isEmpty()) {
            return;
        }
        switch (kind.get()) {
            case VIEW -> views.rename(path, renamed, ignoreIfNotExists);
            case TABLE -> tables.rename(path, renamed, ignoreIfNotExists);
        }
        seen.missing(path);
        seen.seen(renamed, kind.get());
        probed.made(renamed);
    }

    void drop(ObjectPath path, boolean ignoreIfNotExists) throws Exception {
        Optional<Kind> kind = kind(path, ignoreIfNotExists);
        if (kind.isEmpty()) {
            return;
        }
        switch (kind.get()) {
            case VIEW -> views.drop(path, ignoreIfNotExists);
            case TABLE -> tables.drop(path, ignoreIfNotExists);
        }
        seen.missing(path);
    }

    /** The kind that was seen last; asked for where nothing was. Empty if there is nothing, and that is no error. */
    private Optional<Kind> kind(ObjectPath path, boolean ignoreIfNotExists) throws Catalog.TableNotExistException {
        Optional<Kind> known = seen.of(path);
        return known.isPresent()
                ? known
                : Optional.ofNullable(findUnless(ignoreIfNotExists, path)).flatMap(relation -> seen.of(path));
    }
}
