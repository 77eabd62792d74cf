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
package dev.trestle.catalog;

import dev.trestle.catalog.api.PageTokens;
import dev.trestle.catalog.queryauth.QueryAuthException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.PagedList;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Catalog.DatabaseNoPermissionException;
import org.apache.paimon.catalog.Catalog.DatabaseNotExistException;
import org.apache.paimon.catalog.Catalog.TableNoPermissionException;
import org.apache.paimon.catalog.Catalog.TableNotExistException;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.table.system.AllPartitionsTable;
import org.apache.paimon.table.system.AllTableOptionsTable;
import org.apache.paimon.table.system.AllTablesTable;
import org.apache.paimon.table.system.CatalogOptionsTable;
import org.apache.paimon.utils.Pair;

/**
 * The tables of the database {@code sys}, which tell of all others. Descriptions come in pages, not table by table; what is
 * dropped meanwhile or may not be seen is left out, and secrets are not shown.
 */
record SystemDatabase(Catalog catalog) {

    Table open(Identifier identifier) throws TableNotExistException {
        return switch (identifier.getTableName().toLowerCase(Locale.ROOT)) {
            case AllTableOptionsTable.ALL_TABLE_OPTIONS -> new AllTableOptionsTable(allOptions());
            case AllTablesTable.ALL_TABLES -> AllTablesTable.fromTables(allTables());
            case AllPartitionsTable.ALL_PARTITIONS -> AllPartitionsTable.fromPartitions(allPartitions());
            case CatalogOptionsTable.CATALOG_OPTIONS ->
                new CatalogOptionsTable(Options.fromMap(shown(catalog.options())));
            default -> throw new TableNotExistException(identifier);
        };
    }

    /** All of them, for a listing with details. */
    List<Table> openAll() {
        return List.of(
                new AllTableOptionsTable(allOptions()),
                AllTablesTable.fromTables(allTables()),
                AllPartitionsTable.fromPartitions(allPartitions()),
                new CatalogOptionsTable(Options.fromMap(shown(catalog.options()))));
    }

    private Map<Identifier, Map<String, String>> allOptions() {
        Map<Identifier, Map<String, String>> options = new HashMap<>();
        for (Listed listed : listTables()) {
            options.put(listed.identifier(), ShownOptions.of(listed.table().options()));
        }
        return options;
    }

    private List<Pair<Table, TableSnapshot>> allTables() {
        List<Pair<Table, TableSnapshot>> tables = new ArrayList<>();
        for (Listed listed : listTables()) {
            tables.add(
                    Pair.of(listed.table(), latestSnapshot(listed.identifier()).orElse(null)));
        }
        return tables;
    }

    private Optional<TableSnapshot> latestSnapshot(Identifier identifier) {
        if (!catalog.supportsVersionManagement()) {
            return Optional.empty();
        }
        try {
            return catalog.loadSnapshot(identifier);
        } catch (TableNotExistException | TableNoPermissionException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Map<Identifier, List<Partition>> allPartitions() {
        Map<Identifier, List<Partition>> partitions = new HashMap<>();
        for (Listed listed : listTables()) {
            if (!listed.table().partitionKeys().isEmpty()) {
                try {
                    partitions.put(listed.identifier(), catalog.listPartitions(listed.identifier()));
                } catch (TableNotExistException | TableNoPermissionException | QueryAuthException e) {
                    // Dropped since it was listed, or for others to see.
                    continue;
                }
            }
        }
        return partitions;
    }

    private static Map<String, String> shown(Map<String, String> options) {
        Map<String, String> shown = new HashMap<>();
        options.forEach((key, value) -> shown.put(key, CatalogOptions.shown(key, value)));
        return shown;
    }

    private record Listed(Identifier identifier, Table table) {}

    private List<Listed> listTables() {
        List<Listed> tables = new ArrayList<>();
        for (String database : catalog.listDatabases()) {
            String token = null;
            PageTokens tokens = new PageTokens();
            do {
                PagedList<Table> page;
                try {
                    page = catalog.listTableDetailsPaged(database, null, token, null, null);
                } catch (DatabaseNotExistException | DatabaseNoPermissionException e) {
                    // Dropped since it was listed, or for others to see.
                    break;
                }
                for (Table table : page.getElements()) {
                    tables.add(new Listed(Identifier.create(database, table.name()), table));
                }
                token = tokens.next(page.getNextPageToken());
            } while (token != null);
        }
        return tables;
    }
}
