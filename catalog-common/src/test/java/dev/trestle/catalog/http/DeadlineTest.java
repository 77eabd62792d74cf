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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits and attempts end with the call's deadline, or with that of the scope it is made in. */
@Timeout(60)
class DeadlineTest {

    private final MockWebServer server = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();
    private OkHttpTransport transport;

    @BeforeEach
    void start() throws IOException {
        server.start();
        transport = OkHttpTransport.open(
                HttpSettings.of(server.url("/").uri()), FakeAuthProvider.fixed(), HttpMetrics.NONE, timing);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        answer(503, "100");
        answer(200, null);

        assertThat(transport.send(HttpCalls.read()).status()).isEqualTo(200);
        assertThat(timing.sleeps()).containsExactly(Duration.ofSeconds(100));
    }

    @Test
    void aWaitBeyondTheDeadlineIsNotBegun() {
        answer(503, "120");

        HttpAnswer answer = transport.send(HttpCalls.read());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(timing.sleeps()).isEmpty();
    }

    @Test
    void allAttemptsTogetherHaveTwoMinutes() {
        for (int i = 0; i < 5; i++) {
            answer(429, "50");
        }

        assertThat(transport.send(HttpCalls.change()).attempts()).isEqualTo(3);
    }

    @Test
    void aScopeCoversSeveralCalls() {
        for (int i = 0; i < 9; i++) {
            answer(429, "20");
        }

        try (CallContext.Scope scope = CallContext.withDeadline(Duration.ofSeconds(50))) {
            assertThat(transport.send(HttpCalls.read()).attempts()).isEqualTo(3);
            assertThat(transport.send(HttpCalls.read()).attempts()).isEqualTo(1);
        }
        assertThat(transport.send(HttpCalls.read()).attempts())
                .as("after the scope")
                .isGreaterThan(1);
    }

    @Test
    void nothingIsSentWhenTheScopesTimeIsUp() {
        try (CallContext.Scope scope = CallContext.withDeadline(Duration.ofSeconds(50))) {
            timing.pass(Duration.ofSeconds(100));
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure).hasMessageContaining("no time was left").hasMessageContaining("attempts 0");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    /** What stands between may put a change off after the service has made it. */
    @Test
    void aChangeThatWasPutOffUntilNoTimeWasLeftMayBeMade() {
        answer(503, "49");
        timing.oversleep(Duration.ofSeconds(2));

        try (CallContext.Scope scope = CallContext.withDeadline(Duration.ofSeconds(50))) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
            assertThat(failure).hasMessageContaining("no time was left").hasMessageContaining("attempts 1");
        }
    }

    @Test
    void theEarlierOfNestedDeadlinesCounts() {
        for (int i = 0; i < 4; i++) {
            answer(429, "20");
        }

        try (CallContext.Scope outer = CallContext.withDeadline(Duration.ofSeconds(30));
                CallContext.Scope inner = CallContext.withDeadline(Duration.ofSeconds(100))) {
            assertThat(transport.send(HttpCalls.read()).attempts()).isEqualTo(2);
        }
    }

    private void answer(int status, String retryAfter) {
        MockResponse.Builder answer = new MockResponse.Builder().code(status);
        if (retryAfter != null) {
            answer.setHeader("Retry-After", retryAfter);
        }
        server.enqueue(answer.build());
    }
}
