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
package dev.trestle.server.catalog;

import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.files.TableFiles;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.utils.SnapshotManager;

/** Adds snapshots to tables. Thread-safe. */
public final class Commits {

    private final TableLocator locator;

    Commits(TableLocator locator) {
        this.locator = locator;
    }

    /**
     * Adds a snapshot to a table or branch.
     *
     * @param tableId the table that the writer means: another table may have its name by now
     * @return true if the table has this very snapshot now, also if it had it before the call; false if another
     *     snapshot has its id
     */
    public boolean commit(Identifier identifier, Optional<String> tableId, Snapshot snapshot) {
        return locator.locked(identifier, table -> {
            tableId.ifPresent(id -> checkId(table, id));
            if (table.row().external()) {
                throw CatalogException.unsupported("Table " + table.fullName()
                        + " is external: its writers commit in its files, not over the catalog.");
            }
            return add(table, Schemas.ofPaimonTable(table), snapshot);
        });
    }

    private static void checkId(LocatedTable table, String id) {
        if (!table.row().id().equals(id)) {
            throw CatalogException.notFound(
                    Resource.TABLE,
                    table.row().name(),
                    "Table " + table.fullName() + " has the id " + table.row().id() + ", not " + id
                            + ": it was dropped and made again.");
        }
    }

    private static boolean add(LocatedTable table, TableSchema schema, Snapshot snapshot) {
        TableFiles files = table.files();
        SnapshotManager snapshots = files.snapshots();
        Long latest = snapshots.latestSnapshotIdFromFileSystem();
        long next = latest == null ? Snapshot.FIRST_SNAPSHOT_ID : latest + 1;
        if (snapshot.id() < next) {
            return snapshots.snapshotExists(snapshot.id())
                    && snapshots.snapshot(snapshot.id()).equals(snapshot);
        }
        if (snapshot.id() > next) {
            throw CatalogException.conflict(
                    Resource.SNAPSHOT,
                    String.valueOf(snapshot.id()),
                    "The next snapshot of table " + table.fullName() + " is " + next + ", not " + snapshot.id() + ".");
        }
        check(table, schema, snapshot);
        return files.addSnapshot(snapshot);
    }

    /** A snapshot that readers could not follow is refused before it becomes the latest. */
    private static void check(LocatedTable table, TableSchema latestSchema, Snapshot snapshot) {
        if (snapshot.schemaId() > latestSchema.id() || snapshot.schemaId() < 0) {
            throw CatalogException.invalid("Snapshot " + snapshot.id() + " of table " + table.fullName()
                    + " has the schema id " + snapshot.schemaId() + "; the latest is " + latestSchema.id() + ".");
        }
        List<String> missing = table.files().missingManifestLists(snapshot, latestSchema);
        if (!missing.isEmpty()) {
            throw CatalogException.invalid("Snapshot " + snapshot.id() + " of table " + table.fullName()
                    + " needs files that do not exist: " + missing);
        }
    }
}
