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

import dev.trestle.catalog.api.RestApi;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.paimon.catalog.Catalog;

/** What a service keeps of a table beside its rows, where its protocol has it. */
public enum ServiceResource {
    SNAPSHOTS(RestApi::snapshots),
    BRANCHES(RestApi::branches),
    TAGS(RestApi::tags);

    private final Function<RestApi, Optional<?>> part;

    ServiceResource(Function<RestApi, Optional<?>> part) {
        this.part = part;
    }

    /**
     * Refuses an operation that needs this of the service, where its protocol lacks it, without a request.
     *
     * @param operation what is to be done, such as {@code create a tag}
     * @throws dev.trestle.catalog.api.UnsupportedByServiceException if the protocol lacks it
     */
    public void require(Catalog catalog, String operation) {
        if (catalog instanceof RestCatalog rest) {
            Capability.require(part.apply(rest.api()), operation, name().toLowerCase(Locale.ROOT));
        }
    }
}
