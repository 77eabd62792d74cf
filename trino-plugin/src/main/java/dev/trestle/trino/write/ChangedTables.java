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

import dev.trestle.catalog.queryauth.AuthorizedSplit;
import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.queryauth.QueryAuthException;
import dev.trestle.catalog.queryauth.ReadPermission;
import dev.trestle.catalog.table.KeptValues;
import dev.trestle.catalog.table.PartitionTypes;
import dev.trestle.trino.OtherBranches;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.CoreOptions.MergeEngine;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.Split;

/** Of which tables rows can be updated and deleted. */
final class ChangedTables {

    private static final String CHANGES = "UPDATE, DELETE or MERGE";

    private ChangedTables() {}

    /**
     * Refuses an UPDATE, DELETE or MERGE whose changes the table would not keep.
     *
     * @param updated the columns that are set; empty for a statement that deletes
     * @throws UnsupportedOperationException saying why, and what to do
     */
    static void require(FileStoreTable table, Set<String> updated) {
        CoreOptions options = table.coreOptions();
        if (table instanceof AuthorizedTable restricted) {
            restricted.requireEverythingReadable(CHANGES);
        }
        OtherBranches.requireNone(table, "changed by " + CHANGES);
        PartitionTypes.requireFound(table, "changed by " + CHANGES);
        if (options.dataEvolutionEnabled()) {
            throw refuse(table, "it is a data-evolution table (data-evolution.enabled). Use Spark's MERGE INTO");
        }
        if (options.rowkindField().isPresent()) {
            throw refuse(
                    table,
                    "its column '" + options.rowkindField().get()
                            + "' (rowkind.field) says what becomes of a row. INSERT a row with the kind you want");
        }
        if (table.primaryKeys().isEmpty()) {
            requireAppend(table, options);
        } else if (updated.isEmpty()) {
            requireDeletes(table);
        } else {
            requireUpdates(table, options, updated);
        }
    }

    /** The table whose files are read and written as they are, where {@link #require} has allowed that. */
    static FileStoreTable stored(FileStoreTable table) {
        return table instanceof AuthorizedTable restricted ? restricted.forWriting() : table;
    }

    /** @throws QueryAuthException if the service has come to restrict the table since {@link #require} */
    static void requireEverythingRead(AuthorizedTable table, Split split) {
        if (!(split instanceof AuthorizedSplit authorized
                && authorized.permission() instanceof ReadPermission.Everything)) {
            throw new QueryAuthException(CHANGES + " of table '" + table.fullName()
                    + "' is not possible: the service has begun to hide rows or mask columns of it meanwhile");
        }
    }

    private static void requireAppend(FileStoreTable table, CoreOptions options) {
        if (options.rowTrackingEnabled() && !options.deletionVectorsEnabled()) {
            throw refuse(
                    table,
                    "its rows have ids (row-tracking.enabled), which they would lose in files that are written again. "
                            + "Set deletion-vectors.enabled");
        }
    }

    /** @throws UnsupportedOperationException if reading a table of a primary key would keep a row that is deleted */
    static void requireDeletes(FileStoreTable table) {
        CoreOptions options = table.coreOptions();
        if (options.ignoreDelete()) {
            throw refuse(table, "it is set to ignore deletes (ignore-delete). Set that to false");
        }
        MergeEngine engine = options.mergeEngine();
        boolean deletes = switch (engine) {
            case DEDUPLICATE -> true;
            case PARTIAL_UPDATE -> options.toConfiguration().get(CoreOptions.PARTIAL_UPDATE_REMOVE_RECORD_ON_DELETE);
            case AGGREGATE -> options.aggregationRemoveRecordOnDelete();
            case FIRST_ROW -> false;
        };
        if (!deletes) {
            throw refuse(
                    table,
                    "its merge engine '" + engine + "' keeps a row that is deleted. "
                            + (engine == MergeEngine.FIRST_ROW
                                    ? "Use the merge engine deduplicate"
                                    : "Set " + engine + ".remove-record-on-delete"));
        }
    }

    private static void requireUpdates(FileStoreTable table, CoreOptions options, Set<String> updated) {
        MergeEngine engine = options.mergeEngine();
        if (engine != MergeEngine.DEDUPLICATE && engine != MergeEngine.PARTIAL_UPDATE) {
            throw refuse(
                    table,
                    "its merge engine '" + engine
                            + "' does not put a new row in the place of the old one. Use the merge engine deduplicate");
        }
        if (areKeys(table, updated) && !KeptValues.areUncertain(options)) {
            requireDeletes(table);
        }
    }

    /** Whether an UPDATE of the columns may move rows to another key, which deletes them and inserts them anew. */
    static boolean areKeys(FileStoreTable table, Set<String> updated) {
        return table.primaryKeys().stream().anyMatch(updated::contains)
                || table.partitionKeys().stream().anyMatch(updated::contains);
    }

    private static UnsupportedOperationException refuse(FileStoreTable table, String why) {
        return new UnsupportedOperationException(
                "Rows of table " + table.fullName() + " cannot be updated or deleted: " + why);
    }
}
