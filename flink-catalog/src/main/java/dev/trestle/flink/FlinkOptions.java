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
package dev.trestle.flink;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.paimon.catalog.Catalog;

/**
 * The options of {@code CREATE CATALOG} that the Flink adapter reads itself. All others are the core's, which validates
 * them: a key that nobody knows is refused there.
 *
 * @param defaultDatabase {@code default-database}: the database that is current after {@code USE CATALOG}
 * @param tablesInDefaultDatabase false with {@code disable-create-table-in-default-db}, under which tables must be made
 *     in another database than the default one
 * @param core the options that go to the core
 */
record FlinkOptions(String defaultDatabase, boolean tablesInDefaultDatabase, Map<String, String> core) {

    static final String DEFAULT_DATABASE = "default-database";
    static final String DISABLE_CREATE_TABLE_IN_DEFAULT_DB = "disable-create-table-in-default-db";

    /** Keys that Flink itself puts beside the user's. */
    private static final Set<String> OF_FLINK = Set.of("type", "property-version");

    FlinkOptions {
        core = Map.copyOf(core);
    }

    /**
     * Splits the options of a catalog.
     *
     * @throws ValidationException if an option of the adapter has a value that it cannot have
     */
    static FlinkOptions parse(Map<String, String> options) {
        Map<String, String> core = new HashMap<>(options);
        core.keySet().removeAll(OF_FLINK);
        String defaultDatabase = core.remove(DEFAULT_DATABASE);
        if (defaultDatabase != null && defaultDatabase.isBlank()) {
            throw new ValidationException("Option '" + DEFAULT_DATABASE + "' must name a database, but is blank.");
        }
        boolean disabled = bool(DISABLE_CREATE_TABLE_IN_DEFAULT_DB, core.remove(DISABLE_CREATE_TABLE_IN_DEFAULT_DB));
        return new FlinkOptions(defaultDatabase == null ? Catalog.DEFAULT_DATABASE : defaultDatabase, !disabled, core);
    }

    private static boolean bool(String key, String value) {
        if (value == null || value.equalsIgnoreCase("false")) {
            return false;
        }
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        throw new ValidationException("Option '" + key + "' must be true or false, but is '" + value + "'.");
    }
}
