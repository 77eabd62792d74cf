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
package dev.trestle.catalog.procedure;

import dev.trestle.catalog.api.UnsupportedByServiceException;
import java.util.Locale;
import org.apache.paimon.catalog.Catalog;

/** What procedures need the service to keep of a table beside its rows, which not every protocol has. */
public enum ServiceResource {
    SNAPSHOTS,
    BRANCHES,
    TAGS;

    /**
     * Refuses an operation that needs this where the service's protocol lacks it, without a request.
     *
     * @param operation what is to be done, such as {@code create a tag}
     * @throws UnsupportedByServiceException if the protocol lacks it
     */
    public void require(Catalog catalog, String operation) {
        if (!catalog.supportsVersionManagement()) {
            throw new UnsupportedByServiceException(
                    "Cannot " + operation + ": the service's protocol has no " + name().toLowerCase(Locale.ROOT));
        }
    }
}
