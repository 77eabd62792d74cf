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
package dev.trestle.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The options that a user writes as {@code spark.sql.catalog.<name>.<option>}. Those that the Spark adapter reads itself are
 * taken out; all others are the core's, which validates them: a key that nobody knows is refused there.
 *
 * @param defaultDatabase {@code default-database}: the namespace that is current after {@code USE <catalog>}
 * @param core the options that go to the core, with the case in which they were written
 */
record SparkOptions(String defaultDatabase, Map<String, String> core) {

    static final String DEFAULT_DATABASE = "default-database";

    SparkOptions {
        core = Map.copyOf(core);
    }

    /**
     * Splits the options of a catalog.
     *
     * @throws IllegalArgumentException if an option of the adapter has a value that it cannot have
     */
    static SparkOptions parse(String catalog, CaseInsensitiveStringMap options) {
        Map<String, String> core = new HashMap<>(options.asCaseSensitiveMap());
        String defaultDatabase = core.remove(DEFAULT_DATABASE);
        if (defaultDatabase != null && defaultDatabase.isBlank()) {
            throw new IllegalArgumentException("Option 'spark.sql.catalog." + catalog + "." + DEFAULT_DATABASE
                    + "' must name a database, but is blank.");
        }
        return new SparkOptions(
                defaultDatabase == null ? org.apache.paimon.catalog.Catalog.DEFAULT_DATABASE : defaultDatabase, core);
    }
}
