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

import dev.trestle.catalog.auth.Secret;
import dev.trestle.catalog.http.HttpSettings;
import dev.trestle.catalog.http.HttpSettings.KeyStoreFile;
import dev.trestle.catalog.http.ProxyServer;
import dev.trestle.catalog.starrocks.StarRocksApi;
import dev.trestle.catalog.starrocks.StarRocksSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.utils.TimeUtils;

/** The catalog's options with their types and defaults. Built of options that {@link OptionsCheck} has passed. */
record CatalogSettings(
        HttpSettings http,
        Dialect dialect,
        Duration cacheExpireAfter,
        long cacheMaxSize,
        ManifestMemory manifests,
        boolean caseSensitive,
        boolean dataTokens) {

    private static final String USER_AGENT = "User-Agent";
    private static final long MAX_ANSWER_BYTES = 64L << 20;

    /**
     * What is remembered of manifests.
     *
     * @param bytes altogether; 0 remembers none
     * @param largest file that is remembered, in bytes
     */
    record ManifestMemory(long bytes, long largest) {}

    CatalogSettings {
        requireNonNull(http, "http is null");
        requireNonNull(dialect, "dialect is null");
        requireNonNull(cacheExpireAfter, "cacheExpireAfter is null");
        requireNonNull(manifests, "manifests is null");
    }

    /**
     * Reads options.
     *
     * @throws IllegalArgumentException naming the option whose value cannot be used
     */
    static CatalogSettings of(Map<String, String> options, EngineInfo engine) {
        Reader reader = new Reader(options);
        Map<String, String> headers = new HashMap<>();
        options.forEach((key, value) -> {
            if (key.startsWith(CatalogOptions.HEADER_PREFIX)) {
                headers.put(key.substring(CatalogOptions.HEADER_PREFIX.length()), value);
            }
        });
        // The user's own goes before ours, and may be a reference as in any header.
        headers.keySet().stream()
                .filter(USER_AGENT::equalsIgnoreCase)
                .findAny()
                .ifPresent(name -> headers.put(USER_AGENT, headers.remove(name) + " " + engine.userAgent()));
        HttpSettings http = new HttpSettings(
                HttpSettings.parseBaseUri(reader.text(CatalogOptions.URI_KEY).orElseThrow()),
                reader.duration(CatalogOptions.CONNECT_TIMEOUT),
                reader.duration(CatalogOptions.CALL_TIMEOUT),
                reader.integer(CatalogOptions.MAX_ATTEMPTS),
                reader.duration(CatalogOptions.DEADLINE),
                reader.integer(CatalogOptions.MAX_CONNECTIONS),
                MAX_ANSWER_BYTES,
                reader.text(CatalogOptions.PROXY).map(ProxyServer::new),
                reader.keyStore(CatalogOptions.TRUST_STORE, CatalogOptions.TRUST_STORE_PASSWORD),
                reader.keyStore(CatalogOptions.KEY_STORE, CatalogOptions.KEY_STORE_PASSWORD),
                headers,
                engine.userAgent());
        boolean starRocks = ProtocolCheck.isStarRocks(options);
        return new CatalogSettings(
                starRocks ? http.withRequestIdHeader(StarRocksApi.REQUEST_ID) : http,
                starRocks ? reader.starRocks(http) : reader.paimon(),
                reader.duration(CatalogOptions.CACHE_EXPIRE_AFTER),
                reader.integer(CatalogOptions.CACHE_MAX_SIZE),
                reader.manifests(),
                reader.caseSensitive(),
                Boolean.parseBoolean(reader.value(CatalogOptions.DATA_TOKEN_ENABLED)));
    }

    private record Reader(Map<String, String> options) {

        Optional<String> text(String key) {
            return Optional.ofNullable(options.get(key)).map(String::trim).filter(value -> !value.isEmpty());
        }

        String value(String key) {
            return text(key).or(() -> CatalogOptions.find(key).defaultValue()).orElseThrow();
        }

        Duration duration(String key) {
            return TimeUtils.parseDuration(value(key));
        }

        int integer(String key) {
            return Integer.parseInt(value(key));
        }

        boolean caseSensitive() {
            return Boolean.parseBoolean(text(CatalogOptions.CASE_SENSITIVE)
                    .or(() -> text(CatalogOptions.ALLOW_UPPER_CASE))
                    .orElseGet(() -> value(CatalogOptions.CASE_SENSITIVE)));
        }

        /** As Paimon's own catalogs take these options. */
        ManifestMemory manifests() {
            long usual = bytes(CatalogOptions.MANIFEST_MEMORY);
            long most = text(CatalogOptions.MOST_MANIFEST_MEMORY)
                    .map(size -> MemorySize.parse(size).getBytes())
                    .orElse(0L);
            return most > usual
                    ? new ManifestMemory(most, Long.MAX_VALUE)
                    : new ManifestMemory(usual, bytes(CatalogOptions.LARGEST_MANIFEST));
        }

        private long bytes(String key) {
            return MemorySize.parse(value(key)).getBytes();
        }

        Dialect paimon() {
            return new Dialect.Paimon(text(CatalogOptions.WAREHOUSE), text(CatalogOptions.PREFIX));
        }

        /** The name of the catalog is asked for by {@link ProtocolCheck}, which looks at all options together. */
        Dialect starRocks(HttpSettings http) {
            return new Dialect.StarRocks(
                    new StarRocksSettings(
                            http.baseUri(),
                            value(CatalogOptions.API_VERSION),
                            text(CatalogOptions.WAREHOUSE).orElse(""),
                            Boolean.parseBoolean(value(CatalogOptions.CREATE_ACTION)),
                            http.deadline()),
                    Boolean.parseBoolean(value(CatalogOptions.FILESYSTEM_COMMIT)));
        }

        Optional<KeyStoreFile> keyStore(String key, String passwordKey) {
            return text(key)
                    .map(path -> new KeyStoreFile(
                            Path.of(path), text(passwordKey).map(value -> Secret.of(passwordKey, value))));
        }
    }
}
