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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SQL in a catalog of the StarRocks dialect, beside one of the Paimon dialect on the same server: what the standard has a resource
 * for is done, what it has not is refused by name without a request, and the rows are the same.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StarRocksDialectTest extends CatalogFixture {

    private SparkTestSession starRocks;

    @BeforeEach
    void openStarRocks() {
        run("CREATE TABLE t (id INT, v STRING, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, 'a', 'x')");
        starRocks = open(Map.of());
    }

    private SparkTestSession open(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(options());
        options.put("protocol", "starrocks");
        options.put("warehouse", server.catalogName());
        options.putAll(more);
        return SparkTestSession.open(options).run("USE d");
    }

    @Test
    void definesDatabasesAndTables() {
        starRocks
                .run("CREATE DATABASE e COMMENT 'about e' WITH DBPROPERTIES ('k'='v')")
                .run("ALTER DATABASE e SET DBPROPERTIES ('k'='w')")
                .run("CREATE DATABASE IF NOT EXISTS e")
                .run("CREATE TABLE e.x (id INT NOT NULL, amount DECIMAL(10, 2) COMMENT 'net', tags ARRAY<STRING>,"
                        + " dt STRING NOT NULL) PARTITIONED BY (dt) TBLPROPERTIES ('primary-key'='id,dt',"
                        + " 'bucket'='1')")
                .run("CREATE TABLE IF NOT EXISTS e.x (id INT)")
                .run("ALTER TABLE e.x ADD COLUMN note STRUCT<a: INT, b: STRING> AFTER id")
                .run("ALTER TABLE e.x RENAME COLUMN amount TO total")
                .run("ALTER TABLE e.x SET TBLPROPERTIES ('snapshot.num-retained.max'='30')")
                .run("ALTER TABLE e.x RENAME TO e.y");

        assertThat(starRocks.rows("SHOW TABLES IN e")).containsExactly("[e,y,false]");
        assertThat(starRocks.rows("SHOW COLUMNS IN e.y"))
                .containsExactly("[id]", "[note]", "[total]", "[tags]", "[dt]");
        assertThat(starRocks.column("SHOW CREATE TABLE e.y").get(0))
                .contains(
                        "DECIMAL(10,2) COMMENT 'net'",
                        "PARTITIONED BY (dt, bucket(1, id))",
                        "'snapshot.num-retained.max' = '30'");
        assertThat(starRocks.column("SHOW CREATE TABLE e.y").get(0).replace(starRocks.catalog(), "c"))
                .isEqualTo(session.column("SHOW CREATE TABLE e.y").get(0).replace(session.catalog(), "c"));

        assertThatThrownBy(() -> starRocks.run("DROP DATABASE e"))
                .hasMessageContaining("e")
                .hasMessageContaining("EMPTY");
        starRocks.run("DROP TABLE e.y").run("DROP TABLE IF EXISTS e.y").run("DROP DATABASE e");
        assertThatThrownBy(() -> starRocks.run("DROP TABLE e.y")).hasMessageContaining("`y`");
        assertThat(starRocks.column("SHOW DATABASES")).contains("d").doesNotContain("e");
    }

    @Test
    void readsWhatTheOtherDialectWrote() {
        assertThat(starRocks.rows("SELECT * FROM t")).containsExactly("[1,a,x]");
        assertThat(starRocks.rows("SELECT snapshot_id FROM `t$snapshots`")).containsExactly("[1]");
        assertThat(starRocks.rows("SELECT * FROM t VERSION AS OF 1")).containsExactly("[1,a,x]");
        assertThat(starRocks.rows("SELECT max(id) FROM t")).containsExactly("[1]");
        assertThat(starRocks.rows("SHOW PARTITIONS t")).containsExactly("[dt=x]");
    }

    @Test
    void refusesToWriteBeforeAnyFileUnlessItIsAllowedTo() throws IOException {
        Set<Path> before = files();

        for (String statement : List.of(
                "INSERT INTO t VALUES (2, 'b', 'y')",
                "INSERT OVERWRITE t VALUES (2, 'b', 'y')",
                "DELETE FROM t WHERE id = 1",
                "DELETE FROM t WHERE dt = 'x'",
                "UPDATE t SET v = 'b'",
                "MERGE INTO t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE t",
                "ALTER TABLE t DROP PARTITION (dt = 'x')",
                "CREATE TABLE n AS SELECT 1 AS id",
                "CALL sys.analyze(table => 't')")) {
            assertThatThrownBy(() -> starRocks.run(statement))
                    .as(statement)
                    .hasStackTraceContaining("the service's protocol has no commits")
                    .hasStackTraceContaining("'starrocks.allow-filesystem-commit'");
        }

        assertThat(files()).isEqualTo(before);
        assertThat(session.rows("SELECT * FROM t")).containsExactly("[1,a,x]");
        assertThat(session.column("SHOW TABLES")).hasSize(1);
    }

    /** Of data and of snapshots. Those of a dropped table go away meanwhile. */
    private Set<Path> files() throws IOException {
        Set<Path> files = new TreeSet<>();
        Files.walkFileTree(warehouse, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().contains("/bucket-") || file.toString().contains("/snapshot/")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    @Test
    void writesWhereItIsAllowedTo() {
        SparkTestSession writing = open(Map.of("starrocks.allow-filesystem-commit", "true"));

        writing.run("INSERT INTO t VALUES (2, 'b', 'y')")
                .run("CREATE TABLE k (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')")
                .run("INSERT INTO k VALUES (1, 'x'), (2, 'y'), (3, 'z')")
                .run("UPDATE k SET v = 'X' WHERE id = 1")
                .run("DELETE FROM k WHERE id = 2")
                .run("CREATE TABLE n AS SELECT 7 AS id");
        run("INSERT INTO t VALUES (3, 'c', 'x')");
        writing.run("INSERT OVERWRITE t PARTITION (dt = 'y') VALUES (4, 'd')");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1,a,x]", "[3,c,x]", "[4,d,y]");
        assertThat(starRocks.rows("SELECT * FROM k ORDER BY id")).containsExactly("[1,X]", "[3,z]");
        assertThat(rows("SELECT * FROM n")).containsExactly("[7]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE VIEW v AS SELECT 1 AS id|views",
                "CALL sys.create_tag(table => 'd.t', tag => 'x')|tags",
                "CALL sys.delete_tag(table => 'd.t', tag => 'x')|tags",
                "CALL sys.create_branch(table => 'd.t', branch => 'b')|branches",
                "CALL sys.rollback(table => 'd.t', version => '1')|snapshots",
            })
    void refusesByNameWhatTheStandardHasNoResourceForWithoutARequest(String statement, String resource) {
        server.resetCallCounts();

        assertThatThrownBy(() -> starRocks.run(statement))
                .hasStackTraceContaining("the service's protocol has no " + resource);

        assertThat(server.callCounts()).isEmpty();
    }
}
