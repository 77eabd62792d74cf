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

import dev.trestle.catalog.http.HttpCall.Repeat;
import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which answers are followed by another attempt: status by kind of call by Retry-After. */
@Timeout(60)
class RetryRulesTest {

    private final MockWebServer server = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();
    private final FakeAuthProvider auth = FakeAuthProvider.fixed();
    private OkHttpTransport transport;

    @BeforeEach
    void start() throws IOException {
        server.start();
        transport = OkHttpTransport.open(HttpSettings.of(server.url("/").uri()), auth, HttpMetrics.NONE, timing);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    @ParameterizedTest(name = "{1} with Retry-After {2} to a {0}: {3} attempts, resent {4}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    READ,              200, -, 1, false
                    READ,              400, -, 1, false
                    READ,              401, -, 1, false
                    READ,              403, -, 1, false
                    READ,              404, -, 1, false
                    READ,              408, -, 1, false
                    READ,              409, -, 1, false
                    READ,              429, -, 2, false
                    READ,              429, 3, 2, false
                    READ,              500, -, 1, false
                    READ,              501, -, 1, false
                    READ,              502, -, 2, false
                    READ,              503, -, 2, false
                    READ,              503, 0, 2, false
                    READ,              503, 3, 2, false
                    READ,              504, -, 2, false
                    IDEMPOTENT_CHANGE, 200, -, 1, false
                    IDEMPOTENT_CHANGE, 409, -, 1, false
                    IDEMPOTENT_CHANGE, 408, -, 1, false
                    IDEMPOTENT_CHANGE, 429, -, 2, true
                    IDEMPOTENT_CHANGE, 500, -, 1, false
                    IDEMPOTENT_CHANGE, 502, -, 2, true
                    IDEMPOTENT_CHANGE, 503, -, 2, true
                    IDEMPOTENT_CHANGE, 503, 0, 2, true
                    IDEMPOTENT_CHANGE, 503, 3, 2, true
                    IDEMPOTENT_CHANGE, 504, -, 2, true
                    CHANGE,            200, -, 1, false
                    CHANGE,            401, -, 1, false
                    CHANGE,            408, -, 1, false
                    CHANGE,            408, 0, 1, false
                    CHANGE,            409, -, 1, false
                    CHANGE,            421, -, 1, false
                    CHANGE,            429, -, 2, true
                    CHANGE,            429, 3, 2, true
                    CHANGE,            500, -, 1, false
                    CHANGE,            500, 1, 1, false
                    CHANGE,            502, -, 1, false
                    CHANGE,            502, 1, 1, false
                    CHANGE,            503, -, 1, false
                    CHANGE,            503, soon, 1, false
                    CHANGE,            503, 0, 2, true
                    CHANGE,            503, 3, 2, true
                    CHANGE,            503, 'Fri, 02 Jan 2026 03:04:15 GMT', 2, true
                    CHANGE,            504, -, 1, false
                    """)
    void answers(Repeat repeat, int status, String retryAfter, int attempts, boolean resent) throws Exception {
        MockResponse.Builder first = new MockResponse.Builder().code(status).body("{}");
        if (retryAfter != null) {
            first.setHeader("Retry-After", retryAfter);
        }
        server.enqueue(first.build());
        server.enqueue(new MockResponse.Builder().code(200).body("{}").build());

        HttpAnswer answer = transport.send(HttpCalls.of(repeat));

        assertThat(answer.status()).isEqualTo(attempts == 1 ? status : 200);
        assertThat(answer.attempts()).isEqualTo(attempts);
        assertThat(answer.resent()).isEqualTo(resent);
        assertThat(server.getRequestCount()).isEqualTo(attempts);
        assertThat(auth.signed()).as("one signature an attempt").hasSize(attempts);
        assertThat(timing.sleeps()).hasSize(attempts - 1);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            assertThat(server.takeRequest().getHeaders().get("x-signature-number"))
                    .isEqualTo("" + attempt);
        }
    }

    @Test
    void givesUpAfterFiveAttemptsWithTheLastAnswer() {
        for (int i = 0; i < 5; i++) {
            server.enqueue(
                    new MockResponse.Builder().code(503).body("attempt " + i).build());
        }

        HttpAnswer answer = transport.send(HttpCalls.read());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.attempts()).isEqualTo(5);
        assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("attempt 4");
        assertThat(timing.sleeps())
                .containsExactly(
                        Duration.ofMillis(375), Duration.ofMillis(750), Duration.ofMillis(1500), Duration.ofSeconds(3));
    }
}
