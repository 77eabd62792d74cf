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
import static io.trino.spi.StandardErrorCode.TRANSACTION_CONFLICT;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.table.PartitionTypes;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.OtherBranches;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableCommitImpl;

/** The DELETE of all rows of a table, or of partitions, which reads none of them; and TRUNCATE. */
public final class TableDeletes {

    private final OpenedTables tables;

    public TableDeletes(OpenedTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /** Empty where rows have to be looked at. */
    public Optional<TrestleTableHandle> apply(ConnectorSession session, TrestleTableHandle handle) {
        if (!handle.options().isEmpty() || !handle.pushdown().choosesPartitionsAlone()) {
            return Optional.empty();
        }
        return TrinoErrors.call("delete from table " + handle, () -> {
            FileStoreTable table = WrittenTables.require(handle, tables.open(session, handle));
            ChangedTables.require(table, Set.of());
            return isWhole(handle) || partitions(table, handle).isPresent() ? Optional.of(handle) : Optional.empty();
        });
    }

    private static boolean isWhole(TrestleTableHandle handle) {
        return handle.pushdown().enforced().isAll();
    }

    private static Optional<WholePartitions> partitions(FileStoreTable table, TrestleTableHandle handle) {
        return WholePartitions.of(table, handle.pushdown().enforced());
    }

    /** @return how many rows there were, where the metadata knows */
    public OptionalLong execute(ConnectorSession session, TrestleTableHandle handle) {
        WriteJob job = WriteJob.of(
                tables.open(session, handle), WriteJob.newCommitUser(session.getQueryId()), InsertMode.APPEND);
        return isWhole(handle) ? deleteAll(job) : deletePartitions(job, handle);
    }

    private static OptionalLong deleteAll(WriteJob job) {
        OptionalLong rows = countsRows(job.table())
                ? OptionalLong.of(job.table()
                        .latestSnapshot()
                        .map(Snapshot::totalRecordCount)
                        .orElse(0L))
                : OptionalLong.empty();
        TableCommits.commit(job, List.of(), TableCommitImpl::truncateTable);
        return rows;
    }

    private static OptionalLong deletePartitions(WriteJob job, TrestleTableHandle handle) {
        WholePartitions partitions = partitions(job.table(), handle)
                .orElseThrow(() -> new TrinoException(
                        TRANSACTION_CONFLICT,
                        "The statement is not applied: a partition that it deletes has been added to table "
                                + job.table().fullName() + ". Run it again"));
        if (!partitions.names().isEmpty()) {
            TableCommits.commit(job, List.of(), commit -> commit.truncatePartitions(partitions.names()));
        }
        return countsRows(job.table()) ? OptionalLong.of(partitions.rows()) : OptionalLong.empty();
    }

    /**
     * Commits a snapshot without rows. Since it reads none, it asks nobody which rows may be read: those that the service hides
     * from the user are gone too.
     */
    public void truncate(ConnectorSession session, TrestleTableHandle handle) {
        TrinoErrors.run("truncate table " + handle.name(), () -> {
            handle.requireNotSystemTable("truncated");
            if (!(tables.open(session, handle) instanceof FileStoreTable stored)) {
                throw new TrinoException(
                        NOT_SUPPORTED,
                        "Table " + handle.name()
                                + " cannot be truncated: it keeps plain files, and has no snapshots. Drop"
                                + " and create it");
            }
            RestCatalog.requireWritable(stored);
            OtherBranches.requireNone(stored, "truncated");
            PartitionTypes.requireFound(stored, "truncated");
            WriteJob job = new WriteJob(stored, WriteJob.newCommitUser(session.getQueryId()));
            TableCommits.commit(job, List.of(), TableCommitImpl::truncateTable);
        });
    }

    /** Files of a primary key hold rows more than once, and rows that are marked as deleted are counted. */
    private static boolean countsRows(FileStoreTable table) {
        return table.primaryKeys().isEmpty() && !table.coreOptions().deletionVectorsEnabled();
    }
}
