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

import dev.trestle.catalog.text.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.utils.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the options that a user wrote, and reports everything that is wrong with them at once. */
final class OptionsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(OptionsCheck.class);

    private static final Set<String> BUILT_IN = Set.of("none", "bear", "bearer", "basic", "oauth2", "dlf", "ecs");

    private OptionsCheck() {}

    /**
     * Passes options, or refuses them.
     *
     * @throws IllegalArgumentException naming each option that is unknown, missing or has a value of the wrong kind
     */
    static void check(Map<String, String> options) {
        List<String> violations = violations(options, Set.of());
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException(String.join(". ", violations));
        }
        List<String> ignored = new TreeMap<>(options)
                .entrySet().stream()
                        .filter(option -> isIgnored(option.getKey()))
                        .filter(option -> !isOff(option.getKey(), option.getValue()))
                        .map(option -> "'" + option.getKey() + "' ("
                                + CatalogOptions.find(option.getKey()).description() + ")")
                        .toList();
        if (!ignored.isEmpty()) {
            LOG.warn("Options of Paimon's own catalogs that have no effect here: {}", String.join(", ", ignored));
        }
    }

    /**
     * What is wrong with options, a sentence each; empty if nothing is.
     *
     * @param enginesOwn options that an engine reads itself: one of them may be what the user meant
     */
    static List<String> violations(Map<String, String> options, Set<String> enginesOwn) {
        List<String> violations = new ArrayList<>();
        if (options.getOrDefault(CatalogOptions.URI_KEY, "").isBlank()) {
            violations.add("Option 'uri' is missing: it says where the catalog service is, such as"
                    + " 'https://catalog.example.com'");
        }
        new TreeMap<>(options).forEach((key, value) -> {
            if (isIgnored(key)) {
                return;
            }
            if (isKnown(key) || isOfUsersProvider(options, key)) {
                problem(key, value).ifPresent(violations::add);
            } else {
                violations.add("Option '" + key + "' is unknown" + suggestion(key, enginesOwn));
            }
        });
        violations.addAll(ProtocolCheck.contradictions(options));
        return violations;
    }

    private static boolean isIgnored(String key) {
        CatalogOption option = CatalogOptions.find(key);
        return option != null && option.use() == CatalogOption.Use.IGNORED;
    }

    /** Whether an option is one of ours, or one that is handed on as it is. */
    static boolean isKnown(String key) {
        return CatalogOptions.find(key) != null || CatalogOptions.isPassedOn(key);
    }

    /** What is wrong with the value of a known option, wherever it comes from. */
    static Optional<String> problem(String key, String value) {
        CatalogOption option = CatalogOptions.find(key);
        boolean references =
                option == null ? !key.startsWith(CatalogOptions.TABLE_DEFAULT_PREFIX) : option.references();
        if (!references && CatalogOptions.hasReference(value)) {
            return Optional.of("Option '" + key + "' cannot refer to a variable or a file, but is '"
                    + CatalogOptions.shown(key, value) + "': write its value");
        }
        if (option == null) {
            return problemOfSettings(key, value);
        }
        if (!value.isBlank() && !isOfKind(option, value.trim())) {
            return Optional.of("Option '%s' must be %s, and is '%s'"
                    .formatted(key, option.kind().meaning(), CatalogOptions.shown(key, value)));
        }
        return choice(option, value.trim()).or(() -> problemOfSettings(key, value));
    }

    /** A cache that is switched off is what there is here: no reason for a warning. */
    private static boolean isOff(String key, String value) {
        return key.equals(CatalogOptions.PAIMON_CACHE) && value.trim().equalsIgnoreCase("false");
    }

    /** What the transport says of one option, asked alone so that one violation does not hide another. */
    private static Optional<String> problemOfSettings(String key, String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        Map<String, String> alone = new HashMap<>(Map.of(CatalogOptions.URI_KEY, "http://localhost"));
        alone.put(key, value);
        try {
            CatalogSettings.of(alone, EngineInfo.NONE);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> choice(CatalogOption option, String value) {
        List<String> allowed =
                switch (option.key()) {
                    case CatalogOptions.PROTOCOL -> ProtocolCheck.PROTOCOLS;
                    case CatalogOptions.METASTORE -> List.of("trestle", "rest");
                    default -> List.of();
                };
        return value.isEmpty() || allowed.isEmpty() || allowed.contains(value)
                ? Optional.empty()
                : Optional.of("Option '%s' must be one of %s, and is '%s'%s"
                        .formatted(
                                option.key(),
                                allowed,
                                value,
                                NearestName.suggestion(value, allowed.stream()).orElse("")));
    }

    private static boolean isOfKind(CatalogOption option, String value) {
        return switch (option.kind()) {
            // What is wrong with an address, the transport says best.
            case TEXT, URI -> true;
            case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
            case INTEGER -> isPositiveInteger(value);
            case MEMORY -> isSize(value);
            case DURATION -> isDuration(value);
        };
    }

    private static boolean isPositiveInteger(String value) {
        try {
            return Integer.parseInt(value) >= 1;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isSize(String value) {
        try {
            return MemorySize.parse(value).getBytes() >= 0;
        } catch (IllegalArgumentException e) {
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

    /** A provider or loader of the user's own takes options that begin with its name. */
    private static boolean isOfUsersProvider(Map<String, String> options, String key) {
        return usersProviders(options).anyMatch(name -> key.startsWith(name + "."));
    }

    /** The names of providers and of loaders of tokens that options give, and that are none of the library's own. */
    static Stream<String> usersProviders(Map<String, String> options) {
        return Stream.of("token.provider", "dlf.token-loader")
                .map(options::get)
                .filter(Objects::nonNull)
                .map(String::trim)
                .filter(name -> !name.isEmpty() && !BUILT_IN.contains(name.toLowerCase(Locale.ROOT)));
    }

    private static String suggestion(String key, Set<String> enginesOwn) {
        return NearestName.suggestion(key, Stream.concat(CatalogOptions.keys(), enginesOwn.stream()))
                .orElse(": see the option table of the documentation");
    }
}
