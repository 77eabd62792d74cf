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
import static dev.trestle.catalog.Failures.onTable;

import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.queryauth.QueryAuth;
import dev.trestle.catalog.storage.VendedFileIO;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.TableType;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogLockContext;
import org.apache.paimon.catalog.CatalogLockFactory;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.TableMetadata;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.system.OptionsTable;
import org.apache.paimon.table.system.PartitionsTable;
import org.apache.paimon.table.system.SchemasTable;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tables that can be read and written of what the service says of them. */
final class TableOpener {

    private static final Logger LOG = LoggerFactory.getLogger(TableOpener.class);

    private static final CatalogContext NO_CONTEXT = CatalogContext.create(new Options(), new Configuration(false));

    private final SharedClient client;
    private final Catalog catalog;
    private final RestrictedTables restricted;

    /** @param catalog the facade, which Paimon's machinery calls back */
    TableOpener(SharedClient client, Catalog catalog) {
        this.client = client;
        this.catalog = catalog;
        this.restricted = new RestrictedTables(catalog);
    }

    /** The table's description alone, kept for a moment. */
    TableInfo describe(Identifier identifier) throws TableNotExistException {
        Identifier table = dataTable(identifier);
        return onTable(identifier, () -> client.cache()
                .table(table, () -> client.api().tables().get(table)));
    }

    Table open(Identifier identifier) throws TableNotExistException {
        TableInfo info = describe(identifier);
        return open(identifier, info);
    }

    /** Opens a table by its id. */
    Table openById(String id) throws Catalog.TableIdNotExistException {
        try {
            TableInfo info = client.api().tables().getById(id);
            return open(Identifier.create(info.database(), info.name()), info);
        } catch (NoSuchResourceException e) {
            throw new Catalog.TableIdNotExistException(id, e);
        } catch (ForbiddenException e) {
            throw new Catalog.TableIdNoPermissionException(id, e);
        } catch (TableNotExistException e) {
            throw new Catalog.TableIdNotExistException(id, e);
        }
    }

    /** Every table of a database, opened, asked for page by page. */
    List<Table> openAll(String database) throws DatabaseNotExistException {
        return onDatabase(
                database, () -> Page.all(page -> openListed(database, page, Optional.empty(), Optional.empty())));
    }

    /** A page of opened tables. One that cannot be opened here is left out, and named in a warning. */
    Page<Table> openPage(String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType)
            throws DatabaseNotExistException {
        return onDatabase(database, () -> openListed(database, page, namePattern, tableType));
    }

    /** A page of tables as the service describes them, none of them opened. */
    Page<TableDetails> describePage(String database, PageRequest page) throws DatabaseNotExistException {
        return onDatabase(
                database, () -> client.api().tables().details(database, page, Optional.empty(), Optional.empty()));
    }

    private Page<Table> openListed(
            String database, PageRequest page, Optional<String> namePattern, Optional<String> tableType) {
        Page<TableDetails> details = client.api().tables().details(database, page, namePattern, tableType);
        List<Table> tables = new ArrayList<>();
        for (TableDetails detail : details.items()) {
            if (detail instanceof TableDetails.Readable readable) {
                openListed(database, readable.table()).ifPresent(tables::add);
            } else if (detail instanceof TableDetails.Unreadable unreadable) {
                LOG.warn(
                        "Table '{}.{}' is left out of a listing: {}", database, unreadable.name(), unreadable.reason());
            }
        }
        return new Page<>(tables, details.nextToken());
    }

    private Optional<Table> openListed(String database, TableInfo info) {
        try {
            return Optional.of(open(Identifier.create(database, info.name()), info));
        } catch (TableNotExistException | RuntimeException e) {
            LOG.warn("Table '{}.{}' is left out of a listing: {}", database, info.name(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Opens a table of which the description is known. */
    Table open(Identifier identifier, TableInfo info) throws TableNotExistException {
        requireKnownType(identifier, info);
        Table table = load(identifier, info);
        if (!isQueryAuthOn(identifier, info)) {
            return table;
        }
        return restricted.open(
                identifier,
                dataTable(identifier),
                table,
                new RowType(info.schema().fields()));
    }

    /**
     * Refuses to list partitions that would tell of rows or values that the service hides.
     *
     * @throws dev.trestle.catalog.queryauth.QueryAuthException if they would
     */
    void requirePartitionsShown(Identifier identifier) throws TableNotExistException {
        TableInfo info = describe(identifier);
        if (isQueryAuthOn(identifier, info) && open(identifier, info) instanceof AuthorizedTable table) {
            table.requirePartitionsShown();
        }
    }

    /** A branch may be older than the option, which is its table's. */
    private boolean isQueryAuthOn(Identifier identifier, TableInfo info) throws TableNotExistException {
        if (QueryAuth.isOn(info.schema().options())) {
            return true;
        }
        return identifier.getBranchName() != null
                && QueryAuth.isOn(describe(new Identifier(identifier.getDatabaseName(), identifier.getTableName()))
                        .schema()
                        .options());
    }

    private Table load(Identifier identifier, TableInfo info) throws TableNotExistException {
        return client.api().snapshots().isPresent()
                ? loadTable(
                        identifier,
                        info,
                        path -> ownFiles(identifier, path),
                        client.files()::open,
                        Optional.empty(),
                        true)
                : loadWithFileCommits(identifier, info);
    }

    private Table loadWithFileCommits(Identifier identifier, TableInfo info) throws TableNotExistException {
        FileCommits commits = new FileCommits(client.settings().dialect().isFilesystemCommitAllowed());
        Identifier table = dataTable(identifier);
        Function<Path, FileIO> files =
                path -> commits.open(table, path, client.files().open(path));
        return loadTable(identifier, info, files, files, commits.lock(table, new Path(info.path())), false);
    }

    /** @param byService whether the service takes commits, so that Paimon needs no lock */
    private Table loadTable(
            Identifier identifier,
            TableInfo info,
            Function<Path, FileIO> ownFiles,
            Function<Path, FileIO> externalFiles,
            Optional<CatalogLockFactory> lock,
            boolean byService)
            throws TableNotExistException {
        Table table = CatalogUtils.loadTable(
                catalog,
                identifier,
                ownFiles,
                externalFiles,
                unused -> metadata(identifier, info),
                lock.orElse(null),
                CatalogLockContext.fromOptions(new Options()),
                contextOf(info),
                byService);
        Optional<Function<FileStoreTable, Table>> replacement = replacement(table, info);
        if (replacement.isPresent()) {
            return replacement.get().apply((FileStoreTable)
                    loadTable(dataTable(identifier), info, ownFiles, externalFiles, lock, byService));
        }
        if (table instanceof FileStoreTable stored) {
            client.manifests().ifPresent(stored::setManifestCache);
        }
        return table;
    }

    /** What is opened in the place of a system table of Paimon's, from the table that it tells of. */
    private static Optional<Function<FileStoreTable, Table>> replacement(Table system, TableInfo info) {
        if (system instanceof OptionsTable) {
            return Optional.of(ShownOptions.Present::new);
        }
        if (system instanceof SchemasTable) {
            return Optional.of(ShownOptions.OfSchemas::new);
        }
        boolean hasTimes = system instanceof PartitionsTable
                && TimePartitions.areOf(
                        new RowType(info.schema().fields()), info.schema().partitionKeys());
        return hasTimes ? Optional.of(TimePartitions::systemTable) : Optional.empty();
    }

    /**
     * What Paimon opens the files with that a BLOB's value names, and what it commits a table of plain files with. It goes with
     * each table to each task with all of Hadoop's values, so other tables have nothing in it. The catalog's own keys are in it
     * as values where the table's files are opened with them, and so have them too.
     */
    private CatalogContext contextOf(TableInfo info) {
        boolean isUsed = CoreOptions.fromMap(info.schema().options()).type() == TableType.FORMAT_TABLE
                || info.schema().fields().stream()
                        .anyMatch(field -> field.type().is(DataTypeRoot.BLOB));
        if (!isUsed) {
            return NO_CONTEXT;
        }
        return isVended(info) ? client.context() : client.storage();
    }

    private boolean isVended(TableInfo info) {
        return client.settings().dataTokens() && !info.external();
    }

    /** The files of a table that the catalog owns: with credentials of its own where the service vends them. */
    private FileIO ownFiles(Identifier identifier, Path path) {
        if (!client.settings().dataTokens()) {
            return client.files().open(path);
        }
        RestCatalogLoader loader =
                new RestCatalogLoader(client, new TableSession(client.settings().cacheExpireAfter()));
        return new VendedFileIO(new VendedTable(loader, dataTable(identifier), path.toString()));
    }

    private static void requireKnownType(Identifier identifier, TableInfo info) {
        String type = info.schema().options().get(CoreOptions.TYPE.key());
        if (type != null
                && Arrays.stream(TableType.values())
                        .noneMatch(known -> known.toString().equalsIgnoreCase(type))) {
            throw new UnsupportedOperationException("Table '" + identifier.getFullName() + "' is of the type '" + type
                    + "', which this version of the catalog cannot open");
        }
    }

    private static TableMetadata metadata(Identifier identifier, TableInfo info) {
        TableSchema schema = TableSchema.create(info.schemaId(), info.schema());
        Map<String, String> options = new HashMap<>(schema.options());
        options.put(CoreOptions.PATH.key(), info.path());
        AuditOptions.put(info.audit(), options);
        if (identifier.getBranchName() != null) {
            options.put(CoreOptions.BRANCH.key(), identifier.getBranchName());
        }
        return new TableMetadata(
                schema.copy(options), info.external(), info.id().orElse(null));
    }

    /** The table that a system table is a view of; the table itself otherwise. */
    static Identifier dataTable(Identifier identifier) {
        return identifier.isSystemTable()
                ? new Identifier(identifier.getDatabaseName(), identifier.getTableName(), identifier.getBranchName())
                : identifier;
    }
}
