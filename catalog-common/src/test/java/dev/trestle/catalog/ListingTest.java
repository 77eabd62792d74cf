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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings of services that page, and that have tables this version cannot open. */
@Timeout(60)
class ListingTest {

    private final MockWebServer server = new MockWebServer();
    private RestCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        server.start();
        answer("{\"defaults\":{\"prefix\":\"p\"},\"overrides\":{}}");
        catalog = RestCatalog.open(Map.of("uri", server.url("/").toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesATableOfAnUnknownTypeByName() {
        answer(table("t", "INT", "type-of-next-year"));

        assertThatThrownBy(() -> catalog.getTable(Identifier.create("db", "t")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("'type-of-next-year'");
    }

    @Test
    void listsTheTablesThatCanBeOpened() throws Exception {
        answer("{\"tableDetails\":[%s,%s],\"nextPageToken\":\"more\"}"
                .formatted(table("a", "INT", "table"), table("b", "HYPERCUBE", "table")));
        answer("{\"tableDetails\":[%s,%s]}"
                .formatted(table("c", "INT", "type-of-next-year"), table("d", "INT", "table")));

        assertThat(catalog.listTableDetails("db")).extracting(Table::name).containsExactly("a", "d");
    }

    @Test
    void asksForAllPages() throws Exception {
        answer("{\"tables\":[\"a\"],\"nextPageToken\":\"1\"}");
        answer("{\"tables\":[],\"nextPageToken\":\"2\"}");
        answer("{\"tables\":[\"b\"],\"nextPageToken\":\"\"}");

        assertThat(catalog.listTables("db")).containsExactly("a", "b");
    }

    /** As one does that was made before there were views and functions. */
    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void aServiceWithoutAddressesForViewsAndFunctionsKeepsNone(int status) {
        for (int i = 0; i < 4; i++) {
            server.enqueue(
                    new MockResponse.Builder().code(status).body("<html>").build());
        }

        for (ThrowingCallable question : List.<ThrowingCallable>of(
                () -> catalog.listViews("db"),
                () -> catalog.getView(Identifier.create("db", "v")),
                () -> catalog.listFunctions("db"),
                () -> catalog.getFunction(Identifier.create("db", "f")))) {
            assertThatThrownBy(question).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void endsAListingThatWouldNeverEnd() {
        for (String token : new String[] {"1", "2", "1"}) {
            answer("{\"databases\":[\"a\"],\"nextPageToken\":\"%s\"}".formatted(token));
        }

        assertThatThrownBy(() -> catalog.listDatabases()).hasMessageContaining("never end");
    }

    @Test
    void readsNoSystemTableOfAListingThatWouldNeverEnd() {
        answer("{\"databases\":[\"a\"]}");
        answer("{\"tableDetails\":[],\"nextPageToken\":\"1\"}");
        answer("{\"tableDetails\":[],\"nextPageToken\":\"1\"}");

        assertThatThrownBy(() -> catalog.getTable(Identifier.create("sys", "tables")))
                .hasMessageContaining("never end");
    }

    @Test
    void aRenamedBranchIsSeenUnderItsNewNameAtOnce() throws Exception {
        Identifier renamed = Identifier.create("db", "t$branch_b");
        server.enqueue(missing("TABLE"));
        assertThatThrownBy(() -> catalog.getTable(renamed)).isInstanceOf(Catalog.TableNotExistException.class);

        answer("");
        catalog.renameBranch(Identifier.create("db", "t"), "a", "b");

        // The branch, and the table for whether it is restricted.
        answer(table("t", "INT", "table"));
        answer(table("t", "INT", "table"));
        assertThat(catalog.getTable(renamed)).isNotNull();
    }

    @Test
    void aDropThatWasRefusedForItsCredentialFirstIsNoSuccess(@TempDir Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "t");
        answer("{\"defaults\":{},\"overrides\":{}}");
        RestCatalog renewed = RestCatalog.open(
                Map.of("uri", server.url("/").toString(), "token.provider", "bear", "token", "${file:" + token + "}"));
        server.enqueue(new MockResponse.Builder().code(401).build());
        server.enqueue(missing("DATABASE"));
        server.enqueue(missing("DATABASE"));

        assertThatThrownBy(() -> renewed.dropDatabase("db", false, true))
                .isInstanceOf(Catalog.DatabaseNotExistException.class);
    }

    private static MockResponse missing(String type) {
        return new MockResponse.Builder()
                .code(404)
                .body("{\"resourceType\":\"%s\",\"code\":404,\"message\":\"no\"}".formatted(type))
                .build();
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private static String table(String name, String column, String type) {
        return "{\"id\":\"1\",\"name\":\"%s\",\"path\":\"file:/x\",\"schema\":{\"fields\":[{\"id\":0,\"name\":\"k\",\"type\":\"%s\"}],"
                        .formatted(name, column)
                + "\"partitionKeys\":[],\"primaryKeys\":[],\"options\":{\"type\":\"%s\"}}}".formatted(type);
    }
}
