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

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server answers in the StarRocks dialect, word for word, where a client would hide it. */
@Timeout(60)
class StarRocksProtocolTest {

    private static final String CATALOG = "/api/v2/catalogs/trestle";
    private static final String DATABASES = CATALOG + "/databases";
    private static final String TABLES = DATABASES + "/db/tables";
    private static final String TABLE =
            "{\"name\":\"t\",\"columns\":[{\"name\":\"k\",\"type\":{\"name\":\"INT\"},\"isAllowNull\":false},"
                    + "{\"name\":\"s\",\"type\":{\"name\":\"STRUCT\",\"fields\":[{\"name\":\"a\",\"type\":{\"name\":\"DATE\"}}]}}],"
                    + "\"primaryKeys\":[\"k\"],\"properties\":{\"bucket\":\"1\"}}";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    private Path directory;

    private CatalogServer server;

    @BeforeEach
    void start() throws Exception {
        server = CatalogServer.start(
                ServerOptions.builder(directory.resolve("wh")).build());
        assertThat(send("POST", DATABASES + "/create", "{\"name\":\"db\",\"properties\":{}}")
                        .statusCode())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return Http.get(server.uri(), path);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return Http.send(server.uri(), method, path, body, body.isEmpty() ? Map.of() : JSON);
    }

    @Test
    void wrapsEveryAnswer() throws Exception {
        assertThat(get("/api/v2/catalogs").body())
                .isEqualTo("{\"code\":\"0\",\"message\":\"OK\",\"result\":{\"pageNum\":0,\"pageSize\":100,\"pages\":1,"
                        + "\"total\":1,\"items\":[{\"name\":\"trestle\"}]}}");
        assertThat(get(DATABASES + "/nope").body())
                .isEqualTo("{\"code\":\"404\",\"message\":\"Unknown database 'nope'\"}");
        assertThat(get(TABLES + "/nope").body()).isEqualTo("{\"code\":\"404\",\"message\":\"Unknown table 'nope'\"}");
    }

    @Test
    void saysWhereWhatItMadeIs() throws Exception {
        HttpResponse<String> made = send("PUT", TABLES + "/create", TABLE);
        HttpResponse<String> there = send("PUT", TABLES + "/create", TABLE);
        HttpResponse<String> again = send("POST", TABLES, TABLE);

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"uri\":\"" + TABLES + "/t\"");
        assertThat(there.statusCode()).isEqualTo(200);
        assertThat(there.body()).contains("\"uri\":\"" + TABLES + "/t\"");
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body()).contains("\"code\":\"1050\"").contains("already exists");
    }

    @Test
    void describesATableWithWhatItsFilesNeed() throws Exception {
        send("POST", TABLES + "/create", TABLE);

        assertThat(get(TABLES + "/t").body())
                .contains("\"tableType\":\"table\"", "\"location\":\"file:", "\"schemaId\":0", "\"isExternal\":false")
                .contains(
                        "{\"name\":\"k\",\"type\":{\"name\":\"INT\"},\"isKey\":true,\"isAllowNull\":false,\"uniqueId\":0}")
                .contains("\"fields\":[{\"name\":\"a\",\"uniqueId\":2,\"type\":{\"name\":\"DATE\"}}]")
                .contains("\"primaryKeys\":[\"k\"]", "\"partitionKeys\":[]", "\"bucket\":\"1\"");
        assertThat(get(TABLES + "/t/columns/k").body()).contains("\"name\":\"k\"");
        assertThat(get(TABLES + "/t/columns/z").statusCode()).isEqualTo(404);
    }

    @Test
    void dropsWhatIsNotThere() throws Exception {
        assertThat(send("DELETE", TABLES + "/nope", "").statusCode()).isEqualTo(200);
        assertThat(send("DELETE", DATABASES + "/nope", "").statusCode()).isEqualTo(200);
    }

    @Test
    void dropsADatabaseWithAllThatIsInItOnlyByForce() throws Exception {
        send("POST", TABLES + "/create", TABLE);

        assertThat(send("DELETE", DATABASES + "/db", "").body())
                .contains("\"code\":\"400\"")
                .contains("not empty");
        assertThat(send("DELETE", DATABASES + "/db?force=true", "").statusCode())
                .isEqualTo(200);
        assertThat(get(DATABASES + "/db").statusCode()).isEqualTo(404);
    }

    @Test
    void takesTheShortPathForItsCatalog() throws Exception {
        assertThat(get("/api/v2/databases/db").body())
                .isEqualTo(get(DATABASES + "/db").body());
        assertThat(send("POST", "/api/v2/databases/db/tables/create", TABLE).body())
                .contains("\"uri\":\"" + TABLES + "/t\"");
    }

    @Test
    void servesTheSameTablesAsTheOtherDialect() throws Exception {
        send("POST", TABLES + "/create", TABLE);

        assertThat(get("/v1/trestle/databases/db/tables").body()).contains("[\"t\"]");
    }

    @Test
    void pagesFromZero() throws Exception {
        send("POST", DATABASES + "/create", "{\"name\":\"db2\"}");

        assertThat(get(DATABASES + "?page_num=1&page_size=1").body())
                .contains("\"pageNum\":1,\"pageSize\":1,\"pages\":2,\"total\":2,\"items\":[{\"name\":\"db2\"}]");
        assertThat(get(DATABASES + "?page_num=7").body()).contains("\"items\":[]");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v2/nothing,                                  404",
        "GET,    /api/v1/catalogs,                                 404",
        "GET,    /api/v2/catalogs/other/databases,                 404",
        "POST,   /api/v2/catalogs/trestle/databases/db/tables/t,   405",
        "PUT,    /api/v2/catalogs/trestle,                         405",
        "PATCH,  /api/v2/catalogs/trestle/databases,               405"
    })
    void answersWhatItDoesNotServe(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("\"code\":\"" + status + "\"")
                .doesNotContain("Unknown table", "Unknown database");
    }

    @Test
    void readsAndAnswersJsonAlone() throws Exception {
        String body = "{\"name\":\"x\"}";

        assertThat(Http.send(server.uri(), "POST", DATABASES, body, Map.of("Content-Type", "text/plain"))
                        .statusCode())
                .isEqualTo(415);
        assertThat(Http.send(server.uri(), "POST", DATABASES, body, Map.of()).statusCode())
                .isEqualTo(415);
        assertThat(Http.send(server.uri(), "GET", DATABASES, "", Map.of("Accept", "application/xml"))
                        .statusCode())
                .isEqualTo(406);
        assertThat(Http.send(server.uri(), "GET", DATABASES, "", Map.of("Accept", "text/html, */*;q=0.8"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takesParametersInOnePlaceAndFewOfThem() throws Exception {
        assertThat(send("POST", DATABASES + "?page_num=0", "{\"name\":\"x\"}").body())
                .contains("not in both");
        assertThat(get(DATABASES + "?page_num=0&page_size=1&x=1").body()).contains("two parameters");
        assertThat(get(DATABASES + "?name_pattern=x").body()).contains("'name_pattern'");
        assertThat(get(DATABASES + "?page_size=0").statusCode()).isEqualTo(400);
        assertThat(send("POST", DATABASES, "[]").statusCode()).isEqualTo(400);
    }

    @Test
    void returnsTheRequestIdUnderTheStandardsName() throws Exception {
        HttpResponse<String> answer =
                Http.send(server.uri(), "GET", DATABASES, "", Map.of("x-starrocks-request-id", "abc"));

        assertThat(answer.headers().firstValue("x-starrocks-request-id")).contains("abc");
    }

    @Test
    void saysWhichColumnIsMissingOrInTheWay() throws Exception {
        send("POST", TABLES + "/create", TABLE);

        assertThat(send("PATCH", TABLES + "/t", "{\"columnChanges\":[{\"op\":\"drop\",\"path\":[\"z\"]}]}")
                        .body())
                .isEqualTo("{\"code\":\"1054\",\"message\":\"Unknown column 'z'\"}");
        assertThat(send(
                                "PATCH",
                                TABLES + "/t",
                                "{\"columnChanges\":[{\"op\":\"add\",\"column\":{\"name\":\"k\",\"type\":"
                                        + "{\"name\":\"INT\"}}}]}")
                        .body())
                .contains("\"code\":\"1060\"");
        assertThat(send("PATCH", TABLES + "/t", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void makesChangesLaterWhereToldTo() throws Exception {
        server.close();
        server = CatalogServer.start(
                ServerOptions.builder(directory.resolve("wh")).asynchronous().build());

        String made = over(send("POST", TABLES + "/create", TABLE));
        String failed = over(send("POST", TABLES + "/create", TABLE));

        assertThat(made).contains("\"state\":\"FINISHED\"").contains("\"objectUri\":\"" + TABLES + "/t\"");
        assertThat(failed)
                .contains("\"state\":\"FAILED\"")
                .contains("\"errorCode\":\"1050\"")
                .contains("already exists");
    }

    /** The task of an answer when it is over, which then is cancelled in vain, and forgotten. */
    private String over(HttpResponse<String> accepted) throws Exception {
        assertThat(accepted.statusCode()).isEqualTo(202);
        Matcher uri = Pattern.compile("\"uri\":\"([^\"]+)\"").matcher(accepted.body());
        assertThat(uri.find()).isTrue();
        String task = get(uri.group(1)).body();
        while (task.contains("PENDING") || task.contains("RUNNING")) {
            task = get(uri.group(1)).body();
        }
        assertThat(send("POST", uri.group(1) + "/cancel", "").body()).isEqualTo(task);
        assertThat(send("DELETE", uri.group(1), "").statusCode()).isEqualTo(200);
        assertThat(get(uri.group(1)).statusCode()).isEqualTo(404);
        return task;
    }
}
