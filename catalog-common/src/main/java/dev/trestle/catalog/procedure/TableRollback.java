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

import static java.util.Objects.requireNonNull;

import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.table.Instant;

/** Makes an earlier state of a table the latest one. What was committed since is lost. Answers the snapshot rolled back to. */
public final class TableRollback {

    private final CalledTable table;

    /** Rolls back one table. */
    public TableRollback(CalledTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /** To a snapshot by its number. */
    public long toSnapshot(long id) throws Catalog.TableNotExistException {
        if (Snapshots.find(table.stored(), id).isEmpty()) {
            throw new WrongArgumentException(Snapshots.missing(table.name(), table.stored(), id));
        }
        table.catalog().rollbackTo(table.identifier(), Instant.snapshot(id), null);
        return id;
    }

    /** To the snapshot that was the latest one at an instant. */
    public long toTimestamp(java.time.Instant instant) throws Catalog.TableNotExistException {
        Snapshot snapshot = Snapshots.at(table.stored(), instant)
                .orElseThrow(
                        () -> new WrongArgumentException(Snapshots.missing(table.name(), table.stored(), instant)));
        return toSnapshot(snapshot.id());
    }

    /** To the snapshot that a tag names. */
    public long toTag(String tag) throws Catalog.TableNotExistException {
        long id = new TableTags(table).find(tag).id();
        table.catalog().rollbackTo(table.identifier(), Instant.tag(tag), null);
        return id;
    }
}
