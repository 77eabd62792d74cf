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

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand calls of eight threads leave a thread or two behind, and none that keeps a process alive. */
@Timeout(60)
class ThreadsTest {

    private static final int CALLERS = 8;
    private static final int CALLS = 1000;

    @Test
    void aThousandCallsNeedNoThreadsOfTheirOwn() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (RawServer server = new RawServer(RawServer.ok())) {
            IntStream.range(0, CALLERS).forEach(i -> callers.execute(() -> {}));
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            InMemoryHttpMetrics metrics = new InMemoryHttpMetrics();
            OkHttpTransport transport =
                    OkHttpTransport.open(HttpSettings.of(server.uri()), FakeAuthProvider.fixed(), metrics);
            List<Future<HttpAnswer>> answers = IntStream.range(0, CALLS)
                    .mapToObj(i -> callers.submit(() -> transport.send(HttpCalls.read())))
                    .toList();
            for (Future<HttpAnswer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }

            Set<Thread> added = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .filter(thread -> !thread.getName().startsWith("raw-server"))
                    .filter(thread -> !thread.getName().startsWith("pool-"))
                    .collect(Collectors.toSet());
            assertThat(added).as(names(added)).hasSizeLessThanOrEqualTo(2).allMatch(Thread::isDaemon);
            assertThat(server.connections()).isLessThanOrEqualTo(CALLERS);
            assertThat(metrics.snapshot().get("getDatabase").calls()).isEqualTo(CALLS);

            transport.close();

            assertThat(server.awaitNoConnections())
                    .as("the pool is empty after closing")
                    .isTrue();
        } finally {
            callers.shutdownNow();
        }
    }

    private static String names(Set<Thread> threads) {
        return threads.stream().map(Thread::getName).collect(Collectors.joining(", "));
    }
}
