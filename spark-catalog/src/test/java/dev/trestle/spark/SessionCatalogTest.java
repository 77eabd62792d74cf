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

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.ProxiedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.spark.sql.DataFrameReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The catalog in the place of Spark's own. */
class SessionCatalogTest extends SharedCatalogFixture {

    private static final String FAILING = "SELECT CAST(raise_error('on purpose') AS INT) AS id";

    private SparkTestSession own;

    @BeforeAll
    void openInPlaceOfSparks() {
        own = SparkTestSession.openInPlaceOfSparks(options());
        own.run("CREATE DATABASE mixed").run("USE mixed");
    }

    @AfterAll
    void dropDatabases() {
        own.run("DROP DATABASE IF EXISTS mixed CASCADE").run("DROP DATABASE IF EXISTS d CASCADE");
        own.close();
    }

    private List<String> tables() throws Exception {
        return other.listTables("mixed");
    }

    @Test
    void aTableOfThisProviderIsTheServices() throws Exception {
        own.run("CREATE TABLE ours (id INT, v STRING) USING trestle").run("INSERT INTO ours VALUES (1, 'a')");

        assertThat(tables()).contains("ours");
        assertThat(own.rows("SELECT * FROM ours")).containsExactly("[1,a]");
        assertThat(own.rows("SELECT snapshot_id FROM `ours$snapshots`")).containsExactly("[1]");
        assertThat(own.rows("SELECT * FROM ours VERSION AS OF 1")).containsExactly("[1,a]");
    }

    @Test
    void aTableOfAnotherProviderIsSparks() throws Exception {
        own.run("CREATE TABLE theirs (id INT, v STRING) USING parquet").run("INSERT INTO theirs VALUES (2, 'b')");

        assertThat(tables()).doesNotContain("theirs");
        assertThat(own.rows("SELECT * FROM theirs")).containsExactly("[2,b]");
    }

    @Test
    void aTableWithoutAProviderIsOfTheDefaultOne() throws Exception {
        own.run("SET spark.sql.sources.default=trestle").run("CREATE TABLE by_default (id INT)");
        own.run("RESET spark.sql.sources.default").run("CREATE TABLE by_sparks_default (id INT)");

        assertThat(tables()).contains("by_default").doesNotContain("by_sparks_default");
    }

    @Test
    void theProviderReadsNothingWithoutACatalog() {
        DataFrameReader reader = own.sql("SELECT 1").sparkSession().read().format("trestle");

        assertThatThrownBy(() -> reader.load("t")).hasMessageContaining("name the table with its catalog");
    }

    @Test
    void bothKindsAreListedJoinedAndDropped() throws Exception {
        own.run("CREATE TABLE one (id INT) USING trestle").run("INSERT INTO one VALUES (1)");
        own.run("CREATE TABLE two (id INT) USING parquet").run("INSERT INTO two VALUES (1)");

        assertThat(own.rows("SHOW TABLES LIKE 'one|two'"))
                .containsExactlyInAnyOrder("[mixed,one,false]", "[mixed,two,false]");
        assertThat(own.rows("SELECT one.id FROM one JOIN two ON one.id = two.id"))
                .containsExactly("[1]");

        own.run("DROP TABLE one").run("DROP TABLE two");
        assertThat(own.rows("SHOW TABLES LIKE 'one|two'")).isEmpty();
        assertThat(tables()).doesNotContain("one");
    }

    @Test
    void bothKindsAreMadeByAQuery() throws Exception {
        own.run("CREATE TABLE filled USING trestle AS SELECT 1 AS id")
                .run("CREATE TABLE copied USING parquet AS SELECT * FROM filled");

        assertThat(tables()).contains("filled").doesNotContain("copied");
        assertThat(own.rows("SELECT * FROM copied")).containsExactly("[1]");
    }

    @Test
    void aTableOfTheServiceIsAsItWasWhereTheQueryOfItsReplacementFails() throws Exception {
        own.run("CREATE TABLE kept USING trestle AS SELECT 1 AS id");

        for (String statement : new String[] {"REPLACE TABLE kept", "CREATE OR REPLACE TABLE kept"}) {
            assertThatThrownBy(() -> own.run(statement + " USING trestle AS " + FAILING))
                    .hasStackTraceContaining("on purpose");
        }

        assertThat(own.rows("SELECT * FROM kept")).containsExactly("[1]");
        own.run("REPLACE TABLE kept USING trestle AS SELECT max(id) + 1 AS n FROM kept");
        assertThat(own.rows("SELECT n FROM kept")).containsExactly("[2]");
        assertThat(tables()).filteredOn(name -> name.startsWith("kept")).containsExactly("kept");
    }

    @Test
    void aTableWhoseQueryFailsIsNotThere() throws Exception {
        assertThatThrownBy(() -> own.run("CREATE TABLE unmade USING trestle AS " + FAILING))
                .hasStackTraceContaining("on purpose");

        assertThat(own.rows("SHOW TABLES LIKE 'unmade'")).isEmpty();
        assertThatThrownBy(() -> own.run("REPLACE TABLE unmade USING trestle AS SELECT 1 AS id"))
                .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }

    @Test
    void aTableOfTheServiceTakesThePlaceOfOneOfSparks() throws Exception {
        own.run("CREATE TABLE taken USING parquet AS SELECT 1 AS id");
        String replacement = "CREATE OR REPLACE TABLE taken USING trestle AS ";

        assertThatThrownBy(() -> own.run(replacement + FAILING)).hasStackTraceContaining("on purpose");
        assertThat(own.rows("SELECT * FROM taken")).containsExactly("[1]");
        assertThat(tables()).doesNotContain("taken");

        own.run(replacement + "SELECT id + 1 AS id FROM taken");
        assertThat(own.rows("SELECT * FROM taken")).containsExactly("[2]");
        own.run("DROP TABLE taken");
        assertThat(own.rows("SHOW TABLES LIKE 'taken'")).isEmpty();
    }

    /** Spark's own catalog makes tables of such providers only where no other stands in its place. */
    @Test
    void aTableOfTheServiceStaysWhereNoneOfAnotherProviderTakesItsPlace() throws Exception {
        own.run("CREATE TABLE stays USING trestle AS SELECT 1 AS id");

        assertThatThrownBy(() -> own.run("CREATE OR REPLACE TABLE stays USING noop AS SELECT 2 AS id"))
                .hasMessageContaining("provider 'noop'");
        assertThatThrownBy(() -> own.run("CREATE TABLE unmade USING noop AS SELECT 2 AS id"))
                .hasMessageContaining("provider 'noop'");

        assertThat(own.rows("SELECT * FROM stays")).containsExactly("[1]");
        assertThat(own.rows("SHOW TABLES LIKE 'stays|unmade'")).containsExactly("[mixed,stays,false]");
    }

    @Test
    void aTableLikeAnotherIsOfItsProviderOrOfTheNamedOne() throws Exception {
        own.run("CREATE TABLE like_ours (id INT NOT NULL, v STRING) USING trestle"
                        + " TBLPROPERTIES ('primary-key'='id', 'bucket'='2')")
                .run("CREATE TABLE like_theirs (id INT, v STRING) USING parquet");

        own.run("CREATE TABLE ours_of_ours LIKE like_ours")
                .run("CREATE TABLE ours_by_name LIKE like_ours USING trestle TBLPROPERTIES ('bucket'='3')")
                .run("CREATE TABLE theirs_of_theirs LIKE like_theirs")
                .run("CREATE TABLE theirs_of_ours LIKE like_ours USING parquet")
                .run("CREATE TABLE IF NOT EXISTS ours_of_ours LIKE like_theirs");

        assertThat(tables())
                .contains("ours_of_ours", "ours_by_name")
                .doesNotContain("theirs_of_theirs", "theirs_of_ours");
        assertThat(other.getTable(Identifier.create("mixed", "ours_of_ours")).primaryKeys())
                .containsExactly("id");
        assertThat(other.getTable(Identifier.create("mixed", "ours_by_name")).options())
                .containsEntry("bucket", "3");
        for (String table : new String[] {"ours_of_ours", "ours_by_name", "theirs_of_theirs", "theirs_of_ours"}) {
            own.run("INSERT INTO " + table + " VALUES (1, 'a')");
            assertThat(own.rows("SELECT * FROM " + table)).as(table).containsExactly("[1,a]");
        }
    }

    /** Spark makes it by itself, whatever provider the statement names. */
    @Test
    void aTableLikeOneOfSparksIsSparksAndSaysSoWhereItCannotBeUsed() {
        own.run("CREATE TABLE model (id INT) USING parquet").run("CREATE TABLE misnamed LIKE model USING trestle");

        assertThatThrownBy(() -> own.rows("SELECT * FROM misnamed"))
                .hasMessageContaining("Table mixed.misnamed is one of Spark's own catalog")
                .hasMessageContaining("DROP TABLE");
        own.run("DROP TABLE misnamed").run("CREATE TABLE misnamed USING trestle AS SELECT * FROM model LIMIT 0");
        assertThat(own.rows("SELECT * FROM misnamed")).isEmpty();
    }

    @Test
    void bothKindsAreAlteredAndRenamed() throws Exception {
        own.run("CREATE TABLE before_ours (id INT) USING trestle")
                .run("CREATE TABLE before_theirs (id INT) USING parquet");
        own.run("ALTER TABLE before_ours ADD COLUMN v STRING").run("ALTER TABLE before_theirs ADD COLUMN v STRING");
        own.run("ALTER TABLE before_ours RENAME TO after_ours");
        own.run("ALTER TABLE before_theirs RENAME TO after_theirs");

        assertThat(tables()).contains("after_ours").doesNotContain("before_ours");
        assertThat(own.column("DESCRIBE after_theirs")).contains("id", "v");
        assertThat(own.column("DESCRIBE after_ours")).contains("id", "v");
    }

    @Test
    void aDatabaseOfAnotherClientTakesTablesOfBothKinds() throws Exception {
        own.run("CREATE DATABASE IF NOT EXISTS d");
        own.run("CREATE TABLE d.t1 (id INT) USING trestle").run("CREATE TABLE d.t2 (id INT) USING parquet");

        assertThat(other.listTables("d")).containsExactly("t1");
        assertThat(own.rows("SHOW TABLES IN d")).hasSize(2);
    }

    @Test
    void aDatabaseWithATableOfSparksIsNotDropped() throws Exception {
        own.run("CREATE DATABASE kept").run("CREATE TABLE kept.t (id INT) USING parquet");

        assertThatThrownBy(() -> own.run("DROP DATABASE kept RESTRICT")).hasMessageContaining("kept");
        assertThat(other.listDatabases()).contains("kept");

        own.run("DROP DATABASE kept CASCADE");
        assertThat(other.listDatabases()).doesNotContain("kept");
    }

    @Test
    void aDatabaseThatTheServiceDoesNotDropKeepsItsTablesOfSparks() throws Exception {
        try (FaultProxy proxy = FaultProxy.start(server.uri())) {
            Map<String, String> options = new HashMap<>(options());
            options.put("uri", proxy.uri().toString());
            SparkTestSession through = SparkTestSession.openInPlaceOfSparks(options)
                    .run("CREATE DATABASE stays")
                    .run("CREATE TABLE stays.theirs USING parquet AS SELECT 1 AS id")
                    .run("CREATE TABLE stays.ours USING trestle AS SELECT 2 AS id");
            proxy.inject(Fault.answer(403), ProxiedRequest.that("DELETE", "/databases/stays$"));

            assertThatThrownBy(() -> through.run("DROP DATABASE stays CASCADE")).hasMessageContaining("stays");

            assertThat(through.rows("SELECT * FROM stays.theirs")).containsExactly("[1]");
            through.run("DROP DATABASE stays CASCADE");
            assertThat(other.listDatabases()).doesNotContain("stays");
            assertThat(through.rows("SHOW DATABASES LIKE 'stays'")).isEmpty();
        }
    }

    @Test
    void theDatabaseThatSparkNeverDropsKeepsItsTablesOfTheService() throws Exception {
        own.run("CREATE DATABASE IF NOT EXISTS default").run("CREATE TABLE default.ours (id INT) USING trestle");

        assertThatThrownBy(() -> own.run("DROP DATABASE default CASCADE")).hasMessageContaining("default");

        assertThat(other.listTables("default")).containsExactly("ours");
    }

    @Test
    void viewsAreSparks() throws Exception {
        own.run("CREATE TABLE seen (id INT) USING trestle").run("INSERT INTO seen VALUES (1)");
        own.run("CREATE VIEW looks AS SELECT id + 1 AS next FROM mixed.seen");

        assertThat(own.rows("SELECT * FROM looks")).containsExactly("[2]");
        assertThat(other.listViews("mixed")).isEmpty();
        own.run("DROP VIEW looks");
    }

    @Test
    void proceduresAreThoseOfTheService() throws Exception {
        own.run("CREATE TABLE tagged (id INT) USING trestle").run("INSERT INTO tagged VALUES (1)");

        own.run("CALL spark_catalog.sys.create_tag(table => 'mixed.tagged', tag => 'a')");

        assertThat(other.getTag(Identifier.create("mixed", "tagged"), "a")
                        .snapshot()
                        .id())
                .isEqualTo(1);
    }

    @Test
    void aTableThatIsNowhereIsSparksError() {
        assertThatThrownBy(() -> own.rows("SELECT * FROM nowhere")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }
}
