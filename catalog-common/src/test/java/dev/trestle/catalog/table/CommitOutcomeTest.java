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

import java.util.List;
import java.util.Map;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.sink.TableCommitImpl;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitOutcomeTest extends LocalCatalogFixture {

    private static final Exception CONFLICT = new CommitConflictException("Give up committing.");

    private FileStoreTable table;

    @BeforeEach
    void createTable() throws Exception {
        catalog.createTable(
                NAME,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("deletion-vectors.enabled", "true")
                        .build(),
                false);
        table = (FileStoreTable) catalog.getTable(NAME);
        commit("before", write(1));
    }

    /** Rows, and the file that they are merged into. */
    private List<CommitMessage> write(int id) throws Exception {
        try (IOManager spilled = IOManager.create(directory.resolve("spill").toString());
                BatchTableWrite write = table.newBatchWriteBuilder().newWrite()) {
            write.withIOManager(spilled);
            write.write(GenericRow.of(id));
            List<CommitMessage> messages = write.prepareCommit();
            CommitMessageImpl message = (CommitMessageImpl) messages.get(0);
            assertThat(message.newFilesIncrement().isEmpty()).isFalse();
            assertThat(message.compactIncrement().isEmpty()).isFalse();
            return messages;
        }
    }

    private void commit(String user, List<CommitMessage> messages) throws Exception {
        try (TableCommitImpl commit = table.newCommit(user)) {
            commit.commit(messages);
        }
    }

    private CommitOutcome of(String user, List<CommitMessage> messages, Exception failure) {
        return CommitOutcome.of(table, user, messages, failure);
    }

    @Test
    void whatHasNoSnapshotIsRefusedWhereAConflictSaysSo() throws Exception {
        List<CommitMessage> messages = write(2);

        assertThat(of("other", messages, CONFLICT)).isEqualTo(CommitOutcome.REFUSED);
        assertThat(of("other", messages, new IllegalStateException("The service is away.")))
                .isEqualTo(CommitOutcome.NOT_SEEN);
        assertThat(of("other", messages, new RuntimeException("Commit failed after 1 millis with 1 retries.")))
                .isEqualTo(CommitOutcome.REFUSED);
    }

    @Test
    void rowsMayBeThereWithoutTheirMergedFiles() throws Exception {
        List<CommitMessage> messages = write(2);
        CommitMessageImpl message = (CommitMessageImpl) messages.get(0);
        commit(
                "rows",
                List.of(new CommitMessageImpl(
                        message.partition(),
                        message.bucket(),
                        message.totalBuckets(),
                        message.newFilesIncrement(),
                        org.apache.paimon.io.CompactIncrement.emptyIncrement())));
        commit("both", write(3));

        assertThat(of("rows", messages, CONFLICT)).isEqualTo(CommitOutcome.ROWS);
        assertThat(of("both", messages, CONFLICT)).isEqualTo(CommitOutcome.MADE);
        assertThat(of("rows", messages, new IllegalStateException("Expiry failed.")))
                .isEqualTo(CommitOutcome.MADE);
    }

    /** Both snapshots are of one commit, and the first may have been among those that are gone. */
    @Test
    void whatMayHaveExpiredIsNotKnown() throws Exception {
        List<CommitMessage> messages = write(2);
        commit("expired", messages);
        commit("other", write(3));
        table.copy(Map.of("snapshot.num-retained.min", "1", "snapshot.num-retained.max", "1"))
                .newExpireSnapshots()
                .config(org.apache.paimon.options.ExpireConfig.builder()
                        .snapshotRetainMin(1)
                        .snapshotRetainMax(1)
                        .build())
                .expire();

        assertThat(of("expired", messages, CONFLICT)).isEqualTo(CommitOutcome.NOT_KNOWN);
    }
}
