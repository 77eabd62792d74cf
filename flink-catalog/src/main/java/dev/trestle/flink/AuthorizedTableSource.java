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

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.queryauth.QueryAuthException;
import dev.trestle.flink.metrics.CatalogMetering;
import dev.trestle.flink.read.ExactFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.Expression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.RowKind;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.flink.FlinkConnectorOptions;
import org.apache.paimon.flink.lookup.FileStoreLookupFunction;
import org.apache.paimon.flink.source.DataTableSource;
import org.apache.paimon.flink.utils.TableScanUtils;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.FileStoreTable;

/**
 * Reads a table of which the service may restrict what is read. The planner may leave out columns, and have files left
 * out by predicates on columns that are not masked; it filters, counts, sorts and cuts off by itself, since it has to
 * see the filtered and masked rows for that. It learns no statistics.
 *
 * <p>Rows are told apart by no primary key of which a column is masked: what would do so is refused.
 */
final class AuthorizedTableSource extends DataTableSource {

    /** The masked columns; empty until they are asked for, once for the statement. */
    private Optional<Set<String>> masked = Optional.empty();

    AuthorizedTableSource(
            ObjectIdentifier identifier,
            AuthorizedTable table,
            boolean unbounded,
            DynamicTableFactory.Context context) {
        super(identifier, table, unbounded, context);
    }

    private AuthorizedTableSource(AuthorizedTableSource other) {
        super(
                other.tableIdentifier,
                other.table,
                other.unbounded,
                other.context,
                other.predicate,
                other.projectFields,
                null,
                other.watermarkStrategy,
                null,
                null);
        this.masked = other.masked;
    }

    @Override
    public DataTableSource copy() {
        return new AuthorizedTableSource(this);
    }

    /** Of a stream without a changelog Flink makes one, by the key. */
    @Override
    public ChangelogMode getChangelogMode() {
        ChangelogMode mode = super.getChangelogMode();
        if (mode.contains(RowKind.UPDATE_AFTER) && !mode.contains(RowKind.UPDATE_BEFORE)) {
            requireTrueKey("read as a stream, which needs the true key where the table has no changelog. Set its"
                    + " 'changelog-producer' to 'lookup', or read it in batch mode.");
        }
        return mode;
    }

    /** The planner knows of no masked key, unless the mask is newer than the plan: see {@link PlannedKeys}. */
    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext scanContext) {
        if (context.getCatalogTable().getResolvedSchema().getPrimaryKey().isPresent()) {
            requireTrueKey(
                    "read by a statement that was planned with the true key. Run it again; compile a plan again.");
        }
        return CatalogMetering.scan(super.getScanRuntimeProvider(scanContext), table, context);
    }

    /** All filters are left to Flink; those on columns that are not masked help to leave files out. */
    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        Set<String> hidden = maskedColumns();
        List<ResolvedExpression> harmless = filters.stream()
                .filter(filter -> columns(filter).stream().noneMatch(hidden::contains))
                .toList();
        ExactFilters.apply(harmless, super::applyFilters);
        predicate = ExactFilters.forFiles(predicate, table);
        return Result.of(harmless, filters);
    }

    private Set<String> maskedColumns() {
        if (masked.isEmpty()) {
            masked = Optional.of(((AuthorizedTable) table).maskedColumns());
        }
        return masked.get();
    }

    private void requireTrueKey(String instead) {
        if (!table.primaryKeys().isEmpty() && PlannedKeys.isMasked(table.primaryKeys(), maskedColumns())) {
            throw new QueryAuthException("Table " + tableIdentifier.asSummaryString() + " has the primary key "
                    + table.primaryKeys() + ", of which the service masks columns, so that it cannot be " + instead);
        }
    }

    private static List<String> columns(Expression expression) {
        List<String> columns = new ArrayList<>();
        collect(expression, columns::add);
        return columns;
    }

    private static void collect(Expression expression, Consumer<String> columns) {
        if (expression instanceof FieldReferenceExpression field) {
            columns.accept(field.getName());
        }
        expression.getChildren().forEach(child -> collect(child, columns));
    }

    @Override
    public void applyLimit(long limit) {
        // Left to Flink: files would be left out before their rows are filtered.
    }

    @Override
    public boolean applyAggregates(
            List<int[]> groupingSets, List<AggregateExpression> aggregates, DataType producedDataType) {
        return false;
    }

    @Override
    public TableStats reportStatistics() {
        return TableStats.UNKNOWN;
    }

    @Override
    public List<String> listAcceptedFilterFields() {
        return List.of();
    }

    @Override
    public boolean supportsNestedProjection() {
        return false;
    }

    /** By the files alone, without a question to the service: only how many tasks there are is told by it. */
    @Override
    protected void scanSplitsForInference() {
        if (splitStatistics == null) {
            long bytes = 0;
            for (PartitionEntry partition :
                    ((FileStoreTable) table).newSnapshotReader().partitionEntries()) {
                bytes += partition.fileSizeInBytes();
            }
            long splitSize = ((FileStoreTable) table).coreOptions().splitTargetSize();
            splitStatistics = new SplitStatistics((int) (bytes / splitSize + 1), 0) {};
        }
    }

    /** All rows are cached as they may be read, since the files cannot be looked up by key without their masks. */
    @Override
    protected FileStoreLookupFunction getFileStoreLookupFunction(
            LookupContext context, FileStoreTable dimension, int[] projection, int[] joinKey) {
        requireTrueKey("looked up in: rows are cached by the key. Join it without FOR SYSTEM_TIME AS OF.");
        FileStoreTable cached = dimension;
        if (Options.fromMap(dimension.options()).get(FlinkConnectorOptions.LOOKUP_CACHE_MODE)
                == FlinkConnectorOptions.LookupCacheMode.AUTO) {
            cached = dimension.copy(Map.of(
                    FlinkConnectorOptions.LOOKUP_CACHE_MODE.key(),
                    FlinkConnectorOptions.LookupCacheMode.FULL.toString()));
        }
        if (!cached.primaryKeys().isEmpty()
                && cached.coreOptions().changelogProducer() == CoreOptions.ChangelogProducer.NONE
                && TableScanUtils.supportCompactDiffStreamingReading(cached)) {
            throw new QueryAuthException("Table " + tableIdentifier.asSummaryString() + " cannot be looked up in: the"
                    + " service may restrict what is read of it, and a table with this merge engine is looked up in its"
                    + " files. Set its 'changelog-producer' to 'lookup', or join it without FOR SYSTEM_TIME AS OF.");
        }
        // Without Paimon's own way of sending rows to tasks by their buckets: the service may mask the keys of these.
        return new FileStoreLookupFunction(cached, projection, joinKey, null, null);
    }
}
