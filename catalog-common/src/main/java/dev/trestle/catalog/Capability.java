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
package dev.trestle.catalog;

import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes a resource that a dialect may lack, or refuses before any request is sent. */
final class Capability {

    private Capability() {}

    /**
     * @param operation what is to be done, such as {@code create a tag}
     * @param resource what the dialect then needs, in the plural
     */
    static <T> T require(Optional<T> api, String operation, String resource) {
        return api.orElseThrow(() -> new UnsupportedByServiceException(
                "Cannot " + operation + ": the service's protocol has no " + resource));
    }

    /**
     * Asks about a kind of objects that a service may have had no address for when it was made: it then answers as if the
     * address of the service were wrong, and keeps none of them.
     *
     * @throws UnsupportedByServiceException if the service has no such address
     */
    static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (EndpointMissingException e) {
            throw new UnsupportedByServiceException(e.getMessage());
        }
    }
}
