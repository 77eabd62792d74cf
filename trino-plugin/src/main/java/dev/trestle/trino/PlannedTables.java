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

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.read.Pushdown;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.CatalogEnvironment;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.iceberg.IcebergTable;
import org.apache.paimon.table.lance.LanceTable;
import org.apache.paimon.table.object.ObjectTable;
import org.apache.paimon.table.source.snapshot.TimeTravelUtil;

/**
 * The tables that one transaction reads, opened to plan with: each once, and at one snapshot, the latest one when it was first
 * asked for. So what the optimizer knows, the answers from metadata and the splits agree, and so do all places of a statement
 * that name the table. Not for writing, which begins at what is there when it commits. Safe for use by many threads.
 */
public final class PlannedTables {

    private final SessionCatalogs catalogs;
    private final OpenedTables opened;
    private final Map<Described, RestCatalog> readers = new ConcurrentHashMap<>();
    private final Map<Read, Table> tables = new ConcurrentHashMap<>();
    private final Map<Read, Table> scanned = new ConcurrentHashMap<>();

    PlannedTables(SessionCatalogs catalogs, OpenedTables opened) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.opened = requireNonNull(opened, "opened is null");
    }

    /** A table with its system tables, under one identity; another one after it is altered, or made anew. */
    private record Described(RestCatalog catalog, TableDescription table) {}

    /** A table as it is read, without what is pushed down. */
    private record Read(RestCatalog catalog, TrestleTableHandle handle) {}

    /** As {@link OpenedTables#open}: for what the table is, and with {@link #openToScan} for what is in it. */
    public Table open(ConnectorSession session, TrestleTableHandle handle) {
        if (handle.description().isEmpty()) {
            return opened.open(session, handle);
        }
        RestCatalog catalog = catalogs.of(session);
        return tables.computeIfAbsent(
                new Read(catalog, handle.with(Pushdown.NONE)),
                read -> OpenedTables.open(
                        readers.computeIfAbsent(
                                new Described(catalog, handle.description().get()),
                                described -> catalog.atOneSnapshot()),
                        handle));
    }

    /**
     * The table at the transaction's snapshot. What the tables of the database {@code sys} tell is asked of the service.
     *
     * @throws TrinoException for a table of another system, whose rows Paimon does not know
     */
    public Table openToScan(ConnectorSession session, TrestleTableHandle handle) {
        RestCatalog catalog = catalogs.of(session);
        return TrinoErrors.call(
                "read table " + handle.name(),
                () -> handle.description().isEmpty()
                        ? catalog.getTable(handle.identifier())
                        : scanned.computeIfAbsent(
                                new Read(catalog, handle.with(Pushdown.NONE)),
                                read -> atOneSnapshot(requireReadable(open(session, handle), handle), handle)));
    }

    /** The snapshot at which the transaction reads a table; empty where it had none. May ask the service. */
    public Optional<Snapshot> snapshot(ConnectorSession session, TrestleTableHandle handle) {
        return openToScan(session, handle) instanceof FileStoreTable stored
                ? TrinoErrors.call(
                        "find the latest snapshot of table " + handle.name(),
                        () -> Optional.ofNullable(TimeTravelUtil.tryTravelOrLatest(stored)))
                : Optional.empty();
    }

    private static Table requireReadable(Table table, TrestleTableHandle handle) {
        if (table instanceof IcebergTable || table instanceof LanceTable || table instanceof ObjectTable) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Table " + handle.name() + " cannot be read by Trino through this catalog: it is of the type '"
                            + table.options().get(CoreOptions.TYPE.key())
                            + "', and the catalog reads 'table' and 'format-table'");
        }
        return table;
    }

    /** Where snapshots are files, and the service is not asked for them, the number of the latest one is set. */
    private static Table atOneSnapshot(Table table, TrestleTableHandle handle) {
        if (!(table instanceof FileStoreTable stored)
                || stored instanceof FallbackReadFileStoreTable
                || asksTheService(stored.catalogEnvironment())
                || !handle.options().isEmpty()
                || stored.options().keySet().stream().anyMatch(option -> option.startsWith("scan."))) {
            return table;
        }
        return stored.latestSnapshot()
                .<Table>map(latest -> stored.copyWithoutTimeTravel(
                        Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(latest.id()))))
                .orElse(stored);
    }

    private static boolean asksTheService(CatalogEnvironment environment) {
        return environment.supportsVersionManagement() && environment.snapshotLoader() != null;
    }
}
