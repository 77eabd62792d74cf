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

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.AbstractCatalog;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.CatalogModel;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ModelChange;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.TableChange;
import org.apache.flink.table.catalog.exceptions.CatalogException;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.flink.table.catalog.exceptions.FunctionAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.FunctionNotExistException;
import org.apache.flink.table.catalog.exceptions.ModelNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.ProcedureNotExistException;
import org.apache.flink.table.catalog.exceptions.TableAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.procedures.Procedure;
import org.apache.paimon.catalog.Catalog;

/**
 * Flink's catalog over the REST catalog. A facade: each kind of object has a collaborator, and {@link FlinkErrors}
 * translates what they throw.
 *
 * <p>Opened by Flink once, before any other call; safe for use by several threads from then on.
 */
public final class TrestleCatalog extends AbstractCatalog {

    private final FlinkOptions options;
    private final FlinkErrors errors;
    private final Supplier<Catalog> opener;
    private volatile Collaborators opened;

    /** What works on the opened catalog. */
    private record Collaborators(
            Catalog catalog,
            StatementTables loaded,
            Databases databases,
            Relations relations,
            Tables tables,
            Views views,
            Partitions partitions,
            TableStatistics statistics,
            AnalyzedStatistics analyzed,
            Functions functions,
            Procedures procedures) {}

    /**
     * Makes a catalog that is opened later.
     *
     * @param opener opens the catalog below, called once by {@link #open()}
     */
    TrestleCatalog(String name, FlinkOptions options, Supplier<Catalog> opener) {
        super(name, options.defaultDatabase());
        this.options = options;
        this.errors = new FlinkErrors(name);
        this.opener = opener;
    }

    // ----- opening

    /** Opens the catalog below and makes the default database if it is missing. */
    @Override
    public void open() throws CatalogException {
        errors.run("open", () -> {
            opened = collaborators(opener.get());
            opened.databases().ensure(getDefaultDatabase());
        });
    }

    private Collaborators collaborators(Catalog catalog) {
        Ticker ticker = Ticker.systemTicker();
        InstantSource clock = InstantSource.system();
        KnownDatabases known = new KnownDatabases(getName(), clock);
        StatementTables loaded = new StatementTables(ticker);
        ColumnNames columns = new ColumnNames();
        AlteredTables altered = new AlteredTables(catalog, CoreCatalogs.remembersTables(catalog), ticker);
        Tables tables = new Tables(getName(), catalog, loaded, altered, known);
        Views views = new Views(getName(), catalog, new FlinkSyntax());
        ProbedTables probed = new ProbedTables(getName(), ticker);
        Databases databases = new Databases(catalog, known, probed::madeDatabase);
        Partitions partitions = new Partitions(getName(), catalog);
        TableStatistics statistics = new TableStatistics(catalog, loaded, partitions, ticker);
        return new Collaborators(
                catalog,
                loaded,
                databases,
                new Relations(options, tables, views, new SeenKinds(), columns, probed, known),
                tables,
                views,
                partitions,
                statistics,
                new AnalyzedStatistics(catalog, statistics),
                new Functions(catalog, new FunctionNames(catalog, columns, clock)),
                new Procedures(getName(), catalog, databases));
    }

    @Override
    public void close() throws CatalogException {
        Collaborators closing = opened;
        opened = null;
        if (closing != null) {
            errors.run("close", closing.catalog()::close);
        }
    }

    private Collaborators opened() {
        Collaborators collaborators = opened;
        if (collaborators == null) {
            throw new CatalogException("Catalog " + getName() + " is not open.");
        }
        return collaborators;
    }

    /** Paimon's sources and sinks, over the tables that this catalog loads. */
    @Override
    public Optional<Factory> getFactory() {
        return Optional.of(new TrestleTableFactory(opened().loaded(), opened().tables()));
    }

    // ----- databases

    @Override
    public List<String> listDatabases() throws CatalogException {
        return errors.call("list databases", () -> opened().databases().list());
    }

    @Override
    public boolean databaseExists(String name) throws CatalogException {
        return errors.call(
                "look for database " + name, () -> opened().databases().exists(name));
    }

    @Override
    public CatalogDatabase getDatabase(String name) throws DatabaseNotExistException, CatalogException {
        return errors.call("load database " + name, () -> opened().databases().get(name));
    }

    @Override
    public void createDatabase(String name, CatalogDatabase database, boolean ignoreIfExists)
            throws DatabaseAlreadyExistException, CatalogException {
        errors.run("create database " + name, () -> opened().databases().create(name, database, ignoreIfExists));
    }

    @Override
    public void dropDatabase(String name, boolean ignoreIfNotExists, boolean cascade)
            throws DatabaseNotExistException, DatabaseNotEmptyException, CatalogException {
        errors.run("drop database " + name, () -> opened().databases().drop(name, ignoreIfNotExists, cascade));
    }

    @Override
    public void alterDatabase(String name, CatalogDatabase database, boolean ignoreIfNotExists)
            throws DatabaseNotExistException, CatalogException {
        errors.run("alter database " + name, () -> opened().databases().alter(name, database, ignoreIfNotExists));
    }

    // ----- tables

    @Override
    public List<String> listTables(String database) throws DatabaseNotExistException, CatalogException {
        return errors.call("list tables of database " + database, () -> opened().relations()
                .list(database));
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path) throws TableNotExistException, CatalogException {
        return errors.call("load table " + path, () -> opened().relations().get(path, OptionalLong.empty()));
    }

    @Override
    public CatalogBaseTable getTable(ObjectPath path, long asOf) throws TableNotExistException, CatalogException {
        return errors.call("load table " + path + " as of " + asOf, () -> opened().relations()
                .get(path, OptionalLong.of(asOf)));
    }

    @Override
    public boolean tableExists(ObjectPath path) throws CatalogException {
        return errors.call("look for table " + path, () -> opened().relations().exists(path));
    }

    @Override
    public void createTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfExists)
            throws TableAlreadyExistException, DatabaseNotExistException, CatalogException {
        errors.run("create table " + path, () -> opened().relations().create(path, table, ignoreIfExists));
    }

    @Override
    public void alterTable(
            ObjectPath path, CatalogBaseTable table, List<TableChange> changes, boolean ignoreIfNotExists)
            throws TableNotExistException, CatalogException {
        errors.run("alter table " + path, () -> opened().relations().alter(path, table, changes, ignoreIfNotExists));
    }

    @Override
    public void alterTable(ObjectPath path, CatalogBaseTable table, boolean ignoreIfNotExists)
            throws TableNotExistException, CatalogException {
        errors.run("alter table " + path, () -> opened().relations().alter(path, table, ignoreIfNotExists));
    }

    @Override
    public void renameTable(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws TableNotExistException, TableAlreadyExistException, CatalogException {
        errors.run("rename table " + path, () -> opened().relations().rename(path, newName, ignoreIfNotExists));
    }

    @Override
    public void dropTable(ObjectPath path, boolean ignoreIfNotExists) throws TableNotExistException, CatalogException {
        errors.run("drop table " + path, () -> opened().relations().drop(path, ignoreIfNotExists));
    }

    @Override
    public List<String> listViews(String database) throws DatabaseNotExistException, CatalogException {
        return errors.call(
                "list views of database " + database, () -> opened().views().list(database));
    }

    @Override
    public List<String> listMaterializedTables(String database) throws DatabaseNotExistException, CatalogException {
        return errors.call("list materialized tables of database " + database, () -> opened().tables()
                .listMaterialized(database));
    }

    // ----- partitions

    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath path)
            throws TableNotExistException, TableNotPartitionedException, CatalogException {
        return errors.call(
                "list partitions of table " + path, () -> opened().partitions().list(path));
    }

    @Override
    public List<CatalogPartitionSpec> listPartitions(ObjectPath path, CatalogPartitionSpec spec)
            throws TableNotExistException, TableNotPartitionedException, PartitionSpecInvalidException,
                    CatalogException {
        return errors.call(
                "list partitions of table " + path, () -> opened().partitions().list(path, spec));
    }

    /** Unsupported, which tells the planner to filter what {@link #listPartitions(ObjectPath)} answers. */
    @Override
    public List<CatalogPartitionSpec> listPartitionsByFilter(ObjectPath path, List<Expression> filters)
            throws TableNotExistException, TableNotPartitionedException, CatalogException {
        throw new UnsupportedOperationException("Partitions of table " + path + " are not filtered by the server.");
    }

    @Override
    public CatalogPartition getPartition(ObjectPath path, CatalogPartitionSpec spec)
            throws PartitionNotExistException, CatalogException {
        return errors.call(
                "load a partition of table " + path, () -> opened().partitions().get(path, spec));
    }

    @Override
    public boolean partitionExists(ObjectPath path, CatalogPartitionSpec spec) throws CatalogException {
        return errors.call("look for a partition of table " + path, () -> opened().partitions()
                .exists(path, spec));
    }

    /** Checks the values; a partition of a Paimon table is there from its first row on. */
    @Override
    public void createPartition(
            ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfExists)
            throws TableNotExistException, TableNotPartitionedException, PartitionSpecInvalidException,
                    PartitionAlreadyExistsException, CatalogException {
        errors.run("add a partition to table " + path, () -> opened().partitions()
                .create(path, spec, partition, ignoreIfExists));
    }

    @Override
    public void dropPartition(ObjectPath path, CatalogPartitionSpec spec, boolean ignoreIfNotExists)
            throws PartitionNotExistException, CatalogException {
        errors.run(
                "drop a partition of table " + path, () -> opened().partitions().drop(path, spec, ignoreIfNotExists));
    }

    @Override
    public void alterPartition(
            ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfNotExists)
            throws CatalogException {
        throw new UnsupportedOperationException("Partition " + spec.getPartitionSpec() + " of table " + path
                + " cannot be altered: Paimon (Catalog.alterPartitions) keeps no properties of partitions.");
    }

    // ----- functions

    @Override
    public List<String> listFunctions(String database) throws DatabaseNotExistException, CatalogException {
        return errors.call("list functions of database " + database, () -> opened().functions()
                .list(database));
    }

    @Override
    public CatalogFunction getFunction(ObjectPath path) throws FunctionNotExistException, CatalogException {
        return errors.call("load function " + path, () -> opened().functions().get(path));
    }

    @Override
    public boolean functionExists(ObjectPath path) throws CatalogException {
        return errors.call(
                "look for function " + path, () -> opened().functions().exists(path));
    }

    @Override
    public void createFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfExists)
            throws FunctionAlreadyExistException, DatabaseNotExistException, CatalogException {
        errors.run("create function " + path, () -> opened().functions().create(path, function, ignoreIfExists));
    }

    @Override
    public void alterFunction(ObjectPath path, CatalogFunction function, boolean ignoreIfNotExists)
            throws FunctionNotExistException, CatalogException {
        errors.run("alter function " + path, () -> opened().functions().alter(path, function, ignoreIfNotExists));
    }

    @Override
    public void dropFunction(ObjectPath path, boolean ignoreIfNotExists)
            throws FunctionNotExistException, CatalogException {
        errors.run("drop function " + path, () -> opened().functions().drop(path, ignoreIfNotExists));
    }

    // ----- procedures

    @Override
    public List<String> listProcedures(String database) throws DatabaseNotExistException, CatalogException {
        return errors.call("list procedures of database " + database, () -> opened().procedures()
                .list(database));
    }

    @Override
    public Procedure getProcedure(ObjectPath path) throws ProcedureNotExistException, CatalogException {
        return errors.call("find procedure " + path, () -> opened().procedures().get(path));
    }

    // ----- models

    @Override
    public List<String> listModels(String database) throws DatabaseNotExistException, CatalogException {
        return List.of();
    }

    @Override
    public CatalogModel getModel(ObjectPath path) throws ModelNotExistException, CatalogException {
        throw new ModelNotExistException(getName(), path);
    }

    @Override
    public boolean modelExists(ObjectPath path) throws CatalogException {
        return false;
    }

    @Override
    public void createModel(ObjectPath path, CatalogModel model, boolean ignoreIfExists) throws CatalogException {
        throw new Models(getName()).cannotHold(path);
    }

    @Override
    public void alterModel(ObjectPath path, CatalogModel model, boolean ignoreIfNotExists)
            throws ModelNotExistException, CatalogException {
        new Models(getName()).missing(path, ignoreIfNotExists);
    }

    @Override
    public void alterModel(ObjectPath path, CatalogModel model, List<ModelChange> changes, boolean ignoreIfNotExists)
            throws ModelNotExistException, CatalogException {
        new Models(getName()).missing(path, ignoreIfNotExists);
    }

    @Override
    public void renameModel(ObjectPath path, String newName, boolean ignoreIfNotExists)
            throws ModelNotExistException, CatalogException {
        new Models(getName()).missing(path, ignoreIfNotExists);
    }

    @Override
    public void dropModel(ObjectPath path, boolean ignoreIfNotExists) throws ModelNotExistException, CatalogException {
        new Models(getName()).missing(path, ignoreIfNotExists);
    }

    // ----- statistics

    @Override
    public CatalogTableStatistics getTableStatistics(ObjectPath path) throws TableNotExistException, CatalogException {
        return errors.call(
                "read statistics of table " + path, () -> opened().statistics().get(path));
    }

    @Override
    public CatalogColumnStatistics getTableColumnStatistics(ObjectPath path)
            throws TableNotExistException, CatalogException {
        return errors.call("read statistics of columns of table " + path, () -> opened().statistics()
                .getColumns(path));
    }

    @Override
    public CatalogTableStatistics getPartitionStatistics(ObjectPath path, CatalogPartitionSpec spec)
            throws PartitionNotExistException, CatalogException {
        return errors.call("read statistics of a partition of table " + path, () -> opened().statistics()
                .get(path, spec));
    }

    @Override
    public List<CatalogTableStatistics> bulkGetPartitionStatistics(ObjectPath path, List<CatalogPartitionSpec> specs)
            throws PartitionNotExistException, CatalogException {
        return errors.call("read statistics of partitions of table " + path, () -> opened().statistics()
                .get(path, specs));
    }

    @Override
    public CatalogColumnStatistics getPartitionColumnStatistics(ObjectPath path, CatalogPartitionSpec spec)
            throws PartitionNotExistException, CatalogException {
        return errors.call("read statistics of a partition of table " + path, () -> opened().statistics()
                .getColumns(path, spec));
    }

    @Override
    public List<CatalogColumnStatistics> bulkGetPartitionColumnStatistics(
            ObjectPath path, List<CatalogPartitionSpec> specs) throws PartitionNotExistException, CatalogException {
        return errors.call("read statistics of partitions of table " + path, () -> opened().statistics()
                .getColumns(path, specs));
    }

    @Override
    public void alterTableStatistics(ObjectPath path, CatalogTableStatistics statistics, boolean ignoreIfNotExists)
            throws TableNotExistException, CatalogException {
        errors.run(
                "keep statistics of table " + path, () -> opened().analyzed().put(path, statistics, ignoreIfNotExists));
    }

    @Override
    public void alterTableColumnStatistics(
            ObjectPath path, CatalogColumnStatistics statistics, boolean ignoreIfNotExists)
            throws TableNotExistException, CatalogException {
        errors.run("keep statistics of columns of table " + path, () -> opened().analyzed()
                .putColumns(path, statistics, ignoreIfNotExists));
    }

    @Override
    public void alterPartitionStatistics(
            ObjectPath path, CatalogPartitionSpec spec, CatalogTableStatistics statistics, boolean ignoreIfNotExists)
            throws CatalogException {
        throw noStatisticsOfPartitions(path);
    }

    @Override
    public void alterPartitionColumnStatistics(
            ObjectPath path, CatalogPartitionSpec spec, CatalogColumnStatistics statistics, boolean ignoreIfNotExists)
            throws CatalogException {
        throw noStatisticsOfPartitions(path);
    }

    private static UnsupportedOperationException noStatisticsOfPartitions(ObjectPath path) {
        return new UnsupportedOperationException("Statistics of partitions of table " + path
                + " cannot be kept: Paimon keeps those of whole tables (BatchTableCommit.updateStatistics), and Flink"
                + " analyzes a partitioned table by its partitions only. Rows, files and sizes of partitions are counted"
                + " without it.");
    }
}
