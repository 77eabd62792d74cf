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

import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that show the rows of a branch where they have no partition themselves. */
class OtherBranchesTest extends SharedCatalogFixture {

    @BeforeAll
    void createKept() throws Exception {
        create("kept", "");
        create("keyed", " TBLPROPERTIES ('primary-key'='id,day', 'bucket'='1')");
    }

    /** Two rows of its own, and one of its branch {@code b}. */
    private void create(String table, String properties) throws Exception {
        run("CREATE TABLE " + table + " (id INT NOT NULL, day STRING NOT NULL) PARTITIONED BY (day)" + properties);
        other.createBranch(Identifier.create("d", table), "b", null);
        run("INSERT INTO " + table + " VALUES (1, 'd1'), (2, 'd1')");
        run("INSERT INTO `" + table + "$branch_b` VALUES (8, 'd1'), (9, 'd2')");
        run("ALTER TABLE " + table + " SET TBLPROPERTIES ('scan.fallback-branch'='b')");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM kept",
                "DELETE FROM kept WHERE day = 'd1'",
                "DELETE FROM kept WHERE id = 9",
                "UPDATE kept SET id = 7 WHERE id = 9",
                "MERGE INTO kept USING (SELECT 9 AS v) ON id = v WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE kept",
                "TRUNCATE TABLE kept PARTITION (day = 'd1')",
                "ALTER TABLE kept DROP PARTITION (day = 'd2')",
                "INSERT OVERWRITE kept VALUES (3, 'd3')"
            })
    void aChangeOfRowsIsRefused(String statement) {
        for (String table : List.of("kept", "keyed")) {
            assertThatThrownBy(() -> run(statement.replace("kept", table)))
                    .hasStackTraceContaining("Table d." + table + " cannot be")
                    .hasStackTraceContaining("rows of branch 'b' too ('scan.fallback-branch')")
                    .hasStackTraceContaining("`" + table + "$branch_b`");

            assertThat(rows("SELECT * FROM " + table + " ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[9,d2]");
        }
    }

    @Test
    void rowsAreChangedAsTheRefusalSays() throws Exception {
        create("changed", "");

        run("UPDATE `changed$branch_b` SET id = 10 WHERE id = 9");
        assertThat(rows("SELECT * FROM changed ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[10,d2]");

        run("ALTER TABLE changed UNSET TBLPROPERTIES ('scan.fallback-branch')").run("DELETE FROM changed WHERE id = 1");
        assertThat(rows("SELECT * FROM changed")).containsExactly("[2,d1]");
    }

    @Test
    void rowsAreAddedAndPartitionsReplaced() throws Exception {
        create("filled", "");

        run("INSERT INTO filled VALUES (12, 'd3')").run("INSERT OVERWRITE filled PARTITION (day = 'd2') VALUES (11)");

        assertThat(rows("SELECT * FROM filled ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[11,d2]", "[12,d3]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compact(table => 'kept')",
                "expire_snapshots(table => 'kept', retain_max => 1, retain_min => 1)",
                "mark_partition_done(table => 'kept', partitions => 'day=d1')",
                "remove_orphan_files(table => 'kept', older_than => '9999-01-01')"
            })
    void aProcedureThatLeavesRowsAsTheyAreIsRun(String call) {
        for (String table : List.of("kept", "keyed")) {
            run("CALL sys." + call.replace("kept", table));

            assertThat(rows("SELECT * FROM " + table + " ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[9,d2]");
            assertThat(rows("SELECT * FROM `" + table + "$branch_b` ORDER BY id"))
                    .containsExactly("[8,d1]", "[9,d2]");
        }
    }

    @Test
    void aRollbackTakesBackWhatTheTableItselfWasGiven() throws Exception {
        create("rolled", "");
        run("INSERT INTO rolled VALUES (11, 'd2')");
        assertThat(rows("SELECT * FROM rolled ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[11,d2]");

        run("CALL sys.rollback(table => 'rolled', snapshot => 1)");

        assertThat(rows("SELECT * FROM rolled ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[9,d2]");
    }

    @Test
    void theBranchIsNotDropped() {
        assertThatThrownBy(() -> run("CALL sys.delete_branch(table => 'kept', branch => 'b')"))
                .hasStackTraceContaining("Branch 'b' of table d.kept cannot be dropped")
                .hasStackTraceContaining("'scan.fallback-branch'");

        assertThat(rows("SELECT * FROM kept ORDER BY id")).containsExactly("[1,d1]", "[2,d1]", "[9,d2]");
    }

    @Test
    void rowsOfTheBranchAreAnalyzedWithTheTablesOwn() throws Exception {
        create("analyzed", "");
        run("INSERT INTO `analyzed$branch_b` VALUES (10, 'd2')");

        assertThat(session.column("CALL sys.analyze(table => 'analyzed', columns => 'id')"))
                .containsExactly("1");

        Statistics kept = stored("analyzed").statistics().orElseThrow();
        assertThat(kept.mergedRecordCount()).hasValue(4);
        assertThat(kept.colStats().get("id").max().map(Object::toString)).hasValue("10");
        assertThat(stored("analyzed$branch_b").statistics()).isEmpty();
    }

    @Test
    void filesOfTheBranchAreReadByItsSchemas() throws Exception {
        run("CREATE TABLE fallen (id INT, text STRING, day STRING) PARTITIONED BY (day)");
        other.createBranch(Identifier.create("d", "fallen"), "b", null);
        Identifier branch = new Identifier("d", "fallen", "b");
        other.alterTable(branch, List.of(SchemaChange.addColumn("more", DataTypes.INT())), false);
        other.alterTable(branch, List.of(SchemaChange.dropColumn("more")), false);
        other.alterTable(branch, List.of(SchemaChange.updateComment("of the branch")), false);
        run("INSERT INTO fallen VALUES (1, 'a', 'd1')")
                .run("INSERT INTO `fallen$branch_b` VALUES (8, 'hidden', 'd1'), (9, 'b', 'd2')")
                .run("INSERT INTO `fallen$branch_b` VALUES (10, 'c', 'd2')")
                .run("ALTER TABLE fallen SET TBLPROPERTIES ('scan.fallback-branch'='b')");

        assertThat(rows("SELECT * FROM fallen ORDER BY id")).containsExactly("[1,a,d1]", "[9,b,d2]", "[10,c,d2]");
        assertThat(rows("SELECT count(*) FROM fallen")).containsExactly("[3]");
        assertThat(rows("SELECT count(text), max(id) FROM fallen")).containsExactly("[3,10]");
        assertThat(rows("SELECT id FROM fallen ORDER BY id DESC LIMIT 1")).containsExactly("[10]");
    }
}
