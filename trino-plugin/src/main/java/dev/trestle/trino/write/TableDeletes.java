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

import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import io.trino.spi.connector.ConnectorSession;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TableCommitImpl;

/** The DELETE of all rows, which reads none of them. */
public final class TableDeletes {

    private final OpenedTables tables;

    public TableDeletes(OpenedTables tables) {
        this.tables = requireNonNull(tables, "tables is null");
    }

    /** Empty where rows have to be looked at. */
    public Optional<TrestleTableHandle> apply(ConnectorSession session, TrestleTableHandle handle) {
        if (!isWhole(handle)) {
            return Optional.empty();
        }
        return TrinoErrors.call("delete from table " + handle, () -> {
            FileStoreTable table = WrittenTables.require(tables.open(session, handle));
            ChangedTables.require(table, Set.of());
            return Optional.of(handle);
        });
    }

    /** Whether the handle says no more than which table it is. */
    private static boolean isWhole(TrestleTableHandle handle) {
        return handle.options().isEmpty()
                && handle.equals(new TrestleTableHandle(
                        handle.name(), handle.database(), handle.object(), handle.description(), handle.options()));
    }

    /** @return how many rows there were, where the metadata knows */
    public OptionalLong execute(ConnectorSession session, TrestleTableHandle handle) {
        WriteJob job = WriteJob.of(
                tables.open(session, handle), WriteJob.newCommitUser(session.getQueryId()), InsertMode.APPEND);
        OptionalLong rows = rows(job.table());
        TableCommits.commit(job, List.of(), TableCommitImpl::truncateTable);
        return rows;
    }

    /** Files of a primary key hold rows more than once, and rows that are marked as deleted are counted. */
    private static OptionalLong rows(FileStoreTable table) {
        if (!table.primaryKeys().isEmpty() || table.coreOptions().deletionVectorsEnabled()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                table.latestSnapshot().map(Snapshot::totalRecordCount).orElse(0L));
    }
}
