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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotExpiryTest {

    private static final SnapshotExpiry ALL_BUT_ONE =
            new SnapshotExpiry(OptionalInt.of(1), OptionalInt.empty(), Optional.empty(), OptionalInt.empty());

    @TempDir
    private Path directory;

    @Test
    void filesThatOnlyLostSnapshotsNeedAreDeleted() throws Exception {
        FileStoreTable table = writtenTwice(Map.of());

        assertThat(ALL_BUT_ONE.run(table)).isEqualTo(1);

        assertThat(countDataFiles()).isEqualTo(1);
    }

    @Test
    void filesOfAChangelogThatIsToOutliveItsSnapshotAreKept() throws Exception {
        FileStoreTable table = writtenTwice(Map.of("changelog.num-retained.max", "10"));

        assertThat(ALL_BUT_ONE.run(table)).isEqualTo(1);

        assertThat(countDataFiles()).isEqualTo(2);
    }

    private FileStoreTable writtenTwice(Map<String, String> options) throws Exception {
        Identifier name = Identifier.create("d", "t");
        try (Catalog catalog =
                CatalogFactory.createCatalog(CatalogContext.create(new org.apache.paimon.fs.Path(directory.toUri())))) {
            catalog.createDatabase("d", false);
            Schema schema = Schema.newBuilder()
                    .column("id", DataTypes.INT())
                    .options(options)
                    .build();
            catalog.createTable(name, schema, false);
            FileStoreTable table = (FileStoreTable) catalog.getTable(name);
            overwrite(table, 1);
            overwrite(table, 2);
            return table;
        }
    }

    private static void overwrite(FileStoreTable table, int id) throws Exception {
        BatchWriteBuilder builder = table.newBatchWriteBuilder().withOverwrite();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.write(GenericRow.of(id));
            commit.commit(write.prepareCommit());
        }
    }

    private long countDataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("data-"))
                    .count();
        }
    }
}
