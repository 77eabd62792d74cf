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
import dev.trestle.catalog.CatalogMetrics;
import dev.trestle.catalog.EngineInfo;
import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.files.TrinoFiles;
import dev.trestle.trino.security.ClientOpener;
import dev.trestle.trino.security.Identities;
import dev.trestle.trino.security.IdentityCatalogs;
import dev.trestle.trino.security.IdentityConfig;
import dev.trestle.trino.security.UserTokenConfig;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.spi.NodeVersion;
import io.trino.spi.connector.ConnectorSession;
import java.util.List;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;

/**
 * The catalog that a session uses: the one of the catalog file, or the user's own. Opening it sends one call, when the
 * connector is made or the user is first seen. Safe for use by many threads.
 */
public final class SessionCatalogs {

    private final IdentityCatalogs identities;

    @Inject
    SessionCatalogs(
            CoreOptions options,
            IdentityConfig identity,
            UserTokenConfig userToken,
            NodeVersion trino,
            TrinoFileSystemFactory fileSystems) {
        this(Identities.of(identity, userToken, options.values(), opener(trino, fileSystems)));
        try {
            identities.open();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    PropertyNames.asWritten(e.getMessage(), options.values().keySet()), e);
        }
    }

    private SessionCatalogs(IdentityCatalogs identities) {
        this.identities = requireNonNull(identities, "identities is null");
    }

    private static ClientOpener opener(NodeVersion trino, TrinoFileSystemFactory fileSystems) {
        requireNonNull(fileSystems, "fileSystems is null");
        EngineInfo engine = new EngineInfo("trino", trino.toString());
        return (options, identity) -> RestCatalog.open(
                CatalogContext.create(Options.fromMap(options), new TrinoFiles(fileSystems, identity), null), engine);
    }

    /** Those of one transaction: each session's is the same until its end. Sends nothing. */
    SessionCatalogs ofTransaction() {
        return new SessionCatalogs(identities.ofTransaction());
    }

    /** The catalog under the identity of a session. */
    public RestCatalog of(ConnectorSession session) {
        return TrinoErrors.call("reach the catalog service", () -> identities.of(session.getIdentity()));
    }

    /** What the clients that are in use have counted. */
    public List<CatalogMetrics.Snapshot> metrics() {
        return identities.metrics();
    }
}
