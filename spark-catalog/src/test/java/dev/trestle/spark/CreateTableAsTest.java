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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateTableAsTest extends CatalogFixture {

    @Test
    void aTableIsMadeAndFilled() throws Exception {
        run("CREATE TABLE t PARTITIONED BY (dt) TBLPROPERTIES ('primary-key'='id,dt', 'bucket'='1')"
                + " AS SELECT 1 AS id, 'x' AS dt UNION ALL SELECT 2, 'y'");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1,x]", "[2,y]");
        assertThat(stored("t").primaryKeys()).containsExactly("id", "dt");
    }

    @Test
    void aTableWhoseQueryFailsIsNotThere() {
        assertThatThrownBy(() -> run("CREATE TABLE t AS SELECT raise_error('no') AS id"))
                .hasStackTraceContaining("no");

        assertThat(rows("SHOW TABLES")).isEmpty();
    }

    @Test
    void aTableIsReplacedWithAnotherSchema() throws Exception {
        run("CREATE TABLE t AS SELECT 1 AS id").run("REPLACE TABLE t AS SELECT 'a' AS name, 2 AS n");
        assertThat(rows("SELECT name, n FROM t")).containsExactly("[a,2]");

        run("CREATE OR REPLACE TABLE t AS SELECT max(n) AS n FROM t");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2]");
        assertThat(rows("SHOW TABLES")).containsExactly("[d,t,false]");
    }

    @Test
    void aTableIsAsItWasWhereTheQueryOfItsReplacementFails() {
        run("CREATE TABLE t AS SELECT 1 AS id");

        assertThatThrownBy(() -> run("REPLACE TABLE t AS SELECT raise_error('no') AS name"))
                .hasStackTraceContaining("no");

        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
        assertThat(rows("SHOW TABLES")).containsExactly("[d,t,false]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aTableIsNotReplacedByOneAtItsOwnLocation(String end) {
        String location = " LOCATION '" + warehouse.resolve("external").toUri() + end + "' ";
        run("CREATE TABLE t" + location + "AS SELECT 1 AS id");

        for (String statement : new String[] {
            "REPLACE TABLE t (id INT)" + location,
            "CREATE OR REPLACE TABLE t (id INT)" + location,
            "CREATE OR REPLACE TABLE t" + location + "AS SELECT 2 AS id",
            "CREATE OR REPLACE TABLE t TBLPROPERTIES ('path'='" + warehouse.resolve("external")
                    + "/below') AS SELECT 2 AS id"
        }) {
            assertThatThrownBy(() -> run(statement))
                    .as(statement)
                    .hasMessageContaining("Table d.t cannot be replaced by one at LOCATION")
                    .hasMessageContaining("Give another LOCATION or none");
        }
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
        assertThat(rows("SHOW TABLES")).containsExactly("[d,t,false]");
    }

    @Test
    void aTableIsReplacedByOneAtAnotherLocation() {
        run("CREATE TABLE t LOCATION '" + warehouse.resolve("one") + "' AS SELECT 1 AS id");

        assertThatThrownBy(() -> run("REPLACE TABLE t LOCATION '" + warehouse.resolve("two")
                        + "' AS SELECT CAST(raise_error('no') AS INT) AS id"))
                .hasStackTraceContaining("no");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
        run("REPLACE TABLE t LOCATION '" + warehouse.resolve("two") + "' AS SELECT 2 AS id");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2]");
        run("REPLACE TABLE t AS SELECT 3 AS id");
        assertThat(rows("SELECT * FROM t")).containsExactly("[3]");
    }

    @Test
    void aDataFrameIsSavedAsATable() {
        session.sql("SELECT 1 AS id").writeTo("t").createOrReplace();
        session.sql("SELECT 2 AS id").write().mode("append").saveAsTable("t");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1]", "[2]");
    }

    /** Spark names its own default then, which is parquet. */
    @Test
    void aDataFrameThatIsToldNoFormatMakesATable() {
        session.sql("SELECT 1 AS id").write().saveAsTable("t");
        session.sql("SELECT 2 AS id").write().mode("overwrite").saveAsTable("t");

        assertThat(rows("SELECT * FROM t")).containsExactly("[2]");
    }
}
