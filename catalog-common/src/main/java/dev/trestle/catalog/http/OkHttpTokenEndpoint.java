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

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trestle.catalog.auth.AuthenticationException;
import dev.trestle.catalog.auth.TokenEndpoint;
import dev.trestle.catalog.http.AttemptResult.Answered;
import dev.trestle.catalog.http.AttemptResult.Failed;
import dev.trestle.catalog.http.HttpCall.Repeat;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * One token endpoint. Asking for a token changes nothing that matters, so it is asked again like for a read, for half a
 * minute at most: the call that needs the token waits.
 */
final class OkHttpTokenEndpoint implements TokenEndpoint {

    static final long MAX_ANSWER_BYTES = 1L << 20;

    private static final String OPERATION = "requestToken";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final String option;
    private final HttpUrl url;
    private final HttpSettings settings;
    private final HttpMetrics metrics;
    private final QueryIds queryIds;
    private final Timing timing;

    /** Made for the first token, since key stores are read for it; null before. */
    private ServiceClient client;

    OkHttpTokenEndpoint(
            String option, HttpUrl url, HttpSettings settings, HttpMetrics metrics, QueryIds queryIds, Timing timing) {
        this.option = option;
        this.url = url;
        this.settings = settings;
        this.metrics = metrics;
        this.queryIds = queryIds;
        this.timing = timing;
    }

    @Override
    public Answer post(Map<String, String> form, Optional<String> authorization) {
        String requestId = UUID.randomUUID().toString();
        Run run = new Run(requestId);
        long start = timing.nanoTime();
        Optional<Integer> status = Optional.empty();
        try {
            Answered answered = run.send(form, authorization);
            status = Optional.of(answered.status());
            return new Answer(
                    answered.status(),
                    mediaType(answered),
                    new String(answered.body(), UTF_8),
                    Optional.ofNullable(answered.headers().get(HttpSettings.REQUEST_ID))
                            .orElse(requestId));
        } finally {
            new CallReport(
                            OPERATION,
                            "request token from " + address(),
                            status,
                            run.attempts,
                            Duration.ofNanos(timing.nanoTime() - start),
                            requestId,
                            queryIds.current(),
                            true)
                    .to(metrics);
        }
    }

    private synchronized ServiceClient client() {
        if (client == null) {
            client = new ServiceClient(settings);
        }
        return client;
    }

    /** Ends the requests under way, which then fail, and closes the connections. */
    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    private String address() {
        return url.scheme() + "://" + RequestWriter.host(url) + url.encodedPath();
    }

    private static Optional<String> mediaType(Answered answered) {
        return Optional.ofNullable(answered.headers().get("Content-Type"))
                .map(value -> value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT))
                .filter(value -> !value.isEmpty());
    }

    @Override
    public String toString() {
        return "OkHttpTokenEndpoint[" + address() + "]";
    }

    /** One request for a token, with its repeats. */
    private final class Run {

        private final String requestId;
        private final Deadline deadline;
        private int attempts;

        Run(String requestId) {
            this.requestId = requestId;
            Duration time = settings.deadline().compareTo(LONGEST) < 0 ? settings.deadline() : LONGEST;
            this.deadline = Deadline.in(time, timing);
        }

        Answered send(Map<String, String> form, Optional<String> authorization) {
            ServiceClient http = client();
            AttemptRunner runner = new AttemptRunner(http, settings, timing, new FailureWords(settings, option));
            while (true) {
                AttemptTrace trace = new AttemptTrace(false);
                Duration left = deadline.left();
                if (left.isZero()) {
                    throw failure("no time was left to send the request", deadline.advice(), null);
                }
                AttemptResult result = runner.run(
                        request(form, authorization, trace),
                        trace,
                        left.compareTo(settings.callTimeout()) < 0 ? left : settings.callTimeout());
                attempts++;
                if (Thread.currentThread().isInterrupted()) {
                    throw failure("the thread was interrupted", "The statement was probably cancelled", null);
                }
                if (attempts >= settings.maxAttempts()
                        || !RetryPolicy.repeats(Repeat.READ, result)
                        || !waitAfter(result, http)) {
                    if (result instanceof Failed failed) {
                        throw failure(failed.what(), failed.advice(), failed.cause());
                    }
                    return (Answered) result;
                }
            }
        }

        /** Waits, unless the deadline would be over before the next attempt. */
        private boolean waitAfter(AttemptResult result, ServiceClient http) {
            Duration wait = RetryPolicy.wait(result, attempts, timing.jitter());
            if (wait.compareTo(deadline.left()) >= 0) {
                return false;
            }
            if (result instanceof Failed) {
                http.closeIdle();
            }
            try {
                timing.sleep(wait);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure("the thread was interrupted", "The statement was probably cancelled", e);
            }
        }

        private Request request(Map<String, String> form, Optional<String> authorization, AttemptTrace trace) {
            FormBody.Builder body = new FormBody.Builder();
            form.forEach(body::add);
            Request.Builder request = new Request.Builder()
                    .url(url)
                    .tag(AttemptTrace.class, trace)
                    .post(body.build())
                    .header("Accept", "application/json")
                    .header("User-Agent", settings.userAgent())
                    .header(HttpSettings.REQUEST_ID, requestId);
            authorization.ifPresent(value -> request.header("Authorization", value));
            OkHttpTokenEndpoints.proxyAuthorization(settings, url)
                    .ifPresent(value -> request.header("Proxy-Authorization", value));
            return request.build();
        }

        private AuthenticationException failure(String what, String advice, Throwable cause) {
            return new AuthenticationException(
                    "No token from %s: %s. %s (attempts %d, request id %s)"
                            .formatted(address(), what, advice, attempts, requestId),
                    cause);
        }
    }
}
