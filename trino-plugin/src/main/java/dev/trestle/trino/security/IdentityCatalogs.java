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
package dev.trestle.trino.security;

import dev.trestle.catalog.CatalogMetrics;
import dev.trestle.catalog.RestCatalog;
import io.trino.spi.security.ConnectorIdentity;
import java.util.List;

/** The catalog under an identity. Safe for use by many threads. */
public interface IdentityCatalogs {

    /**
     * The catalog with which a session's identity speaks to the service.
     *
     * @throws io.trino.spi.TrinoException if the identity may not use the catalog
     */
    RestCatalog of(ConnectorIdentity identity);

    /**
     * The same for one transaction, which speaks over the catalogs that it began with, also where they are meanwhile given up
     * for other identities.
     */
    IdentityCatalogs ofTransaction();

    /** Opens what can be opened before there is a session, so that what is wrong is found when the catalog is made. */
    void open();

    /** What the clients that are in use have counted. */
    List<CatalogMetrics.Snapshot> metrics();
}
