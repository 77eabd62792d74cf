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

import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.data.SparkValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.predicate.CompareUtils;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Answers counts and least and greatest values, for all rows or by partition, from the metadata of files; only where that
 * proves them: files whose rows are merged, or deleted by deletion vectors, prove no value, and a column that lacks
 * statistics in one file has none.
 */
final class MetadataAggregates {

    private final ScanTable table;
    private final RowType columns;

    MetadataAggregates(ScanTable table) {
        this.table = table;
        this.columns = table.columns();
    }

    /** One aggregate while it is computed over the splits of a group. */
    private interface Aggregate {

        /** False if the split does not prove it. */
        boolean add(DataSplit split);

        Object result();
    }

    /** The answer; empty where files have to be read for it. */
    Optional<AggregateScan> compute(Aggregation aggregation, List<Predicate> predicates) {
        List<DataField> keys = new ArrayList<>();
        for (Expression expression : aggregation.groupByExpressions()) {
            Optional<DataField> key =
                    column(expression).filter(field -> table.partitionKeys().contains(field.name()));
            if (key.isEmpty()) {
                return Optional.empty();
            }
            keys.add(key.get());
        }
        StructType schema = new StructType();
        for (DataField key : keys) {
            schema = schema.add(
                    key.name(), SparkTypes.toSpark(key.type()), key.type().isNullable());
        }
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            Optional<org.apache.spark.sql.types.DataType> type = type(function);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            schema = schema.add(function.describe(), type.get());
        }
        return rows(aggregation.aggregateExpressions(), keys, predicates).map(toScan(schema));
    }

    private java.util.function.Function<List<InternalRow>, AggregateScan> toScan(StructType schema) {
        return rows -> new AggregateScan(table.name(), schema, rows.toArray(InternalRow[]::new));
    }

    private Optional<org.apache.spark.sql.types.DataType> type(AggregateFunc function) {
        if (function instanceof CountStar || (function instanceof Count count && !count.isDistinct())) {
            return Optional.of(DataTypes.LongType);
        }
        Optional<DataField> column =
                function instanceof Min || function instanceof Max ? column(function.children()[0]) : Optional.empty();
        return column.map(DataField::type).filter(ProvenValues::hasExactBounds).map(SparkTypes::toSpark);
    }

    private Optional<DataField> column(Expression expression) {
        return expression instanceof NamedReference reference
                        && reference.fieldNames().length == 1
                        && columns.containsField(reference.fieldNames()[0])
                ? Optional.of(columns.getField(reference.fieldNames()[0]))
                : Optional.empty();
    }

    private Optional<List<InternalRow>> rows(
            AggregateFunc[] functions, List<DataField> keys, List<Predicate> predicates) {
        FileStoreTable files = (FileStoreTable) table.table();
        ProvenValues values = new ProvenValues(files);
        RowType partition = table.partition();
        Map<GenericRow, List<Aggregate>> groups = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            groups.put(new GenericRow(0), aggregates(functions, values));
        }
        for (Split split :
                files.newReadBuilder().withFilter(predicates).newScan().plan().splits()) {
            if (!(split instanceof DataSplit data) || data.mergedRowCount().isEmpty()) {
                return Optional.empty();
            }
            if (data.mergedRowCount().getAsLong() == 0) {
                // All rows are deleted, by vectors.
                continue;
            }
            GenericRow group = group(data.partition(), partition, keys);
            for (Aggregate aggregate : groups.computeIfAbsent(group, unused -> aggregates(functions, values))) {
                if (!aggregate.add(data)) {
                    return Optional.empty();
                }
            }
        }
        List<InternalRow> rows = new ArrayList<>();
        groups.forEach((group, aggregates) -> rows.add(row(group, keys, aggregates)));
        return Optional.of(rows);
    }

    private static GenericRow group(BinaryRow partition, RowType type, List<DataField> keys) {
        GenericRow group = new GenericRow(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            int position = type.getFieldIndex(keys.get(i).name());
            group.setField(
                    i,
                    org.apache.paimon.data.InternalRow.createFieldGetter(type.getTypeAt(position), position)
                            .getFieldOrNull(partition));
        }
        return group;
    }

    private static InternalRow row(GenericRow group, List<DataField> keys, List<Aggregate> aggregates) {
        Object[] values = new Object[keys.size() + aggregates.size()];
        for (int i = 0; i < keys.size(); i++) {
            values[i] = SparkValues.toSpark(
                    group.getField(i),
                    keys.get(i).type(),
                    SparkTypes.toSpark(keys.get(i).type()));
        }
        for (int i = 0; i < aggregates.size(); i++) {
            values[keys.size() + i] = aggregates.get(i).result();
        }
        return new GenericInternalRow(values);
    }

    private List<Aggregate> aggregates(AggregateFunc[] functions, ProvenValues values) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (AggregateFunc function : functions) {
            if (function instanceof CountStar) {
                aggregates.add(new Rows());
            } else {
                Expression child = function.children()[0];
                Optional<DataField> column = column(child);
                aggregates.add(
                        function instanceof Count
                                ? column.<Aggregate>map(field -> new Values(field, values))
                                        .orElseGet(Unproven::new)
                                : new Bound(column.orElseThrow(), values, function instanceof Max));
            }
        }
        return aggregates;
    }

    /** {@code COUNT} of something that is no column. */
    private static final class Unproven implements Aggregate {

        @Override
        public boolean add(DataSplit split) {
            return false;
        }

        @Override
        public Object result() {
            return null;
        }
    }

    /** {@code COUNT(*)}. */
    private static final class Rows implements Aggregate {

        private long rows;

        @Override
        public boolean add(DataSplit split) {
            rows += split.mergedRowCount().getAsLong();
            return true;
        }

        @Override
        public Object result() {
            return rows;
        }
    }

    /** {@code COUNT(column)}. */
    private static final class Values implements Aggregate {

        private final DataField column;
        private final ProvenValues proven;
        private long values;

        Values(DataField column, ProvenValues proven) {
            this.column = column;
            this.proven = proven;
        }

        @Override
        public boolean add(DataSplit split) {
            if (!column.type().isNullable()) {
                values += split.mergedRowCount().getAsLong();
                return true;
            }
            OptionalLong nulls = proven.nulls(split, column);
            nulls.ifPresent(count -> values += split.rowCount() - count);
            return nulls.isPresent();
        }

        @Override
        public Object result() {
            return values;
        }
    }

    /** {@code MIN} or {@code MAX}. */
    private static final class Bound implements Aggregate {

        private final DataField column;
        private final ProvenValues proven;
        private final boolean greatest;
        private Object bound;

        Bound(DataField column, ProvenValues proven, boolean greatest) {
            this.column = column;
            this.proven = proven;
            this.greatest = greatest;
        }

        @Override
        public boolean add(DataSplit split) {
            Optional<ProvenValues.Range> range = proven.range(split, column);
            range.map(values -> greatest ? values.greatest() : values.least()).ifPresent(this::add);
            return range.isPresent();
        }

        private void add(Object value) {
            int order = bound == null ? 0 : CompareUtils.compareLiteral(column.type(), value, bound);
            if (bound == null || (greatest ? order > 0 : order < 0)) {
                bound = value;
            }
        }

        @Override
        public Object result() {
            return SparkValues.toSpark(bound, column.type(), SparkTypes.toSpark(column.type()));
        }
    }
}
