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
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.http.RefusingPort;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.apache.paimon.catalog.Identifier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no catalog should give: each is a typed error that names the object and what to do, and holds no secret. */
@Timeout(60)
class BadAnswersTest {

    private static final String TOKEN = "hunter2-token";
    private static final Identifier T = Identifier.create("db", "t");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysThatTheServiceIsDown() throws IOException {
        try (RefusingPort port = new RefusingPort()) {
            ServiceException down = failure(
                    ServiceUnavailableException.class,
                    () -> RestCatalog.open(options(Map.of("uri", port.uri().toString()))));

            assertThat(down)
                    .hasMessageContaining("no connection to 127.0.0.1:" + port.number())
                    .hasMessageContaining("heck that the service runs and that option 'uri' is right");
        }
    }

    @Test
    void saysThatTheTokenIsWrong() {
        server.enqueue(new MockResponse.Builder().code(401).build());

        assertThat(failure(NotAuthenticatedException.class, this::open))
                .hasMessageContaining("get configuration for warehouse 'wh'")
                .hasMessageContaining("HTTP 401")
                .hasMessageContaining("'token.provider'");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void saysThatAPageIsNotACatalogs(int status) {
        server.enqueue(html(status));

        assertThat(failure(EndpointMissingException.class, this::open))
                .hasMessageContaining("get configuration")
                .hasMessageContaining("option 'uri'")
                .hasMessageContaining("'prefix'")
                .hasMessageNotContaining("<html>");
    }

    @Test
    void doesNotTakeAPageForAMissingTable() {
        RestCatalog catalog = opened();
        server.enqueue(html(404));

        assertThat(failure(EndpointMissingException.class, () -> catalog.getTable(T)))
                .hasMessageContaining("Cannot get table 'db.t'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"x\",\"name\":\"t\",\"path\":\"file:/t\",\"schema\":{\"fie",
                "<html>hunter2</html>",
                "hunter2",
                "[]",
                "null",
                "",
                "{\"name\":\"t\"}"
            })
    void saysThatAnAnswerIsNotWhatItShouldBe(String body) {
        RestCatalog catalog = opened();
        server.enqueue(new MockResponse.Builder().body(body).build());

        assertThat(failure(MalformedAnswerException.class, () -> catalog.getTable(T)))
                .hasMessageContaining("t'")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void readsNoAnswerOfTwoGigabytes() {
        RestCatalog catalog = opened();
        server.enqueue(new MockResponse.Builder()
                .body("{}")
                .setHeader("Content-Length", 1L << 31)
                .build());

        assertThat(failure(ServiceUnavailableException.class, () -> catalog.getTable(T)))
                .hasMessageContaining("db.t")
                .hasMessageContaining("the most that the client reads");
    }

    @Test
    void takesNoLoginPageForAChangeThatWasApplied() {
        RestCatalog catalog = opened();
        server.enqueue(html(200));
        server.enqueue(missing("db"));

        assertThat(failure(OutcomeUnknownException.class, () -> catalog.createDatabase("db", false)))
                .hasMessageContaining("'db'")
                .hasMessageContaining("a page of HTML");
        assertThat(server.getRequestCount()).as("config, the change, one look").isEqualTo(3);
    }

    @Test
    void saysOfAServiceThatFailsWhatItSays() {
        RestCatalog catalog = opened();
        server.enqueue(new MockResponse.Builder()
                .code(500)
                .setHeader("x-request-id", "r-1")
                .body("{\"message\":\"disk full\\n\\tat some.java.Stack(Trace)\",\"code\":500}")
                .build());

        assertThat(failure(ServiceUnavailableException.class, () -> catalog.getTable(T)))
                .hasMessage("Cannot get table 'db.t': disk full (HTTP 500, request id r-1)");
    }

    @Test
    void repeatsNoTokenThatAGatewayQuotes() {
        RestCatalog catalog = opened();
        server.enqueue(new MockResponse.Builder()
                .code(401)
                .body("{\"message\":\"invalid token " + TOKEN + "-2\",\"code\":401}")
                .build());

        assertThat(failure(NotAuthenticatedException.class, () -> catalog.getTable(T)))
                .hasMessageContaining("invalid token ******");
    }

    @Test
    void refusesNamesThatNoUrlCanCarry() {
        RestCatalog catalog = opened();

        for (String name : new String[] {"", ".", ".."}) {
            assertThat(catchThrowable(() -> catalog.getDatabase(name)))
                    .as("'%s'", name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private RestCatalog opened() {
        server.enqueue(new MockResponse.Builder()
                .body("{\"defaults\":{\"prefix\":\"p\"},\"overrides\":{}}")
                .build());
        return open();
    }

    private RestCatalog open() {
        return RestCatalog.open(options(Map.of()));
    }

    private Map<String, String> options(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of(
                "uri", server.url("/").toString(),
                "warehouse", "wh",
                "token.provider", "bear",
                "token", TOKEN,
                "http.max-attempts", "1",
                "http.deadline", "3 s"));
        options.putAll(more);
        return options;
    }

    private static MockResponse html(int status) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/html; charset=utf-8")
                .body("<html><body>Please log in</body></html>")
                .build();
    }

    private static MockResponse missing(String database) {
        return new MockResponse.Builder()
                .code(404)
                .body("{\"resourceType\":\"DATABASE\",\"resourceName\":\"%s\",\"message\":\"no\",\"code\":404}"
                        .formatted(database))
                .build();
    }

    private static <T extends Throwable> T failure(Class<T> type, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(type);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(TOKEN);
        }
        return type.cast(thrown);
    }
}
