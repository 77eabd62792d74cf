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

import dev.trestle.catalog.http.AttemptResult.Answered;
import dev.trestle.catalog.http.AttemptResult.Failed;
import dev.trestle.catalog.http.AttemptResult.Reach;
import dev.trestle.catalog.http.TlsStores.Tls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import okhttp3.Headers;
import okhttp3.Request;

/**
 * Sends what OkHttp refuses, a GET that has a body, by the JDK's client: the request that was written and signed for OkHttp,
 * with the same TLS, proxy and limits, over HTTP/1.1. Its client is made for the first of them, and again when the TLS stores
 * have changed.
 */
final class BodiedGets {

    /** What a GET carries in its request's tag. */
    record Body(byte[] bytes) {}

    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";
    private static final String SCHEMES_KEPT_FROM_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private final HttpSettings settings;
    private final Timing timing;
    private final FailureWords failureWords;

    /** Read for the first client; null before. */
    private RenewedTls tls;

    private Optional<Tls> usedTls = Optional.empty();
    private HttpClient client;

    BodiedGets(HttpSettings settings, Timing timing, FailureWords failureWords) {
        this.settings = requireNonNull(settings, "settings is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.failureWords = requireNonNull(failureWords, "failureWords is null");
    }

    /** As {@link AttemptRunner#run}. */
    AttemptResult run(Request request, Body body, AttemptTrace trace, Duration limit) {
        if (needsPasswordInTunnel(request) && isBasicKeptFromTunnels()) {
            return new Failed(
                    "Java sends a proxy no password for an https service by itself",
                    "Start the JVM with -D" + SCHEMES_KEPT_FROM_TUNNELS + "= (an empty value)",
                    Reach.NOT_CONNECTED,
                    true,
                    null);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client().sendAsync(translate(request, body), head -> new LimitedBody(settings.maxAnswerBytes()));
        try {
            return answered(exchange.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            trace.writing(true);
            return failureWords.describe(new InterruptedIOException("timeout"), trace, limit);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            trace.writing(true);
            return failureWords.describe(new InterruptedIOException("interrupted"), trace, limit);
        } catch (ExecutionException e) {
            return failureWords.describe(note(e.getCause(), trace), trace, limit);
        }
    }

    private synchronized HttpClient client() {
        if (tls == null) {
            tls = new RenewedTls(settings);
        }
        Optional<Tls> current = tls.now();
        if (client == null || !usedTls.equals(current)) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connectTimeout());
            settings.proxy().ifPresent(proxy -> builder.proxy(proxy.selector()));
            current.ifPresent(stores -> builder.sslContext(stores.context()));
            usedTls = current;
            client = builder.build();
        }
        return client;
    }

    private HttpRequest translate(Request request, Body body) {
        HttpRequest.Builder translated = HttpRequest.newBuilder(
                        URI.create(request.url().toString()))
                .method("GET", BodyPublishers.ofByteArray(body.bytes()));
        request.headers().forEach(header -> {
            // The JDK's client writes it itself, from the same URL.
            if (!header.getFirst().equalsIgnoreCase("Host")) {
                translated.header(header.getFirst(), header.getSecond());
            }
        });
        if (needsPasswordInTunnel(request)) {
            settings.proxy()
                    .flatMap(ProxyServer::authorization)
                    .ifPresent(value -> translated.header(PROXY_AUTHORIZATION, value));
        }
        return translated.build();
    }

    private boolean needsPasswordInTunnel(Request request) {
        return request.isHttps()
                && settings.proxy().flatMap(ProxyServer::authorization).isPresent();
    }

    /** Where the property is not set, the JDK's own file of network properties has Basic in it. */
    private static boolean isBasicKeptFromTunnels() {
        return System.getProperty(SCHEMES_KEPT_FROM_TUNNELS, "basic")
                .toLowerCase(Locale.ROOT)
                .contains("basic");
    }

    private Answered answered(HttpResponse<byte[]> response) {
        Headers.Builder headers = new Headers.Builder();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> {
                    if (!name.startsWith(":")) {
                        headers.addUnsafeNonAscii(name, value);
                    }
                }));
        return new Answered(
                response.statusCode(),
                headers.build(),
                response.body(),
                response.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.parse(value, timing.now())));
    }

    /** The failure as OkHttp would have thrown it, and in the trace how far the request had got by the look of it. */
    private static Exception note(Throwable failure, AttemptTrace trace) {
        if (failure instanceof HttpConnectTimeoutException) {
            SocketTimeoutException timeout = new SocketTimeoutException("connect timed out");
            timeout.initCause(failure);
            return timeout;
        }
        if (failure instanceof ConnectException) {
            return isUnresolved(failure) ? new UnknownHostException() : (ConnectException) failure;
        }
        if (failure instanceof SSLException) {
            trace.securing(true);
            return (SSLException) failure;
        }
        trace.writing(true);
        return failure instanceof Exception exception ? exception : new IOException(failure);
    }

    private static boolean isUnresolved(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
