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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Paimon's own Flink catalog {@code p} and ours {@code c} on one server: what one makes, the other uses and changes. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SideBySideTest extends CatalogFixture {

    @TempDir
    Path savepoints;

    /** A function that both catalogs keep by the name of its class. */
    public static final class Twice extends ScalarFunction {
        public Integer eval(Integer value) {
            return 2 * value;
        }
    }

    static Stream<Arguments> makersAndUsers() {
        return Stream.of(Arguments.of("p", "c"), Arguments.of("c", "p"));
    }

    @BeforeEach
    void openPaimonsCatalog() {
        addPaimons(session);
        session.run("USE CATALOG c").run("USE d");
    }

    /** Without its cache, which would show the other's changes late. */
    private void addPaimons(FlinkSession opened) {
        opened.useCatalog(
                "p",
                Map.of(
                        "type", "paimon",
                        "metastore", "rest",
                        "cache-enabled", "false",
                        "uri", server.uri().toString(),
                        "warehouse", server.warehouse(),
                        "token.provider", "bear",
                        "token", TOKEN));
    }

    /** What another client changed is seen after a second at most: the other catalog's changes too. */
    private void forget(String catalog) {
        if (catalog.equals("c")) {
            session.run("USE CATALOG p").run("DROP CATALOG c");
            open(session).run("USE d");
        }
    }

    @ParameterizedTest
    @MethodSource("makersAndUsers")
    void tablesWithComputedColumnsAndWatermarks(String maker, String user) {
        session.run("CREATE TABLE " + maker + ".d.t (id INT NOT NULL, name STRING COMMENT 'nm', up AS UPPER(name),"
                + " ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND, PRIMARY KEY (id) NOT ENFORCED)"
                + " COMMENT 'people' WITH ('bucket'='1')");

        session.run("INSERT INTO " + user + ".d.t VALUES (1, 'a', TIMESTAMP '2026-01-01 00:00:00')");
        session.run("ALTER TABLE " + user + ".d.t ADD (extra BIGINT AFTER name, low AS LOWER(name))");
        session.run("ALTER TABLE " + user + ".d.t SET ('snapshot.num-retained.max'='20')");
        forget(maker);

        assertThat(rows("SELECT id, name, extra, up, low FROM " + maker + ".d.t"))
                .containsExactly("[1, a, null, A, a]");
        assertThat(rows("SHOW CREATE TABLE " + maker + ".d.t").get(0))
                .contains("WATERMARK FOR `ts`", "'snapshot.num-retained.max' = '20'", "COMMENT 'people'");
        assertThat(definition(maker)).isEqualTo(definition(user));

        session.run("DROP TABLE " + user + ".d.t");
        forget(maker);
        assertThat(session.column("SHOW TABLES FROM " + maker + ".d")).isEmpty();
    }

    /** Without what Paimon's catalog shows, and a new table must not take over: where the table lies, and who made it when. */
    private String definition(String catalog) {
        return rows("SHOW CREATE TABLE " + catalog + ".d.t")
                .get(0)
                .replace('`' + catalog + '`', "x")
                .lines()
                .filter(line -> CatalogTables.SERVER_SET_OPTIONS.stream()
                        .noneMatch(option -> line.strip().startsWith("'" + option + "'")))
                .collect(Collectors.joining("\n"))
                .replaceAll(",(?=\\s+\\))", "");
    }

    @ParameterizedTest
    @MethodSource("makersAndUsers")
    void views(String maker, String user) {
        session.run("CREATE TABLE c.d.t (id INT, name STRING)").run("INSERT INTO c.d.t VALUES (1, 'a'), (2, 'b')");
        session.run("USE CATALOG " + maker)
                .run("USE d")
                .run("CREATE VIEW v (k) COMMENT 'seen' AS SELECT id FROM c.d.t WHERE name = 'a'");

        assertThat(rows("SELECT * FROM " + user + ".d.v")).containsExactly("[1]");
        assertThat(rows("DESCRIBE " + user + ".d.v")).isEqualTo(rows("DESCRIBE " + maker + ".d.v"));
        // Paimon's own catalog has no ALTER VIEW … AS.
        session.run("ALTER VIEW c.d.v AS SELECT id AS k FROM c.d.t WHERE name = 'b'");
        assertThat(rows("SELECT * FROM p.d.v")).containsExactly("[2]");
        assertThat(rows("SELECT * FROM c.d.v")).containsExactly("[2]");

        session.run("USE CATALOG " + user).run("USE d").run("ALTER VIEW v RENAME TO w");
        forget(maker);
        assertThat(session.column("SHOW VIEWS FROM " + maker + ".d")).containsExactly("w");
        session.run("DROP VIEW " + maker + ".d.w");
        forget(user);
        assertThat(session.column("SHOW VIEWS FROM " + user + ".d")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("makersAndUsers")
    void functions(String maker, String user) {
        String twice = Twice.class.getName();
        session.run("CREATE TABLE c.d.t (id INT)").run("INSERT INTO c.d.t VALUES (21)");

        session.run("CREATE FUNCTION " + maker + ".d.twice AS '" + twice + "' LANGUAGE JAVA");
        forget(user);

        assertThat(rows("SELECT " + user + ".d.twice(id) FROM c.d.t")).containsExactly("[42]");
        session.run("DROP FUNCTION " + user + ".d.twice");
        forget(maker);
        session.run("USE CATALOG " + maker).run("USE d");
        assertThat(session.column("SHOW USER FUNCTIONS")).isEmpty();
    }

    /** Rows that were read before the savepoint are not read again: a source that began anew would double them. */
    @ParameterizedTest
    @MethodSource("makersAndUsers")
    void aJobGoesOnFromASavepointOfTheOther(String maker, String user) throws Exception {
        session.run("CREATE TABLE c.d.src (id INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("CREATE TABLE c.d.dst (id INT, twice INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("INSERT INTO c.d.src VALUES (1), (2)");

        FlinkSession before = streaming();
        JobClient job = start(before, maker);
        awaitRows(2);
        String savepoint = job.stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
                .get(1, TimeUnit.MINUTES);
        before.close();
        session.run("INSERT INTO c.d.src VALUES (3)");

        FlinkSession after = streaming().set("execution.state-recovery.path", savepoint);
        JobClient resumed = start(after, user);
        try {
            awaitRows(3);
        } finally {
            resumed.cancel().get(1, TimeUnit.MINUTES);
            after.close();
        }
        assertThat(rows("SELECT * FROM c.d.dst ORDER BY id")).containsExactly("[1, 2]", "[2, 4]", "[3, 6]");
    }

    private FlinkSession streaming() {
        FlinkSession streaming = open(FlinkSession.streaming()
                .set("execution.checkpointing.interval", "200 ms")
                .set("table.dml-sync", "false"));
        addPaimons(streaming);
        return streaming;
    }

    private static JobClient start(FlinkSession in, String catalog) {
        return in.environment()
                .executeSql("INSERT INTO %1$s.d.dst SELECT id, id * 2 FROM %1$s.d.src".formatted(catalog))
                .getJobClient()
                .orElseThrow();
    }

    /** Reads the stream of what the job has written until so many rows are there. */
    private void awaitRows(int count) throws Exception {
        FlinkSession reader = streaming();
        try (CloseableIterator<Row> rows =
                reader.environment().executeSql("SELECT * FROM c.d.dst").collect()) {
            for (int i = 0; i < count; i++) {
                rows.next();
            }
        }
        reader.close();
    }
}
