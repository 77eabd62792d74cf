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

import dev.trestle.catalog.table.BucketKeys;
import dev.trestle.catalog.table.SequenceFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogBaseTable.TableKind;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogBaseTable;
import org.apache.flink.table.catalog.ResolvedCatalogMaterializedTable;
import org.apache.flink.table.catalog.TableChange;
import org.apache.paimon.PagedList;
import org.apache.paimon.TableType;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;

/** Tables: creating, loading, altering, renaming, dropping. */
final class Tables {

    private final String catalogName;
    private final Catalog catalog;
    private final StatementTables loaded;
    private final AlteredTables altered;
    private final KnownDatabases databases;
    private final PlannedKeys keys = new PlannedKeys();

    Tables(
            String catalogName,
            Catalog catalog,
            StatementTables loaded,
            AlteredTables altered,
            KnownDatabases databases) {
        this.catalogName = catalogName;
        this.catalog = catalog;
        this.loaded = loaded;
        this.altered = altered;
        this.databases = databases;
    }

    List<String> list(String database) throws Catalog.DatabaseNotExistException {
        try {
            return catalog.listTables(database);
        } catch (Catalog.DatabaseNotExistException e) {
            databases.missing(database);
            throw e;
        }
    }

    List<String> listMaterialized(String database) throws Catalog.DatabaseNotExistException {
        List<String> names = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        PagedList<String> page;
        String token = null;
        do {
            page = catalog.listTablesPaged(database, null, token, null, TableType.MATERIALIZED_TABLE.toString());
            names.addAll(page.getElements());
            token = page.getNextPageToken();
            if (token != null && !tokens.add(token)) {
                throw new IllegalStateException("The service answered the listing of the materialized tables of "
                        + database + " with a page token that it has had before, so that it would never end");
            }
        } while (token != null);
        return names;
    }

    Table load(ObjectPath path) throws Catalog.TableNotExistException {
        return altered.load(path);
    }

    CatalogBaseTable toFlink(ObjectPath path, Table table, OptionalLong asOf) {
        Table known = loaded.sameOrNew(path, table);
        return CatalogTables.toFlink(catalogName, path.getFullName(), known, keys.of(known), asOf);
    }

    /** What a stored table is to Flink. */
    static TableKind kind(Table table) {
        return MaterializedTables.isMaterialized(table) ? TableKind.MATERIALIZED_TABLE : TableKind.TABLE;
    }

    void create(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws Catalog.TableAlreadyExistException, Catalog.DatabaseNotExistException {
        String name = path.getFullName();
        Schema schema = table instanceof ResolvedCatalogMaterializedTable materialized
                ? MaterializedTables.toPaimon(catalogName, name, materialized)
                : TableSchemas.toPaimon(catalogName, name, RefusedTables.checkKind(name, table));
        catalog.createTable(identifier(path), schema, ignoreIfExists);
    }

    void alter(
            ObjectPath path,
            Table before,
            CatalogBaseTable after,
            List<TableChange> tableChanges,
            boolean ignoreIfNotExists)
            throws Catalog.TableNotExistException, Catalog.ColumnAlreadyExistException,
                    Catalog.ColumnNotExistException {
        if (!(after instanceof ResolvedCatalogBaseTable<?> resolved)) {
            throw new UnsupportedOperationException("Table " + path.getFullName() + " can be altered from SQL only.");
        }
        checkAlterable(path, before);
        String name = path.getFullName();
        List<SchemaChange> changes = after instanceof ResolvedCatalogMaterializedTable materialized
                ? MaterializedTables.alter(catalogName, name, before, materialized, tableChanges)
                : TableAlterations.toPaimon(catalogName, name, before, resolved.getResolvedSchema(), tableChanges);
        BucketKeys.requireSameBuckets(name, before.rowType(), before.options(), changes);
        SequenceFields.requireSameOrder(name, before.rowType(), before.options(), changes);
        apply(path, changes, ignoreIfNotExists);
    }

    void alterOptions(ObjectPath path, Table before, CatalogBaseTable after, boolean ignoreIfNotExists)
            throws Catalog.TableNotExistException, Catalog.ColumnAlreadyExistException,
                    Catalog.ColumnNotExistException {
        checkAlterable(path, before);
        apply(
                path,
                TableAlterations.options(
                        path.getFullName(), CatalogTables.visibleOptions(before.options()), after.getOptions()),
                ignoreIfNotExists);
    }

    private static void checkAlterable(ObjectPath path, Table before) {
        if (!(before instanceof FileStoreTable || before instanceof FormatTable)) {
            throw new ValidationException("Table " + path.getFullName()
                    + " cannot be altered: it is a system table or belongs to another system.");
        }
    }

    private void apply(ObjectPath path, List<SchemaChange> changes, boolean ignoreIfNotExists)
            throws Catalog.TableNotExistException, Catalog.ColumnAlreadyExistException,
                    Catalog.ColumnNotExistException {
        if (!changes.isEmpty()) {
            catalog.alterTable(identifier(path), changes, ignoreIfNotExists);
            loaded.forget(path);
            altered.altered(path);
        }
    }

    void rename(ObjectPath path, ObjectPath renamed, boolean ignoreIfNotExists)
            throws Catalog.TableNotExistException, Catalog.TableAlreadyExistException {
        catalog.renameTable(identifier(path), identifier(renamed), ignoreIfNotExists);
        loaded.forget(path);
        altered.altered(renamed);
    }

    void drop(ObjectPath path, boolean ignoreIfNotExists) throws Catalog.TableNotExistException {
        catalog.dropTable(identifier(path), ignoreIfNotExists);
        loaded.forget(path);
    }

    static Identifier identifier(ObjectPath path) {
        return Identifier.create(path.getDatabaseName(), path.getObjectName());
    }
}
