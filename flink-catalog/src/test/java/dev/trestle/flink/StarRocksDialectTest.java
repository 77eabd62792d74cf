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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SQL in a catalog {@code s} of the StarRocks dialect, beside the catalog {@code c} of the Paimon dialect on the same server: what
 * the standard has a resource for is done, what it has not is refused by name without a request, and the rows are the same.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StarRocksDialectTest extends CatalogFixture {

    @BeforeEach
    void openStarRocks() {
        session.run("CREATE TABLE t (id INT, v STRING)").run("INSERT INTO t VALUES (1, 'a')");
        session.useCatalog("s", starRocks(Map.of())).run("USE d");
    }

    @AfterEach
    void leave() {
        session.run("USE CATALOG c");
    }

    private Map<String, String> starRocks(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(options());
        options.put("protocol", "starrocks");
        options.put("warehouse", server.catalogName());
        options.putAll(more);
        return options;
    }

    @Test
    void definesDatabasesAndTables() {
        session.run("CREATE DATABASE e COMMENT 'about e' WITH ('k'='v')")
                .run("ALTER DATABASE e SET ('k'='w')")
                .run("CREATE DATABASE IF NOT EXISTS e")
                .run(
                        "CREATE TABLE e.x (id INT NOT NULL, amount DECIMAL(10, 2) COMMENT 'net', tags ARRAY<STRING NOT NULL>,"
                                + " dt STRING, PRIMARY KEY (id, dt) NOT ENFORCED) PARTITIONED BY (dt) WITH ('bucket'='1')")
                .run("CREATE TABLE IF NOT EXISTS e.x (id INT)")
                .run("ALTER TABLE e.x ADD (note ROW<a INT, b STRING> AFTER id)")
                .run("ALTER TABLE e.x RENAME amount TO total")
                .run("ALTER TABLE e.x SET ('snapshot.num-retained.max'='30')")
                .run("ALTER TABLE e.x RENAME TO y");

        assertThat(rows("SHOW TABLES IN e")).containsExactly("[y]");
        assertThat(session.column("DESCRIBE e.y")).containsExactly("id", "note", "total", "tags", "dt");
        assertThat(rows("SHOW CREATE TABLE e.y").get(0))
                .contains(
                        "DECIMAL(10, 2) COMMENT 'net'", "ARRAY<VARCHAR(2147483647) NOT NULL>", "PARTITIONED BY (`dt`)")
                .contains("'snapshot.num-retained.max' = '30'");
        assertThat(rows("SHOW CREATE TABLE e.y").get(0).replace("`s`", "`c`"))
                .isEqualTo(rows("SHOW CREATE TABLE c.e.y").get(0));

        assertThatThrownBy(() -> session.run("DROP DATABASE e")).hasStackTraceContaining("not empty");
        session.run("DROP TABLE e.y").run("DROP TABLE IF EXISTS e.y").run("DROP DATABASE e");
        assertThatThrownBy(() -> session.run("DROP TABLE e.y")).hasStackTraceContaining("e.y");
        assertThat(rows("SHOW DATABASES")).containsExactly("[d]", "[default]");
    }

    @Test
    void readsWhatTheOtherDialectWrote() {
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, a]");
        assertThat(rows("SELECT snapshot_id FROM t$snapshots")).containsExactly("[1]");
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.snapshot-id'='1') */"))
                .containsExactly("[1, a]");
        assertThat(rows("SHOW VIEWS")).isEmpty();
    }

    @Test
    void writesNothingUnlessItIsAllowedTo() {
        assertThatThrownBy(() -> session.run("INSERT INTO t VALUES (2, 'b')"))
                .hasStackTraceContaining("Cannot write to table 'd.t': the service's protocol has no commits")
                .hasStackTraceContaining("'starrocks.allow-filesystem-commit'");
        assertThatThrownBy(() -> session.run("TRUNCATE TABLE t"))
                .hasStackTraceContaining("'starrocks.allow-filesystem-commit'");
        assertThatThrownBy(() -> session.sql("CALL sys.rollback_to(`table` => 'd.t', snapshot_id => 1)"))
                .hasStackTraceContaining("the service's protocol has no");
        assertThat(rows("SELECT * FROM c.d.t")).containsExactly("[1, a]");
    }

    @Test
    void writesWhereItIsAllowedTo() {
        session.useCatalog("w", starRocks(Map.of("starrocks.allow-filesystem-commit", "true")))
                .run("USE d")
                .run("INSERT INTO t VALUES (2, 'b')")
                .run("CREATE TABLE p (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO p VALUES (1, 'x'), (2, 'y')")
                .run("INSERT OVERWRITE p PARTITION (dt='x') VALUES (3)");
        session.run("INSERT INTO c.d.t VALUES (3, 'c')").run("INSERT INTO w.d.t VALUES (4, 'd')");

        assertThat(rows("SELECT * FROM c.d.t ORDER BY id")).containsExactly("[1, a]", "[2, b]", "[3, c]", "[4, d]");
        assertThat(rows("SELECT * FROM s.d.p ORDER BY id")).containsExactly("[2, y]", "[3, x]");
        assertThat(rows("SHOW PARTITIONS p")).containsExactlyInAnyOrder("[dt=x]", "[dt=y]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE VIEW v AS SELECT 1|views",
                "CREATE FUNCTION f AS 'dev.trestle.flink.PlusOne'|functions",
                "CALL sys.create_tag('d.t', 'x', 1)|tags",
                "CALL sys.delete_tag('d.t', 'x')|tags",
                "CALL sys.create_branch('d.t', 'b')|branches",
                "CALL sys.rollback_to(`table` => 'd.t', snapshot_id => 1)|snapshots"
            })
    void refusesByNameWhatTheStandardHasNoResourceForWithoutARequest(String statement, String resource) {
        server.resetCallCounts();

        assertThatThrownBy(() -> session.sql(statement))
                .hasStackTraceContaining("the service's protocol has no " + resource);

        assertThat(server.callCounts()).isEmpty();
    }
}
