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
package dev.trestle.server.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.RenamingSnapshotCommit;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.operation.Lock;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.tag.Tag;
import org.apache.paimon.utils.SnapshotManager;
import org.apache.paimon.utils.TagManager;

/** The files of one branch of a table. Reads always go to the files: other processes write there too. */
public final class TableFiles {

    private final FileIO fileIO;
    private final Path path;
    private final String branch;

    TableFiles(FileIO fileIO, Path path, String branch) {
        this.fileIO = fileIO;
        this.path = path;
        this.branch = branch;
    }

    /** The table's root directory, the same for all branches. */
    public Path path() {
        return path;
    }

    /** The branch, {@code main} unless another was named. */
    public String branch() {
        return branch;
    }

    /** Versions of the schema. */
    public SchemaManager schemas() {
        return new SchemaManager(fileIO, path, branch);
    }

    /** The newest schema; absent if the branch, or the table, has no files. */
    public Optional<TableSchema> latestSchema() {
        return schemas().latest();
    }

    /** Snapshots, read anew from the files on each call. */
    public SnapshotManager snapshots() {
        return new SnapshotManager(fileIO, path, branch, null, null);
    }

    /** The snapshot that a tag keeps, which may have expired otherwise. */
    public Optional<Snapshot> tagged(String tagName) {
        return new TagManager(fileIO, path, branch).get(tagName).map(Tag::trimToSnapshot);
    }

    /** The table as Paimon reads it, with its newest schema. */
    public FileStoreTable open(TableSchema schema) {
        TableSchema located = schema.copy(with(
                schema.options(), Map.of(CoreOptions.PATH.key(), path.toString(), CoreOptions.BRANCH.key(), branch)));
        return FileStoreTableFactory.create(fileIO, path, located);
    }

    /** Names of manifest lists, of those that a snapshot needs, that do not exist. */
    public List<String> missingManifestLists(Snapshot snapshot, TableSchema schema) {
        var factory = open(schema).store().pathFactory().manifestListFactory();
        return Stream.of(snapshot.baseManifestList(), snapshot.deltaManifestList())
                .filter(name -> name != null && !exists(factory.toPath(name)))
                .toList();
    }

    /**
     * Adds a snapshot unless its id is taken. The caller holds the table's lock.
     *
     * @return whether it was added
     */
    public boolean addSnapshot(Snapshot snapshot) {
        try (RenamingSnapshotCommit commit = new RenamingSnapshotCommit(snapshots(), Lock.empty())) {
            return commit.commit(snapshot, branch, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean exists(Path file) {
        try {
            return fileIO.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> with(Map<String, String> options, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(more);
        return all;
    }
}
