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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a gateway that answers by a script. */
@Timeout(30)
class GatewayClientTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MockWebServer server = new MockWebServer();
    private final FakePollClock clock = new FakePollClock();

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getByName("127.0.0.1"), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void agreesOnTheNewestVersionThatBothKnow() throws Exception {
        try (GatewayClient client = connected("V1", "V2", "V3")) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V3);
            answer("{'productName':'Apache Flink','version':'1.20.1'}");
            assertThat(client.fetchInfo()).isEqualTo(new GatewayInfo("Apache Flink", "1.20.1"));
        }
        assertThat(take().getTarget()).isEqualTo("/v1/api_versions");
        assertThat(take().getTarget()).isEqualTo("/v3/info");
    }

    @Test
    void passesOverVersionsOfANewerGateway() {
        try (GatewayClient client = connected("V1", "V4", "V5")) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V4);
        }
    }

    @Test
    void refusesAGatewayWithoutAKnownVersion() {
        answer("{'versions':['V9']}");

        assertThatThrownBy(this::connect)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("V9")
                .hasMessageContaining("V4");
    }

    @Test
    void tellsAnHtmlPageFromAGateway() {
        server.enqueue(new MockResponse(200, Headers.of("Content-Type", "text/html"), "<html>secret</html>"));

        assertThatThrownBy(this::connect)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("text/html")
                .hasMessageNotContaining("secret");
    }

    @Test
    void doesNotFollowARedirect() {
        server.enqueue(new MockResponse(302, Headers.of("Location", "http://elsewhere.example/"), ""));

        assertThatThrownBy(this::connect)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("302");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void saysWhereNothingAnswers() {
        URI uri = server.url("/").uri();
        server.close();

        assertThatThrownBy(() -> GatewayClient.connect(GatewaySettings.of(uri), clock))
                .isInstanceOfSatisfying(GatewayUnreachableException.class, e -> assertThat(e.mayHaveArrived())
                        .isFalse())
                .hasMessageContaining(uri.getHost() + ":" + uri.getPort());
        assertThat(clock.pauses()).isNotEmpty();
    }

    @Test
    void opensASessionWhoseTimesAreUtc() throws Exception {
        try (GatewayClient client = connected("V4")) {
            answer("{'sessionHandle':'s'}");

            GatewaySession session = client.openSession(Map.of("execution.runtime-mode", "batch"));

            assertThat(session.handle()).isEqualTo("s");
            take();
            assertThat(GatewayTransport.JSON.readTree(bodyOf(take())))
                    .isEqualTo(
                            GatewayTransport.JSON.readTree(
                                    "{\"properties\":{\"execution.runtime-mode\":\"batch\",\"table.local-time-zone\":\"UTC\"}}"));
        }
    }

    @Test
    void refusesASessionInAnotherTimeZone() {
        try (GatewayClient client = connected("V4")) {
            assertThatThrownBy(() -> client.openSession(Map.of("table.local-time-zone", "Asia/Tokyo")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Asia/Tokyo");
        }
    }

    @Test
    void keepsThePathBelowWhichAProxyHasTheGateway() throws Exception {
        answer("{'versions':['V2']}");
        try (GatewayClient client = GatewayClient.connect(
                GatewaySettings.of(server.url("/flink/gateway/").uri()), clock)) {
            assertThat(client.apiVersion()).isEqualTo(ApiVersion.V2);
        }
        assertThat(take().getTarget()).isEqualTo("/flink/gateway/v1/api_versions");
    }

    @Test
    void readsTheResultsOfAStatement() throws Exception {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            answer("{'operationHandle':'o'}");
            answer("{'resultType':'NOT_READY','nextResultUri':'/v4/sessions/s/operations/o/result/0?rowFormat=JSON'}");
            answer(
                    "{'resultType':'PAYLOAD','isQueryResult':true,'jobID':'j','resultKind':'SUCCESS_WITH_CONTENT','results':{"
                            + "'columns':[{'name':'n','logicalType':{'type':'DECIMAL','nullable':true,'precision':5,'scale':2},"
                            + "'comment':null}],'rowFormat':'JSON','data':[{'kind':'INSERT','fields':[5]},"
                            + "{'kind':'UPDATE_AFTER','fields':[null]}]},"
                            + "'nextResultUri':'/v4/sessions/s/operations/o/result/1?rowFormat=JSON'}");
            answer("{'resultType':'EOS','isQueryResult':true,'results':{'columns':[],'rowFormat':'JSON','data':[]}}");

            StatementResult result =
                    session.execute("SELECT n FROM t").results().readAll(MINUTE);

            assertThat(result.columns()).extracting(Column::name).containsExactly("n");
            assertThat(result.rows()).extracting(Row::kind).containsExactly(RowKind.INSERT, RowKind.UPDATE_AFTER);
            assertThat(result.rows().get(0).values()).hasToString("[5.00]");
            assertThat(result.rows().get(1).values()).hasToString("[null]");
            assertThat(result.jobId()).contains("j");
            skip(3);
            assertThat(take().getTarget()).isEqualTo("/v4/sessions/s/operations/o/result/0?rowFormat=JSON");
            assertThat(take().getTarget()).isEqualTo("/v4/sessions/s/operations/o/result/0?rowFormat=JSON");
            assertThat(take().getTarget()).isEqualTo("/v4/sessions/s/operations/o/result/1?rowFormat=JSON");
        }
    }

    @Test
    void readsTheResultsOfTheFirstVersionWithoutARowFormat() throws Exception {
        try (GatewayClient client = connected("V1")) {
            GatewaySession session = session(client);
            answer("{'operationHandle':'o'}");
            answer("{'resultType':'EOS','results':{'columns':[{'name':'result','logicalType':"
                    + "{'type':'VARCHAR','length':2147483647}}],'data':[{'kind':'INSERT','fields':['OK']}]}}");

            StatementResult result = session.execute("USE CATALOG c").results().readAll(MINUTE);

            assertThat(result.rows().get(0).values()).isEqualTo(List.of("OK"));
            skip(3);
            assertThat(take().getTarget()).isEqualTo("/v1/sessions/s/operations/o/result/0");
        }
    }

    @Test
    void saysThatTheFirstVersionCannotConfigureASession() {
        try (GatewayClient client = connected("V1")) {
            GatewaySession session = session(client);

            assertThatThrownBy(() -> session.configure("USE CATALOG c"))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("execute");
        }
    }

    @Test
    void aFailedStatementHasTheWordsOfItsInnermostCause() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            answer("{'operationHandle':'o'}");
            fail(
                    "a.Outer: Failed to fetchResults.\\n\\tat a.b(C.java:1)\\nCaused by: x.y.NotFound: no table t\\n\\tat a.b(C.java:2)");
            GatewayOperation operation = session.execute("SELECT * FROM t");

            assertThatThrownBy(() -> operation.results().next(MINUTE))
                    .isInstanceOfSatisfying(StatementFailedException.class, e -> {
                        assertThat(e.causeClass()).isEqualTo("x.y.NotFound");
                        assertThat(e.serverTrace()).contains("Failed to fetchResults");
                    })
                    .hasMessage("no table t");
        }
    }

    @Test
    void knowsThatTheSessionIsGone() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            fail("a.Outer: x\\nCaused by: a.SqlGatewayException: Session 's' does not exist.");
            fail("a.Outer: x\\nCaused by: a.SqlGatewayException: Session 's' does not exist.");
            fail("a.Outer: x\\nCaused by: a.SqlGatewayException: Session 's' does not exist.");

            assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(SessionGoneException.class);
            assertThatThrownBy(session::heartbeat).isInstanceOf(SessionGoneException.class);
            session.close();
        }
    }

    @Test
    void anErrorThatSpeaksOfAnotherSessionIsTheStatements() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            fail("a.Outer: x\\nCaused by: a.B: Session 'other' does not exist.");

            assertThatThrownBy(() -> session.execute("SELECT 1")).isInstanceOf(StatementFailedException.class);
        }
    }

    @Test
    void knowsThatTheOperationIsGone() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            answer("{'operationHandle':'o'}");
            GatewayOperation operation = session.execute("SELECT 1");
            String gone =
                    "a.Outer: x\\nCaused by: a.B: Can not find the submitted operation in the OperationManager with o.";
            fail(gone);
            fail(gone);

            assertThatThrownBy(operation::fetchStatus).isInstanceOf(OperationGoneException.class);
            operation.close();
        }
    }

    @Test
    void aSubmissionWhoseAnswerIsLostIsNotSentAgain() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
            answer("{'operationHandle':'second'}");
            int before = server.getRequestCount();

            assertThatThrownBy(() -> session.execute("INSERT INTO t VALUES (1)"))
                    .isInstanceOf(SubmissionLostException.class);

            assertThat(server.getRequestCount() - before).isEqualTo(1);
        }
    }

    @Test
    void aFetchWhoseAnswerIsLostIsSentAgainForTheSameToken() throws Exception {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            answer("{'operationHandle':'o'}");
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
            answer("{'resultType':'EOS','results':{'columns':[],'rowFormat':'JSON','data':[]}}");

            assertThat(session.execute("SELECT 1").results().next(MINUTE)).isPresent();

            skip(3);
            assertThat(take().getTarget()).isEqualTo(take().getTarget());
        }
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        GatewaySettings small =
                new GatewaySettings(server.url("/").uri(), Duration.ofSeconds(5), Duration.ofSeconds(5), Map.of(), 10);
        answer("{'versions':['V1','V2','V3']}");

        assertThatThrownBy(() -> GatewayClient.connect(small, clock))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("longer than 10 bytes");
    }

    @Test
    void refusesAResultThatGoesBack() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            answer("{'operationHandle':'o'}");
            answer("{'resultType':'PAYLOAD','results':{'columns':[],'rowFormat':'JSON','data':[]},"
                    + "'nextResultUri':'/v4/sessions/s/operations/o/result/3'}");
            answer("{'resultType':'PAYLOAD','results':{'columns':[],'rowFormat':'JSON','data':[]},"
                    + "'nextResultUri':'/v4/sessions/s/operations/o/result/2'}");
            ResultCursor results = session.execute("SELECT 1").results();

            assertThatThrownBy(() -> results.next(MINUTE)).isInstanceOf(UnexpectedAnswerException.class);
        }
    }

    @Test
    void sendsItsHeadersAndShowsNoneOfTheirValues() throws Exception {
        GatewaySettings settings = new GatewaySettings(
                server.url("/").uri(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Map.of("Authorization", "Bearer abc"),
                1 << 20);
        answer("{'versions':['V4']}");

        GatewayClient.connect(settings, clock).close();

        assertThat(take().getHeaders().get("Authorization")).isEqualTo("Bearer abc");
        assertThat(settings.toString()).contains("Authorization").doesNotContain("abc");
    }

    @Test
    void closesASessionOnce() {
        try (GatewayClient client = connected("V4")) {
            GatewaySession session = session(client);
            answer("{'status':'CLOSED'}");
            session.close();
            int before = server.getRequestCount();

            session.close();

            assertThat(server.getRequestCount()).isEqualTo(before);
        }
    }

    private GatewayClient connect() {
        return GatewayClient.connect(GatewaySettings.of(server.url("/").uri()), clock);
    }

    private GatewayClient connected(String... versions) {
        answer("{'versions':['" + String.join("','", versions) + "']}");
        return connect();
    }

    private GatewaySession session(GatewayClient client) {
        answer("{'sessionHandle':'s'}");
        return client.openSession(Map.of());
    }

    private void answer(String json) {
        server.enqueue(new MockResponse(200, Headers.of("Content-Type", "application/json"), json.replace('\'', '"')));
    }

    private void fail(String trace) {
        server.enqueue(new MockResponse(
                500,
                Headers.of("Content-Type", "application/json"),
                "{\"errors\":[\"Internal server error.\",\"" + trace + "\"]}"));
    }

    private void skip(int requests) throws InterruptedException {
        for (int i = 0; i < requests; i++) {
            take();
        }
    }

    private RecordedRequest take() throws InterruptedException {
        RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
        assertThat(request).as("a request").isNotNull();
        return request;
    }

    private static String bodyOf(RecordedRequest request) {
        return request.getBody().utf8();
    }
}
