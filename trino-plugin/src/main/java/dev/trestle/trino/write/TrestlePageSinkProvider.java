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

import static java.util.Objects.requireNonNull;

import com.google.inject.Inject;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.files.TrestleTableCredentials;
import io.trino.spi.connector.ConnectorInsertTableHandle;
import io.trino.spi.connector.ConnectorMergeSink;
import io.trino.spi.connector.ConnectorMergeTableHandle;
import io.trino.spi.connector.ConnectorOutputTableHandle;
import io.trino.spi.connector.ConnectorPageSink;
import io.trino.spi.connector.ConnectorPageSinkId;
import io.trino.spi.connector.ConnectorPageSinkProvider;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableCredentials;
import io.trino.spi.connector.ConnectorTransactionHandle;
import java.util.Optional;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/** Opens tables for writing. Safe for use by many threads. */
public final class TrestlePageSinkProvider implements ConnectorPageSinkProvider {

    private final OpenedTables tables;
    private final SpillDirectories spill;

    @Inject
    public TrestlePageSinkProvider(OpenedTables tables, SpillDirectories spill) {
        this.tables = requireNonNull(tables, "tables is null");
        this.spill = requireNonNull(spill, "spill is null");
    }

    @Override
    public ConnectorPageSink createPageSink(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorOutputTableHandle table,
            Optional<ConnectorTableCredentials> credentials,
            ConnectorPageSinkId id) {
        return sink(session, (TableWriteHandle) table, credentials);
    }

    @Override
    public ConnectorPageSink createPageSink(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorInsertTableHandle table,
            Optional<ConnectorTableCredentials> credentials,
            ConnectorPageSinkId id) {
        return sink(session, (TableWriteHandle) table, credentials);
    }

    private ConnectorPageSink sink(
            ConnectorSession session, TableWriteHandle handle, Optional<ConnectorTableCredentials> credentials) {
        Table table = open(session, handle.table(), credentials);
        WriteJob whole = WriteJob.of(table, handle.commitUser(), handle.mode());
        WriteJob job = whole.mayMissMarks() ? whole.withoutCompaction() : whole;
        return new TablePageSink(
                job,
                new RowWrites(job, handle.mode().overwrites(), spill.open()),
                WrittenColumns.of(table.rowType(), handle.columns()));
    }

    @Override
    public ConnectorMergeSink createMergeSink(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorMergeTableHandle merge,
            Optional<ConnectorTableCredentials> credentials,
            ConnectorPageSinkId id) {
        MergeWriteHandle handle = (MergeWriteHandle) merge;
        FileStoreTable table = ChangedTables.stored(WrittenTables.require(open(session, handle.table(), credentials)));
        boolean append = table.primaryKeys().isEmpty();
        WriteJob whole = WriteJob.of(table, handle.commitUser(), InsertMode.APPEND);
        WriteJob job = append ? whole.withoutCompaction() : whole;
        RowWrites writes = new RowWrites(job, false, spill.open());
        RowChanges changes = append
                ? new AppendRowChanges(job, writes, new FileRewrite(job.table()))
                : new KeyedRowChanges(job, writes, handle);
        return new TableMergeSink(job, writes, WrittenColumns.all(table.rowType()), changes);
    }

    private Table open(
            ConnectorSession session, TrestleTableHandle handle, Optional<ConnectorTableCredentials> credentials) {
        return TrinoErrors.call("write table " + handle.identifier().getFullName(), () -> {
            if (credentials.isPresent()) {
                tables.adopt(session, handle, (TrestleTableCredentials) credentials.get());
            }
            return tables.open(session, handle);
        });
    }
}
