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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A call as a dialect states it: before encoding, authentication and retries.
 *
 * @param operation the name of the operation in logs, metrics and messages, such as {@code getTable}
 * @param object what it is about, as it follows the operation in a sentence, such as {@code 'db.t'}; never a secret
 * @param segments the path below the base URI, one unencoded segment each
 * @param query unencoded parameters, in the order in which they are sent
 * @param body JSON, UTF-8; a GET with one goes over HTTP/1.1 by another client than OkHttp, which refuses it
 * @param repeat when the call may be sent again
 */
public record HttpCall(
        String operation,
        String object,
        Method method,
        List<String> segments,
        Map<String, String> query,
        Optional<byte[]> body,
        Repeat repeat) {

    private static final Pattern WORD_BORDER = Pattern.compile("([a-z])([A-Z])");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** The methods that the dialects use. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    /** When a call may be sent a second time. */
    public enum Repeat {
        /** Changes nothing: repeated on connection errors, 429, 502, 503 and 504. */
        READ,
        /** Applying it twice is the same as once: repeated like a read. */
        IDEMPOTENT_CHANGE,
        /** Repeated only when the service cannot have applied it: no connection was made, 429, 503 with Retry-After. */
        CHANGE
    }

    public HttpCall {
        requireNonNull(operation, "operation is null");
        requireNonNull(object, "object is null");
        requireNonNull(method, "method is null");
        segments = List.copyOf(segments);
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        requireNonNull(body, "body is null");
        requireNonNull(repeat, "repeat is null");
    }

    /** The operation and its object as a person says them, in one line: {@code create table 'db.t'}. */
    public String inWords() {
        return inWords(operation, object);
    }

    /** An operation and its object as a person says them, in one line. */
    public static String inWords(String operation, String object) {
        String verb = WORD_BORDER.matcher(operation).replaceAll("$1 $2").toLowerCase(Locale.ROOT);
        return verb + " " + CONTROL.matcher(object).replaceAll("?");
    }

    /** Without the query and the body, which may hold anything. */
    @Override
    public String toString() {
        return "HttpCall[" + inWords() + "]";
    }
}
