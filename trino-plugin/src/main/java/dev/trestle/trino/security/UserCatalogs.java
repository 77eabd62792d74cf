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

import static io.trino.spi.StandardErrorCode.PERMISSION_DENIED;
import static java.util.Objects.requireNonNull;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.trestle.catalog.CatalogMetrics;
import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import io.trino.spi.TrinoException;
import io.trino.spi.security.ConnectorIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * A catalog a user: with the token that the session carries, and with connections, caches and file systems of its own. Those
 * that no query uses for a while are dropped.
 */
final class UserCatalogs implements IdentityCatalogs {

    /** Less than where all share one catalog, unless the catalog file says how much. */
    private static final String MANIFESTS_OF_A_USER = "16 mb";

    private final Map<String, String> options;
    private final ClientOpener opener;
    private final String credential;
    private final Optional<IdentityCatalogs> fallback;
    private final Cache<Client, RestCatalog> catalogs;

    /** Files may be reached as the user too, so that a token alone does not tell a client. */
    private record Client(String user, UserToken token) {}

    /**
     * @param options those of the catalog file
     * @param fallback for sessions without a token; empty where these are refused
     */
    UserCatalogs(
            Map<String, String> options,
            ClientOpener opener,
            UserTokenConfig config,
            Optional<IdentityCatalogs> fallback) {
        this.options = OwnCredentials.without(options);
        this.opener = requireNonNull(opener, "opener is null");
        this.credential = config.getCredential();
        this.fallback = requireNonNull(fallback, "fallback is null");
        this.catalogs = CacheBuilder.newBuilder()
                .maximumSize(config.getMaxIdentities())
                .expireAfterAccess(config.getExpireAfter().toJavaTime())
                .build();
    }

    @Override
    public RestCatalog of(ConnectorIdentity identity) {
        return clientOf(identity).map(client -> find(client, identity)).orElseGet(() -> withoutToken(identity));
    }

    @Override
    public IdentityCatalogs ofTransaction() {
        return new OfTransaction();
    }

    /** Another catalog of the same user would know of later snapshots than those that a transaction reads. */
    private final class OfTransaction implements IdentityCatalogs {

        private final Map<Client, RestCatalog> begunWith = new ConcurrentHashMap<>();

        @Override
        public RestCatalog of(ConnectorIdentity identity) {
            return clientOf(identity)
                    .map(client -> begunWith.computeIfAbsent(client, first -> find(first, identity)))
                    .orElseGet(() -> withoutToken(identity));
        }

        @Override
        public IdentityCatalogs ofTransaction() {
            return this;
        }

        @Override
        public void open() {
            UserCatalogs.this.open();
        }

        @Override
        public List<CatalogMetrics.Snapshot> metrics() {
            return UserCatalogs.this.metrics();
        }
    }

    /** Empty where the session has no token. */
    private Optional<Client> clientOf(ConnectorIdentity identity) {
        return Optional.ofNullable(identity.getExtraCredentials().get(credential))
                .map(value -> new Client(
                        identity.getUser(),
                        UserToken.parse(value)
                                .orElseThrow(() -> new TrinoException(
                                        PERMISSION_DENIED,
                                        "The extra credential '" + credential + "' of user '" + identity.getUser()
                                                + "' is no token: it has a character that a bearer token cannot"
                                                + " have"))));
    }

    private RestCatalog withoutToken(ConnectorIdentity identity) {
        return fallback.orElseThrow(() -> new TrinoException(
                        PERMISSION_DENIED,
                        "The catalog asks for a token of each user, and the session of user '" + identity.getUser()
                                + "' carries none: give it as the extra credential '" + credential
                                + "', also where the user signs in by OAuth 2.0, of whose token Trino tells"
                                + " connectors nothing. A view is analyzed as its owner, without a token, unless"
                                + " it is created with SECURITY INVOKER"))
                .of(identity);
    }

    private RestCatalog find(Client client, ConnectorIdentity identity) {
        try {
            return catalogs.get(client, () -> open(client.token(), identity));
        } catch (ExecutionException | UncheckedExecutionException e) {
            if (e.getCause() instanceof NotAuthenticatedException || e.getCause() instanceof ForbiddenException) {
                throw new TrinoException(
                        PERMISSION_DENIED,
                        "The catalog service refuses the token of user '" + identity.getUser()
                                + "' (extra credential '" + credential + "'): "
                                + e.getCause().getMessage(),
                        e.getCause());
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private RestCatalog open(UserToken token, ConnectorIdentity identity) {
        Map<String, String> own = new HashMap<>(options);
        own.put("token.provider", "bear");
        own.put("token", token.value());
        own.putIfAbsent("cache.manifest.small-file-memory", MANIFESTS_OF_A_USER);
        return opener.open(own, identity);
    }

    @Override
    public void open() {
        fallback.ifPresent(IdentityCatalogs::open);
    }

    @Override
    public List<CatalogMetrics.Snapshot> metrics() {
        return Stream.concat(
                        fallback.map(IdentityCatalogs::metrics).orElse(List.of()).stream(),
                        catalogs.asMap().values().stream()
                                .map(catalog -> catalog.metrics().snapshot()))
                .toList();
    }
}
