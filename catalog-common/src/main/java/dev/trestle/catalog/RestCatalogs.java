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
import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthProviders;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.http.OkHttpTransport;
import dev.trestle.catalog.paimon.PaimonRestApi;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.options.Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens catalogs: checks what the user wrote, asks the service for its configuration, and finds or makes the client. */
final class RestCatalogs {

    private static final Logger LOG = LoggerFactory.getLogger(RestCatalogs.class);

    private RestCatalogs() {}

    /** Opens a catalog with one call, {@code GET /v1/config}. */
    static RestCatalog open(CatalogContext context, EngineInfo engine) {
        Map<String, String> written = context.options().toMap();
        OptionsCheck.check(written);
        CatalogSettings bootstrap = CatalogSettings.of(written, engine);
        AuthProvider auth = AuthProviders.create(new AuthOptions(written));
        HttpTransport transport = new OkHttpTransport(bootstrap.http(), auth);
        Map<String, String> merged;
        try {
            merged = merge(written, PaimonRestApi.config(transport, bootstrap.warehouse()));
        } catch (RuntimeException e) {
            transport.close();
            auth.close();
            throw e;
        }
        CatalogSettings settings = CatalogSettings.of(merged, engine);
        CatalogContext full = with(context, merged);
        boolean[] used = {false};
        SharedClient client = SharedClients.get(merged, engine, () -> {
            used[0] = settings.http().equals(bootstrap.http());
            return client(full, engine, settings, used[0] ? transport : new OkHttpTransport(settings.http(), auth));
        });
        if (!used[0]) {
            transport.close();
        }
        return new RestCatalog(client, new TableSession(settings.cacheExpireAfter()));
    }

    /** Opens a catalog of options that are merged already: sends nothing. */
    static RestCatalog reopen(CatalogContext context, EngineInfo engine, TableSession session) {
        Map<String, String> merged = context.options().toMap();
        SharedClient client = SharedClients.get(merged, engine, () -> {
            CatalogSettings settings = CatalogSettings.of(merged, engine);
            AuthProvider auth = AuthProviders.create(new AuthOptions(merged));
            return client(context, engine, settings, new OkHttpTransport(settings.http(), auth));
        });
        return new RestCatalog(client, session);
    }

    private static SharedClient client(
            CatalogContext context, EngineInfo engine, CatalogSettings settings, HttpTransport transport) {
        return SharedClient.of(context, engine, settings, new PaimonRestApi(transport, settings.prefix()));
    }

    /**
     * The service's defaults, then what the user wrote, then the service's overrides. Where the service is, and who the
     * client is, stays what the user wrote: credentials go to no other place.
     */
    private static Map<String, String> merge(Map<String, String> written, Config config) {
        Map<String, String> merged = new HashMap<>(config.defaults());
        merged.putAll(written);
        config.overrides().forEach((key, value) -> {
            if (key.equals(CatalogOptions.URI_KEY) && !value.equals(written.get(key))) {
                LOG.warn("The service asks to use another uri; it is not followed, since credentials go to the configured one only");
            } else {
                merged.put(key, value);
            }
        });
        merged.put(CatalogOptions.METASTORE, RestCatalogFactory.IDENTIFIER);
        // A catalog that Paimon rebuilds of these options must not be wrapped in a cache that serves stale tables.
        merged.put("cache-enabled", "false");
        return Map.copyOf(merged);
    }

    private static CatalogContext with(CatalogContext context, Map<String, String> options) {
        return CatalogContext.create(
                Options.fromMap(options), context.hadoopConf(), context.preferIO(), context.fallbackIO());
    }
}
