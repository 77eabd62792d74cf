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

import dev.trestle.catalog.auth.AuthOptions;
import dev.trestle.catalog.auth.AuthProvider;
import dev.trestle.catalog.auth.AuthProviders;
import dev.trestle.catalog.http.HttpSettings;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.http.OkHttpTokenEndpoints;
import dev.trestle.catalog.http.OkHttpTransport;
import dev.trestle.catalog.http.QueryIds;
import java.util.Map;

/** The way to the service: who the client is, its connections, and what is counted on them. */
record Connection(
        HttpSettings settings, AuthProvider auth, CatalogMetrics metrics, QueryIds queryIds, HttpTransport transport)
        implements AutoCloseable {

    Connection {
        requireNonNull(settings, "settings is null");
        requireNonNull(auth, "auth is null");
        requireNonNull(metrics, "metrics is null");
        requireNonNull(queryIds, "queryIds is null");
        requireNonNull(transport, "transport is null");
    }

    /** Sends nothing yet. */
    static Connection open(HttpSettings settings, Map<String, String> options, EngineInfo engine) {
        CatalogMetrics metrics = new CatalogMetrics();
        QueryIds queryIds = new QueryIds(engine.queryIdKey());
        AuthProvider auth = AuthProviders.create(new AuthOptions(
                options, new OkHttpTokenEndpoints(settings, metrics.ofCalls(), queryIds), metrics.ofTokens()));
        return open(settings, auth, metrics, queryIds);
    }

    private static Connection open(
            HttpSettings settings, AuthProvider auth, CatalogMetrics metrics, QueryIds queryIds) {
        return new Connection(
                settings, auth, metrics, queryIds, OkHttpTransport.open(settings, auth, metrics.ofCalls(), queryIds));
    }

    /** This connection, or where the settings differ another one with the same token; this one is then closed. */
    Connection with(HttpSettings changed) {
        if (changed.equals(settings)) {
            return this;
        }
        Connection other = open(changed, auth, metrics, queryIds);
        transport.close();
        return other;
    }

    @Override
    public void close() {
        transport.close();
        auth.close();
    }
}
