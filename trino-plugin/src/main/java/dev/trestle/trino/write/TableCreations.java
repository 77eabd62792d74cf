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
package dev.trestle.trino.write;

import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.api.TableInfo;
import dev.trestle.trino.ObjectNames;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TableDescription;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import dev.trestle.trino.schema.TableReplacement;
import dev.trestle.trino.schema.TableSchemas;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.RetryMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.types.DataField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CREATE TABLE AS of one transaction: the table is created, written, and its rows are committed. A table that is replaced
 * stays until all rows of the new one are committed under another name.
 */
public final class TableCreations {

    private static final Logger LOG = LoggerFactory.getLogger(TableCreations.class);

    private final SessionCatalogs catalogs;
    private final ObjectNames names;
    private final OpenedTables tables;
    private final PendingWrites pending;
    private final Map<String, TableReplacement> replacements = new ConcurrentHashMap<>();

    public TableCreations(SessionCatalogs catalogs, ObjectNames names, OpenedTables tables, PendingWrites pending) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.names = requireNonNull(names, "names is null");
        this.tables = requireNonNull(tables, "tables is null");
        this.pending = requireNonNull(pending, "pending is null");
    }

    /** How the rows of a table that is yet to be created are spread over writers. */
    public Optional<ConnectorTableLayout> layout(ConnectorTableMetadata table) {
        TableSchema schema = TableSchema.create(0, TableSchemas.toPaimon(table));
        return WriteLayouts.of(schema, WriteLayouts.bucketMode(schema));
    }

    /**
     * Creates the table.
     *
     * @param layout as {@link #layout} made it
     * @param existing the table that is replaced
     */
    public TableWriteHandle begin(
            ConnectorSession session,
            ConnectorTableMetadata table,
            Optional<ConnectorTableLayout> layout,
            RetryMode retryMode,
            Optional<TrestleTableHandle> existing) {
        TableWrites.requireNoRetries(retryMode);
        RestCatalog catalog = catalogs.of(session);
        String commitUser = WriteJob.newCommitUser(session.getQueryId());
        Schema schema = TableSchemas.toPaimon(table);
        Optional<TableReplacement> replacement =
                existing.map(replaced -> TableReplacement.of(catalog, replaced, schema, commitUser));
        return TrinoErrors.call("create table " + table.getTable(), () -> {
            Identifier identifier = replacement.isPresent()
                    ? replacement.get().created()
                    : names.inDatabase(
                            session,
                            table.getTable().getSchemaName(),
                            database ->
                                    Identifier.create(database, table.getTable().getTableName()));
            catalog.createTable(identifier, schema, false);
            names.forget();
            TableInfo created = catalog.describeTable(identifier);
            try {
                TrestleTableHandle handle = new TrestleTableHandle(
                        table.getTable(),
                        identifier.getDatabaseName(),
                        identifier.getObjectName(),
                        Optional.of(TableDescription.of(created)),
                        Map.of());
                FileStoreTable opened = WrittenTables.require(tables.open(session, handle));
                requireLayout(opened, layout);
                requireNoRows(opened, schema);
                WriteJob job =
                        WriteJob.of(opened, commitUser, InsertMode.APPEND).withIndexesAsOfNow();
                pending.begin(job, () -> undo(catalog, identifier, created, job));
                replacement.ifPresent(replaced -> replacements.put(commitUser, replaced));
                return new TableWriteHandle(handle, columns(opened, table), commitUser, InsertMode.APPEND);
            } catch (RuntimeException e) {
                drop(catalog, identifier, created);
                throw e;
            }
        });
    }

    /** The catalog's or the service's own defaults may give a table other buckets than the statement does. */
    private static void requireLayout(FileStoreTable created, Optional<ConnectorTableLayout> planned) {
        Optional<ConnectorTableLayout> actual = WriteLayouts.of(created.schema(), created.bucketMode());
        if (!actual.flatMap(ConnectorTableLayout::getPartitioning)
                .equals(planned.flatMap(ConnectorTableLayout::getPartitioning))) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Table " + created.fullName() + " has other buckets than the statement says, since the catalog has "
                            + "defaults for new tables. Create the table first, then INSERT into it");
        }
    }

    /** A table that is created where files of one are takes those in. */
    private static void requireNoRows(FileStoreTable created, Schema wanted) {
        if (wanted.options().containsKey(CoreOptions.PATH.key())
                && created.latestSnapshot().isPresent()) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "The location " + created.location()
                            + " holds a table that has rows already. CREATE TABLE without AS"
                            + " takes that one in; for new rows, give another location");
        }
    }

    private static List<TrestleColumnHandle> columns(FileStoreTable created, ConnectorTableMetadata table) {
        return table.getColumns().stream()
                .filter(column -> !column.isHidden())
                .map(ColumnMetadata::getName)
                .map(name -> {
                    DataField field = created.rowType().getField(name);
                    return new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type()));
                })
                .toList();
    }

    /** Takes back what a statement wrote, also where the service leaves the files of a table that is dropped. */
    static void undo(RestCatalog catalog, Identifier identifier, TableInfo created, WriteJob job) {
        if (created.external()) {
            LeftFiles.delete(job);
        }
        drop(catalog, identifier, created);
    }

    /** Drops the table that this statement created, and no other that has its name by now. */
    private static void drop(RestCatalog catalog, Identifier identifier, TableInfo created) {
        try {
            catalog.invalidateTable(identifier);
            if (catalog.describeTable(identifier).id().equals(created.id())) {
                catalog.dropTable(identifier, true);
            }
        } catch (Exception e) {
            LOG.warn("Table {} of a statement that failed may be left", identifier.getFullName(), e);
        }
    }

    public Optional<ConnectorOutputMetadata> finish(TableWriteHandle handle, Collection<Slice> fragments) {
        WriteJob job = pending.job(handle.commitUser());
        List<CommitMessage> messages = Fragment.messages(Fragment.deserialize(fragments));
        if (!messages.isEmpty()) {
            pending.propose(job);
            TableCommits.commit(job, InsertMode.APPEND, messages);
        }
        pending.propose(job);
        Optional.ofNullable(replacements.remove(handle.commitUser())).ifPresent(replacement -> {
            replacement.takePlace();
            names.forget();
        });
        return Optional.of(WriteSummary.of(job, messages));
    }
}
