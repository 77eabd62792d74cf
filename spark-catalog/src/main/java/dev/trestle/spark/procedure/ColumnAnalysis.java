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
package dev.trestle.spark.procedure;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.nanvl;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import dev.trestle.spark.data.ColumnReferences;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DecimalType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;

/**
 * What is asked of the rows about one column, and what the answers are to Paimon. NULLs are counted in all columns, and
 * different values, about, in all that have no parts; texts and bytes have lengths, in bytes; numbers, Booleans, dates and
 * timestamps have a least and a greatest value, NaN left aside, since planners reckon with a range by them.
 */
record ColumnAnalysis(DataField field) {

    private static final String PRESENT = "present";
    private static final String DISTINCT = "distinct";
    private static final String LEAST = "least";
    private static final String GREATEST = "greatest";
    private static final String MEAN_LENGTH = "mean length";
    private static final String GREATEST_LENGTH = "greatest length";

    /** What to ask. */
    List<Column> aggregates() {
        Column column = functions.col(ColumnReferences.quoted(field.name()));
        List<Column> asked = new ArrayList<>();
        asked.add(count(column).as(alias(PRESENT)));
        if (isPlain()) {
            asked.add(approx_count_distinct(column, SQLConf.get().ndvMaxError()).as(alias(DISTINCT)));
        }
        if (hasLength()) {
            asked.add(avg(octet_length(column)).as(alias(MEAN_LENGTH)));
            asked.add(max(octet_length(column)).as(alias(GREATEST_LENGTH)));
        }
        if (hasRange()) {
            asked.add(exact(min(ordered(column))).as(alias(LEAST)));
            asked.add(exact(max(ordered(column))).as(alias(GREATEST)));
        }
        return asked;
    }

    private boolean isPlain() {
        return switch (field.type().getTypeRoot()) {
            case ARRAY, MAP, MULTISET, ROW, VECTOR, VARIANT, BLOB -> false;
            default -> true;
        };
    }

    private boolean hasLength() {
        return switch (field.type().getTypeRoot()) {
            case CHAR, VARCHAR, BINARY, VARBINARY -> true;
            default -> false;
        };
    }

    private boolean hasRange() {
        return switch (field.type().getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }

    private Column ordered(Column column) {
        return switch (field.type().getTypeRoot()) {
            case FLOAT, DOUBLE -> nanvl(column, lit(null));
            default -> column;
        };
    }

    /** Rows give dates and times of the session's zone and calendar by themselves. */
    private Column exact(Column value) {
        return switch (field.type().getTypeRoot()) {
            case DATE -> unix_date(value);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> unix_micros(value);
            default -> value;
        };
    }

    private String alias(String what) {
        return what + " of " + field.id();
    }

    /** What the answers say, of so many rows. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // The values have the column's type, which is known at run time only.
    ColStats<?> found(Row row, long rows) {
        long present = row.getLong(row.fieldIndex(alias(PRESENT)));
        return ColStats.newColStats(
                field.id(),
                isPlain() ? Math.min(present, row.getLong(row.fieldIndex(alias(DISTINCT)))) : null,
                hasRange() ? (Comparable) toPaimon(answer(row, LEAST)) : null,
                hasRange() ? (Comparable) toPaimon(answer(row, GREATEST)) : null,
                rows - present,
                hasLength() ? length(answer(row, MEAN_LENGTH)) : null,
                hasLength() ? length(answer(row, GREATEST_LENGTH)) : null);
    }

    private Optional<Object> answer(Row row, String what) {
        return Optional.ofNullable(row.get(row.fieldIndex(alias(what))));
    }

    private static Long length(Optional<Object> length) {
        return length.map(value -> (long) Math.ceil(((Number) value).doubleValue()))
                .orElse(null);
    }

    private Object toPaimon(Optional<Object> answer) {
        return answer.map(value -> switch (field.type().getTypeRoot()) {
                    case DECIMAL -> {
                        DecimalType type = (DecimalType) field.type();
                        yield Decimal.fromBigDecimal((BigDecimal) value, type.getPrecision(), type.getScale());
                    }
                    case TIMESTAMP_WITHOUT_TIME_ZONE -> Timestamp.fromLocalDateTime((LocalDateTime) value);
                    case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Timestamp.fromMicros((long) value);
                    default -> value;
                })
                .orElse(null);
    }
}
