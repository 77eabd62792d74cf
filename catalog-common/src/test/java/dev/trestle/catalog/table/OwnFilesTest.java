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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.reader.RecordReader;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

class OwnFilesTest extends LocalCatalogFixture {

    private BatchWriteBuilder table(Map<String, String> options) throws Exception {
        catalog.createTable(
                NAME,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .primaryKey("id")
                        .options(options)
                        .build(),
                false);
        return catalog.getTable(NAME).newBatchWriteBuilder();
    }

    private void commit(BatchWriteBuilder builder, int id) throws Exception {
        List<CommitMessage> messages = write(builder, id);
        try (BatchTableCommit commit = builder.newCommit()) {
            commit.commit(messages);
        }
    }

    /** Every file is a large one, so that a compaction of files without a common key writes none of them anew. */
    @Test
    void filesOfTheTableWhoseLevelACompactionRaisesStayWhereTheWriteIsTakenBack() throws Exception {
        BatchWriteBuilder builder =
                table(Map.of("bucket", "1", "target-file-size", "1 b", "num-sorted-run.compaction-trigger", "3"));
        commit(builder, 1);
        commit(builder, 2);
        List<String> files = files("data-");

        List<CommitMessage> messages = write(builder, 3);
        OwnFiles.delete((FileStoreTable) catalog.getTable(NAME), messages);

        assertThat(raised(messages)).as("files of the table").hasSizeGreaterThanOrEqualTo(2);
        assertThat(files("data-")).isEqualTo(files);
        assertThat(ids()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void noIndexOfAWriteIsLeftThatIsTakenBack() throws Exception {
        BatchWriteBuilder builder = table(Map.of("bucket", "-1"));
        commit(builder, 1);
        List<String> indexes = files("index-");

        List<CommitMessage> messages = write(builder, 2);
        assertThat(files("index-")).as("with those of the write").hasSizeGreaterThan(indexes.size());
        OwnFiles.delete((FileStoreTable) catalog.getTable(NAME), messages);

        assertThat(files("index-")).isEqualTo(indexes);
        assertThat(ids()).containsExactly(1);
    }

    private List<CommitMessage> write(BatchWriteBuilder builder, int id) throws Exception {
        try (BatchTableWrite write = builder.newWrite()) {
            write.withIOManager(IOManager.create(directory.resolve("spill").toString()));
            write.write(GenericRow.of(id), 0);
            return write.prepareCommit();
        }
    }

    private static List<DataFileMeta> raised(List<CommitMessage> messages) {
        return messages.stream()
                .map(message -> ((CommitMessageImpl) message).compactIncrement())
                .flatMap(compaction -> compaction.compactAfter().stream()
                        .filter(after -> compaction.compactBefore().stream()
                                .anyMatch(before -> before.fileName().equals(after.fileName()))))
                .toList();
    }

    private List<String> files(String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private List<Integer> ids() throws Exception {
        ReadBuilder read = catalog.getTable(NAME).newReadBuilder();
        List<Integer> ids = new ArrayList<>();
        try (RecordReader<InternalRow> reader =
                read.newRead().createReader(read.newScan().plan())) {
            reader.forEachRemaining(row -> ids.add(row.getInt(0)));
        }
        return ids;
    }
}
