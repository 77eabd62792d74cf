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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.fs.Path;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table's rows of 2025 are in one bucket; it asks for two since. */
class WrittenBucketsTest extends LocalCatalogFixture {

    @BeforeEach
    void createTable() throws Exception {
        catalog.createTable(
                NAME,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("year", DataTypes.STRING())
                        .primaryKey("id", "year")
                        .partitionKeys("year")
                        .option("bucket", "1")
                        .build(),
                false);
        insert(table(), 1, "2025");
        catalog.alterTable(NAME, SchemaChange.setOption("bucket", "2"), false);
    }

    private FileStoreTable table() throws Exception {
        return WrittenBuckets.of((FileStoreTable) catalog.getTable(NAME));
    }

    private static void insert(Table table, int id, String year) throws Exception {
        commit(table.newBatchWriteBuilder(), id, year);
    }

    private static void commit(BatchWriteBuilder builder, int id, String year) throws Exception {
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.write(GenericRow.of(id, BinaryString.fromString(year)));
            List<CommitMessage> messages = write.prepareCommit();
            commit.commit(messages);
        }
    }

    private static void assertRefused(Table table, int id) {
        assertThatThrownBy(() -> insert(table, id, "2025"))
                .hasMessageContaining("partition {year=2025} with a new bucket num 2")
                .hasMessageContaining("the previous bucket num is 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBucketIsAddedToAPartitionOfAnotherNumberWhetherItHasFilesOrNone(int id) throws Exception {
        assertRefused(table(), id);
    }

    @Test
    void copiesOfTheTableAskToo() throws Exception {
        for (int id = 1; id <= 8; id++) {
            assertRefused(table().copy(Map.of("write-only", "true")), id);
            assertRefused(table().copyWithoutTimeTravel(Map.of("write-only", "true")), id);
            assertRefused(table().copyWithLatestSchema(), id);
            assertRefused(table().copy(table().schema()), id);
        }
    }

    @Test
    void anotherPartitionAndOneThatIsOverwrittenHaveTheNewNumber() throws Exception {
        for (int id = 1; id <= 8; id++) {
            insert(table(), id, "2026");
        }
        commit(table().newBatchWriteBuilder().withOverwrite(Map.of("year", "2025")), 1, "2025");
        for (int id = 1; id <= 8; id++) {
            insert(table(), id, "2025");
        }

        assertThat(catalog.listPartitions(NAME))
                .allSatisfy(partition -> assertThat(partition.totalBuckets()).isEqualTo(2))
                .hasSize(2);
    }

    @Test
    void aWriterReadsAManifestOnceForAllItsBuckets() throws Exception {
        Identifier name = Identifier.create("d", "other");
        catalog.createTable(
                name,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("year", DataTypes.STRING())
                        .primaryKey("id")
                        .option("bucket", "2")
                        .build(),
                false);
        FileStoreTable table = WrittenBuckets.of((FileStoreTable) catalog.getTable(name));
        try (BatchTableWrite write = table.newBatchWriteBuilder().newWrite();
                BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            commit.commit(writeToBothBuckets(write, () -> {}));
        }
        FileStoreTable sent = InstantiationUtil.clone(table);

        try (BatchTableWrite write = sent.newBatchWriteBuilder().newWrite()) {
            Path manifests = new Path(sent.location(), "manifest");
            assertThat(writeToBothBuckets(write, () -> sent.fileIO().delete(manifests, true)))
                    .hasSize(2);
        }
    }

    private static List<CommitMessage> writeToBothBuckets(BatchTableWrite write, Action afterTheFirstRow)
            throws Exception {
        write.write(GenericRow.of(1, BinaryString.fromString("2025")));
        afterTheFirstRow.run();
        for (int id = 2; id <= 8; id++) {
            write.write(GenericRow.of(id, BinaryString.fromString("2025")));
        }
        return write.prepareCommit();
    }

    private interface Action {
        void run() throws Exception;
    }
}
