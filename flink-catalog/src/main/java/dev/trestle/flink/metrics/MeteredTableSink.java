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
package dev.trestle.flink.metrics;

import dev.trestle.catalog.table.WithoutDefaults;
import dev.trestle.flink.read.ExactFilters;
import dev.trestle.flink.write.OneTaskSinkBuilder;
import dev.trestle.flink.write.OtherBranches;
import java.util.HashMap;
import java.util.List;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.connector.RowLevelModificationScanContext;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.flink.sink.FlinkSinkBuilder;
import org.apache.paimon.flink.sink.FlinkTableSink;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/**
 * Paimon's sink of a table, which shows the catalog's counts among Flink's metrics. Where the table shows rows of another
 * branch, too, rows are added and partitions replaced; what Paimon would do to some of the rows only is refused.
 */
public class MeteredTableSink extends FlinkTableSink {

    /** Whether rows that were read are written, with each value as it is to be stored. */
    protected boolean changesRows;

    public MeteredTableSink(ObjectIdentifier identifier, Table table, DynamicTableFactory.Context context) {
        super(identifier, table, context);
    }

    @Override
    public DynamicTableSink copy() {
        MeteredTableSink copy = new MeteredTableSink(tableIdentifier, table, context);
        copy.staticPartitions = new HashMap<>(staticPartitions);
        copy.overwrite = overwrite;
        copy.deletePredicate = deletePredicate;
        copy.changesRows = changesRows;
        return copy;
    }

    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(List<Column> columns, RowLevelModificationScanContext scanContext) {
        OtherBranches.requireNone(table, "changed by UPDATE");
        changesRows = true;
        return super.applyRowLevelUpdate(columns, scanContext);
    }

    @Override
    public RowLevelDeleteInfo applyRowLevelDelete(RowLevelModificationScanContext scanContext) {
        OtherBranches.requireNone(table, "changed by DELETE");
        changesRows = true;
        return super.applyRowLevelDelete(scanContext);
    }

    /** Partitions are dropped as a whole only by values that they can have. */
    @Override
    public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
        OtherBranches.requireNone(table, "changed by DELETE");
        return filters.stream().allMatch(filter -> ExactFilters.isExact(filter) && namesPartitions(filter))
                && super.applyDeleteFilters(filters);
    }

    /** Paimon names a partition by the text of a literal: it reads no time in it, and takes one text for no value. */
    private boolean namesPartitions(ResolvedExpression filter) {
        if (filter instanceof ValueLiteralExpression literal) {
            String none = CoreOptions.fromMap(table.options()).partitionDefaultName();
            return !literal.getOutputDataType().getLogicalType().is(LogicalTypeFamily.TIMESTAMP)
                    && literal.getValueAs(String.class).filter(none::equals).isEmpty();
        }
        return filter.getResolvedChildren().stream().allMatch(this::namesPartitions);
    }

    @Override
    public void executeTruncation() {
        OtherBranches.requireNone(table, "truncated");
        super.executeTruncation();
    }

    /** A NULL in a row that is changed is one, not a value that was left out: no default takes its place. */
    @Override
    protected FlinkSinkBuilder createSinkBuilder() {
        return new OneTaskSinkBuilder(
                changesRows && table instanceof FileStoreTable stored ? WithoutDefaults.of(stored) : table);
    }

    /** The planner has told by now which partition is overwritten. */
    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context sinkContext) {
        if (overwrite && !overwritesByPartition()) {
            OtherBranches.requireNone(table, "overwritten beyond one partition");
        }
        return CatalogMetering.write(super.getSinkRuntimeProvider(sinkContext), table);
    }

    /** Whether it replaces the one partition that the statement names, or those of the rows that it writes. */
    private boolean overwritesByPartition() {
        int keys = table.partitionKeys().size();
        return keys > 0
                && (staticPartitions.size() == keys
                        || CoreOptions.fromMap(table.options()).dynamicPartitionOverwrite());
    }
}
