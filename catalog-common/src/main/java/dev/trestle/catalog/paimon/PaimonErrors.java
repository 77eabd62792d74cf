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

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trestle.catalog.api.AlreadyExistsException;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUncertainException;
import dev.trestle.catalog.api.ResourceType;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.catalog.http.HttpAnswer;
import dev.trestle.catalog.http.HttpCall;
import dev.trestle.catalog.http.HttpCall.Repeat;
import dev.trestle.catalog.http.Redaction;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * What each status of the Paimon REST API means. Its errors carry a body of {@code resourceType, resourceName, message, code}
 * (schema {@code ErrorResponse} of the OpenAPI document); a 404 without one comes from something else than a catalog.
 */
final class PaimonErrors {

    private static final int LONGEST_MESSAGE = 1_000;

    private static final Set<Integer> MAYBE_ECHOES = Set.of(400, 401, 403, 404, 409, 429);

    private PaimonErrors() {}

    /** The body of an error; every field may be missing. */
    private record ErrorBody(String resourceType, String resourceName, String message, Integer code) {

        boolean isOfACatalog() {
            return code != null || resourceType != null;
        }
    }

    static RuntimeException toException(HttpCall call, HttpAnswer answer) {
        RuntimeException meaning = meaning(call, answer);
        return isMaybeAnEcho(answer) && meaning instanceof ServiceException refusal
                ? new OutcomeUncertainException(refusal)
                : meaning;
    }

    /**
     * A change that is sent again may be refused because of what its own earlier attempt has done, also where that attempt was
     * answered as if nothing was done: what stands between client and service may answer 429 after the service has acted. It
     * may be refused for another reason too, such as a right that was taken away meanwhile, which says nothing of the earlier.
     */
    private static boolean isMaybeAnEcho(HttpAnswer answer) {
        return MAYBE_ECHOES.contains(answer.status()) && answer.resent();
    }

    private static RuntimeException meaning(HttpCall call, HttpAnswer answer) {
        Optional<ErrorBody> error = errorBody(answer);
        String message = message(call, answer, error);
        ResourceType type = ResourceType.of(error.map(ErrorBody::resourceType).orElse(null));
        String name = error.map(ErrorBody::resourceName).orElse("");
        return switch (answer.status()) {
            case 400 -> new BadRequestException(message);
            case 401 ->
                new NotAuthenticatedException(message + ". Check 'token.provider' and the options that belong to it");
            case 403 -> new ForbiddenException(message);
            case 404 -> error.isPresent() ? new NoSuchResourceException(message, type, name) : missing(message);
            case 405 -> missing(message);
            case 409 -> new AlreadyExistsException(message, type, name);
            case 429 -> new ServiceUnavailableException(message);
            case 501 -> new UnsupportedByServiceException(message);
            default -> other(call, answer, message);
        };
    }

    private static ServiceException missing(String message) {
        return new EndpointMissingException(message
                + ". The answer is not a catalog's: check that option 'uri' names the catalog service, and that its"
                + " 'prefix' is right");
    }

    private static ServiceException other(HttpCall call, HttpAnswer answer, String message) {
        if (answer.status() >= 500 && call.repeat() != Repeat.READ) {
            return new OutcomeUncertainException(message, answer.status() == 500, null);
        }
        return answer.status() >= 500 ? new ServiceUnavailableException(message) : new BadRequestException(message);
    }

    private static Optional<ErrorBody> errorBody(HttpAnswer answer) {
        if (answer.body().length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(PaimonJson.read(answer.body(), ErrorBody.class))
                    .filter(ErrorBody::isOfACatalog);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String message(HttpCall call, HttpAnswer answer, Optional<ErrorBody> error) {
        String saying = error.map(ErrorBody::message)
                .map(Redaction::of)
                .map(PaimonErrors::oneLine)
                .filter(text -> !text.isEmpty())
                .map(text -> ": " + text)
                .orElse("");
        return "Cannot %s%s (HTTP %d, request id %s)"
                .formatted(call.inWords(), saying, answer.status(), answer.requestId());
    }

    /** The first line of what a server says, since some answer with a stack trace. */
    private static String oneLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** What is wrong with a JSON text, without quoting it: it may hold anything. */
    static String jsonProblem(IOException e) {
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return "unreadable at line %d, column %d"
                    .formatted(
                            json.getLocation().getLineNr(), json.getLocation().getColumnNr());
        }
        return "unreadable";
    }
}
