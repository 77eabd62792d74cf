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
package dev.trestle.catalog.paimon;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpCall.Method;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.http.TransportException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends the calls of the Paimon REST API below {@code /v1/{prefix}} and reads their answers. */
final class PaimonClient {

    private final HttpTransport transport;
    private final Optional<String> prefix;

    /** @param prefix one path segment after {@code /v1}, as {@code /v1/config} gave it */
    PaimonClient(HttpTransport transport, Optional<String> prefix) {
        this.transport = requireNonNull(transport, "transport is null");
        this.prefix = requireNonNull(prefix, "prefix is null");
    }

    /** What a call does, to which object: for messages, logs and metrics. */
    record Task(String operation, String object) {

        String inWords() {
            return HttpCall.inWords(operation, object);
        }
    }

    <T> T get(Task task, List<String> path, Map<String, String> query, Class<T> type) {
        return read(task, send(task, Method.GET, path, query, Optional.empty(), Repeat.READ), type);
    }

    /** A POST that changes nothing. */
    <T> T query(Task task, List<String> path, Object body, Class<T> type) {
        return read(task, send(task, Method.POST, path, Map.of(), Optional.of(body), Repeat.READ), type);
    }

    /** A POST whose answer has no content that matters: most changes answer 200 and an empty body. */
    void post(Task task, List<String> path, Object body, Repeat repeat) {
        requireCatalog(task, send(task, Method.POST, path, Map.of(), Optional.of(body), repeat));
    }

    /** A change whose answer says what happened. An unreadable answer leaves the outcome uncertain. */
    <T> T change(Task task, List<String> path, Object body, Class<T> type) {
        HttpAnswer answer = send(task, Method.POST, path, Map.of(), Optional.of(body), Repeat.CHANGE);
        try {
            return read(task, answer, type);
        } catch (MalformedAnswerException e) {
            throw new OutcomeUncertainException(e.getMessage(), true, e);
        }
    }

    void delete(Task task, List<String> path) {
        requireCatalog(task, send(task, Method.DELETE, path, Map.of(), Optional.empty(), Repeat.CHANGE));
    }

    /** A page with words for people, such as a gateway's login, is no sign that the change was applied. */
    private static void requireCatalog(Task task, HttpAnswer answer) {
        if (answer.contentType().filter("text/html"::equals).isPresent()) {
            throw new OutcomeUncertainException(
                    malformed(task, answer, "a page of HTML").getMessage(), true, null);
        }
    }

    private HttpAnswer send(
            Task task,
            Method method,
            List<String> path,
            Map<String, String> query,
            Optional<Object> body,
            Repeat repeat) {
        List<String> segments = new ArrayList<>();
        segments.add("v1");
        prefix.ifPresent(segments::add);
        segments.addAll(path);
        return send(
                transport,
                new HttpCall(
                        task.operation(), task.object(), method, segments, query, body.map(PaimonJson::write), repeat));
    }

    static HttpAnswer send(HttpTransport transport, HttpCall call) {
        HttpAnswer answer;
        try {
            answer = transport.send(call);
        } catch (TransportException e) {
            if (call.repeat() == Repeat.READ || e.delivery() == TransportException.Delivery.NOT_SENT) {
                throw new ServiceUnavailableException(e.getMessage(), e);
            }
            throw new OutcomeUncertainException(e.getMessage(), false, e);
        }
        if (!answer.isSuccess()) {
            throw PaimonErrors.toException(call, answer);
        }
        return answer;
    }

    static <T> T read(Task task, HttpAnswer answer, Class<T> type) {
        try {
            T value = PaimonJson.read(answer.body(), type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            throw PaimonJson.unknownContent(e)
                    .map(content -> unreadable(task, answer, content))
                    .orElseGet(() -> malformed(task, answer, PaimonErrors.jsonProblem(e)));
        }
        throw malformed(task, answer, "it is JSON null");
    }

    private static MalformedAnswerException unreadable(Task task, HttpAnswer answer, String content) {
        return new MalformedAnswerException("Cannot %s: the service answered with %s (request id %s)"
                .formatted(task.inWords(), content, answer.requestId()));
    }

    static MalformedAnswerException malformed(Task task, HttpAnswer answer, String problem) {
        return new MalformedAnswerException(
                "Cannot %s: the service answered %d with something that is not the JSON of the Paimon REST API (%s; %d bytes%s). Check that option 'uri' names a catalog service (request id %s)"
                        .formatted(
                                task.inWords(),
                                answer.status(),
                                problem,
                                answer.body().length,
                                answer.contentType().map(t -> " of " + t).orElse(""),
                                answer.requestId()));
    }
}
