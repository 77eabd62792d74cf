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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Branches whose files exist are served as tables. */
@Timeout(60)
class BranchTest {

    private static final Identifier TABLE = Identifier.create("db", "t");
    private static final Identifier BRANCH = Identifier.create("db", "t$branch_b");

    @Test
    void servesABranchAsATableOfItsOwn(@TempDir Path directory) throws Exception {
        try (EmbeddedTestServer server = EmbeddedTestServer.withToken(directory);
                Catalog catalog = PaimonClient.connect(server.clientOptions())) {
            catalog.createDatabase("db", false);
            catalog.createTable(
                    TABLE, Schema.newBuilder().column("k", DataTypes.INT()).build(), false);
            Table table = catalog.getTable(TABLE);
            Rows.write(table, Rows.row(1));
            assertThatThrownBy(() -> catalog.getTable(BRANCH)).isInstanceOf(Catalog.TableNotExistException.class);

            FileStoreTableFactory.create(LocalFileIO.create(), ((FileStoreTable) table).location())
                    .createBranch("b");
            catalog.alterTable(BRANCH, SchemaChange.addColumn("v", DataTypes.STRING()), false);
            Rows.write(catalog.getTable(BRANCH), Rows.row(2, "b"));

            assertThat(Rows.read(catalog.getTable(BRANCH))).containsExactly("[2, b]");
            assertThat(catalog.loadSnapshot(BRANCH).orElseThrow().recordCount()).isEqualTo(1);
            assertThat(catalog.getTable(BRANCH).uuid()).isEqualTo(table.uuid());
            assertThat(Rows.read(catalog.getTable(TABLE))).containsExactly("[1]");
            assertThat(catalog.listTables("db")).containsExactly("t");
            assertThat(catalog.getTable(Identifier.create("db", "t$branch_main"))
                            .rowType()
                            .getFieldNames())
                    .containsExactly("k");
        }
    }
}
