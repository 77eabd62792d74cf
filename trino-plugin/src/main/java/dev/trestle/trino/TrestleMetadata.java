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

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.write.MergeWriteHandle;
import dev.trestle.trino.write.OptimizeHandle;
import dev.trestle.trino.write.PendingWrites;
import dev.trestle.trino.write.TableDeletes;
import dev.trestle.trino.write.TableMerges;
import dev.trestle.trino.write.TableOptimize;
import dev.trestle.trino.write.TableWriteHandle;
import dev.trestle.trino.write.TableWrites;
import io.airlift.slice.Slice;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorAccessControl;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableExecuteHandle;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.RetryMode;
import io.trino.spi.connector.RowChangeParadigm;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.statistics.ComputedStatistics;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What one transaction does with the catalog's objects: each method is handed to the collaborator of that kind of object. */
final class TrestleMetadata implements ConnectorMetadata {

    private final Schemas schemas;
    private final Tables tables;
    private final TableWrites writes;
    private final TableMerges merges;
    private final TableDeletes deletes;
    private final TableOptimize optimize;
    private final PendingWrites pending;

    private TrestleMetadata(
            Schemas schemas,
            Tables tables,
            TableWrites writes,
            TableMerges merges,
            TableDeletes deletes,
            TableOptimize optimize,
            PendingWrites pending) {
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.writes = requireNonNull(writes, "writes is null");
        this.merges = requireNonNull(merges, "merges is null");
        this.deletes = requireNonNull(deletes, "deletes is null");
        this.optimize = requireNonNull(optimize, "optimize is null");
        this.pending = requireNonNull(pending, "pending is null");
    }

    static TrestleMetadata create(SessionCatalogs catalogs) {
        ObjectNames names = new ObjectNames(catalogs);
        OpenedTables opened = new OpenedTables(catalogs);
        PendingWrites pending = new PendingWrites();
        return new TrestleMetadata(
                new Schemas(catalogs),
                new Tables(catalogs, names),
                new TableWrites(opened, pending),
                new TableMerges(opened, pending),
                new TableDeletes(opened),
                new TableOptimize(opened),
                pending);
    }

    /** Takes back what the transaction wrote and did not commit. */
    void rollback() {
        pending.rollback();
    }

    // Schemas

    @Override
    public List<String> listSchemaNames(ConnectorSession session) {
        return schemas.list(session);
    }

    // Tables

    @Override
    public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schemaName) {
        List<String> listed = schemaName.isPresent() ? List.of(schemaName.get()) : schemas.list(session);
        return listed.stream()
                .flatMap(schema -> tables.list(session, schema).stream())
                .toList();
    }

    @Override
    public ConnectorTableHandle getTableHandle(
            ConnectorSession session,
            SchemaTableName tableName,
            Optional<ConnectorTableVersion> startVersion,
            Optional<ConnectorTableVersion> endVersion) {
        return tables.find(session, tableName).orElse(null);
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

    // Writes

    @Override
    public Optional<ConnectorTableLayout> getInsertLayout(ConnectorSession session, ConnectorTableHandle table) {
        return writes.insertLayout(session, (TrestleTableHandle) table);
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
