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
package dev.trestle.server.paimon;

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.ErrorAnswers;
import org.apache.paimon.rest.responses.ErrorResponse;

/** Errors as the Paimon REST API words them: a message, a code, and the resource that is missing or in the way. */
public final class PaimonErrors implements ErrorAnswers {

    @Override
    public Answer of(Throwable failure) {
        if (failure instanceof CatalogException refused) {
            int status = status(refused.kind());
            return PaimonJson.answer(
                    status,
                    new ErrorResponse(
                            refused.subject()
                                    .map(subject -> subject.resource().name())
                                    .orElse(null),
                            refused.subject()
                                    .map(CatalogException.Subject::name)
                                    .orElse(null),
                            refused.getMessage(),
                            status));
        }
        return of(
                500,
                "The server failed: " + failure.getClass().getSimpleName()
                        + ". Its log has the details under this answer's request id.");
    }

    @Override
    public Answer of(int status, String message) {
        return PaimonJson.answer(status, new ErrorResponse(null, null, message, status));
    }

    private static int status(CatalogException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case ALREADY_EXISTS, CONFLICT -> 409;
            case UNSUPPORTED -> 501;
        };
    }
}
