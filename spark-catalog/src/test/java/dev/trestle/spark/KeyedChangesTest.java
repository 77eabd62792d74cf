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

import org.junit.jupiter.api.Test;

/** Changes of rows by key where what was there before counts: merge engines that keep old values, and changelogs. */
class KeyedChangesTest extends SharedCatalogFixture {

    private void table(String name, String columns, String properties) {
        run("CREATE TABLE " + name + " (id INT, " + columns + ") TBLPROPERTIES ('primary-key'='id', 'bucket'='1', "
                + properties + ")");
    }

    @Test
    void aPartialUpdateChangesValuesAndRefusesTheNullThatItWouldNotStore() {
        table("partial", "v INT, w STRING", "'merge-engine'='partial-update'");
        run("INSERT INTO partial VALUES (1, 1, null), (2, 2, 'b')");

        run("UPDATE partial SET v = v + 10");
        assertThat(rows("SELECT * FROM partial ORDER BY id")).containsExactly("[1,11,null]", "[2,12,b]");
        assertThatThrownBy(() -> run("UPDATE partial SET w = NULL WHERE id = 2"))
                .hasStackTraceContaining("'merge-engine'='partial-update'")
                .hasStackTraceContaining("column 'w' would not have the new value, since NULL leaves what is there");
        assertThatThrownBy(() -> run("MERGE INTO partial p USING (SELECT 2 AS id) s ON p.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET w = NULL"))
                .hasStackTraceContaining("column 'w' would not have the new value");
        assertThat(rows("SELECT w FROM partial WHERE id = 2")).containsExactly("[b]");
    }

    @Test
    void soItDoesWhereAGroupOfColumnsHasAnOrder() {
        table(
                "grouped",
                "v INT, g INT, total INT",
                "'merge-engine'='partial-update', 'fields.g.sequence-group'='v,total',"
                        + " 'fields.total.aggregate-function'='sum'");
        run("INSERT INTO grouped VALUES (1, 1, 5, null), (2, null, null, null), (3, 3, 5, 7)");

        run("UPDATE grouped SET v = NULL, g = 6 WHERE id = 1");
        assertThat(rows("SELECT v, g FROM grouped WHERE id = 1")).containsExactly("[null,6]");
        assertThatThrownBy(() -> run("UPDATE grouped SET v = 2 WHERE id = 2")).hasStackTraceContaining("column 'v'");
        assertThatThrownBy(() -> run("UPDATE grouped SET v = 4, g = 4 WHERE id = 3"))
                .hasStackTraceContaining("column 'v'");
        assertThatThrownBy(() -> run("UPDATE grouped SET v = 4 WHERE id = 3"))
                .hasStackTraceContaining("column 'total' would not have the new value.");
    }

    @Test
    void aRowIsNotUpdatedToAnOlderOne() {
        table("ordered", "v INT, at INT", "'sequence.field'='at'");
        run("INSERT INTO ordered VALUES (1, 1, 5)")
                .run("UPDATE ordered SET v = 2")
                .run("UPDATE ordered SET at = 6");

        assertThatThrownBy(() -> run("UPDATE ordered SET v = 3, at = 4"))
                .hasStackTraceContaining("by its 'sequence.field' the new row would be older");
        assertThat(rows("SELECT * FROM ordered")).containsExactly("[1,2,6]");
    }

    @Test
    void theChangelogThatIsWrittenHasWholeRowsThatAreGone() {
        table("logged", "v INT, s STRUCT<a: STRING>, c CHAR(2)", "'changelog-producer'='input'");
        run("INSERT INTO logged VALUES (1, 10, struct('x'), 'a'), (2, 20, struct('y'), 'b'), (3, 30, null, null)");

        run("DELETE FROM logged WHERE s.a = 'x'");
        run("UPDATE logged SET v = v + 1 WHERE id = 2");
        run("MERGE INTO logged l USING (SELECT 3 AS id UNION ALL SELECT 4) s ON l.id = s.id"
                + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id, v) VALUES (s.id, 40)");

        assertThat(rows("SELECT id, v, s.a, c FROM logged ORDER BY id"))
                .containsExactly("[2,21,y,b ]", "[4,40,null,null]");
        assertThat(session.spark()
                        .read()
                        .option("incremental-between", "1,4")
                        .option("incremental-between-scan-mode", "changelog")
                        .table(session.catalog() + ".d.`logged$audit_log`")
                        .selectExpr("rowkind", "id", "v", "s.a", "trim(c)")
                        .collectAsList())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        "[-D,1,10,x,a]",
                        "[-U,2,20,y,b]",
                        "[+U,2,21,y,b]",
                        "[-D,3,30,null,null]",
                        "[+I,4,40,null,null]");
    }

    @Test
    void aRowOfAPartitionIsFoundInItsDynamicBucket() {
        run("CREATE TABLE spread (p STRING NOT NULL, id INT NOT NULL, v INT) PARTITIONED BY (p) TBLPROPERTIES"
                + " ('primary-key'='p,id', 'bucket'='-1', 'dynamic-bucket.target-row-num'='2')");
        run("INSERT INTO spread VALUES ('a', 1, 1), ('a', 2, 2), ('a', 3, 3), ('a', 4, 4), ('a', 5, 5)");
        assertThat(rows("SELECT count(DISTINCT bucket) FROM `spread$files`")).containsExactly("[3]");

        run("INSERT INTO spread VALUES ('a', 1, 10)");
        run("UPDATE spread SET v = 20 WHERE id = 2");
        run("DELETE FROM spread WHERE id = 3");

        assertThat(rows("SELECT * FROM spread ORDER BY id"))
                .containsExactly("[a,1,10]", "[a,2,20]", "[a,4,4]", "[a,5,5]");
    }

    @Test
    void aTableWhoseRowsSayWhatBecomesOfThemIsInsertedIntoAlone() {
        table("kinds", "kind STRING, v INT", "'rowkind.field'='kind'");
        run("INSERT INTO kinds VALUES (1, '+I', 5), (2, '+I', 6)");

        for (String change : new String[] {"DELETE FROM kinds WHERE id = 1", "UPDATE kinds SET v = 7 WHERE id = 1"}) {
            assertThatThrownBy(() -> run(change))
                    .hasStackTraceContaining("its column 'kind' ('rowkind.field') says what becomes of a row");
        }

        run("INSERT INTO kinds VALUES (2, '-D', 6)");
        assertThat(rows("SELECT id, v FROM kinds")).containsExactly("[1,5]");
    }

    @Test
    void theWholeRowIsAColumnThatAQueryMayAskFor() {
        table("whole", "v INT, s STRUCT<a: INT, b: INT>", "'changelog-producer'='input'");
        run("INSERT INTO whole VALUES (1, 10, struct(1, 2))");

        assertThat(rows("SELECT s.b, __trestle_row.v, __trestle_row.s.a, __paimon_bucket FROM whole WHERE v = 10"))
                .containsExactly("[2,10,1,0]");
        assertThat(rows("SELECT count(*), max(v) FROM whole")).containsExactly("[1,10]");
    }
}
