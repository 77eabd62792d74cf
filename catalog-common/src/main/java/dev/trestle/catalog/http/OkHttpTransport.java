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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The transport on OkHttp: HTTP/1.1, and HTTP/2 where the service offers it over TLS.
 *
 * <p>A call runs in the thread that makes it, which can be interrupted. At most {@link HttpSettings#maxConnections} calls
 * run at once; others wait, within their deadline. Threads besides the callers' are OkHttp's daemons: one that closes idle
 * connections, one that watches time limits, and one reader for an HTTP/2 connection.
 */
public final class OkHttpTransport implements HttpTransport {

    private final HttpSettings settings;
    private final HttpMetrics metrics;
    private final QueryIds queryIds;
    private final Timing timing;
    private final ServiceClient client;
    private final CallRun.Tools tools;
    private final Semaphore permits;
    private final AtomicBoolean closed = new AtomicBoolean();

    OkHttpTransport(
            HttpSettings settings,
            AuthProvider authProvider,
            HttpMetrics metrics,
            QueryIds queryIds,
            Timing timing,
            ServiceClient client) {
        this.settings = requireNonNull(settings, "settings is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
        this.queryIds = requireNonNull(queryIds, "queryIds is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.client = requireNonNull(client, "client is null");
        this.permits = new Semaphore(settings.maxConnections());
        AuthProvider watched = new PlainTextWarning(requireNonNull(authProvider, "authProvider is null"), settings);
        this.tools = new CallRun.Tools(
                new RequestWriter(settings, watched, queryIds),
                new AttemptRunner(client, settings, timing, new FailureWords(settings, "uri")),
                watched,
                client::closeIdle,
                timing,
                closed,
                settings.maxAttempts(),
                settings.callTimeout());
    }

    /**
     * Opens a transport. Reads the key stores that the settings name; sends nothing.
     *
     * @param authProvider asked once an attempt; closed by whoever made it
     * @throws IllegalArgumentException if a key store cannot be used; the message names the option
     */
    public static OkHttpTransport open(
            HttpSettings settings, AuthProvider authProvider, HttpMetrics metrics, QueryIds queryIds) {
        return open(settings, authProvider, metrics, queryIds, Timing.system());
    }

    /** As with {@link QueryIds#OF_CONTEXT}. */
    public static OkHttpTransport open(HttpSettings settings, AuthProvider authProvider, HttpMetrics metrics) {
        return open(settings, authProvider, metrics, QueryIds.OF_CONTEXT);
    }

    static OkHttpTransport open(HttpSettings settings, AuthProvider authProvider, HttpMetrics metrics, Timing timing) {
        return open(settings, authProvider, metrics, QueryIds.OF_CONTEXT, timing);
    }

    private static OkHttpTransport open(
            HttpSettings settings, AuthProvider authProvider, HttpMetrics metrics, QueryIds queryIds, Timing timing) {
        return new OkHttpTransport(settings, authProvider, metrics, queryIds, timing, new ServiceClient(settings));
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        if (closed.get()) {
            throw new IllegalStateException("Cannot " + call.inWords() + ": the client is closed");
        }
        String requestId = UUID.randomUUID().toString();
        Deadline deadline = Deadline.in(settings.deadline(), timing);
        CallRun run = new CallRun(tools, call, requestId, deadline);
        long start = timing.nanoTime();
        Optional<HttpAnswer> answer = Optional.empty();
        boolean wanted = true;
        try {
            answer = Optional.of(sendWithPermit(run, call, requestId, deadline));
            return answer.get();
        } catch (TransportInterruptedException e) {
            wanted = false;
            throw e;
        } finally {
            Duration elapsed = Duration.ofNanos(timing.nanoTime() - start);
            report(call, requestId, run.attempts(), elapsed, answer, wanted);
        }
    }

    /** Ends the calls under way, which then fail, and closes the connections. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            client.close();
        }
    }

    @Override
    public String toString() {
        return "OkHttpTransport[" + settings + "]";
    }

    private HttpAnswer sendWithPermit(CallRun run, HttpCall call, String requestId, Deadline deadline) {
        try {
            if (!permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TransportException(
                        "Cannot %s: all %d connections were in use. Raise option 'http.max-connections' (request id %s)"
                                .formatted(call.inWords(), settings.maxConnections(), requestId),
                        Delivery.NOT_SENT,
                        requestId,
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException(
                    "Cannot %s: the thread was interrupted while it waited for a connection (request id %s)"
                            .formatted(call.inWords(), requestId),
                    Delivery.NOT_SENT,
                    requestId,
                    e);
        }
        try {
            return run.run();
        } finally {
            permits.release();
        }
    }

    private void report(
            HttpCall call,
            String requestId,
            int attempts,
            Duration elapsed,
            Optional<HttpAnswer> answer,
            boolean wanted) {
        new CallReport(
                        call.operation(),
                        call.inWords(),
                        answer.map(HttpAnswer::status),
                        attempts,
                        elapsed,
                        answer.map(HttpAnswer::requestId).orElse(requestId),
                        queryIds.current(),
                        wanted)
                .to(metrics);
    }
}
