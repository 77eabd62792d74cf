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

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.trino.spi.connector.SchemaTableName;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.system.AllPartitionsTable;
import org.apache.paimon.table.system.AllTableOptionsTable;
import org.apache.paimon.table.system.AllTablesTable;
import org.apache.paimon.table.system.CatalogOptionsTable;
import org.apache.paimon.table.system.SystemTableLoader;

/** The tables of the database {@code sys}. Their splits hold all rows, so that reading needs no more than the columns. */
public final class GlobalTables {

    private GlobalTables() {}

    /** All of them, with their columns and no rows; nobody is asked. */
    public static Map<SchemaTableName, Table> all() {
        return SystemTableLoader.GLOBAL_SYSTEM_TABLES.stream()
                .collect(toUnmodifiableMap(
                        name -> new SchemaTableName(Catalog.SYSTEM_DATABASE_NAME, name),
                        name -> empty(Identifier.create(Catalog.SYSTEM_DATABASE_NAME, name))));
    }

    /** A table with its columns and no rows; nobody is asked. */
    static Table empty(Identifier identifier) {
        return switch (identifier.getTableName()) {
            case AllTableOptionsTable.ALL_TABLE_OPTIONS -> new AllTableOptionsTable(Map.of());
            case AllTablesTable.ALL_TABLES -> AllTablesTable.fromTables(List.of());
            case AllPartitionsTable.ALL_PARTITIONS -> AllPartitionsTable.fromPartitions(Map.of());
            case CatalogOptionsTable.CATALOG_OPTIONS -> new CatalogOptionsTable(new Options());
            default -> throw new IllegalArgumentException("There is no table " + identifier.getFullName());
        };
    }
}
