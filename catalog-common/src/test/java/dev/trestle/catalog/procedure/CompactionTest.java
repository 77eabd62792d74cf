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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.deletionvectors.BitmapDeletionVector;
import org.apache.paimon.deletionvectors.DeletionVector;
import org.apache.paimon.deletionvectors.append.BaseAppendDeleteFileMaintainer;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.index.IndexFileMeta;
import org.apache.paimon.io.CompactIncrement;
import org.apache.paimon.io.DataIncrement;
import org.apache.paimon.manifest.IndexManifestEntry;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction of a table without a key whose bucket has one index of deletion vectors, beside other commits. */
class CompactionTest {

    @TempDir
    private Path directory;

    private FileStoreTable table;

    @BeforeEach
    void writeTwice() throws Exception {
        Identifier name = Identifier.create("d", "t");
        try (Catalog catalog =
                CatalogFactory.createCatalog(CatalogContext.create(new org.apache.paimon.fs.Path(directory.toUri())))) {
            catalog.createDatabase("d", false);
            Schema schema = Schema.newBuilder()
                    .column("id", DataTypes.INT())
                    .option("bucket", "1")
                    .option("bucket-key", "id")
                    .option("deletion-vectors.enabled", "true")
                    .build();
            catalog.createTable(name, schema, false);
            table = (FileStoreTable) catalog.getTable(name);
        }
        write(1);
        write(2);
    }

    @Test
    void filesAreMergedThoughRowsAreAddedMeanwhile() throws Exception {
        Compaction compaction = Compaction.of(table, true);
        List<CommitMessage> merged = run(compaction);

        write(3);
        commit(compaction, merged);

        assertThat(rows()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(split().dataFiles()).hasSize(2);
    }

    @Test
    void aRowThatIsDeletedMeanwhileDoesNotComeBack() throws Exception {
        Compaction compaction = Compaction.of(table, true);
        List<CommitMessage> merged = run(compaction);

        deleteTheRowOf(split().dataFiles().get(0).fileName());

        assertThatThrownBy(() -> commit(compaction, merged)).hasMessageContaining("Giving up committing");
        assertThat(rows()).hasSize(1);
    }

    private void write(int id) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.write(GenericRow.of(id));
            commit.commit(write.prepareCommit());
        }
    }

    private List<CommitMessage> run(Compaction compaction) throws Exception {
        List<CommitMessage> messages = new ArrayList<>();
        try (IOManager spilled = IOManager.create(directory.toString())) {
            for (CompactionPiece piece : compaction.pieces()) {
                messages.addAll(piece.run(compaction.table(), spilled));
            }
        }
        assertThat(messages).isNotEmpty();
        return messages;
    }

    private static void commit(Compaction compaction, List<CommitMessage> messages) throws Exception {
        commit(compaction.table(), messages);
    }

    private static void commit(FileStoreTable table, List<CommitMessage> messages) throws Exception {
        try (BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            commit.commit(messages);
        }
    }

    private DataSplit split() {
        List<DataSplit> splits = table.newSnapshotReader().read().dataSplits();
        assertThat(splits).hasSize(1);
        return splits.get(0);
    }

    private void deleteTheRowOf(String file) throws Exception {
        DataSplit split = split();
        BaseAppendDeleteFileMaintainer vectors = BaseAppendDeleteFileMaintainer.forBucketedAppend(
                table.store().newIndexFileHandler(),
                table.latestSnapshot().orElseThrow(),
                split.partition(),
                split.bucket());
        DeletionVector deleted = new BitmapDeletionVector();
        deleted.delete(0);
        vectors.notifyNewDeletionVector(file, deleted);
        List<IndexFileMeta> written =
                vectors.persist().stream().map(IndexManifestEntry::indexFile).toList();
        DataIncrement increment = new DataIncrement(List.of(), List.of(), List.of(), written, List.of());
        commit(
                table,
                List.of(new CommitMessageImpl(
                        split.partition(), split.bucket(), null, increment, CompactIncrement.emptyIncrement())));
    }

    private List<Integer> rows() throws Exception {
        List<Integer> ids = new ArrayList<>();
        ReadBuilder read = table.newReadBuilder();
        try (RecordReader<InternalRow> reader =
                read.newRead().createReader(read.newScan().plan())) {
            reader.forEachRemaining(row -> ids.add(row.getInt(0)));
        }
        return ids;
    }
}
