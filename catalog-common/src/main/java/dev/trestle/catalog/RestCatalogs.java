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

import dev.trestle.catalog.api.RestApi.Config;
import dev.trestle.catalog.storage.LoaderIdentity;
import dev.trestle.catalog.storage.SentConfiguration;
import dev.trestle.catalog.storage.SentContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens catalogs: checks what the user wrote, asks the service for its configuration, and finds or makes the client. */
final class RestCatalogs {

    private static final Logger LOG = LoggerFactory.getLogger(RestCatalogs.class);

    /** Where the service is, and who the client is: what the user wrote stands, so credentials go to no other place. */
    private static final Pattern USERS_OWN = Pattern.compile(
            "uri|token|token\\..*|basic\\..*|oauth2\\..*|dlf\\.(?!oss-endpoint$).*|http\\.proxy|http\\.tls\\..*");

    private RestCatalogs() {}

    /** Opens a catalog with one call, which the dialect knows. */
    static RestCatalog open(CatalogContext context, EngineInfo engine) {
        Map<String, String> written = context.options().toMap();
        OptionsCheck.check(written);
        CatalogSettings bootstrap = CatalogSettings.of(written, engine);
        LoaderIdentity files = LoaderIdentity.of(Optional.ofNullable(context.preferIO()));
        SharedClients.Key key = SharedClients.Key.of(written, engine, files, StorageSecrets.read(written));
        SharedClient client = SharedClients.openedBefore(key)
                .filter(known -> isStillRight(known, written, bootstrap.dialect()))
                .orElseGet(() -> connect(context, engine, files, bootstrap));
        SharedClients.opened(key, client);
        return new RestCatalog(client, TableSession.ofNoTable());
    }

    /** Asks over the connection that is there, whether the service still tells what it told when it was made. */
    private static boolean isStillRight(SharedClient client, Map<String, String> written, Dialect dialect) {
        Map<String, String> merged =
                merge(written, dialect.begin(client.connection().transport()));
        return merged.equals(client.context().options().toMap());
    }

    private static SharedClient connect(
            CatalogContext context, EngineInfo engine, LoaderIdentity files, CatalogSettings bootstrap) {
        Map<String, String> written = context.options().toMap();
        Connection connection = Connection.open(bootstrap.http(), written, engine);
        try {
            Map<String, String> merged = merge(written, bootstrap.dialect().begin(connection.transport()));
            CatalogSettings settings = CatalogSettings.of(merged, engine);
            StorageSecrets secrets = StorageSecrets.read(merged);
            SharedClient client = SharedClients.get(
                    SharedClients.Key.of(merged, engine, files, secrets),
                    () -> SharedClient.of(
                            with(context, merged), secrets, engine, settings, connection.with(settings.http())));
            if (client.connection().auth() != connection.auth()) {
                client.metrics().add(connection.metrics());
                connection.close();
            }
            return client;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The client of this process for options that are merged already. */
    static SharedClient client(SentContext context, EngineInfo engine) {
        Map<String, String> merged = context.options();
        StorageSecrets secrets = StorageSecrets.read(merged);
        LoaderIdentity files = LoaderIdentity.of(context.preferIO());
        return SharedClients.get(SharedClients.Key.of(merged, engine, files, secrets), () -> {
            CatalogSettings settings = CatalogSettings.of(merged, engine);
            return SharedClient.of(
                    context.toContext(), secrets, engine, settings, Connection.open(settings.http(), merged, engine));
        });
    }

    /** The service's defaults, then what the user wrote, then the service's overrides. */
    private static Map<String, String> merge(Map<String, String> written, Config config) {
        Map<String, String> merged = new HashMap<>(usable(config.defaults()));
        merged.putAll(written);
        merged.putAll(usable(config.overrides()));
        merged.put(CatalogOptions.METASTORE, RestCatalogFactory.IDENTIFIER);
        // A catalog that Paimon rebuilds of these options must not be wrapped in a cache that serves stale tables.
        merged.put(CatalogOptions.PAIMON_CACHE, "false");
        return Map.copyOf(merged);
    }

    /**
     * What a service says never fails the catalog, now or when it is opened again with the merged options: what cannot be
     * followed is left out, with a warning.
     */
    private static Map<String, String> usable(Map<String, String> options) {
        Map<String, String> usable = new HashMap<>();
        options.forEach((key, value) -> {
            Optional<String> objection = objection(key, value);
            if (objection.isPresent()) {
                LOG.warn("The service sets option '{}', which is not followed: {}", key, objection.get());
            } else {
                usable.put(key, value);
            }
        });
        return usable;
    }

    private static Optional<String> objection(String key, String value) {
        if (USERS_OWN.matcher(key).matches()) {
            return Optional.of("that option is the user's own");
        }
        if (CatalogOptions.hasReference(value)) {
            return Optional.of("only the user's own options may refer to variables and files of this machine");
        }
        return OptionsCheck.isKnown(key)
                ? OptionsCheck.problem(key, value)
                : Optional.of("this version of the catalog does not know it");
    }

    private static CatalogContext with(CatalogContext context, Map<String, String> options) {
        return CatalogContext.create(
                Options.fromMap(options),
                new SentConfiguration(context.hadoopConf()),
                context.preferIO(),
                context.fallbackIO());
    }
}
