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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.flink.FlinkConnectorOptions;

/**
 * Table options that a session sets for its own reads and writes, as Paimon's connector has them: a table option by its
 * name ({@code SET 'scan.parallelism'='4'}) for every table, and
 * {@code SET 'paimon.<catalog>.<database>.<table>.<option>'='…'} for one, where a {@code *} stands for any name.
 */
final class SessionTableOptions {

    private static final Set<String> TABLE_OPTIONS = tableOptions();

    private SessionTableOptions() {}

    /** The options of the session's configuration that apply to a table; those for one table win. */
    static Map<String, String> of(Map<String, String> configuration, ObjectIdentifier table) {
        String name = new Identifier(table.getDatabaseName(), table.getObjectName()).getTableName();
        Pattern forTable = Pattern.compile(Pattern.quote(FlinkConnectorOptions.TABLE_DYNAMIC_OPTION_PREFIX)
                + part(table.getCatalogName())
                + part(table.getDatabaseName())
                + part(name)
                + "(.+)");
        Map<String, String> forAll = new HashMap<>();
        Map<String, String> forThis = new HashMap<>();
        configuration.forEach((key, value) -> {
            Matcher matcher = forTable.matcher(key);
            if (matcher.matches()) {
                forThis.put(matcher.group(1), value);
            } else if (TABLE_OPTIONS.contains(key)) {
                forAll.put(key, value);
            }
        });
        forAll.putAll(forThis);
        return forAll;
    }

    private static String part(String name) {
        return "(?:" + Pattern.quote(name) + "|\\*)\\.";
    }

    /** Paimon's own, less those that say where and what a table is. */
    private static Set<String> tableOptions() {
        Set<String> keys = new HashSet<>();
        CoreOptions.getOptions().forEach(option -> keys.add(option.key()));
        FlinkConnectorOptions.getOptions().forEach(option -> keys.add(option.key()));
        keys.remove(CoreOptions.PATH.key());
        keys.remove(CoreOptions.TYPE.key());
        return Set.copyOf(keys);
    }
}
