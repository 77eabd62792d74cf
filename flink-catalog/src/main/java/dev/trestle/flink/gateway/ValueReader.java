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
package dev.trestle.flink.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads the values of the JSON row format, of a session whose time zone is UTC.
 *
 * <p>The format is lossy by itself (5.00 is sent as 5, a TIMESTAMP_LTZ is local time marked as UTC): the column's type and
 * the session's zone make its values whole again.
 */
final class ValueReader {

    private ValueReader() {}

    static Object read(ColumnType type, JsonNode json) {
        if (json.isNull() || json.isMissingNode()) {
            return null;
        }
        try {
            if (type instanceof ColumnType.Atomic atomic) {
                return readAtomic(atomic, json);
            }
            if (type instanceof ColumnType.Array array) {
                return readArray(array, json);
            }
            if (type instanceof ColumnType.Map map) {
                return readMap(map.value(), json);
            }
            if (type instanceof ColumnType.Multiset) {
                return readMap(COUNT, json);
            }
            if (type instanceof ColumnType.Struct struct) {
                return readStruct(struct, json);
            }
            if (type instanceof ColumnType.Interval interval) {
                return interval.root().equals("INTERVAL_YEAR_MONTH")
                        ? Period.ofMonths(Math.toIntExact(json.longValue())).normalized()
                        : Duration.ofMillis(json.longValue());
            }
            return json.isTextual() ? json.textValue() : json.toString();
        } catch (IOException | DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new UnexpectedAnswerException(
                    "The gateway sent a value that is no " + type.root() + ": " + abridged(json.toString()), e);
        }
    }

    static final ColumnType COUNT =
            new ColumnType.Atomic("INTEGER", false, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static Object readAtomic(ColumnType.Atomic type, JsonNode json) throws IOException {
        return switch (type.root()) {
            case "BOOLEAN" -> json.booleanValue();
            case "TINYINT", "SMALLINT", "INTEGER" -> Math.toIntExact(wholeNumber(json));
            case "BIGINT" -> wholeNumber(json);
            case "DECIMAL" -> decimal(type, json);
            case "FLOAT" -> json.isTextual() ? Float.parseFloat(json.textValue()) : json.floatValue();
            case "DOUBLE" -> json.isTextual() ? Double.parseDouble(json.textValue()) : json.doubleValue();
            case "BINARY", "VARBINARY" -> json.binaryValue();
            case "DATE" -> LocalDate.parse(json.asText());
            case "TIME_WITHOUT_TIME_ZONE" -> LocalTime.parse(withoutZone(json.asText()));
            case "TIMESTAMP_WITHOUT_TIME_ZONE" -> timestamp(json.asText());
            case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> timestamp(json.asText()).toInstant(ZoneOffset.UTC);
            default -> json.asText();
        };
    }

    private static long wholeNumber(JsonNode json) {
        return json.isNumber() ? json.decimalValue().longValueExact() : Long.parseLong(json.asText());
    }

    private static BigDecimal decimal(ColumnType.Atomic type, JsonNode json) {
        BigDecimal number = json.isNumber() ? json.decimalValue() : new BigDecimal(json.asText());
        return type.scale().isPresent() ? number.setScale(type.scale().getAsInt()) : number;
    }

    private static LocalDateTime timestamp(String text) {
        return LocalDateTime.parse(withoutZone(text).replace(' ', 'T'));
    }

    private static String withoutZone(String text) {
        return text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    }

    private static List<Object> readArray(ColumnType.Array type, JsonNode json) {
        List<Object> elements = new ArrayList<>(json.size());
        json.forEach(element -> elements.add(read(type.element(), element)));
        return elements;
    }

    private static Map<String, Object> readMap(ColumnType valueType, JsonNode json) {
        Map<String, Object> entries = new LinkedHashMap<>();
        json.properties().forEach(entry -> entries.put(entry.getKey(), read(valueType, entry.getValue())));
        return entries;
    }

    private static Map<String, Object> readStruct(ColumnType.Struct type, JsonNode json) {
        Map<String, Object> values = new LinkedHashMap<>();
        type.fields().forEach(field -> values.put(field.name(), read(field.type(), json.path(field.name()))));
        return values;
    }

    static String abridged(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
