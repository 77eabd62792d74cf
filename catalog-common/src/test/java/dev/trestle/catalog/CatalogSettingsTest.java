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

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.http.ProxyServer;
import dev.trestle.catalog.starrocks.StarRocksSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSettingsTest {

    private static final EngineInfo FLINK = new EngineInfo("flink", "2.3.0");

    @Test
    void hasTheDefaultsThatTheDocumentationStates() {
        CatalogSettings settings = CatalogSettings.of(Map.of("uri", "https://host"), FLINK);

        assertThat(settings.http().connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.http().callTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.http().maxAttempts()).isEqualTo(5);
        assertThat(settings.http().deadline()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.http().maxConnections()).isEqualTo(64);
        assertThat(settings.http().proxy()).isEmpty();
        assertThat(settings.http().trustStore()).isEmpty();
        assertThat(settings.http().keyStore()).isEmpty();
        assertThat(settings.http().headers()).isEmpty();
        assertThat(settings.http().userAgent()).matches("trestle/\\S+ flink/2.3.0");
        assertThat(settings.dialect()).isEqualTo(new Dialect.Paimon(Optional.empty(), Optional.empty()));
        assertThat(settings.cacheExpireAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.cacheMaxSize()).isEqualTo(1000);
        assertThat(settings.manifests()).isEqualTo(new CatalogSettings.ManifestMemory(128 << 20, 1 << 20));
        assertThat(settings.caseSensitive()).isTrue();
        assertThat(settings.dataTokens()).isFalse();
    }

    @Test
    void readsEveryOption() {
        CatalogSettings settings = CatalogSettings.of(
                Map.ofEntries(
                        Map.entry("uri", " catalog:8080/base/ "),
                        Map.entry("warehouse", "wh"),
                        Map.entry("prefix", "p"),
                        Map.entry("http.connect-timeout", "1 s"),
                        Map.entry("http.call-timeout", "2 s"),
                        Map.entry("http.max-attempts", "3"),
                        Map.entry("http.deadline", "4 s"),
                        Map.entry("http.max-connections", "5"),
                        Map.entry("http.proxy", "http://proxy:3128"),
                        Map.entry("http.tls.trust-store", "/trust"),
                        Map.entry("http.tls.key-store", "/key"),
                        Map.entry("http.tls.key-store-password", "pw"),
                        Map.entry("metadata-cache.expire-after", "0 s"),
                        Map.entry("metadata-cache.max-size", "7"),
                        Map.entry("cache.manifest.small-file-memory", "9 mb"),
                        Map.entry("cache.manifest.small-file-threshold", "8 kb"),
                        Map.entry("cache.manifest.max-memory", "9 mb"),
                        Map.entry("case-sensitive", "FALSE"),
                        Map.entry("data-token.enabled", "true"),
                        Map.entry("header.x-tenant", "t")),
                FLINK);

        assertThat(settings.http().baseUri()).isEqualTo(URI.create("http://catalog:8080/base/"));
        assertThat(settings.dialect()).isEqualTo(new Dialect.Paimon(Optional.of("wh"), Optional.of("p")));
        assertThat(settings.http().connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.http().callTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.http().maxAttempts()).isEqualTo(3);
        assertThat(settings.http().deadline()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.http().maxConnections()).isEqualTo(5);
        assertThat(settings.http().proxy()).contains(new ProxyServer("http://proxy:3128"));
        assertThat(settings.http().trustStore().orElseThrow().path()).isEqualTo(Path.of("/trust"));
        assertThat(settings.http().trustStore().orElseThrow().password()).isEmpty();
        assertThat(settings.http().keyStore().orElseThrow().password()).isPresent();
        assertThat(settings.cacheExpireAfter()).isZero();
        assertThat(settings.cacheMaxSize()).isEqualTo(7);
        assertThat(settings.manifests()).isEqualTo(new CatalogSettings.ManifestMemory(9 << 20, 8 << 10));
        assertThat(settings.caseSensitive()).isFalse();
        assertThat(settings.dataTokens()).isTrue();
        assertThat(settings.http().headers()).isEqualTo(Map.of("x-tenant", "t"));
    }

    @Test
    void remembersManifestsOfAnySizeWhereMoreMemoryIsGiven() {
        CatalogSettings settings =
                CatalogSettings.of(Map.of("uri", "http://catalog", "cache.manifest.max-memory", "1 gb"), FLINK);

        assertThat(settings.manifests()).isEqualTo(new CatalogSettings.ManifestMemory(1 << 30, Long.MAX_VALUE));
    }

    @Test
    void readsTheOptionsOfTheStarRocksDialect() {
        CatalogSettings settings = CatalogSettings.of(
                Map.of(
                        "uri",
                        "http://catalog",
                        "protocol",
                        "starrocks",
                        "warehouse",
                        "lake",
                        "http.deadline",
                        "4 s",
                        "starrocks.api-version",
                        "v3",
                        "starrocks.create-action",
                        "false",
                        "starrocks.allow-filesystem-commit",
                        "true"),
                FLINK);

        assertThat(settings.dialect())
                .isEqualTo(new Dialect.StarRocks(
                        new StarRocksSettings(URI.create("http://catalog"), "v3", "lake", false, Duration.ofSeconds(4)),
                        true));
        assertThat(settings.http().requestIdHeader()).isEqualTo("x-starrocks-request-id");
    }

    @Test
    void writesNothingInTheStarRocksDialectUnlessToldTo() {
        CatalogSettings settings = CatalogSettings.of(
                Map.of("uri", "http://catalog", "protocol", "starrocks", "warehouse", "lake"), FLINK);

        assertThat(settings.dialect())
                .isEqualTo(new Dialect.StarRocks(
                        new StarRocksSettings(URI.create("http://catalog"), "v2", "lake", true, Duration.ofMinutes(2)),
                        false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"User-Agent", "user-agent"})
    void putsTheUsersOwnUserAgentFirst(String header) {
        CatalogSettings settings = CatalogSettings.of(Map.of("uri", "http://h", "header." + header, "mine/1"), FLINK);

        assertThat(settings.http().headers())
                .containsOnlyKeys("User-Agent")
                .hasEntrySatisfying(
                        "User-Agent", value -> assertThat(value).matches("mine/1 trestle/\\S+ flink/2.3.0"));
    }
}
