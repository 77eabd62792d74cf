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
package dev.trestle.server.starrocks;

import dev.trestle.server.catalog.CatalogException;
import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.catalog.CatalogException.Subject;
import dev.trestle.server.http.Answer;
import dev.trestle.server.http.ErrorAnswers;
import java.util.Locale;

/** Errors in the standard's envelope. Its statuses know no conflict, so what exists already is a bad request with a code. */
public final class StarRocksErrors implements ErrorAnswers {

    /** As a front end forbids what a table of another kind cannot; the number is MySQL's. */
    private static final String NOT_SUPPORTED = "1235";

    @Override
    public Answer of(Throwable failure) {
        if (failure instanceof CatalogException refused) {
            if (refused.kind() == CatalogException.Kind.UNSUPPORTED) {
                return StarRocksJson.error(403, NOT_SUPPORTED, refused.getMessage());
            }
            return refused.subject()
                    .map(subject -> ofSubject(refused, subject))
                    .orElseGet(() -> of(400, refused.getMessage()));
        }
        return of(
                500,
                "The server failed: " + failure.getClass().getSimpleName()
                        + ". Its log has the details under this answer's request id.");
    }

    @Override
    public Answer of(int status, String message) {
        return StarRocksJson.error(status, Integer.toString(status), message);
    }

    private Answer ofSubject(CatalogException refused, Subject subject) {
        String named = subject.resource().name().toLowerCase(Locale.ROOT) + " '" + subject.name() + "'";
        return switch (refused.kind()) {
            case NOT_FOUND ->
                subject.resource() == Resource.COLUMN
                        ? StarRocksJson.error(400, "1054", "Unknown " + named)
                        : of(404, "Unknown " + named);
            case ALREADY_EXISTS ->
                StarRocksJson.error(400, codeOfExisting(subject.resource()), "The " + named + " already exists");
            case INVALID, CONFLICT, UNSUPPORTED -> of(400, refused.getMessage());
        };
    }

    /** MySQL's numbers. */
    private static String codeOfExisting(Resource resource) {
        return switch (resource) {
            case DATABASE -> "1007";
            case COLUMN -> "1060";
            default -> "1050";
        };
    }
}
