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
package dev.trestle.e2e.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.trestle.e2e.BuildOutput;
import dev.trestle.e2e.flink.FlinkCluster;
import dev.trestle.e2e.flink.FlinkDistribution;
import dev.trestle.e2e.process.FreePorts;
import dev.trestle.e2e.process.ProcessGroup;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.trino.TrinoServerProcess;
import dev.trestle.e2e.trino.TrinoSettings;
import dev.trestle.flink.gateway.GatewayClient;
import dev.trestle.flink.gateway.GatewaySession;
import dev.trestle.flink.gateway.GatewaySettings;
import dev.trestle.flink.gateway.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flink and Trino over one catalog server: what either writes, the other reads, each in processes of its own. */
@Tag("full")
@Timeout(900)
class FlinkTrinoIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final BuildOutput BUILD = BuildOutput.find();

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static GatewayClient gateway;
    private static GatewaySession flink;
    private static Connection trino;

    @BeforeAll
    static void start() throws SQLException {
        processes = new ProcessGroup();
        FreePorts ports = new FreePorts();
        CatalogServerProcess server = CatalogServerProcess.start(processes, ports, BUILD, directory.resolve("server"));
        trino = TrinoServerProcess.start(
                        processes,
                        ports,
                        BUILD,
                        directory.resolve("trino"),
                        TrinoSettings.of(
                                Map.of("lake", TrinoServerProcess.trestle(server)), TrinoServerProcess.tokenOf(server)))
                .connect("lake", "d");
        FlinkCluster cluster = FlinkCluster.start(
                processes,
                ports,
                new FlinkDistribution(BUILD.flinkJars(), List.of(BUILD.flinkJarWithHadoop())),
                directory.resolve("flink"),
                Map.of(),
                Map.of());
        gateway = GatewayClient.connect(GatewaySettings.of(cluster.gatewayUri()));
        flink = gateway.openSession(Map.of(
                "execution.runtime-mode", "batch",
                "table.dml-sync", "true",
                "table.local-time-zone", "UTC"));
        flink.configure("CREATE CATALOG lake WITH ('type' = 'trestle', 'uri' = '" + server.uri() + "', 'warehouse' = '"
                + server.warehouse() + "', 'token.provider' = 'bear', 'token' = '${file:" + server.tokenFile() + "}')");
        flink.configure("USE CATALOG lake");
        flink.configure("CREATE DATABASE d");
        flink.configure("USE d");
    }

    @AfterAll
    static void stop() throws SQLException {
        if (trino != null) {
            trino.close();
        }
        if (flink != null) {
            flink.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        processes.close();
    }

    /**
     * In Parquet. Of ORC, Paimon 1.4.2 reads in Flink what it has written there itself otherwise: fractions of a second before
     * 1970 a second late, and times before 1582 by the other calendar.
     */
    @Test
    void valuesAtTheEdgesOfTheirTypesReadEqual() throws SQLException {
        inFlink("CREATE TABLE edges (id INT, " + columns(column -> column.name() + " " + column.type()) + ")");
        inFlink("INSERT INTO edges " + values(EdgeColumn::inFlink));
        inTrino("INSERT INTO edges SELECT id + 10, " + columns(EdgeColumn::name) + " FROM ("
                + values(EdgeColumn::inTrino) + ") AS v (" + named() + ")");

        String inFlink = "SELECT " + columns(EdgeColumn::textInFlink) + " FROM ";
        List<List<Object>> flinks = inFlink(inFlink + "(" + values(EdgeColumn::inFlink) + ") AS v (" + named() + ")");
        assertThat(inFlink(inFlink + "edges WHERE id < 10")).containsExactlyInAnyOrderElementsOf(flinks);
        assertThat(inFlink(inFlink + "edges WHERE id > 10")).containsExactlyInAnyOrderElementsOf(flinks);

        String inTrino = "SELECT " + columns(EdgeColumn::textInTrino) + " FROM ";
        List<List<Object>> trinos = inTrino(inTrino + "(" + values(EdgeColumn::inTrino) + ") AS v (" + named() + ")");
        assertThat(inTrino(inTrino + "edges WHERE id < 10")).containsExactlyInAnyOrderElementsOf(trinos);
        assertThat(inTrino(inTrino + "edges WHERE id > 10")).containsExactlyInAnyOrderElementsOf(trinos);
    }

    /** Flink's planner has no literals of them. */
    @Test
    void whatIsNoFiniteNumberReadsEqual() throws SQLException {
        inTrino("CREATE TABLE infinite (d double, f real)");
        inTrino("INSERT INTO infinite VALUES (nan(), CAST(-infinity() AS real))");
        inFlink("INSERT INTO infinite SELECT d, f FROM infinite");

        assertThat(inFlink("SELECT CAST(d AS STRING), CAST(f AS STRING) FROM infinite"))
                .containsExactly(List.of("NaN", "-Infinity"), List.of("NaN", "-Infinity"));
        assertThat(inTrino("SELECT count(*) FROM infinite WHERE is_nan(d) AND f = CAST(-infinity() AS real)"))
                .containsExactly(List.of(2L));
    }

    @Test
    void variantsAreTheSameDocuments() throws SQLException {
        inFlink("CREATE TABLE documents (id INT, v VARIANT)");
        inFlink("INSERT INTO documents SELECT 1, PARSE_JSON('{\"a\": [1, null, \"x\"]}')");
        inTrino("INSERT INTO documents SELECT 2, CAST(JSON '{\"a\": [1, null, \"x\"]}' AS variant)");

        String document = "{\"a\":[1,null,\"x\"]}";
        assertThat(inFlink("SELECT id, JSON_STRING(v) FROM documents ORDER BY id"))
                .containsExactly(List.of(1, document), List.of(2, document));
        assertThat(inTrino("SELECT id, json_format(CAST(v AS JSON)) FROM documents ORDER BY id"))
                .containsExactly(List.of(1, document), List.of(2, document));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void rowsWithAKeyAreChangedByBoth(String deletionVectors) throws SQLException {
        String table = "keyed_" + deletionVectors;
        inFlink("CREATE TABLE " + table + " (id INT, dt STRING, v STRING, PRIMARY KEY (id, dt) NOT ENFORCED)"
                + " PARTITIONED BY (dt) WITH ('bucket' = '2', 'deletion-vectors.enabled' = '" + deletionVectors + "')");
        inFlink("INSERT INTO " + table + " VALUES (1, 'x', 'a'), (2, 'x', 'b'), (3, 'y', 'c'), (4, 'y', 'd')");
        inTrino("UPDATE " + table + " SET v = 'from Trino' WHERE id = 2");
        inTrino("DELETE FROM " + table + " WHERE id = 3");
        inFlink("INSERT INTO " + table + " VALUES (4, 'y', 'from Flink'), (5, 'z', 'e')");
        inTrino("MERGE INTO " + table + " t USING (VALUES (5, 'z', 'merged'), (6, 'z', 'new')) AS n (id, dt, v)"
                + " ON t.id = n.id AND t.dt = n.dt WHEN MATCHED THEN UPDATE SET v = n.v"
                + " WHEN NOT MATCHED THEN INSERT VALUES (n.id, n.dt, n.v)");

        assertBothRead(
                "SELECT id, dt, v FROM " + table + " ORDER BY id",
                List.of(
                        List.of(1, "x", "a"),
                        List.of(2, "x", "from Trino"),
                        List.of(4, "y", "from Flink"),
                        List.of(5, "z", "merged"),
                        List.of(6, "z", "new")));
    }

    @Test
    void rowsWithoutAKeyAreDeletedByVectors() throws SQLException {
        inFlink("CREATE TABLE appended (id INT, v STRING) WITH ('deletion-vectors.enabled' = 'true')");
        inFlink("INSERT INTO appended VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        inTrino("DELETE FROM appended WHERE id = 2");
        inFlink("INSERT INTO appended VALUES (4, 'd')");
        inTrino("UPDATE appended SET v = 'z' WHERE id = 3");

        assertBothRead(
                "SELECT id, v FROM appended ORDER BY id", List.of(List.of(1, "a"), List.of(3, "z"), List.of(4, "d")));
    }

    @Test
    void partitionsAreReplacedByBoth() throws SQLException {
        inTrino("CREATE TABLE parts (id integer, dt varchar) WITH (partitioned_by = ARRAY['dt'])");
        inTrino("INSERT INTO parts VALUES (1, 'x'), (2, 'y'), (3, NULL)");
        inFlink("INSERT OVERWRITE parts PARTITION (dt = 'x') VALUES (10), (11)");
        inTrino("DELETE FROM parts WHERE dt = 'y'");

        assertBothRead(
                "SELECT id, COALESCE(dt, 'none') FROM parts ORDER BY id",
                List.of(List.of(3, "none"), List.of(10, "x"), List.of(11, "x")));
        assertBothRead("SELECT id FROM parts WHERE dt = 'x' ORDER BY id", List.of(List.of(10), List.of(11)));
    }

    @Test
    void rowsOfEarlierSchemasAreReadWithThePresentOne() throws SQLException {
        inFlink("CREATE TABLE evolved (id INT, gone STRING, n INT, r ROW<a INT, b STRING>)");
        inFlink("INSERT INTO evolved VALUES (1, 'dropped', 10, ROW(1, 'x'))");
        inTrino("ALTER TABLE evolved DROP COLUMN gone");
        inTrino("ALTER TABLE evolved RENAME COLUMN n TO amount");
        inTrino("ALTER TABLE evolved ALTER COLUMN amount SET DATA TYPE bigint");
        inTrino("ALTER TABLE evolved ADD COLUMN gone integer FIRST");
        inTrino("ALTER TABLE evolved ADD COLUMN r.c bigint");
        inFlink("INSERT INTO evolved VALUES (7, 2, 5000000000, ROW(2, 'y', 3))");
        inFlink("ALTER TABLE evolved RENAME amount TO total");

        assertBothRead(
                "SELECT id, COALESCE(gone, -1), CAST(total AS VARCHAR(20)), r.b, COALESCE(CAST(r.c AS INT), -1)"
                        + " FROM evolved ORDER BY id",
                List.of(List.of(1, -1, "10", "x", -1), List.of(2, 7, "5000000000", "y", 3)));
    }

    @Test
    void statisticsOfEitherAreReadByTheOther() throws SQLException {
        inFlink("CREATE TABLE counted (id INT, v STRING)");
        inFlink("INSERT INTO counted VALUES (1, 'a'), (2, 'a'), (3, CAST(NULL AS STRING))");
        inTrino("ANALYZE counted");
        assertThat(inFlink("SELECT mergedRecordCount FROM `counted$statistics`"))
                .containsExactly(List.of(3L));

        inFlink("INSERT INTO counted VALUES (4, 'b')");
        inFlink("ANALYZE TABLE counted COMPUTE STATISTICS FOR ALL COLUMNS");
        List<List<Object>> statistics = inTrino("SHOW STATS FOR counted");
        assertThat(statistics)
                .filteredOn(row -> "v".equals(row.get(0)))
                .extracting(row -> row.get(2), row -> row.get(3))
                .containsExactly(tuple(2.0, 0.25));
        assertThat(statistics).last().extracting(row -> row.get(4)).isEqualTo(4.0);
    }

    private static void assertBothRead(String query, List<List<Object>> rows) throws SQLException {
        assertThat(inFlink(query)).as("Flink: %s", query).containsExactlyElementsOf(rows);
        assertThat(inTrino(query)).as("Trino: %s", query).containsExactlyElementsOf(rows);
    }

    private static String columns(Function<EdgeColumn, String> text) {
        return EdgeColumn.ALL.stream().map(text).collect(Collectors.joining(", "));
    }

    private static String named() {
        return "id, " + columns(EdgeColumn::name);
    }

    /** A row of each value of all columns, numbered from 1. */
    private static String values(Function<EdgeColumn, List<String>> literals) {
        return IntStream.range(0, EdgeColumn.VALUES)
                .mapToObj(i -> "(" + (i + 1) + ", "
                        + columns(column -> literals.apply(column).get(i)) + ")")
                .collect(Collectors.joining(", ", "VALUES ", ""));
    }

    private static List<List<Object>> inFlink(String sql) {
        return flink.run(sql, LIMIT).rows().stream().map(Row::values).toList();
    }

    private static List<List<Object>> inTrino(String sql) throws SQLException {
        try (Statement statement = trino.createStatement()) {
            statement.setQueryTimeout((int) LIMIT.toSeconds());
            List<List<Object>> rows = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getObject(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }
}
