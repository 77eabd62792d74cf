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
package dev.trestle.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.Snapshot.CommitKind;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** A statement writes while another one has committed, and proposes the snapshot that comes next. */
class BucketIndexesTest extends LocalCatalogFixture {

    private static final Map<String, String> VECTORS = Map.of("bucket", "1", "deletion-vectors.enabled", "true");
    private static final Map<String, String> DYNAMIC = Map.of("bucket", "-1");

    private FileStoreTable table;

    private void create(Map<String, String> options) throws Exception {
        Map<String, String> all = new HashMap<>(options);
        all.put("snapshot.num-retained.min", "1");
        all.put("snapshot.num-retained.max", "1000");
        catalog.createTable(
                NAME,
                Schema.newBuilder()
                        .column("p", DataTypes.INT())
                        .column("id", DataTypes.INT())
                        .partitionKeys("p")
                        .primaryKey("p", "id")
                        .options(all)
                        .build(),
                false);
        table = (FileStoreTable) catalog.getTable(NAME);
        commit(write(table, 1, 1));
    }

    private List<CommitMessage> write(FileStoreTable written, int partition, int id) throws Exception {
        try (IOManager spilled = IOManager.create(directory.resolve("spill").toString());
                BatchTableWrite write = written.newBatchWriteBuilder().newWrite()) {
            write.withIOManager(spilled);
            if (written.bucketMode() == org.apache.paimon.table.BucketMode.HASH_DYNAMIC) {
                write.write(GenericRow.of(partition, id), 0);
            } else {
                write.write(GenericRow.of(partition, id));
            }
            return write.prepareCommit();
        }
    }

    private void commit(List<CommitMessage> messages) throws Exception {
        try (BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            commit.commit(messages);
        }
    }

    private void overwrite(int partition, int id) throws Exception {
        BatchWriteBuilder builder =
                table.newBatchWriteBuilder().withOverwrite(Map.of("p", Integer.toString(partition)));
        try (BatchTableCommit commit = builder.newCommit()) {
            commit.commit(write(writeOnly(), partition, id));
        }
    }

    private FileStoreTable writeOnly() {
        return table.copy(Map.of("write-only", "true"));
    }

    private Snapshot proposed(CommitKind kind) {
        Snapshot latest = table.latestSnapshot().orElseThrow();
        return Snapshot.fromJson(latest.toJson()
                .replaceFirst("\"id\" : \\d+", "\"id\" : " + (latest.id() + 1))
                .replaceFirst("\"commitKind\" : \"\\w+\"", "\"commitKind\" : \"" + kind + "\""));
    }

    private Optional<Throwable> refusal(BucketIndexes indexes, List<CommitMessage> messages, CommitKind kind) {
        Snapshot proposed = proposed(kind);
        assertThat(proposed.id()).isEqualTo(table.latestSnapshot().orElseThrow().id() + 1);
        assertThat(proposed.commitKind()).isEqualTo(kind);
        try (BucketIndexes.Scope watched = indexes.watch(messages)) {
            return Optional.ofNullable(catchThrowable(() -> BucketIndexes.check(proposed)));
        }
    }

    private static void assertConflict(Optional<Throwable> refusal, String reason) {
        assertThat(refusal).hasValueSatisfying(thrown -> {
            assertThat(thrown)
                    .isInstanceOf(CommitConflictException.class)
                    .hasMessageContaining("Give up committing to table d.t")
                    .hasMessageContaining(reason)
                    .hasMessageContaining("Run it again");
            assertThat(CommitConflictException.isCauseOf(new IllegalStateException(thrown)))
                    .isTrue();
        });
    }

    @Test
    void whoMergesABucketThatAnotherHasMergedIsRefusedAndWhoAddsRowsToItIsNot() throws Exception {
        create(VECTORS);
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        List<CommitMessage> messages = write(table, 1, 1);
        assertThat(refusal(indexes, messages, CommitKind.COMPACT)).isEmpty();

        commit(write(writeOnly(), 1, 2));
        assertThat(refusal(indexes, messages, CommitKind.COMPACT))
                .as("after rows that nobody has merged")
                .isEmpty();
        commit(write(table, 2, 2));
        assertThat(refusal(indexes, messages, CommitKind.COMPACT))
                .as("after a merge in another partition")
                .isEmpty();
        commit(write(table, 1, 2));
        assertThat(refusal(indexes, messages, CommitKind.APPEND)).isEmpty();
        assertConflict(refusal(indexes, messages, CommitKind.COMPACT), "in snapshot 7");
    }

    @Test
    void whoAddsKeysToAPartitionIsRefusedAfterAnotherThatDidSo() throws Exception {
        create(DYNAMIC);
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        List<CommitMessage> messages = write(table, 1, 2);

        commit(write(table, 1, 1));
        commit(write(table, 2, 3));
        assertThat(refusal(indexes, messages, CommitKind.APPEND))
                .as("after a row with a key that was there, and one of another partition")
                .isEmpty();
        commit(write(table, 1, 3));
        assertConflict(refusal(indexes, messages, CommitKind.APPEND), "the keys of a partition");
    }

    @Test
    void whatAStatementMergesBesideRowsThatReplaceOthersIsMadeFromThese() throws Exception {
        create(VECTORS);
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        commit(write(table, 1, 1));
        List<CommitMessage> messages = write(table, 1, 2);

        try (BucketIndexes.Scope watched = indexes.watch(messages)) {
            Snapshot replaces = proposed(CommitKind.OVERWRITE);
            overwrite(1, 2);
            BucketIndexes.check(replaces);
            assertThat(table.latestSnapshot()).map(Snapshot::commitKind).hasValue(CommitKind.OVERWRITE);
            Snapshot merges = proposed(CommitKind.COMPACT);
            assertThat(catchThrowable(() -> BucketIndexes.check(merges))).isNull();
            commit(write(table, 1, 3));
            Snapshot tooLate = proposed(CommitKind.COMPACT);
            assertConflict(Optional.ofNullable(catchThrowable(() -> BucketIndexes.check(tooLate))), "in snapshot");
        }
    }

    @Test
    void nobodyIsTrustedWhoseBeginHasExpired() throws Exception {
        create(DYNAMIC);
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        List<CommitMessage> messages = write(table, 1, 2);
        commit(write(table, 2, 3));
        Path manifest = Path.of(table.store()
                .newIndexFileHandler()
                .indexManifestFilePath(table.snapshotManager().snapshot(1).indexManifest())
                .toUri()
                .getPath());
        Files.delete(manifest);

        assertConflict(refusal(indexes, messages, CommitKind.APPEND), "snapshot 1, of the time since");
    }

    @Test
    void norWhoHasBegunWithASnapshotThatWasRolledBack() throws Exception {
        create(VECTORS);
        commit(write(table, 1, 2));
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        List<CommitMessage> messages = write(table, 1, 3);
        table.rollbackTo(1);

        assertConflict(refusal(indexes, messages, CommitKind.COMPACT), "rolled back");
    }

    @Test
    void aThreadWhoseScopeIsClosedIsNotLookedAt() throws Exception {
        create(VECTORS);
        BucketIndexes indexes = BucketIndexes.asOfNow(table);
        commit(write(table, 1, 2));
        indexes.watch(write(table, 1, 1)).close();

        BucketIndexes.check(proposed(CommitKind.COMPACT));
    }
}
