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

import dev.trestle.catalog.api.NotAuthenticatedException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.paimon.catalog.Catalog.DatabaseNoPermissionException;
import org.apache.paimon.catalog.Catalog.DatabaseNotEmptyException;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database is dropped when none of its listings, which are asked for at once, has anything in it. */
@Timeout(60)
class DropDatabaseTest {

    private final MockWebServer server = new MockWebServer();
    private final Map<String, MockResponse> listings = new ConcurrentHashMap<>(Map.of(
            "tables", answer(200, "{\"tables\":[]}"),
            "views", answer(200, "{\"views\":[]}"),
            "functions", answer(200, "{\"functions\":[]}")));
    private final AtomicInteger drops = new AtomicInteger();
    private volatile CountDownLatch together = new CountDownLatch(0);
    private RestCatalog catalog;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                String path = request.getUrl().encodedPath();
                if (path.equals("/v1/config")) {
                    return answer(200, "{\"defaults\":{},\"overrides\":{}}");
                }
                if (request.getMethod().equals("DELETE")) {
                    drops.incrementAndGet();
                    return answer(200, "");
                }
                together.countDown();
                return together.await(20, TimeUnit.SECONDS)
                        ? listings.get(path.substring(path.lastIndexOf('/') + 1) + page(request))
                        : answer(400, "");
            }
        });
        server.start();
        catalog = RestCatalog.open(Map.of("uri", server.url("/").toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allListingsAreAskedForAtOnce() throws Exception {
        together = new CountDownLatch(3);

        catalog.dropDatabase("d", false, false);

        assertThat(drops).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "views", "functions"})
    void whatIsInAnyOfThemKeepsTheDatabase(String kind) {
        listings.put(kind, answer(200, "{\"" + kind + "\":[\"x\"]}"));

        assertThatThrownBy(() -> catalog.dropDatabase("d", false, false)).isInstanceOf(DatabaseNotEmptyException.class);
        assertThat(drops).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tables", "views", "functions"})
    void whatCannotBeListedKeepsTheDatabase(String kind) {
        listings.put(kind, answer(403, "{\"code\":403,\"message\":\"no\"}"));
        assertThatThrownBy(() -> catalog.dropDatabase("d", false, false))
                .isInstanceOf(DatabaseNoPermissionException.class);

        listings.put(kind, answer(401, "{\"code\":401,\"message\":\"who\"}"));
        assertThatThrownBy(() -> catalog.dropDatabase("d", false, false)).isInstanceOf(NotAuthenticatedException.class);

        listings.put(
                kind,
                answer(404, "{\"code\":404,\"resourceType\":\"DATABASE\",\"resourceName\":\"d\",\"message\":\"no\"}"));
        assertThatThrownBy(() -> catalog.dropDatabase("d", false, false)).isInstanceOf(DatabaseNotExistException.class);

        assertThat(drops).hasValue(0);
    }

    @Test
    void kindsThatTheServiceDoesNotKnowAreNoneOfIt() throws Exception {
        listings.put("views", answer(404, ""));
        listings.put("functions", answer(501, ""));

        catalog.dropDatabase("d", false, false);

        assertThat(drops).hasValue(1);
    }

    @Test
    void whatIsBehindAnEmptyPageKeepsTheDatabase() {
        listings.put("tables", answer(200, "{\"tables\":[],\"nextPageToken\":\"1\"}"));
        listings.put("tables after 1", answer(200, "{\"tables\":[\"t\"]}"));

        assertThatThrownBy(() -> catalog.dropDatabase("d", false, false)).isInstanceOf(DatabaseNotEmptyException.class);
        assertThat(drops).hasValue(0);
    }

    @Test
    void emptyPagesThatWouldNeverEndKeepTheDatabase() {
        listings.put("tables", answer(200, "{\"tables\":[],\"nextPageToken\":\"1\"}"));
        listings.put("tables after 1", answer(200, "{\"tables\":[],\"nextPageToken\":\"1\"}"));

        assertThatThrownBy(() -> catalog.dropDatabase("d", false, false)).hasMessageContaining("never end");
        assertThat(drops).hasValue(0);
    }

    private static String page(RecordedRequest request) {
        String token = request.getUrl().queryParameter("pageToken");
        return token == null ? "" : " after " + token;
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }
}
