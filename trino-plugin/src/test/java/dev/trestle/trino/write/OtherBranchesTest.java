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
package dev.trestle.trino.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import io.trino.Session;
import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to a table that shows the rows of a branch where it has no partition itself. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherBranchesTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        sql = Sql.in(runner, "two_branches");
        create("kept");
    }

    /** Two rows of its own, and one of its branch {@code b}. */
    private void create(String table) throws Exception {
        sql.run("CREATE TABLE " + table + " (id integer, day varchar) WITH (partitioned_by = ARRAY['day'])");
        try (RestCatalog other = runner.otherClient()) {
            other.createBranch(Identifier.create("two_branches", table), "b", null);
        }
        sql.run("INSERT INTO " + table + " VALUES (1, 'd1')");
        sql.run("INSERT INTO " + table + " VALUES (2, 'd1')");
        sql.run("INSERT INTO \"" + table + "$branch_b\" VALUES (8, 'd1'), (9, 'd2')");
        sql.run("ALTER TABLE " + table + " SET PROPERTIES options = MAP(ARRAY['scan.fallback-branch'], ARRAY['b'])");
    }

    private void overwrite(String mode, String statement) {
        runner.trino()
                .execute(
                        Session.builder(runner.trino().getDefaultSession())
                                .setSchema("two_branches")
                                .setCatalogSessionProperty(TrestleQueryRunner.CATALOG, "insert_mode", mode)
                                .build(),
                        statement);
    }

    private List<List<Object>> rows(String table) {
        return sql.rows("SELECT * FROM " + table + " ORDER BY id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM kept",
                "DELETE FROM kept WHERE day = 'd1'",
                "DELETE FROM kept WHERE id = 9",
                "UPDATE kept SET id = 7",
                "MERGE INTO kept USING (VALUES 9) v(id) ON kept.id = v.id WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE kept"
            })
    void aChangeOfRowsIsRefused(String statement) {
        sql.failure(statement)
                .hasMessageContaining("Table two_branches.kept cannot be")
                .hasMessageContaining("rows of branch 'b' too ('scan.fallback-branch')")
                .hasMessageContaining("\"kept$branch_b\"");

        assertThat(rows("kept")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(9, "d2"));
    }

    @Test
    void allRowsAreNotReplaced() {
        assertThatThrownBy(() -> overwrite("OVERWRITE_TABLE", "INSERT INTO kept VALUES (3, 'd3')"))
                .hasMessageContaining("cannot be overwritten as a whole")
                .hasMessageContaining("branch 'b'");

        assertThat(rows("kept")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(9, "d2"));
    }

    @Test
    void rowsAreChangedAsTheRefusalSays() throws Exception {
        create("changed");

        sql.run("UPDATE \"changed$branch_b\" SET id = 10 WHERE id = 9");
        assertThat(rows("changed")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(10, "d2"));

        sql.run("ALTER TABLE changed SET PROPERTIES options = MAP(ARRAY['scan.fallback-branch'], ARRAY[NULL])");
        sql.run("DELETE FROM changed WHERE id = 1");
        assertThat(rows("changed")).containsExactly(List.of(2, "d1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CALL lake.system.drop_branch('two_branches', 'kept', 'b')", "DROP BRANCH b IN TABLE kept"})
    void theBranchIsNotDropped(String statement) {
        sql.failure(statement)
                .hasMessageContaining("Branch 'b' of table two_branches.kept cannot be dropped")
                .hasMessageContaining("'scan.fallback-branch'");

        assertThat(rows("kept")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(9, "d2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expire_snapshots(schema_name => 'two_branches', table_name => 'kept', retain_max => 1, retain_min =>"
                        + " 1)",
                "remove_orphan_files('two_branches', 'kept')",
                "mark_partition_done('two_branches', 'kept', ARRAY['day=d1'])"
            })
    void aProcedureThatLeavesRowsAsTheyAreIsRun(String call) {
        sql.run("CALL lake.system." + call);

        assertThat(rows("kept")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(9, "d2"));
        assertThat(rows("\"kept$branch_b\"")).containsExactly(List.of(8, "d1"), List.of(9, "d2"));
    }

    @Test
    void aRollbackTakesBackWhatTheTableItselfWasGiven() throws Exception {
        create("rolled");
        sql.run("INSERT INTO rolled VALUES (11, 'd2')");
        assertThat(rows("rolled")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(11, "d2"));

        sql.run("CALL lake.system.rollback_to_snapshot('two_branches', 'rolled', 2)");

        assertThat(rows("rolled")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(9, "d2"));
    }

    @Test
    void partitionsAreReplacedAndFilesMerged() throws Exception {
        create("filled");

        overwrite("OVERWRITE_PARTITIONS", "INSERT INTO filled VALUES (11, 'd2')");
        sql.run("ALTER TABLE filled EXECUTE optimize");

        assertThat(rows("filled")).containsExactly(List.of(1, "d1"), List.of(2, "d1"), List.of(11, "d2"));
    }
}
