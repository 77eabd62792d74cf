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
package dev.trestle.catalog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults, and what is refused with the option's name. */
class HttpSettingsTest {

    private static final URI SERVICE = URI.create("https://catalog.example");

    @Test
    void defaults() {
        HttpSettings settings = HttpSettings.of(SERVICE);

        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.maxAttempts()).isEqualTo(5);
        assertThat(settings.deadline()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.maxConnections()).isEqualTo(64);
        assertThat(settings.maxAnswerBytes()).isEqualTo(64 << 20);
        assertThat(settings.proxy()).isEmpty();
        assertThat(settings.trustStore()).isEmpty();
        assertThat(settings.keyStore()).isEmpty();
        assertThat(settings.headers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://catalog.example, https://catalog.example/",
        "http://rest_catalog:8080, http://rest_catalog:8080/",
        "localhost:8080, http://localhost:8080/",
        "catalog.example, http://catalog.example/",
        "' https://catalog.example/api/ ', https://catalog.example/api",
        "https://catalog.example//, https://catalog.example/",
        "https://[::1]:8443, https://[::1]:8443/",
        "HTTPS://Catalog.Example, https://catalog.example/",
    })
    void readsTheUri(String text, String base) {
        assertThat(HttpSettings.of(HttpSettings.parseBaseUri(text)).baseUrl().toString())
                .isEqualTo(base);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://catalog.example",
                "https://",
                "https:///path",
                "https://user:s3cr3t@catalog.example",
                "https://catalog.example?token=s3cr3t",
                "https://catalog.example/#s3cr3t",
                "https://catalog.example:99999",
                "https://user:s3cr3t@cata log",
                "https://catalog example"
            })
    void refusesAUriThatIsNoBase(String text) {
        assertThatThrownBy(() -> HttpSettings.of(HttpSettings.parseBaseUri(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'uri'")
                .hasMessageNotContaining("s3cr3t")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT25H"})
    void refusesATimeOutOfBounds(String time) {
        assertThatThrownBy(() -> TestSettings.of(SERVICE)
                        .callTimeout(Duration.parse(time))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'http.call-timeout'");
        assertThatThrownBy(() ->
                        TestSettings.of(SERVICE).deadline(Duration.parse(time)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'http.deadline'");
    }

    @Test
    void refusesNoConnections() {
        assertThatThrownBy(() -> TestSettings.of(SERVICE).maxConnections(0).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'http.max-connections'");
    }

    @ParameterizedTest
    @CsvSource({
        "x-api-key, 'line\nbreak'",
        "x-api-key, 's3cr3t\u00e9'",
        "x-api-key, 's3cr3t\u0000'",
        "Host, elsewhere",
        "content-length, 7",
        "Transfer-Encoding, chunked",
        "'x y', s3cr3t",
        "'x:', s3cr3t",
        "'', s3cr3t",
    })
    void refusesAHeaderThatCannotBeSentByItsName(String name, String value) {
        assertThatThrownBy(() ->
                        TestSettings.of(SERVICE).headers(Map.of(name, value)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'header." + name + "'")
                .hasMessageNotContaining("s3cr3t")
                .hasMessageNotContaining("break");
    }
}
