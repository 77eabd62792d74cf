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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.TableDetails;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.catalog.storage.ReadOnlyFileIO;
import dev.trestle.catalog.table.PartitionTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.paimon.PagedList;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.catalog.Database;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.catalog.PropertyChange;
import org.apache.paimon.catalog.TableQueryAuthResult;
import org.apache.paimon.consumer.ConsumerInfo;
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.options.Options;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.table.system.SystemTableLoader;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;

/**
 * A Paimon catalog that lives behind a REST service. A facade: each kind of object has its own collaborator.
 *
 * <p>Safe for use by many threads. Besides the exceptions of Paimon's {@link Catalog}, each method that asks the service
 * throws {@link dev.trestle.catalog.api.ServiceException} when that failed; a change whose outcome could not be found out
 * throws {@link dev.trestle.catalog.api.OutcomeUnknownException}.
 */
public final class RestCatalog implements Catalog {

    private final SharedClient client;
    private final Supplier<TableSession> tableSessions;
    private final DatabaseOperations databases;
    private final TableOperations tables;
    private final TableOpener opener;
    private final NewColumns newColumns;
    private final SnapshotOperations snapshots;
    private final PartitionOperations partitions;
    private final BranchOperations branches;
    private final TagOperations tags;
    private final ConsumerOperations consumers;
    private final ViewOperations views;
    private final FunctionOperations functions;

    RestCatalog(SharedClient client, TableSession session) {
        this(client, session, () -> new TableSession(client.settings().cacheExpireAfter()));
    }

    private RestCatalog(SharedClient client, TableSession session, Supplier<TableSession> tableSessions) {
        this.client = requireNonNull(client, "client is null");
        this.tableSessions = requireNonNull(tableSessions, "tableSessions is null");
        this.databases = new DatabaseOperations(client);
        this.tables = new TableOperations(client, new NewTables(client));
        this.opener = new TableOpener(client, this);
        this.newColumns = new NewColumns(opener);
        this.snapshots = new SnapshotOperations(client, session);
        this.partitions = new PartitionOperations(client, opener);
        this.branches = new BranchOperations(client);
        this.tags = new TagOperations(client);
        this.consumers = new ConsumerOperations(client);
        this.views = new ViewOperations(client);
        this.functions = new FunctionOperations(client);
    }

    /**
     * Opens a catalog with one call to the service.
     *
     * @param options see {@link CatalogOptions}
     * @throws IllegalArgumentException naming every option that is unknown, missing or wrong
     * @throws dev.trestle.catalog.api.ServiceException if the service cannot be reached or refuses the credentials
     */
    public static RestCatalog open(Map<String, String> options) {
        return open(CatalogContext.create(Options.fromMap(options)), EngineInfo.NONE);
    }

    /**
     * Opens a catalog for an engine.
     *
     * @param context the options, and the engine's own means of reaching files
     */
    public static RestCatalog open(CatalogContext context, EngineInfo engine) {
        return RestCatalogs.open(context, engine);
    }

    /** Whether a table that was loaded is known for a moment; the options of the cache say no where every load asks. */
    public boolean remembersTables() {
        return client.settings().cacheMaxSize() > 0
                && !client.settings().cacheExpireAfter().isZero();
    }

    /** What the client of this catalog has done in this process; shared by all catalogs that share the client. */
    public CatalogMetrics metrics() {
        return client.metrics();
    }

    // Databases

    @Override
    public List<String> listDatabases() {
        return Page.all(page -> databases.list(page, Optional.empty()));
    }

    @Override
    public PagedList<String> listDatabasesPaged(Integer maxResults, String pageToken, String namePattern) {
        return paged(databases.list(page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public Database getDatabase(String name) throws DatabaseNotExistException {
        return databases.get(name);
    }

    @Override
    public void createDatabase(String name, boolean ignoreIfExists, Map<String, String> properties)
            throws DatabaseAlreadyExistException {
        databases.create(name, ignoreIfExists, properties);
    }

    @Override
    public void alterDatabase(String name, List<PropertyChange> changes, boolean ignoreIfNotExists)
            throws DatabaseNotExistException {
        databases.alter(name, changes, ignoreIfNotExists);
    }

    @Override
    public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException {
        databases.drop(name, ignoreIfNotExists, cascade);
    }

    // Tables

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException {
        if (CatalogUtils.isSystemDatabase(database)) {
            return SystemTableLoader.loadGlobalTableNames();
        }
        return Failures.onDatabase(
                database,
                () -> Page.all(page -> client.api().tables().list(database, page, Optional.empty(), Optional.empty())));
    }

    @Override
    public PagedList<String> listTablesPaged(
            String database, Integer maxResults, String pageToken, String namePattern, String tableType)
            throws DatabaseNotExistException {
        if (CatalogUtils.isSystemDatabase(database)) {
            return new PagedList<>(SystemTableLoader.loadGlobalTableNames(), null);
        }
        return paged(Failures.onDatabase(database, () -> client.api()
                .tables()
                .list(
                        database,
                        page(maxResults, pageToken),
                        Optional.ofNullable(namePattern),
                        Optional.ofNullable(tableType))));
    }

    @Override
    public List<Table> listTableDetails(String database) throws DatabaseNotExistException {
        return CatalogUtils.isSystemDatabase(database) ? new SystemDatabase(this).openAll() : opener.openAll(database);
    }

    @Override
    public PagedList<Table> listTableDetailsPaged(
            String database, Integer maxResults, String pageToken, String namePattern, String tableType)
            throws DatabaseNotExistException {
        if (CatalogUtils.isSystemDatabase(database)) {
            return new PagedList<>(new SystemDatabase(this).openAll(), null);
        }
        return paged(opener.openPage(
                database,
                page(maxResults, pageToken),
                Optional.ofNullable(namePattern),
                Optional.ofNullable(tableType)));
    }

    @Override
    public PagedList<Identifier> listTablesPagedGlobally(
            String databasePattern, String tablePattern, Integer maxResults, String pageToken) {
        return paged(client.api()
                .tables()
                .listAll(
                        page(maxResults, pageToken),
                        Optional.ofNullable(databasePattern),
                        Optional.ofNullable(tablePattern)));
    }

    @Override
    public Table getTable(Identifier identifier) throws TableNotExistException {
        return CatalogUtils.isSystemDatabase(identifier.getDatabaseName())
                ? new SystemDatabase(this).open(identifier)
                : opener.open(identifier);
    }

    /**
     * What the service says of a table, with which {@link #openTable} opens it, here or in another process of the same job.
     *
     * @param identifier of the table, a branch of it, or a system table of either, which has its table's description
     */
    public TableInfo describeTable(Identifier identifier) throws TableNotExistException {
        return opener.describe(identifier);
    }

    /**
     * One page of the tables of a database as the service describes them, also those that cannot be opened here.
     *
     * @param maxResults null leaves it to the service
     * @param pageToken null for the first page
     */
    public PagedList<TableDetails> describeTablesPaged(String database, Integer maxResults, String pageToken)
            throws DatabaseNotExistException {
        return CatalogUtils.isSystemDatabase(database)
                ? new PagedList<>(List.of(), null)
                : paged(opener.describePage(database, page(maxResults, pageToken)));
    }

    /**
     * Opens a table that was described before: sends nothing, unless the table is a branch.
     *
     * @param table as {@link #describeTable} answered it for this identifier
     */
    public Table openTable(Identifier identifier, TableInfo table) throws TableNotExistException {
        return opener.open(identifier, table);
    }

    /**
     * A view of this catalog for reads that have to agree with each other. Of each table that is opened through it, the
     * snapshot that was the latest one when it was first asked for stays so, however often the table is opened and whoever
     * commits; asking for it sends one call. Tables whose snapshots are files, not the service's, are read as they are.
     */
    public RestCatalog atOneSnapshot() {
        TableSession session = TableSession.ofOneSnapshot();
        return new RestCatalog(client, session, () -> session);
    }

    /**
     * Refuses what is to be written to a table before anything is done for it.
     *
     * @throws dev.trestle.catalog.api.UnsupportedByServiceException if the table can only be read
     * @throws UnsupportedOperationException if nobody would find the rows, by the type of a partition key
     */
    public static void requireWritable(Table table) {
        ReadOnlyFileIO.requireWritable(table.fileIO());
        PartitionTypes.requireReadable(table);
    }

    /**
     * Lets each process that the table and its copies are sent to ask for the latest snapshot itself. Without this it takes
     * the one that was known where the table was planned for half a minute, which saves a call at the start of a job, and is
     * wrong for one that is started again: a job that commits meanwhile would not see what it has committed.
     */
    public static void readLatestWhereItRuns(FileStoreTable table) {
        if (table.catalogEnvironment().catalogLoader() instanceof RestCatalogLoader loader) {
            loader.readLatestWhereItRuns();
        }
    }

    /** The credentials that the service vends for the files of tables. */
    public VendedTokens vendedTokens() {
        return new VendedTokens(client);
    }

    @Override
    public Table getTableById(String id) throws TableIdNotExistException {
        return opener.openById(id);
    }

    @Override
    public void createTable(Identifier identifier, Schema schema, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException {
        tables.create(identifier, schema, ignoreIfExists);
    }

    @Override
    public void registerTable(Identifier identifier, String path) throws TableAlreadyExistException {
        tables.register(identifier, path);
    }

    @Override
    public void alterTable(Identifier identifier, List<SchemaChange> changes, boolean ignoreIfNotExists)
            throws TableNotExistException, ColumnAlreadyExistException, ColumnNotExistException {
        tables.alter(identifier, newColumns.complete(identifier, changes), ignoreIfNotExists);
    }

    @Override
    public void renameTable(Identifier from, Identifier to, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException {
        tables.rename(from, to, ignoreIfNotExists);
    }

    @Override
    public void dropTable(Identifier identifier, boolean ignoreIfNotExists) throws TableNotExistException {
        tables.drop(identifier, ignoreIfNotExists);
    }

    @Override
    public void invalidateTable(Identifier identifier) {
        client.cache().invalidateTable(identifier);
    }

    // Snapshots

    @Override
    public boolean supportsVersionManagement() {
        return client.api().snapshots().isPresent();
    }

    @Override
    public boolean commitSnapshot(
            Identifier identifier, String tableUuid, Snapshot snapshot, List<PartitionStatistics> statistics)
            throws TableNotExistException {
        return snapshots.commit(identifier, Optional.ofNullable(tableUuid), snapshot, statistics);
    }

    @Override
    public Optional<TableSnapshot> loadSnapshot(Identifier identifier) throws TableNotExistException {
        return snapshots.latest(identifier);
    }

    @Override
    public Optional<Snapshot> loadSnapshot(Identifier identifier, String version) throws TableNotExistException {
        return snapshots.get(identifier, version);
    }

    @Override
    public PagedList<Snapshot> listSnapshotsPaged(Identifier identifier, Integer maxResults, String pageToken)
            throws TableNotExistException {
        return paged(snapshots.list(identifier, page(maxResults, pageToken)));
    }

    @Override
    public void rollbackTo(Identifier identifier, Instant instant, Long fromSnapshot) throws TableNotExistException {
        snapshots.rollback(identifier, instant, toOptional(fromSnapshot));
    }

    @Override
    public void rollbackSchema(Identifier identifier, long schemaId) throws TableNotExistException {
        snapshots.rollbackSchema(identifier, schemaId);
    }

    @Override
    public PagedList<ConsumerInfo> listConsumersPaged(Identifier identifier, Integer maxResults, String pageToken)
            throws TableNotExistException {
        return paged(consumers.list(identifier, page(maxResults, pageToken)));
    }

    @Override
    public void resetConsumer(Identifier identifier, String consumer, Long nextSnapshotId)
            throws TableNotExistException {
        consumers.reset(identifier, consumer, toOptional(nextSnapshotId));
    }

    // Partitions

    @Override
    public List<Partition> listPartitions(Identifier identifier) throws TableNotExistException {
        opener.requirePartitionsShown(identifier);
        return partitions.list(identifier);
    }

    @Override
    public PagedList<Partition> listPartitionsPaged(
            Identifier identifier, Integer maxResults, String pageToken, String namePattern)
            throws TableNotExistException {
        opener.requirePartitionsShown(identifier);
        return paged(partitions.list(identifier, page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public List<Partition> listPartitionsByNames(Identifier identifier, List<Map<String, String>> specs)
            throws TableNotExistException {
        opener.requirePartitionsShown(identifier);
        return partitions.listByNames(identifier, specs);
    }

    @Override
    public void markDonePartitions(Identifier identifier, List<Map<String, String>> specs)
            throws TableNotExistException {
        partitions.markDone(identifier, specs);
    }

    @Override
    public boolean supportsPartitionModification() {
        return false;
    }

    // Branches

    @Override
    public List<String> listBranches(Identifier identifier) throws TableNotExistException {
        return branches.list(identifier);
    }

    @Override
    public void createBranch(Identifier identifier, String branch, String fromTag)
            throws TableNotExistException, BranchAlreadyExistException, TagNotExistException {
        branches.create(identifier, branch, Optional.ofNullable(fromTag));
    }

    @Override
    public void renameBranch(Identifier identifier, String from, String to)
            throws BranchNotExistException, BranchAlreadyExistException {
        branches.rename(identifier, from, to);
    }

    @Override
    public void fastForward(Identifier identifier, String branch) throws BranchNotExistException {
        branches.fastForward(identifier, branch);
    }

    @Override
    public void dropBranch(Identifier identifier, String branch) throws BranchNotExistException {
        branches.drop(identifier, branch);
    }

    // Tags

    @Override
    public PagedList<String> listTagsPaged(
            Identifier identifier, Integer maxResults, String pageToken, String tagPrefix)
            throws TableNotExistException {
        return paged(tags.list(identifier, page(maxResults, pageToken), Optional.ofNullable(tagPrefix)));
    }

    @Override
    public GetTagResponse getTag(Identifier identifier, String tag)
            throws TableNotExistException, TagNotExistException {
        return tags.get(identifier, tag);
    }

    @Override
    public void createTag(
            Identifier identifier, String tag, Long snapshotId, String timeRetained, boolean ignoreIfExists)
            throws TableNotExistException, TagAlreadyExistException {
        tags.create(identifier, tag, toOptional(snapshotId), Optional.ofNullable(timeRetained), ignoreIfExists);
    }

    @Override
    public void deleteTag(Identifier identifier, String tag) throws TableNotExistException, TagNotExistException {
        tags.delete(identifier, tag);
    }

    // Views

    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException {
        return CatalogUtils.isSystemDatabase(database) ? List.of() : views.list(database);
    }

    @Override
    public PagedList<String> listViewsPaged(String database, Integer maxResults, String pageToken, String namePattern)
            throws DatabaseNotExistException {
        return paged(views.list(database, page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public PagedList<View> listViewDetailsPaged(
            String database, Integer maxResults, String pageToken, String namePattern)
            throws DatabaseNotExistException {
        return paged(views.details(database, page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public PagedList<Identifier> listViewsPagedGlobally(
            String databasePattern, String viewPattern, Integer maxResults, String pageToken) {
        return paged(views.listAll(
                page(maxResults, pageToken), Optional.ofNullable(databasePattern), Optional.ofNullable(viewPattern)));
    }

    @Override
    public View getView(Identifier identifier) throws ViewNotExistException {
        return views.get(identifier);
    }

    @Override
    public void createView(Identifier identifier, View view, boolean ignoreIfExists)
            throws ViewAlreadyExistException, DatabaseNotExistException {
        views.create(identifier, view, ignoreIfExists);
    }

    @Override
    public void alterView(Identifier identifier, List<ViewChange> changes, boolean ignoreIfNotExists)
            throws ViewNotExistException, DialectAlreadyExistException, DialectNotExistException {
        views.alter(identifier, changes, ignoreIfNotExists);
    }

    @Override
    public void renameView(Identifier from, Identifier to, boolean ignoreIfNotExists)
            throws ViewNotExistException, ViewAlreadyExistException {
        views.rename(from, to, ignoreIfNotExists);
    }

    @Override
    public void dropView(Identifier identifier, boolean ignoreIfNotExists) throws ViewNotExistException {
        views.drop(identifier, ignoreIfNotExists);
    }

    // Functions

    @Override
    public List<String> listFunctions(String database) throws DatabaseNotExistException {
        return CatalogUtils.isSystemDatabase(database) ? List.of() : functions.list(database);
    }

    @Override
    public PagedList<String> listFunctionsPaged(
            String database, Integer maxResults, String pageToken, String namePattern)
            throws DatabaseNotExistException {
        return paged(functions.list(database, page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public PagedList<Function> listFunctionDetailsPaged(
            String database, Integer maxResults, String pageToken, String namePattern)
            throws DatabaseNotExistException {
        return paged(functions.details(database, page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public PagedList<Identifier> listFunctionsPagedGlobally(
            String databasePattern, String functionPattern, Integer maxResults, String pageToken) {
        return paged(functions.listAll(
                page(maxResults, pageToken),
                Optional.ofNullable(databasePattern),
                Optional.ofNullable(functionPattern)));
    }

    @Override
    public Function getFunction(Identifier identifier) throws FunctionNotExistException {
        return functions.get(identifier);
    }

    @Override
    public void createFunction(Identifier identifier, Function function, boolean ignoreIfExists)
            throws FunctionAlreadyExistException, DatabaseNotExistException {
        functions.create(identifier, function, ignoreIfExists);
    }

    @Override
    public void alterFunction(Identifier identifier, List<FunctionChange> changes, boolean ignoreIfNotExists)
            throws FunctionNotExistException, DefinitionAlreadyExistException, DefinitionNotExistException {
        functions.alter(identifier, changes, ignoreIfNotExists);
    }

    @Override
    public void dropFunction(Identifier identifier, boolean ignoreIfNotExists) throws FunctionNotExistException {
        functions.drop(identifier, ignoreIfNotExists);
    }

    // The catalog itself

    /** What the client may read of a table; never cached, since a permission may be withdrawn at any moment. */
    @Override
    public TableQueryAuthResult authTableQuery(Identifier identifier, List<String> select)
            throws TableNotExistException {
        CatalogUtils.checkNotSystemTable(identifier, "authTable");
        return Failures.onTable(identifier, () -> Capability.require(
                        client.api().queryAuth(), "authorize a query", "query authorization")
                .authorize(identifier, Optional.ofNullable(select)));
    }

    @Override
    public boolean supportsListObjectsPaged() {
        return true;
    }

    @Override
    public boolean supportsListByPattern() {
        return true;
    }

    @Override
    public boolean supportsListTableByType() {
        return true;
    }

    @Override
    public boolean caseSensitive() {
        return client.settings().caseSensitive();
    }

    /** The merged options. They hold the secrets that the user wrote inline: not to be shown. */
    @Override
    public Map<String, String> options() {
        return client.context().options().toMap();
    }

    /** A loader that is serializable and sends nothing; each call begins a {@link TableSession} of its own. */
    @Override
    public CatalogLoader catalogLoader() {
        return new RestCatalogLoader(client, tableSessions.get());
    }

    /** Frees nothing that other views share; the last user of a client frees it. */
    @Override
    public void close() {}

    @Override
    public String toString() {
        return "RestCatalog[" + client.settings().http() + "]";
    }

    private static PageRequest page(Integer maxResults, String token) {
        return new PageRequest(
                maxResults == null || maxResults <= 0 ? OptionalInt.empty() : OptionalInt.of(maxResults),
                Optional.ofNullable(token));
    }

    private static <T> PagedList<T> paged(Page<T> page) {
        return new PagedList<>(page.items(), page.nextToken().orElse(null));
    }

    private static OptionalLong toOptional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
