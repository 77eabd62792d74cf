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
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.junit.jupiter.api.Test;

/** Another engine drops and renames columns, and knows nothing of the expressions over them. */
class LostColumnsTest extends CatalogFixture {

    private void makeTable() {
        session.run("CREATE TABLE t (a INT, b INT, s AS a + 1 COMMENT 'next', u AS UPPER('`a`'), ts TIMESTAMP(3),"
                        + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)")
                .run(
                        "INSERT INTO t VALUES (1, 2, TIMESTAMP '2026-01-01 00:00:00'), (3, 4, CAST(NULL AS TIMESTAMP(3)))");
    }

    /** Done by another engine, and seen by the session. */
    private void change(SchemaChange... changes) throws Exception {
        other.alterTable(Identifier.create("d", "t"), List.of(changes), false);
        List<String> columns = stored("t").rowType().getFieldNames();
        Catalog catalog = session.environment().getCatalog("c").orElseThrow();
        await().until(() -> catalog.getTable(new ObjectPath("d", "t")).getUnresolvedSchema().getColumns().stream()
                .filter(Schema.UnresolvedPhysicalColumn.class::isInstance)
                .map(Schema.UnresolvedColumn::getName)
                .toList()
                .equals(columns));
    }

    private Map<String, String> storedOptions() throws Exception {
        return stored("t").options();
    }

    @Test
    void aComputedColumnWhoseSourceIsGoneIsRefusedByNameAndTheOthersAreRead() throws Exception {
        makeTable();
        change(SchemaChange.dropColumn("a"));

        assertThat(session.column("SHOW TABLES")).containsExactly("t");
        assertThat(rows("SELECT b, u FROM t WHERE b > 2")).containsExactly("[4, `A`]");
        assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("[2]");
        for (String query : new String[] {"SELECT * FROM t", "SELECT s FROM t", "SELECT b FROM t WHERE s > 1"}) {
            assertThatThrownBy(() -> session.sql(query))
                    .as(query)
                    .hasStackTraceContaining(
                            "Column 's' of table d.t cannot be computed: `a` + 1 names 'a', which is no"
                                    + " column of the table any more")
                    .hasStackTraceContaining("ALTER TABLE d.t MODIFY the column, or DROP it.");
        }
        session.run("INSERT INTO t VALUES (5, CAST(NULL AS TIMESTAMP(3)))");
        assertThat(rows("SELECT MAX(b) FROM t")).containsExactly("[5]");
    }

    @Test
    void theDescriptionSaysWhatIsWrong() throws Exception {
        makeTable();
        change(SchemaChange.renameColumn("a", "c"), SchemaChange.dropColumn("ts"));

        assertThat(session.column("DESCRIBE t")).containsExactly("c", "b", "s", "u", "ts");
        assertThat(rows("DESCRIBE t").toString()).contains("`a` + 1 names 'a'").contains("names 'ts'");
        assertThat(rows("SHOW CREATE TABLE t").get(0))
                .contains("COMMENT 'Column ''s'' of table d.t cannot be computed: `a` + 1 names ''a''")
                .contains("The watermark of table d.t cannot be computed");
    }

    @Test
    void aLostColumnIsDropped() throws Exception {
        makeTable();
        change(SchemaChange.dropColumn("a"));
        session.run("ALTER TABLE t DROP s");
        assertThat(rows("SELECT b, u, ts FROM t WHERE b = 4")).containsExactly("[4, `A`, null]");
        assertThat(rows("SELECT * FROM t WHERE b = 4")).containsExactly("[4, null, `A`]");
        assertThat(storedOptions().values()).doesNotContain("`a` + 1");
    }

    @Test
    void aLostColumnIsComputedAnew() throws Exception {
        makeTable();
        change(SchemaChange.renameColumn("a", "c"));
        session.run("ALTER TABLE t MODIFY s AS c + 1");
        assertThat(rows("SELECT c, s FROM t ORDER BY c")).containsExactly("[1, 2]", "[3, 4]");
    }

    @Test
    void aLostColumnIsKeptAsItIsByOtherChangesAndComesBackWithItsSource() throws Exception {
        makeTable();
        change(SchemaChange.dropColumn("a"));
        session.run("ALTER TABLE t ADD x INT FIRST").run("ALTER TABLE t SET ('k'='v')");
        assertThat(storedOptions()).containsValue("`a` + 1").containsValue("next");
        session.run("ALTER TABLE t ADD a INT").run("INSERT INTO t (b, a) VALUES (6, 7)");
        assertThat(rows("SELECT s FROM t WHERE b = 6")).containsExactly("[8]");
        assertThat(rows("DESCRIBE t").toString()).contains("next").doesNotContain("cannot be computed");
    }

    @Test
    void aWatermarkWhoseColumnIsGoneIsDropped() throws Exception {
        makeTable();
        change(SchemaChange.dropColumn("ts"));
        assertThat(rows("SELECT a, s FROM t WHERE b = 4")).containsExactly("[3, 4]");
        FlinkSession streaming = open(FlinkSession.streaming()).run("USE d");
        assertThatThrownBy(() -> streaming.sql("SELECT a FROM t /*+ OPTIONS('scan.bounded'='true') */"))
                .hasStackTraceContaining(
                        "The watermark of table d.t cannot be computed: `ts` - INTERVAL '5' SECOND names"
                                + " 'ts', which is no column of the table any more")
                .hasStackTraceContaining("ALTER TABLE d.t MODIFY WATERMARK, or DROP WATERMARK.");
        streaming.close();

        session.run("ALTER TABLE t DROP WATERMARK");
        assertThat(session.column("DESCRIBE t")).containsExactly("a", "b", "s", "u");
        assertThat(rows("SELECT * FROM t WHERE b = 4")).containsExactly("[3, 4, 4, `A`]");
        assertThat(storedOptions().keySet()).noneMatch(key -> key.startsWith("schema.watermark"));
    }

    @Test
    void aWatermarkWhoseColumnIsRenamedIsDeclaredAnew() throws Exception {
        makeTable();
        change(SchemaChange.renameColumn("ts", "at_"));
        session.run("ALTER TABLE t MODIFY WATERMARK FOR at_ AS at_");
        FlinkSession streaming = open(FlinkSession.streaming()).run("USE d");
        assertThat(streaming.rows("SELECT a FROM t /*+ OPTIONS('scan.bounded'='true') */ WHERE b = 2"))
                .containsExactly("[1]");
        streaming.close();
        assertThat(session.column("DESCRIBE t")).containsExactly("a", "b", "s", "u", "at_");
    }

    @Test
    void aTableLikeOneWithALostColumnIsRefused() throws Exception {
        makeTable();
        change(SchemaChange.dropColumn("a"));
        assertThatThrownBy(() -> session.run("CREATE TABLE v LIKE t"))
                .hasStackTraceContaining("Column 's' of table d.t cannot be computed");
        session.run("CREATE TABLE v LIKE t (EXCLUDING GENERATED)");
        assertThat(session.column("DESCRIBE v")).containsExactly("b", "ts");
    }
}
