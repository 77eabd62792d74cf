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

import dev.trestle.catalog.table.TimeTravel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.flink.DataCatalogTable;
import org.apache.paimon.flink.SystemCatalogTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.iceberg.IcebergTable;
import org.apache.paimon.table.lance.LanceTable;
import org.apache.paimon.table.object.ObjectTable;

/** A stored table as Flink sees it. The answers are Paimon's classes, which Paimon's sources and sinks unwrap. */
final class CatalogTables {

    /**
     * Options that the server answers and that nobody may set: where the table lies and who made it. They are no part
     * of the definition, so {@code LIKE} and {@code SHOW CREATE TABLE} do not carry them to another table.
     */
    static final Set<String> SERVER_SET_OPTIONS =
            Set.of(CoreOptions.PATH.key(), "owner", "createdAt", "createdBy", "updatedAt", "updatedBy");

    private CatalogTables() {}

    /**
     * Wraps a loaded table.
     *
     * @param catalog what this session calls it
     * @param key the columns of its primary key as far as the planner is told of it
     * @param asOf epoch milliseconds of {@code FOR SYSTEM_TIME AS OF}
     * @throws UnsupportedOperationException if the table has no history to travel in, or belongs to another system
     */
    static CatalogBaseTable toFlink(String catalog, String name, Table table, List<String> key, OptionalLong asOf) {
        if (table instanceof FileStoreTable stored) {
            if (asOf.isPresent()) {
                return dataTable(catalog, name, asOf(stored, asOf.getAsLong()), key);
            }
            CatalogTable asTable = dataTable(catalog, name, stored, key);
            return MaterializedTables.isMaterialized(stored)
                    ? MaterializedTables.toFlink(asTable, stored.options())
                    : asTable;
        }
        if (table instanceof FormatTable format) {
            if (asOf.isPresent()) {
                throw new UnsupportedOperationException(
                        "Table " + name + " keeps plain files and no history: FOR SYSTEM_TIME AS OF is not possible.");
            }
            return dataTable(catalog, name, format, key);
        }
        if (table instanceof ObjectTable || table instanceof LanceTable || table instanceof IcebergTable) {
            throw RefusedTables.otherSystem(name, table);
        }
        return new SystemCatalogTable(asOf.isPresent() ? asOf(table, asOf.getAsLong()) : table);
    }

    private static Table asOf(Table table, long epochMillis) {
        Map<String, String> options = Map.of(CoreOptions.SCAN_TIMESTAMP_MILLIS.key(), Long.toString(epochMillis));
        return table instanceof FileStoreTable stored
                ? TimeTravel.withColumnsOfThen(stored, options)
                : table.copy(options);
    }

    /**
     * A table with the options that it was made with. So are those of plain files: Paimon's class for them has the options of
     * Flink's own connector instead, by which the table could not be made again.
     */
    private static CatalogTable dataTable(String catalog, String name, Table table, List<String> key) {
        Schema.Builder schema = Schema.newBuilder();
        Map<String, String> comments = DeclaredColumns.add(catalog, name, table, schema);
        if (!key.isEmpty()) {
            schema.primaryKey(key);
        }
        return new DataCatalogTable(
                table,
                schema.build(),
                table.partitionKeys(),
                visibleOptions(table.options()),
                table.comment().orElse(""),
                comments);
    }

    /** The options that a user may have set. */
    static Map<String, String> visibleOptions(Map<String, String> options) {
        Map<String, String> visible = new HashMap<>(options);
        visible.entrySet()
                .removeIf(option -> option.getValue() == null
                        || SERVER_SET_OPTIONS.contains(option.getKey())
                        || FlinkOnlySchema.isSchemaKey(option.getKey()));
        return visible;
    }
}
