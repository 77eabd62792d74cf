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
package dev.trestle.trino.statistics;

import dev.trestle.catalog.table.KeptStatistics.Rows;
import java.io.FileNotFoundException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.paimon.Snapshot;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.snapshot.TimeTravelUtil;

/**
 * How many rows a table has that was analyzed at an earlier snapshot. Of a key, the rows in files are more than those that
 * come out when they are merged: what comes of them is taken to be as much as when they were counted.
 */
final class RowsSinceAnalyze {

    private RowsSinceAnalyze() {}

    /**
     * Reads the snapshot that was analyzed, unless it is the one that is read.
     *
     * @return empty where it has expired, or was not counted
     */
    static OptionalLong of(FileStoreTable table, Rows analyzed) {
        Snapshot read = TimeTravelUtil.tryTravelOrLatest(table);
        if (read == null || analyzed.count().isEmpty() || hasTheRows(read, analyzed)) {
            return analyzed.count();
        }
        if (read.totalRecordCount() == 0) {
            return OptionalLong.of(0);
        }
        return find(table, analyzed.snapshotId())
                .map(then -> OptionalLong.of(
                        scaled(analyzed.count().getAsLong(), then.totalRecordCount(), read.totalRecordCount())))
                .orElse(OptionalLong.empty());
    }

    /** The commit that keeps what was found is a snapshot of its own, with the same rows, and as a rule the next one. */
    private static boolean hasTheRows(Snapshot read, Rows analyzed) {
        return read.id() == analyzed.snapshotId()
                || (read.id() == analyzed.snapshotId() + 1 && read.commitKind() == Snapshot.CommitKind.ANALYZE);
    }

    private static Optional<Snapshot> find(FileStoreTable table, long id) {
        try {
            return Optional.of(table.snapshotManager().tryGetSnapshot(id));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    private static long scaled(long counted, long inFilesThen, long inFilesNow) {
        return inFilesThen == 0 ? inFilesNow : Math.round(counted * ((double) inFilesNow / inFilesThen));
    }
}
