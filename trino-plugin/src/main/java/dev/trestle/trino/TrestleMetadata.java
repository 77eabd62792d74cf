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
package dev.trestle.trino;

import dev.trestle.trino.function.SqlFunctions;
import dev.trestle.trino.function.TableChangesHandle;
import dev.trestle.trino.listing.RelationListing;
import dev.trestle.trino.read.Pushdowns;
import dev.trestle.trino.schema.ColumnChanges;
import dev.trestle.trino.schema.Schemas;
import dev.trestle.trino.schema.TableAlterations;
import dev.trestle.trino.schema.TableChanges;
import dev.trestle.trino.view.StoredView;
import dev.trestle.trino.view.Views;
import dev.trestle.trino.write.MergeWriteHandle;
import dev.trestle.trino.write.OptimizeHandle;
import dev.trestle.trino.write.PendingWrites;
import dev.trestle.trino.write.TableCreations;
import dev.trestle.trino.write.TableDeletes;
import dev.trestle.trino.write.TableMerges;
import dev.trestle.trino.write.TableOptimize;
import dev.trestle.trino.write.TableWriteHandle;
import dev.trestle.trino.write.TableWrites;
import io.airlift.slice.Slice;
import io.trino.spi.connector.AggregateFunction;
import io.trino.spi.connector.AggregationApplicationResult;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ColumnPosition;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorAnalyzeMetadata;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorOutputTableHandle;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorViewDefinition;
import io.trino.spi.connector.ConnectorWritableTableHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.RelationCommentMetadata;
import io.trino.spi.connector.RelationType;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.RowChangeParadigm;
import io.trino.spi.connector.SaveMode;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.TableFunctionApplicationResult;
import io.trino.spi.connector.WriterScalingOptions;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.function.LanguageFunction;
import io.trino.spi.function.SchemaFunctionName;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import io.trino.spi.security.TrinoPrincipal;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatistics;
import io.trino.spi.type.Type;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What one transaction does with the catalog's objects: each method is handed to the collaborator of that kind of object. */
final class TrestleMetadata implements ConnectorMetadata {

    private final Schemas schemas;
    private final Tables tables;
    private final TableChanges tableChanges;
    private final TableAlterations alterations;
    private final ColumnChanges columns;
    private final RelationListing listing;
    private final Views views;
    private final SqlFunctions functions;
    private final History history;
    private final PendingWrites pending = new PendingWrites();
    private final TableCreations creations;
    private final TableWrites writes;
    private final TableMerges merges;
    private final TableDeletes deletes;
    private final TableOptimize optimize;
    private final OpenedTables openedTables;
    private final PlannedTables plannedTables;
    private final Pushdowns pushdowns;

    private TrestleMetadata(SessionCatalogs catalogs, StoredView viewFormat) {
        ObjectNames names = new ObjectNames(catalogs);
        this.schemas = new Schemas(catalogs, names);
        this.openedTables = new OpenedTables(catalogs);
        this.plannedTables = new PlannedTables(catalogs, openedTables);
        this.tables = new Tables(catalogs, names, plannedTables);
        this.tableChanges = new TableChanges(catalogs, names);
        this.alterations = new TableAlterations(catalogs, names);
        this.columns = new ColumnChanges(alterations);
        this.listing = new RelationListing(catalogs, names, viewFormat);
        this.views = new Views(catalogs, names, viewFormat);
        this.functions = new SqlFunctions(catalogs, names);
        this.history = History.of(catalogs, tables, plannedTables);
        this.pushdowns = new Pushdowns(plannedTables);
        this.creations = new TableCreations(catalogs, names, openedTables, pending);
        this.writes = new TableWrites(openedTables, pending);
        this.merges = new TableMerges(openedTables, plannedTables, pending);
        this.deletes = new TableDeletes(openedTables);
        this.optimize = new TableOptimize(openedTables);
    }

    static TrestleMetadata create(SessionCatalogs catalogs, StoredView viewFormat) {
        return new TrestleMetadata(catalogs, viewFormat);
    }

    /** Takes back what the transaction wrote and did not commit. */
    void rollback() {
        pending.rollback();
    }

    /** The tables that the transaction reads. */
    PlannedTables plannedTables() {
        return plannedTables;
    }

    // Schemas

    @Override
    public List<String> listSchemaNames(ConnectorSession session) {
        return schemas.list(session);
    }

    @Override
    public boolean schemaExists(ConnectorSession session, String schemaName) {
        return history.isOfTheCatalog(schemaName) || schemas.exists(session, schemaName);
    }

    @Override
    public void createSchema(
            ConnectorSession session, String schemaName, Map<String, Object> properties, TrinoPrincipal owner) {
        schemas.create(session, schemaName, properties, owner);
    }

    @Override
    public void dropSchema(ConnectorSession session, String schemaName, boolean cascade) {
        schemas.drop(session, schemaName, cascade);
    }

    @Override
    public Map<String, Object> getSchemaProperties(ConnectorSession session, String schemaName) {
        return schemas.properties(session, schemaName);
    }

    // Tables

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schemaName) {
        return List.copyOf(listing.types(session, schemaName).keySet());
    }

    @Override
    public Map<SchemaTableName, RelationType> getRelationTypes(ConnectorSession session, Optional<String> schemaName) {
        return listing.types(session, schemaName);
    }

    @Override
    public Iterator<RelationColumnsMetadata> streamRelationColumns(
            ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter) {
        return listing.columns(session, schemaName, relationFilter);
    }

    @Override
    public Iterator<RelationCommentMetadata> streamRelationComments(
            ConnectorSession session, Optional<String> schemaName, UnaryOperator<Set<SchemaTableName>> relationFilter) {
        return listing.comments(session, schemaName, relationFilter);
    }

    @Override
    public ConnectorTableHandle getTableHandle(
            ConnectorSession session,
            SchemaTableName tableName,
            Optional<ConnectorTableVersion> startVersion,
            Optional<ConnectorTableVersion> endVersion) {
        return history.find(session, tableName, startVersion, endVersion).orElse(null);
    }

    @Override
    public ConnectorTableMetadata getTableMetadata(ConnectorSession session, ConnectorTableHandle table) {
        return tables.describe(session, (TrestleTableHandle) table);
    }

    @Override
    public Map<String, ColumnHandle> getColumnHandles(ConnectorSession session, ConnectorTableHandle table) {
        return tables.columns(session, (TrestleTableHandle) table);
    }

    @Override
    public ColumnMetadata getColumnMetadata(ConnectorSession session, ConnectorTableHandle table, ColumnHandle column) {
        return TableMerges.rowIdMetadata((TrestleColumnHandle) column)
                .orElseGet(() -> tables.column(session, (TrestleTableHandle) table, (TrestleColumnHandle) column));
    }

    @Override
    public void createTable(ConnectorSession session, ConnectorTableMetadata tableMetadata, SaveMode saveMode) {
        tableChanges.create(session, tableMetadata, saveMode, tables.find(session, tableMetadata.getTable()));
    }

    @Override
    public void dropTable(ConnectorSession session, ConnectorTableHandle table) {
        tableChanges.drop(session, (TrestleTableHandle) table);
    }

    @Override
    public void renameTable(ConnectorSession session, ConnectorTableHandle table, SchemaTableName newTableName) {
        tableChanges.rename(session, (TrestleTableHandle) table, newTableName);
    }

    @Override
    public void truncateTable(ConnectorSession session, ConnectorTableHandle table) {
        deletes.truncate(session, (TrestleTableHandle) table);
    }

    @Override
    public void setTableComment(ConnectorSession session, ConnectorTableHandle table, Optional<String> comment) {
        alterations.setComment(session, (TrestleTableHandle) table, comment);
    }

    @Override
    public void setTableProperties(
            ConnectorSession session, ConnectorTableHandle table, Map<String, Optional<Object>> properties) {
        alterations.setProperties(session, (TrestleTableHandle) table, properties);
    }

    // Columns

    @Override
    public void addColumn(
            ConnectorSession session, ConnectorTableHandle table, ColumnMetadata column, ColumnPosition position) {
        columns.add(session, (TrestleTableHandle) table, column, position);
    }

    @Override
    public void dropColumn(ConnectorSession session, ConnectorTableHandle table, ColumnHandle column) {
        columns.drop(session, (TrestleTableHandle) table, (TrestleColumnHandle) column);
    }

    @Override
    public void renameColumn(ConnectorSession session, ConnectorTableHandle table, ColumnHandle source, String target) {
        columns.rename(session, (TrestleTableHandle) table, (TrestleColumnHandle) source, target);
    }

    @Override
    public void setColumnComment(
            ConnectorSession session, ConnectorTableHandle table, ColumnHandle column, Optional<String> comment) {
        columns.setComment(session, (TrestleTableHandle) table, (TrestleColumnHandle) column, comment);
    }

    @Override
    public void setColumnType(ConnectorSession session, ConnectorTableHandle table, ColumnHandle column, Type type) {
        columns.setType(session, (TrestleTableHandle) table, List.of(((TrestleColumnHandle) column).name()), type);
    }

    @Override
    public void dropNotNullConstraint(ConnectorSession session, ConnectorTableHandle table, ColumnHandle column) {
        columns.dropNotNull(session, (TrestleTableHandle) table, (TrestleColumnHandle) column);
    }

    @Override
    public void setDefaultValue(
            ConnectorSession session, ConnectorTableHandle table, ColumnHandle column, String defaultValue) {
        columns.setDefault(session, (TrestleTableHandle) table, (TrestleColumnHandle) column, defaultValue);
    }

    @Override
    public void dropDefaultValue(ConnectorSession session, ConnectorTableHandle table, ColumnHandle column) {
        columns.dropDefault(session, (TrestleTableHandle) table, (TrestleColumnHandle) column);
    }

    @Override
    public void addField(
            ConnectorSession session,
            ConnectorTableHandle table,
            List<String> parentPath,
            String fieldName,
            Type type,
            boolean ignoreExisting) {
        columns.addField(session, (TrestleTableHandle) table, parentPath, fieldName, type, ignoreExisting);
    }

    @Override
    public void dropField(
            ConnectorSession session, ConnectorTableHandle table, ColumnHandle column, List<String> fieldPath) {
        columns.dropField(session, (TrestleTableHandle) table, (TrestleColumnHandle) column, fieldPath);
    }

    @Override
    public void renameField(
            ConnectorSession session, ConnectorTableHandle table, List<String> fieldPath, String target) {
        columns.renameField(session, (TrestleTableHandle) table, fieldPath, target);
    }

    @Override
    public void setFieldType(ConnectorSession session, ConnectorTableHandle table, List<String> fieldPath, Type type) {
        columns.setType(session, (TrestleTableHandle) table, fieldPath, type);
    }

    // Views

    @Override
    public List<SchemaTableName> listViews(ConnectorSession session, Optional<String> schemaName) {
        return listing.views(session, schemaName);
    }

    @Override
    public Map<SchemaTableName, ConnectorViewDefinition> getViews(
            ConnectorSession session, Optional<String> schemaName) {
        return listing.viewDefinitions(session, schemaName);
    }

    @Override
    public boolean isView(ConnectorSession session, SchemaTableName viewName) {
        return mayBeView(session, viewName) && views.exists(session, viewName);
    }

    @Override
    public Optional<ConnectorViewDefinition> getView(ConnectorSession session, SchemaTableName viewName) {
        return mayBeView(session, viewName) ? views.get(session, viewName) : Optional.empty();
    }

    /** Trino asks for a view first, whatever a name stands for. The table is asked for instead, which it will need. */
    private boolean mayBeView(ConnectorSession session, SchemaTableName name) {
        return tables.findExact(session, name).isEmpty()
                && (views.isExact(session, name)
                        || tables.findFolded(session, name).isEmpty());
    }

    @Override
    public void createView(
            ConnectorSession session,
            SchemaTableName viewName,
            ConnectorViewDefinition definition,
            Map<String, Object> viewProperties,
            boolean replace) {
        views.create(session, viewName, definition, replace);
    }

    @Override
    public void refreshView(
            ConnectorSession session, SchemaTableName viewName, ConnectorViewDefinition viewDefinition) {
        views.create(session, viewName, viewDefinition, true);
    }

    @Override
    public void renameView(ConnectorSession session, SchemaTableName source, SchemaTableName target) {
        views.rename(session, source, target);
    }

    @Override
    public void dropView(ConnectorSession session, SchemaTableName viewName) {
        views.drop(session, viewName);
    }

    @Override
    public void setViewComment(ConnectorSession session, SchemaTableName viewName, Optional<String> comment) {
        views.setComment(session, viewName, comment);
    }

    @Override
    public void setViewColumnComment(
            ConnectorSession session, SchemaTableName viewName, String columnName, Optional<String> comment) {
        views.setColumnComment(session, viewName, columnName, comment);
    }

    @Override
    public void setViewAuthorization(ConnectorSession session, SchemaTableName viewName, TrinoPrincipal principal) {
        views.setOwner(session, viewName, principal);
    }

    // Functions

    @Override
    public Collection<LanguageFunction> listLanguageFunctions(ConnectorSession session, String schemaName) {
        return functions.list(session, schemaName);
    }

    @Override
    public Collection<LanguageFunction> getLanguageFunctions(ConnectorSession session, SchemaFunctionName name) {
        return functions.get(session, name);
    }

    @Override
    public void createLanguageFunction(
            ConnectorSession session, SchemaFunctionName name, LanguageFunction function, boolean replace) {
        functions.create(session, name, function, replace);
    }

    @Override
    public void dropLanguageFunction(ConnectorSession session, SchemaFunctionName name, String signatureToken) {
        functions.drop(session, name);
    }

    // Branches

    @Override
    public Collection<String> listBranches(ConnectorSession session, SchemaTableName tableName) {
        return tables.find(session, tableName)
                .map(table -> history.branches().list(session, table))
                .orElse(List.of());
    }

    @Override
    public void createBranch(
            ConnectorSession session,
            ConnectorTableHandle table,
            String branch,
            Optional<String> fromBranch,
            SaveMode saveMode,
            Map<String, Object> properties) {
        history.branches().create(session, (TrestleTableHandle) table, branch, fromBranch, saveMode);
    }

    @Override
    public void dropBranch(ConnectorSession session, ConnectorTableHandle table, String branch) {
        history.branches().drop(session, (TrestleTableHandle) table, branch);
    }

    @Override
    public void fastForwardBranch(
            ConnectorSession session, ConnectorTableHandle table, String sourceBranch, String targetBranch) {
        history.branches().fastForward(session, (TrestleTableHandle) table, sourceBranch, targetBranch);
    }

    // Changes

    @Override
    public Optional<TableFunctionApplicationResult<ConnectorTableHandle>> applyTableFunction(
            ConnectorSession session, ConnectorTableFunctionHandle handle) {
        return handle instanceof TableChangesHandle changes ? Optional.of(changes.toScan()) : Optional.empty();
    }

    // Statistics

    @Override
    public TableStatistics getTableStatistics(ConnectorSession session, ConnectorTableHandle table) {
        return history.estimates().of(session, (TrestleTableHandle) table);
    }

    @Override
    public ConnectorAnalyzeMetadata getStatisticsCollectionMetadata(
            ConnectorSession session, ConnectorTableHandle table, Map<String, Object> analyzeProperties) {
        return history.analysis().plan(session, (TrestleTableHandle) table, analyzeProperties);
    }

    @Override
    public ConnectorTableHandle beginStatisticsCollection(ConnectorSession session, ConnectorTableHandle table) {
        return table;
    }

    @Override
    public void finishStatisticsCollection(
            ConnectorSession session, ConnectorTableHandle table, Collection<ComputedStatistics> computedStatistics) {
        history.analysis().keep(session, (TrestleTableHandle) table, computedStatistics);
    }

    // Reads

    @Override
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(
            ConnectorSession session, ConnectorTableHandle table, Constraint constraint) {
        return pushdowns.filter(session, (TrestleTableHandle) table, constraint);
    }

    @Override
    public Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(
            ConnectorSession session, ConnectorTableHandle table, long limit) {
        return pushdowns.limit(session, (TrestleTableHandle) table, limit);
    }

    @Override
    public Optional<ProjectionApplicationResult<ConnectorTableHandle>> applyProjection(
            ConnectorSession session,
            ConnectorTableHandle table,
            List<ConnectorExpression> projections,
            Map<String, ColumnHandle> assignments) {
        return pushdowns.projection(session, (TrestleTableHandle) table, projections, assignments);
    }

    @Override
    public Optional<AggregationApplicationResult<ConnectorTableHandle>> applyAggregation(
            ConnectorSession session,
            ConnectorTableHandle table,
            List<AggregateFunction> aggregates,
            Map<String, ColumnHandle> assignments,
            List<List<ColumnHandle>> groupingSets) {
        return pushdowns.aggregation(session, (TrestleTableHandle) table, aggregates, assignments, groupingSets);
    }

    @Override
    public ConnectorTableProperties getTableProperties(ConnectorSession session, ConnectorTableHandle table) {
        return pushdowns.properties(session, (TrestleTableHandle) table);
    }

    @Override
    public Optional<ConnectorTableCredentials> getTableCredentials(
            ConnectorSession session, ConnectorTableHandle table) {
        return openedTables.credentials(session, (TrestleTableHandle) table).map(ConnectorTableCredentials.class::cast);
    }

    /** For INSERT and CREATE TABLE AS; of UPDATE, DELETE and MERGE, Trino asks as for a read. */
    @Override
    public Optional<ConnectorTableCredentials> getTableCredentials(
            ConnectorSession session, ConnectorWritableTableHandle table) {
        return table instanceof TableWriteHandle write
                ? openedTables.credentials(session, write.table()).map(ConnectorTableCredentials.class::cast)
                : Optional.empty();
    }

    // Writes

    @Override
    public Optional<ConnectorTableLayout> getNewTableLayout(
            ConnectorSession session, ConnectorTableMetadata tableMetadata) {
        return creations.layout(tableMetadata);
    }

    @Override
    public ConnectorOutputTableHandle beginCreateTable(
            ConnectorSession session,
            ConnectorTableMetadata tableMetadata,
            Optional<ConnectorTableLayout> layout,
            RetryMode retryMode,
            boolean replace) {
        Optional<TrestleTableHandle> replaced =
                replace ? tables.find(session, tableMetadata.getTable()) : Optional.empty();
        return creations.begin(session, tableMetadata, layout, retryMode, replaced);
    }

    @Override
    public Optional<ConnectorOutputMetadata> finishCreateTable(
            ConnectorSession session,
            ConnectorOutputTableHandle table,
            Collection<Slice> fragments,
            Collection<ComputedStatistics> statistics) {
        return creations.finish((TableWriteHandle) table, fragments);
    }

    @Override
    public Optional<ConnectorTableLayout> getInsertLayout(ConnectorSession session, ConnectorTableHandle table) {
        return writes.insertLayout(session, (TrestleTableHandle) table);
    }

    /** Where a layout gives a bucket one writer, Trino keeps to it. */
    @Override
    public WriterScalingOptions getNewTableWriterScalingOptions(
            ConnectorSession session, SchemaTableName tableName, Map<String, Object> tableProperties) {
        return WriterScalingOptions.ENABLED;
    }

    @Override
    public WriterScalingOptions getInsertWriterScalingOptions(
            ConnectorSession session, ConnectorTableHandle tableHandle) {
        return WriterScalingOptions.ENABLED;
    }

    @Override
    public boolean supportsMissingColumnsOnInsert() {
        return true;
    }

    @Override
    public ConnectorInsertTableHandle beginInsert(
            ConnectorSession session, ConnectorTableHandle table, List<ColumnHandle> columns, RetryMode retryMode) {
        return writes.beginInsert(session, (TrestleTableHandle) table, columns, retryMode);
    }

    @Override
    public Optional<ConnectorOutputMetadata> finishInsert(
            ConnectorSession session,
            ConnectorInsertTableHandle insert,
            List<ConnectorTableHandle> sourceTables,
            Collection<Slice> fragments,
            Collection<ComputedStatistics> statistics) {
        return writes.finishInsert((TableWriteHandle) insert, fragments);
    }

    @Override
    public RowChangeParadigm getRowChangeParadigm(ConnectorSession session, ConnectorTableHandle table) {
        return RowChangeParadigm.DELETE_ROW_AND_INSERT_ROW;
    }

    @Override
    public ColumnHandle getMergeRowIdColumnHandle(ConnectorSession session, ConnectorTableHandle table) {
        return merges.rowIdColumn(session, (TrestleTableHandle) table);
    }

    @Override
    public Optional<ConnectorPartitioningHandle> getUpdateLayout(ConnectorSession session, ConnectorTableHandle table) {
        return merges.updateLayout(session, (TrestleTableHandle) table);
    }

    @Override
    public ConnectorMergeTableHandle beginMerge(
            ConnectorSession session,
            ConnectorTableHandle table,
            Map<Integer, Collection<ColumnHandle>> updateCaseColumns,
            RetryMode retryMode) {
        return merges.begin(session, (TrestleTableHandle) table, updateCaseColumns, retryMode);
    }

    @Override
    public void finishMerge(
            ConnectorSession session,
            ConnectorMergeTableHandle merge,
            List<ConnectorTableHandle> sourceTables,
            Collection<Slice> fragments,
            Collection<ComputedStatistics> statistics) {
        merges.finish((MergeWriteHandle) merge, fragments);
    }

    @Override
    public Optional<ConnectorTableHandle> applyDelete(ConnectorSession session, ConnectorTableHandle table) {
        return deletes.apply(session, (TrestleTableHandle) table).map(handle -> handle);
    }

    @Override
    public OptionalLong executeDelete(ConnectorSession session, ConnectorTableHandle table) {
        return deletes.execute(session, (TrestleTableHandle) table);
    }

    @Override
    public Optional<ConnectorTableExecuteHandle> getTableHandleForExecute(
            ConnectorSession session,
            ConnectorAccessControl accessControl,
            ConnectorTableHandle table,
            String procedureName,
            Map<String, Object> executeProperties,
            RetryMode retryMode) {
        return optimize.handle(session, (TrestleTableHandle) table, procedureName, executeProperties)
                .map(handle -> handle);
    }

    @Override
    public Map<String, Long> executeTableExecute(ConnectorSession session, ConnectorTableExecuteHandle execute) {
        optimize.execute(session, (OptimizeHandle) execute);
        return Map.of();
    }
}
