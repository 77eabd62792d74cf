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
package dev.trestle.catalog.queryauth;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.types.DataType;
import org.apache.paimon.utils.JsonSerdeUtil;

/**
 * What a filter compares with. Paimon writes decimals, dates and times in a form that it does not read again, and cuts
 * numbers to what the type holds, with which a filter would let other rows through.
 */
final class RuleLiteral {

    private RuleLiteral() {}

    /**
     * The value as Paimon holds it; null for the JSON {@code null}.
     *
     * @throws RuntimeException if it is not of the type; the message may quote it
     */
    static Object of(DataType type, String json) {
        return switch (type.getTypeRoot()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> exact(type, read(json, BigDecimal.class));
            case DATE -> value(type, read(json, LocalDate.class));
            case TIME_WITHOUT_TIME_ZONE -> value(type, wholeMillis(read(json, LocalTime.class)));
            case TIMESTAMP_WITHOUT_TIME_ZONE -> value(type, read(json, LocalDateTime.class));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> value(type, read(json, Instant.class));
            default -> value(type, read(json, Object.class));
        };
    }

    private static Object exact(DataType type, BigDecimal number) {
        Object value = value(type, number);
        if (number != null && (value == null || new BigDecimal(value.toString()).compareTo(number) != 0)) {
            throw new IllegalArgumentException(type.asSQLString() + " does not hold " + number);
        }
        return value;
    }

    /** As Paimon keeps a time of day; it cuts the rest off. */
    private static LocalTime wholeMillis(LocalTime time) {
        if (time != null && !time.equals(time.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("A time of day is kept in milliseconds, and not as " + time);
        }
        return time;
    }

    private static Object value(DataType type, Object read) {
        return PredicateBuilder.convertJavaObject(type, read);
    }

    private static <T> T read(String json, Class<T> type) {
        return JsonSerdeUtil.fromJson(json, type);
    }
}
