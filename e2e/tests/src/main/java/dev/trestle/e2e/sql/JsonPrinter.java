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
package dev.trestle.e2e.sql;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trestle.flink.gateway.Column;
import dev.trestle.flink.gateway.ResultPage;
import dev.trestle.flink.gateway.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * One JSON object a row and line: <code>{"op":"+I","row":{"id":1}}</code>. Bytes are base64; times, dates and intervals ISO
 * 8601; NaN and Infinity texts.
 */
final class JsonPrinter implements ResultPrinter {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private final PrintStream out;
    private List<Column> columns = List.of();

    JsonPrinter(PrintStream out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void print(ResultPage page) {
        if (!page.columns().isEmpty()) {
            columns = page.columns();
        }
        page.rows().forEach(row -> out.println(line(row)));
        out.flush();
    }

    @Override
    public void end() {
        // Nothing stands below.
    }

    private String line(Row row) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("op", row.kind().sign());
            json.writeObjectFieldStart("row");
            for (int i = 0; i < columns.size(); i++) {
                json.writeFieldName(columns.get(i).name());
                write(json, row.values().get(i));
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[]) {
            json.writePOJO(value);
        } else if (value instanceof List<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> entries) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else {
            json.writeString(value.toString());
        }
    }
}
