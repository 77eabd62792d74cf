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

import dev.trestle.catalog.api.RestApi;
import dev.trestle.catalog.api.RestApi.Config;
import dev.trestle.catalog.http.HttpTransport;
import dev.trestle.catalog.paimon.PaimonRestApi;
import dev.trestle.catalog.starrocks.StarRocksApi;
import dev.trestle.catalog.starrocks.StarRocksSettings;
import java.util.Map;
import java.util.Optional;

/** The protocol that the service speaks. */
sealed interface Dialect {

    /** Asks the service, with one call, for what a client has to know of it first. */
    Config begin(HttpTransport transport);

    /** The service's resources. */
    RestApi api(HttpTransport transport);

    /** Whether writers may commit in the tables' files, where the service keeps no snapshots. */
    boolean isFilesystemCommitAllowed();

    /** @param prefix the path segment after {@code /v1} */
    record Paimon(Optional<String> warehouse, Optional<String> prefix) implements Dialect {

        public Paimon {
            requireNonNull(warehouse, "warehouse is null");
            requireNonNull(prefix, "prefix is null");
        }

        @Override
        public Config begin(HttpTransport transport) {
            return PaimonRestApi.config(transport, warehouse);
        }

        @Override
        public RestApi api(HttpTransport transport) {
            return new PaimonRestApi(transport, prefix);
        }

        @Override
        public boolean isFilesystemCommitAllowed() {
            return false;
        }
    }

    /** Its service has no configuration to tell; that the catalog is there is what has to be known. */
    record StarRocks(StarRocksSettings settings, boolean isFilesystemCommitAllowed) implements Dialect {

        public StarRocks {
            requireNonNull(settings, "settings is null");
        }

        @Override
        public Config begin(HttpTransport transport) {
            new StarRocksApi(transport, settings).catalogs().requireCatalog();
            return new Config(Map.of(), Map.of());
        }

        @Override
        public RestApi api(HttpTransport transport) {
            return new StarRocksApi(transport, settings);
        }
    }
}
