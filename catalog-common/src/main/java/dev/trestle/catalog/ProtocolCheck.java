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

import dev.trestle.catalog.starrocks.StarRocksSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds options that contradict the protocol, or that it needs. */
final class ProtocolCheck {

    static final String PAIMON = "paimon";
    static final String STARROCKS = "starrocks";
    static final List<String> PROTOCOLS = List.of(PAIMON, STARROCKS);

    private ProtocolCheck() {}

    static boolean isStarRocks(Map<String, String> options) {
        return value(options, CatalogOptions.PROTOCOL).filter(STARROCKS::equals).isPresent();
    }

    /** What is wrong with options together, each of which may be right alone. */
    static List<String> contradictions(Map<String, String> options) {
        return isStarRocks(options) ? contradictStarRocks(options) : contradictPaimon(options);
    }

    private static List<String> contradictStarRocks(Map<String, String> options) {
        List<String> violations = new ArrayList<>();
        if (value(options, CatalogOptions.WAREHOUSE).isEmpty()) {
            violations.add(
                    "Option 'warehouse' is missing: with 'protocol' = 'starrocks' it names the service's catalog");
        }
        value(options, CatalogOptions.API_VERSION)
                .filter(version -> !StarRocksSettings.isVersion(version))
                .ifPresent(version -> violations.add("Option 'starrocks.api-version' must be 'v' and a number, such as"
                        + " 'v2', and is '" + version + "'"));
        value(options, CatalogOptions.PREFIX)
                .ifPresent(prefix -> violations.add("Option 'prefix' has no place with 'protocol' = 'starrocks', whose"
                        + " paths begin with the catalog that 'warehouse' names: leave it out"));
        value(options, CatalogOptions.DATA_TOKEN_ENABLED)
                .filter(Boolean::parseBoolean)
                .ifPresent(
                        enabled -> violations.add(
                                "Option 'data-token.enabled' cannot be 'true' with 'protocol' ="
                                        + " 'starrocks', which has no credentials for tables' files: leave it out, and give your own keys"));
        return violations;
    }

    private static List<String> contradictPaimon(Map<String, String> options) {
        return options.keySet().stream()
                .filter(key -> key.startsWith(CatalogOptions.STARROCKS_PREFIX) && CatalogOptions.find(key) != null)
                .sorted()
                .map(key -> "Option '" + key + "' has no effect without 'protocol' = 'starrocks'")
                .toList();
    }

    private static Optional<String> value(Map<String, String> options, String key) {
        return Optional.ofNullable(options.get(key)).map(String::trim).filter(value -> !value.isEmpty());
    }
}
