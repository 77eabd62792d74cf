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
import org.apache.paimon.types.DataField;
import org.junit.jupiter.api.Test;

class AlterTableTest extends CatalogFixture {

    private List<Object> columns() {
        return session.column("DESCRIBE t");
    }

    private List<String> storedColumns() throws Exception {
        return stored("t").rowType().getFieldNames();
    }

    @Test
    void aBucketKeyKeepsItsType() {
        session.run("CREATE TABLE spread (k INT, v INT) WITH ('bucket'='4', 'bucket-key'='k')");

        assertThatThrownBy(() -> session.run("ALTER TABLE spread MODIFY k BIGINT"))
                .hasStackTraceContaining("Column 'k' of table 'd.spread' cannot become BIGINT");

        session.run("ALTER TABLE spread MODIFY v BIGINT");
    }

    @Test
    void columnsAreAddedAtAPlace() throws Exception {
        session.run("CREATE TABLE t (a INT, b INT)").run("INSERT INTO t VALUES (1, 2)");
        session.run("ALTER TABLE t ADD (first INT FIRST, mid STRING COMMENT 'm' AFTER a, last INT)");
        assertThat(storedColumns()).containsExactly("first", "a", "mid", "b", "last");
        assertThat(stored("t").rowType().getField("mid").description()).isEqualTo("m");
        assertThat(rows("SELECT * FROM t")).containsExactly("[null, 1, null, 2, null]");
    }

    @Test
    void columnsAreRenamedMovedAndDroppedAndKeepTheirIds() throws Exception {
        session.run("CREATE TABLE t (a INT, b INT, c INT)").run("INSERT INTO t VALUES (1, 2, 3)");
        int idOfB = stored("t").rowType().getField("b").id();
        session.run("ALTER TABLE t RENAME b TO bb")
                .run("ALTER TABLE t MODIFY bb INT FIRST")
                .run("ALTER TABLE t DROP a");
        assertThat(storedColumns()).containsExactly("bb", "c");
        assertThat(stored("t").rowType().getField("bb").id()).isEqualTo(idOfB);
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, 3]");
        session.run("ALTER TABLE t ADD a INT");
        assertThat(rows("SELECT a FROM t")).containsExactly("[null]");
    }

    @Test
    void typesAndNullabilityAndCommentsAreModified() throws Exception {
        session.run("CREATE TABLE t (id INT, v INT NOT NULL)").run("INSERT INTO t VALUES (1, 2)");
        session.run("ALTER TABLE t MODIFY (v BIGINT COMMENT 'wide')");
        DataField v = stored("t").rowType().getField("v");
        assertThat(v.type().asSQLString()).isEqualTo("BIGINT");
        assertThat(v.description()).isEqualTo("wide");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 2]");
    }

    @Test
    void nestedFieldsAreChanged() throws Exception {
        session.run("CREATE TABLE t (r ROW<x INT, y ROW<z INT>>, l ARRAY<INT>, m MAP<STRING, INT>)")
                .run("INSERT INTO t SELECT CAST(ROW(1, ROW(2)) AS ROW<x INT, y ROW<z INT>>), ARRAY[3], MAP['k', 4]");
        int idOfZ = nestedId();
        session.run("ALTER TABLE t MODIFY (r ROW<w STRING, x BIGINT, y ROW<z BIGINT, q INT>>, l ARRAY<BIGINT>,"
                + " m MAP<STRING, BIGINT>)");
        assertThat(stored("t").rowType().getField("r").type().asSQLString())
                .isEqualTo("ROW<`w` STRING, `x` BIGINT, `y` ROW<`z` BIGINT, `q` INT>>");
        assertThat(nestedId()).isEqualTo(idOfZ);
        assertThat(rows("SELECT r.x, r.y.z, r.y.q, l[1], m['k'] FROM t")).containsExactly("[1, 2, null, 3, 4]");
    }

    private int nestedId() throws Exception {
        var r = (org.apache.paimon.types.RowType)
                stored("t").rowType().getField("r").type();
        var y = (org.apache.paimon.types.RowType) r.getField("y").type();
        return y.getField("z").id();
    }

    @Test
    void aTypeThatTheValuesDoNotFitIsRefused() {
        session.run("CREATE TABLE t (a INT, s STRING, r ROW<x INT>)");
        assertThatThrownBy(() -> session.run("ALTER TABLE t MODIFY r INT"))
                .hasStackTraceContaining("Column 'r' of table d.t cannot become INT");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD n INT NOT NULL"))
                .hasStackTraceContaining("NOT NULL");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD a INT"))
                .hasStackTraceContaining("Column `a` already exists");
        assertThat(columns()).containsExactly("a", "s", "r");
    }

    @Test
    void computedColumnsAreAddedChangedAndDroppedAmongStoredOnes() throws Exception {
        session.run("CREATE TABLE t (a INT, b INT)").run("INSERT INTO t VALUES (1, 2)");
        session.run("ALTER TABLE t ADD (s AS a + b COMMENT 'sum' AFTER a)");
        assertThat(columns()).containsExactly("a", "s", "b");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 3, 2]");

        session.run("ALTER TABLE t ADD c INT AFTER s");
        assertThat(columns()).containsExactly("a", "s", "c", "b");
        assertThat(storedColumns()).containsExactly("a", "c", "b");

        session.run("ALTER TABLE t MODIFY s AS a * b");
        assertThat(rows("SELECT s FROM t")).containsExactly("[2]");

        session.run("ALTER TABLE t DROP s");
        assertThat(columns()).containsExactly("a", "c", "b");
        assertThat(stored("t").options().keySet()).noneMatch(key -> key.startsWith("schema."));
    }

    @Test
    void theWatermarkIsAddedChangedAndDropped() throws Exception {
        session.run("CREATE TABLE t (a INT, ts TIMESTAMP(3))");
        session.run("ALTER TABLE t ADD WATERMARK FOR ts AS ts - INTERVAL '1' SECOND");
        assertThat(rows("SHOW CREATE TABLE t").get(0)).contains("WATERMARK FOR `ts` AS `ts` - INTERVAL '1' SECOND");
        session.run("ALTER TABLE t MODIFY WATERMARK FOR ts AS ts");
        assertThat(rows("SHOW CREATE TABLE t").get(0)).contains("WATERMARK FOR `ts` AS `ts`");
        session.run("ALTER TABLE t DROP WATERMARK");
        assertThat(rows("SHOW CREATE TABLE t").get(0)).doesNotContain("WATERMARK");
        assertThat(stored("t").options().keySet()).noneMatch(key -> key.startsWith("schema."));
    }

    @Test
    void optionsAreSetAndReset() throws Exception {
        session.run("CREATE TABLE t (a INT)")
                .run("ALTER TABLE t SET ('snapshot.num-retained.max'='20', 'comment'='new')");
        assertThat(stored("t").options()).containsEntry("snapshot.num-retained.max", "20");
        assertThat(stored("t").comment()).contains("new");
        session.run("ALTER TABLE t RESET ('snapshot.num-retained.max')");
        assertThat(stored("t").options()).doesNotContainKey("snapshot.num-retained.max");
    }

    @Test
    void thePlaceAndTheKindOfATableCannotBeSet() {
        session.run("CREATE TABLE t (a INT)");
        assertThatThrownBy(() -> session.run("ALTER TABLE t SET ('path'='/elsewhere')"))
                .hasStackTraceContaining("The path of table d.t cannot be changed");
        assertThatThrownBy(() -> session.run("ALTER TABLE t SET ('type'='format-table')"))
                .hasStackTraceContaining("The type of table d.t cannot be changed");
        assertThatThrownBy(() -> session.run("ALTER TABLE t SET ('connector'='kafka')"))
                .hasStackTraceContaining("holds Paimon tables only");
    }

    @Test
    void thePrimaryKeyIsNeitherAddedNorChangedAndDroppedOnlyWhileEmpty() throws Exception {
        session.run("CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, CONSTRAINT k PRIMARY KEY (a) NOT ENFORCED)");
        assertThatThrownBy(() -> session.run("ALTER TABLE t MODIFY PRIMARY KEY (b) NOT ENFORCED"))
                .hasStackTraceContaining("The primary key of table d.t cannot be added or changed");
        session.run("CREATE TABLE filled (a INT NOT NULL, PRIMARY KEY (a) NOT ENFORCED)")
                .run("INSERT INTO filled VALUES (1)");
        assertThatThrownBy(() -> session.run("ALTER TABLE filled DROP PRIMARY KEY"))
                .hasStackTraceContaining("Cannot drop primary keys on a non-empty table");
        assertThat(stored("filled").primaryKeys()).containsExactly("a");
        session.run("ALTER TABLE t DROP PRIMARY KEY");
        assertThat(stored("t").primaryKeys()).isEmpty();
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD PRIMARY KEY (a) NOT ENFORCED"))
                .hasStackTraceContaining("CREATE TABLE … WITH (…) AS SELECT …");
    }

    @Test
    void alteringATableThatIsNotThereIsAnErrorUnlessAsked() {
        session.run("ALTER TABLE IF EXISTS nope SET ('a'='b')");
        assertThatThrownBy(() -> session.run("ALTER TABLE nope SET ('a'='b')")).hasStackTraceContaining("nope");
        session.run("CREATE TABLE t (a INT)");
        assertThatThrownBy(() -> session.run("ALTER TABLE `t$snapshots` SET ('a'='b')"))
                .hasStackTraceContaining("system table");
    }
}
