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
package dev.trestle.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.http.InMemoryHttpMetrics.OperationCounts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counts per operation, and what counts as an error. */
@Timeout(60)
class InMemoryHttpMetricsTest {

    private final InMemoryHttpMetrics metrics = new InMemoryHttpMetrics();

    @Test
    void addsUpPerOperation() {
        metrics.callEnded("getTable", 1, Duration.ofMillis(10), false);
        metrics.callEnded("getTable", 3, Duration.ofMillis(30), true);
        metrics.callEnded("createTable", 0, Duration.ofMillis(1), true);

        assertThat(metrics.snapshot())
                .containsEntry("getTable", new OperationCounts(2, 1, 2, Duration.ofMillis(40), Duration.ofMillis(30)))
                .containsEntry("createTable", new OperationCounts(1, 1, 0, Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    @Test
    void whatACatalogAnswersOfItsObjectsIsNoError() throws IOException {
        assertThat(callAnd(200, 404, 409).errors()).isZero();
    }

    @Test
    void otherAnswersAreErrors() throws IOException {
        assertThat(callAnd(400, 401, 403, 500).errors()).isEqualTo(4);
    }

    @Test
    void noAnswerIsAnError() throws IOException {
        RawServer server = new RawServer(RawServer.cut());
        server.close();
        try (OkHttpTransport transport = open(server.uri())) {
            assertThatThrownBy(() -> transport.send(HttpCalls.change())).isInstanceOf(TransportException.class);
        }

        OperationCounts counts = metrics.snapshot().get("createDatabase");
        assertThat(counts.errors()).isEqualTo(1);
        assertThat(counts.retries()).isEqualTo(4);
        assertThat(counts.totalTime()).isEqualTo(Duration.ofMillis(5625));
    }

    private OperationCounts callAnd(int... statuses) throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            try (OkHttpTransport transport = open(server.url("/").uri())) {
                for (int status : statuses) {
                    server.enqueue(new MockResponse.Builder().code(status).build());
                    transport.send(HttpCalls.read());
                }
            }
        }
        return metrics.snapshot().get("getDatabase");
    }

    private OkHttpTransport open(URI uri) {
        return OkHttpTransport.open(HttpSettings.of(uri), FakeAuthProvider.fixed(), metrics, new FakeTiming());
    }
}
