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
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Instant;
import org.apache.paimon.tag.Tag;

/** Takes tables and branches back to what they were. Thread-safe. */
public final class Rollbacks {

    private final TableLocator locator;

    Rollbacks(TableLocator locator) {
        this.locator = locator;
    }

    /**
     * Makes an earlier snapshot the latest one; later snapshots, and tags of them, are gone afterwards.
     *
     * @param from the snapshot that must be the latest now, if the requester minds
     */
    public void rollback(Identifier identifier, Instant target, Optional<Long> from) {
        locator.locked(identifier, table -> {
            Schemas.ofPaimonTable(table);
            refuseExternal(table);
            TableFiles files = table.files();
            Snapshot snapshot = snapshot(table, target);
            Long latest = files.snapshots().latestSnapshotIdFromFileSystem();
            from.filter(expected -> !expected.equals(latest)).ifPresent(expected -> {
                throw CatalogException.conflict(
                        Resource.SNAPSHOT,
                        String.valueOf(expected),
                        "The latest snapshot of table " + table.fullName() + " is " + latest + ", not " + expected
                                + ".");
            });
            files.rollbackTo(snapshot);
            return table;
        });
    }

    private static Snapshot snapshot(LocatedTable table, Instant target) {
        if (target instanceof Instant.TagInstant tag) {
            return Tags.find(table, tag.getTagName())
                    .map(Tag::trimToSnapshot)
                    .orElseThrow(() -> Tags.missing(table, tag.getTagName()));
        }
        if (target instanceof Instant.SnapshotInstant snapshot) {
            long id = snapshot.getSnapshotId();
            return Tags.findSnapshot(table.files(), id)
                    .orElseThrow(() -> CatalogException.notFound(
                            Resource.SNAPSHOT,
                            String.valueOf(id),
                            "Table " + table.fullName() + " has no snapshot " + id + "."));
        }
        throw CatalogException.invalid("A rollback needs a snapshot or a tag to go to.");
    }

    private static void refuseExternal(LocatedTable table) {
        if (table.row().external()) {
            throw CatalogException.unsupported("Table " + table.fullName()
                    + " is external: it is rolled back in its files, not over the catalog.");
        }
    }

    /** Makes an earlier schema the newest one, unless a snapshot or tag needs a later one. */
    public void rollbackSchema(Identifier identifier, long schemaId) {
        locator.locked(identifier, table -> {
            Schemas.ofPaimonTable(table);
            TableFiles files = table.files();
            if (!files.schemas().schemaExists(schemaId)) {
                throw CatalogException.invalid("Table " + table.fullName() + " has no schema " + schemaId + ".");
            }
            try {
                files.rollbackSchema(schemaId);
            } catch (RuntimeException e) {
                throw SchemaErrors.explain("Table " + table.fullName() + " cannot be rolled back", e);
            }
            return table;
        });
    }
}
