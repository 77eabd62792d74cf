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

import static dev.trestle.spark.OursOrSparks.both;
import static dev.trestle.spark.OursOrSparks.call;
import static dev.trestle.spark.OursOrSparks.first;

import dev.trestle.spark.StagedTables.Definition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NonEmptyNamespaceException;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.DelegatingCatalogExtension;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.ProcedureCatalog;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.StagingTableCatalog;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableCatalogCapability;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.catalog.TableWritePrivilege;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.connector.catalog.procedures.UnboundProcedure;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The catalog in the place of Spark's own: {@code spark.sql.catalog.spark_catalog=dev.trestle.spark.TrestleSessionCatalog}.
 * Tables made with {@code USING trestle}, or without {@code USING} where {@code spark.sql.sources.default=trestle}, are the
 * service's; those of other providers stay with Spark's own catalog, and so do views. A database is made in both, so that
 * either kind of table has its place in it; one that another client has made gets its place by {@code CREATE DATABASE IF NOT EXISTS}.
 */
public final class TrestleSessionCatalog extends DelegatingCatalogExtension
        implements StagingTableCatalog, ProcedureCatalog {

    private final Lake lake = new Lake();
    private final SessionStagedTables staged = new SessionStagedTables(lake, new Sparks());

    private static final class Lake extends ProcedureBaseCatalog {

        boolean hasTable(Identifier name) {
            return has(() -> loadTable(name));
        }

        boolean hasNamespace(String[] namespace) {
            return has(() -> loadNamespaceMetadata(namespace));
        }

        private static boolean has(Callable<?> load) {
            return first(
                    () -> {
                        load.call();
                        return true;
                    },
                    () -> false);
        }
    }

    private final class Sparks implements SessionStagedTables.SparksTables {

        @Override
        public boolean has(Identifier name) {
            return TrestleSessionCatalog.super.tableExists(name);
        }

        @Override
        public Table create(Identifier name, Definition definition) {
            return call(() -> {
                createInSparks(name, definition);
                return TrestleSessionCatalog.super.loadTable(name);
            });
        }

        @Override
        public void drop(Identifier name) {
            TrestleSessionCatalog.super.dropTable(name);
        }
    }

    /** Called by Spark, by reflection. */
    public TrestleSessionCatalog() {}

    @Override
    public void initialize(String name, CaseInsensitiveStringMap options) {
        lake.initialize(name, options);
    }

    @Override
    public Set<TableCatalogCapability> capabilities() {
        return lake.capabilities();
    }

    // Tables

    @Override
    public Identifier[] listTables(String[] namespace) {
        return both(() -> lake.listTables(namespace), () -> super.listTables(namespace));
    }

    @Override
    public Table loadTable(Identifier name) {
        return first(() -> lake.loadTable(name), () -> usable(name, super.loadTable(name)));
    }

    @Override
    public Table loadTable(Identifier name, Set<TableWritePrivilege> changes) {
        return first(() -> lake.loadTable(name, changes), () -> usable(name, super.loadTable(name)));
    }

    /** {@code LIKE} a table of Spark's makes one of Spark's, which has no rows and no files of any format. */
    private static Table usable(Identifier name, Table sparks) {
        if (TableSchemas.OUR_PROVIDER.equalsIgnoreCase(sparks.properties().get(TableCatalog.PROP_PROVIDER))) {
            throw new UnsupportedOperationException(
                    "Table " + Names.text(name) + " is one of Spark's own catalog, which"
                            + " CREATE TABLE … LIKE has made of another one there. DROP TABLE it, and CREATE TABLE "
                            + Names.text(name) + " USING " + TableSchemas.OUR_PROVIDER
                            + " AS SELECT * FROM … LIMIT 0 instead.");
        }
        return sparks;
    }

    @Override
    public Table loadTable(Identifier name, String version) {
        return first(() -> lake.loadTable(name, version), () -> super.loadTable(name, version));
    }

    @Override
    public Table loadTable(Identifier name, long timestamp) {
        return first(() -> lake.loadTable(name, timestamp), () -> super.loadTable(name, timestamp));
    }

    @Override
    public void invalidateTable(Identifier name) {
        lake.invalidateTable(name);
        super.invalidateTable(name);
    }

    @Override
    public boolean tableExists(Identifier name) {
        return lake.hasTable(name) || super.tableExists(name);
    }

    @Override
    @Deprecated
    public Table createTable(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return createTable(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public Table createTable(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        Definition definition = new Definition(columns, partitions, properties);
        return call(() -> TableSchemas.areOurs(properties)
                ? lake.createTable(name, columns, partitions, properties)
                : createInSparks(name, definition));
    }

    @SuppressWarnings("deprecation") // What takes its place is missing before 4.1.
    private Table createInSparks(Identifier name, Definition definition) throws Exception {
        requireSparksNamespace(name.namespace());
        return super.createTable(name, definition.columns(), definition.partitioning(), definition.properties());
    }

    /** A database that another engine has made is not in Spark's own catalog yet. */
    private void requireSparksNamespace(String[] namespace) throws Exception {
        if (!super.namespaceExists(namespace) && lake.hasNamespace(namespace)) {
            super.createNamespace(namespace, Map.of());
        }
    }

    /** A table of the provider that the statement names, or else of the other table's. */
    @Override
    public Table createTableLike(Identifier name, TableInfo info, Table source) {
        Map<String, String> named = new HashMap<>(source.properties());
        named.keySet().retainAll(Set.of(TableCatalog.PROP_PROVIDER));
        named.putAll(info.properties());
        return call(() -> TableSchemas.areOurs(named)
                ? create(name, TableLike.of(info, source))
                : createInSparks(name, new Definition(info.columns(), info.partitions(), named)));
    }

    @SuppressWarnings("deprecation") // As in all releases.
    private Table create(Identifier name, TableLike like) {
        return lake.createTable(name, like.columns(), like.partitions(), like.properties());
    }

    // Tables that a statement makes and fills

    @Override
    @Deprecated
    public StagedTable stageCreate(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return stageCreate(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public StagedTable stageCreate(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return staged.create(name, new Definition(columns, partitions, properties));
    }

    @Override
    @Deprecated
    public StagedTable stageReplace(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return stageReplace(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public StagedTable stageReplace(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return call(() -> staged.replace(name, new Definition(columns, partitions, properties)));
    }

    @Override
    @Deprecated
    public StagedTable stageCreateOrReplace(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        return stageCreateOrReplace(name, SparkColumns.columns(schema), partitions, properties);
    }

    @Override
    @Deprecated
    public StagedTable stageCreateOrReplace(
            Identifier name, Column[] columns, Transform[] partitions, Map<String, String> properties) {
        return staged.createOrReplace(name, new Definition(columns, partitions, properties));
    }

    // Tables as they are

    @Override
    public Table alterTable(Identifier name, TableChange... changes) {
        return first(() -> lake.alterTable(name, changes), () -> super.alterTable(name, changes));
    }

    @Override
    public boolean dropTable(Identifier name) {
        return lake.dropTable(name) || super.dropTable(name);
    }

    @Override
    public boolean purgeTable(Identifier name) {
        return lake.dropTable(name) || super.purgeTable(name);
    }

    @Override
    public void renameTable(Identifier from, Identifier to) {
        first(
                () -> {
                    lake.renameTable(from, to);
                    return true;
                },
                () -> {
                    super.renameTable(from, to);
                    return true;
                });
    }

    // Databases

    @Override
    public String[][] listNamespaces() {
        return first(
                () -> Stream.concat(Arrays.stream(lake.listNamespaces()), Arrays.stream(super.listNamespaces()))
                        .map(namespace -> String.join(".", namespace))
                        .distinct()
                        .map(name -> new String[] {name})
                        .toArray(String[][]::new),
                () -> new String[0][]);
    }

    @Override
    public String[][] listNamespaces(String[] namespace) {
        return namespace.length == 0
                ? listNamespaces()
                : first(() -> lake.listNamespaces(namespace), () -> super.listNamespaces(namespace));
    }

    @Override
    public boolean namespaceExists(String[] namespace) {
        return lake.hasNamespace(namespace) || super.namespaceExists(namespace);
    }

    @Override
    public Map<String, String> loadNamespaceMetadata(String[] namespace) {
        return first(() -> lake.loadNamespaceMetadata(namespace), () -> super.loadNamespaceMetadata(namespace));
    }

    @Override
    public void createNamespace(String[] namespace, Map<String, String> metadata) {
        makeInSparks(namespace);
        lake.createNamespace(namespace, metadata);
        makeInSparks(namespace);
    }

    /** Makes a database of the service, if there is one, in Spark's own catalog too. */
    private void makeInSparks(String[] namespace) {
        first(
                () -> {
                    requireSparksNamespace(namespace);
                    return true;
                },
                () -> false);
    }

    @Override
    public void alterNamespace(String[] namespace, NamespaceChange... changes) {
        first(
                () -> {
                    lake.alterNamespace(namespace, changes);
                    return true;
                },
                () -> {
                    super.alterNamespace(namespace, changes);
                    return true;
                });
    }

    /**
     * With CASCADE the service's goes first: it is the one that may refuse, and Spark's tables are there then. Spark's own goes
     * first where nothing is lost with it, or where Spark itself refuses: it never drops its database {@code default}.
     */
    @Override
    public boolean dropNamespace(String[] namespace, boolean cascade)
            throws NoSuchNamespaceException, NonEmptyNamespaceException {
        if (!cascade && listTables(namespace).length > 0) {
            throw new NonEmptyNamespaceException(namespace);
        }
        boolean isDefault = Arrays.equals(namespace, new String[] {SessionCatalog.DEFAULT_DATABASE()});
        if (!cascade || isDefault) {
            boolean sparks = dropSparks(namespace, cascade);
            return lake.dropNamespace(namespace, cascade) || sparks;
        }
        boolean ours = lake.dropNamespace(namespace, true);
        return dropSparks(namespace, true) || ours;
    }

    private boolean dropSparks(String[] namespace, boolean cascade)
            throws NoSuchNamespaceException, NonEmptyNamespaceException {
        return super.namespaceExists(namespace) && super.dropNamespace(namespace, cascade);
    }

    // Functions and procedures

    @Override
    public Identifier[] listFunctions(String[] namespace) {
        return both(() -> lake.listFunctions(namespace), () -> super.listFunctions(namespace));
    }

    @Override
    public UnboundFunction loadFunction(Identifier name) {
        return first(() -> lake.loadFunction(name), () -> super.loadFunction(name));
    }

    @Override
    public boolean functionExists(Identifier name) {
        return first(
                () -> {
                    lake.loadFunction(name);
                    return true;
                },
                () -> super.functionExists(name));
    }

    @Override
    public UnboundProcedure loadProcedure(Identifier name) {
        return lake.loadProcedure(name);
    }

    @Override
    public Identifier[] listProcedures(String[] namespace) {
        return lake.listProcedures(namespace);
    }
}
