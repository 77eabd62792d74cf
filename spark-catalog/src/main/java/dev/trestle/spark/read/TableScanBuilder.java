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
package dev.trestle.spark.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.table.FilePredicates;
import dev.trestle.spark.data.Predicates;
import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateVisitor;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownTopN;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Takes what Spark leaves to the source: columns, predicates, a limit, and aggregates that metadata answers. */
public class TableScanBuilder
        implements SupportsPushDownRequiredColumns,
                SupportsPushDownV2Filters,
                SupportsPushDownLimit,
                SupportsPushDownTopN,
                SupportsPushDownAggregates {

    private final ScanTable table;
    private final List<Predicate> predicates = new ArrayList<>();

    /** Spark asks for columns where it plans a query, not for a stream, which reads no plan of the whole table. */
    private boolean isForBatch;

    private StructType schema;
    private Bounds bounds = Bounds.NONE;
    private org.apache.spark.sql.connector.expressions.filter.Predicate[] pushed = {};
    private Optional<AggregateScan> aggregates = Optional.empty();

    /** A scan of all columns of a table, so far. */
    public TableScanBuilder(ScanTable table) {
        this.table = requireNonNull(table, "table is null");
        this.schema = SparkTypes.toSpark(table.columns());
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        schema = requiredSchema;
        isForBatch = true;
    }

    /** Files are left out by all predicates that Paimon understands; those on partitions alone need no look at rows. */
    @Override
    public org.apache.spark.sql.connector.expressions.filter.Predicate[] pushPredicates(
            org.apache.spark.sql.connector.expressions.filter.Predicate[] asked) {
        Predicates converter = new Predicates(table.columns());
        List<org.apache.spark.sql.connector.expressions.filter.Predicate> used = new ArrayList<>();
        List<org.apache.spark.sql.connector.expressions.filter.Predicate> left = new ArrayList<>();
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : asked) {
            Optional<Predicate> converted =
                    FilePredicates.areTakenBy(table.table()) ? converter.toPaimon(predicate) : Optional.empty();
            converted.ifPresent(known -> {
                predicates.add(known);
                used.add(predicate);
            });
            if (converted.isEmpty() || !choosesPartitions(converted.get())) {
                left.add(predicate);
            }
        }
        pushed = used.toArray(org.apache.spark.sql.connector.expressions.filter.Predicate[]::new);
        return left.toArray(org.apache.spark.sql.connector.expressions.filter.Predicate[]::new);
    }

    private boolean choosesPartitions(Predicate predicate) {
        Set<String> columns = PredicateVisitor.collectFieldNames(predicate);
        return table.hasFiles()
                && table.isUnrestricted()
                && !columns.isEmpty()
                && table.partitionKeys().containsAll(columns);
    }

    @Override
    public org.apache.spark.sql.connector.expressions.filter.Predicate[] pushedPredicates() {
        return pushed;
    }

    /**
     * Files beyond the limit are left out; Spark cuts off the rest. Not of the difference of two snapshots, which is planned from
     * the files of both.
     */
    @Override
    public boolean pushLimit(int rows) {
        if (table.table() instanceof FileStoreTable files
                && files.coreOptions().startupMode() == CoreOptions.StartupMode.INCREMENTAL) {
            return false;
        }
        bounds = Bounds.limit(rows);
        return table.hasFiles();
    }

    /** Not where rows are hidden or values masked: by which the first ones are is not known from files then. */
    @Override
    public boolean pushTopN(SortOrder[] orders, int rows) {
        Optional<Bounds> top = table.hasFiles() && table.isUnrestricted()
                ? Bounds.top(table.columns(), orders, rows)
                : Optional.empty();
        top.ifPresent(found -> bounds = found);
        return top.isPresent();
    }

    @Override
    public boolean isPartiallyPushed() {
        return true;
    }

    @Override
    public boolean supportCompletePushDown(Aggregation aggregation) {
        return pushAggregation(aggregation);
    }

    @Override
    public boolean pushAggregation(Aggregation aggregation) {
        if (aggregates.isEmpty() && table.hasFiles() && table.isUnrestricted()) {
            aggregates = new MetadataAggregates(table).compute(aggregation, predicates);
        }
        return aggregates.isPresent();
    }

    @Override
    public Scan build() {
        if (aggregates.isPresent()) {
            return aggregates.get();
        }
        TableScan scan = new TableScan(table, schema, predicates, bounds);
        if (isForBatch) {
            scan.planAhead();
        }
        return scan;
    }
}
