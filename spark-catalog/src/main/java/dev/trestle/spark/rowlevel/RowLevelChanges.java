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
package dev.trestle.spark.rowlevel;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.table.PartitionTypes;
import dev.trestle.spark.read.ScanTable;
import dev.trestle.spark.write.OtherBranches;
import dev.trestle.spark.write.WriteCommit;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.connector.write.RowLevelOperation;
import org.apache.spark.sql.connector.write.RowLevelOperationBuilder;
import org.apache.spark.sql.connector.write.RowLevelOperationInfo;

/**
 * Chooses how the rows of a table are changed: by their key; by marking them as deleted in their files, where the table has
 * deletion vectors; else by writing their files anew.
 */
public final class RowLevelChanges implements RowLevelOperationBuilder {

    private final ChangedTable table;
    private final RowLevelOperationInfo info;

    /**
     * A table whose rows a statement changes.
     *
     * @param read the snapshot in which the rows are found
     * @param table to write
     */
    record ChangedTable(ScanTable read, FileStoreTable table, WriteCommit.Progress progress) {

        String name() {
            return read.name();
        }

        /** Of the snapshot that is read; empty where the table has none. */
        Optional<String> snapshotId() {
            return Optional.ofNullable(read.table().options().get(CoreOptions.SCAN_SNAPSHOT_ID.key()));
        }
    }

    /**
     * Changes of one statement.
     *
     * @param read the snapshot in which the rows are found
     * @param table to write
     * @param progress told when the commit begins
     */
    public RowLevelChanges(
            ScanTable read, FileStoreTable table, RowLevelOperationInfo info, WriteCommit.Progress progress) {
        this.table = new ChangedTable(read, table, progress);
        this.info = info;
    }

    /** @throws UnsupportedOperationException if rows of such a table cannot be changed so */
    @Override
    public RowLevelOperation build() {
        RowLevelOperation.Command command = info.command();
        FileStoreTable stored = table.table();
        if (stored instanceof AuthorizedTable restricted) {
            restricted.requireEverythingReadable(command.toString());
        }
        OtherBranches.requireNone(stored, "changed by " + command);
        PartitionTypes.requireFound(stored, "changed by " + command);
        stored.coreOptions().rowkindField().ifPresent(kind -> {
            throw new UnsupportedOperationException(
                    command + " of table " + table.name() + " is not supported: its column '" + kind
                            + "' ('rowkind.field') says what becomes of a row. INSERT a row with the kind you want.");
        });
        if (!stored.primaryKeys().isEmpty()) {
            return new KeyedChanges(table, command);
        }
        if (stored.coreOptions().dataEvolutionEnabled() || stored.coreOptions().rowTrackingEnabled()) {
            throw new UnsupportedOperationException(
                    command + " of table " + table.name() + " is not supported: its rows have ids"
                            + " ('row-tracking.enabled' or 'data-evolution.enabled'),"
                            + " which they would lose. Change them with the engine that"
                            + " made the table, or insert the rows into a table without"
                            + " these options.");
        }
        return stored.coreOptions().deletionVectorsEnabled()
                ? new PositionChanges(table, command)
                : new FileRewrite(table, command);
    }
}
