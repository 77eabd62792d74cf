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
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.shade.jackson2.com.fasterxml.jackson.core.JsonProcessingException;

/** JSON by Paimon's own mapper: the only class that names what Paimon shades. */
public final class PaimonJson {

    private PaimonJson() {}

    /** Reads a request's body. */
    static <T> T read(String json, Class<T> type) {
        if (json.isBlank()) {
            throw CatalogException.invalid("The request has no body; a " + type.getSimpleName() + " is expected.");
        }
        try {
            T value = RESTApi.fromJson(json, type);
            if (value == null) {
                throw CatalogException.invalid("The request's body is null.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw CatalogException.invalid(
                    "The request's body is not a valid " + type.getSimpleName() + ": " + e.getOriginalMessage());
        }
    }

    /** A JSON answer. */
    public static Answer answer(int status, Object value) {
        try {
            return Answer.json(status, RESTApi.toJson(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
