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
        return MAPPER.treeToValue(json, type);
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
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}
