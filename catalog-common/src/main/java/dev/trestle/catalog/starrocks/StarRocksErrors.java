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
package dev.trestle.catalog.starrocks;

import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.MalformedAnswerException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.Redaction;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the statuses of the standard mean. Only an envelope that names an unknown database or table says that it is not there;
 * any other 404 says that the service lacks the endpoint.
 */
final class StarRocksErrors {

    private static final Logger LOG = LoggerFactory.getLogger(StarRocksErrors.class);
    /** A front end's words for a table of which it does not do what was asked for. */
    private static final String NOT_OLAP = "is not a OLAP table";

    /** MySQL's number for what a server does not do. */
    private static final String NOT_SUPPORTED = "1235";

    private StarRocksErrors() {}

    /** The exception for an answer with a status that is not 2xx. */
    static RuntimeException ofStatus(HttpCall call, HttpAnswer answer) {
        Optional<Envelope> envelope = Envelope.of(answer);
        envelope.ifPresent(known -> logDetails(call, answer, known));
        RuntimeException meaning = meaning(call, answer, envelope);
        return meaning instanceof ServiceException refusal ? maybeAnEcho(answer, refusal) : meaning;
    }

    /** The exception for a 2xx whose envelope says that it is an error, as a front end answers those of DDL. */
    static RuntimeException ofCode(HttpCall call, HttpAnswer answer, Envelope envelope) {
        logDetails(call, answer, envelope);
        String message = message(call, answer, Optional.of(envelope));
        return maybeAnEcho(
                answer,
                ErrorWords.meaning(envelope.code(), envelope.message(), message)
                        .orElseGet(() -> new BadRequestException(message)));
    }

    /** The exception for a task that failed; its words are those of the error that the change met. */
    static RuntimeException ofTask(HttpCall call, HttpAnswer answer, String code, String words) {
        String message = "Cannot %s: %s (code %s, request id %s)"
                .formatted(call.inWords(), Envelope.oneLine(words), code, answer.requestId());
        return maybeAnEcho(
                answer, ErrorWords.meaning(code, words, message).orElseGet(() -> new BadRequestException(message)));
    }

    /**
     * The exception for an answer that is not what the dialect answers. After a change, which may have been applied, it leaves
     * the outcome uncertain.
     */
    static ServiceException malformed(HttpCall call, HttpAnswer answer, String problem) {
        MalformedAnswerException malformed = new MalformedAnswerException(
                "Cannot %s: the service answered %d %s (%d bytes%s), which is not an answer of the StarRocks RESTful API. Check that option 'uri' names a catalog service of that protocol (request id %s)"
                        .formatted(
                                call.inWords(),
                                answer.status(),
                                problem,
                                answer.body().length,
                                answer.contentType().map(t -> " of " + t).orElse(""),
                                answer.requestId()));
        return call.repeat() == Repeat.READ
                ? malformed
                : new OutcomeUncertainException(malformed.getMessage(), true, malformed);
    }

    /**
     * A change that is sent again may be refused because of what its own earlier attempt has done, also where that attempt was
     * answered as if nothing was done: what stands between client and service may answer 429 after the service has acted.
     */
    private static ServiceException maybeAnEcho(HttpAnswer answer, ServiceException refusal) {
        boolean refused = refusal instanceof AlreadyExistsException
                || refusal instanceof NoSuchResourceException
                || answer.status() == 429;
        return refused && answer.resent() ? new OutcomeUncertainException(refusal) : refusal;
    }

    private static RuntimeException meaning(HttpCall call, HttpAnswer answer, Optional<Envelope> envelope) {
        String message = message(call, answer, envelope);
        String words = envelope.map(Envelope::message).orElse("");
        String code = envelope.map(Envelope::code).orElse("");
        return switch (answer.status()) {
            case 400 -> ErrorWords.meaning(code, words, message).orElseGet(() -> new BadRequestException(message));
            case 401 ->
                new NotAuthenticatedException(message + ". Check 'token.provider' and the options that belong to it; a"
                        + " StarRocks front end answers so too where a privilege is missing");
            case 403 ->
                words.contains(NOT_OLAP) || code.equals(NOT_SUPPORTED)
                        ? new UnsupportedByServiceException(message)
                        : new ForbiddenException(message);
            case 404 -> ErrorWords.missing(words, message).orElseGet(() -> missingEndpoint(message));
            case 405 -> missingEndpoint(message);
            case 429 -> new ServiceUnavailableException(message);
            default -> other(call, answer, message);
        };
    }

    private static ServiceException missingEndpoint(String message) {
        return new EndpointMissingException(
                message + ". The service lacks this endpoint: check that option 'uri' names a"
                        + " catalog service of this protocol, and 'starrocks.api-version' its version");
    }

    private static ServiceException other(HttpCall call, HttpAnswer answer, String message) {
        if (answer.status() >= 500 && call.repeat() != Repeat.READ) {
            return new OutcomeUncertainException(message, answer.status() == 500, null);
        }
        return answer.status() >= 500 ? new ServiceUnavailableException(message) : new BadRequestException(message);
    }

    private static String message(HttpCall call, HttpAnswer answer, Optional<Envelope> envelope) {
        return "Cannot %s%s (HTTP %d%s, request id %s)"
                .formatted(
                        call.inWords(),
                        envelope.map(Envelope::message)
                                .filter(words -> !words.isEmpty())
                                .map(words -> ": " + words)
                                .orElse(""),
                        answer.status(),
                        envelope.map(known -> ", code " + known.code()).orElse(""),
                        answer.requestId());
    }

    /** The result of an error may be the service's stack trace: for who looks for it, and for nobody else. */
    private static void logDetails(HttpCall call, HttpAnswer answer, Envelope envelope) {
        if (LOG.isDebugEnabled() && !envelope.result().isMissingNode()) {
            LOG.debug(
                    "{}: the service adds to its error (request id {}): {}",
                    call.inWords(),
                    answer.requestId(),
                    Redaction.of(envelope.result().asText(envelope.result().toString())));
        }
    }
}
