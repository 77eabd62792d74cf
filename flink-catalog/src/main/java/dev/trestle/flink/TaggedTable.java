
package dev.trestle.flink;

import java.time.Duration;
import java.util.Map;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.DelegatedFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.tag.TagAutoManager;
import org.apache.paimon.utils.SnapshotNotExistException;

/** A table whose tags are made and deleted through the catalog, see {@link CatalogTags}. */
final class TaggedTable extends DelegatedFileStoreTable {

    private final Catalog catalog;
    private final Identifier identifier;

    TaggedTable(FileStoreTable table, Catalog catalog, Identifier identifier) {
        super(table);
        this.catalog = catalog;
        this.identifier = identifier;
    }

    @Override
    public ServiceTagManager tagManager() {
        return new ServiceTagManager(wrapped, catalog, identifier);
    }

    @Override
    public void createTag(String tag) {
        create(tag, latest(), wrapped.coreOptions().tagDefaultTimeRetained());
    }

    @Override
    public void createTag(String tag, Duration timeRetained) {
        create(tag, latest(), timeRetained);
    }

    @Override
    public void createTag(String tag, long snapshotId) {
        createTag(tag, snapshotId, wrapped.coreOptions().tagDefaultTimeRetained());
    }

    @Override
    public void createTag(String tag, long snapshotId, Duration timeRetained) {
        create(tag, tagManager().snapshot(snapshotId), timeRetained);
    }

    private void create(String tag, Snapshot snapshot, Duration timeRetained) {
        tagManager().createTag(snapshot, tag, timeRetained, wrapped.store().createTagCallbacks(wrapped), false);
    }

    @Override
    public void replaceTag(String tag, Long snapshotId, Duration timeRetained) {
        Snapshot snapshot = snapshotId == null ? latest() : tagManager().snapshot(snapshotId);
        tagManager().replaceTag(snapshot, tag, timeRetained, wrapped.store().createTagCallbacks(wrapped));
    }

    @Override
    public void deleteTag(String tag) {
        tagManager()
                .deleteTag(
                        tag,
                        wrapped.store().newTagDeletion(),
                        snapshotManager(),
                        wrapped.store().createTagCallbacks(wrapped));
    }

    @Override
    public TagAutoManager newTagAutoManager() {
        return TagAutoManager.create(
                wrapped.coreOptions(),
                snapshotManager(),
                tagManager(),
                wrapped.store().newTagDeletion(),
                wrapped.store().createTagCallbacks(wrapped));
    }

    private Snapshot latest() {
        return latestSnapshot()
                .orElseThrow(() -> new SnapshotNotExistException(
                        "Table " + identifier.getFullName() + " has no snapshot to tag: insert rows first."));
    }

    private TaggedTable with(FileStoreTable table) {
        return new TaggedTable(table, catalog, identifier);
    }

    @Override
    public TaggedTable copy(Map<String, String> dynamicOptions) {
        return with(wrapped.copy(dynamicOptions));
    }

    @Override
    public TaggedTable copy(TableSchema newTableSchema) {
        return with(wrapped.copy(newTableSchema));
    }

    @Override
    public TaggedTable copyWithoutTimeTravel(Map<String, String> dynamicOptions) {
        return with(wrapped.copyWithoutTimeTravel(dynamicOptions));
    }

    @Override
    public TaggedTable copyWithLatestSchema() {
        return with(wrapped.copyWithLatestSchema());
    }

    @Override
    public TaggedTable switchToBranch(String branch) {
        return new TaggedTable(
                wrapped.switchToBranch(branch),
                catalog,
                new Identifier(identifier.getDatabaseName(), identifier.getTableName(), branch));
    }
}
