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
package dev.trestle.trino.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.Arrays;
import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ColumnDdlTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void openSchema(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(runner, "column_ddl");
    }

    private Table stored(String table) throws Exception {
        try (RestCatalog other = runner.otherClient()) {
            return other.getTable(Identifier.create("column_ddl", table));
        }
    }

    private List<Object> columns(String table) {
        return sql.rows("DESCRIBE " + table).stream().map(List::getFirst).toList();
    }

    @Test
    void columnsAreAddedWhereTheStatementSays() throws Exception {
        sql.run("CREATE TABLE grown (a integer, b integer)");
        sql.run("ALTER TABLE grown ADD COLUMN last varchar DEFAULT 'x' COMMENT 'at the end'");
        sql.run("ALTER TABLE grown ADD COLUMN first date FIRST");
        sql.run("ALTER TABLE grown ADD COLUMN middle bigint AFTER a");
        sql.run("ALTER TABLE grown ADD COLUMN IF NOT EXISTS middle bigint");

        assertThat(columns("grown")).containsExactly("first", "a", "middle", "b", "last");
        DataField last = stored("grown").rowType().getField("last");
        assertThat(last.defaultValue()).isEqualTo("x");
        assertThat(last.description()).isEqualTo("at the end");
        sql.failure("ALTER TABLE grown ADD COLUMN a integer").hasMessageContaining("already exists");
        sql.failure("ALTER TABLE grown ADD COLUMN n integer NOT NULL")
                .hasMessageContaining("Column 'n' cannot be added with NOT NULL");
    }

    @Test
    void aColumnIsAddedWithADefaultWhereNoRowIs() {
        sql.run("CREATE TABLE filled (a integer)");
        sql.run("INSERT INTO filled VALUES 1");

        sql.failure("ALTER TABLE filled ADD COLUMN b integer DEFAULT 5")
                .hasMessageContaining("Column 'b' cannot be added with DEFAULT to table column_ddl.filled")
                .hasMessageContaining("SET DEFAULT, which holds for rows to come");
        sql.run("ALTER TABLE filled ADD COLUMN b integer");
        sql.run("ALTER TABLE filled ALTER COLUMN b SET DEFAULT 5");
        sql.run("INSERT INTO filled (a) VALUES 2");

        assertThat(sql.rows("SELECT a, b FROM filled ORDER BY a"))
                .containsExactly(Arrays.asList(1, null), List.of(2, 5));
        sql.run("TRUNCATE TABLE filled");
        sql.run("ALTER TABLE filled ADD COLUMN c integer DEFAULT 6");
    }

    @Test
    void columnsAreRenamedAndDropped() {
        sql.run("CREATE TABLE shrunk (a integer, b integer, c integer) WITH (primary_key = ARRAY['a'], bucket = 1)");
        sql.run("ALTER TABLE shrunk RENAME COLUMN b TO renamed");
        sql.run("ALTER TABLE shrunk DROP COLUMN c");

        assertThat(columns("shrunk")).containsExactly("a", "renamed");
        sql.failure("ALTER TABLE shrunk DROP COLUMN a").hasMessageContaining("primary key");
        sql.failure("ALTER TABLE shrunk DROP COLUMN no_such").hasMessageContaining("does not exist");
    }

    @Test
    void fieldsOfRowsAreAddedRenamedRetypedAndDropped() throws Exception {
        sql.run("CREATE TABLE nested (r row(x integer, y row(z integer)), a array(row(e integer)))");
        sql.run("ALTER TABLE nested ADD COLUMN r.w varchar");
        sql.run("ALTER TABLE nested ADD COLUMN r.y.deep date");
        sql.run("ALTER TABLE nested ADD COLUMN IF NOT EXISTS r.W integer");
        sql.run("ALTER TABLE nested ADD COLUMN a.element.f bigint");
        sql.run("ALTER TABLE nested RENAME COLUMN r.x TO renamed");
        sql.run("ALTER TABLE nested DROP COLUMN r.y.z");
        sql.run("ALTER TABLE nested ALTER COLUMN a.element.e SET DATA TYPE bigint");
        sql.run("ALTER TABLE nested ALTER COLUMN r.renamed SET DATA TYPE bigint");

        assertThat(sql.rows("DESCRIBE nested"))
                .extracting(row -> row.get(1))
                .containsExactly(
                        "row(\"renamed\" bigint, \"y\" row(\"deep\" date), \"w\" varchar)",
                        "array(row(\"e\" bigint, \"f\" bigint))");
        assertThat(stored("nested").rowType().getField("r").type().asSQLString())
                .contains("`renamed` BIGINT");
        sql.failure("ALTER TABLE nested ADD COLUMN r.w integer").hasMessageContaining("already exists");
    }

    @Test
    void aRowTypeIsChangedFieldByField() {
        sql.run("CREATE TABLE retyped (r row(x integer, y integer), m map(varchar, integer), i integer)");
        sql.run("ALTER TABLE retyped ALTER COLUMN r SET DATA TYPE row(x bigint, z varchar)");
        sql.run("ALTER TABLE retyped ALTER COLUMN m SET DATA TYPE map(varchar, bigint)");
        sql.run("ALTER TABLE retyped ALTER COLUMN i SET DATA TYPE bigint");

        assertThat(sql.rows("DESCRIBE retyped"))
                .extracting(row -> row.get(1))
                .containsExactly("row(\"x\" bigint, \"z\" varchar)", "map(varchar, bigint)", "bigint");
        sql.failure("ALTER TABLE retyped ALTER COLUMN r SET DATA TYPE row(z varchar, x bigint)")
                .hasMessageContaining("keep their order");
        sql.failure("ALTER TABLE retyped ALTER COLUMN r SET DATA TYPE row(other bigint)")
                .hasMessageContaining("one field of a row stays at least");
        sql.failure("ALTER TABLE retyped ALTER COLUMN m SET DATA TYPE map(bigint, bigint)")
                .hasMessageContaining("the key of a map keeps its type");
        sql.failure("ALTER TABLE retyped ALTER COLUMN i SET DATA TYPE row(a integer)")
                .hasMessageContaining("The type of 'i' cannot be changed so");
    }

    @Test
    void aBucketKeyKeepsTheTypeByWhichItsRowsAreFound() {
        sql.run("CREATE TABLE spread (k integer, t varchar(5)) WITH (bucket = 4, bucket_key = ARRAY['k', 't'])");
        sql.run("INSERT INTO spread VALUES (-7, 'tea')");

        sql.failure("ALTER TABLE spread ALTER COLUMN k SET DATA TYPE bigint")
                .hasMessageContaining("Column 'k'")
                .hasMessageContaining("cannot become BIGINT")
                .hasMessageContaining("bucket-key")
                .hasMessageContaining("Add a column of that type, or make another table");

        sql.run("ALTER TABLE spread ALTER COLUMN t SET DATA TYPE varchar");
        assertThat(sql.rows("SELECT * FROM spread WHERE k = -7 AND t = 'tea'")).containsExactly(List.of(-7, "tea"));
    }

    @Test
    void aTypeThatDoesNotHoldTheColumnsValuesIsRefused() {
        sql.run("CREATE TABLE narrowed AS SELECT BIGINT '9223372036854775807' b, 'text' t, DECIMAL '123.45' d,"
                + " TIMESTAMP '2020-01-01 00:00:00.000 UTC' z");

        sql.failure("ALTER TABLE narrowed ALTER COLUMN b SET DATA TYPE integer")
                .hasMessage("The type of 'b' cannot be changed so: not every value of bigint has one in integer."
                        + " Add a column of the new type, fill it with UPDATE, and drop this one");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN b SET DATA TYPE decimal(5, 0)")
                .hasMessageContaining("not every value of bigint has one in decimal(5,0)");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN t SET DATA TYPE integer")
                .hasMessageContaining("not every value of varchar(4) has one in integer");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN t SET DATA TYPE varchar(3)")
                .hasMessageContaining("not every value of varchar(4) has one in varchar(3)");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN b SET DATA TYPE double")
                .hasMessageContaining("not every value of bigint has one in double");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN d SET DATA TYPE decimal(4, 2)")
                .hasMessageContaining("not every value of decimal(5,2) has one in decimal(4,2)");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN z SET DATA TYPE timestamp(3)")
                .hasMessageContaining("cannot be changed so");
        sql.failure("ALTER TABLE narrowed ALTER COLUMN z SET DATA TYPE date").hasMessageContaining("has one in date");

        sql.run("ALTER TABLE narrowed ALTER COLUMN t SET DATA TYPE varchar(5)");
        sql.run("ALTER TABLE narrowed ALTER COLUMN b SET DATA TYPE varchar");
        sql.run("ALTER TABLE narrowed ALTER COLUMN d SET DATA TYPE decimal(6, 3)");
        assertThat(sql.rows("SELECT b, CAST(d AS varchar) FROM narrowed"))
                .containsExactly(List.of("9223372036854775807", "123.450"));
    }

    @Test
    void notNullIsTakenAway() throws Exception {
        sql.run("CREATE TABLE nullable (a integer NOT NULL)");
        sql.run("ALTER TABLE nullable ALTER COLUMN a DROP NOT NULL");

        assertThat(stored("nullable").rowType().getField("a").type()).isEqualTo(DataTypes.INT());
    }

    @Test
    void defaultValuesAreSetAndDropped() throws Exception {
        sql.run("CREATE TABLE defaults (a integer, d date DEFAULT DATE '2020-01-01', z timestamp(3) with time zone)");
        sql.run("ALTER TABLE defaults ALTER COLUMN a SET DEFAULT 7");
        sql.run("ALTER TABLE defaults ALTER COLUMN d DROP DEFAULT");

        assertThat(stored("defaults").rowType().getField("a").defaultValue()).isEqualTo("7");
        assertThat(stored("defaults").rowType().getField("d").defaultValue()).isNull();
        sql.run("ALTER TABLE defaults ALTER COLUMN a SET DEFAULT NULL");
        assertThat(stored("defaults").rowType().getField("a").defaultValue()).isNull();
        sql.run("ALTER TABLE defaults ADD COLUMN b varbinary");
        sql.failure("ALTER TABLE defaults ALTER COLUMN b SET DEFAULT X'FF'")
                .hasMessageContaining("bytes that are a text in UTF-8");
        sql.failure("ALTER TABLE defaults ALTER COLUMN z SET DEFAULT TIMESTAMP '2020-01-01 00:00:00.000 UTC'")
                .hasMessageContaining("Column 'z' cannot have the default value");
    }

    @Test
    void commentsOfTableAndColumnsAreSetAndTakenAway() throws Exception {
        sql.run("CREATE TABLE commented (a integer COMMENT 'old') COMMENT 'old'");
        sql.run("COMMENT ON TABLE commented IS 'new'");
        sql.run("COMMENT ON COLUMN commented.a IS 'newer'");
        assertThat(stored("commented").comment()).contains("new");
        assertThat(stored("commented").rowType().getField("a").description()).isEqualTo("newer");

        sql.run("COMMENT ON TABLE commented IS NULL");
        sql.run("COMMENT ON COLUMN commented.a IS NULL");
        assertThat(stored("commented").comment().orElse("")).isEmpty();
        assertThat(stored("commented").rowType().getField("a").description()).isNull();
    }

    @Test
    void propertiesAreSetAndBroughtBackToTheirDefaults() throws Exception {
        sql.run("CREATE TABLE tuned (id integer) WITH (primary_key = ARRAY['id'], bucket = 1)");
        sql.run("ALTER TABLE tuned SET PROPERTIES changelog_producer = 'lookup', options = MAP("
                + "ARRAY['snapshot.num-retained.min', 'snapshot.time-retained'], ARRAY['5', '1 h'])");
        assertThat(stored("tuned").options())
                .containsEntry("changelog-producer", "lookup")
                .containsEntry("snapshot.num-retained.min", "5")
                .containsEntry("snapshot.time-retained", "1 h");

        sql.run("ALTER TABLE tuned SET PROPERTIES changelog_producer = DEFAULT, options = MAP("
                + "ARRAY['snapshot.num-retained.min'], ARRAY[NULL])");
        assertThat(stored("tuned").options())
                .doesNotContainKeys("changelog-producer", "snapshot.num-retained.min")
                .containsEntry("snapshot.time-retained", "1 h");

        sql.run("ALTER TABLE tuned SET PROPERTIES options = DEFAULT");
        assertThat(stored("tuned").options())
                .doesNotContainKey("snapshot.time-retained")
                .containsEntry("bucket", "1");

        sql.failure("ALTER TABLE tuned SET PROPERTIES primary_key = ARRAY['x']")
                .hasMessageContaining("Table property 'primary_key'");
        sql.failure("ALTER TABLE tuned SET PROPERTIES options = MAP(ARRAY['owner'], ARRAY['me'])")
                .hasMessageContaining("Option 'owner' is set by the service alone");
    }
}
