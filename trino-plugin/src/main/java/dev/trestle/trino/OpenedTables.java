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

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.table.SnapshotChoice;
import dev.trestle.trino.files.TrestleTableCredentials;
import io.trino.spi.connector.ConnectorSession;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** Opens the tables that handles name, here or on a worker, without asking the service. Safe for use by many threads. */
public final class OpenedTables {

    /** Among a handle's options; no option of Paimon's. */
    private static final String PINNED_SNAPSHOT = "trestle.pinned-snapshot";

    private final SessionCatalogs catalogs;

    @Inject
    public OpenedTables(SessionCatalogs catalogs) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
    }

    /**
     * The table under the session's identity, with the handle's options applied. Those of the database {@code sys} have
     * columns, but no rows: these come with the splits of {@link PlannedTables#openToScan}.
     */
    public Table open(ConnectorSession session, TrestleTableHandle handle) {
        return handle.description().isPresent()
                ? open(catalogs.of(session), handle)
                : GlobalTables.empty(handle.identifier());
    }

    /** A table of which there is a description. */
    static Table open(RestCatalog catalog, TrestleTableHandle handle) {
        try {
            Table table = catalog.openTable(
                    handle.identifier(), handle.description().orElseThrow().toTableInfo());
            return withOptions(table, handle);
        } catch (Catalog.TableNotExistException e) {
            throw TrinoErrors.translate("open table " + handle.identifier().getFullName(), e);
        }
    }

    private static Table withOptions(Table table, TrestleTableHandle handle) {
        Optional<Long> pinned = pinnedSnapshot(handle);
        Map<String, String> options = new HashMap<>(handle.options());
        options.remove(PINNED_SNAPSHOT);
        Table read = withOptions(table, options);
        return pinned.isPresent() && read instanceof FileStoreTable files
                ? with(files, Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), String.valueOf(pinned.get())))
                : read;
    }

    /** The description has the columns of the version that is read, so that they are not looked for again. */
    private static Table withOptions(Table table, Map<String, String> options) {
        if (options.isEmpty()) {
            return table;
        }
        return table instanceof FileStoreTable stored ? with(stored, options) : table.copy(options);
    }

    /** What a statement says of the version to read takes the place of what the table says. */
    private static FileStoreTable with(FileStoreTable table, Map<String, String> options) {
        return table.copyWithoutTimeTravel(SnapshotChoice.over(table, options));
    }

    /** The same table, read at a snapshot, and with its present columns, which that snapshot may have been made without. */
    public static TrestleTableHandle pin(TrestleTableHandle handle, long snapshotId) {
        Map<String, String> options = new HashMap<>(handle.options());
        options.put(PINNED_SNAPSHOT, String.valueOf(snapshotId));
        return handle.withOptions(options);
    }

    /** The snapshot that {@link #pin} set. */
    public static Optional<Long> pinnedSnapshot(TrestleTableHandle handle) {
        return Optional.ofNullable(handle.options().get(PINNED_SNAPSHOT)).map(Long::valueOf);
    }

    /** The credential for the table's files, for the workers; empty where the service vends none. May ask the service. */
    public Optional<TrestleTableCredentials> credentials(ConnectorSession session, TrestleTableHandle handle) {
        if (handle.description().isEmpty()) {
            return Optional.empty();
        }
        return TrinoErrors.call(
                "get credentials for table " + handle.identifier().getFullName(),
                () -> catalogs.of(session)
                        .vendedTokens()
                        .get(handle.identifier(), handle.description().get().toTableInfo())
                        .map(TrestleTableCredentials::of));
    }

    /** Uses a credential that came with the query, until it is time for another one. */
    public void adopt(ConnectorSession session, TrestleTableHandle handle, TrestleTableCredentials credentials)
            throws IOException {
        if (handle.description().isPresent()) {
            catalogs.of(session)
                    .vendedTokens()
                    .adopt(handle.identifier(), handle.description().get().toTableInfo(), credentials.toToken());
        }
    }
}
