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
package dev.trestle.trino.read;

import dev.trestle.catalog.RestCatalog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.disk.IOManager;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.CommitMessageImpl;

/** Tables that Paimon makes and writes, for Trino to read. */
final class PaimonTables {

    private final RestCatalog catalog;
    private final String database;

    PaimonTables(RestCatalog catalog, String database) throws Exception {
        this.catalog = catalog;
        this.database = database;
        catalog.createDatabase(database, true);
    }

    void create(String name, Schema.Builder schema) throws Exception {
        catalog.createTable(id(name), schema.build(), false);
    }

    void alter(String name, SchemaChange... changes) throws Exception {
        catalog.alterTable(id(name), List.of(changes), false);
    }

    Table table(String name) throws Exception {
        catalog.invalidateTable(id(name));
        return catalog.getTable(id(name));
    }

    /** Fills the files of a table with bytes that no format has. */
    void corrupt(String name) throws Exception {
        Path directory =
                Path.of(((FileStoreTable) table(name)).location().toUri().getPath());
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("data-"))
                    .toList()) {
                byte[] bytes = new byte[(int) Files.size(file)];
                Arrays.fill(bytes, (byte) 7);
                Files.write(file, bytes);
            }
        }
    }

    /** Writes rows in one commit. */
    void write(String name, InternalRow... rows) throws Exception {
        write(table(name).newBatchWriteBuilder(), file -> {}, rows);
    }

    /** @param change of what is committed about the files */
    static void write(BatchWriteBuilder builder, Consumer<DataFileMeta> change, InternalRow... rows) throws Exception {
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            write.withIOManager(IOManager.create(System.getProperty("java.io.tmpdir")));
            for (InternalRow row : rows) {
                write.write(row);
            }
            List<CommitMessage> messages = write.prepareCommit();
            for (CommitMessage message : messages) {
                if (message instanceof CommitMessageImpl files) {
                    files.newFilesIncrement().newFiles().forEach(change);
                }
            }
            commit.commit(messages);
        }
    }

    private Identifier id(String name) {
        return Identifier.create(database, name);
    }
}
