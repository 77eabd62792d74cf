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
package dev.trestle.flink.read;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.plan.stats.ColumnStats;
import org.apache.flink.table.plan.stats.TableStats;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/**
 * Statistics that a source of Paimon's tells, with least and greatest values that Flink's planner can compare with literals: it
 * has numbers and dates of Java. By Paimon's own values a query that compares such a column would not be planned.
 */
public final class ComparableStatistics {

    private ComparableStatistics() {}

    /**
     * The statistics without the least and greatest values that cannot be compared.
     *
     * @param columns the table's; what is told of others is left out
     */
    public static TableStats of(TableStats told, RowType columns) {
        if (told.getColumnStats().isEmpty()) {
            return told;
        }
        Map<String, ColumnStats> comparable = new HashMap<>();
        told.getColumnStats().forEach((name, column) -> {
            if (columns.containsField(name)) {
                comparable.put(name, of(column, columns.getField(name).type()));
            }
        });
        return new TableStats(told.getRowCount(), comparable);
    }

    private static ColumnStats of(ColumnStats told, DataType type) {
        return ColumnStats.Builder.builder()
                .setNdv(told.getNdv())
                .setNullCount(told.getNullCount())
                .setAvgLen(told.getAvgLen())
                .setMaxLen(told.getMaxLen())
                .setMin(value(told.getMin(), type))
                .setMax(value(told.getMax(), type))
                .build();
    }

    /** Null, as in Flink's statistics, for what it does not know. */
    private static Comparable<?> value(Comparable<?> value, DataType type) {
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, FLOAT, DOUBLE -> value instanceof Number ? value : null;
            case DECIMAL -> value instanceof Decimal decimal ? decimal.toBigDecimal() : null;
            case DATE -> value instanceof Integer days ? java.sql.Date.valueOf(LocalDate.ofEpochDay(days)) : null;
            default -> null;
        };
    }
}
