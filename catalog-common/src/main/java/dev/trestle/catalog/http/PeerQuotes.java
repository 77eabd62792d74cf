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

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.cert.CertificateException;

/**
 * Keeps what the other side sent out of messages and stack traces: OkHttp quotes a status line or a chunk that it cannot
 * read, and the bytes before an unexpected end.
 */
final class PeerQuotes {

    private static final String CUT = "unexpected end of stream";

    private PeerQuotes() {}

    /** The same failure, or where it or a cause of it may quote, a copy with its stack trace and without those messages. */
    static Throwable without(Throwable failure) {
        if (failure == null || !anyQuotes(failure)) {
            return failure;
        }
        String name = failure.getClass().getName();
        IOException copy = new IOException(
                mayQuote(failure) ? name : name + ": " + failure.getMessage(), without(failure.getCause()));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    /** The innermost words of a failure, since OkHttp's own repeat the address. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() instanceof IOException || innermost.getCause() instanceof CertificateException) {
            innermost = innermost.getCause();
        }
        if (innermost instanceof EOFException || CUT.equals(innermost.getMessage())) {
            return CUT;
        }
        if (mayQuote(innermost) || innermost.getMessage() == null) {
            return innermost.getClass().getSimpleName();
        }
        return innermost.getMessage();
    }

    private static boolean anyQuotes(Throwable failure) {
        if (mayQuote(failure)) {
            return true;
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (anyQuotes(suppressed)) {
                return true;
            }
        }
        return failure.getCause() != null && anyQuotes(failure.getCause());
    }

    private static boolean mayQuote(Throwable failure) {
        return failure instanceof ProtocolException
                || failure instanceof EOFException
                || failure instanceof RuntimeException;
    }
}
