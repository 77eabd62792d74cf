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

import static io.trino.testing.TransactionBuilder.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.Session;
import io.trino.testing.QueryRunner;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation says is left out: it is refused, with words that say why, and changes nothing. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeftOutTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void createTables(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(shared, "left_out");
        sql.run("CREATE TABLE plain AS SELECT 1 AS id, 'tea' AS item");
        sql.run("CREATE TABLE files (id integer, item varchar) WITH (options = MAP(ARRAY['type', 'file.format'],"
                + " ARRAY['format-table', 'csv']))");
        sql.run("CREATE TABLE postponed (id integer, item varchar) WITH (primary_key = ARRAY['id'], bucket = -2)");
        sql.run("CREATE TABLE tracked (id integer, item varchar) WITH (row_tracking_enabled = true)");
        sql.run("INSERT INTO tracked VALUES (1, 'tea')");
        sql.run("CREATE TABLE evolving (id integer, item varchar) WITH (row_tracking_enabled = true,"
                + " options = MAP(ARRAY['data-evolution.enabled'], ARRAY['true']))");
        sql.run("INSERT INTO evolving VALUES (1, 'tea')");
        sql.run("CREATE TABLE kinds (id integer, item varchar, kind varchar) WITH (primary_key = ARRAY['id'], bucket ="
                + " 1, options = MAP(ARRAY['rowkind.field'], ARRAY['kind']))");
        sql.run("CREATE TABLE lasting (id integer, item varchar) WITH (primary_key = ARRAY['id'], bucket = 1,"
                + " options = MAP(ARRAY['ignore-delete'], ARRAY['true']))");
        sql.run("CREATE TABLE crossing (id integer, item varchar) WITH (primary_key = ARRAY['id'],"
                + " partitioned_by = ARRAY['item'])");
    }

    // Statements

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER SCHEMA left_out RENAME TO renamed|does not support renaming schemas",
                "CREATE MATERIALIZED VIEW stored AS SELECT 1 AS x|does not support creating materialized views",
                "GRANT SELECT ON plain TO bob|does not support grants",
                "REVOKE SELECT ON plain FROM bob|does not support revokes",
                "CREATE ROLE buyers IN lake|does not support roles",
                "SELECT * FROM TABLE(lake.system.query(query => 'SELECT 1'))|not registered",
                "ALTER TABLE plain EXECUTE optimize WHERE id = 1|WHERE not supported",
            })
    void aStatementThatTheServiceHasNoCallForIsRefused(String statement, String words) {
        sql.failure(statement).hasMessageContaining(words);
    }

    @Test
    void aStatementThatWritesIsRefusedInATransactionOfSeveral() {
        QueryRunner trino = runner.trino();

        assertThatThrownBy(() -> transaction(
                                trino.getTransactionManager(),
                                trino.getPlannerContext().getMetadata(),
                                trino.getAccessControl())
                        .execute(trino.getDefaultSession(), session -> {
                            trino.execute(session, "INSERT INTO left_out.plain VALUES (2, 'salt')");
                            trino.execute(session, "INSERT INTO left_out.plain VALUES (3, 'rice')");
                        }))
                .hasMessageContaining("only supports writes using autocommit");

        assertThat(sql.value("SELECT count(*) FROM plain")).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO left_out.plain VALUES (2, 'salt')",
                "CREATE TABLE left_out.retried AS SELECT 1 AS id",
                "UPDATE left_out.plain SET item = 'salt' WHERE id = 1",
                "MERGE INTO left_out.plain USING (VALUES 1) v(i) ON id = i WHEN MATCHED THEN DELETE",
            })
    void aStatementThatWritesIsRefusedWithRetries(String statement) {
        Session retrying = Session.builder(runner.trino().getDefaultSession())
                .setSystemProperty("retry_policy", "QUERY")
                .build();

        assertThatThrownBy(() -> runner.trino().execute(retrying, statement))
                .hasMessageContaining("cannot be written with task or query retries: set retry_policy to NONE");

        assertThat(runner.trino()
                        .execute(retrying, "SELECT item FROM left_out.plain")
                        .getOnlyValue())
                .isEqualTo("tea");
        assertThat(sql.rows("SHOW TABLES LIKE 'retried'")).isEmpty();
    }

    // Tables

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO files VALUES (1, 'tea')|files Paimon does not manage",
                "UPDATE files SET item = 'x'|files Paimon does not manage",
                "MERGE INTO files USING (VALUES 1) v(i) ON id = i WHEN MATCHED THEN DELETE|files Paimon does not"
                        + " manage",
                "DELETE FROM files|files Paimon does not manage",
                "TRUNCATE TABLE files|has no snapshots",
                "ANALYZE files|keeps plain files",
                "ALTER TABLE files EXECUTE optimize|files Paimon does not manage",
                "CALL lake.system.create_tag('left_out', 'files', 't')|keeps plain files",
                "SELECT * FROM TABLE(lake.system.table_changes(schema_name => 'left_out', table_name => 'files',"
                        + " start_snapshot_id => 0))|has no snapshots",
                "INSERT INTO postponed VALUES (1, 'tea')|its buckets are postponed",
                "DELETE FROM postponed WHERE id = 1|its buckets are postponed",
                "ALTER TABLE postponed EXECUTE optimize|its buckets are postponed",
                "INSERT INTO crossing VALUES (1, 'tea')|leaves out partition keys [item]",
                "UPDATE crossing SET item = 'x'|leaves out partition keys [item]",
                "UPDATE tracked SET item = 'x'|its rows have ids",
                "DELETE FROM tracked WHERE id = 1|its rows have ids",
                "MERGE INTO tracked USING (VALUES 1) v(i) ON id = i WHEN MATCHED THEN DELETE|its rows have ids",
                "DELETE FROM evolving WHERE id = 1|data-evolution table",
                "ALTER TABLE evolving EXECUTE optimize|data-evolution table",
                "UPDATE kinds SET item = 'x'|(rowkind.field) says what becomes of a row",
                "DELETE FROM kinds WHERE id = 1|(rowkind.field) says what becomes of a row",
                "DELETE FROM lasting WHERE id = 1|set to ignore deletes (ignore-delete)",
                "MERGE INTO lasting USING (VALUES 1) v(i) ON id = i WHEN MATCHED THEN DELETE|set to ignore deletes",
            })
    void aTableThatPaimonHasNoWriterForIsNotChanged(String statement, String words) {
        sql.failure(statement).hasMessageContaining(words);

        assertThat(sql.rows("SELECT item FROM tracked")).containsExactly(List.of("tea"));
        assertThat(sql.rows("SELECT item FROM evolving")).containsExactly(List.of("tea"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO \"plain$options\" VALUES ('a', 'b')|written",
                "DELETE FROM \"plain$options\"|written",
                "UPDATE \"plain$options\" SET value = 'x'|written",
                "MERGE INTO \"plain$options\" USING (VALUES 'a') v(i) ON key = i WHEN MATCHED THEN DELETE|written",
                "TRUNCATE TABLE \"plain$options\"|truncated",
                "ALTER TABLE \"plain$options\" EXECUTE optimize|written",
                "ALTER TABLE \"plain$options\" ADD COLUMN more integer|altered",
                "CREATE OR REPLACE TABLE \"plain$options\" AS SELECT 1 AS id|replaced",
                "CREATE OR REPLACE TABLE \"plain$options\" (id integer)|replaced",
            })
    void aSystemTableIsNotChanged(String statement, String what) {
        sql.failure(statement)
                .hasMessageContaining("Table left_out.plain$options tells of another table and cannot be " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(id integer)", "AS SELECT 1 AS id"})
    void aBranchIsNotReplaced(String as) {
        sql.run("CALL lake.system.create_branch('left_out', 'plain', 'b')");
        try {
            sql.failure("CREATE OR REPLACE TABLE \"plain$branch_b\" " + as)
                    .hasMessageContaining("Table left_out.plain$branch_b is a branch, and cannot be replaced")
                    .hasMessageContaining("system.drop_branch");
        } finally {
            sql.run("CALL lake.system.drop_branch('left_out', 'plain', 'b')");
        }
    }

    /** They are in the service, made by others. */
    @ParameterizedTest
    @ValueSource(strings = {"iceberg-table", "lance-table", "object-table"})
    void aTableOfAnotherSystemIsListedAndDescribedAndRefusedByItsTypeOnUse(String type) throws Exception {
        String table = type.replace('-', '_');
        sql.run("CREATE TABLE " + table + " (id integer) WITH (options = MAP(ARRAY['type', 'file.format'],"
                + " ARRAY['format-table', 'csv']))");
        becomes(table, type);

        assertThat(sql.rows("SHOW TABLES")).contains(List.of(table));
        sql.failure("SELECT * FROM " + table).hasMessageContaining(type);
        assertThat(sql.rows("DESCRIBE " + table)).isNotEmpty();
        sql.failure("INSERT INTO " + table + " VALUES 1").hasMessageContaining("cannot be written by Trino");
        assertThat(sql.rows("SELECT table_name FROM information_schema.columns WHERE table_schema = 'left_out'"))
                .contains(List.of("plain"));
        sql.run("DROP TABLE " + table);
    }

    /** In the server's own database: it makes no such table itself. */
    private void becomes(String table, String type) throws Exception {
        String warehouse = runner.server().server().warehouse().replaceFirst("^file:", "");
        try (Connection database = DriverManager.getConnection(
                        "jdbc:sqlite:" + warehouse + "/trestle-catalog.db?busy_timeout=30000");
                PreparedStatement change =
                        database.prepareStatement("UPDATE table_schemas SET schema = replace(schema, 'format-table', ?)"
                                + " WHERE table_id IN (SELECT id FROM tables WHERE name = ?)")) {
            change.setString(1, type);
            change.setString(2, table);
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }
}
