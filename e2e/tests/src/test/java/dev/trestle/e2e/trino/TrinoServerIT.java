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
package dev.trestle.e2e.trino;

import static dev.trestle.e2e.trino.Statements.execute;
import static dev.trestle.e2e.trino.Statements.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessFailedException;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped plugin directory in a Trino server, in a class loader of its own, over a catalog server. */
@Timeout(900)
class TrinoServerIT {

    @TempDir
    private static Path directory;

    private static final BuildOutput BUILD = BuildOutput.find();
    private static final FreePorts PORTS = new FreePorts();
    private static ProcessGroup processes;
    private static CatalogServerProcess catalog;

    @BeforeAll
    static void start() {
        processes = new ProcessGroup();
        catalog = CatalogServerProcess.start(processes, PORTS, BUILD, directory.resolve("catalog-server"));
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    @Test
    void thePluginServesQueriesOfADriver() throws SQLException {
        TrinoServerProcess trino = TrinoServerProcess.start(
                processes,
                PORTS,
                BUILD,
                directory.resolve("trino"),
                TrinoSettings.of(
                        Map.of("lake", TrinoServerProcess.trestle(catalog)), TrinoServerProcess.tokenOf(catalog)));

        try (Connection connection = trino.connect("lake", "shop")) {
            execute(connection, "CREATE SCHEMA shop");
            definesTablesAndViews(connection);
            changesRows(connection);
            copiesRowsOfAnotherCatalog(connection);
            keepsVariants(connection);
        }
    }

    private static void definesTablesAndViews(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE orders (id BIGINT, item VARCHAR) WITH (primary_key = ARRAY['id'])");
        execute(connection, "ALTER TABLE orders ADD COLUMN price DECIMAL(10, 2)");
        execute(connection, "CREATE VIEW items AS SELECT item, count(*) AS orders FROM orders GROUP BY item");

        assertThat(rows(connection, "SHOW TABLES")).containsExactlyInAnyOrder(List.of("orders"), List.of("items"));
        assertThat(rows(connection, "DESCRIBE orders"))
                .extracting(row -> row.get(0) + " " + row.get(1))
                .containsExactly("id bigint", "item varchar", "price decimal(10,2)");
    }

    private static void changesRows(Connection connection) throws SQLException {
        execute(connection, "INSERT INTO orders VALUES (1, 'tea', 2.50), (2, 'salt', 1.00)");
        execute(
                connection,
                """
                MERGE INTO orders USING (VALUES (2, 'tea', 3.00), (3, 'rice', 4.00)) AS n (id, item, price)
                ON orders.id = n.id
                WHEN MATCHED THEN UPDATE SET item = n.item, price = n.price
                WHEN NOT MATCHED THEN INSERT VALUES (n.id, n.item, n.price)""");

        assertThat(rows(connection, "SELECT * FROM orders ORDER BY id"))
                .containsExactly(
                        List.of("1", "tea", "2.50"), List.of("2", "tea", "3.00"), List.of("3", "rice", "4.00"));
        assertThat(rows(connection, "SELECT * FROM items ORDER BY item"))
                .containsExactly(List.of("rice", "1"), List.of("tea", "2"));
        assertThat(rows(connection, "SELECT item FROM orders FOR VERSION AS OF 1 ORDER BY id"))
                .containsExactly(List.of("tea"), List.of("salt"));
    }

    private static void copiesRowsOfAnotherCatalog(Connection connection) throws SQLException {
        execute(connection, "CREATE TABLE nation AS SELECT * FROM tpch.tiny.nation");

        assertThat(rows(connection, "SELECT count(*), max(name) FROM nation"))
                .containsExactly(List.of("25", "VIETNAM"));
    }

    private static void keepsVariants(Connection connection) throws SQLException {
        execute(
                connection,
                "CREATE TABLE documents AS SELECT 1 AS id, CAST(JSON '{\"a\": [1, \"x\"]}' AS VARIANT) AS v");

        assertThat(rows(connection, "DESCRIBE documents"))
                .extracting(row -> row.get(1))
                .containsExactly("integer", "variant");
        assertThat(rows(connection, "SELECT json_format(CAST(v AS JSON)) FROM documents"))
                .containsExactly(List.of("{\"a\":[1,\"x\"]}"));
    }

    @Test
    void aServerWithAWrongOptionDoesNotStartAndNamesIt() throws IOException {
        Map<String, String> properties = new HashMap<>(TrinoServerProcess.trestle(catalog));
        properties.put("trestle.warehose", "wh");

        assertThatThrownBy(() -> startAlone("wrong-option", properties, TrinoServerProcess.tokenOf(catalog)))
                .isInstanceOf(ProcessFailedException.class);

        assertThat(logOf("wrong-option")).contains("'trestle.warehose' is unknown");
    }

    @Test
    void aServerWithAWrongTokenDoesNotStartAndSaysSoWithoutTheToken() throws IOException {
        Map<String, String> environment = Map.of(TrinoServerProcess.TOKEN, "wrong-and-secret");

        assertThatThrownBy(() -> startAlone("wrong-token", TrinoServerProcess.trestle(catalog), environment))
                .isInstanceOf(ProcessFailedException.class);

        assertThat(logOf("wrong-token")).contains("401").doesNotContain("wrong-and-secret");
    }

    private static String logOf(String name) throws IOException {
        return Files.readString(directory.resolve(name).resolve("trino.log"));
    }

    private static void startAlone(String name, Map<String, String> properties, Map<String, String> environment) {
        try (ProcessGroup alone = new ProcessGroup()) {
            TrinoServerProcess.start(
                    alone,
                    PORTS,
                    BUILD,
                    directory.resolve(name),
                    TrinoSettings.of(Map.of("lake", properties), environment));
        }
    }
}
