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
package dev.trestle.trino;

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.EngineInfo;
import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.files.TrinoFiles;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.NodeVersion;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.security.ConnectorIdentity;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;

/** The catalog that a session uses. Opening it sends one call, when the connector is made. Safe for use by many threads. */
public final class SessionCatalogs {

    private final RestCatalog catalog;

    @Inject
    SessionCatalogs(CoreOptions options, NodeVersion trino, TrinoFileSystemFactory fileSystems) {
        requireNonNull(trino, "trino is null");
        TrinoFiles files = new TrinoFiles(fileSystems, ConnectorIdentity.ofUser("trestle"));
        this.catalog = RestCatalog.open(
                CatalogContext.create(Options.fromMap(options.values()), files, null),
                new EngineInfo("trino", trino.toString()));
    }

    /** The catalog under the identity of a session. */
    public RestCatalog of(ConnectorSession session) {
        requireNonNull(session, "session is null");
        return catalog;
    }
}
