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
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.flink.sink.FlinkSinkBuilder;
import org.apache.paimon.flink.sink.FlinkTableSink;
import org.apache.paimon.table.Table;

/**
 * Paimon's sink of a table, which shows the catalog's counts among Flink's metrics. Where the table shows rows of another
 * branch, too, rows are added and partitions replaced; what Paimon would do to some of the rows only is refused.
 */
public class MeteredTableSink extends FlinkTableSink {

    public MeteredTableSink(ObjectIdentifier identifier, Table table, DynamicTableFactory.Context context) {
        super(identifier, table, context);
    }

    @Override
    public DynamicTableSink copy() {
        MeteredTableSink copy = new MeteredTableSink(tableIdentifier, table, context);
        copy.staticPartitions = new HashMap<>(staticPartitions);
        copy.overwrite = overwrite;
        copy.deletePredicate = deletePredicate;
        return copy;
    }

    @Override
    public RowLevelUpdateInfo applyRowLevelUpdate(List<Column> columns, RowLevelModificationScanContext scanContext) {
        OtherBranches.requireNone(table, "changed by UPDATE");
        return super.applyRowLevelUpdate(columns, scanContext);
    }

    @Override
    public RowLevelDeleteInfo applyRowLevelDelete(RowLevelModificationScanContext scanContext) {
        OtherBranches.requireNone(table, "changed by DELETE");
        return super.applyRowLevelDelete(scanContext);
    }

    /** Partitions are dropped as a whole only by values that they can have. */
    @Override
    public boolean applyDeleteFilters(List<ResolvedExpression> filters) {
        OtherBranches.requireNone(table, "changed by DELETE");
        return filters.stream().allMatch(ExactFilters::isExact) && super.applyDeleteFilters(filters);
    }

    @Override
    public void executeTruncation() {
        OtherBranches.requireNone(table, "truncated");
        super.executeTruncation();
    }

    @Override
    protected FlinkSinkBuilder createSinkBuilder() {
        return new OneTaskSinkBuilder(table);
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
