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

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.paimon.options.ConfigOption;
import org.apache.paimon.rest.RESTCatalogInternalOptions;
import org.apache.paimon.rest.RESTCatalogOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user of Paimon's own catalog changes its type alone: every option of it is known here. */
class KnownOptionsTest {

    static Stream<String> optionsOfPaimon() {
        return Stream.of(
                        RESTCatalogOptions.class,
                        RESTCatalogInternalOptions.class,
                        org.apache.paimon.options.CatalogOptions.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class)
                .map(KnownOptionsTest::key);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optionsOfPaimon")
    void knowsEveryOptionOfPaimon(String key) {
        assertThat(OptionsCheck.isKnown(key)).isTrue();
    }

    @Test
    void findsTheOptionsOfPaimon() {
        assertThat(optionsOfPaimon())
                .contains("uri", "token.provider", "dlf.region", "prefix", "cache-enabled", "lock.type")
                .hasSizeGreaterThan(35);
    }

    @Test
    void takesEveryDefaultOfThePaimonDialect() {
        Map<String, String> named = Map.of("uri", "http://localhost");

        takesDefaults(named, option -> !option.key().startsWith(CatalogOptions.STARROCKS_PREFIX));
    }

    @Test
    void takesEveryDefaultOfTheStarRocksDialect() {
        Map<String, String> named = Map.of("uri", "http://localhost", "protocol", "starrocks", "warehouse", "lake");

        takesDefaults(named, option -> !option.key().equals(CatalogOptions.DATA_TOKEN_ENABLED));
    }

    private static void takesDefaults(Map<String, String> named, Predicate<CatalogOption> ofTheDialect) {
        Map<String, String> written = new HashMap<>();
        CatalogOptions.ALL.stream().filter(ofTheDialect).forEach(option -> option.defaultValue()
                .ifPresent(value -> written.put(option.key(), value)));
        written.putAll(named);

        assertThatCode(() -> OptionsCheck.check(written)).doesNotThrowAnyException();
        assertThat(CatalogSettings.of(written, EngineInfo.NONE)).isEqualTo(CatalogSettings.of(named, EngineInfo.NONE));
    }

    private static String key(Field field) {
        try {
            return ((ConfigOption<?>) field.get(null)).key();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
