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
package dev.trestle.trino.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.view.View;
import org.apache.paimon.view.ViewChange;
import org.apache.paimon.view.ViewImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ViewTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void openSchema(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(runner, "views");
    }

    private View stored(String view) throws Exception {
        try (RestCatalog other = runner.otherClient()) {
            return other.getView(Identifier.create("views", view));
        }
    }

    private void storeForeign(String name, String query, Map<String, String> dialects) throws Exception {
        storeForeign(name, query, dialects, Map.of());
    }

    private void storeForeign(String name, String query, Map<String, String> dialects, Map<String, String> options)
            throws Exception {
        try (Catalog other = runner.otherClient()) {
            Identifier identifier = Identifier.create("views", name);
            other.createView(
                    identifier,
                    new ViewImpl(
                            identifier,
                            List.of(new DataField(0, "n", DataTypes.INT())),
                            query,
                            dialects,
                            null,
                            options),
                    false);
        }
    }

    @Test
    void aViewIsReadAndKeepsTypesThatPaimonLacks() throws Exception {
        sql.run("CREATE VIEW typed COMMENT 'with a uuid' AS SELECT 1 AS n, "
                + "UUID '12151fd2-7586-11e9-8f9e-2a86e4085a59' AS u, INTERVAL '2' DAY AS i");

        assertThat(sql.rows("DESCRIBE typed"))
                .extracting(row -> row.get(1))
                .containsExactly("integer", "uuid", "interval day to second");
        assertThat(sql.value("SELECT n FROM typed")).isEqualTo(1);
        assertThat(stored("typed").dialects()).containsOnlyKeys("trino");
        assertThat(stored("typed").comment()).contains("with a uuid");
    }

    @Test
    void whatShowCreateViewSaysMakesTheSameView() {
        sql.run("CREATE VIEW shown COMMENT 'c' SECURITY INVOKER AS SELECT 1 AS a");
        String shown = (String) sql.value("SHOW CREATE VIEW shown");
        sql.run("DROP VIEW shown");
        sql.run(shown);

        assertThat(shown).contains("SECURITY INVOKER").contains("COMMENT 'c'");
        assertThat(sql.value("SHOW CREATE VIEW shown")).isEqualTo(shown);
    }

    @Test
    void aViewIsReplacedAlsoByOneWithOtherColumns() throws Exception {
        sql.run("CREATE VIEW replaced AS SELECT 1 AS a");
        sql.failure("CREATE VIEW replaced AS SELECT 2 AS a").hasMessageContaining("already exists");
        sql.run("CREATE OR REPLACE VIEW replaced AS SELECT 'x' AS b, 2 AS c");

        assertThat(sql.rows("SELECT * FROM replaced")).containsExactly(List.of("x", 2));
        assertThat(stored("replaced").query()).contains("'x'");
    }

    @Test
    void aViewIsRenamedIntoAnotherSchemaAndDropped() {
        Sql.in(runner, "views_other");
        sql.run("CREATE VIEW here AS SELECT 1 AS a");
        sql.run("ALTER VIEW here RENAME TO views_other.moved");

        assertThat(sql.value("SELECT a FROM views_other.moved")).isEqualTo(1);
        sql.run("DROP VIEW views_other.moved");
        sql.failure("SELECT a FROM views_other.moved").hasMessageContaining("does not exist");
        sql.failure("DROP VIEW views_other.moved").hasMessageContaining("does not exist");
        sql.run("DROP VIEW IF EXISTS views_other.moved");
    }

    @Test
    void dropViewNeverReachesATable() {
        sql.run("CREATE TABLE a_table (a integer)");

        sql.failure("DROP VIEW a_table").hasMessageContaining("a_table");
        assertThat(sql.rows("SHOW TABLES LIKE 'a_table'")).hasSize(1);
    }

    @Test
    void commentsOfViewAndColumnsAreSetAndTakenAway() {
        sql.run("CREATE VIEW commented AS SELECT 1 AS a");
        sql.run("COMMENT ON VIEW commented IS 'about the view'");
        sql.run("COMMENT ON COLUMN commented.a IS 'about the column'");
        assertThat(sql.rows("DESCRIBE commented")).containsExactly(List.of("a", "integer", "", "about the column"));
        assertThat((String) sql.value("SHOW CREATE VIEW commented")).contains("COMMENT 'about the view'");

        sql.run("COMMENT ON VIEW commented IS NULL");
        sql.run("COMMENT ON COLUMN commented.a IS NULL");
        assertThat(sql.rows("DESCRIBE commented")).containsExactly(List.of("a", "integer", "", ""));
        assertThat((String) sql.value("SHOW CREATE VIEW commented")).doesNotContain("COMMENT");
    }

    @Test
    void anEmptyCommentIsNotNone() throws Exception {
        sql.run("CREATE VIEW blank AS SELECT 1 AS a");
        sql.run("COMMENT ON VIEW blank IS ''");
        sql.run("COMMENT ON COLUMN blank.a IS ''");
        assertThat((String) sql.value("SHOW CREATE VIEW blank")).contains("COMMENT ''");
        assertThat(stored("blank").comment()).contains("");

        sql.run("COMMENT ON VIEW blank IS NULL");
        sql.run("COMMENT ON COLUMN blank.a IS NULL");
        assertThat(stored("blank").comment()).isEmpty();
        assertThat(stored("blank").options().keySet()).noneMatch(key -> key.contains("comment"));
    }

    @Test
    void aViewOfAnotherEngineIsListedAndReadWhereItsQueryIsTrinosSqlToo() throws Exception {
        sql.run("CREATE OR REPLACE VIEW base AS SELECT 4 AS n");
        storeForeign("plain", "SELECT n FROM base", Map.of("flink", "SELECT n FROM base"));

        assertThat(sql.rows("SHOW TABLES LIKE 'plain'")).containsExactly(List.of("plain"));
        assertThat(sql.value("SELECT n + 1 FROM plain")).isEqualTo(5);
        assertThat(sql.value("SELECT table_type FROM information_schema.tables WHERE table_schema = 'views'"
                        + " AND table_name = 'plain'"))
                .isEqualTo("VIEW");
    }

    @Test
    void aViewInAnotherSqlIsListedAndRefusedWithItsDialects() throws Exception {
        storeForeign("foreign_sql", "SELECT `n` FROM `t` LATERAL VIEW explode(x)", Map.of("spark", "…", "flink", "…"));

        assertThat(sql.rows("SHOW TABLES LIKE 'foreign_sql'")).hasSize(1);
        assertThat(sql.rows("SELECT column_name FROM information_schema.columns WHERE table_schema = 'views'"
                        + " AND data_type = 'integer' AND column_name = 'n'"))
                .isNotEmpty();
        sql.failure("SELECT * FROM foreign_sql")
                .hasMessageContaining("View views.foreign_sql cannot be read: it has no query in the dialect 'trino',"
                        + " only in 'flink', 'spark'");

        sql.run("CREATE OR REPLACE VIEW foreign_sql AS SELECT 9 AS n");
        assertThat(sql.value("SELECT n FROM foreign_sql")).isEqualTo(9);
        assertThat(stored("foreign_sql").dialects()).containsOnlyKeys("flink", "spark", "trino");
        sql.failure("CREATE OR REPLACE VIEW foreign_sql AS SELECT 'x' AS other")
                .hasMessageContaining("must have the columns that the view has (n)");
        sql.run("DROP VIEW foreign_sql");
    }

    @Test
    void aQueryForTrinoThatAnotherEngineStoredFindsTheTablesOfTheViewsSchema() throws Exception {
        sql.run("CREATE TABLE views.of_foreign AS SELECT 6 AS n");
        storeForeign("added", "SELECT `n` FROM `of_foreign`", Map.of());
        try (Catalog other = runner.otherClient()) {
            other.alterView(
                    Identifier.create("views", "added"),
                    List.of(ViewChange.addDialect("trino", "SELECT n FROM of_foreign")),
                    false);
        }

        assertThat(Sql.in(runner, "views_other").value("SELECT n FROM views.added"))
                .isEqualTo(6);
        assertThat((String) sql.value("SHOW CREATE VIEW added")).contains("SECURITY INVOKER");
    }

    @Test
    void thePlainQueryOfAnotherEngineStaysHoweverOftenTrinosIsReplaced() throws Exception {
        storeForeign("kept_plain", "SELECT `n` FROM `t`", Map.of(), Map.of("flink.note", "x"));

        sql.run("CREATE OR REPLACE VIEW kept_plain AS SELECT 1 AS n");
        sql.run("CREATE OR REPLACE VIEW kept_plain AS SELECT 2 AS n");

        assertThat(stored("kept_plain").query()).isEqualTo("SELECT `n` FROM `t`");
        assertThat(stored("kept_plain").options()).containsEntry("flink.note", "x");
        assertThat(sql.value("SELECT n FROM kept_plain")).isEqualTo(2);
        sql.failure("CREATE OR REPLACE VIEW kept_plain AS SELECT 'x' AS other")
                .hasMessageContaining("since other engines read it by queries of their own (the plain one)");
    }

    @Test
    void optionsOfOthersStayWhereAViewOfTrinosIsMadeAnew() throws Exception {
        sql.run("CREATE VIEW with_options SECURITY INVOKER AS SELECT 1 AS n");
        try (Catalog other = runner.otherClient()) {
            other.alterView(
                    Identifier.create("views", "with_options"), List.of(ViewChange.setOption("team", "blue")), false);
        }

        sql.run("CREATE OR REPLACE VIEW with_options AS SELECT 'x' AS other");

        assertThat(stored("with_options").options())
                .containsEntry("team", "blue")
                .containsEntry("trino.run-as-invoker", "false");
    }

    @Test
    void aViewThatCannotBeDescribedHidesNoOthers() throws Exception {
        Sql odd = Sql.in(runner, "views_odd");
        odd.run("CREATE VIEW fine AS SELECT 1 AS n");
        odd.run("CREATE VIEW broken_type AS SELECT 1 AS n");
        odd.run("CREATE VIEW broken_path AS SELECT 1 AS n");
        try (Catalog other = runner.otherClient()) {
            other.alterView(
                    Identifier.create("views_odd", "broken_type"),
                    List.of(ViewChange.setOption("trino.column-type.n", "of_no_plugin")),
                    false);
            other.alterView(
                    Identifier.create("views_odd", "broken_path"),
                    List.of(ViewChange.setOption("trino.path", "\"")),
                    false);
        }

        assertThat(odd.rows("SHOW TABLES")).hasSize(3);
        assertThat(odd.rows("SELECT table_name FROM information_schema.columns WHERE table_schema = 'views_odd'"))
                .contains(List.of("fine"))
                .doesNotContain(List.of("broken_type"));
        assertThat(odd.rows("SELECT table_name FROM information_schema.views WHERE table_schema = 'views_odd'"))
                .contains(List.of("fine"))
                .doesNotContain(List.of("broken_type"));
        odd.failure("SELECT * FROM broken_type").hasMessageContaining("'of_no_plugin'");
        odd.run("DROP VIEW broken_type");
        odd.run("DROP VIEW broken_path");
    }
}
