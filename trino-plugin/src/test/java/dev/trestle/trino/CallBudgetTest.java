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

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The REST calls of a statement, of a catalog that remembers nothing from one statement to the next. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CallBudgetTest {

    private static final String CATALOG = "counted";
    private static final String REMEMBERING = "remembering";

    private Sql sql;

    @BeforeAll
    void openSchema(TrestleQueryRunner runner) {
        Map<String, String> catalog = TrestleQueryRunner.catalogProperties(runner.server());
        catalog.put("trestle.metadata-cache.expire-after", "0 s");
        runner.trino().createCatalog(CATALOG, TrestleConnectorFactory.NAME, catalog);
        catalog.put("trestle.metadata-cache.expire-after", "10 min");
        runner.trino().createCatalog(REMEMBERING, TrestleConnectorFactory.NAME, catalog);
        sql = Sql.in(runner, CATALOG, "budget");
        sql.run("CREATE TABLE there (a integer, r row(x integer)) WITH (bucket = -1)");
        sql.run("CREATE TABLE other (a integer)");
        sql.run("CREATE VIEW seen AS SELECT 1 AS x");
    }

    private void budget(long most, String statement) {
        Map<String, Long> calls = sql.calls(statement);
        assertThat(calls.values().stream().mapToLong(Long::longValue).sum())
                .as("%s: %s", statement, calls)
                .isLessThanOrEqualTo(most);
    }

    @Test
    void aSelectAsksForTheTableAndItsSnapshot() {
        budget(2, "SELECT * FROM there");
        budget(4, "SELECT * FROM there JOIN other ON there.a = other.a");
        budget(2, "SELECT x.a FROM there x JOIN there y ON x.a = y.a");
        budget(2, "SELECT * FROM seen");
        budget(2, "DESCRIBE there");
        budget(1, "SHOW CREATE TABLE there");
    }

    @Test
    void aSelectFromTablesWithRowsAsksNoMore() {
        sql.run("CREATE TABLE filled (a integer, b varchar)");
        sql.run("INSERT INTO filled VALUES (1, 'x'), (2, 'y')");
        sql.run("CREATE TABLE filled_too (a integer, b varchar)");
        sql.run("INSERT INTO filled_too VALUES (2, 'y')");
        sql.run("ANALYZE filled_too");

        budget(2, "SELECT * FROM filled WHERE a = 1");
        budget(2, "SELECT count(*), max(a) FROM filled");
        budget(4, "SELECT * FROM filled JOIN filled_too ON filled.a = filled_too.a");
        budget(4, "SELECT * FROM filled WHERE a = (SELECT max(a) FROM filled_too) OR a IN (SELECT a FROM filled)");
        budget(4, "INSERT INTO filled SELECT * FROM filled_too WHERE a < 0");
    }

    @Test
    void aChangeOfATableAsksForItAndChangesIt() {
        budget(2, "ALTER TABLE there ADD COLUMN b integer");
        budget(2, "ALTER TABLE there RENAME COLUMN b TO c");
        budget(2, "ALTER TABLE there ALTER COLUMN c SET DATA TYPE bigint");
        budget(2, "ALTER TABLE there ALTER COLUMN c SET DEFAULT 1");
        budget(2, "ALTER TABLE there DROP COLUMN c");
        budget(2, "ALTER TABLE there ADD COLUMN r.y integer");
        budget(2, "ALTER TABLE there SET PROPERTIES options = MAP(ARRAY['snapshot.num-retained.min'], ARRAY['2'])");
        budget(2, "COMMENT ON TABLE there IS 'x'");
        budget(2, "COMMENT ON COLUMN there.a IS 'x'");
    }

    @Test
    void aNewNameIsLookedForInAnyCase() {
        budget(3, "CREATE TABLE made (a integer)");
        budget(1, "CREATE TABLE IF NOT EXISTS made (a integer)");
        // The new name must be free, of tables and views, in any case.
        budget(6, "ALTER TABLE made RENAME TO renamed");
        budget(2, "DROP TABLE renamed");
        budget(5, "CREATE VIEW new_view AS SELECT 1 AS x");
        budget(4, "CREATE OR REPLACE VIEW new_view AS SELECT 2 AS x");
        budget(3, "DROP VIEW new_view");
    }

    @Test
    void schemas() {
        budget(3, "CREATE SCHEMA budget_new");
        budget(1, "SHOW CREATE SCHEMA budget_new");
        budget(7, "DROP SCHEMA budget_new");
    }

    @Test
    void aTableThatIsRememberedIsAskedForItsSnapshotAlone() {
        sql.run("CREATE TABLE remembered (a integer)");
        String select = "SELECT * FROM remembering.budget.remembered";
        sql.run(select);

        budget(1, select);
    }
}
