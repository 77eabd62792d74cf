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
package dev.trestle.trino.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.trino.filesystem.azure.AzureAuthAccessKey;
import io.trino.filesystem.azure.AzureFileSystemConfig;
import io.trino.filesystem.azure.AzureFileSystemFactory;
import io.trino.spi.security.ConnectorIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.Path;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Paimon's files over Trino's file system for Azure, in an account without a hierarchical namespace. */
@Tag("full")
@EnabledIf("dev.trestle.trino.files.Azurite#canBeStarted")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AzureFilesTest {

    @TempDir
    private static java.nio.file.Path directory;

    private Azurite azurite;
    private AzureFileSystemFactory factory;
    private TrinoFiles loader;

    @BeforeAll
    void start() throws Exception {
        azurite = Azurite.start(directory);
        factory = new AzureFileSystemFactory(
                OpenTelemetry.noop(), new AzureAuthAccessKey(Azurite.KEY), new AzureFileSystemConfig());
        loader = new TrinoFiles(factory, ConnectorIdentity.ofUser("user"));
    }

    @AfterAll
    void stop() throws Exception {
        factory.destroy();
        azurite.close();
    }

    /** Trino's file system tells those that lose only that it failed. */
    @Test
    void ofWritersOfOneFileOneWins() throws Exception {
        Path file = new Path(Azurite.location("files/snapshot-1"));
        FileIO files = loader.load(file);
        List<Boolean> won = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String content = "of writer " + i;
                writers.add(executor.submit(() -> files.tryToWriteAtomic(file, content)));
            }
            for (Future<Boolean> writer : writers) {
                won.add(writer.get());
            }
        }

        assertThat(won).containsOnlyOnce(true);
        assertThat(files.readFileUtf8(file)).isEqualTo("of writer " + won.indexOf(true));
    }

    @Test
    void aTableIsWrittenReadAndDeleted() throws Exception {
        Path path = new Path(Azurite.location("tables/t"));
        FileIO files = loader.load(path);
        Schema columns = Schema.newBuilder()
                .column("id", DataTypes.INT())
                .column("day", DataTypes.STRING())
                .partitionKeys("day")
                .build();
        Table table = FileStoreTableFactory.create(files, path, new SchemaManager(files, path).createTable(columns));

        write(table, GenericRow.of(1, BinaryString.fromString("50%#1? a/b")));

        assertThat(rows(table)).containsExactly("1 50%#1? a/b");
        files.delete(path, true);
        assertThat(files.listFiles(path, true)).isEmpty();
    }

    private static void write(Table table, GenericRow row) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.write(row);
            commit.commit(write.prepareCommit());
        }
    }

    private static List<String> rows(Table table) throws Exception {
        ReadBuilder builder = table.newReadBuilder();
        List<String> rows = new ArrayList<>();
        try (var reader = builder.newRead().createReader(builder.newScan().plan())) {
            reader.forEachRemaining(row -> rows.add(row.getInt(0) + " " + row.getString(1)));
        }
        return rows;
    }
}
