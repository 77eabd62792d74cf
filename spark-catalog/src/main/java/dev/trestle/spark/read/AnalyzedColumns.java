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

import dev.trestle.spark.data.ColumnReferences;
import dev.trestle.spark.data.SparkValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.colstats.ColumnStatistics;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What an ANALYZE of any engine has found of columns, which is kept with the table. Spark is told what it can reckon with:
 * ranges of numbers, Booleans, dates and timestamps of its own, texts and bytes. It takes another column that it has counts
 * of for one without any value, and does not get over a comparison with some types (TIMESTAMP_NTZ, TIME).
 */
final class AnalyzedColumns {

    private AnalyzedColumns() {}

    /**
     * The statistics of the columns that are read and were analyzed; a column may have been renamed since.
     *
     * @param rows how many the scan is taken for: those of a part of the table are taken to be like all of them
     */
    static Map<NamedReference, ColumnStatistics> of(FileStoreTable table, StructType schema, long rows) {
        return table.statistics()
                .filter(analyzed -> analyzed.colStats() != null)
                .map(analyzed -> of(table.rowType(), schema, rows, analyzed))
                .orElse(Map.of());
    }

    private static Map<NamedReference, ColumnStatistics> of(
            RowType columns, StructType schema, long rows, Statistics analyzed) {
        Map<Integer, ColStats<?>> kept = new HashMap<>();
        analyzed.colStats().values().forEach(column -> kept.put(column.colId(), column));
        double share = (double) rows / Math.max(1, analyzed.mergedRecordCount().orElse(rows));
        Map<NamedReference, ColumnStatistics> found = new HashMap<>();
        for (StructField field : schema.fields()) {
            if (columns.containsField(field.name())) {
                DataField stored = columns.getField(field.name());
                Optional.ofNullable(kept.get(stored.id()))
                        .map(column -> of(column, stored.type(), field.dataType()))
                        .filter(column -> isOfUse(column, stored.type()))
                        .ifPresent(column -> found.put(ColumnReferences.column(field.name()), column.of(share)));
            }
        }
        return found;
    }

    private static OfColumn of(ColStats<?> column, DataType type, org.apache.spark.sql.types.DataType wanted) {
        return new OfColumn(
                column.distinctCount(),
                column.min().flatMap(value -> bound(value, type, wanted)),
                column.max().flatMap(value -> bound(value, type, wanted)),
                column.nullCount(),
                column.avgLen(),
                column.maxLen());
    }

    /** Empty where it was found before the column got another type, and where it is no place in an order. */
    private static Optional<Object> bound(Object value, DataType type, org.apache.spark.sql.types.DataType wanted) {
        if (!InternalRow.getDataClass(type).isInstance(value) || isNaN(value)) {
            return Optional.empty();
        }
        return Optional.of(
                value instanceof Timestamp time ? time.toMicros() : SparkValues.toSpark(value, type, wanted));
    }

    private static boolean isNaN(Object value) {
        return value instanceof Number number && Double.isNaN(number.doubleValue());
    }

    private static boolean isOfUse(OfColumn column, DataType type) {
        return switch (type.getTypeRoot()) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> true;
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE -> column.hasRange() || column.hasNoValue();
            default -> false;
        };
    }

    private record OfColumn(
            OptionalLong distinctCount,
            Optional<Object> min,
            Optional<Object> max,
            OptionalLong nullCount,
            OptionalLong avgLen,
            OptionalLong maxLen)
            implements ColumnStatistics {

        /** Spark sets the NULLs against the rows of the scan: where it reads few, all of them would look like nothing else. */
        OfColumn of(double share) {
            OptionalLong nulls = nullCount.isPresent()
                    ? OptionalLong.of(Math.round(nullCount.getAsLong() * share))
                    : OptionalLong.empty();
            return new OfColumn(distinctCount, min, max, nulls, avgLen, maxLen);
        }

        boolean hasRange() {
            return min.isPresent() && max.isPresent();
        }

        /** A table without a row says nothing of its columns: it may have been filled since. */
        boolean hasNoValue() {
            return distinctCount.orElse(-1) == 0 && nullCount.orElse(0) > 0;
        }
    }
}
