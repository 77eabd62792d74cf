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
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.RenamingSnapshotCommit;
import org.apache.paimon.consumer.ConsumerManager;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.operation.Lock;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.RollbackHelper;
import org.apache.paimon.tag.Tag;
import org.apache.paimon.utils.BranchManager;
import org.apache.paimon.utils.ChangelogManager;
import org.apache.paimon.utils.FileSystemBranchManager;
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

    /** The files of another branch. */
    public TableFiles onBranch(String other) {
        return new TableFiles(fileIO, path, other);
    }

    /** Tags. */
    public TagManager tags() {
        return new TagManager(fileIO, path, branch);
    }

    /** Names of tags, in no order. */
    public List<String> tagNames() {
        String prefix = tags().tagPath("").getName();
        try {
            return tags().tagPaths(file -> true).stream()
                    .map(file -> file.getName().substring(prefix.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a tag unless its name is taken. The caller holds the table's lock.
     *
     * @return whether it was made
     */
    public boolean createTag(String name, Snapshot snapshot, Optional<Duration> retained) {
        // Without a time to retain it, a tag is the snapshot alone, which old readers understand.
        String content = retained.map(
                        time -> Tag.fromSnapshotAndTagTtl(snapshot, time, LocalDateTime.now(ZoneId.systemDefault()))
                                .toJson())
                .orElseGet(snapshot::toJson);
        try {
            return !tags().tagExists(name) && fileIO.tryToWriteAtomic(tags().tagPath(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Branches, read and changed in the files. */
    public FileSystemBranchManager branches() {
        return new FileSystemBranchManager(fileIO, path, snapshots(), tags(), schemas());
    }

    /** Where a branch's files are. */
    public Path branchPath(String name) {
        return new Path(BranchManager.branchPath(path, name));
    }

    /** The name of the branch that has its files at a path. */
    public String branchAt(Path branchPath) {
        return branchPath.getName().substring(BranchManager.BRANCH_PREFIX.length());
    }

    /** How far consumers are. */
    public ConsumerManager consumers() {
        return new ConsumerManager(fileIO, path, branch);
    }

    /** Makes a snapshot, or one that a tag keeps, the latest. A crash on the way leaves a later one as the latest. */
    public void rollbackTo(Snapshot snapshot) {
        SnapshotManager snapshots = snapshots();
        try {
            if (!snapshots.snapshotExists(snapshot.id())) {
                fileIO.tryToWriteAtomic(snapshots.snapshotPath(snapshot.id()), snapshot.toJson());
                snapshots.commitEarliestHint(snapshot.id());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new RollbackHelper(snapshots, changelogs(), tags(), fileIO).cleanLargerThan(snapshot);
    }

    /**
     * Makes a schema the newest one.
     *
     * @throws RuntimeException if a snapshot or tag needs a later one
     */
    public void rollbackSchema(long schemaId) {
        try {
            schemas().rollbackTo(schemaId, snapshots(), tags(), changelogs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChangelogManager changelogs() {
        return new ChangelogManager(fileIO, path, branch);
    }

    /** Makes the table's directory. */
    public void makeDirectory() {
        try {
            fileIO.checkOrMkdirs(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
