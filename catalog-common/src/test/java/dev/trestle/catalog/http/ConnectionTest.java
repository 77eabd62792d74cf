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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are kept, have died meanwhile, are too few, or are wanted no more. */
@Timeout(60)
class ConnectionTest {

    private final FakeTiming timing = new FakeTiming();
    private RawServer server;
    private OkHttpTransport transport;

    @AfterEach
    void stop() throws IOException {
        transport.close();
        server.close();
    }

    @Test
    void isKeptForTheNextCall() throws Exception {
        open(RawServer.ok());

        transport.send(HttpCalls.read());
        transport.send(HttpCalls.change());
        transport.send(HttpCalls.change());

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aChangeIsNotWrittenToAConnectionThatTheServerHasClosed() throws Exception {
        open(RawServer.ok());
        transport.send(HttpCalls.read());
        server.closeConnections();

        HttpAnswer answer = transport.send(HttpCalls.change());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(1);
        assertThat(answer.resent()).isFalse();
        assertThat(timing.sleeps()).isEmpty();
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aReadOnAConnectionThatTheServerHasClosedIsRepeatedAtOnce() throws Exception {
        open(RawServer.ok());
        transport.send(HttpCalls.read());
        server.closeConnections();

        HttpAnswer answer = transport.send(HttpCalls.read());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.attempts()).isEqualTo(2);
        assertThat(timing.sleeps()).isEmpty();
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Repeat.class)
    void oneDeadConnectionEmptiesThePoolOfTheOthers(Repeat repeat) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        RawServer.Answer together = (socket, out) -> {
            both.await(10, TimeUnit.SECONDS);
            RawServer.ok().write(socket, out);
        };
        open(together, together, RawServer.ok());
        CompletableFuture<HttpAnswer> other = CompletableFuture.supplyAsync(() -> transport.send(HttpCalls.read()));
        transport.send(HttpCalls.read());
        other.get(10, TimeUnit.SECONDS);
        assertThat(server.connections()).isEqualTo(2);
        server.closeConnections();

        HttpAnswer answer = transport.send(HttpCalls.of(repeat));

        assertThat(answer.attempts()).isEqualTo(repeat == Repeat.READ ? 2 : 1);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void aChangeThatWasWrittenToAKeptConnectionIsNeverSentAgain() throws Exception {
        open(RawServer.ok(), RawServer.cut(), RawServer.ok());
        transport.send(HttpCalls.read());

        TransportException failure =
                catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

        assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(server.requests()).hasSize(2);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isNotKeptAfterUnaskedForBytes() throws Exception {
        open(RawServer.ok());
        transport.send(HttpCalls.read());
        server.writeToConnections("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");

        HttpAnswer answer = transport.send(HttpCalls.change());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void callsBeyondTheMostConnectionsWaitWithinTheirDeadline() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        server = new RawServer((socket, out) -> {
            arrived.countDown();
            finish.await();
            RawServer.ok().write(socket, out);
        });
        HttpSettings settings = TestSettings.of(server.uri()).maxConnections(1).build();
        transport = OkHttpTransport.open(settings, FakeAuthProvider.fixed(), HttpMetrics.NONE, timing);
        CompletableFuture<HttpAnswer> first = CompletableFuture.supplyAsync(() -> transport.send(HttpCalls.read()));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        try (CallContext.Scope scope = CallContext.withDeadline(Duration.ofMillis(200))) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
            assertThat(failure).hasMessageContaining("all 1 connections").hasMessageContaining("http.max-connections");
        }
        finish.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        assertThat(transport.send(HttpCalls.change()).status())
                .as("once there is room")
                .isEqualTo(200);
    }

    @Test
    void closingEndsCallsUnderWayAndRefusesLaterOnes() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        open((socket, out) -> {
            arrived.countDown();
            RawServer.silence().write(socket, out);
        });
        CompletableFuture<HttpAnswer> call = CompletableFuture.supplyAsync(() -> transport.send(HttpCalls.change()));
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        transport.close();

        assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("the client was closed");
        assertThatThrownBy(() -> transport.send(HttpCalls.read()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closingEndsTheRepeats() throws Exception {
        open((socket, out) -> {
            transport.close();
            socket.close();
        });

        TransportException failure =
                catchThrowableOfType(TransportException.class, () -> transport.send(HttpCalls.read()));

        assertThat(failure).hasMessageContaining("the client was closed");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anInterruptEndsACallAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        open((socket, out) -> {
            arrived.countDown();
            RawServer.silence().write(socket, out);
        });
        CompletableFuture<TransportInterruptedException> failure = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            failure.complete(catchThrowableOfType(
                    TransportInterruptedException.class,
                    () -> transport.send(HttpCalls.post(Repeat.IDEMPOTENT_CHANGE, "{}"))));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS).delivery()).isEqualTo(Delivery.UNKNOWN);
        assertThat(flag.get(10, TimeUnit.SECONDS)).as("the interrupt flag").isTrue();
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitBetweenAttempts() throws Exception {
        open((socket, out) -> {
            RawServer.text("HTTP/1.1 429 Slow down\r\nContent-Length: 0\r\n\r\n")
                    .write(socket, out);
        });
        Thread caller = Thread.currentThread();
        OkHttpTransport interrupted = OkHttpTransport.open(
                HttpSettings.of(server.uri()),
                new FunctionAuthProvider(request -> Map.of()),
                HttpMetrics.NONE,
                new InterruptingTiming(timing, caller));
        try {
            TransportInterruptedException failure = catchThrowableOfType(
                    TransportInterruptedException.class, () -> interrupted.send(HttpCalls.change()));

            assertThat(failure.delivery())
                    .as("what stands between may put off a change that was made")
                    .isEqualTo(Delivery.UNKNOWN);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            interrupted.close();
        }
    }

    @Test
    void anInterruptedThreadSendsNothing() throws Exception {
        open(RawServer.ok());
        Thread.currentThread().interrupt();
        try {
            TransportInterruptedException failure =
                    catchThrowableOfType(TransportInterruptedException.class, () -> transport.send(HttpCalls.change()));

            assertThat(failure.delivery()).isEqualTo(Delivery.NOT_SENT);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(server.requests()).isEmpty();
    }

    private void open(RawServer.Answer... answers) throws IOException {
        server = new RawServer(answers);
        transport =
                OkHttpTransport.open(HttpSettings.of(server.uri()), FakeAuthProvider.fixed(), HttpMetrics.NONE, timing);
    }

    /** Interrupts the thread when it is about to sleep. */
    private record InterruptingTiming(FakeTiming timing, Thread thread) implements Timing {
        @Override
        public long nanoTime() {
            return timing.nanoTime();
        }

        @Override
        public Instant now() {
            return timing.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            thread.interrupt();
            timing.sleep(duration);
        }

        @Override
        public double jitter() {
            return 0;
        }
    }
}
