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
package dev.trestle.flink;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.iceberg.IcebergCommitCallback;
import org.apache.paimon.operation.TagDeletion;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.TagCallback;
import org.apache.paimon.utils.IOUtils;
import org.apache.paimon.utils.SnapshotManager;
import org.apache.paimon.utils.SnapshotNotExistException;
import org.apache.paimon.utils.TagManager;

/**
 * Tags as the service keeps them: they are read where Paimon reads them, and made and deleted by the service. One whose
 * protocol has no tags is no hindrance: the table then has them in its files alone.
 */
final class ServiceTagManager extends TagManager {

    private final FileStoreTable table;
    private final Catalog catalog;
    private final Identifier identifier;

    ServiceTagManager(FileStoreTable table, Catalog catalog, Identifier identifier) {
        super(table.fileIO(), table.location(), table.coreOptions().branch(), table.coreOptions());
        this.table = table;
        this.catalog = catalog;
        this.identifier = identifier;
    }

    /** A snapshot of the table, or one that only a tag still keeps. */
    Snapshot snapshot(long id) {
        if (table.snapshotManager().snapshotExists(id)) {
            return table.snapshotManager().snapshot(id);
        }
        return taggedSnapshots().stream()
                .filter(snapshot -> snapshot.id() == id)
                .findFirst()
                .orElseThrow(() -> new SnapshotNotExistException(
                        "Table " + identifier.getFullName() + " has no snapshot " + id + " (any more). Those that are"
                                + " there: SELECT snapshot_id FROM " + identifier.getFullName() + "$snapshots."));
    }

    @Override
    public void createTag(
            Snapshot snapshot, String tag, Duration timeRetained, List<TagCallback> callbacks, boolean ignoreIfExists) {
        try {
            create(snapshot, tag, timeRetained, ignoreIfExists);
        } catch (Catalog.TagAlreadyExistException e) {
            throw new IllegalArgumentException(
                    "Tag '" + tag + "' of table " + identifier.getFullName()
                            + " exists already. Use CALL sys.replace_tag to let it stand for another snapshot.",
                    e);
        } catch (UnsupportedOperationException e) {
            requireVersionsOfService(e);
            super.createTag(snapshot, tag, timeRetained, callbacks, ignoreIfExists);
            return;
        }
        notifyAll(callbacks, callback -> callback.notifyCreation(tag, snapshot.id()));
    }

    /**
     * Deletes the tag and makes it again, since the service cannot replace it. The snapshot must be one of the table's own:
     * one that only this tag keeps would be gone in between. As Paimon does it, Iceberg's metadata alone is told of the change.
     */
    @Override
    public void replaceTag(Snapshot snapshot, String tag, Duration timeRetained, List<TagCallback> callbacks) {
        if (!table.snapshotManager().snapshotExists(snapshot.id())) {
            throw new IllegalArgumentException("Tag '" + tag + "' cannot be replaced by snapshot " + snapshot.id()
                    + ", which only a tag still keeps: it might be gone once the tag is. Make a tag of another name.");
        }
        try {
            catalog.deleteTag(identifier, tag);
            createAnew(snapshot, tag, timeRetained);
        } catch (Catalog.TagNotExistException e) {
            throw missing(tag, e);
        } catch (Catalog.TableNotExistException e) {
            throw missing(e);
        } catch (Catalog.TagAlreadyExistException e) {
            throw new IllegalStateException(
                    "Tag '" + tag + "' of table " + identifier.getFullName()
                            + " was made anew by somebody else meanwhile. Look at it before you replace it again.",
                    e);
        } catch (UnsupportedOperationException e) {
            requireVersionsOfService(e);
            super.replaceTag(snapshot, tag, timeRetained, callbacks);
            return;
        }
        notifyAll(callbacks, callback -> {
            if (callback instanceof IcebergCommitCallback) {
                callback.notifyCreation(tag, snapshot.id());
            }
        });
    }

    private void createAnew(Snapshot snapshot, String tag, Duration timeRetained)
            throws Catalog.TagAlreadyExistException {
        try {
            create(snapshot, tag, timeRetained, false);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Tag '" + tag + "' of table " + identifier.getFullName()
                            + " was deleted, and making it again for snapshot " + snapshot.id()
                            + " failed: look at " + identifier.getFullName()
                            + "$tags, and where it is missing use CALL sys.create_tag. " + e.getMessage(),
                    e);
        }
    }

    private void create(Snapshot snapshot, String tag, Duration timeRetained, boolean ignoreIfExists)
            throws Catalog.TagAlreadyExistException {
        try {
            catalog.createTag(
                    identifier,
                    tag,
                    snapshot.id(),
                    timeRetained == null ? null : timeRetained.toMillis() + " ms",
                    ignoreIfExists);
        } catch (Catalog.TableNotExistException e) {
            throw missing(e);
        }
    }

    @Override
    public void deleteTag(String tag, TagDeletion deletion, SnapshotManager snapshots, List<TagCallback> callbacks) {
        try {
            catalog.deleteTag(identifier, tag);
        } catch (Catalog.TagNotExistException e) {
            throw missing(tag, e);
        } catch (Catalog.TableNotExistException e) {
            throw missing(e);
        } catch (UnsupportedOperationException e) {
            requireVersionsOfService(e);
            super.deleteTag(tag, deletion, snapshots, callbacks);
            return;
        }
        notifyAll(callbacks, callback -> callback.notifyDeletion(tag));
    }

    /** A service that keeps snapshots may leave tags to the files; a protocol that has neither has no tags. */
    private void requireVersionsOfService(UnsupportedOperationException refusal) {
        if (!catalog.supportsVersionManagement()) {
            throw refusal;
        }
    }

    private static void notifyAll(List<TagCallback> callbacks, Consumer<TagCallback> notification) {
        try {
            callbacks.forEach(notification);
        } finally {
            callbacks.forEach(IOUtils::closeQuietly);
        }
    }

    private IllegalArgumentException missing(String tag, Catalog.TagNotExistException cause) {
        return new IllegalArgumentException(
                "Table " + identifier.getFullName() + " has no tag '" + tag
                        + "'. Those that are there: SELECT tag_name FROM " + identifier.getFullName() + "$tags.",
                cause);
    }

    private IllegalStateException missing(Catalog.TableNotExistException cause) {
        return new IllegalStateException("Table " + identifier.getFullName() + " was dropped meanwhile.", cause);
    }
}
