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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns whose names statements have in backquotes, where they say how rows are stored. */
class ColumnNamesTest extends SharedCatalogFixture {

    private int tables;

    @BeforeAll
    void joinBySorting() {
        session.set("spark.sql.autoBroadcastJoinThreshold", "-1").set("spark.sql.adaptive.enabled", "false");
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private String newTable() {
        return "t" + ++tables;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a.b", "a-b", "ä", "a`b", "%", "1"})
    void aPartitionColumnMayHaveAnyName(String name) {
        String dt = quoted(name);
        String t = newTable();
        run("CREATE TABLE " + t + " (id INT, " + dt + " STRING) PARTITIONED BY (" + dt + ")")
                .run("INSERT INTO " + t + " VALUES (1, 'x'), (2, 'y'), (3, 'y'), (4, 'z')")
                .run("DELETE FROM " + t + " WHERE " + dt + " = 'x'")
                .run("UPDATE " + t + " SET id = 20 WHERE " + dt + " = 'y' AND id = 2")
                .run("INSERT OVERWRITE " + t + " PARTITION (" + dt + " = 'z') VALUES (40)");

        assertThat(rows("SELECT * FROM " + t + " ORDER BY id")).containsExactly("[3,y]", "[20,y]", "[40,z]");
        assertThat(session.column("SHOW PARTITIONS " + t)).hasSize(2);
        assertThat(rows("DESCRIBE " + t)).contains("[# Partition Information,,]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a.b"})
    void partitionsThatAJoinNeedsAreFoundByAnyName(String name) {
        String dt = quoted(name);
        String t = newTable();
        run("CREATE TABLE " + t + " (id INT, " + dt + " STRING) PARTITIONED BY (" + dt + ")")
                .run("INSERT INTO " + t + " VALUES (1, 'x'), (2, 'y')")
                .run("CREATE TABLE days_" + t + " (k STRING, n INT)")
                .run("INSERT INTO days_" + t + " VALUES ('x', 1), ('y', 2)");
        session.set("spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly", "false");
        String join = "SELECT f.id FROM " + t + " f JOIN days_" + t + " d ON f." + dt + " = d.k WHERE d.n = 2";

        assertThat(rows(join)).containsExactly("[2]");
        assertThat(session.plan(join)).contains("dynamicpruning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a.b", "a-b", "ä", "a`b"})
    void aKeyAndAColumnThatIsNotNullMayHaveAnyName(String name) {
        String key = quoted(name);
        String other = quoted(name + " 2");
        String t = newTable();
        run("CREATE TABLE " + t + " (" + key + " INT NOT NULL, v INT, " + other + " INT NOT NULL) TBLPROPERTIES"
                        + " ('primary-key'='" + name + "', 'bucket'='2')")
                .run("INSERT INTO " + t + " VALUES (1, 1, 1), (2, 2, 2), (3, 3, 3)")
                .run("UPDATE " + t + " SET v = 20 WHERE " + key + " = 2")
                .run("DELETE FROM " + t + " WHERE " + other + " = 3")
                .run("MERGE INTO " + t + " USING (SELECT 1 AS k) s ON " + t + "." + key + " = s.k"
                        + " WHEN MATCHED THEN UPDATE SET " + other + " = 10");

        assertThat(rows("SELECT * FROM " + t + " ORDER BY v")).containsExactly("[1,1,10]", "[2,20,2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a.b"})
    void tablesWithBucketsByAnyNameAreJoinedWithoutAShuffle(String name) throws Exception {
        String key = quoted(name);
        String left = newTable();
        String right = newTable();
        for (String table : new String[] {left, right}) {
            run("CREATE TABLE " + table + " (" + key + " BIGINT, v STRING) CLUSTERED BY (" + key + ") INTO 4 BUCKETS")
                    .run("INSERT INTO " + table + " SELECT id, CAST(id AS STRING) FROM range(20)");
        }
        String join = "SELECT l.v, r.v FROM " + left + " l JOIN " + right + " r ON l." + key + " = r." + key;

        assertThat(stored(left).schema().bucketKeys()).containsExactly(name);
        assertThat(rows(join)).hasSize(20);
        assertThat(session.sql(join).queryExecution().executedPlan().toString())
                .contains("SortMergeJoin")
                .doesNotContain("Exchange hashpartitioning");
    }

    @Test
    void aNameWithACommaIsNoBucketKey() {
        assertThatThrownBy(() -> run("CREATE TABLE c (`a,b` INT, a INT, b INT) CLUSTERED BY (`a,b`) INTO 2 BUCKETS"))
                .hasMessageContaining("column 'a,b' cannot be a bucket key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a.b", "ä"})
    void whatShowCreateTableSaysMakesTheSameTable(String name) throws Exception {
        String t = newTable();
        run("CREATE TABLE " + t + " (id INT NOT NULL, " + quoted(name) + " INT NOT NULL) PARTITIONED BY ("
                + quoted(name) + ") TBLPROPERTIES ('primary-key'='id," + name + "', 'bucket'='3')");
        String statement = session.column("SHOW CREATE TABLE " + t).get(0);

        run("DROP TABLE " + t).run(statement);

        assertThat(stored(t).partitionKeys()).containsExactly(name);
        assertThat(stored(t).primaryKeys()).containsExactly("id", name);
    }
}
