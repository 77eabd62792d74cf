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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlterTableTest extends CatalogFixture {

    @BeforeEach
    void createTable() {
        run("CREATE TABLE t (id INT, name STRING, s STRUCT<a: INT, b: STRING>, xs ARRAY<STRUCT<x: INT>>)");
    }

    private java.util.List<String> columns() throws Exception {
        return stored("t").rowType().getFieldNames();
    }

    private String type(String column) throws Exception {
        return stored("t").rowType().getField(column).type().asSQLString();
    }

    @Test
    void columnsAreAddedWhereTheyAreAskedFor() throws Exception {
        run("ALTER TABLE t ADD COLUMNS (a BIGINT COMMENT 'n' FIRST, b DATE AFTER id, c INT)");

        assertThat(columns()).containsExactly("a", "id", "b", "name", "s", "xs", "c");
        assertThat(stored("t").rowType().getField("a").description()).isEqualTo("n");
    }

    @Test
    void fieldsInsideOfStructsAreChanged() throws Exception {
        run("ALTER TABLE t ADD COLUMN s.c DOUBLE")
                .run("ALTER TABLE t RENAME COLUMN s.a TO aa")
                .run("ALTER TABLE t ADD COLUMN xs.element.y STRING")
                .run("ALTER TABLE t ALTER COLUMN s.aa TYPE BIGINT")
                .run("ALTER TABLE t DROP COLUMN s.b");

        assertThat(type("s")).isEqualTo("ROW<`aa` BIGINT, `c` DOUBLE>");
        assertThat(type("xs")).isEqualTo("ARRAY<ROW<`x` INT, `y` STRING>>");
    }

    @Test
    void aColumnIsRenamedMovedCommentedAndDropped() throws Exception {
        run("ALTER TABLE t RENAME COLUMN name TO title")
                .run("ALTER TABLE t ALTER COLUMN title COMMENT 'of the book'")
                .run("ALTER TABLE t ALTER COLUMN title FIRST")
                .run("ALTER TABLE t DROP COLUMN s");

        assertThat(columns()).containsExactly("title", "id", "xs");
        assertThat(stored("t").rowType().getField("title").description()).isEqualTo("of the book");
    }

    @Test
    void aBucketKeyKeepsItsType() {
        run("CREATE TABLE spread (k INT, v INT) TBLPROPERTIES ('bucket'='4', 'bucket-key'='k')");

        assertThatThrownBy(() -> run("ALTER TABLE spread ALTER COLUMN k TYPE BIGINT"))
                .hasMessageContaining("Column 'k' of table")
                .hasMessageContaining("cannot become BIGINT");

        run("ALTER TABLE spread ALTER COLUMN v TYPE BIGINT");
    }

    @Test
    void aTypeIsWidened() throws Exception {
        run("ALTER TABLE t ALTER COLUMN id TYPE BIGINT");

        assertThat(type("id")).isEqualTo("BIGINT");
    }

    @Test
    void aColumnMayBeNullAfterwards() throws Exception {
        run("CREATE TABLE n (id INT NOT NULL)").run("ALTER TABLE n ALTER COLUMN id DROP NOT NULL");

        assertThat(stored("n").rowType().getField("id").type().isNullable()).isTrue();
    }

    @Test
    void aDefaultIsSetAndDropped() throws Exception {
        run("ALTER TABLE t ALTER COLUMN name SET DEFAULT 'x'");
        assertThat(stored("t").rowType().getField("name").defaultValue()).isEqualTo("x");

        run("ALTER TABLE t ALTER COLUMN name DROP DEFAULT");
        assertThat(stored("t").rowType().getField("name").defaultValue()).isNull();
    }

    @Test
    void propertiesAndTheCommentAreSetAndRemoved() throws Exception {
        run("ALTER TABLE t SET TBLPROPERTIES ('snapshot.num-retained.max'='20', 'comment'='mine')");
        assertThat(stored("t").options()).containsEntry("snapshot.num-retained.max", "20");
        assertThat(stored("t").comment()).contains("mine");

        run("ALTER TABLE t UNSET TBLPROPERTIES ('snapshot.num-retained.max')").run("COMMENT ON TABLE t IS 'ours'");
        assertThat(stored("t").options()).doesNotContainKey("snapshot.num-retained.max");
        assertThat(stored("t").comment()).contains("ours");
    }

    @Test
    void whatCannotBeChangedIsRefusedByName() {
        assertThatThrownBy(() -> run("ALTER TABLE t SET TBLPROPERTIES ('primary-key'='id')"))
                .hasMessageContaining("primary key cannot be changed");
        assertThatThrownBy(() -> run("ALTER TABLE t SET LOCATION 'file:/tmp/x'"))
                .hasMessageContaining("location cannot be changed");
        assertThatThrownBy(() -> run("ALTER TABLE t ADD COLUMN d INT DEFAULT 4"))
                .hasMessageContaining("cannot be added with a DEFAULT");
        assertThatThrownBy(() -> run("ALTER TABLE t ALTER COLUMN s.b FIRST"))
                .hasMessageContaining("the position of the nested field 's.b' cannot be chosen");
        assertThatThrownBy(() -> run("ALTER TABLE t ADD COLUMN s.c INT FIRST"))
                .hasMessageContaining("the position of the nested field 's.c' cannot be chosen");
        assertThatThrownBy(() -> run("ALTER TABLE t ADD CONSTRAINT positive CHECK (id > 0)"))
                .hasMessageContaining("table constraint");
        assertThatThrownBy(() -> run("ALTER TABLE t REPLACE COLUMNS (id INT, title STRING)"))
                .hasMessageContaining(
                        "Table d.t: REPLACE COLUMNS is not supported, it would drop all columns with their"
                                + " values. Use RENAME COLUMN");
        assertThatThrownBy(() -> run("ALTER TABLE t ALTER COLUMN name TYPE INT"))
                .hasMessageContaining("name");
    }
}
