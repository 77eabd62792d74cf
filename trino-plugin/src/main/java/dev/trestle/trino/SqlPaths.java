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
package dev.trestle.trino;

import io.airlift.json.JsonCodec;
import io.trino.spi.connector.CatalogSchemaName;
import java.util.List;
import java.util.Optional;

/** The schemas in which a view or function looks for functions, as an option keeps them: JSON pairs of catalog and schema. */
public final class SqlPaths {

    private static final JsonCodec<List<List<String>>> CODEC =
            JsonCodec.listJsonCodec(JsonCodec.listJsonCodec(String.class));

    private SqlPaths() {}

    /** Empty if there is no schema. */
    public static Optional<String> toOption(List<CatalogSchemaName> path) {
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(CODEC.toJson(path.stream()
                        .map(schema -> List.of(schema.getCatalogName(), schema.getSchemaName()))
                        .toList()));
    }

    /** @param option null if there is none */
    public static List<CatalogSchemaName> ofOption(String option) {
        return option == null
                ? List.of()
                : CODEC.fromJson(option).stream()
                        .map(schema -> new CatalogSchemaName(schema.get(0), schema.get(1)))
                        .toList();
    }
}
