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
import dev.trestle.flink.gateway.ColumnType.Field;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Reads the {@code logicalType} of a column. */
final class ColumnTypeReader {

    private ColumnTypeReader() {}

    static ColumnType read(JsonNode json) {
        String root = json.path("type").asText("");
        boolean nullable = json.path("nullable").asBoolean(true);
        return switch (root) {
            case "ARRAY" -> new ColumnType.Array(nullable, read(json.path("elementType")));
            case "MULTISET" -> new ColumnType.Multiset(nullable, read(json.path("elementType")));
            case "MAP" -> new ColumnType.Map(nullable, read(json.path("keyType")), read(json.path("valueType")));
            case "ROW" ->
                new ColumnType.Struct(
                        nullable,
                        StreamSupport.stream(json.path("fields").spliterator(), false)
                                .map(field -> new Field(
                                        field.path("name").asText(),
                                        read(field.path("fieldType")),
                                        Optional.ofNullable(
                                                field.path("description").textValue())))
                                .toList());
            case "INTERVAL_YEAR_MONTH", "INTERVAL_DAY_TIME" ->
                new ColumnType.Interval(root, nullable, json.path("resolution").asText(""));
            case "CHAR",
                    "VARCHAR",
                    "BOOLEAN",
                    "BINARY",
                    "VARBINARY",
                    "DECIMAL",
                    "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "FLOAT",
                    "DOUBLE",
                    "DATE",
                    "TIME_WITHOUT_TIME_ZONE",
                    "TIMESTAMP_WITHOUT_TIME_ZONE",
                    "TIMESTAMP_WITH_LOCAL_TIME_ZONE",
                    "NULL" ->
                new ColumnType.Atomic(
                        root, nullable, number(json, "length"), number(json, "precision"), number(json, "scale"));
            default -> new ColumnType.Unknown(root, nullable, json.toString());
        };
    }

    private static OptionalInt number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        return value.canConvertToInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
    }
}
