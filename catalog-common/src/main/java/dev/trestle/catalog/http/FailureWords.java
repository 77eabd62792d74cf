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

import dev.trestle.catalog.http.AttemptResult.Failed;
import dev.trestle.catalog.http.AttemptResult.Reach;
import dev.trestle.catalog.http.AttemptRunner.AnswerTooLongException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;

/** Says what went wrong in an attempt, and what to check, in the words of the options. */
final class FailureWords {

    private static final String CHECK_URI = "check that the service runs and that option 'uri' is right";
    private static final String CHECK_PROXY = "check option 'http.proxy'";

    private final String service;
    private final String scheme;
    private final String proxy;
    private final Duration connectTimeout;

    FailureWords(HttpSettings settings) {
        HttpUrl url = settings.baseUrl();
        this.service = url.host() + ":" + url.port();
        this.scheme = url.scheme();
        this.proxy = settings.proxy().map(uri -> ProxyServer.of(uri).toString()).orElse("of the JVM's settings");
        this.connectTimeout = settings.connectTimeout();
    }

    Failed describe(Exception failure, AttemptTrace trace, Duration limit) {
        if (trace.foundDeadConnection()) {
            return new Failed("a pooled connection was closed", CHECK_URI, Reach.DEAD_CONNECTION, false, failure);
        }
        if (failure instanceof AnswerTooLongException) {
            return new Failed(
                    "the answer has " + failure.getMessage() + ", the most that the client reads",
                    "check that option 'uri' is a catalog service's",
                    Reach.SENT,
                    true,
                    failure);
        }
        if (failure instanceof RuntimeException) {
            return new Failed("the HTTP client failed: " + failure, "report this", reach(trace), true, failure);
        }
        return trace.writing() ? describeSent(failure, trace, limit) : describeNotSent(failure, trace, limit);
    }

    private Failed describeNotSent(Exception failure, AttemptTrace trace, Duration limit) {
        String peer = trace.viaProxy() ? "the proxy " + proxy : service;
        String check = trace.viaProxy() ? CHECK_PROXY : CHECK_URI;
        if (trace.cancelled()) {
            return notSent("no connection to " + peer + " within " + seconds(limit), check, false, failure);
        }
        if (failure instanceof UnknownHostException) {
            return notSent("the host name of " + peer + " is not known", check, false, failure);
        }
        if (failure instanceof SSLException) {
            return describeTls((SSLException) failure, Reach.NOT_CONNECTED);
        }
        if (failure instanceof SocketTimeoutException) {
            return notSent("no connection to " + peer + " within " + seconds(connectTimeout), check, false, failure);
        }
        return notSent("no connection to " + peer + " (" + reason(failure) + ")", check, false, failure);
    }

    private Failed describeSent(Exception failure, AttemptTrace trace, Duration limit) {
        if (trace.cancelled()) {
            return new Failed(
                    "no complete answer from " + service + " within " + seconds(limit),
                    "check the service, or raise option 'http.call-timeout'",
                    Reach.SENT,
                    false,
                    failure);
        }
        if (trace.answering()) {
            return new Failed(
                    "the answer of " + service + " was cut off or damaged (" + reason(failure) + ")",
                    "check the service and what stands between",
                    Reach.SENT,
                    false,
                    failure);
        }
        if (failure instanceof ProtocolException) {
            return new Failed(
                    "what answers at " + service + " does not speak HTTP",
                    "check the scheme and the port in option 'uri'",
                    Reach.SENT,
                    true,
                    failure);
        }
        if (failure instanceof SSLException && !isCut(failure)) {
            return describeTls((SSLException) failure, Reach.SENT);
        }
        return new Failed(
                "the connection to " + service + " was cut before an answer came (" + reason(failure) + ")",
                CHECK_URI,
                reach(trace),
                false,
                failure);
    }

    private Failed describeTls(SSLException failure, Reach reach) {
        if (isCut(failure)) {
            return new Failed("TLS with " + service + " was cut off", CHECK_URI, reach, false, failure);
        }
        if (failure instanceof SSLPeerUnverifiedException) {
            return new Failed(
                    "the certificate of " + service + " is for other host names",
                    "use the name that it is for in option 'uri'",
                    reach,
                    true,
                    failure);
        }
        if (hasCause(failure, CertificateException.class)) {
            return new Failed(
                    "the certificate of " + service + " is not trusted (" + reason(failure) + ")",
                    "put its authority's certificate into a file and name that in option '" + TlsStores.TRUST_STORE
                            + "'",
                    reach,
                    true,
                    failure);
        }
        return new Failed(
                "TLS with " + service + " failed (" + reason(failure) + ")",
                "check that the port speaks TLS, and where the service asks for a certificate, option '"
                        + TlsStores.KEY_STORE + "'",
                reach,
                true,
                failure);
    }

    private static Reach reach(AttemptTrace trace) {
        if (!trace.writing()) {
            return Reach.NOT_CONNECTED;
        }
        return trace.connecting() || trace.answering() ? Reach.SENT : Reach.LOST_ON_REUSED_CONNECTION;
    }

    private static Failed notSent(String what, String advice, boolean lasting, Exception failure) {
        return new Failed(what, advice, Reach.NOT_CONNECTED, lasting, failure);
    }

    /** The other side hung up, which may go better next time, rather than disagreed. */
    private static boolean isCut(Exception failure) {
        return hasCause(failure, EOFException.class) || hasCause(failure, SocketException.class);
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The innermost words: OkHttp's own repeat the address. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() instanceof IOException || innermost.getCause() instanceof CertificateException) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
    }

    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    @Override
    public String toString() {
        return scheme + "://" + service;
    }
}
