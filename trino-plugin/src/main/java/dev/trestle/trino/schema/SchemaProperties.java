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

import static io.trino.spi.StandardErrorCode.INVALID_SCHEMA_PROPERTY;

import dev.trestle.catalog.CatalogOptions;
import io.trino.spi.TrinoException;
import io.trino.spi.session.PropertyMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.paimon.catalog.Catalog;

/** The properties of a schema: {@code location}, {@code comment}, and every other option of the service's databases. */
public final class SchemaProperties {

    private static final String LOCATION = "location";
    private static final String COMMENT = "comment";

    private SchemaProperties() {}

    /** What {@code CREATE SCHEMA … WITH} understands. */
    public static List<PropertyMetadata<?>> all() {
        List<PropertyMetadata<?>> all = new ArrayList<>();
        all.add(PropertyMetadata.stringProperty(LOCATION, "Where the schema's tables lie", null, false));
        all.add(PropertyMetadata.stringProperty(COMMENT, "What the schema is for", null, false));
        all.addAll(OptionProperties.all());
        return List.copyOf(all);
    }

    /** @throws TrinoException if an option is given twice, or is one that the service alone sets */
    static Map<String, String> toOptions(Map<String, Object> properties) {
        Map<String, String> options = new HashMap<>();
        put(options, Catalog.DB_LOCATION_PROP, properties.get(LOCATION));
        put(options, Catalog.COMMENT_PROP, properties.get(COMMENT));
        try {
            OptionProperties.wanted(properties)
                    .forEach((key, value) -> value.ifPresent(text -> add(options, key, text)));
        } catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_SCHEMA_PROPERTY, e.getMessage(), e);
        }
        return options;
    }

    private static void add(Map<String, String> options, String key, String value) {
        if (ServiceOptions.AUDIT.contains(key)) {
            throw new IllegalArgumentException("Option '" + key + "' is set by the service alone");
        }
        if (CatalogOptions.isRedacted(value)) {
            throw new IllegalArgumentException("Option '" + key + "' cannot be '" + value
                    + "', which is shown in the place of a secret: leave the option out, or write its value");
        }
        if (options.put(key, value) != null) {
            throw new IllegalArgumentException("'" + key + "' is given twice: as a property and as an option");
        }
    }

    /** What {@code SHOW CREATE SCHEMA} shows. */
    static Map<String, Object> ofOptions(Map<String, String> stored) {
        Map<String, String> options = new TreeMap<>(stored);
        options.keySet().removeAll(ServiceOptions.AUDIT);
        Map<String, Object> properties = new HashMap<>();
        Optional.ofNullable(options.remove(Catalog.DB_LOCATION_PROP))
                .ifPresent(location -> properties.put(LOCATION, location));
        Optional.ofNullable(options.remove(Catalog.COMMENT_PROP))
                .ifPresent(comment -> properties.put(COMMENT, comment));
        OptionProperties.show(options, properties);
        return properties;
    }

    private static void put(Map<String, String> options, String key, Object value) {
        if (value != null) {
            options.put(key, (String) value);
        }
    }
}
