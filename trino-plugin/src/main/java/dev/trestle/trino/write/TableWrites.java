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

import dev.trestle.catalog.table.PartitionTypes;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.OtherBranches;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.airlift.slice.Slice;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorOutputMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableLayout;
import io.trino.spi.connector.RetryMode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;

/** The INSERT of one transaction. */
public final class TableWrites {

    private final OpenedTables tables;
    private final PendingWrites pending;

    public TableWrites(OpenedTables tables, PendingWrites pending) {
        this.tables = requireNonNull(tables, "tables is null");
        this.pending = requireNonNull(pending, "pending is null");
    }

    public Optional<ConnectorTableLayout> insertLayout(ConnectorSession session, TrestleTableHandle table) {
        FileStoreTable written = TrinoErrors.call(
                "write table " + table, () -> WrittenTables.require(table, tables.open(session, table)));
        return WriteLayouts.of(written.schema(), written.bucketMode());
    }

    public TableWriteHandle beginInsert(
            ConnectorSession session, TrestleTableHandle table, List<ColumnHandle> columns, RetryMode retryMode) {
        requireNoRetries(retryMode);
        InsertMode mode = WriteSessionProperties.insertMode(session);
        List<TrestleColumnHandle> written =
                columns.stream().map(TrestleColumnHandle.class::cast).toList();
        WriteJob job = WriteJob.of(tables.open(session, table), WriteJob.newCommitUser(session.getQueryId()), mode);
        if (mode.overwrites()) {
            TrinoErrors.run("overwrite table " + table, () -> PartitionTypes.requireFound(job.table(), "overwritten"));
        }
        if (mode.overwritesAllOf(job.table().partitionKeys())) {
            TrinoErrors.run(
                    "overwrite table " + table, () -> OtherBranches.requireNone(job.table(), "overwritten as a whole"));
        }
        pending.begin(job.withIndexesAsOfNow());
        return new TableWriteHandle(table, written, job.commitUser(), mode);
    }

    public Optional<ConnectorOutputMetadata> finishInsert(TableWriteHandle handle, Collection<Slice> fragments) {
        WriteJob job = pending.job(handle.commitUser());
        List<CommitMessage> messages = Fragment.messages(Fragment.deserialize(fragments));
        pending.propose(job);
        TableCommits.commit(job, handle.mode(), messages);
        return Optional.of(WriteSummary.of(job, messages));
    }

    /** A task that is run again would leave the files of its first run. */
    static void requireNoRetries(RetryMode retryMode) {
        if (retryMode != RetryMode.NO_RETRIES) {
            throw new TrinoException(
                    NOT_SUPPORTED,
                    "Tables of this catalog cannot be written with task or query retries: set retry_policy to NONE");
        }
    }
}
