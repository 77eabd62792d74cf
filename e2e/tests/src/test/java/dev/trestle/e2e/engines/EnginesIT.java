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

import static dev.trestle.e2e.engines.Engine.FLINK;
import static dev.trestle.e2e.engines.Engine.TRINO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.trestle.e2e.process.ProcessGroup;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

/** Flink, Trino and Spark over one catalog server: what any of them writes, the others read. */
@Tag("full")
@Timeout(900)
class EnginesIT {

    /** More than the number of any row that an engine writes. */
    private static final int ROWS_OF_AN_ENGINE = 10;

    @TempDir
    private static Path directory;

    private static ProcessGroup processes;
    private static RunningEngines engines;

    @BeforeAll
    static void start() throws SQLException {
        processes = new ProcessGroup();
        engines = RunningEngines.start(processes, directory);
    }

    @AfterAll
    static void stop() throws SQLException {
        if (engines != null) {
            engines.close();
        }
        processes.close();
    }

    /**
     * In Parquet. Of ORC, Paimon 1.4.2 reads in Flink what it has written there itself otherwise: fractions of a second before
     * 1970 a second late, and times before 1582 by the other calendar.
     */
    @Test
    void valuesAtTheEdgesOfTheirTypesReadEqual() throws SQLException {
        assertEdgesReadEqual("edges", EdgeColumn.ALL, List.of(Engine.values()));
    }

    @Test
    void digitsThatSparkLacksReadEqualInTheOthersAndAreNotCutOffThere() throws SQLException {
        assertEdgesReadEqual("nanos", List.of(EdgeColumn.NANOS), List.of(FLINK, TRINO));

        assertThatThrownBy(() -> inSpark("SELECT " + EdgeColumn.NANOS.name() + " FROM nanos"))
                .hasMessageContaining("has digits below microseconds, which Spark cannot hold");
        assertThat(inSpark("SELECT max(id) FROM nanos"))
                .containsExactly(List.of(ROWS_OF_AN_ENGINE + EdgeColumn.VALUES));
    }

    /** Flink's planner has no literals of them. */
    @Test
    void whatIsNoFiniteNumberReadsEqual() throws SQLException {
        inTrino("CREATE TABLE infinite (d double, f real)");
        inTrino("INSERT INTO infinite VALUES (nan(), CAST(-infinity() AS real))");
        inFlink("INSERT INTO infinite SELECT d, f FROM infinite");
        inSpark("INSERT INTO infinite VALUES (double('NaN'), float('-Infinity'))");

        assertAllRead(
                "SELECT CAST(d AS VARCHAR(9)), CAST(f AS VARCHAR(9)) FROM infinite",
                List.of(List.of("NaN", "-Infinity"), List.of("NaN", "-Infinity"), List.of("NaN", "-Infinity")));
    }

    @Test
    void timesOfDayReadEqual() throws SQLException {
        inSpark("CREATE TABLE times (id INT, clock TIME(3))");
        inSpark("INSERT INTO times VALUES (1, TIME '00:00:00.001'), (2, TIME '23:59:59.999')");
        inTrino("INSERT INTO times VALUES (3, TIME '12:34:56.789')");
        inFlink("INSERT INTO times SELECT 4, clock FROM times WHERE id = 3");

        assertAllRead(
                "SELECT id, CAST(clock AS VARCHAR(12)) FROM times ORDER BY id",
                List.of(
                        List.of(1, "00:00:00.001"),
                        List.of(2, "23:59:59.999"),
                        List.of(3, "12:34:56.789"),
                        List.of(4, "12:34:56.789")));
    }

    @Test
    void variantsAreTheSameDocuments() throws SQLException {
        inFlink("CREATE TABLE documents (id INT, v VARIANT)");
        inFlink("INSERT INTO documents SELECT 1, PARSE_JSON('{\"a\": [1, null, \"x\"]}')");
        inTrino("INSERT INTO documents SELECT 2, CAST(JSON '{\"a\": [1, null, \"x\"]}' AS variant)");
        inSpark("INSERT INTO documents SELECT 3, parse_json('{\"a\": [1, null, \"x\"]}')");

        String document = "{\"a\":[1,null,\"x\"]}";
        List<List<Object>> documents = List.of(List.of(1, document), List.of(2, document), List.of(3, document));
        assertThat(inFlink("SELECT id, JSON_STRING(v) FROM documents ORDER BY id"))
                .containsExactlyElementsOf(documents);
        assertThat(inTrino("SELECT id, json_format(CAST(v AS JSON)) FROM documents ORDER BY id"))
                .containsExactlyElementsOf(documents);
        assertThat(inSpark("SELECT id, to_json(v) FROM documents ORDER BY id")).containsExactlyElementsOf(documents);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void rowsWithAKeyAreChangedByAll(String deletionVectors) throws SQLException {
        String table = "keyed_" + deletionVectors;
        inFlink("CREATE TABLE " + table + " (id INT, dt STRING, v STRING, PRIMARY KEY (id, dt) NOT ENFORCED)"
                + " PARTITIONED BY (dt) WITH ('bucket' = '2', 'deletion-vectors.enabled' = '" + deletionVectors + "')");
        inFlink("INSERT INTO " + table + " VALUES (1, 'x', 'a'), (2, 'x', 'b'), (3, 'y', 'c'), (4, 'y', 'd')");
        inTrino("UPDATE " + table + " SET v = 'from Trino' WHERE id = 2");
        inTrino("DELETE FROM " + table + " WHERE id = 3");
        inSpark("UPDATE " + table + " SET v = 'from Spark' WHERE id = 1");
        inSpark("INSERT INTO " + table + " VALUES (6, 'z', 'f'), (7, 'z', 'g')");
        inFlink("INSERT INTO " + table + " VALUES (4, 'y', 'from Flink'), (5, 'z', 'e'), (6, 'z', 'from Flink')");
        inTrino("MERGE INTO " + table + " t USING (VALUES (5, 'z', 'merged'), (8, 'z', 'new')) AS n (id, dt, v)"
                + " ON t.id = n.id AND t.dt = n.dt WHEN MATCHED THEN UPDATE SET v = n.v"
                + " WHEN NOT MATCHED THEN INSERT VALUES (n.id, n.dt, n.v)");
        inSpark("MERGE INTO " + table
                + " t USING (SELECT * FROM VALUES (7, 'z', ''), (8, 'z', 'merged') AS n(id, dt, v)) n"
                + " ON t.id = n.id AND t.dt = n.dt WHEN MATCHED AND n.v = '' THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET v = n.v");

        assertAllRead(
                "SELECT id, dt, v FROM " + table + " ORDER BY id",
                List.of(
                        List.of(1, "x", "from Spark"),
                        List.of(2, "x", "from Trino"),
                        List.of(4, "y", "from Flink"),
                        List.of(5, "z", "merged"),
                        List.of(6, "z", "from Flink"),
                        List.of(8, "z", "merged")));
    }

    @Test
    void rowsWithoutAKeyAreDeletedByVectors() throws SQLException {
        inFlink("CREATE TABLE appended (id INT, v STRING) WITH ('deletion-vectors.enabled' = 'true')");
        inFlink("INSERT INTO appended VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')");
        inTrino("DELETE FROM appended WHERE id = 2");
        inSpark("DELETE FROM appended WHERE id = 4");
        inSpark("INSERT INTO appended VALUES (5, 'e'), (6, 'f')");
        inTrino("DELETE FROM appended WHERE id = 5");
        inTrino("UPDATE appended SET v = 'z' WHERE id = 3");
        inSpark("UPDATE appended SET v = 'y' WHERE id IN (1, 3)");

        assertAllRead(
                "SELECT id, v FROM appended ORDER BY id", List.of(List.of(1, "y"), List.of(3, "y"), List.of(6, "f")));
    }

    @Test
    void partitionsAreReplacedByAll() throws SQLException {
        inSpark("CREATE TABLE parts (id INT, dt STRING, n INT) PARTITIONED BY (dt, n)");
        inSpark("INSERT INTO parts VALUES (1, 'x', 1), (2, 'y', 1), (3, NULL, 1), (4, 'z', NULL)");
        inFlink("INSERT OVERWRITE parts PARTITION (dt = 'x', n = 1) VALUES (10), (11)");
        inTrino("DELETE FROM parts WHERE dt = 'y'");
        inTrino("INSERT INTO parts VALUES (5, 'a b/c', -1), (6, 'w', 2)");
        inSpark("INSERT OVERWRITE parts PARTITION (dt = 'w', n = 2) VALUES (60)");

        assertAllRead(
                "SELECT id, COALESCE(dt, 'none'), COALESCE(n, 0) FROM parts ORDER BY id",
                List.of(
                        List.of(3, "none", 1),
                        List.of(4, "z", 0),
                        List.of(5, "a b/c", -1),
                        List.of(10, "x", 1),
                        List.of(11, "x", 1),
                        List.of(60, "w", 2)));
        assertAllRead("SELECT id FROM parts WHERE dt = 'x' ORDER BY id", List.of(List.of(10), List.of(11)));
        assertAllRead("SELECT id FROM parts WHERE dt IS NULL", List.of(List.of(3)));
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
        inSpark("ALTER TABLE evolved RENAME COLUMN r.c TO d");
        inSpark("ALTER TABLE evolved ADD COLUMNS (s STRING AFTER id, r.e STRING)");
        inSpark("INSERT INTO evolved VALUES (8, 3, 's', 6000000000, struct(3, 'z', 4, 'e'))");

        assertAllRead(
                "SELECT id, COALESCE(gone, -1), COALESCE(s, '-'), CAST(total AS VARCHAR(20)), r.b,"
                        + " COALESCE(CAST(r.d AS INT), -1), COALESCE(r.e, '-') FROM evolved ORDER BY id",
                List.of(
                        List.of(1, -1, "-", "10", "x", -1, "-"),
                        List.of(2, 7, "-", "5000000000", "y", 3, "-"),
                        List.of(3, 8, "s", "6000000000", "z", 4, "e")));
    }

    @Test
    void statisticsOfFlinkAndTrinoAreReadByTheOther() throws SQLException {
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

    /** Each of the engines writes the values into a table, and reads what each has written as the values that its SQL has. */
    private static void assertEdgesReadEqual(String table, List<EdgeColumn> columns, List<Engine> among)
            throws SQLException {
        String names = join(columns, EdgeColumn::name);
        inFlink("CREATE TABLE " + table + " (id INT, " + join(columns, column -> column.name() + " " + column.type())
                + ")");
        for (Engine writer : among) {
            engines.run(
                    writer,
                    "INSERT INTO " + table + " SELECT id + " + firstRow(writer) + ", " + names + " FROM "
                            + values(writer, columns));
        }
        for (Engine reader : among) {
            String select = "SELECT id, " + join(columns, column -> column.text(reader)) + " FROM ";
            List<List<Object>> values = engines.run(reader, select + values(reader, columns));
            List<List<Object>> expected = new ArrayList<>();
            for (Engine writer : among) {
                values.forEach(row -> expected.add(moved(row, firstRow(writer))));
            }
            assertThat(engines.run(reader, select + table))
                    .as("in %s", reader)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static int firstRow(Engine writer) {
        return writer.ordinal() * ROWS_OF_AN_ENGINE;
    }

    private static List<Object> moved(List<Object> row, int by) {
        List<Object> moved = new ArrayList<>(row);
        moved.set(0, (Integer) row.get(0) + by);
        return moved;
    }

    /** A row of each value of all columns, numbered from 1. */
    private static String values(Engine engine, List<EdgeColumn> columns) {
        return IntStream.range(0, EdgeColumn.VALUES)
                .mapToObj(i -> "(" + (i + 1) + ", " + join(columns, column -> column.value(engine, i)) + ")")
                .collect(Collectors.joining(", ", "(VALUES ", ") AS v (id, " + join(columns, EdgeColumn::name) + ")"));
    }

    private static String join(List<EdgeColumn> columns, Function<EdgeColumn, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }

    private static void assertAllRead(String query, List<List<Object>> rows) throws SQLException {
        for (Engine engine : Engine.values()) {
            assertThat(engines.run(engine, query)).as("%s: %s", engine, query).containsExactlyElementsOf(rows);
        }
    }

    private static List<List<Object>> inFlink(String sql) throws SQLException {
        return engines.run(FLINK, sql);
    }

    private static List<List<Object>> inTrino(String sql) throws SQLException {
        return engines.run(TRINO, sql);
    }

    private static List<List<Object>> inSpark(String sql) throws SQLException {
        return engines.run(Engine.SPARK, sql);
    }
}
