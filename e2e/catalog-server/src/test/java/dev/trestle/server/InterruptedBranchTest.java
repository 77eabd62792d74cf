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
package dev.trestle.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.server.store.FileIntent;
import dev.trestle.server.store.FileIntents;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.StoreSettings;
import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server that stopped in the middle of a change of a branch left is undone or finished by the next one. */
@Timeout(60)
class InterruptedBranchTest {

    private static final Identifier TABLE = Identifier.create("db", "t");

    @TempDir
    private Path directory;

    @Test
    void removesABranchThatWasNotConfirmed() throws Exception {
        interruptAfterMakingABranch(FileIntent.Kind.CREATE_BRANCH);

        try (EmbeddedTestServer server = start();
                Catalog catalog = PaimonClient.connect(server.clientOptions())) {
            assertThat(catalog.listBranches(TABLE)).isEmpty();
            catalog.createBranch(TABLE, "b", "first");
        }
    }

    @Test
    void finishesAForwardThatBegan() throws Exception {
        interruptAfterMakingABranch(FileIntent.Kind.FORWARD_BRANCH);

        try (EmbeddedTestServer server = start();
                Catalog catalog = PaimonClient.connect(server.clientOptions())) {
            assertThat(Rows.read(catalog.getTable(TABLE))).containsExactly("[1]");
        }
    }

    /** A table of the rows 1 and 2, whose branch has the row 1, and an intent that is left. */
    private void interruptAfterMakingABranch(FileIntent.Kind kind) throws Exception {
        String id;
        String path;
        try (EmbeddedTestServer server = start();
                Catalog catalog = PaimonClient.connect(server.clientOptions())) {
            catalog.createDatabase("db", false);
            catalog.createTable(
                    TABLE, Schema.newBuilder().column("k", DataTypes.INT()).build(), false);
            Table table = catalog.getTable(TABLE);
            Rows.write(table, Rows.row(1));
            Rows.write(table, Rows.row(2));
            catalog.createTag(TABLE, "first", 1L, null, false);
            catalog.createBranch(TABLE, "b", "first");
            id = table.uuid();
            path = ((FileStoreTable) table).location() + "/branch/branch-b";
        }
        try (Store store = Store.open(settings())) {
            store.run(handle -> FileIntents.add(handle, kind, path, Optional.of(id), 0));
        }
    }

    private EmbeddedTestServer start() {
        return EmbeddedTestServer.withToken(
                ServerOptions.builder(directory.resolve("warehouse")).store(settings()));
    }

    private StoreSettings settings() {
        return StoreSettings.sqlite(directory.resolve("catalog.db"));
    }
}
