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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that show the rows of a branch where they have no partition themselves. */
class OtherBranchesTest extends CatalogFixture {

    private static final String STATIC = "'dynamic-partition-overwrite'='false'";
    private static final String DYNAMIC = "'dynamic-partition-overwrite'='true'";

    /** Two rows of its own, and one of its branch {@code b}, which has another that they hide. */
    private void makeTable(String option) {
        session.run("CREATE TABLE t (id INT, v STRING, dt STRING, PRIMARY KEY (id, dt) NOT ENFORCED)"
                + " PARTITIONED BY (dt) WITH ('bucket'='1', " + option + ")");
        fill("(1, 'm', 'x'), (2, 'm', 'x')", "(8, 'b', 'x'), (9, 'b', 'y')");
    }

    private void fill(String own, String ofBranch) {
        session.sql("CALL sys.create_branch('d.t', 'b')");
        session.run("INSERT INTO t VALUES " + own)
                .run("INSERT INTO t$branch_b VALUES " + ofBranch)
                .run("ALTER TABLE t SET ('scan.fallback-branch'='b')");
    }

    private void assertRefused(String statement) {
        assertThatThrownBy(() -> session.run(statement))
                .hasStackTraceContaining("Table d.t cannot be")
                .hasStackTraceContaining("rows of branch 'b' too ('scan.fallback-branch')")
                .hasStackTraceContaining("`t$branch_b`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM t",
                "DELETE FROM t WHERE dt = 'x'",
                "DELETE FROM t WHERE id = 9",
                "UPDATE t SET v = 'n' WHERE id = 9",
                "TRUNCATE TABLE t",
                "ALTER TABLE t DROP PARTITION (dt='x')",
                "ALTER TABLE t DROP IF EXISTS PARTITION (dt='y')",
                "INSERT OVERWRITE t VALUES (3, 'n', 'z')",
                "CALL sys.drop_partition('d.t', 'dt=x')",
                "CALL sys.drop_partition('d.t', 'dt=y')",
                "CALL sys.expire_partitions(`table` => 'd.t', expiration_time => '1 d', timestamp_formatter => 'x')",
                "CALL sys.merge_into(target_table => 'd.t', source_table => 'd.t$branch_b', merge_condition =>"
                        + " 't.id = `t$branch_b`.id', matched_delete_condition => 'TRUE')",
                "CALL sys.data_evolution_merge_into('d.t', 'T', '', 'd.s', 'T.id = s.id', 'v = s.v', 1)",
                "CALL sys.rescale(`table` => 'd.t', bucket_num => 2)",
                "CALL sys.purge_files('d.t')",
                "CALL sys.remove_unexisting_files('d.t', false, 1)",
                "CALL sys.compact(`table` => 'd.t', order_strategy => 'order', order_by => 'id')"
            })
    void aChangeOfRowsIsRefused(String statement) {
        makeTable(STATIC);

        assertRefused(statement);

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[9, b, y]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compact('d.t')",
                "remove_unexisting_files('d.t', true, 1)",
                "compact_database(including_databases => 'd')",
                "compact_manifest('d.t')",
                "expire_changelogs(`table` => 'd.t', retain_max => 1, retain_min => 1)",
                "expire_snapshots(`table` => 'd.t', retain_max => 1, retain_min => 1)",
                "mark_partition_done('d.t', 'dt=x')",
                "rewrite_file_index('d.t')"
            })
    void aProcedureThatLeavesRowsAsTheyAreIsRun(String call) {
        makeTable(STATIC);
        session.run("INSERT INTO t VALUES (3, 'm', 'x')")
                .run("ALTER TABLE t SET ('file-index.bloom-filter.columns'='v')");

        session.sql("CALL sys." + call);

        assertThat(rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("[1, m, x]", "[2, m, x]", "[3, m, x]", "[9, b, y]");
        assertThat(rows("SELECT * FROM `t$branch_b` ORDER BY id")).containsExactly("[8, b, x]", "[9, b, y]");
    }

    @Test
    void filesMergedByTheTableAreThoseOfItsOwnBranch() {
        makeTable(STATIC);
        session.run("INSERT INTO t VALUES (3, 'm', 'x')").sql("CALL sys.compact('d.t')");

        session.run("ALTER TABLE t RESET ('scan.fallback-branch')");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[3, m, x]");
    }

    @Test
    void aRollbackTakesBackWhatTheTableItselfWasGiven() {
        makeTable(STATIC);
        session.run("INSERT INTO t VALUES (11, 'n', 'y')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[11, n, y]");

        session.sql("CALL sys.rollback_to(`table` => 'd.t', snapshot_id => 1)");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[9, b, y]");
    }

    @Test
    void aTableWithSuchASourceIsMergedInto() {
        makeTable(STATIC);
        session.run("CREATE TABLE u (id INT, v STRING, dt STRING, PRIMARY KEY (id, dt) NOT ENFORCED)"
                        + " PARTITIONED BY (dt) WITH ('bucket'='1')")
                .run("INSERT INTO u VALUES (9, 'u', 'y')");

        session.sql(
                "CALL sys.merge_into(target_table => 'd.u', source_table => 'd.t', merge_condition => 'u.id = t.id',"
                        + " matched_upsert_setting => 'v = t.v', not_matched_insert_values => '*')");

        assertThat(rows("SELECT * FROM u ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[9, b, y]");
    }

    @Test
    void partitionsThatShareAValueAreNotReplacedTogether() {
        session.run("CREATE TABLE t (id INT, dt STRING, hr INT) PARTITIONED BY (dt, hr) WITH (" + STATIC + ")");
        fill("(1, 'x', 1)", "(8, 'x', 1), (9, 'x', 2)");

        assertRefused("INSERT OVERWRITE t PARTITION (dt='x') VALUES (3, 3)");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, x, 1]", "[9, x, 2]");
    }

    @Test
    void theLatestRowsOfABranchThatComesFirstAreSeen() {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)").sql("CALL sys.create_branch('d.t', 'b')");
        session.run("INSERT INTO t VALUES (1, 'x')")
                .run("INSERT INTO t$branch_b VALUES (2, 'y')")
                .run("INSERT INTO t$branch_b VALUES (3, 'y')")
                .run("ALTER TABLE t SET ('scan.primary-branch'='b')");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, x]", "[2, y]", "[3, y]");
    }

    @Test
    void aBranchThatShowsAnotherIsRefusedByBothNames() {
        makeTable(STATIC);
        session.sql("CALL sys.create_branch('d.t', 'c')");

        assertThatThrownBy(() -> session.run("DELETE FROM `t$branch_c`"))
                .hasStackTraceContaining("Table d.t$branch_c cannot be changed by DELETE")
                .hasStackTraceContaining("by the name of the branch, `t$branch_b`");
    }

    @Test
    void aTableWhoseReadersTheServiceIsAskedForIsNotEmptied() {
        makeTable("'query-auth.enabled'='true'");

        assertRefused("TRUNCATE TABLE t");

        session.run("ALTER TABLE t RESET ('scan.fallback-branch')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]");
    }

    @Test
    void aBranchWhoseRowsTheTableShowsKeepsItsName() {
        makeTable(STATIC);

        assertThatThrownBy(() -> session.sql("CALL sys.rename_branch('d.t', 'b', 'c')"))
                .hasStackTraceContaining("Branch 'b' of table d.t cannot be renamed: the table shows its rows"
                        + " ('scan.fallback-branch'). First take that option away from the table");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[9, b, y]");

        session.run("ALTER TABLE t RESET ('scan.fallback-branch')").sql("CALL sys.rename_branch('d.t', 'b', 'c')");
        session.run("ALTER TABLE t SET ('scan.fallback-branch'='c')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[9, b, y]");
    }

    /** Those of the other branch do not expire, as its rows are not committed by this table. */
    @Test
    void partitionsOfTheTablesOwnBranchExpireAndLetTheOthersRowsBeSeen() {
        session.run("CREATE TABLE t (id INT, v STRING, dt STRING, PRIMARY KEY (id, dt) NOT ENFORCED)"
                + " PARTITIONED BY (dt) WITH ('bucket'='1', " + STATIC + ")");
        fill("(1, 'm', '2001-01-01')", "(8, 'b', '2001-01-01')");
        assertThat(rows("SELECT id FROM t")).containsExactly("[1]");
        session.run(
                        "ALTER TABLE t SET ('partition.expiration-time'='1 d', 'partition.expiration-check-interval'='1 ms',"
                                + " 'partition.timestamp-formatter'='yyyy-MM-dd', 'end-input.check-partition-expire'='true')")
                .run("INSERT INTO t VALUES (3, 'm', '2999-01-01')");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[3]", "[8]");
    }

    @Test
    void rowsAreAddedAndTheNamedPartitionIsReplaced() {
        makeTable(STATIC);

        session.run("INSERT INTO t VALUES (12, 'n', 'z')")
                .run("INSERT OVERWRITE t PARTITION (dt='y') VALUES (11, 'n')");

        assertThat(rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("[1, m, x]", "[2, m, x]", "[11, n, y]", "[12, n, z]");
    }

    @Test
    void thePartitionsOfNewRowsAreReplaced() {
        makeTable(DYNAMIC);

        session.run("INSERT OVERWRITE t VALUES (11, 'n', 'y'), (12, 'n', 'z')");

        assertThat(rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("[1, m, x]", "[2, m, x]", "[11, n, y]", "[12, n, z]");
    }

    @Test
    void rowsAreChangedAsTheRefusalSays() {
        makeTable(DYNAMIC);

        session.run("UPDATE `t$branch_b` SET v = 'n' WHERE id = 9");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, m, x]", "[2, m, x]", "[9, n, y]");

        session.run("ALTER TABLE t RESET ('scan.fallback-branch')").run("DELETE FROM t WHERE id = 1");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, m, x]");
    }
}
