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
package dev.trestle.flink.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.http.HttpSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {

    private static final String URI_TEXT = "https://gateway.example/flink";

    @Test
    void readsTheOptionsOfTheCatalogsHttpClient() {
        HttpSettings http = GatewaySettings.of(Map.ofEntries(
                        Map.entry("uri", URI_TEXT),
                        Map.entry("http.connect-timeout", "3 s"),
                        Map.entry("http.call-timeout", "2 min"),
                        Map.entry("http.max-attempts", "7"),
                        Map.entry("http.deadline", "1 h"),
                        Map.entry("http.max-connections", "4"),
                        Map.entry("http.proxy", "http://proxy.example:3128"),
                        Map.entry("http.tls.trust-store", "/etc/ca.pem"),
                        Map.entry("http.tls.key-store", "/etc/me.p12"),
                        Map.entry("http.tls.key-store-password", "k3y"),
                        Map.entry("header.x-team", "t1")))
                .http();

        assertThat(http.baseUri()).isEqualTo(URI.create(URI_TEXT));
        assertThat(http.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(http.callTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(http.maxAttempts()).isEqualTo(7);
        assertThat(http.deadline()).isEqualTo(Duration.ofHours(1));
        assertThat(http.maxConnections()).isEqualTo(4);
        assertThat(http.proxy()).hasToString("Optional[proxy.example:3128]");
        assertThat(http.trustStore().orElseThrow().path()).isEqualTo(Path.of("/etc/ca.pem"));
        assertThat(http.keyStore().orElseThrow().password().orElseThrow().reveal())
                .isEqualTo("k3y");
        assertThat(http.headers()).isEqualTo(Map.of("x-team", "t1"));
    }

    @Test
    void hasTheCatalogsDefaults() {
        HttpSettings http = GatewaySettings.of(URI.create(URI_TEXT)).http();
        HttpSettings catalogs = HttpSettings.of(URI.create(URI_TEXT));

        assertThat(http.connectTimeout()).isEqualTo(catalogs.connectTimeout());
        assertThat(http.callTimeout()).isEqualTo(catalogs.callTimeout());
        assertThat(http.maxAttempts()).isEqualTo(catalogs.maxAttempts());
        assertThat(http.deadline()).isEqualTo(catalogs.deadline());
    }

    @Test
    void refusesAnOptionThatNobodyKnows() {
        assertThatThrownBy(() -> GatewaySettings.of(Map.of("uri", URI_TEXT, "http.timeout", "1 s")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'http.timeout'")
                .hasMessageContaining("http.call-timeout");
    }

    @Test
    void refusesToGoWithoutAnAddress() {
        assertThatThrownBy(() -> GatewaySettings.of(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'uri'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "ten s", "1 fortnight", "-1 s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse("Option 'http.deadline'", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option 'http.deadline' must be a duration");
    }

    @Test
    void readsDurations() {
        assertThat(Durations.parse("x", "500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Durations.parse("x", " 60 s ")).isEqualTo(Duration.ofMinutes(1));
        assertThat(Durations.parse("x", "2 Min")).isEqualTo(Duration.ofMinutes(2));
        assertThat(Durations.parse("x", "1 hour")).isEqualTo(Duration.ofHours(1));
    }
}
