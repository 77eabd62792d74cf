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

import com.fasterxml.jackson.databind.JsonNode;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.EndpointMissingException;
import dev.trestle.catalog.api.Page;
import dev.trestle.catalog.api.PageRequest;
import dev.trestle.catalog.api.ServiceException;
import java.util.List;
import java.util.Map;

/** {@code /api/{version}/catalogs} of the dialect. */
public final class StarRocksCatalogs {

    private final StarRocksClient client;

    StarRocksCatalogs(StarRocksClient client) {
        this.client = client;
    }

    /** The names of all catalogs of the service. */
    public List<String> list() {
        return Page.all(this::list);
    }

    private Page<String> list(PageRequest page) {
        return new PagedListing(
                        client,
                        new Operation("listCatalogs", "of the service"),
                        client.settings().catalogs())
                .page(page, StarRocksDatabases::name);
    }

    /**
     * Makes sure, with one call, that the service has the catalog of the settings.
     *
     * @throws BadRequestException if it has not; the message names those that it has
     */
    public void requireCatalog() {
        String name = client.settings().catalog();
        try {
            JsonNode unused = client.get(
                    new Operation("getCatalog", "'" + name + "'"),
                    StarRocksSettings.below(client.settings().catalogs(), name),
                    Map.of());
        } catch (EndpointMissingException e) {
            throw missing(name, e);
        }
    }

    /** The dialect says of a catalog that is not there the same as of an endpoint: the list tells them apart. */
    private ServiceException missing(String name, EndpointMissingException asked) {
        List<String> known;
        try {
            known = list();
        } catch (ServiceException e) {
            asked.addSuppressed(e);
            return asked;
        }
        return known.contains(name)
                ? asked
                : new BadRequestException("The service has no catalog '" + name
                        + "', which option 'warehouse' names. It has: " + String.join(", ", known));
    }
}
