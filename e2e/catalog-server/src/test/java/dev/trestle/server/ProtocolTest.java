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
package dev.trestle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.responses.ConfigResponse;
import org.apache.paimon.rest.responses.ErrorResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers, word for word, where Paimon's client would hide it. */
@Timeout(60)
class ProtocolTest {

    private static final String DATABASES = "/v1/trestle/databases";
    private static final String TABLES = DATABASES + "/db/tables";
    private static final String SCHEMA =
            "{\"fields\":[{\"id\":0,\"name\":\"a\",\"type\":\"INT\"},{\"id\":1,\"name\":\"b\",\"type\":\"STRING\"}],"
                    + "\"partitionKeys\":[],\"primaryKeys\":[],\"options\":{}}";

    @TempDir
    private Path directory;

    private CatalogServer server;

    @BeforeEach
    void start() throws Exception {
        server = CatalogServer.start(ServerOptions.builder(directory.resolve("wh"))
                .configDefault("k", "v")
                .configOverride("o", "w")
                .build());
        assertThat(post(DATABASES, "{\"name\":\"db\",\"options\":{}}").statusCode())
                .isEqualTo(200);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return Http.get(server.uri(), path);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return Http.post(server.uri(), path, body);
    }

    private void createTable(String name) throws Exception {
        String body = "{\"identifier\":{\"database\":\"db\",\"object\":\"" + name + "\"},\"schema\":" + SCHEMA + "}";
        assertThat(post(TABLES, body).statusCode()).isEqualTo(200);
    }

    @Test
    void tellsClientsTheirConfiguration() throws Exception {
        ConfigResponse config = RESTApi.fromJson(get("/v1/config").body(), ConfigResponse.class);

        assertThat(config.getDefaults()).isEqualTo(Map.of("prefix", "trestle", "k", "v"));
        assertThat(config.getOverrides()).isEqualTo(Map.of("o", "w"));
    }

    @Test
    void knowsItsWarehouseByNamePathAndUri() throws Exception {
        String path = directory.resolve("wh").toString();
        String encoded = path.replace("/", "%2F");
        for (String name :
                new String[] {"wh", encoded, "file%3A" + encoded, encoded.replace("%", "%25"), encoded + "%2F"}) {
            assertThat(get("/v1/config?warehouse=" + name).statusCode())
                    .as(name)
                    .isEqualTo(200);
        }

        HttpResponse<String> other = get("/v1/config?warehouse=other");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(Http.error(other).getMessage()).contains("other");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nope, 404",
        "GET, /, 404",
        "GET, /v1/other/databases, 404",
        "GET, /v1/trestle/databases/, 404",
        "PUT, /v1/trestle/databases, 405",
        "DELETE, /v1/config, 405",
        "PUT, /health, 405",
        "GET, /v1/trestle/databases/db/views, 200",
        "GET, /v1/trestle/databases/nope/views, 404",
        "GET, /v1/trestle/databases/db/views/v, 404",
        "POST, /v1/trestle/databases/db/views, 400",
        "GET, /v1/trestle/functions, 200",
        "GET, /v1/trestle/databases/db/functions/f, 404",
        "POST, /v1/trestle/databases/db/functions, 400",
        "GET, /v1/trestle/databases/db/tables/t/token, 501",
        "GET, /v1/trestle/databases/db/tables?maxResults=x, 400",
        "GET, /v1/trestle/databases/db/tables?maxResults=-1, 400",
        "GET, /v1/trestle/databases/db/tables?maxResults=, 200",
        "GET, /v1/trestle/databases/db/tables?maxResults=0, 200",
        "GET, /v1/trestle/databases/db/tables?maxResults=99999999999, 200",
        "GET, /v1/trestle/databases/db/tables?tableNamePattern=a%25b, 400",
        "GET, /v1/trestle/tables?pageToken=x, 400",
        "GET, /v1/trestle/databases/db/tables/a$b$c$d, 400",
        "GET, /v1/trestle/databases/db/tables/t$snapshots, 404"
    })
    void answersErrorsInTheShapeOfTheApi(String method, String path, int status) throws Exception {
        HttpResponse<String> response = Http.send(server.uri(), method, path, "", Map.of());

        assertThat(response.statusCode()).isEqualTo(status);
        if (status >= 400) {
            assertThat(Http.error(response).getMessage()).isNotBlank();
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        }
    }

    @Test
    void namesTheOperationThatItLacks() throws Exception {
        assertThat(Http.error(get(DATABASES + "/db/tables/t/token")).getMessage())
                .contains("getTableToken");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "null", "[]", "{\"name\":null}", "{\"name\":\"\"}", "{\"name\":\"sys\"}", "nonsense"})
    void refusesABodyThatMakesNoSense(String body) throws Exception {
        assertThat(Http.error(post(DATABASES, body)).getCode()).isEqualTo(400);
    }

    @Test
    void refusesABodyThatIsNotText() throws Exception {
        String answer = raw(
                "POST " + DATABASES + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 14\r\n\r\n",
                new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xe9, '"', '}', ' ', ' '});

        assertThat(answer).startsWith("HTTP/1.1 400").contains("UTF-8");
    }

    @Test
    void answersWhatIsNotHttpAtAll() throws Exception {
        assertThat(raw("NONSENSE\r\n\r\n", new byte[0]))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":400");
    }

    private String raw(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.uri().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void namesWhatIsMissingOrInTheWay() throws Exception {
        createTable("t");

        expect(get(DATABASES + "/nope"), 404, "DATABASE", "nope");
        expect(get(DATABASES + "/nope/tables/t"), 404, "DATABASE", "nope");
        expect(get(TABLES + "/nope"), 404, "TABLE", "nope");
        expect(get(TABLES + "/t$branch_b"), 404, "TABLE", "t");
        expect(get("/v1/trestle/tables/id/no-id"), 404, "TABLE", "no-id");
        expect(get(TABLES + "/t/snapshot"), 404, "SNAPSHOT", "LATEST");
        expect(get(TABLES + "/t/snapshots/7"), 404, "SNAPSHOT", "7");
        expect(post(DATABASES, "{\"name\":\"db\",\"options\":{}}"), 409, "DATABASE", "db");
        expect(alter("{\"action\":\"addColumn\",\"fieldNames\":[\"a\"],\"dataType\":\"INT\"}"), 409, "COLUMN", "a");
        expect(alter("{\"action\":\"dropColumn\",\"fieldNames\":[\"z\"]}"), 404, "COLUMN", "z");
        expect(
                alter("{\"action\":\"updateColumnType\",\"fieldNames\":[\"b\"],"
                        + "\"newDataType\":{\"type\":\"ARRAY\",\"element\":\"INT\"},\"keepNullability\":false}"),
                400,
                null,
                null);
        expect(alter("{\"action\":\"setOption\",\"key\":\"path\",\"value\":\"/x\"}"), 400, null, null);
        expect(alter("{\"action\":\"unheard-of\"}"), 400, null, null);
    }

    private HttpResponse<String> alter(String change) throws Exception {
        return post(TABLES + "/t", "{\"changes\":[" + change + "]}");
    }

    private static void expect(HttpResponse<String> response, int status, String type, String name) throws Exception {
        ErrorResponse error = Http.error(response);
        assertThat(error.getCode()).isEqualTo(status);
        assertThat(error.getResourceType()).isEqualTo(type);
        assertThat(error.getResourceName()).isEqualTo(name);
    }

    @Test
    void refusesTableTypesThatItDoesNotKeep() throws Exception {
        String body = "{\"identifier\":{\"database\":\"db\",\"object\":\"o\"},\"schema\":"
                + SCHEMA.replace("\"options\":{}", "\"options\":{\"type\":\"object-table\"}") + "}";

        assertThat(Http.error(post(TABLES, body)).getMessage()).contains("object-table");
        assertThat(post(TABLES, body).statusCode()).isEqualTo(501);
    }

    @Test
    void refusesASnapshotThatSkipsOneOrLacksItsFiles() throws Exception {
        createTable("t");

        expect(commit(2, "null"), 409, "SNAPSHOT", "2");
        expect(commit(1, "null"), 400, null, null);
        expect(commit(1, "\"another-id\""), 404, "TABLE", "t");
        expect(get(TABLES + "/t/snapshot"), 404, "SNAPSHOT", "LATEST");
    }

    private HttpResponse<String> commit(long id, String tableId) throws Exception {
        return post(
                TABLES + "/t/commit",
                "{\"tableId\":" + tableId + ",\"snapshot\":{\"version\":3,\"id\":" + id
                        + ",\"schemaId\":0,\"baseManifestList\":\"manifest-list-x-0\","
                        + "\"deltaManifestList\":\"manifest-list-x-1\",\"commitUser\":\"u\",\"commitIdentifier\":1,"
                        + "\"commitKind\":\"APPEND\",\"timeMillis\":1,\"totalRecordCount\":0,\"deltaRecordCount\":0},"
                        + "\"statistics\":[]}");
    }

    @Test
    void returnsTheRequestIdOrMakesOne() throws Exception {
        assertThat(Http.send(server.uri(), "GET", "/health", "", Map.of("x-request-id", "abc"))
                        .headers()
                        .firstValue("x-request-id"))
                .contains("abc");
        assertThat(get("/health").headers().firstValue("x-request-id").orElseThrow())
                .hasSize(36);
        assertThat(Http.send(server.uri(), "GET", "/health", "", Map.of("x-request-id", "a b"))
                        .headers()
                        .firstValue("x-request-id"))
                .isNotEqualTo(Optional.of("a b"));
    }

    @Test
    void countsCallsByOperation() throws Exception {
        server.resetCallCounts();
        get("/v1/config");
        get(DATABASES);
        get(DATABASES);
        get(DATABASES + "/nope");
        get("/health");

        Map<String, Long> expected = Map.of("getConfig", 1L, "listDatabases", 2L, "getDatabase", 1L);
        assertThat(server.callCounts()).isEqualTo(expected);
        assertThat(get("/metrics/calls").body()).isEqualTo("{\"getConfig\":1,\"getDatabase\":1,\"listDatabases\":2}");
        assertThat(Http.send(server.uri(), "DELETE", "/metrics/calls", "", Map.of())
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.callCounts()).isEmpty();
    }

    @Test
    void letsOneServerAloneUseAStore() {
        ServerOptions same = ServerOptions.builder(directory.resolve("wh")).build();

        assertThatThrownBy(() -> CatalogServer.start(same)).hasMessageContaining("Another catalog server");
    }

    @Test
    void removesTheFilesOfADroppedTable() throws Exception {
        createTable("t");
        Path files = directory.resolve("wh");
        assertThat(files).isDirectoryRecursivelyContaining("glob:**/schema-0");

        Http.send(server.uri(), "DELETE", DATABASES + "/db", "", Map.of());
        server.close();

        assertThat(files).isDirectoryNotContaining("glob:**/db-*");
        server = CatalogServer.start(ServerOptions.builder(files).build());
    }
}
