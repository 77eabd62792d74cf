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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaimonJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Around(String before, Schema schema, List<SchemaChange> changes, Identifier identifier) {}

    static Stream<DataType> types() {
        Stream<DataType> plain = Stream.of(
                DataTypes.BOOLEAN(),
                DataTypes.TINYINT(),
                DataTypes.SMALLINT(),
                DataTypes.INT(),
                DataTypes.BIGINT(),
                DataTypes.FLOAT(),
                DataTypes.DOUBLE(),
                DataTypes.DECIMAL(38, 18),
                DataTypes.DECIMAL(1, 0),
                DataTypes.CHAR(1),
                DataTypes.CHAR(255),
                DataTypes.VARCHAR(1),
                DataTypes.STRING(),
                DataTypes.BINARY(16),
                DataTypes.VARBINARY(16),
                DataTypes.BYTES(),
                DataTypes.DATE(),
                DataTypes.TIME(0),
                DataTypes.TIME(9),
                DataTypes.TIMESTAMP(0),
                DataTypes.TIMESTAMP(9),
                DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(0),
                DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(9),
                DataTypes.VARIANT(),
                DataTypes.BLOB(),
                DataTypes.VECTOR(4, DataTypes.FLOAT()),
                DataTypes.ARRAY(DataTypes.INT().notNull()),
                DataTypes.MULTISET(DataTypes.STRING()),
                DataTypes.MAP(DataTypes.STRING().notNull(), DataTypes.ARRAY(DataTypes.DATE())),
                DataTypes.ROW(
                        new DataField(3, "a \"b\"", DataTypes.INT(), "é 😀 \\ \n"),
                        new DataField(
                                4,
                                "r",
                                DataTypes.ROW(
                                        new DataField(5, "x", DataTypes.BIGINT().notNull())))));
        return plain.flatMap(type -> Stream.of(type, type.notNull()));
    }

    @ParameterizedTest
    @MethodSource("types")
    void carriesEveryType(DataType type) throws Exception {
        Schema schema = new Schema(
                List.of(new DataField(0, "é 😀 \"q\"", type, "about \\ it", null)),
                List.of(),
                List.of(),
                Map.of("k \"1\"", "v\n"),
                "a comment, {\"not\": json}");

        Schema read = PaimonJson.read(PaimonJson.write(schema), Schema.class);

        assertThat(read).isEqualTo(schema);
        assertThat(tree(PaimonJson.write(schema))).isEqualTo(JSON.readTree(RESTApi.toJson(schema)));
    }

    @Test
    void writesPaimonsTypesInsideOfOurs() throws Exception {
        Schema schema = Schema.newBuilder().column("k", DataTypes.INT()).build();
        Around around = new Around(
                "x",
                schema,
                List.of(SchemaChange.dropColumn("k"), SchemaChange.setOption("a", "b")),
                Identifier.create("d", "t"));

        JsonNode tree = tree(PaimonJson.write(around));

        assertThat(tree.at("/schema/fields/0/type").asText()).isEqualTo("INT");
        assertThat(tree.at("/changes/0/action").asText()).isEqualTo("dropColumn");
        assertThat(tree.at("/changes/1/value").asText()).isEqualTo("b");
        assertThat(tree.get("identifier")).isEqualTo(JSON.readTree("{\"database\":\"d\",\"object\":\"t\"}"));
        assertThat(PaimonJson.read(PaimonJson.write(around), Around.class)).isEqualTo(around);
    }

    @Test
    void tellsUnknownContentFromBadJson() {
        byte[] unknown = "{\"fields\":[{\"id\":0,\"name\":\"a\",\"type\":\"NEW\"}]}".getBytes(StandardCharsets.UTF_8);
        byte[] bad = "{\"fields\":[".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> PaimonJson.read(unknown, Schema.class))
                .isInstanceOfSatisfying(IOException.class, e -> assertThat(PaimonJson.unknownContent(e))
                        .hasValueSatisfying(words -> assertThat(words).startsWith("a schema with something")));
        assertThatThrownBy(() -> PaimonJson.read(bad, Schema.class))
                .isInstanceOfSatisfying(IOException.class, e -> assertThat(PaimonJson.unknownContent(e))
                        .isEmpty());
    }

    private static JsonNode tree(byte[] json) throws IOException {
        return JSON.readTree(json);
    }
}
