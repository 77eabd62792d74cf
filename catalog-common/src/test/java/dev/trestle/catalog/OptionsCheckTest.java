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
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsCheckTest {

    @ParameterizedTest
    @CsvSource({
        "url,                        uri",
        "warehose,                   warehouse",
        "token-provider,             token.provider",
        "dlf.accesskey-id,           dlf.access-key-id",
        "http.calltimeout,           http.call-timeout",
        "metadata-cache.expire-afer, metadata-cache.expire-after"
    })
    void namesTheNearestOptionOfAnUnknownOne(String unknown, String nearest) {
        assertThatThrownBy(() -> OptionsCheck.check(with(unknown, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option '%s' is unknown: did you mean '%s'?", unknown, nearest);
    }

    @Test
    void namesAnOptionOfTheEngineWhereThatIsNearest() {
        assertThat(CatalogOptions.violations(with("securty", "none"), Set.of("security")))
                .containsExactly("Option 'securty' is unknown: did you mean 'security'?");
    }

    @Test
    void namesNoneWhereNoneIsNear() {
        assertThatThrownBy(() -> OptionsCheck.check(with("something-quite-different", "x")))
                .hasMessageContaining("'something-quite-different'")
                .hasMessageNotContaining("did you mean");
    }

    @Test
    void namesTheNearestProtocolOfAnUnknownOne() {
        assertThatThrownBy(() -> OptionsCheck.check(with("protocol", "starrock")))
                .hasMessageContaining("Option 'protocol' must be one of [paimon, starrocks], and is 'starrock'")
                .hasMessageContaining("did you mean 'starrocks'?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "protocol=starrocks|Option 'warehouse' is missing: with 'protocol' = 'starrocks'",
                "protocol=starrocks,warehouse=w,prefix=p|Option 'prefix' has no place",
                "protocol=starrocks,warehouse=w,data-token.enabled=true|Option 'data-token.enabled' cannot be 'true'",
                "protocol=starrocks,warehouse=w,starrocks.api-version=2|Option 'starrocks.api-version' must be 'v'",
                "protocol=starrocks,warehouse=w,starrocks.create-action=maybe|Option 'starrocks.create-action' must be 'true'",
                "starrocks.allow-filesystem-commit=true|'starrocks.allow-filesystem-commit' has no effect without"
            })
    void refusesOptionsThatContradictTheProtocol(String options, String problem) {
        Map<String, String> written = new HashMap<>(Map.of("uri", "http://localhost"));
        for (String option : options.split(",")) {
            written.put(option.split("=")[0], option.split("=")[1]);
        }

        assertThatThrownBy(() -> OptionsCheck.check(written)).hasMessageContaining(problem);
    }

    @Test
    void asksForTheUri() {
        assertThatThrownBy(() -> OptionsCheck.check(Map.of("warehouse", "wh")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option 'uri' is missing")
                .hasMessageContaining("https://");
        assertThatThrownBy(() -> OptionsCheck.check(Map.of("uri", "  ")))
                .hasMessageContaining("Option 'uri' is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://catalog.example.com/base/",
                "localhost:8080",
                "catalog_server:8080",
                "HTTPS://CATALOG",
                " http://[::1]:8080 "
            })
    void takesEveryUriThatPaimonTakes(String uri) {
        assertThatCode(() -> OptionsCheck.check(Map.of("uri", uri))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    uri                          | ftp://host           | http://
                    uri                          | http://              | is not a URI
                    uri                          | http://host?a=b      | query
                    http.call-timeout            | soon                 | a duration
                    http.call-timeout            | -1 s                 | a duration
                    http.call-timeout            | 0 s                  | 1 ms
                    http.deadline                | 100 d                | 24 h
                    http.max-attempts            | 0                    | a whole number of 1 or more
                    http.max-attempts            | many                 | a whole number of 1 or more
                    http.max-connections         | 99999999999          | a whole number of 1 or more
                    data-token.enabled           | yes                  | true
                    protocol                     | iceberg              | [paimon, starrocks]
                    metastore                    | hive                 | [trestle, rest]
                    http.proxy                   | socks://proxy        | http://host:port
                    metadata-cache.expire-after  | 1 fortnight          | a duration
                    cache.manifest.max-memory    | 1 heap               | a size
                    header.Content-Length        | 7                    | header.Content-Length
                    header.a b                   | 7                    | header.a b
                    """)
    void saysWhatAValueMustBe(String key, String value, String expected) {
        assertThatThrownBy(() -> OptionsCheck.check(with(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key)
                .hasMessageContaining(expected);
    }

    @Test
    void reportsEveryViolationAtOnce() {
        Map<String, String> options = Map.of(
                "warehose", "wh",
                "http.call-timeout", "soon",
                "http.connect-timeout", "0 s",
                "http.deadline", "25 h",
                "data-token.enabled", "perhaps");

        assertThatThrownBy(() -> OptionsCheck.check(options))
                .hasMessageContaining("'uri' is missing")
                .hasMessageContaining("'warehose' is unknown")
                .hasMessageContaining("'http.call-timeout'")
                .hasMessageContaining("'http.connect-timeout'")
                .hasMessageContaining("'http.deadline'")
                .hasMessageContaining("'data-token.enabled'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http.proxy           | http://user:hunter2@proxy:x y
                    http.proxy           | https://user:hunter2@proxy
                    http.proxy           | hunter2
                    uri                  | http://user:hunter2@host
                    uri                  | ftp://user:hunter2@host
                    header.Authorization | hunter2\u00e9
                    """)
    void repeatsNoSecretThatIsInAWrongValue(String key, String value) {
        Throwable refused = catchThrowable(() -> OptionsCheck.check(with(key, value)));

        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(key);
        for (Throwable e = refused; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void takesOptionsThatAreHandedOn() {
        Map<String, String> options = new HashMap<>(Map.of("uri", "http://localhost"));
        for (String prefix : CatalogOptions.PASSED_ON) {
            options.put(prefix + "some.thing", "x");
        }

        assertThatCode(() -> OptionsCheck.check(options)).doesNotThrowAnyException();
    }

    @Test
    void countsABlankValueAsNone() {
        assertThatCode(() -> OptionsCheck.check(with("http.call-timeout", " "))).doesNotThrowAnyException();
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> options = new HashMap<>(Map.of("uri", "http://localhost"));
        options.put(key, value);
        return options;
    }

    @Test
    void passesOptionsThatBelongToAProviderOfTheUsersOwn() {
        OptionsCheck.check(Map.of("uri", "http://localhost", "token.provider", "vault", "vault.key", "k"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionsCheck.check(
                        Map.of("uri", "http://localhost", "token.provider", "basic", "basic.key", "k")))
                .withMessageContaining("'basic.key' is unknown");
    }
}
