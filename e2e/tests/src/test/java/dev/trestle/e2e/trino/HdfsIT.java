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
import static org.awaitility.Awaitility.await;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.storage.HdfsCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables on HDFS, written and read by a Trino server whose plugin directory has Trino's own access to it beside ours. */
@Tag("full")
@Timeout(300)
class HdfsIT {

    private static final String WAREHOUSE = "/warehouse";

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static HdfsCluster hdfs;
    private static TrinoServerProcess trino;

    private Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        BuildOutput build = BuildOutput.find();
        FreePorts ports = new FreePorts();
        processes = new ProcessGroup();
        hdfs = HdfsCluster.start(processes, ports, build, directory.resolve("hdfs"));
        CatalogServerProcess catalog = CatalogServerProcess.start(
                processes,
                ports,
                build,
                directory.resolve("catalog-server"),
                hdfs.uri() + WAREHOUSE,
                List.of(
                        "--database-url",
                        "jdbc:sqlite:" + directory.resolve("catalog.db"),
                        "--storage-option",
                        "hadoop-conf-dir=" + hdfs.clientSettings().getParent()));
        Map<String, String> withoutHdfs = TrinoServerProcess.trestle(catalog);
        trino = TrinoServerProcess.start(
                processes,
                ports,
                build,
                directory.resolve("trino"),
                TrinoSettings.of(
                        Map.of("lake", onHdfsAlone(withoutHdfs), "without_hdfs", withoutHdfs),
                        TrinoServerProcess.tokenOf(catalog)));
        try (Connection first = trino.connect("lake", "shop")) {
            execute(first, "CREATE SCHEMA shop");
        }
    }

    private static Map<String, String> onHdfsAlone(Map<String, String> local) {
        Map<String, String> properties = new HashMap<>(local);
        properties.keySet().removeAll(Set.of("fs.local.enabled", "local.location"));
        properties.put("fs.hadoop.enabled", "true");
        properties.put("hive.config.resources", hdfs.clientSettings().toString());
        return properties;
    }

    @AfterAll
    static void stop() {
        processes.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = trino.connect("lake", "shop");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private static long countFiles() throws IOException {
        return hdfs.fetchContent(WAREHOUSE).fileCount();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc"})
    void rowsOfAnAppendTableAreAddedChangedAndDeleted(String format) throws SQLException {
        String table = "nation_" + format;
        execute(
                connection,
                "CREATE TABLE " + table + " WITH (file_format = '" + format + "', deletion_vectors_enabled = true)"
                        + " AS SELECT nationkey, name FROM tpch.tiny.nation");

        execute(connection, "INSERT INTO " + table + " VALUES (25, 'ATLANTIS')");
        execute(connection, "DELETE FROM " + table + " WHERE name IN ('INDIA', 'IRAN')");
        execute(connection, "UPDATE " + table + " SET name = 'Kenya' WHERE nationkey = 14");

        assertThat(rows(connection, "SELECT count(*), max(nationkey), count_if(name = 'Kenya') FROM " + table))
                .containsExactly(List.of("24", "25", "1"));
    }

    @Test
    void rowsOfAPrimaryKeyTableAreMergedWhenReadAndWhenCompacted() throws SQLException {
        execute(connection, "CREATE TABLE orders (id BIGINT, item VARCHAR) WITH (primary_key = ARRAY['id'])");
        execute(connection, "INSERT INTO orders VALUES (1, 'tea'), (2, 'salt'), (3, 'rice')");
        execute(
                connection,
                """
                MERGE INTO orders USING (VALUES (2, 'sugar'), (4, 'oil')) AS n (id, item) ON orders.id = n.id
                WHEN MATCHED THEN UPDATE SET item = n.item
                WHEN NOT MATCHED THEN INSERT VALUES (n.id, n.item)""");
        execute(connection, "DELETE FROM orders WHERE id = 1");

        List<List<String>> merged = List.of(List.of("2", "sugar"), List.of("3", "rice"), List.of("4", "oil"));
        assertThat(rows(connection, "SELECT * FROM orders ORDER BY id")).isEqualTo(merged);
        execute(connection, "ALTER TABLE orders EXECUTE optimize");
        assertThat(rows(connection, "SELECT * FROM orders ORDER BY id")).isEqualTo(merged);
    }

    @Test
    void aPartitionHasAnyName() throws SQLException {
        execute(connection, "CREATE TABLE days (id BIGINT, day VARCHAR) WITH (partitioned_by = ARRAY['day'])");
        execute(connection, "INSERT INTO days VALUES (1, 'a b'), (2, '50%#1?'), (3, 'k:v/w')");

        execute(connection, "DELETE FROM days WHERE day = 'a b'");

        assertThat(rows(connection, "SELECT * FROM days ORDER BY id"))
                .containsExactly(List.of("2", "50%#1?"), List.of("3", "k:v/w"));
    }

    @Test
    void filesThatNoSnapshotNeedsAreDeleted() throws SQLException, IOException {
        execute(connection, "CREATE TABLE rewritten AS SELECT * FROM tpch.tiny.region");
        execute(connection, "UPDATE rewritten SET comment = ''");
        long files = countFiles();

        execute(
                connection,
                "CALL system.expire_snapshots(schema_name => 'shop', table_name => 'rewritten', retain_max => 1)");

        assertThat(countFiles()).isLessThan(files);
        assertThat(rows(connection, "SELECT count(*) FROM rewritten")).containsExactly(List.of("5"));
    }

    @Test
    void aTableThatIsDroppedLeavesNoFiles() throws SQLException, IOException {
        long files = countFiles();
        execute(connection, "CREATE TABLE dropped AS SELECT * FROM tpch.tiny.region");
        assertThat(countFiles()).isGreaterThan(files);

        execute(connection, "DROP TABLE dropped");

        // The service deletes them after it has answered.
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(countFiles()).isEqualTo(files));
    }

    @Test
    void blocksHaveAsManyCopiesAsTheClustersSettingsSay() throws SQLException, IOException {
        execute(connection, "CREATE TABLE copied AS SELECT * FROM tpch.tiny.customer");

        HdfsCluster.Content content = hdfs.fetchContent(WAREHOUSE);
        assertThat(content.length()).isPositive();
        assertThat(content.spaceConsumed()).isEqualTo(content.length());
    }

    @Test
    void aCatalogWithoutHdfsNamesThePropertyThatItLacks() throws SQLException {
        execute(connection, "CREATE TABLE unreached AS SELECT 1 AS id");

        assertThatThrownBy(() -> rows(connection, "SELECT * FROM without_hdfs.shop.unreached"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("set fs.hadoop.enabled=true");
    }
}
