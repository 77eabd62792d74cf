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
package dev.trestle.catalog.procedure;

import java.io.FileNotFoundException;
import java.time.Instant;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.utils.SnapshotManager;

/** Finds the snapshots of a table. */
public final class Snapshots {

    private Snapshots() {}

    /** The snapshot with a number; empty if it is not there, or not there any more. */
    public static Optional<Snapshot> find(FileStoreTable table, long id) {
        try {
            return Optional.of(table.snapshotManager().tryGetSnapshot(id));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** The snapshot that was the latest one at an instant; empty if it is not there any more, or there was none. */
    public static Optional<Snapshot> at(FileStoreTable table, Instant instant) {
        return Optional.ofNullable(table.snapshotManager().earlierOrEqualTimeMills(instant.toEpochMilli()));
    }

    /** The snapshot that a tag names; empty if there is no such tag. */
    public static Optional<Snapshot> tagged(Catalog catalog, Identifier table, String tag)
            throws Catalog.TableNotExistException {
        try {
            return Optional.of(catalog.getTag(table, tag).snapshot());
        } catch (Catalog.TagNotExistException e) {
            return Optional.empty();
        }
    }

    /**
     * That a table has no snapshot of a number, and which it has.
     *
     * @param name the table's, as the engine writes it
     */
    public static String missing(Object name, FileStoreTable table, long id) {
        return "Table " + name + " has no snapshot " + id + ": it has " + inWords(table);
    }

    /**
     * That a table has no state of a time, and which it has.
     *
     * @param name the table's, as the engine writes it
     */
    public static String missing(Object name, FileStoreTable table, Instant instant) {
        return "Table " + name + " has no version that was there at " + instant + ": it has " + inWords(table);
    }

    private static String inWords(FileStoreTable table) {
        SnapshotManager snapshots = table.snapshotManager();
        Long latest = snapshots.latestSnapshotId();
        Snapshot earliest = snapshots.earliestSnapshot();
        if (latest == null || earliest == null) {
            return "none yet";
        }
        Instant since = Instant.ofEpochMilli(earliest.timeMillis());
        return earliest.id() == latest
                ? "snapshot " + latest + " alone, of " + since
                : "snapshots " + earliest.id() + " to " + latest + ", the first of " + since;
    }
}
