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
package dev.trestle.e2e.gateway;

import static dev.trestle.e2e.gateway.RunningGateway.LIMIT;
import static dev.trestle.e2e.gateway.RunningGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewayOperation;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.OperationStatus;
import dev.trestle.flink.gateway.ResultRows;
import dev.trestle.flink.gateway.Row;
import dev.trestle.flink.gateway.StatementResult;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Results as they come: pages, tokens, changelogs, streams. */
abstract class ResultSuite {

    private static final int MANY = 20_000;
    private static final String CREATE_NUMBERS =
            "CREATE TEMPORARY TABLE numbers (n BIGINT) WITH ('connector' = 'datagen',"
                    + " 'number-of-rows' = '20000', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '20000')";
    private static final String CREATE_ENDLESS =
            "CREATE TEMPORARY TABLE endless (n INT) WITH ('connector' = 'datagen', 'rows-per-second' = '10')";

    private final RunningGateway gateway;

    ResultSuite(RunningGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void readsAResultOfManyPages() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.batch(client)) {
            session.configure(CREATE_NUMBERS);

            StatementResult result = session.run("SELECT n FROM numbers", LIMIT);

            assertThat(result.rows()).hasSize(MANY);
            assertThat(sum(result.rows().stream())).isEqualTo((long) MANY * (MANY + 1) / 2);
            assertThat(result.jobId()).isPresent();
        }
    }

    @Test
    void losesAndRepeatsNothingWhenAnswersAreLost() throws IOException {
        try (LosingProxy proxy = new LosingProxy(gateway.uri(), path -> path.contains("/result/"));
                GatewayClient client = GatewayClient.connect(GatewaySettings.of(proxy.uri()));
                GatewaySession session = RunningGateway.batch(client)) {
            session.configure(CREATE_NUMBERS);

            StatementResult result = session.run("SELECT n FROM numbers", LIMIT);

            assertThat(proxy.lostAnswers()).as("one for each token").isGreaterThan(2);
            assertThat(result.rows()).hasSize(MANY);
            assertThat(sum(result.rows().stream())).isEqualTo((long) MANY * (MANY + 1) / 2);
        }
    }

    /** Why the client goes forward only: the gateway says nothing when it has no rows any more for an older token. */
    @Test
    void anOlderTokenIsAnsweredWithoutItsRows() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.open(client, Map.of());
                GatewayOperation operation = session.execute("SHOW CATALOGS")) {
            String result = "/v4/sessions/" + session.handle() + "/operations/" + operation.handle() + "/result/";
            await(() -> operation.fetchStatus() == OperationStatus.FINISHED);

            assertThat(List.of(rowsOf(result + "0"), rowsOf(result + "0")))
                    .as("the newest")
                    .containsExactly(1, 1);
            assertThat(rowsOf(result + "1")).as("the next, which is the last").isZero();
            assertThat(rowsOf(result + "0")).as("the one before").isZero();
        }
    }

    @Test
    void tellsTheChangesOfAStreamApart() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.streaming(client)) {
            StatementResult result = session.run("SELECT x FROM (VALUES 3, 2, 1) AS t (x) ORDER BY x LIMIT 2", LIMIT);

            assertThat(result.rows())
                    .extracting(row -> row.kind().sign() + row.values())
                    .containsExactlyInAnyOrder("+I[3]", "+I[2]", "-D[3]", "+I[1]");
        }
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.streaming(client);
                ResultRows rows = session.query("SELECT COUNT(*) FROM (VALUES 1, 2) AS t (x)", LIMIT)) {
            assertThat(rows)
                    .toIterable()
                    .extracting(row -> row.kind().sign() + row.values())
                    .containsExactly("+I[1]", "-U[1]", "+U[2]");
        }
    }

    @Test
    void closingAStreamOfRowsEndsItsJob() {
        try (GatewayClient client = gateway.connect();
                GatewaySession session = RunningGateway.streaming(client)) {
            session.configure(CREATE_ENDLESS);
            GatewayOperation operation = session.execute("SELECT n FROM endless");
            ResultRows rows = operation.rows(LIMIT);
            String job;

            try (Stream<Row> stream = rows.stream()) {
                assertThat(stream.limit(3).toList()).hasSize(3);
                job = rows.jobId().orElseThrow();
                assertThat(operation.fetchStatus()).isEqualTo(OperationStatus.FINISHED);
                await(() -> gateway.stateOf(job).equals("RUNNING"));
            }

            await(() -> gateway.stateOf(job).equals("CANCELED"));
        }
    }

    @Test
    void aSessionThatIsClosedEndsItsQueries() {
        try (GatewayClient client = gateway.connect()) {
            GatewaySession session = RunningGateway.streaming(client);
            session.configure(CREATE_ENDLESS);
            ResultRows rows = session.query("SELECT n FROM endless", LIMIT);
            assertThat(rows.hasNext()).isTrue();
            String job = rows.jobId().orElseThrow();

            session.close();

            await(() -> gateway.stateOf(job).equals("CANCELED"));
        }
    }

    private int rowsOf(String path) {
        try {
            String body = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(gateway.uri().resolve(path)).build(), BodyHandlers.ofString())
                    .body();
            JsonNode data = new JsonMapper().readTree(body).path("results").path("data");
            return data.size();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long sum(Stream<Row> rows) {
        return rows.mapToLong(row -> (Long) List.copyOf(row.values()).get(0)).sum();
    }
}
