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

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBase;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBinary;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBoolean;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataDate;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataDouble;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataLong;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataString;
import org.apache.flink.table.catalog.stats.Date;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DecimalType;

/**
 * What is known of a column, in Flink's terms and in Paimon's. Flink has fewer: of strings and times it knows no least and
 * greatest value, of Booleans how many of each.
 */
final class ColumnStatistics {

    private ColumnStatistics() {}

    /** A column's statistics for Flink; empty for types that Flink has none for. */
    static Optional<CatalogColumnStatisticsDataBase> toFlink(DataType type, ColStats<?> column) {
        Long nulls = orNull(column.nullCount());
        Long distinct = orNull(column.distinctCount());
        Object min = column.min().orElse(null);
        Object max = column.max().orElse(null);
        return Optional.ofNullable(
                switch (type.getTypeRoot()) {
                    case BOOLEAN -> new CatalogColumnStatisticsDataBoolean(null, null, nulls);
                    case TINYINT, SMALLINT, INTEGER, BIGINT, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                        new CatalogColumnStatisticsDataLong(whole(min), whole(max), distinct, nulls);
                    case TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE ->
                        new CatalogColumnStatisticsDataLong(null, null, distinct, nulls);
                    case FLOAT, DOUBLE, DECIMAL ->
                        new CatalogColumnStatisticsDataDouble(fraction(min), fraction(max), distinct, nulls);
                    case DATE -> new CatalogColumnStatisticsDataDate(day(min), day(max), distinct, nulls);
                    case CHAR, VARCHAR ->
                        new CatalogColumnStatisticsDataString(
                                orNull(column.maxLen()), asDouble(column.avgLen()), distinct, nulls);
                    case BINARY, VARBINARY ->
                        new CatalogColumnStatisticsDataBinary(
                                orNull(column.maxLen()), asDouble(column.avgLen()), nulls);
                    default -> null;
                });
    }

    /** A column's statistics for Paimon, with the least and greatest value in the column's own type. */
    static ColStats<?> toPaimon(DataField field, CatalogColumnStatisticsDataBase found) {
        int id = field.id();
        Long nulls = found.getNullCount();
        if (found instanceof CatalogColumnStatisticsDataBoolean of) {
            return ColStats.newColStats(id, values(of), null, null, nulls, null, null);
        }
        if (found instanceof CatalogColumnStatisticsDataString of) {
            return ColStats.newColStats(id, of.getNdv(), null, null, nulls, whole(of.getAvgLength()), of.getMaxLength());
        }
        if (found instanceof CatalogColumnStatisticsDataBinary of) {
            return ColStats.newColStats(id, null, null, null, nulls, whole(of.getAvgLength()), of.getMaxLength());
        }
        if (found instanceof CatalogColumnStatisticsDataLong of) {
            return ranged(field, of.getNdv(), of.getMin(), of.getMax(), nulls);
        }
        if (found instanceof CatalogColumnStatisticsDataDouble of) {
            return ranged(field, of.getNdv(), of.getMin(), of.getMax(), nulls);
        }
        if (found instanceof CatalogColumnStatisticsDataDate of) {
            return ranged(field, of.getNdv(), days(of.getMin()), days(of.getMax()), nulls);
        }
        throw new UnsupportedOperationException("Statistics " + found.getClass().getSimpleName() + " of column '"
                + field.name() + "' cannot be kept.");
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The value has the column's type, which is known at run time only.
    private static ColStats<?> ranged(DataField field, Long distinct, Number min, Number max, Long nulls) {
        return ColStats.newColStats(
                field.id(),
                distinct,
                (Comparable) value(field.type(), min),
                (Comparable) value(field.type(), max),
                nulls,
                null,
                null);
    }

    private static Comparable<?> value(DataType type, Number number) {
        if (number == null) {
            return null;
        }
        return switch (type.getTypeRoot()) {
            case TINYINT -> number.byteValue();
            case SMALLINT -> number.shortValue();
            case INTEGER, DATE -> number.intValue();
            case BIGINT -> number.longValue();
            case FLOAT -> number.floatValue();
            case DOUBLE -> number.doubleValue();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Timestamp.fromEpochMillis(number.longValue());
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield Decimal.fromBigDecimal(
                        BigDecimal.valueOf(number.doubleValue()), decimal.getPrecision(), decimal.getScale());
            }
            default -> null;
        };
    }

    private static Long values(CatalogColumnStatisticsDataBoolean column) {
        if (column.getTrueCount() == null || column.getFalseCount() == null) {
            return null;
        }
        return (column.getTrueCount() > 0 ? 1L : 0L) + (column.getFalseCount() > 0 ? 1L : 0L);
    }

    private static Long whole(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.getMillisecond();
        }
        return value instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    private static Double fraction(Object value) {
        if (value instanceof Decimal decimal) {
            return decimal.toBigDecimal().doubleValue();
        }
        return value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    private static Date day(Object value) {
        return value instanceof Number number ? new Date(number.longValue()) : null;
    }

    private static Long days(Date date) {
        return date == null ? null : date.getDaysSinceEpoch();
    }

    private static Double asDouble(OptionalLong value) {
        return value.isPresent() ? Double.valueOf(value.getAsLong()) : null;
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
