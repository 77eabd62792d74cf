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

import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.http.AttemptResult.Answered;
import dev.trestle.catalog.http.AttemptResult.Failed;
import dev.trestle.catalog.http.AttemptResult.Reach;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.TransportException.Delivery;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** One call from its first attempt to its answer or its failure. For one thread and one use. */
final class CallRun {

    /** What a run needs, shared by all of them. */
    record Tools(
            RequestWriter requests,
            AttemptRunner attempts,
            AuthProvider authProvider,
            ConnectionDrain idleConnections,
            Timing timing,
            AtomicBoolean closed,
            int maxAttempts,
            Duration callTimeout) {}

    /** Closes the pooled connections that nobody uses. */
    @FunctionalInterface
    interface ConnectionDrain {
        void closeIdle();
    }

    private final Tools tools;
    private final HttpCall call;
    private final HttpUrl url;
    private final String requestId;
    private final Deadline deadline;

    private int attempts;
    private boolean mayHaveArrived;

    /** An attempt was answered with "later". What stands between may say so after the service has acted. */
    private boolean wasPutOff;

    private boolean refreshedCredential;

    CallRun(Tools tools, HttpCall call, String requestId, Deadline deadline) {
        this.tools = tools;
        this.call = call;
        this.url = tools.requests().url(call);
        this.requestId = requestId;
        this.deadline = deadline;
    }

    /** How often the call was sent so far. */
    int attempts() {
        return attempts;
    }

    HttpAnswer run() {
        while (true) {
            AttemptResult result = attempt();
            if (result instanceof Failed failed && failed.reach() == Reach.DEAD_CONNECTION) {
                // Not an attempt: nothing was written. There are no more of these than pooled connections.
                tools.idleConnections().closeIdle();
                continue;
            }
            attempts++;
            if (result instanceof Failed failed && isUnwanted()) {
                mayHaveArrived |= failed.reach().mayHaveArrived();
                requireWanted(failed.cause());
            }
            if (result instanceof Answered answered && answered.status() == 401 && refreshCredential()) {
                continue;
            }
            if (attempts >= tools.maxAttempts() || !RetryPolicy.repeats(call.repeat(), result) || !waitAfter(result)) {
                return finish(result);
            }
            mayHaveArrived |= RetryPolicy.mayHaveArrived(result);
            wasPutOff |= result instanceof Answered;
        }
    }

    private AttemptResult attempt() {
        requireWanted(null);
        Duration left = deadline.left();
        if (left.isZero()) {
            throw failure("no time was left to send it", deadline.advice(), null);
        }
        Duration limit = left.compareTo(tools.callTimeout()) < 0 ? left : tools.callTimeout();
        AttemptTrace trace = new AttemptTrace(call.repeat() != Repeat.READ);
        Request request = tools.requests().signedRequest(call, url, requestId, trace);
        return tools.attempts().run(request, trace, limit);
    }

    /** Once a call: a service that refuses a fresh credential refuses the next one too. */
    private boolean refreshCredential() {
        if (refreshedCredential) {
            return false;
        }
        refreshedCredential = true;
        return tools.authProvider().invalidate();
    }

    /** Waits, unless the deadline would be over before the next attempt. */
    private boolean waitAfter(AttemptResult result) {
        Duration wait = RetryPolicy.wait(result, attempts, tools.timing().jitter());
        if (wait.compareTo(deadline.left()) >= 0) {
            return false;
        }
        if (result instanceof Failed failed && failed.reach() == Reach.LOST_ON_REUSED_CONNECTION) {
            tools.idleConnections().closeIdle();
        }
        if (!wait.isZero()) {
            try {
                tools.timing().sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                mayHaveArrived |= RetryPolicy.mayHaveArrived(result);
                wasPutOff |= result instanceof Answered;
                requireWanted(e);
            }
        }
        return true;
    }

    private HttpAnswer finish(AttemptResult result) {
        if (result instanceof Failed failed) {
            mayHaveArrived |= failed.reach().mayHaveArrived();
            throw failure(failed.what(), failed.advice(), failed.cause());
        }
        Answered answered = (Answered) result;
        if (answered.status() >= 300 && answered.status() < 400) {
            throw redirected(answered);
        }
        if (answered.status() == 407) {
            throw failure("the proxy asks for a user and a password", "Check option 'http.proxy'", null);
        }
        return new HttpAnswer(
                answered.status(),
                contentType(answered.headers()),
                answered.body(),
                serverRequestId(answered.headers()).orElse(requestId),
                attempts,
                (mayHaveArrived || wasPutOff) && call.repeat() != Repeat.READ,
                answered.retryAfter());
    }

    private TransportException redirected(Answered answered) {
        // 303 is how a service answers what it has done; the others say that it has not.
        mayHaveArrived |= answered.status() < 301 || answered.status() == 303 || answered.status() == 304;
        Optional<HttpUrl> target =
                Optional.ofNullable(answered.headers().get("Location")).map(url::resolve);
        String origin = target.map(to -> to.scheme() + "://" + to.host() + ":" + to.port())
                .orElse("nowhere");
        return failure(
                "the service redirects to " + origin + " (status " + answered.status() + "), which the client does not"
                        + " follow, for its credentials are for the configured service only",
                "Set option 'uri' to the service's own address",
                null);
    }

    /** Whether nobody waits for an answer any more. */
    private boolean isUnwanted() {
        return Thread.currentThread().isInterrupted() || tools.closed().get();
    }

    private void requireWanted(Throwable cause) {
        if (Thread.currentThread().isInterrupted()) {
            throw new TransportInterruptedException(
                    message("the thread was interrupted", "The statement was probably cancelled"),
                    delivery(),
                    requestId,
                    cause);
        }
        if (tools.closed().get()) {
            throw failure("the client was closed", "It was in use when it was closed", cause);
        }
    }

    /** Of a chain of causes Flink's clients show the last alone, which is to be the one that says what to do. */
    private TransportException failure(String what, String advice, Throwable cause) {
        TransportException failure = new TransportException(message(what, advice), delivery(), requestId, null);
        if (cause != null) {
            failure.addSuppressed(cause);
        }
        return failure;
    }

    private String message(String what, String advice) {
        return "Cannot %s: %s. %s (attempts %d, request id %s)"
                .formatted(call.inWords(), what, advice, attempts, requestId);
    }

    private Delivery delivery() {
        return mayHaveArrived || wasPutOff ? Delivery.UNKNOWN : Delivery.NOT_SENT;
    }

    private static Optional<String> contentType(Headers headers) {
        return Optional.ofNullable(headers.get("Content-Type"))
                .map(value -> value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }

    /** The header is usually x-request-id; gateways put a prefix before it, such as x-acs-request-id. */
    private static Optional<String> serverRequestId(Headers headers) {
        Optional<String> exact = Optional.ofNullable(headers.get(HttpSettings.REQUEST_ID));
        return exact.or(() -> headers.names().stream()
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains("request-id"))
                        .findFirst()
                        .map(headers::get))
                .map(String::trim)
                .filter(id -> !id.isEmpty());
    }
}
