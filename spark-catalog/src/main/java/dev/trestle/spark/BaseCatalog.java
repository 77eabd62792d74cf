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
package dev.trestle.spark;

import dev.trestle.spark.function.StoredFunctions;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.catalog.Catalog;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalogCapability;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The catalog in all releases of Spark: what it can in each of them. The class that a user names for a release extends it
 * with the interfaces that the release has. Spark makes it and then tells it its name and options, once.
 */
public abstract class BaseCatalog implements StagingTableCatalog, SupportsNamespaces, FunctionCatalog {

    /** Spark loads a table that it has made or changed if it needs it; until then a call is saved. */
    private static final Table NOT_LOADED = null;

    private State state;

    private record State(
            String name,
            String[] defaultNamespace,
            Catalog catalog,
            SparkErrors errors,
            Namespaces namespaces,
            Tables tables,
            StagedTables staged,
            CatalogFunctions functions) {}

    /** Called by Spark, by reflection. */
    protected BaseCatalog() {}

    /** Opens the catalog with one call to the service. */
    @Override
    public final void initialize(String name, CaseInsensitiveStringMap options) {
        SparkErrors errors = new SparkErrors(name);
        SparkOptions parsed = SparkOptions.parse(name, options);
        Catalog catalog = errors.call("open the catalog", () -> CoreCatalogs.open(parsed.core()));
        Tables tables = new Tables(name, catalog);
        state = new State(
                name,
                new String[] {parsed.defaultDatabase()},
                catalog,
                errors,
                new Namespaces(catalog),
                tables,
                new StagedTables(tables),
                new CatalogFunctions(new StoredFunctions(catalog)));
    }

    private State state() {
        if (state == null) {
            throw new IllegalStateException("The catalog has no options yet: it is made by Spark alone,"
                    + " by spark.sql.catalog.<name>=" + getClass().getName());
        }
        return state;
    }

    final SparkErrors errors() {
        return state().errors();
    }

    /** The catalog below. */
    final Catalog core() {
        return state().catalog();
    }

    final Tables tables() {
        return state().tables();
    }

    @Override
    public final String name() {
        return state().name();
    }

    @Override
    public final String[] defaultNamespace() {
        return state().defaultNamespace().clone();
    }

    @Override
    public Set<TableCatalogCapability> capabilities() {
        return Set.of(TableCatalogCapability.SUPPORT_COLUMN_DEFAULT_VALUE);
    }

    // Namespaces

    @Override
    public final String[][] listNamespaces() {
        return errors().call("list databases", state().namespaces()::list);
    }

    @Override
    public final String[][] listNamespaces(String[] namespace) {
        return errors().call("list databases", () -> state().namespaces().list(namespace));
    }

    @Override
    public final Map<String, String> loadNamespaceMetadata(String[] namespace) {
        return errors().call("load database " + text(namespace), () -> state().namespaces()
                .properties(namespace));
    }

    @Override
    public final void createNamespace(String[] namespace, Map<String, String> metadata) {
        errors().run("create database " + text(namespace), () -> state().namespaces()
                .create(namespace, metadata));
    }

    @Override
    public final void alterNamespace(String[] namespace, NamespaceChange... changes) {
        errors().run("alter database " + text(namespace), () -> state().namespaces()
                .alter(namespace, changes));
    }

    @Override
    public final boolean dropNamespace(String[] namespace, boolean cascade) {
        return errors().call("drop database " + text(namespace), () -> state().namespaces()
                .drop(namespace, cascade));
    }

    private static String text(String[] namespace) {
        return String.join(".", namespace);
    }

    // Tables

    @Override
    public final Identifier[] listTables(String[] namespace) {
        return errors().call("list tables of " + text(namespace), () -> state().tables()
                .list(namespace));
    }

    @Override
    public Table loadTable(Identifier name) {
        return errors().call(
                        "load table " + Names.text(name), () -> state().tables().load(name));
    }

    /** For a statement that changes it. */
    @Override
    public final Table loadTable(Identifier name, Set<TableWritePrivilege> changes) {
        Table table = loadTable(name);
        return errors().call("load table " + Names.text(name), () -> StoredTable.forChanges(table));
    }

    @Override
    public final Table loadTable(Identifier name, String version) {
        return errors().call("load version " + version + " of table " + Names.text(name), () -> state().tables()
                .loadVersion(name, version));
    }

    @Override
    public final Table loadTable(Identifier name, long timestamp) {
        return errors().call("load table " + Names.text(name) + " as of a timestamp", () -> state().tables()
                .loadTimestamp(name, timestamp));
    }

    @Override
    @Deprecated
    public final Table createTable(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return createTable(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public final Table createTable(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        errors().run("create table " + Names.text(name), () -> state().tables()
                .create(name, columns, partitions, properties));
        return NOT_LOADED;
    }

    // Tables that a statement makes and fills

    @Override
    @Deprecated
    public final StagedTable stageCreate(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return stageCreate(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public final StagedTable stageCreate(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        StagedTables.Definition definition = new StagedTables.Definition(columns, partitions, properties);
        return errors().call("create table " + Names.text(name), () -> state().staged()
                .create(name, definition));
    }

    @Override
    @Deprecated
    public final StagedTable stageReplace(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return stageReplace(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public final StagedTable stageReplace(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        StagedTables.Definition definition = new StagedTables.Definition(columns, partitions, properties);
        return errors().call("replace table " + Names.text(name), () -> state().staged()
                .replace(name, definition));
    }

    @Override
    @Deprecated
    public final StagedTable stageCreateOrReplace(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return stageCreateOrReplace(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public final StagedTable stageCreateOrReplace(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        StagedTables.Definition definition = new StagedTables.Definition(columns, partitions, properties);
        return errors().call("create or replace table " + Names.text(name), () -> state().staged()
                .createOrReplace(name, definition));
    }

    @Override
    public final Table alterTable(Identifier name, TableChange... changes) {
        errors().run("alter table " + Names.text(name), () -> state().tables().alter(name, changes));
        return NOT_LOADED;
    }

    @Override
    public final boolean dropTable(Identifier name) {
        return errors().call(
                        "drop table " + Names.text(name), () -> state().tables().drop(name));
    }

    @Override
    public final void renameTable(Identifier from, Identifier to) {
        errors().run("rename table " + Names.text(from), () -> state().tables()
                .rename(from, Names.withoutCatalog(name(), to)));
    }

    @Override
    public final void invalidateTable(Identifier name) {
        errors().run("forget table " + Names.text(name), () -> state().tables().invalidate(name));
    }

    // Functions

    @Override
    public final Identifier[] listFunctions(String[] namespace) {
        return errors().call("list functions of " + text(namespace), () -> state().functions()
                .list(namespace));
    }

    @Override
    public final UnboundFunction loadFunction(Identifier name) {
        return errors().call("load function " + Names.text(name), () -> state().functions()
                .load(name));
    }
}
