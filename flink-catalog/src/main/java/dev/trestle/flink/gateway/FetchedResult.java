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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One answer of the endpoint that results are fetched from. */
sealed interface FetchedResult {

    /** Nothing yet: the same token is asked for again. */
    record NotReady() implements FetchedResult {}

    /** A page, often without rows, and the token of the next. */
    record Payload(ResultPage page, long nextToken) implements FetchedResult {}

    /** The last page. Only this is success. */
    record EndOfStream(ResultPage page) implements FetchedResult {}

    static FetchedResult read(JsonNode json, long token) {
        String type = json.path("resultType").asText();
        return switch (type) {
            case "NOT_READY" -> new NotReady();
            case "PAYLOAD" -> new Payload(readPage(json), nextToken(json, token));
            case "EOS" -> new EndOfStream(readPage(json));
            default ->
                throw new UnexpectedAnswerException("The gateway sent a result of the unknown type '" + type + "'");
        };
    }

    private static ResultPage readPage(JsonNode json) {
        JsonNode results = json.path("results");
        String rowFormat = results.path("rowFormat").asText("JSON");
        RowFormat format = Stream.of(RowFormat.values())
                .filter(known -> known.name().equals(rowFormat))
                .findFirst()
                .orElseThrow(() -> new UnexpectedAnswerException(
                        "The gateway sent rows in the format " + rowFormat + ", which this client does not know"));
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : results.path("columns")) {
            columns.add(new Column(
                    column.path("name").asText(),
                    ColumnTypeReader.read(column.path("logicalType")),
                    Optional.ofNullable(column.path("comment").textValue())));
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : results.path("data")) {
            rows.add(readRow(format, columns, row));
        }
        return new ResultPage(
                columns, rows, Optional.ofNullable(json.path("jobID").textValue()), kind(json));
    }

    /** Versions before Flink 1.17 send neither of the two fields. */
    private static ResultKind kind(JsonNode json) {
        if (json.path("isQueryResult").asBoolean()) {
            return ResultKind.QUERY;
        }
        return json.path("resultKind").asText().equals("SUCCESS") ? ResultKind.DONE : ResultKind.CONTENT;
    }

    private static Row readRow(RowFormat format, List<Column> columns, JsonNode row) {
        JsonNode fields = row.path("fields");
        if (fields.size() != columns.size()) {
            throw new UnexpectedAnswerException(
                    "The gateway sent a row of " + fields.size() + " values for " + columns.size() + " columns");
        }
        List<Object> values = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            values.add(read(format, columns.get(i).type(), fields.get(i)));
        }
        return new Row(RowKind.named(row.path("kind").asText("INSERT")), values);
    }

    private static Object read(RowFormat format, ColumnType type, JsonNode value) {
        return switch (format) {
            case JSON -> ValueReader.read(type, value);
            case PLAIN_TEXT -> value.isTextual() ? PlainTextReader.read(type, value.textValue()) : null;
        };
    }

    /** The token at the end of {@code nextResultUri}, which has neither host nor a proxy's prefix and is not followed. */
    private static long nextToken(JsonNode json, long token) {
        String uri = json.path("nextResultUri").asText("");
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        try {
            long next = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
            if (next >= token) {
                return next;
            }
        } catch (NumberFormatException e) {
            // Told below, like a token that went back.
        }
        throw new UnexpectedAnswerException("The gateway sent no usable next token after token " + token);
    }
}
