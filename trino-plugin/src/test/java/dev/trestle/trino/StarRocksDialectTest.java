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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SQL in catalogs of the StarRocks dialect, beside {@code lake} of the Paimon dialect on the same server: what the standard has a
 * resource for is done, what it has not is refused by name, and the rows are the same.
 */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StarRocksDialectTest {

    private static final String REFUSAL = "the service's protocol has no commits";
    private static final String OPTION = "'trestle.starrocks.allow-filesystem-commit'";

    private TrestleQueryRunner runner;

    @BeforeAll
    void openCatalogs(TrestleQueryRunner shared) {
        runner = shared;
        Map<String, String> reading = new HashMap<>(TrestleQueryRunner.catalogProperties(runner.server()));
        reading.put("trestle.protocol", "starrocks");
        reading.put("trestle.warehouse", runner.server().server().catalogName());
        runner.trino().createCatalog("standard", TrestleConnectorFactory.NAME, reading);
        Map<String, String> writing = new HashMap<>(reading);
        writing.put("trestle.starrocks.allow-filesystem-commit", "true");
        runner.trino().createCatalog("standard_written", TrestleConnectorFactory.NAME, writing);
        run("CREATE SCHEMA lake.dialect");
        run("CREATE TABLE lake.dialect.t (id integer, v varchar)");
        run("INSERT INTO lake.dialect.t VALUES (1, 'a')");
    }

    private List<List<Object>> rows(String sql) {
        return runner.trino().execute(sql).getMaterializedRows().stream()
                .map(row -> row.getFields())
                .toList();
    }

    private List<Object> column(String sql) {
        return rows(sql).stream().map(List::getFirst).toList();
    }

    private void run(String sql) {
        runner.trino().execute(sql);
    }

    @Test
    void schemasAndTablesAreDefinedAndListed() {
        run("CREATE SCHEMA standard.made WITH (options = MAP(ARRAY['k'], ARRAY['v']))");
        run("""
            CREATE TABLE standard.made.x (
                id integer NOT NULL, amount decimal(10, 2) COMMENT 'net', tags array(varchar), day varchar NOT NULL)
            WITH (primary_key = ARRAY['id', 'day'], partitioned_by = ARRAY['day'], bucket = 1)\
            """);
        run("ALTER TABLE standard.made.x ADD COLUMN note row(a integer, b varchar)");
        run("ALTER TABLE standard.made.x RENAME COLUMN amount TO total");
        run("ALTER TABLE standard.made.x RENAME TO standard.made.y");

        assertThat(column("SHOW SCHEMAS FROM standard")).contains("dialect", "made");
        assertThat(column("SHOW TABLES FROM standard.made")).containsExactly("y");
        assertThat(column("DESCRIBE standard.made.y")).containsExactly("id", "total", "tags", "day", "note");
        assertThat(column("SELECT column_name FROM standard.information_schema.columns WHERE table_schema = 'made'"))
                .containsExactlyInAnyOrder("id", "total", "tags", "day", "note");
        assertThat(((String) column("SHOW CREATE TABLE standard.made.y").getFirst()).replace("standard.", "lake."))
                .isEqualTo(column("SHOW CREATE TABLE lake.made.y").getFirst());

        run("DROP TABLE standard.made.y");
        run("DROP SCHEMA standard.made");
        assertThat(column("SHOW SCHEMAS FROM lake")).doesNotContain("made");
    }

    @Test
    void whatTheOtherDialectWroteIsRead() {
        run("CREATE TABLE lake.dialect.keyed (id integer NOT NULL, v varchar) WITH (primary_key = ARRAY['id'],"
                + " bucket = 1)");
        run("INSERT INTO lake.dialect.keyed VALUES (1, 'a'), (2, 'b')");
        run("INSERT INTO lake.dialect.keyed VALUES (2, 'c')");

        assertThat(rows("SELECT * FROM standard.dialect.keyed ORDER BY id"))
                .containsExactly(List.of(1, "a"), List.of(2, "c"));
        assertThat(rows("SELECT * FROM standard.dialect.keyed FOR VERSION AS OF 1 WHERE id = 2"))
                .containsExactly(List.of(2, "b"));
        assertThat(column("SELECT count(*) FROM standard.dialect.\"keyed$files\""))
                .containsExactly(2L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO standard.dialect.unwritten VALUES (2, 'b')",
                "DELETE FROM standard.dialect.unwritten WHERE id = 1",
                "UPDATE standard.dialect.unwritten SET v = 'c'",
                "TRUNCATE TABLE standard.dialect.unwritten",
                "ANALYZE standard.dialect.unwritten",
                "ALTER TABLE standard.dialect.unwritten EXECUTE optimize",
                "CREATE TABLE standard.dialect.copied AS SELECT 1 AS x",
                "CALL standard.system.expire_snapshots(schema_name => 'dialect', table_name => 'unwritten', retain_max"
                        + " => 1)",
                "CALL standard.system.remove_orphan_files(schema_name => 'dialect', table_name => 'unwritten')",
            })
    void writingIsRefusedUnlessItIsAllowed(String statement) throws Exception {
        run("CREATE TABLE IF NOT EXISTS lake.dialect.unwritten (id integer NOT NULL, v varchar)"
                + " WITH (primary_key = ARRAY['id'], bucket = 1)");
        List<Path> before = filesOf("unwritten");

        assertThatThrownBy(() -> run(statement)).hasMessageContaining(REFUSAL).hasMessageContaining(OPTION);

        assertThat(filesOf("unwritten")).isEqualTo(before);
        assertThat(column("SHOW TABLES FROM lake.dialect")).doesNotContain("copied");
    }

    @Test
    void writingCommitsInTheFilesWhereItIsAllowed() {
        run("CREATE TABLE standard_written.dialect.written AS SELECT 1 AS id, 'x' AS v");
        run("INSERT INTO standard_written.dialect.written VALUES (2, 'y'), (3, 'z')");
        run("INSERT INTO lake.dialect.written VALUES (4, 'w')");
        run("DELETE FROM standard_written.dialect.written WHERE id = 2");

        assertThat(rows("SELECT * FROM lake.dialect.written ORDER BY id"))
                .containsExactly(List.of(1, "x"), List.of(3, "z"), List.of(4, "w"));
        assertThat(rows("SELECT * FROM standard.dialect.written ORDER BY id"))
                .containsExactly(List.of(1, "x"), List.of(3, "z"), List.of(4, "w"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE FUNCTION standard.dialect.f() RETURNS integer RETURN 1|functions",
                "CALL standard.system.create_tag(schema_name => 'dialect', table_name => 't', tag => 'x')|tags",
                "CALL standard.system.delete_tag(schema_name => 'dialect', table_name => 't', tag => 'x')|tags",
                "CALL standard.system.create_branch(schema_name => 'dialect', table_name => 't', branch =>"
                        + " 'b')|branches",
                "CALL standard.system.rollback_to_snapshot(schema_name => 'dialect', table_name => 't', snapshot_id =>"
                        + " 1)|snapshots",
            })
    void whatTheStandardHasNoResourceForIsRefusedByNameWithoutARequest(String statement, String resource) {
        runner.server().server().resetCallCounts();

        assertThatThrownBy(() -> run(statement)).hasMessageContaining("the service's protocol has no " + resource);

        assertThat(runner.server().server().callCounts()).isEmpty();
    }

    /** Trino asks first what there is of the name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE VIEW standard.dialect.v AS SELECT 1 AS x|views",
                "CREATE BRANCH b IN TABLE standard.dialect.t|branches",
            })
    void aStatementThatTheStandardHasNoResourceForChangesNothing(String statement, String resource) {
        runner.server().server().resetCallCounts();

        assertThatThrownBy(() -> run(statement)).hasMessageContaining("the service's protocol has no " + resource);

        assertThat(runner.server().server().callCounts().keySet()).isSubsetOf("getTable", "listTables");
    }

    private List<Path> filesOf(String table) throws Exception {
        try (var client = runner.otherClient()) {
            FileStoreTable stored = (FileStoreTable) client.getTable(Identifier.create("dialect", table));
            try (Stream<Path> files =
                    Files.walk(Path.of(stored.location().toUri().getPath()))) {
                return files.sorted().toList();
            }
        }
    }
}
