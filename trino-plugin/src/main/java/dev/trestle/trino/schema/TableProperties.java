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

import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;

import io.trino.spi.TrinoException;
import io.trino.spi.session.PropertyMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;

/**
 * The properties of a table: keys, location and the commonest options in Trino's spelling, and every other option of
 * Paimon's through {@code options}.
 */
public final class TableProperties {

    private static final String PRIMARY_KEY = "primary_key";
    private static final String PARTITIONED_BY = "partitioned_by";
    private static final String LOCATION = "location";

    private TableProperties() {}

    /** What {@code CREATE TABLE … WITH} and {@code ALTER TABLE … SET PROPERTIES} understand. */
    public static List<PropertyMetadata<?>> all() {
        List<PropertyMetadata<?>> all = new ArrayList<>();
        all.add(OptionProperties.listOfText(PRIMARY_KEY, "Columns of the primary key", columns -> columns));
        all.add(OptionProperties.listOfText(PARTITIONED_BY, "Columns of the partition key", columns -> columns));
        all.add(PropertyMetadata.stringProperty(
                LOCATION,
                "Where the files of an external table are; the service chooses where it is absent",
                null,
                false));
        TableProperty.ALL.forEach(property -> all.add(property.metadata()));
        all.addAll(OptionProperties.all());
        return List.copyOf(all);
    }

    /** The columns of the primary key, as written. */
    static List<String> primaryKey(Map<String, Object> properties) {
        return names(properties.get(PRIMARY_KEY));
    }

    /** The columns of the partition key, as written. */
    static List<String> partitionedBy(Map<String, Object> properties) {
        return names(properties.get(PARTITIONED_BY));
    }

    private static List<String> names(Object value) {
        return value instanceof List<?> columns
                ? columns.stream().map(String.class::cast).toList()
                : List.of();
    }

    /**
     * The options that the properties of a new table stand for.
     *
     * @throws TrinoException naming a property or option that is given twice, has a wrong value or may not be set
     */
    static Map<String, String> toOptions(Map<String, Object> properties) {
        Map<String, String> options = new HashMap<>();
        for (TableProperty property : TableProperty.ALL) {
            Object value = properties.get(property.name());
            if (value != null) {
                String text = property.toOption().apply(value);
                OptionValues.check(property.option(), text, "Table property '" + property.name() + "'");
                options.put(property.option(), text);
            }
        }
        wanted(properties).forEach((key, value) -> value.ifPresent(text -> add(options, key, text)));
        Object location = properties.get(LOCATION);
        if (location != null) {
            options.put(CoreOptions.PATH.key(), (String) location);
        }
        return options;
    }

    private static void add(Map<String, String> options, String key, String value) {
        OptionValues.checkSettable(key);
        OptionValues.check(key, value, "Option '" + key + "'");
        if (options.put(key, value) != null) {
            throw givenTwice(key);
        }
    }

    /**
     * What to change so that the properties have new values; empty stands for the default.
     *
     * @throws TrinoException naming a property that cannot be changed, or what {@link #toOptions} refuses
     */
    static List<SchemaChange> changes(Map<String, Optional<Object>> properties, Map<String, String> stored) {
        for (String fixed : List.of(PRIMARY_KEY, PARTITIONED_BY, LOCATION)) {
            if (properties.containsKey(fixed)) {
                throw new TrinoException(
                        INVALID_TABLE_PROPERTY,
                        "Table property '" + fixed
                                + "' is part of what the table is and cannot be changed: create another" + " table");
            }
        }
        Map<String, Object> given = new HashMap<>();
        properties.forEach((name, value) -> value.ifPresent(present -> given.put(name, present)));
        Map<String, Optional<String>> changes = new TreeMap<>();
        if (isReset(properties, OptionProperties.MAP) || isReset(properties, OptionProperties.LIST)) {
            withoutProperty(stored).keySet().forEach(key -> changes.put(key, Optional.empty()));
        }
        wanted(given).forEach((key, value) -> {
            OptionValues.checkSettable(key);
            changes.put(key, value);
            if (TableProperty.ofOption(key)
                    .filter(property -> properties.containsKey(property.name()))
                    .isPresent()) {
                throw givenTwice(key);
            }
        });
        for (TableProperty property : TableProperty.ALL) {
            if (properties.containsKey(property.name())) {
                changes.put(
                        property.option(),
                        Optional.ofNullable(given.get(property.name())).map(property.toOption()));
            }
        }
        List<SchemaChange> ordered = new ArrayList<>();
        changes.forEach((key, value) -> {
            value.ifPresent(text -> OptionValues.check(key, text, "Option '" + key + "'"));
            ordered.add(value.isPresent() ? SchemaChange.setOption(key, value.get()) : SchemaChange.removeOption(key));
        });
        return ordered;
    }

    private static boolean isReset(Map<String, Optional<Object>> properties, String name) {
        return properties.getOrDefault(name, Optional.of(name)).isEmpty();
    }

    /**
     * The properties that make a table anew.
     *
     * @param path where an external table is; empty for one whose place the service chose
     */
    public static Map<String, Object> of(Schema schema, Optional<String> path) {
        Map<String, Object> properties = new HashMap<>();
        if (!schema.primaryKeys().isEmpty()) {
            properties.put(PRIMARY_KEY, folded(schema.primaryKeys()));
        }
        if (!schema.partitionKeys().isEmpty()) {
            properties.put(PARTITIONED_BY, folded(schema.partitionKeys()));
        }
        Map<String, String> stored = schema.options();
        path.ifPresent(location -> properties.put(LOCATION, location));
        for (TableProperty property : TableProperty.ALL) {
            String value = stored.get(property.option());
            if (value != null) {
                properties.put(property.name(), property.fromOption().apply(value));
            }
        }
        OptionProperties.show(withoutProperty(stored), properties);
        return properties;
    }

    private static Map<String, String> withoutProperty(Map<String, String> stored) {
        Map<String, String> options = new HashMap<>(stored);
        options.values().removeIf(value -> value == null);
        options.keySet().removeIf(key -> TableProperty.ofOption(key).isPresent() || !OptionValues.isSettable(key));
        return options;
    }

    /** Trino shows columns in lower case. */
    private static List<String> folded(List<String> columns) {
        return columns.stream()
                .map(column -> column.toLowerCase(Locale.ENGLISH))
                .toList();
    }

    private static Map<String, Optional<String>> wanted(Map<String, ?> properties) {
        try {
            return OptionProperties.wanted(properties);
        } catch (IllegalArgumentException e) {
            throw new TrinoException(INVALID_TABLE_PROPERTY, e.getMessage(), e);
        }
    }

    private static TrinoException givenTwice(String option) {
        return new TrinoException(
                INVALID_TABLE_PROPERTY,
                "'" + option + "' is given twice: as table property '"
                        + TableProperty.ofOption(option)
                                .map(TableProperty::name)
                                .orElse(option)
                        + "' and as an option");
    }
}
