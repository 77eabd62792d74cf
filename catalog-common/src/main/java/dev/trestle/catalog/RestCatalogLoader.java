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

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.storage.SentContext;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;

/**
 * Opens a catalog again, in this process or in another one of the same job. Sends nothing: the options that it carries are
 * already merged with the service's.
 *
 * <p>Its serialized form holds the options, and with them each secret that the user wrote inline; a reference such as
 * <code>${file:…}</code> stays a reference.
 */
final class RestCatalogLoader implements CatalogLoader {

    private static final long serialVersionUID = 2L;

    private final SentContext context;
    private final EngineInfo engine;
    private final TableSession session;
    private transient volatile SharedClient client;

    RestCatalogLoader(SentContext context, EngineInfo engine, TableSession session) {
        this.context = requireNonNull(context, "context is null");
        this.engine = requireNonNull(engine, "engine is null");
        this.session = requireNonNull(session, "session is null");
    }

    @Override
    public Catalog load() {
        return new RestCatalog(client(), session);
    }

    /** The client of this process, found once. */
    SharedClient client() {
        SharedClient found = client;
        if (found == null) {
            found = RestCatalogs.client(context, engine);
            client = found;
        }
        return found;
    }
}
