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

import java.util.Locale;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.paimon.TableType;
import org.apache.paimon.table.Table;

/** What a Paimon catalog cannot hold or Flink cannot use through it, and what to do instead. */
final class RefusedTables {

    private RefusedTables() {}

    /** Refuses tables that live in another system; {@code paimon}, as Paimon's own catalog has it, is no connector. */
    static void checkConnector(String name, String connector) {
        if (connector == null || connector.isBlank() || connector.equalsIgnoreCase("paimon")) {
            return;
        }
        throw new ValidationException("Table " + name + " has 'connector'='" + connector
                + "', but this catalog holds Paimon tables only. Use CREATE TEMPORARY TABLE, which any connector may have,"
                + " or create the table in Flink's own catalog: CREATE TABLE default_catalog.default_database.…");
    }

    /** Refuses to create tables in the format of another system. */
    static void checkType(String name, String type) {
        if (type == null) {
            return;
        }
        switch (type.toLowerCase(Locale.ROOT)) {
            case "table", "format-table" -> {}
            case "materialized-table" ->
                throw new ValidationException("Table " + name + ": leave out 'type'='" + type
                        + "'. A materialized table is made by CREATE MATERIALIZED TABLE.");
            default ->
                throw new ValidationException("Table " + name + " has 'type'='" + type + "', which Flink cannot read or"
                        + " write through this catalog. Leave the option out to create a Paimon table, or create the table"
                        + " with the system that it belongs to.");
        }
    }

    /** Refuses a new column that no source of Paimon's tables could read, and no sink write. */
    static void checkColumn(String name, Column column) {
        if (column instanceof Column.MetadataColumn) {
            throw new ValidationException("Table " + name + " cannot have the METADATA column '" + column.getName()
                    + "': tables of Paimon have none in Flink (SupportsReadingMetadata), so that nobody could read it."
                    + " Leave it out; of a table's files and changes tell its system tables, such as " + name
                    + "$audit_log.");
        }
    }

    /** The definition to create a table from, if it is one that can be. */
    static ResolvedCatalogTable checkKind(String name, CatalogBaseTable table) {
        if (table instanceof ResolvedCatalogTable resolved) {
            return resolved;
        }
        throw new UnsupportedOperationException("Cannot create " + table.getTableKind() + " " + name + ".");
    }

    /** Refuses to use a stored table that belongs to another system. */
    static UnsupportedOperationException otherSystem(String name, Table table) {
        String type = table.options().getOrDefault("type", TableType.TABLE.toString());
        return new UnsupportedOperationException("Table " + name + " is of type " + type
                + ", which is not read or written through this catalog. Use the connector of the system that it belongs"
                + " to.");
    }
}
