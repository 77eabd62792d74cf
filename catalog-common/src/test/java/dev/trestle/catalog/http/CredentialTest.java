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

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthenticationException;
import java.io.IOException;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Credentials: loaded per attempt, refreshed once on a 401, never left out. */
@Timeout(60)
class CredentialTest {

    private final MockWebServer server = new MockWebServer();
    private final FakeTiming timing = new FakeTiming();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a401IsAskedAgainOnceWithAFreshCredential() throws Exception {
        FakeAuthProvider auth = FakeAuthProvider.refreshing();
        answer(401, 200);

        HttpAnswer answer = send(auth, HttpCalls.change());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(answer.resent()).as("a 401 was not applied").isFalse();
        assertThat(timing.sleeps()).isEmpty();
        assertThat(server.takeRequest().getHeaders().get("Authorization")).endsWith("-1");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).endsWith("-2");
    }

    @Test
    void aSecond401IsTheAnswer() {
        FakeAuthProvider auth = FakeAuthProvider.refreshing();
        answer(401, 401, 200);

        HttpAnswer answer = send(auth, HttpCalls.read());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(auth.invalidations()).isEqualTo(1);
    }

    @Test
    void a401IsTheAnswerWhereTheCredentialIsFixed() {
        FakeAuthProvider auth = FakeAuthProvider.fixed();
        answer(401, 200);

        assertThat(send(auth, HttpCalls.read()).status()).isEqualTo(401);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aRefreshDoesNotUseUpTheRepeats() {
        FakeAuthProvider auth = FakeAuthProvider.refreshing();
        answer(503, 401, 503, 503, 401, 200);

        HttpAnswer answer = send(auth, HttpCalls.read());

        assertThat(answer.status()).as("the second 401").isEqualTo(401);
        assertThat(answer.attempts()).isEqualTo(5);
        assertThat(timing.sleeps()).hasSize(3);
    }

    @Test
    void nothingLeavesWithoutACredential() {
        AuthProvider auth = new FunctionAuthProvider(request -> {
            throw new AuthenticationException("no token today");
        });

        assertThatThrownBy(() -> send(auth, HttpCalls.read()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("no token today");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aTokenThatNoHeaderCanCarryIsNotQuoted() {
        AuthProvider auth = new FunctionAuthProvider(
                request -> Map.of("Authorization", "Bearer " + FakeAuthProvider.SECRET + "\n"));

        assertThatThrownBy(() -> send(auth, HttpCalls.read()))
                .isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("'Authorization'")
                .hasMessageNotContaining(FakeAuthProvider.SECRET);
        assertThat(server.getRequestCount()).isZero();
    }

    private HttpAnswer send(AuthProvider auth, HttpCall call) {
        try (OkHttpTransport transport =
                OkHttpTransport.open(HttpSettings.of(server.url("/").uri()), auth, HttpMetrics.NONE, timing)) {
            return transport.send(call);
        }
    }

    private void answer(int... statuses) {
        for (int status : statuses) {
            server.enqueue(new MockResponse.Builder().code(status).build());
        }
    }
}
