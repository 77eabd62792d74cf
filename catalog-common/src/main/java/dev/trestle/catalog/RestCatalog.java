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
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.apache.paimon.function.Function;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.options.Options;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.table.system.SystemTableLoader;

/**
 * A Paimon catalog that lives behind a REST service. A facade: each kind of object has its own collaborator.
 *
 * <p>Safe for use by many threads. Besides the exceptions of Paimon's {@link Catalog}, each method that asks the service
 * throws {@link dev.trestle.catalog.api.ServiceException} when that failed; a change whose outcome could not be found out
 * throws {@link dev.trestle.catalog.api.OutcomeUnknownException}.
 */
public final class RestCatalog implements Catalog {

    private final SharedClient client;
    private final DatabaseOperations databases;
    private final TableOperations tables;
    private final TableOpener opener;
    private final SnapshotOperations snapshots;
    private final PartitionOperations partitions;

    RestCatalog(SharedClient client, TableSession session) {
        this.client = requireNonNull(client, "client is null");
        this.databases = new DatabaseOperations(client);
        this.tables = new TableOperations(client, new NewTables(client));
        this.opener = new TableOpener(client, this);
        this.snapshots = new SnapshotOperations(client, session);
        this.partitions = new PartitionOperations(client, opener);
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
        tables.alter(identifier, changes, ignoreIfNotExists);
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
    public void rollbackTo(Identifier identifier, Instant instant, Long fromSnapshot) {
        throw missing("roll back", identifier);
    }

    // Partitions

    @Override
    public List<Partition> listPartitions(Identifier identifier) throws TableNotExistException {
        return partitions.list(identifier);
    }

    @Override
    public PagedList<Partition> listPartitionsPaged(
            Identifier identifier, Integer maxResults, String pageToken, String namePattern)
            throws TableNotExistException {
        return paged(partitions.list(identifier, page(maxResults, pageToken), Optional.ofNullable(namePattern)));
    }

    @Override
    public List<Partition> listPartitionsByNames(Identifier identifier, List<Map<String, String>> specs)
            throws TableNotExistException {
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

    // Branches, tags

    @Override
    public void createBranch(Identifier identifier, String branch, String fromTag) {
        throw missing("create a branch of", identifier);
    }

    @Override
    public void dropBranch(Identifier identifier, String branch) {
        throw missing("drop a branch of", identifier);
    }

    @Override
    public void renameBranch(Identifier identifier, String from, String to) {
        throw missing("rename a branch of", identifier);
    }

    @Override
    public void fastForward(Identifier identifier, String branch) {
        throw missing("fast-forward a branch of", identifier);
    }

    @Override
    public List<String> listBranches(Identifier identifier) {
        throw missing("list the branches of", identifier);
    }

    @Override
    public GetTagResponse getTag(Identifier identifier, String tag) {
        throw missing("load a tag of", identifier);
    }

    @Override
    public void createTag(
            Identifier identifier, String tag, Long snapshotId, String timeRetained, boolean ignoreIfExists) {
        throw missing("create a tag of", identifier);
    }

    @Override
    public PagedList<String> listTagsPaged(
            Identifier identifier, Integer maxResults, String pageToken, String tagPrefix) {
        throw missing("list the tags of", identifier);
    }

    @Override
    public void deleteTag(Identifier identifier, String tag) {
        throw missing("delete a tag of", identifier);
    }

    // Functions

    @Override
    public List<String> listFunctions(String database) {
        return List.of();
    }

    @Override
    public Function getFunction(Identifier identifier) throws FunctionNotExistException {
        throw new FunctionNotExistException(identifier);
    }

    @Override
    public void createFunction(Identifier identifier, Function function, boolean ignoreIfExists) {
        throw missing("create function", identifier);
    }

    @Override
    public void dropFunction(Identifier identifier, boolean ignoreIfNotExists) throws FunctionNotExistException {
        if (!ignoreIfNotExists) {
            throw new FunctionNotExistException(identifier);
        }
    }

    @Override
    public void alterFunction(Identifier identifier, List<FunctionChange> changes, boolean ignoreIfNotExists) {
        throw missing("alter function", identifier);
    }

    // The catalog itself

    @Override
    public TableQueryAuthResult authTableQuery(Identifier identifier, List<String> select) {
        throw missing("enforce the query authorization of", identifier);
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
        return new RestCatalogLoader(
                client.context(),
                client.engine(),
                new TableSession(client.settings().cacheExpireAfter()));
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

    private static UnsupportedByServiceException missing(String operation, Identifier identifier) {
        return new UnsupportedByServiceException("Cannot " + operation + " '" + identifier.getFullName()
                + "': this version of the catalog does not send that operation to the service");
    }
}
