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

import dev.trestle.flink.read.ComparableStatistics;
import dev.trestle.flink.read.ExactFilters;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.paimon.flink.source.DataTableSource;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.Table;

/** Paimon's source of a table, which shows the catalog's counts among Flink's metrics. */
public final class MeteredTableSource extends DataTableSource {

    /** A source for all of a table, before Flink's planner has pushed anything into it. */
    public MeteredTableSource(
            ObjectIdentifier identifier, Table table, boolean unbounded, DynamicTableFactory.Context context) {
        super(identifier, table, unbounded, context);
    }

    /** As Paimon copies its own. */
    private MeteredTableSource(
            ObjectIdentifier identifier,
            Table table,
            boolean unbounded,
            DynamicTableFactory.Context context,
            Predicate predicate,
            int[][] projectFields,
            Long limit,
            WatermarkStrategy<RowData> watermarkStrategy,
            List<String> dynamicPartitionFilteringFields,
            Long countPushed) {
        super(
                identifier,
                table,
                unbounded,
                context,
                predicate,
                projectFields,
                limit,
                watermarkStrategy,
                dynamicPartitionFilteringFields,
                countPushed);
    }

    @Override
    public DataTableSource copy() {
        return new MeteredTableSource(
                tableIdentifier,
                table,
                unbounded,
                context,
                predicate,
                projectFields,
                limit,
                watermarkStrategy,
                dynamicPartitionFilteringFields(),
                countPushed);
    }

    @Override
    public Result applyFilters(List<ResolvedExpression> filters) {
        Result result = ExactFilters.apply(filters, super::applyFilters);
        predicate = ExactFilters.forFiles(predicate, table);
        return result;
    }

    @Override
    public TableStats reportStatistics() {
        return ComparableStatistics.of(super.reportStatistics(), table.rowType());
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext scanContext) {
        return CatalogMetering.scan(super.getScanRuntimeProvider(scanContext), table, context);
    }
}
