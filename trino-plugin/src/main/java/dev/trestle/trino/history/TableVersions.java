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
package dev.trestle.trino.history;

import static io.trino.spi.StandardErrorCode.AMBIGUOUS_NAME;
import static io.trino.spi.StandardErrorCode.INVALID_ARGUMENTS;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.procedure.Snapshots;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TableDescription;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.system.AuditLogTable;
import org.apache.paimon.table.system.BinlogTable;
import org.apache.paimon.table.system.FilesTable;
import org.apache.paimon.table.system.ManifestsTable;
import org.apache.paimon.table.system.ReadOptimizedTable;
import org.apache.paimon.table.system.RowTrackingTable;

/** Finds the state of a table that {@code FOR VERSION AS OF} and {@code FOR TIMESTAMP AS OF} name. */
public final class TableVersions {

    /** The system tables that tell of one state of their table, and not of all. */
    private static final Set<String> VERSIONED = Set.of(
            FilesTable.FILES,
            ManifestsTable.MANIFESTS,
            AuditLogTable.AUDIT_LOG,
            BinlogTable.BINLOG,
            ReadOptimizedTable.READ_OPTIMIZED,
            RowTrackingTable.ROW_TRACKING);

    private final SessionCatalogs catalogs;
    private final OpenedTables tables;

    /** @param tables opens what handles name */
    public TableVersions(SessionCatalogs catalogs, OpenedTables tables) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    /** The table as the statement wants to read it; as it is now where it names no version. */
    public TrestleTableHandle at(
            ConnectorSession session,
            TrestleTableHandle table,
            Optional<ConnectorTableVersion> start,
            Optional<ConnectorTableVersion> end) {
        if (start.isPresent()) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Table " + table.name()
                            + " cannot be read from one version to another in this way: use the function"
                            + " table_changes of the catalog's schema system");
        }
        return end.map(version -> at(session, table, version)).orElse(table);
    }

    private TrestleTableHandle at(ConnectorSession session, TrestleTableHandle table, ConnectorTableVersion version) {
        FileStoreTable stored = requireVersions(session, table);
        return TrinoErrors.call("find the version of table " + table.name(), () -> switch (version.getPointerType()) {
            case TEMPORAL ->
                atSnapshot(table, stored, at(table, stored, VersionTime.of(version, session.getTimeZoneKey())));
            case TARGET_ID ->
                version.getVersion() instanceof Slice name
                        ? named(session, table, stored, name.toStringUtf8())
                        : atSnapshot(table, stored, snapshot(table, stored, version));
        });
    }

    private FileStoreTable requireVersions(ConnectorSession session, TrestleTableHandle table) {
        Identifier identifier = table.identifier();
        if (identifier.isSystemTable()
                && !VERSIONED.contains(identifier.getSystemTableName().toLowerCase(Locale.ROOT))) {
            throw withoutVersions(table);
        }
        Table opened = tables.open(session, dataTable(table));
        if (opened instanceof FileStoreTable stored) {
            return stored;
        }
        throw withoutVersions(table);
    }

    private static TrinoException withoutVersions(TrestleTableHandle table) {
        return new TrinoException(
                NOT_SUPPORTED, "Table " + table.name() + " has no versions, so FOR … AS OF cannot be used on it");
    }

    /** The table that a system table tells of, or the table itself. */
    private static TrestleTableHandle dataTable(TrestleTableHandle table) {
        Identifier identifier = table.identifier();
        Identifier data =
                new Identifier(identifier.getDatabaseName(), identifier.getTableName(), identifier.getBranchName());
        return new TrestleTableHandle(
                table.name(), table.database(), data.getObjectName(), table.description(), Map.of());
    }

    private static Snapshot snapshot(TrestleTableHandle table, FileStoreTable stored, ConnectorTableVersion version) {
        if (!(version.getVersion() instanceof Long id)) {
            throw new TrinoException(
                    INVALID_ARGUMENTS,
                    "FOR VERSION AS OF takes the number of a snapshot, or the name of a tag or branch, and not "
                            + version.getVersionType().getDisplayName());
        }
        return Snapshots.find(stored, id)
                .orElseThrow(() -> new TrinoException(INVALID_ARGUMENTS, Snapshots.missing(table.name(), stored, id)));
    }

    private static Snapshot at(TrestleTableHandle table, FileStoreTable stored, Instant instant) {
        return Snapshots.at(stored, instant)
                .orElseThrow(
                        () -> new TrinoException(INVALID_ARGUMENTS, Snapshots.missing(table.name(), stored, instant)));
    }

    private static TrestleTableHandle atSnapshot(TrestleTableHandle table, FileStoreTable stored, Snapshot snapshot) {
        return read(table, stored, snapshot, CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(snapshot.id()));
    }

    private TrestleTableHandle named(
            ConnectorSession session, TrestleTableHandle table, FileStoreTable stored, String name) throws Exception {
        Identifier data = dataTable(table).identifier();
        RestCatalog catalog = catalogs.of(session);
        Optional<Snapshot> tag = Snapshots.tagged(catalog, data, name);
        boolean branch =
                data.getBranchName() == null && Branches.names(catalog, data).contains(name);
        if (tag.isPresent() && branch) {
            throw new TrinoException(
                    AMBIGUOUS_NAME,
                    "Table " + table.name() + " has both a tag and a branch '" + name + "': read the branch as \""
                            + data.getTableName() + "$branch_" + name
                            + "\", and the tag by the number of its snapshot, "
                            + tag.get().id());
        }
        if (tag.isPresent()) {
            return read(table, stored, tag.get(), CoreOptions.SCAN_TAG_NAME.key(), name);
        }
        if (branch) {
            return Branches.isMain(name) ? table : Branches.handle(catalog, table, name);
        }
        String numberInQuotes = name.chars().allMatch(Character::isDigit) && !name.isEmpty()
                ? ". A snapshot's number is written without quotes"
                : "";
        throw new TrinoException(
                INVALID_ARGUMENTS,
                "Table " + table.name() + " has no tag and no branch '" + name + "'" + numberInQuotes);
    }

    /** With the columns that the table had then; the system tables find them by themselves. */
    private static TrestleTableHandle read(
            TrestleTableHandle table, FileStoreTable stored, Snapshot snapshot, String option, String value) {
        Map<String, String> options = new HashMap<>(table.options());
        options.put(option, value);
        Optional<TableDescription> description = table.identifier().isSystemTable()
                ? table.description()
                : table.description()
                        .map(now -> now.schemaId() == snapshot.schemaId()
                                ? now
                                : now.withColumns(stored.schemaManager().schema(snapshot.schemaId())));
        return new TrestleTableHandle(table.name(), table.database(), table.object(), description, options);
    }
}
