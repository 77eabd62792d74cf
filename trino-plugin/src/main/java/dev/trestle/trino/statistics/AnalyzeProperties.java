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
package dev.trestle.trino.statistics;

import static io.trino.spi.type.VarcharType.VARCHAR;
import static java.util.Locale.ENGLISH;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.trino.spi.session.PropertyMetadata;
import io.trino.spi.type.ArrayType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The properties of {@code ANALYZE}. */
public final class AnalyzeProperties {

    private static final String COLUMNS = "columns";

    /** For the connector. */
    public static final List<PropertyMetadata<?>> ALL = List.of(new PropertyMetadata<>(
            COLUMNS,
            "The columns to look at; all where it is left out",
            new ArrayType(VARCHAR),
            Set.class,
            null,
            false,
            names -> ((Collection<?>) names)
                    .stream().map(name -> ((String) name).toLowerCase(ENGLISH)).collect(toUnmodifiableSet()),
            names -> names));

    private AnalyzeProperties() {}

    @SuppressWarnings("unchecked")
    static Optional<Set<String>> columns(Map<String, Object> properties) {
        return Optional.ofNullable((Set<String>) properties.get(COLUMNS));
    }
}
