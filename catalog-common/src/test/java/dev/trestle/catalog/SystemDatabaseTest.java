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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SystemDatabaseTest {

    private EmbeddedTestServer server;
    private RestCatalog catalog;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = EmbeddedTestServer.withToken(directory);
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.put("header.x-api-key", "hunter2");
        catalog = RestCatalog.open(options);
        catalog.createDatabase("db_1", false);
        Schema schema = Schema.newBuilder()
                .column("k", DataTypes.INT())
                .column("day", DataTypes.STRING())
                .partitionKeys("day")
                .option("fs.oss.accessKeySecret", "hunter2")
                .option("metastore.partitioned-table", "true")
                .build();
        catalog.createTable(Identifier.create("db_1", "t"), schema, false);
        Rows.write(catalog.getTable(Identifier.create("db_1", "t")), Rows.row(1, "mon"));
    }

    @AfterEach
    void stop() {
        catalog.close();
        server.close();
    }

    @Test
    void showsTheCatalogsOptionsWithoutSecrets() throws Exception {
        List<String> rows = read("catalog_options");

        assertThat(rows).anyMatch(row -> row.startsWith("[uri, http"));
        assertThat(rows).contains("[token, ******]", "[header.x-api-key, ******]");
        assertThat(String.join("", rows))
                .doesNotContain("hunter2", server.clientOptions().get("token"));
    }

    @Test
    void showsTheTablesOptionsWithoutSecrets() throws Exception {
        List<String> rows = read("all_table_options");

        assertThat(rows)
                .contains("[db_1, t, metastore.partitioned-table, true]")
                .contains("[db_1, t, fs.oss.accessKeySecret, ******]");
    }

    @Test
    void aTableShowsItsOwnOptionsWithoutSecrets() throws Exception {
        Table options = catalog.getTable(Identifier.create("db_1", "t$options"));

        assertThat(Rows.read(options))
                .contains("[metastore.partitioned-table, true]", "[fs.oss.accessKeySecret, ******]");
        assertThat(Rows.read(options.copy(Map.of("scan.snapshot-id", "1"))))
                .contains("[fs.oss.accessKeySecret, ******]");
        assertThat(Rows.read(catalog.getTable(Identifier.create("db_1", "t$schemas"))))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .contains("\"fs.oss.accessKeySecret\":\"******\"")
                        .contains("\"metastore.partitioned-table\":\"true\""));
    }

    @Test
    void listsAllTablesWithTheirCounts() throws Exception {
        assertThat(read("tables")).singleElement().asString().contains("t").contains("db_1");
    }

    @Test
    void listsAllPartitions() throws Exception {
        assertThat(read("partitions")).singleElement().asString().contains("day=mon");
    }

    @Test
    void isADatabaseLikeOthersToThoseWhoLook() throws Exception {
        List<String> names = catalog.listTables("sys");

        assertThat(names).contains("catalog_options", "all_table_options", "tables", "partitions");
        assertThat(catalog.listTablesPaged("sys", null, null, null, null).getElements())
                .isEqualTo(names);
        assertThat(catalog.listTableDetails("sys")).extracting(Table::name).containsExactlyInAnyOrderElementsOf(names);
        assertThat(catalog.getDatabase("sys").name()).isEqualTo("sys");
    }

    @Test
    void cannotBeChanged() {
        assertThatThrownBy(() -> catalog.createDatabase("sys", true))
                .isInstanceOf(Catalog.ProcessSystemDatabaseException.class);
        assertThatThrownBy(() -> catalog.dropDatabase("sys", true, true))
                .isInstanceOf(Catalog.ProcessSystemDatabaseException.class);
        assertThatThrownBy(() -> catalog.dropTable(Identifier.create("sys", "tables"), true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> catalog.getTable(Identifier.create("sys", "nope")))
                .isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void asksForTheTablesInPages() throws Exception {
        server.server().resetCallCounts();

        read("all_table_options");

        assertThat(server.server().callCounts())
                .as("one listing of databases, one of each one's tables")
                .hasSize(2);
    }

    private List<String> read(String table) throws Exception {
        return Rows.read(catalog.getTable(Identifier.create("sys", table)));
    }
}
