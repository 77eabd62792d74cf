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
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;

/** Says what went wrong in an attempt, and what to check, in the words of the options. */
final class FailureWords {

    private static final String TRUST_STORE = "option '" + TlsStores.TRUST_STORE + "'";
    private static final String KEY_STORE = "option '" + TlsStores.KEY_STORE + "'";
    private static final String CHECK_PROXY = "Check option 'http.proxy'";

    private final String option;
    private final String checkUri;
    private final String service;
    private final boolean proxyIsSet;
    private final String proxy;
    private final Duration connectTimeout;

    /** @param option the one that says where the service is */
    FailureWords(HttpSettings settings, String option) {
        this.option = "option '" + option + "'";
        this.checkUri = "Check that the service runs and that " + this.option + " is right";
        HttpUrl url = settings.baseUrl();
        this.service = url.host() + ":" + url.port();
        this.proxyIsSet = settings.proxy().isPresent();
        this.proxy = settings.proxy().map(ProxyServer::toString).orElse("of the JVM's settings");
        this.connectTimeout = settings.connectTimeout();
    }

    Failed describe(Exception failure, AttemptTrace trace, Duration limit) {
        Failed failed = classify(failure, trace, limit);
        return new Failed(
                failed.what(), failed.advice(), failed.reach(), failed.lasting(), PeerQuotes.without(failure));
    }

    private Failed classify(Exception failure, AttemptTrace trace, Duration limit) {
        if (trace.foundDeadConnection()) {
            return new Failed("a pooled connection was closed", checkUri, Reach.DEAD_CONNECTION, false, failure);
        }
        if (failure instanceof AnswerTooLongException) {
            return new Failed(
                    "the answer has " + failure.getMessage() + ", the most that the client reads",
                    "Check that " + option + " is the right service's",
                    Reach.SENT,
                    true,
                    failure);
        }
        if (failure instanceof RuntimeException) {
            return new Failed(
                    "the HTTP client failed (" + failure.getClass().getName() + ")",
                    "This is an error in the client: report it with the stack trace",
                    reach(trace),
                    true,
                    failure);
        }
        return trace.writing() ? describeSent(failure, trace, limit) : describeNotSent(failure, trace, limit);
    }

    private Failed describeNotSent(Exception failure, AttemptTrace trace, Duration limit) {
        boolean viaProxy = proxyIsSet || trace.viaProxy();
        String peer = viaProxy ? "the proxy " + proxy : service;
        String check = viaProxy ? CHECK_PROXY : checkUri;
        if (isTimeLimit(failure)) {
            return notSent("no connection to " + peer + " within " + seconds(limit), check, failure);
        }
        if (failure instanceof UnknownHostException) {
            return notSent("the host name of " + peer + " is not known", check, failure);
        }
        if (trace.securing()) {
            return describeTls(failure, Reach.NOT_CONNECTED);
        }
        if (failure instanceof SocketTimeoutException) {
            return notSent("no connection to " + peer + " within " + seconds(connectTimeout), check, failure);
        }
        return notSent("no connection to " + peer + " (" + PeerQuotes.reason(failure) + ")", check, failure);
    }

    private Failed describeSent(Exception failure, AttemptTrace trace, Duration limit) {
        if (isTimeLimit(failure)) {
            return new Failed(
                    "no complete answer from " + service + " within " + seconds(limit),
                    "Check the service, or raise option 'http.call-timeout'",
                    Reach.SENT,
                    false,
                    failure);
        }
        if (trace.answering()) {
            return new Failed(
                    "the answer of " + service + " was cut off or damaged (" + PeerQuotes.reason(failure) + ")",
                    "Check the service and what stands between",
                    Reach.SENT,
                    false,
                    failure);
        }
        if (failure instanceof ProtocolException) {
            return new Failed(
                    "what answers at " + service + " does not speak HTTP",
                    "Check the scheme and the port in " + option,
                    Reach.SENT,
                    true,
                    failure);
        }
        if (failure instanceof SSLException && !isCut(failure)) {
            // With TLS 1.3 a service refuses the client's certificate only now.
            return describeTls(failure, Reach.SENT);
        }
        return new Failed(
                "the connection to " + service + " was cut before an answer came (" + PeerQuotes.reason(failure) + ")",
                trace.securing() ? checkUri + "; where it asks for a certificate, check " + KEY_STORE : checkUri,
                reach(trace),
                false,
                failure);
    }

    private Failed describeTls(Exception failure, Reach reach) {
        if (failure instanceof SSLPeerUnverifiedException) {
            return new Failed(
                    "the certificate of " + service + " is for other host names",
                    "Use the name that it is for in " + option,
                    reach,
                    true,
                    failure);
        }
        if (hasCause(failure, CertificateException.class)) {
            return new Failed(
                    "the certificate of " + service + " is not trusted (" + PeerQuotes.reason(failure) + ")",
                    "Put its authority's certificate into a file and name that in " + TRUST_STORE,
                    reach,
                    true,
                    failure);
        }
        boolean disagreement = failure instanceof SSLException && !isCut(failure);
        return new Failed(
                (disagreement ? "TLS with " + service + " failed (" : "the connection to " + service + " was cut (")
                        + PeerQuotes.reason(failure) + ")",
                "Check that the port speaks TLS; where it asks for a certificate, check " + KEY_STORE,
                reach,
                disagreement,
                failure);
    }

    private static Reach reach(AttemptTrace trace) {
        if (!trace.writing()) {
            return Reach.NOT_CONNECTED;
        }
        return trace.connecting() || trace.answering() ? Reach.SENT : Reach.LOST_ON_REUSED_CONNECTION;
    }

    /** The attempt's own limit; a connection that is not made in its time is a {@link SocketTimeoutException}. */
    private static boolean isTimeLimit(Exception failure) {
        return failure instanceof InterruptedIOException && !(failure instanceof SocketTimeoutException);
    }

    private static Failed notSent(String what, String advice, Exception failure) {
        return new Failed(what, advice, Reach.NOT_CONNECTED, false, failure);
    }

    /** The other side hung up, which may go better next time, rather than disagreed: below TLS, the connection failed. */
    private static boolean isCut(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof SSLException)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
