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
import static java.util.stream.Collectors.toSet;

import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.PlannedTables;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.airlift.slice.Slice;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.RetryMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;

/** The UPDATE, DELETE or MERGE of one transaction. */
public final class TableMerges {

    private final OpenedTables tables;
    private final PlannedTables planned;
    private final PendingWrites pending;

    /** @param planned knows the snapshot that the statement reads */
    public TableMerges(OpenedTables tables, PlannedTables planned, PendingWrites pending) {
        this.tables = requireNonNull(tables, "tables is null");
        this.planned = requireNonNull(planned, "planned is null");
        this.pending = requireNonNull(pending, "pending is null");
    }

    public TrestleColumnHandle rowIdColumn(ConnectorSession session, TrestleTableHandle handle) {
        return RowIds.column(open(session, handle).schema());
    }

    /** Empty for a column of the table. */
    public static Optional<ColumnMetadata> rowIdMetadata(TrestleColumnHandle column) {
        return RowIds.isRowId(column)
                ? Optional.of(ColumnMetadata.builder()
                        .setName(column.name())
                        .setType(column.type())
                        .setHidden(true)
                        .build())
                : Optional.empty();
    }

    /** A row that is deleted meets, in one writer, what else is written of its bucket, or, without buckets, deleted of its file. */
    public Optional<ConnectorPartitioningHandle> updateLayout(ConnectorSession session, TrestleTableHandle handle) {
        FileStoreTable table = open(session, handle);
        return Optional.of(
                table.primaryKeys().isEmpty()
                        ? WritePartitioning.ofPositions(table.schema(), table.bucketMode())
                        : WritePartitioning.of(table.schema(), table.bucketMode(), true));
    }

    public MergeWriteHandle begin(
            ConnectorSession session,
            TrestleTableHandle handle,
            Map<Integer, Collection<ColumnHandle>> updatedColumns,
            RetryMode retryMode) {
        TableWrites.requireNoRetries(retryMode);
        Set<String> updated = updatedColumns.values().stream()
                .flatMap(Collection::stream)
                .map(column -> ((TrestleColumnHandle) column).name())
                .collect(toSet());
        FileStoreTable table = open(session, handle);
        return TrinoErrors.call("change rows of table " + table.fullName(), () -> {
            ChangedTables.require(table, updated);
            TrestleTableHandle pinned = planned.snapshot(session, handle)
                    .map(snapshot -> OpenedTables.pin(handle, snapshot.id()))
                    .orElse(handle);
            WriteJob job = WriteJob.of(
                    tables.open(session, pinned), WriteJob.newCommitUser(session.getQueryId()), InsertMode.APPEND);
            pending.begin(job.withIndexesAsOfNow());
            return new MergeWriteHandle(pinned, job.commitUser(), updated);
        });
    }

    public void finish(MergeWriteHandle handle, Collection<Slice> serialized) {
        WriteJob job = pending.job(handle.commitUser());
        List<Fragment> fragments = Fragment.deserialize(serialized);
        List<CommitMessage> messages = new ArrayList<>(Fragment.messages(fragments));
        Optional<Snapshot> read = OpenedTables.pinnedSnapshot(handle.table())
                .map(id -> job.table().snapshotManager().snapshot(id));
        messages.addAll(DeletionIndexes.write(job, read, Fragment.deletions(fragments)));
        pending.propose(job);
        TableCommits.commit(job.guardedBy(read), InsertMode.APPEND, messages);
    }

    private FileStoreTable open(ConnectorSession session, TrestleTableHandle handle) {
        return TrinoErrors.call(
                "change rows of table " + handle, () -> WrittenTables.require(handle, tables.open(session, handle)));
    }
}
