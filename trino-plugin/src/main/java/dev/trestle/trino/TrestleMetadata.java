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

import dev.trestle.trino.read.Pushdowns;
import io.trino.spi.connector.AggregateFunction;
import io.trino.spi.connector.AggregationApplicationResult;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.expression.ConnectorExpression;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one transaction does with the catalog's objects: each method is handed to the collaborator of that kind of object. */
final class TrestleMetadata implements ConnectorMetadata {

    private final Schemas schemas;
    private final Tables tables;
    private final OpenedTables openedTables;
    private final Pushdowns pushdowns;

    private TrestleMetadata(Schemas schemas, Tables tables, OpenedTables openedTables) {
        this.schemas = requireNonNull(schemas, "schemas is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.openedTables = requireNonNull(openedTables, "openedTables is null");
        this.pushdowns = new Pushdowns(openedTables);
    }

    static TrestleMetadata create(SessionCatalogs catalogs) {
        ObjectNames names = new ObjectNames(catalogs);
        return new TrestleMetadata(new Schemas(catalogs), new Tables(catalogs, names), new OpenedTables(catalogs));
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
        return tables.column(session, (TrestleTableHandle) table, (TrestleColumnHandle) column);
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
        return pushdowns.projection((TrestleTableHandle) table, projections, assignments);
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
}
