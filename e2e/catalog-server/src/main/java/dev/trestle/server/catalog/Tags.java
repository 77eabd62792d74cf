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
import dev.trestle.server.store.NameFilter;
import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.tag.Tag;

/** Tags of tables and branches, which are files as Paimon's own tag procedures make them. Thread-safe. */
public final class Tags {

    private final TableLocator locator;

    Tags(TableLocator locator) {
        this.locator = locator;
    }

    /** Names in byte order. */
    public Page<String> list(Identifier identifier, NameFilter filter, PageRequest page) {
        List<String> names = locator.read(identifier, Tags::names).stream()
                .filter(filter::matches)
                .filter(name ->
                        page.after().isEmpty() || name.compareTo(page.after().get()) > 0)
                .sorted()
                .limit(page.probe())
                .toList();
        return Page.of(names, page.limit(), name -> name);
    }

    private static List<String> names(LocatedTable table) {
        Schemas.ofPaimonTable(table);
        return table.files().tagNames();
    }

    /** The tag of that name. */
    public Tag get(Identifier identifier, String name) {
        return locator.read(identifier, table -> {
            Schemas.ofPaimonTable(table);
            return find(table, name).orElseThrow(() -> missing(table, name));
        });
    }

    /**
     * Makes a tag.
     *
     * @param snapshotId the snapshot to keep; the latest if absent
     * @param retained how long it is kept; as long as the table's options say if absent
     */
    public void create(Identifier identifier, String name, Optional<Long> snapshotId, Optional<Duration> retained) {
        Names.checkFile("tag", name);
        locator.locked(identifier, table -> {
            TableSchema schema = Schemas.ofPaimonTable(table);
            Snapshot snapshot = snapshot(table, snapshotId);
            Optional<Duration> kept = retained.or(() ->
                    Optional.ofNullable(CoreOptions.fromMap(schema.options()).tagDefaultTimeRetained()));
            if (!table.files().createTag(name, snapshot, kept)) {
                throw CatalogException.alreadyExists(
                        Resource.TAG, name, "Tag " + name + " of table " + table.fullName() + " already exists.");
            }
            return table;
        });
    }

    /** Deletes a tag, and the files that were kept for it alone. */
    public void delete(Identifier identifier, String name) {
        locator.locked(identifier, table -> {
            TableSchema schema = Schemas.ofPaimonTable(table);
            if (find(table, name).isEmpty()) {
                throw missing(table, name);
            }
            table.files().open(schema).deleteTag(name);
            if (find(table, name).isPresent()) {
                throw new IllegalStateException(
                        "The file of tag " + name + " of table " + table.fullName() + " could not be removed");
            }
            return table;
        });
    }

    /** The tag of that name, if it is there. */
    static Optional<Tag> find(LocatedTable table, String name) {
        return Names.isFile(name) ? table.files().tags().get(name) : Optional.empty();
    }

    static CatalogException missing(LocatedTable table, String name) {
        return CatalogException.notFound(
                Resource.TAG, name, "Tag " + name + " of table " + table.fullName() + " does not exist.");
    }

    private static Snapshot snapshot(LocatedTable table, Optional<Long> id) {
        TableFiles files = table.files();
        if (id.isEmpty()) {
            return Optional.ofNullable(files.snapshots().latestSnapshotFromFileSystem())
                    .orElseThrow(() -> CatalogException.notFound(
                            Resource.SNAPSHOT, "LATEST", "Table " + table.fullName() + " has no snapshot yet."));
        }
        return findSnapshot(files, id.get())
                .orElseThrow(() -> CatalogException.notFound(
                        Resource.SNAPSHOT,
                        String.valueOf(id.get()),
                        "Table " + table.fullName() + " has no snapshot " + id.get() + "."));
    }

    /** A snapshot that is there, or that a tag keeps. */
    static Optional<Snapshot> findSnapshot(TableFiles files, long id) {
        try {
            return Optional.of(files.snapshots().tryGetSnapshot(id));
        } catch (FileNotFoundException e) {
            return files.tags().taggedSnapshots().stream()
                    .filter(snapshot -> snapshot.id() == id)
                    .findFirst();
        }
    }
}
