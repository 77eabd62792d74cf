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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.paimon.utils.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the options that a user wrote, and reports everything that is wrong with them at once. */
final class OptionsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(OptionsCheck.class);
    private static final int FARTHEST_SUGGESTION = 4;

    private OptionsCheck() {}

    /**
     * Passes options, or refuses them.
     *
     * @throws IllegalArgumentException naming each option that is unknown, missing or has a value of the wrong kind
     */
    static void check(Map<String, String> options) {
        List<String> violations = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        if (options.getOrDefault(CatalogOptions.URI_KEY, "").isBlank()) {
            violations.add(
                    "Option 'uri' is missing: it says where the catalog service is, such as 'https://catalog.example.com'");
        }
        new TreeMap<>(options).forEach((key, value) -> {
            CatalogOption option = CatalogOptions.find(key);
            if (option == null) {
                if (!CatalogOptions.isPassedOn(key)) {
                    violations.add("Option '" + key + "' is unknown" + suggestion(key));
                }
            } else if (option.use() == CatalogOption.Use.IGNORED) {
                ignored.add("'" + key + "' (" + option.description() + ")");
            } else {
                problem(option, value).ifPresent(violations::add);
            }
        });
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join(". ", violations));
        }
        if (!ignored.isEmpty()) {
            LOG.warn("Options of Paimon's own catalogs that have no effect here: {}", String.join(", ", ignored));
        }
    }

    /** Whether a value, wherever it comes from, is of the kind that its option asks for; of an unknown option any is. */
    static boolean isAcceptable(String key, String value) {
        CatalogOption option = CatalogOptions.find(key);
        return option == null || problem(option, value).isEmpty();
    }

    private static Optional<String> problem(CatalogOption option, String value) {
        if (value.isBlank() || isOfKind(option, value.trim())) {
            return choice(option, value.trim());
        }
        return Optional.of("Option '%s' must be %s, and is '%s'"
                .formatted(option.key(), option.kind().meaning(), CatalogOptions.shown(option.key(), value)));
    }

    private static Optional<String> choice(CatalogOption option, String value) {
        List<String> allowed =
                switch (option.key()) {
                    case CatalogOptions.PROTOCOL -> List.of("paimon");
                    case CatalogOptions.METASTORE -> List.of("trestle", "rest");
                    default -> List.of();
                };
        return value.isEmpty() || allowed.isEmpty() || allowed.contains(value)
                ? Optional.empty()
                : Optional.of("Option '%s' must be one of %s, and is '%s'".formatted(option.key(), allowed, value));
    }

    private static boolean isOfKind(CatalogOption option, String value) {
        return switch (option.kind()) {
            case TEXT -> true;
            case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case INTEGER -> isPositiveInteger(value);
            case DURATION -> isDuration(value);
            case URI -> isHttpUri(value);
        };
    }

    private static boolean isPositiveInteger(String value) {
        try {
            return Integer.parseInt(value) >= 1;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isDuration(String value) {
        try {
            return !TimeUtils.parseDuration(value).isNegative();
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static boolean isHttpUri(String value) {
        try {
            URI uri = URI.create(value);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String suggestion(String key) {
        return CatalogOptions.keys()
                .map(known -> Map.entry(
                        known, LevenshteinDistance.getDefaultInstance().apply(key, known)))
                .filter(candidate -> candidate.getValue() <= Math.min(FARTHEST_SUGGESTION, key.length() / 2))
                .min(Map.Entry.comparingByValue())
                .map(nearest -> ": did you mean '" + nearest.getKey() + "'?")
                .orElse(": see the option table of the documentation");
    }
}
