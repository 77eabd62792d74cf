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

import dev.trestle.spark.data.SparkValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.read.colstats.ColumnStatistics;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What an ANALYZE of any engine has found of columns, which is kept with the table. */
final class AnalyzedColumns {

    private AnalyzedColumns() {}

    /** The statistics of the columns that are read and were analyzed. */
    static Map<NamedReference, ColumnStatistics> of(FileStoreTable table, StructType schema) {
        Map<NamedReference, ColumnStatistics> found = new HashMap<>();
        table.statistics().ifPresent(statistics -> {
            for (StructField field : schema.fields()) {
                ColStats<?> column = statistics.colStats().get(field.name());
                if (column != null && table.rowType().containsField(field.name())) {
                    found.put(Expressions.column(quoted(field.name())), of(table, field, column));
                }
            }
        });
        return found;
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static ColumnStatistics of(FileStoreTable table, StructField field, ColStats<?> column) {
        org.apache.paimon.types.DataType type =
                table.rowType().getField(field.name()).type();
        return new OfColumn(
                column.distinctCount(),
                column.min().map(value -> SparkValues.toSpark(value, type, field.dataType())),
                column.max().map(value -> SparkValues.toSpark(value, type, field.dataType())),
                column.nullCount(),
                column.avgLen(),
                column.maxLen());
    }

    private record OfColumn(
            OptionalLong distinctCount,
            Optional<Object> min,
            Optional<Object> max,
            OptionalLong nullCount,
            OptionalLong avgLen,
            OptionalLong maxLen)
            implements ColumnStatistics {}
}
