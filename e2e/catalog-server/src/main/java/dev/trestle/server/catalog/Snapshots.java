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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.tag.Tag;
import org.apache.paimon.utils.SnapshotManager;

/** Reads the snapshots of tables and branches. Thread-safe. */
public final class Snapshots {

    private static final String EARLIEST = "EARLIEST";
    private static final String LATEST = "LATEST";

    private final TableLocator locator;
    private final TableStatistics statistics;

    Snapshots(TableLocator locator, TableStatistics statistics) {
        this.locator = locator;
        this.statistics = statistics;
    }

    /** The latest snapshot, with the number and size of the files in it: none where a manifest of it is gone. */
    public TableSnapshot latest(Identifier identifier) {
        return locator.read(identifier, this::latest);
    }

    private TableSnapshot latest(LocatedTable table) {
        TableSchema schema = Schemas.ofPaimonTable(table);
        Snapshot snapshot = Optional.ofNullable(table.files().snapshots().latestSnapshotFromFileSystem())
                .orElseThrow(() -> missing(table, LATEST));
        return statistics
                .find(table, schema, snapshot)
                .map(partitions -> counted(snapshot, partitions))
                .orElseGet(() -> new TableSnapshot(snapshot, snapshot.totalRecordCount(), 0, 0, 0));
    }

    private static TableSnapshot counted(Snapshot snapshot, List<Partition> partitions) {
        return new TableSnapshot(
                snapshot,
                partitions.stream().mapToLong(Partition::recordCount).sum(),
                partitions.stream().mapToLong(Partition::fileSizeInBytes).sum(),
                partitions.stream().mapToLong(Partition::fileCount).sum(),
                partitions.stream()
                        .mapToLong(Partition::lastFileCreationTime)
                        .max()
                        .orElse(0));
    }

    /** The snapshot of a version: an id, {@code EARLIEST}, {@code LATEST}, or the name of a tag. */
    public Snapshot byVersion(Identifier identifier, String version) {
        return locator.read(identifier, table -> {
            Schemas.ofPaimonTable(table);
            return find(table, version).orElseThrow(() -> missing(table, version));
        });
    }

    private static Optional<Snapshot> find(LocatedTable table, String version) {
        SnapshotManager snapshots = table.files().snapshots();
        if (version.equals(EARLIEST)) {
            return Optional.ofNullable(snapshots.earliestSnapshot());
        }
        if (version.equals(LATEST)) {
            return Optional.ofNullable(snapshots.latestSnapshotFromFileSystem());
        }
        Optional<Long> id = asId(version);
        return id.isPresent()
                ? byId(snapshots, id.get())
                : Tags.find(table, version).map(Tag::trimToSnapshot);
    }

    private static Optional<Long> asId(String version) {
        try {
            return Optional.of(Long.parseLong(version));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Snapshot> byId(SnapshotManager snapshots, long id) {
        try {
            return Optional.of(snapshots.tryGetSnapshot(id));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Snapshots by id, oldest first. */
    public Page<Snapshot> list(Identifier identifier, PageRequest page) {
        long after = page.after().map(Snapshots::parseToken).orElse(0L);
        return locator.read(identifier, table -> list(table, after, page));
    }

    private static Page<Snapshot> list(LocatedTable table, long after, PageRequest page) {
        Schemas.ofPaimonTable(table);
        SnapshotManager snapshots = table.files().snapshots();
        List<Long> ids;
        try (Stream<Long> all = snapshots.snapshotIdStream()) {
            ids = all.filter(id -> id > after).sorted().limit(page.probe()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Page<Long> wanted = Page.of(ids, page.limit(), String::valueOf);
        List<Snapshot> found = new ArrayList<>();
        // One that expires meanwhile is left out.
        wanted.items().forEach(id -> byId(snapshots, id).ifPresent(found::add));
        return new Page<>(found, wanted.next());
    }

    private static long parseToken(String token) {
        return asId(token)
                .orElseThrow(() -> CatalogException.invalid("The page token is not one of this server's: " + token));
    }

    private static CatalogException missing(LocatedTable table, String version) {
        return CatalogException.notFound(
                Resource.SNAPSHOT,
                version,
                version.equals(LATEST) || version.equals(EARLIEST)
                        ? "Table " + table.fullName() + " has no snapshot yet."
                        : "Table " + table.fullName() + " has no snapshot or tag " + version + ".");
    }
}
