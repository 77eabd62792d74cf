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
package dev.trestle.trino.read;

import static io.trino.plugin.base.projection.ApplyProjectionUtil.createProjectedColumnRepresentation;
import static io.trino.plugin.base.projection.ApplyProjectionUtil.extractSupportedProjectedColumns;
import static io.trino.plugin.base.projection.ApplyProjectionUtil.replaceWithNewVariables;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.trino.PlannedTables;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.plugin.base.projection.ApplyProjectionUtil.ProjectedColumnRepresentation;
import io.trino.spi.connector.AggregateFunction;
import io.trino.spi.connector.AggregationApplicationResult;
import io.trino.spi.connector.Assignment;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTablePartitioning;
import io.trino.spi.connector.ConnectorTableProperties;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.ProjectionApplicationResult;
import io.trino.spi.expression.ConnectorExpression;
import io.trino.spi.expression.Variable;
import io.trino.spi.predicate.NullableValue;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.RowType;
import io.trino.spi.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** Takes over parts of a transaction's queries: what the optimizer offers, and the read can do. */
public final class Pushdowns {

    private final PlannedTables tables;

    /** The optimizer asks for them again and again, and they may be found by reading files. */
    private final Map<TrestleTableHandle, Optional<ConnectorTablePartitioning>> buckets = new ConcurrentHashMap<>();

    public Pushdowns(PlannedTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /** Partitions are chosen for good; other columns leave out files, and are tested again by Trino. */
    public Optional<ConstraintApplicationResult<ConnectorTableHandle>> filter(
            ConnectorSession session, TrestleTableHandle handle, Constraint constraint) {
        Pushdown before = handle.pushdown();
        if (before.limit().isPresent() || before.computed().isPresent()) {
            return Optional.empty();
        }
        Table table = tables.open(session, handle);
        if (!PaimonPredicates.areTakenBy(table)) {
            return Optional.empty();
        }
        Partitions partitions = new Partitions(table.rowType(), table.partitionKeys());
        // The values of a restricted table may be masked, and are tested as they come out.
        boolean enforces = !(table instanceof AuthorizedTable);
        TupleDomain<TrestleColumnHandle> sought =
                constraint.getSummary().transformKeys(TrestleColumnHandle.class::cast);
        TupleDomain<TrestleColumnHandle> ofPartitions =
                sought.filter((column, domain) -> enforces && partitions.isKey(column));
        TupleDomain<TrestleColumnHandle> ofRows =
                sought.filter((column, domain) -> !(enforces && partitions.isKey(column)));
        Pushdown after = before.filteredBy(
                before.enforced().intersect(ofPartitions), before.unenforced().intersect(ofRows));
        if (after.equals(before)) {
            return Optional.empty();
        }
        return Optional.of(new ConstraintApplicationResult<>(
                handle.with(after), ofRows.transformKeys(ColumnHandle.class::cast), constraint.getExpression(), false));
    }

    /** Enough files for so many rows are planned; a limit that comes before rows are filtered would be too small. */
    public Optional<LimitApplicationResult<ConnectorTableHandle>> limit(
            ConnectorSession session, TrestleTableHandle handle, long rows) {
        Pushdown before = handle.pushdown();
        if (!before.unenforced().isAll()
                || before.computed().isPresent()
                || before.limit().orElse(Long.MAX_VALUE) <= rows
                || !isPlain(session, handle)) {
            return Optional.empty();
        }
        return Optional.of(new LimitApplicationResult<>(handle.with(before.limitedTo(rows)), false, false));
    }

    private boolean isPlain(ConnectorSession session, TrestleTableHandle handle) {
        Table table = tables.open(session, handle);
        return table instanceof FileStoreTable && !(table instanceof AuthorizedTable);
    }

    /** Fields in columns are read without the rest of their columns. */
    public Optional<ProjectionApplicationResult<ConnectorTableHandle>> projection(
            ConnectorSession session,
            TrestleTableHandle handle,
            List<ConnectorExpression> projections,
            Map<String, ColumnHandle> assignments) {
        if (handle.pushdown().computed().isPresent()
                || handle.description().isEmpty()
                || !ReadSessionProperties.isProjectionPushdownEnabled(session)) {
            return Optional.empty();
        }
        Set<ConnectorExpression> supported = new LinkedHashSet<>();
        projections.forEach(projection -> supported.addAll(extractSupportedProjectedColumns(projection)));
        Map<ConnectorExpression, Variable> variables = new LinkedHashMap<>();
        List<Assignment> assigned = new ArrayList<>();
        Map<TrestleColumnHandle, String> names = new LinkedHashMap<>();
        for (ConnectorExpression expression : supported) {
            ProjectedColumnRepresentation projected = createProjectedColumnRepresentation(expression);
            TrestleColumnHandle base = (TrestleColumnHandle)
                    assignments.get(projected.getVariable().getName());
            Optional<TrestleColumnHandle> column = field(base, projected.getDereferenceIndices());
            if (column.isEmpty()) {
                return Optional.empty();
            }
            String name = names.computeIfAbsent(column.get(), unused -> {
                String fresh = projected.isVariable()
                        ? projected.getVariable().getName()
                        : projected.getVariable().getName() + "#" + names.size();
                assigned.add(new Assignment(fresh, column.get(), expression.getType()));
                return fresh;
            });
            variables.put(expression, new Variable(name, expression.getType()));
        }
        List<TrestleColumnHandle> read = List.copyOf(names.keySet());
        if (handle.pushdown().columns().filter(read::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new ProjectionApplicationResult<>(
                handle.with(handle.pushdown().reading(read)),
                projections.stream()
                        .map(projection -> replaceWithNewVariables(projection, variables))
                        .toList(),
                assigned,
                false));
    }

    /** Empty where a field on the way has no name. */
    private static Optional<TrestleColumnHandle> field(TrestleColumnHandle column, List<Integer> indices) {
        Type type = column.type();
        List<String> path = new ArrayList<>(column.path());
        for (int index : indices) {
            RowType.Field field = ((RowType) type).getFields().get(index);
            if (field.getName().isEmpty()) {
                return Optional.empty();
            }
            path.add(field.getName().get());
            type = field.getType();
        }
        return Optional.of(new TrestleColumnHandle(column.id(), column.name(), type, path));
    }

    /** An aggregation over all rows is answered from the metadata of files where that tells the answer. */
    public Optional<AggregationApplicationResult<ConnectorTableHandle>> aggregation(
            ConnectorSession session,
            TrestleTableHandle handle,
            List<AggregateFunction> aggregates,
            Map<String, ColumnHandle> assignments,
            List<List<ColumnHandle>> groupingSets) {
        Pushdown before = handle.pushdown();
        if (!groupingSets.equals(List.of(List.of()))
                || aggregates.isEmpty()
                || !before.unenforced().isAll()
                || before.limit().isPresent()
                || before.computed().isPresent()
                || !isPlain(session, handle)) {
            return Optional.empty();
        }
        Optional<List<NullableValue>> row = new MetadataAnswers(
                        (FileStoreTable) tables.openToScan(session, handle), before)
                .answer(aggregates, assignments);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        List<ConnectorExpression> projections = new ArrayList<>();
        List<Assignment> assigned = new ArrayList<>();
        for (int i = 0; i < aggregates.size(); i++) {
            Type type = aggregates.get(i).getOutputType();
            TrestleColumnHandle column = ComputedRow.column(i, type);
            projections.add(new Variable(column.name(), type));
            assigned.add(new Assignment(column.name(), column, type));
        }
        return Optional.of(new AggregationApplicationResult<>(
                handle.with(before.answeredBy(row.get())), projections, assigned, Map.of(), false));
    }

    /** What the optimizer may rely on: the partitions that are read, and the buckets in which rows lie. */
    public ConnectorTableProperties properties(ConnectorSession session, TrestleTableHandle handle) {
        if (handle.pushdown().computed().isPresent() || handle.description().isEmpty()) {
            return new ConnectorTableProperties();
        }
        return new ConnectorTableProperties(
                handle.pushdown().enforced().transformKeys(ColumnHandle.class::cast),
                buckets.computeIfAbsent(
                        handle.with(Pushdown.NONE),
                        unread -> TrinoErrors.call(
                                "find the buckets of table " + handle.name(),
                                () -> TableBuckets.of(tables.openToScan(session, handle)))),
                Optional.empty(),
                List.of());
    }
}
