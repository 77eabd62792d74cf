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
package dev.trestle.catalog.paimon;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.consumer.ConsumerInfo;
import org.apache.paimon.function.FunctionChange;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.partition.PartitionStatistics;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.requests.CreateFunctionRequest;
import org.apache.paimon.rest.responses.GetFunctionResponse;
import org.apache.paimon.rest.responses.GetTagResponse;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewSchema;

/**
 * The JSON of the Paimon REST API. Paimon's own types (schemas, changes, snapshots, partitions) are written and read by
 * Paimon's own rules, which live in its shaded Jackson; everything around them by ours. This is the bridge between the two.
 */
final class PaimonJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(paimonTypes())
            .build();

    private static final int LONGEST_WORDS = 200;

    private PaimonJson() {}

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write a " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** @throws IOException if the bytes are not the JSON of that type */
    static <T> T read(byte[] json, Class<T> type) throws IOException {
        return MAPPER.readValue(json, type);
    }

    /** @throws IOException if the tree is not the JSON of that type */
    static <T> T read(JsonNode json, Class<T> type) throws IOException {
        return MAPPER.readValue(MAPPER.treeAsTokens(json), type);
    }

    /** What there is in good JSON that this version cannot read; empty where the JSON itself is not good. */
    static Optional<String> unknownContent(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownContentException unknown) {
                return Optional.of(unknown.getMessage());
            }
        }
        return Optional.empty();
    }

    private static SimpleModule paimonTypes() {
        SimpleModule module = new SimpleModule("paimon");
        bridge(module, Identifier.class);
        bridge(module, Partition.class);
        bridge(module, PartitionStatistics.class);
        bridge(module, Schema.class);
        bridge(module, SchemaChange.class);
        bridge(module, Snapshot.class);
        bridge(module, ConsumerInfo.class);
        bridge(module, CreateFunctionRequest.class);
        bridge(module, FunctionChange.class);
        bridge(module, GetFunctionResponse.class);
        bridge(module, GetTagResponse.class);
        bridge(module, Instant.class);
        bridge(module, ViewChange.class);
        bridge(module, ViewSchema.class);
        bridge(module, TableSnapshot.class);
        return module;
    }

    private static <T> void bridge(SimpleModule module, Class<T> type) {
        module.addSerializer(type, new PaimonSerializer<>(type));
        module.addDeserializer(type, new PaimonDeserializer<>(type));
    }

    private static final class PaimonSerializer<T> extends StdSerializer<T> {

        private static final long serialVersionUID = 1L;

        PaimonSerializer(Class<T> type) {
            super(type);
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeRawValue(RESTApi.toJson(value));
        }
    }

    private static final class PaimonDeserializer<T> extends StdDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final Class<T> type;

        PaimonDeserializer(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String json = parser.readValueAsTree().toString();
            try {
                return RESTApi.fromJson(json, type);
            } catch (IOException | RuntimeException e) {
                throw new UnknownContentException(type, e);
            }
        }
    }

    /** Good JSON with something in it that this version of Paimon cannot read, such as a data type of a newer one. */
    private static final class UnknownContentException extends IOException {

        private static final long serialVersionUID = 1L;

        /** The message holds Paimon's words, and not the JSON that its parser may quote after them. */
        UnknownContentException(Class<?> type, Exception cause) {
            super("a " + type.getSimpleName().toLowerCase(Locale.ROOT)
                    + " with something in it that this version does not know: " + words(cause));
        }

        private static String words(Exception cause) {
            Throwable innermost = cause;
            while (innermost.getCause() != null) {
                innermost = innermost.getCause();
            }
            String words = innermost
                            instanceof
                            org.apache.paimon.shade.jackson2.com.fasterxml.jackson.core.JsonProcessingException json
                    ? json.getOriginalMessage()
                    : String.valueOf(innermost.getMessage());
            String line = words.lines().map(String::strip).collect(Collectors.joining(" "));
            return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
        }
    }
}
