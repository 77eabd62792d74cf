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
package dev.trestle.server.fault;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** What happens to a request on its way. */
public sealed interface Fault {

    /** On which side of the server's doing it happens. */
    enum Moment {
        /** The server never sees the request. */
        BEFORE,
        /** The server has answered: what the request asks for is done, or refused. */
        AFTER
    }

    /** How a connection ends. */
    enum Manner {
        /** In order, though too soon. */
        CLOSE,
        /** With a TCP reset. */
        RESET,
        /** In order, and from then on no connection is made until the proxy is revived. */
        GO_DOWN
    }

    /** The connection ends without an answer. */
    record Cut(Moment moment, Manner manner) implements Fault {
        public Cut {
            requireNonNull(moment, "moment is null");
            requireNonNull(manner, "manner is null");
        }
    }

    /** The client gets this answer, whatever the server's is. */
    record Answer(Moment moment, int status, Map<String, String> headers, String body) implements Fault {
        public Answer {
            requireNonNull(moment, "moment is null");
            headers = Map.copyOf(headers);
        }

        byte[] bodyBytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The request, or its answer, is held back for a while; it arrives even if the client no longer waits. */
    record Delay(Moment moment, Duration duration) implements Fault {
        public Delay {
            requireNonNull(moment, "moment is null");
            requireNonNull(duration, "duration is null");
        }
    }

    /** Something else happens from its beginning to its end before the server sees the request. */
    record Meanwhile(Runnable other) implements Fault {
        public Meanwhile {
            requireNonNull(other, "other is null");
        }
    }

    /** The answer promises its whole body, and ends after so many bytes of it. */
    record Truncate(int bodyBytes) implements Fault {}

    /** The server never sees the request; the client sees the connection close. */
    static Fault cutBefore() {
        return new Cut(Moment.BEFORE, Manner.CLOSE);
    }

    /** The server does what it is asked; the client sees the connection close. */
    static Fault cutAfter() {
        return new Cut(Moment.AFTER, Manner.CLOSE);
    }

    /** The server never sees the request; the client sees the connection reset. */
    static Fault resetBefore() {
        return new Cut(Moment.BEFORE, Manner.RESET);
    }

    /** The server does what it is asked; the client sees the connection reset. */
    static Fault resetAfter() {
        return new Cut(Moment.AFTER, Manner.RESET);
    }

    /** The server does what it is asked; the client sees the connection close, and cannot connect any more. */
    static Fault cutAfterAndGoDown() {
        return new Cut(Moment.AFTER, Manner.GO_DOWN);
    }

    /** The server never sees the request; the client cannot connect any more. */
    static Fault goDown() {
        return new Cut(Moment.BEFORE, Manner.GO_DOWN);
    }

    /** The server never sees the request; the client gets this status with an error body of the Paimon REST API. */
    static Fault answer(int status) {
        return answer(status, Map.of());
    }

    /** As {@link #answer(int)}, with headers such as {@code Retry-After}. */
    static Fault answer(int status, Map<String, String> headers) {
        return new Answer(Moment.BEFORE, status, headers, errorBody(status));
    }

    /** The server does what it is asked; the client gets this status with an error body of the Paimon REST API. */
    static Fault answerAfter(int status) {
        return new Answer(Moment.AFTER, status, Map.of(), errorBody(status));
    }

    /** The request reaches the server this much later. */
    static Fault delayBefore(Duration duration) {
        return new Delay(Moment.BEFORE, duration);
    }

    /** The answer reaches the client this much later. */
    static Fault delayAfter(Duration duration) {
        return new Delay(Moment.AFTER, duration);
    }

    /** The server sees the request when something else has happened: what another client does meanwhile, say. */
    static Fault meanwhile(Runnable other) {
        return new Meanwhile(other);
    }

    /** The server does what it is asked; the answer's body breaks off after so many bytes. */
    static Fault truncate(int bodyBytes) {
        return new Truncate(bodyBytes);
    }

    private static String errorBody(int status) {
        return "{\"message\":\"injected\",\"resourceType\":null,\"resourceName\":null,\"code\":" + status + "}";
    }
}
