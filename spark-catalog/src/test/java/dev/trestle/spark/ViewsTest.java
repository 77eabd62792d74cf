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
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.ViewImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ViewsTest extends SharedCatalogFixture {

    private static final RowType ID =
            RowType.builder().field("id", DataTypes.INT()).build();

    @BeforeAll
    void makeTable() {
        run("CREATE TABLE t (id INT, v STRING)").run("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
    }

    /** A view as another engine has made it. */
    private void foreign(String name, String plain, Map<String, String> dialects) throws Exception {
        Identifier identifier = Identifier.create("d", name);
        other.createView(identifier, new ViewImpl(identifier, ID.getFields(), plain, dialects, null, Map.of()), false);
    }

    private org.apache.paimon.view.View view(String name) throws Catalog.ViewNotExistException {
        return other.getView(Identifier.create("d", name));
    }

    @Test
    void aViewIsReadAndKeepsItsColumnsCommentAndProperties() throws Exception {
        run("CREATE VIEW chosen (number COMMENT 'the id', text) COMMENT 'some rows' TBLPROPERTIES ('owner-team'='x')"
                + " AS SELECT id, v FROM t WHERE id > 1");

        assertThat(rows("SELECT number, text FROM chosen")).containsExactly("[2,b]");
        assertThat(rows("DESCRIBE chosen")).containsExactly("[number,int,the id]", "[text,string,null]");
        assertThat(view("chosen").query()).isEqualTo("SELECT id, v FROM t WHERE id > 1");
        assertThat(view("chosen").dialects()).containsOnlyKeys("spark");
        assertThat(view("chosen").comment()).contains("some rows");
        assertThat(view("chosen").options()).containsEntry("owner-team", "x");
    }

    @Test
    void aViewIsReadFromAnotherDatabaseThanThatOfItsTables() {
        run("CREATE DATABASE IF NOT EXISTS elsewhere");
        run("CREATE VIEW elsewhere.away AS SELECT id FROM t");

        assertThat(session.rows("SELECT count(*) FROM elsewhere.away")).containsExactly("[2]");
    }

    @Test
    void viewsAreListedApartFromTables() {
        run("CREATE VIEW listed AS SELECT id FROM t");

        assertThat(rows("SHOW VIEWS LIKE 'listed'")).containsExactly("[d,listed,false]");
        assertThat(rows("SHOW VIEWS LIKE 't'")).isEmpty();
        assertThat(rows("SHOW TABLES LIKE 't'")).hasSize(1);
    }

    @Test
    void aViewThatIsSparksAloneIsReplacedWithOtherColumns() throws Exception {
        run("CREATE VIEW replaced AS SELECT id FROM t");

        run("CREATE OR REPLACE VIEW replaced AS SELECT v, id FROM t WHERE id = 1");

        assertThat(rows("SELECT * FROM replaced")).containsExactly("[a,1]");
        assertThat(view("replaced").query()).isEqualTo("SELECT v, id FROM t WHERE id = 1");
    }

    @Test
    void aViewIsAltered() throws Exception {
        run("CREATE VIEW altered TBLPROPERTIES ('a'='1', 'b'='2') AS SELECT id FROM t");

        run("ALTER VIEW altered AS SELECT id FROM t WHERE id = 2");
        run("ALTER VIEW altered SET TBLPROPERTIES ('a'='3')");
        run("ALTER VIEW altered UNSET TBLPROPERTIES ('b')");

        assertThat(rows("SELECT id FROM altered")).containsExactly("[2]");
        assertThat(view("altered").options()).containsEntry("a", "3").doesNotContainKey("b");
    }

    @Test
    void aViewIsRenamedAndDropped() {
        run("CREATE VIEW before AS SELECT id FROM t");
        run("ALTER VIEW before RENAME TO after");

        assertThat(rows("SELECT count(*) FROM after")).containsExactly("[2]");
        run("DROP VIEW after");
        assertThatThrownBy(() -> run("DROP VIEW after")).hasMessageContaining("after");
        run("DROP VIEW IF EXISTS after");
    }

    @Test
    void aViewThatThereIsIsNotMadeAgain() {
        run("CREATE VIEW once AS SELECT id FROM t");

        run("CREATE VIEW IF NOT EXISTS once AS SELECT v FROM t");
        assertThat(rows("DESCRIBE once")).containsExactly("[id,int,null]");
        assertThatThrownBy(() -> run("CREATE VIEW once AS SELECT v FROM t")).hasMessageContaining("once");
    }

    @Test
    void aTableAndAViewCannotHaveOneName() {
        run("CREATE VIEW taken AS SELECT id FROM t");

        assertThatThrownBy(() -> run("CREATE TABLE taken (id INT)")).hasMessageContaining("taken");
        assertThatThrownBy(() -> run("CREATE VIEW t AS SELECT 1 AS id")).hasMessageContaining("t");
        assertThatThrownBy(() -> run("DROP TABLE taken")).hasMessageContaining("taken");
        assertThatThrownBy(() -> run("DROP VIEW t")).hasMessageContaining("t");
    }

    @Test
    void aViewOfAnotherEngineIsReadByItsPlainQuery() throws Exception {
        foreign("plain", "SELECT id FROM t WHERE id = 1", Map.of("trino", "SELECT id FROM t WHERE id = 1"));

        assertThat(rows("SELECT * FROM plain")).containsExactly("[1]");
        assertThat(rows("SHOW VIEWS LIKE 'plain'")).hasSize(1);
    }

    @Test
    void aViewInNoSqlOfSparksIsDescribedAndRefusedNamingItsDialects() throws Exception {
        foreign("strange", "SELECT id FROM t MATCH_RECOGNIZE ((", Map.of("trino", "x", "flink", "y"));

        assertThat(rows("DESCRIBE strange")).containsExactly("[id,int,null]");
        assertThatThrownBy(() -> rows("SELECT * FROM strange"))
                .hasMessageContaining("View d.strange cannot be read: it has no query in the dialect 'spark', only in"
                        + " 'flink', 'trino', and a plain query that is not Spark's SQL")
                .hasMessageContaining("CREATE OR REPLACE VIEW d.strange AS SELECT");
    }

    @Test
    void aViewOfAnotherEngineGetsAQueryForSparkBesideItsOwn() throws Exception {
        foreign("shared", "SELECT id FROM t MATCH_RECOGNIZE ((", Map.of("trino", "x"));

        run("CREATE OR REPLACE VIEW shared AS SELECT id FROM t WHERE id = 2");

        assertThat(rows("SELECT * FROM shared")).containsExactly("[2]");
        assertThat(view("shared").dialects()).containsEntry("trino", "x").containsKey("spark");
    }

    /** The names in it are looked up elsewhere, so that it is another query. */
    @Test
    void aViewOfAnotherEngineGetsAQueryForSparkOfTheSameWords() throws Exception {
        foreign("words", "SELECT id FROM t", Map.of("trino", "x"));
        run("CREATE DATABASE IF NOT EXISTS beside")
                .run("CREATE TABLE beside.t (id INT)")
                .run("USE beside");
        try {
            run("CREATE OR REPLACE VIEW d.words AS SELECT id FROM t");
        } finally {
            run("USE d");
        }

        assertThat(view("words").dialects()).containsEntry("trino", "x").containsKey("spark");
        assertThat(rows("SELECT * FROM words")).isEmpty();
    }

    @Test
    void aViewOfTextsOfGivenLengthsIsReadAndKeepsTheirTypes() throws Exception {
        run("CREATE TABLE texts (c CHAR(3), w VARCHAR(5), s STRUCT<c: CHAR(2)>)")
                .run("INSERT INTO texts VALUES ('a', 'b', named_struct('c', 'x'))");

        run("CREATE VIEW lengths AS SELECT c, w, s, c AS d FROM texts")
                .run("ALTER VIEW lengths SET TBLPROPERTIES ('k'='v')");

        assertThat(rows("SELECT length(c), w, length(s.c), d FROM lengths")).containsExactly("[3,b,2,a  ]");
        assertThat(view("lengths").options()).containsEntry("k", "v");
        assertThat(view("lengths").rowType().getTypeAt(0)).isEqualTo(DataTypes.CHAR(3));
        assertThat(view("lengths").rowType().getTypeAt(1)).isEqualTo(DataTypes.VARCHAR(5));
    }

    /** Spark has one type of text in a query, and one of time. */
    @Test
    void aViewOfAnotherEngineGetsAQueryForSparkWhereItsTypesAreFiner() throws Exception {
        Identifier finer = Identifier.create("d", "finer");
        List<DataField> columns =
                List.of(new DataField(0, "w", DataTypes.VARCHAR(5)), new DataField(1, "at", DataTypes.TIMESTAMP(3)));
        other.createView(
                finer, new ViewImpl(finer, columns, "SELECT x", Map.of("flink", "SELECT x"), null, Map.of()), false);

        run("CREATE OR REPLACE VIEW finer AS SELECT 'a' AS w, TIMESTAMP_NTZ '2026-01-02 00:00:00' AS at")
                .run("ALTER VIEW finer SET TBLPROPERTIES ('k'='v')");

        assertThat(rows("SELECT * FROM finer")).containsExactly("[a,2026-01-02T00:00]");
        assertThat(view("finer").dialects()).containsOnlyKeys("flink", "spark");
        assertThat(view("finer").rowType().getTypeAt(0)).isEqualTo(DataTypes.VARCHAR(5));
    }

    @Test
    void aViewOfAnotherEngineKeepsItsColumns() throws Exception {
        foreign("kept", "SELECT id FROM t", Map.of("trino", "x"));

        assertThatThrownBy(() -> run("CREATE OR REPLACE VIEW kept AS SELECT v FROM t"))
                .hasMessageContaining("must have the columns that the view has (id), since other engines have queries"
                        + " of it (trino)");
    }

    @Test
    void aMetricViewIsRefusedByName() throws Exception {
        String statement = "CREATE OR REPLACE VIEW metrics WITH METRICS LANGUAGE YAML AS $$\n"
                + "version: 0.1\nsource: " + session.catalog() + ".d.t\n"
                + "dimensions:\n  - name: v\n    expr: v\nmeasures:\n  - name: n\n    expr: count(id)\n$$";

        assertThatThrownBy(() -> run(statement))
                .hasMessageContaining("View d.metrics is of the kind METRIC_VIEW, of which the service keeps none")
                .hasMessageContaining("CREATE VIEW d.metrics AS SELECT");

        assertThat(other.listViews("d")).doesNotContain("metrics");
    }

    @Test
    void aNameOfNothingIsNoTableAndNoView() {
        assertThatThrownBy(() -> rows("SELECT * FROM nothing")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(List.of(rows("SHOW VIEWS LIKE 'nothing'"))).containsExactly(List.of());
    }
}
