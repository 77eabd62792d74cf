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

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.trestle.catalog.CatalogMetrics;
import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.ServiceUnavailableException;
import io.trino.spi.security.ConnectorIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalog with the credentials of the catalog file, for every session. */
final class OwnCatalog implements IdentityCatalogs {

    private static final Logger LOG = LoggerFactory.getLogger(OwnCatalog.class);

    /** Files are reached as the server, not as a user. */
    private static final ConnectorIdentity SERVER = ConnectorIdentity.ofUser("trestle");

    private final Map<String, String> options;
    private final ClientOpener opener;
    private volatile RestCatalog opened;

    OwnCatalog(Map<String, String> options, ClientOpener opener) {
        this.options = Map.copyOf(options);
        this.opener = requireNonNull(opener, "opener is null");
    }

    @Override
    public RestCatalog of(ConnectorIdentity identity) {
        return opened();
    }

    private RestCatalog opened() {
        RestCatalog catalog = opened;
        return catalog == null ? openOnce() : catalog;
    }

    private synchronized RestCatalog openOnce() {
        if (opened == null) {
            opened = authenticated();
        }
        return opened;
    }

    private RestCatalog authenticated() {
        try {
            return opener.open(options, SERVER);
        } catch (NotAuthenticatedException e) {
            throw (NotAuthenticatedException) new NotAuthenticatedException(refusal() + e.getMessage()).initCause(e);
        }
    }

    private String refusal() {
        List<String> credentials = OwnCredentials.among(options);
        return credentials.isEmpty()
                ? "The catalog service asks who the catalog is, and the catalog file does not say: set"
                        + " 'trestle.token.provider' and what it needs. "
                : "The catalog service does not accept who the catalog is, as the catalog file says by "
                        + credentials.stream()
                                .map(option -> "'trestle." + option + "'")
                                .collect(joining(", "))
                        + ": ";
    }

    /** There is only one. */
    @Override
    public IdentityCatalogs ofTransaction() {
        return this;
    }

    /** A service that is down when the server starts is no reason to keep its other catalogs from starting. */
    @Override
    public void open() {
        try {
            opened();
        } catch (ServiceUnavailableException e) {
            LOG.warn("The catalog service cannot be reached; it is tried again by the first query: {}", e.getMessage());
        }
    }

    @Override
    public List<CatalogMetrics.Snapshot> metrics() {
        return Optional.ofNullable(opened)
                .map(catalog -> List.of(catalog.metrics().snapshot()))
                .orElse(List.of());
    }
}
