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

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewStatementsTest extends CatalogFixture {

    @BeforeEach
    void createTable() {
        session.run("CREATE TABLE t (id INT, name STRING)").run("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    }

    private View storedView(String name) throws Exception {
        return other.getView(Identifier.create("d", name));
    }

    /** A view as another engine makes it. */
    private void createForeignView(String name, String query, Map<String, String> dialects) throws Exception {
        Identifier identifier = Identifier.create("d", name);
        List<DataField> fields = List.of(new DataField(0, "n", DataTypes.INT(), "how many"));
        other.createView(identifier, new ViewImpl(identifier, fields, query, dialects, "theirs", Map.of()), false);
    }

    private long calls() {
        Map<String, Long> counts = new TreeMap<>(server.callCounts());
        counts.remove("resetCallCounts");
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void aViewIsCreatedReadAndDropped() {
        session.run("CREATE VIEW v AS SELECT name, id FROM t WHERE id > 1");
        assertThat(rows("SELECT * FROM v")).containsExactly("[b, 2]");
        assertThat(rows("SELECT v.id, t.name FROM v JOIN t ON v.id = t.id")).containsExactly("[2, b]");
        session.run("DROP VIEW v");
        assertThat(session.column("SHOW VIEWS")).isEmpty();
        assertThatThrownBy(() -> session.sql("SELECT * FROM v")).hasStackTraceContaining("Object 'v' not found");
    }

    @Test
    void theDefinitionIsStoredWithTypesCommentAndDialect() throws Exception {
        session.run("CREATE VIEW v (key_, label) COMMENT 'named' AS SELECT id, CAST(name AS VARCHAR(10)) FROM t");
        View view = storedView("v");
        assertThat(view.dialects()).containsOnlyKeys("flink");
        assertThat(view.query()).isEqualTo(view.dialects().get("flink")).contains("FROM `d`.`t`");
        assertThat(view.comment()).contains("named");
        assertThat(view.rowType().getFieldNames()).containsExactly("key_", "label");
        assertThat(view.rowType().getFieldTypes()).containsExactly(DataTypes.INT(), DataTypes.VARCHAR(10));
        assertThat(rows("DESCRIBE v").get(0)).startsWith("[key_, INT");
    }

    @Test
    void theDefinitionIsShownWithTheSessionsNameOfTheCatalog() {
        session.run("CREATE VIEW v AS SELECT id FROM t WHERE EXTRACT(YEAR FROM CURRENT_TIMESTAMP) > id");
        session.useCatalog("x", options());

        assertThat(rows("SHOW CREATE VIEW c.d.v").get(0)).contains("FROM `c`.`d`.`t`");
        assertThat(rows("SHOW CREATE VIEW x.d.v").get(0)).contains("FROM `x`.`d`.`t`");
        assertThat(rows("SELECT * FROM c.d.v")).isEqualTo(rows("SELECT * FROM x.d.v"));
    }

    @Test
    void tablesAndViewsAreListedTogetherAndViewsApart() {
        session.run("CREATE VIEW v AS SELECT id FROM t");
        assertThat(session.column("SHOW TABLES")).containsExactlyInAnyOrder("t", "v");
        assertThat(session.column("SHOW VIEWS")).containsExactly("v");
    }

    @Test
    void aViewIsReadFromAnotherDatabase() {
        session.run("CREATE VIEW v AS SELECT id FROM t")
                .run("CREATE DATABASE e")
                .run("USE e");
        assertThat(rows("SELECT id FROM d.v ORDER BY id")).containsExactly("[1]", "[2]");
    }

    /** As Flink's own views do, whose query names everything in full. */
    @Test
    void aViewReadsTheTablesThatItsQueryNamedWhenItWasMade() throws Exception {
        session.run("CREATE DATABASE e")
                .run("USE e")
                .run("CREATE TABLE t (id INT, name STRING)")
                .run("INSERT INTO t VALUES (7, 'e')")
                .run("CREATE VIEW d.v AS SELECT id FROM t");
        assertThat(storedView("v").query()).contains("`e`.`t`").doesNotContain("`c`");
        assertThat(rows("SELECT * FROM d.v")).containsExactly("[7]");
        session.run("USE d");
        assertThat(rows("SELECT * FROM v")).containsExactly("[7]");
        session.run("ALTER VIEW v AS SELECT id FROM t WHERE id = 1").run("USE e");
        assertThat(rows("SELECT * FROM d.v")).containsExactly("[1]");

        FlinkSession renamed = FlinkSession.batch().useCatalog("elsewhere", options());
        assertThat(renamed.rows("SELECT * FROM d.v")).containsExactly("[1]");
        renamed.close();
    }

    @Test
    void aViewCallsTheFunctionsOfItsOwnCatalogWhicheverIsCurrent() throws Exception {
        session.run("CREATE FUNCTION f AS '" + Doubled.class.getName() + "'")
                .run("CREATE VIEW v AS SELECT f(id) AS id FROM t");
        assertThat(storedView("v").query()).contains("`d`.`f`").doesNotContain("`c`");

        session.run("USE CATALOG default_catalog");

        assertThat(rows("SELECT * FROM c.d.v ORDER BY id")).containsExactly("[2]", "[4]");
        FlinkSession renamed = FlinkSession.batch().useCatalog("elsewhere", options());
        renamed.run("USE CATALOG default_catalog");
        assertThat(renamed.rows("SELECT * FROM elsewhere.d.v ORDER BY id")).containsExactly("[2]", "[4]");
        renamed.close();
    }

    /** A function of a user's. */
    public static final class Doubled extends ScalarFunction {

        private static final long serialVersionUID = 1L;

        /** Flink calls it by its name. */
        public Integer eval(Integer number) {
            return number * 2;
        }
    }

    @Test
    void aViewIsAskedForAnotherTableByTheSameText() throws Exception {
        createForeignView("v", "SELECT `id` AS `n` FROM `t`", Map.of("flink", "SELECT `id` AS `n` FROM `t`"));
        session.run("CREATE DATABASE e")
                .run("USE e")
                .run("CREATE TABLE t (id INT)")
                .run("INSERT INTO t VALUES (7)")
                .run("ALTER VIEW d.v AS SELECT `id` AS `n` FROM `t`");
        assertThat(rows("SELECT * FROM d.v")).containsExactly("[7]");
    }

    @Test
    void aViewOfAllColumnsKeepsItsOwn() {
        session.run("CREATE VIEW v AS SELECT * FROM t").run("ALTER TABLE t ADD more INT");
        assertThat(rows("SELECT * FROM v ORDER BY id")).containsExactly("[1, a]", "[2, b]");
    }

    @Test
    void aViewOfAViewIsRead() {
        session.run("CREATE VIEW v AS SELECT id FROM t").run("CREATE VIEW w AS SELECT MAX(id) AS m FROM v");
        assertThat(rows("SELECT * FROM w")).containsExactly("[2]");
    }

    @Test
    void aStatementReachesItsOwnKindOnly() {
        session.run("CREATE VIEW v AS SELECT id FROM t");
        assertThatThrownBy(() -> session.run("DROP VIEW t")).hasStackTraceContaining("does not exist");
        assertThatThrownBy(() -> session.run("DROP TABLE v")).hasStackTraceContaining("does not exist");
        assertThatThrownBy(() -> session.run("ALTER VIEW t AS SELECT 1"))
                .hasStackTraceContaining("ALTER VIEW for a table is not allowed");
        assertThatThrownBy(() -> session.run("CREATE TABLE v (id INT)")).hasStackTraceContaining("d.v already exists");
        assertThatThrownBy(() -> session.run("CREATE VIEW t AS SELECT 1 AS n"))
                .hasStackTraceContaining("d.t already exists");
        assertThat(session.column("SHOW TABLES")).containsExactlyInAnyOrder("t", "v");
    }

    @Test
    void ifExistsAndIfNotExistsAreKept() {
        session.run("DROP VIEW IF EXISTS v")
                .run("CREATE VIEW v AS SELECT id FROM t")
                .run("CREATE VIEW IF NOT EXISTS v AS SELECT name FROM t");
        assertThatThrownBy(() -> session.run("CREATE VIEW v AS SELECT name FROM t"))
                .hasStackTraceContaining("already exists");
        assertThat(rows("SELECT * FROM v ORDER BY 1")).containsExactly("[1]", "[2]");
    }

    @Test
    void aViewGetsANewQueryAndOptionsAndName() throws Exception {
        session.run("CREATE VIEW v COMMENT 'kept' AS SELECT id FROM t")
                .run("ALTER VIEW v AS SELECT id + 10 AS id FROM t");
        assertThat(rows("SELECT * FROM v ORDER BY id")).containsExactly("[11]", "[12]");
        var catalog = session.environment().getCatalog("c").orElseThrow();
        ObjectPath path = new ObjectPath("d", "v");
        CatalogView before = (CatalogView) catalog.getTable(path);
        catalog.alterTable(
                path,
                CatalogView.of(
                        before.getUnresolvedSchema(),
                        before.getComment(),
                        before.getOriginalQuery(),
                        before.getExpandedQuery(),
                        Map.of("k", "v")),
                false);
        session.run("ALTER VIEW v RENAME TO w");
        assertThat(session.column("SHOW VIEWS")).containsExactly("w");
        assertThat(rows("SELECT * FROM w ORDER BY id")).containsExactly("[11]", "[12]");
        View view = storedView("w");
        assertThat(view.options()).containsEntry("k", "v");
        assertThat(view.comment()).contains("kept");
        assertThat(view.dialects().get("flink")).contains("10");
    }

    /** The REST API has no {@code ViewChange} for columns. */
    @Test
    void aNewQueryWithOtherColumnsIsRefused() {
        session.run("CREATE VIEW v AS SELECT id FROM t");
        assertThatThrownBy(() -> session.run("ALTER VIEW v AS SELECT id, name FROM t"))
                .hasStackTraceContaining("column 'name' is new")
                .hasStackTraceContaining("DROP VIEW and CREATE VIEW");
        assertThatThrownBy(() -> session.run("ALTER VIEW v AS SELECT name AS id FROM t"))
                .hasStackTraceContaining("column 'id' is INT");
        assertThat(rows("SELECT * FROM v ORDER BY id")).containsExactly("[1]", "[2]");
    }

    @Test
    void aViewFollowsTheTypesOfItsTables() {
        session.run("CREATE VIEW v AS SELECT id FROM t").run("ALTER TABLE t MODIFY id BIGINT");
        session.run("INSERT INTO t VALUES (5000000000, 'c')");
        assertThat(rows("SELECT MAX(id) FROM v")).containsExactly("[5000000000]");
    }

    @Test
    void aViewOfAnotherEngineIsReadWhereItsQueryParses() throws Exception {
        createForeignView("v", "SELECT COUNT(*) AS n FROM t", Map.of("spark", "SELECT count(1) n FROM t"));
        assertThat(session.column("SHOW VIEWS")).containsExactly("v");
        assertThat(rows("SELECT * FROM v")).containsExactly("[2]");
    }

    @Test
    void aViewOfAnotherEngineThatDoesNotParseIsRefusedNamingItsDialects() throws Exception {
        createForeignView("v", "FROM t |> AGGREGATE COUNT(*) n", Map.of("spark", "SELECT 1", "trino", "SELECT 1"));
        assertThat(session.column("SHOW VIEWS")).containsExactly("v");
        assertThat(rows("DESCRIBE v").get(0)).startsWith("[n, INT");
        assertThatThrownBy(() -> session.sql("SELECT * FROM v"))
                .hasStackTraceContaining("View d.v cannot be read: it has no query in the dialect 'flink', only in")
                .hasStackTraceContaining("'spark'")
                .hasStackTraceContaining("'trino'")
                .hasStackTraceContaining("SQL parse failed");
        assertThatThrownBy(() -> session.sql("SHOW CREATE VIEW v"))
                .hasStackTraceContaining("The plain query is: FROM t |> AGGREGATE COUNT(*) n");
        session.run("ALTER VIEW v AS SELECT CAST(7 AS INT) AS n");
        assertThat(rows("SELECT * FROM v")).containsExactly("[7]");
        assertThat(storedView("v").dialects()).containsOnlyKeys("flink", "spark", "trino");
        createForeignView("gone", "FROM t |> AGGREGATE COUNT(*) n", Map.of());
        session.run("DROP VIEW gone");
        assertThat(session.column("SHOW VIEWS")).containsExactly("v");
    }

    @Test
    void whatAnotherClientChangesIsSeen() throws Exception {
        session.run("CREATE VIEW v AS SELECT id FROM t");
        assertThat(rows("SELECT * FROM v ORDER BY id")).containsExactly("[1]", "[2]");
        other.alterView(
                Identifier.create("d", "v"),
                List.of(ViewChange.updateDialect("flink", "SELECT id FROM t WHERE id = 2")),
                false);
        await().untilAsserted(() -> assertThat(rows("SELECT * FROM v")).containsExactly("[2]"));
        other.dropView(Identifier.create("d", "v"), false);
        await().untilAsserted(() -> assertThat(session.column("SHOW TABLES")).containsExactly("t"));
    }

    @Test
    void timeTravelOfAViewIsRefused() {
        session.run("CREATE VIEW v AS SELECT id FROM t");
        assertThatThrownBy(() -> session.sql("SELECT * FROM v FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00'"))
                .hasStackTraceContaining("View d.v keeps no history");
    }

    @Test
    void statementsOnViewsCostFewCalls() {
        Map<String, Integer> budget = new java.util.LinkedHashMap<>();
        budget.put("CREATE VIEW v AS SELECT id FROM t", 2);
        budget.put("SELECT * FROM v", 3);
        budget.put("SHOW VIEWS", 1);
        budget.put("DROP VIEW v", 4);
        session.useCatalog("remembering", remembering()).run("USE d").sql("SELECT id FROM t WHERE id = 1");
        Map<String, Long> best = new TreeMap<>();
        for (int round = 0; round < 3; round++) {
            budget.keySet().forEach(statement -> {
                server.resetCallCounts();
                if (statement.startsWith("S")) {
                    session.sql(statement);
                } else {
                    session.run(statement);
                }
                best.merge(statement, calls(), Math::min);
            });
        }
        budget.forEach((statement, most) ->
                assertThat(best.get(statement)).as("%s of %s", statement, best).isBetween(0L, (long) most));
    }

    @Test
    void aViewIsNotTakenForATableInTheInterface() throws Exception {
        session.run("CREATE VIEW v AS SELECT id FROM t");
        var catalog = session.environment().getCatalog("c").orElseThrow();
        assertThat(catalog.tableExists(new ObjectPath("d", "v"))).isTrue();
        catalog.dropTable(new ObjectPath("d", "v"), false);
        assertThat(catalog.tableExists(new ObjectPath("d", "v"))).isFalse();
        assertThat(catalog.tableExists(new ObjectPath("d", "t"))).isTrue();
    }
}
