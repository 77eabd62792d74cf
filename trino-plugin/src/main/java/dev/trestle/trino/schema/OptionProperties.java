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
package dev.trestle.trino.schema;

import static io.trino.spi.type.VarcharType.VARCHAR;

import dev.trestle.catalog.CatalogOptions;
import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.MapType;
import io.trino.spi.type.TypeOperators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The properties through which a statement reaches every option that has no property of its own: the map {@code options},
 * and the list {@code option_list} of {@code key=value}, which {@code SHOW CREATE} gives since Trino shows no map.
 */
final class OptionProperties {

    static final String MAP = "options";
    static final String LIST = "option_list";

    private OptionProperties() {}

    static List<PropertyMetadata<?>> all() {
        return List.of(
                new PropertyMetadata<>(
                        MAP,
                        "Options by their own names; in SET PROPERTIES, NULL removes one",
                        new MapType(VARCHAR, VARCHAR, new TypeOperators()),
                        Map.class,
                        null,
                        false,
                        OptionProperties::decodeMap,
                        value -> value),
                listOfText(LIST, "Options by their own names, each as 'key=value'", OptionProperties::checkPairs));
    }

    /** A property that is a list of texts. */
    @SuppressWarnings("rawtypes") // PropertyMetadata takes a class, which has no parameters.
    static PropertyMetadata<List> listOfText(
            String name, String description, Function<List<String>, List<String>> check) {
        return new PropertyMetadata<>(
                name,
                description,
                new ArrayType(VARCHAR),
                List.class,
                null,
                false,
                value -> check.apply(texts(name, value)),
                value -> value);
    }

    /**
     * What both properties together ask for: a value, or to remove the option.
     *
     * @throws IllegalArgumentException if they ask for two values of one option
     */
    static Map<String, Optional<String>> wanted(Map<String, ?> properties) {
        Map<String, Optional<String>> wanted = new TreeMap<>();
        map(properties.get(MAP)).forEach((key, value) -> wanted.put(key, Optional.ofNullable(value)));
        list(properties.get(LIST)).forEach((key, value) -> {
            Optional<String> other = wanted.put(key, Optional.of(value));
            if (other != null && !other.equals(Optional.of(value))) {
                throw new IllegalArgumentException("Option '" + key + "' is in " + MAP + " and in " + LIST);
            }
        });
        return wanted;
    }

    /** The property that shows options, but no secret that somebody has stored among them. */
    static void show(Map<String, String> options, Map<String, Object> properties) {
        if (!options.isEmpty()) {
            properties.put(
                    LIST,
                    new TreeMap<>(options)
                            .entrySet().stream()
                                    .map(option -> option.getKey() + "="
                                            + CatalogOptions.shownOfTable(option.getKey(), option.getValue()))
                                    .toList());
        }
    }

    private static Map<String, String> map(Object value) {
        Map<String, String> options = new HashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, option) -> options.put((String) key, (String) option));
        }
        return options;
    }

    private static Map<String, String> list(Object value) {
        Map<String, String> options = new HashMap<>();
        if (value instanceof List<?> list) {
            for (Object pair : list) {
                String text = (String) pair;
                int equals = text.indexOf('=');
                options.put(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return options;
    }

    private static Map<String, String> decodeMap(Object value) {
        return map(value);
    }

    private static List<String> checkPairs(List<String> pairs) {
        for (String pair : pairs) {
            if (pair.indexOf('=') < 1) {
                throw new IllegalArgumentException("'" + pair + "' is not of the form 'key=value'");
            }
        }
        return pairs;
    }

    private static List<String> texts(String name, Object value) {
        List<String> texts = new ArrayList<>();
        for (Object text : (List<?>) value) {
            if (text == null) {
                throw new IllegalArgumentException("NULL is not allowed in " + name);
            }
            texts.add((String) text);
        }
        return List.copyOf(texts);
    }
}
