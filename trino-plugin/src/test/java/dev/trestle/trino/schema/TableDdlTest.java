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
import java.util.List;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TableDdlTest {

    private TrestleQueryRunner runner;
    private Sql sql;

    @BeforeAll
    void openSchema(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(runner, "table_ddl");
    }

    private Table stored(String table) throws Exception {
        try (RestCatalog other = runner.otherClient()) {
            return other.getTable(Identifier.create("table_ddl", table));
        }
    }

    @Test
    void aNewTableHasItsKeysOptionsCommentsAndDefaults() throws Exception {
        sql.run("""
            CREATE TABLE made (
              id bigint COMMENT 'the key',
              day date NOT NULL,
              item varchar(20) DEFAULT 'tea',
              price decimal(10, 2) DEFAULT 1.50,
              at timestamp(6) with time zone)
            COMMENT 'what was sold'
            WITH (
              primary_key = ARRAY['id', 'day'],
              partitioned_by = ARRAY['day'],
              bucket = 2,
              bucket_key = ARRAY['id'],
              file_format = 'orc',
              merge_engine = 'deduplicate',
              changelog_producer = 'input',
              sequence_field = ARRAY['price'],
              options = MAP(ARRAY['snapshot.num-retained.min'], ARRAY['3']))\
            """);

        Table made = stored("made");
        assertThat(made.primaryKeys()).containsExactly("id", "day");
        assertThat(made.partitionKeys()).containsExactly("day");
        assertThat(made.comment()).contains("what was sold");
        assertThat(made.options())
                .containsEntry("bucket", "2")
                .containsEntry("bucket-key", "id")
                .containsEntry("file.format", "orc")
                .containsEntry("changelog-producer", "input")
                .containsEntry("sequence.field", "price")
                .containsEntry("snapshot.num-retained.min", "3");
        assertThat(made.rowType().getField("id").type())
                .isEqualTo(DataTypes.BIGINT().notNull());
        assertThat(made.rowType().getField("id").description()).isEqualTo("the key");
        assertThat(made.rowType().getField("at").type()).isEqualTo(DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(6));
        assertThat(made.rowType().getField("item").defaultValue()).isEqualTo("tea");
    }

    private void createElsewhere(String table, Schema.Builder schema) throws Exception {
        try (RestCatalog other = runner.otherClient()) {
            other.createTable(Identifier.create("table_ddl", table), schema.build(), false);
        }
    }

    /** Makes the table anew by what is shown of it. */
    private void remake(String table) {
        String shown = (String) sql.value("SHOW CREATE TABLE " + table);
        sql.run("DROP TABLE " + table);
        sql.run(shown);

        assertThat(sql.value("SHOW CREATE TABLE " + table)).isEqualTo(shown);
    }

    @Test
    void whatIsShownOfATableThatAnotherEngineMadeMakesOneThatTrinoReadsAlike() throws Exception {
        createElsewhere(
                "mixed",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("bag", DataTypes.MULTISET(DataTypes.STRING()))
                        .column("two", DataTypes.BINARY(2))
                        .column("few", DataTypes.VARBINARY(5))
                        .column("tm", DataTypes.TIME(0)));

        remake("mixed");

        assertThat(stored("mixed").rowType().getField("bag").type())
                .isEqualTo(DataTypes.MAP(DataTypes.STRING(), DataTypes.INT()));
        assertThat(stored("mixed").rowType().getField("two").type()).isEqualTo(DataTypes.BYTES());
        assertThat(stored("mixed").rowType().getField("tm").type()).isEqualTo(DataTypes.TIME(0));
    }

    @Test
    void whatIsShownOfVectorsAndBlobsMakesThemAgain() throws Exception {
        sql.run("CREATE TABLE vectors (id integer, v array(real), b varbinary) WITH (options = MAP("
                + "ARRAY['vector-field', 'field.v.vector-dim', 'vector.file.format', 'blob-field',"
                + " 'row-tracking.enabled', 'data-evolution.enabled'],"
                + " ARRAY['v', '3', 'avro', 'b', 'true', 'true']))");

        remake("vectors");

        assertThat(stored("vectors").rowType().getField("v").type()).isEqualTo(DataTypes.VECTOR(3, DataTypes.FLOAT()));
        assertThat(stored("vectors").rowType().getField("b").type()).isEqualTo(DataTypes.BLOB());
    }

    @Test
    void whatIsShownOfAFormatTableMakesItAgain() throws Exception {
        createElsewhere(
                "plain_files",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("day", DataTypes.STRING())
                        .partitionKeys("day")
                        .option("type", "format-table")
                        .option("file.format", "csv"));

        remake("plain_files");

        assertThat(stored("plain_files")).isInstanceOf(FormatTable.class);
        assertThat(stored("plain_files").partitionKeys()).containsExactly("day");
    }

    @Test
    void whatTrinoCannotMakeAgainIsRefusedWithWhatToWriteInstead() throws Exception {
        createElsewhere("fine_time", Schema.newBuilder().column("tm", DataTypes.TIME(6)));
        sql.failure(((String) sql.value("SHOW CREATE TABLE fine_time")).replace("fine_time", "fine_time_2"))
                .hasMessageContaining("use time(3)");

        createElsewhere(
                "zoned_default",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("at", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3)));
        try (RestCatalog other = runner.otherClient()) {
            other.alterTable(
                    Identifier.create("table_ddl", "zoned_default"),
                    List.of(SchemaChange.updateColumnDefaultValue(new String[] {"at"}, "2026-01-01 00:00:00")),
                    false);
        }
        sql.failure(((String) sql.value("SHOW CREATE TABLE zoned_default")).replace("zoned_default", "zoned_default_2"))
                .hasMessageContaining("in each reader's own zone")
                .hasMessageContaining("leave out DEFAULT");
    }

    @Test
    void whatShowCreateTableSaysMakesTheSameTable() {
        sql.run("""
            CREATE TABLE shown (
              id bigint,
              b boolean DEFAULT true,
              i integer DEFAULT -5,
              r real DEFAULT REAL '1.5',
              d double DEFAULT 2.5E0,
              s varchar DEFAULT 'it''s',
              q varchar DEFAULT '''quoted''',
              c char(3) DEFAULT 'abc',
              v varbinary DEFAULT X'C3A90061',
              dt date DEFAULT DATE '2024-02-29',
              tm time(3) DEFAULT TIME '12:34:56.789',
              ts timestamp(3) DEFAULT TIMESTAMP '2024-02-29 01:02:03.004',
              dc decimal(12, 3) DEFAULT DECIMAL '-1.250',
              nested row(x integer, y array(varchar)),
              m map(varchar, bigint) NOT NULL COMMENT 'not null',
              var variant)
            COMMENT 'a ''comment'''
            WITH (
              primary_key = ARRAY['id'],
              bucket = 1,
              file_format = 'parquet',
              deletion_vectors_enabled = true,
              options = MAP(ARRAY['snapshot.time-retained', 'fields.s.aggregate-function'], ARRAY['2 h', 'a=b']))\
            """);
        String shown = (String) sql.value("SHOW CREATE TABLE shown");

        sql.run("DROP TABLE shown");
        sql.run(shown);

        assertThat(shown)
                .contains("option_list = ARRAY['fields.s.aggregate-function=a=b','snapshot.time-retained=2 h']");
        assertThat(sql.value("SHOW CREATE TABLE shown")).isEqualTo(shown);
    }

    @Test
    void aSecretAmongTheOptionsIsNotShown() {
        sql.run("CREATE TABLE keyed (token integer) WITH (options = MAP(ARRAY['fs.oss.accessKeySecret',"
                + " 'fields.token.aggregate-function'], ARRAY['hunter2', 'max']))");

        String shown = (String) sql.value("SHOW CREATE TABLE keyed");

        assertThat(shown)
                .contains("'fields.token.aggregate-function=max','fs.oss.accessKeySecret=******'")
                .doesNotContain("hunter2");
        assertThat(sql.rows("SELECT value FROM \"keyed$options\" WHERE key = 'fs.oss.accessKeySecret'"))
                .containsExactly(List.of("******"));
        sql.run("DROP TABLE keyed");
        sql.failure(shown).hasMessageContaining("Option 'fs.oss.accessKeySecret' cannot be '******'");
    }

    @Test
    void ifNotExistsLeavesATableThatIsThere() {
        sql.run("CREATE TABLE kept (a integer)");
        sql.run("CREATE TABLE IF NOT EXISTS kept (b integer)");

        assertThat(sql.rows("DESCRIBE kept")).extracting(List::getFirst).containsExactly("a");
        sql.failure("CREATE TABLE kept (b integer)").hasMessageContaining("Table 'lake.table_ddl.kept' already exists");
    }

    @Test
    void createOrReplaceMakesAnotherTable() {
        sql.run("CREATE TABLE replaced (a integer)");
        sql.run("CREATE OR REPLACE TABLE replaced (b varchar)");
        sql.run("CREATE OR REPLACE TABLE first_made_by_replace (c varchar)");

        assertThat(sql.rows("DESCRIBE replaced")).extracting(List::getFirst).containsExactly("b");
        assertThat(sql.rows("DESCRIBE first_made_by_replace")).hasSize(1);
    }

    @Test
    void aTableStaysWhenTheOneThatIsToReplaceItIsRefused() {
        sql.run("CREATE TABLE not_replaced AS SELECT 1 a");

        sql.failure("CREATE OR REPLACE TABLE not_replaced (a integer) WITH (bucket = 4)")
                .hasMessageContaining("bucket-key");

        assertThat(sql.rows("SELECT a FROM not_replaced")).containsExactly(List.of(1));
        assertThat(sql.rows("SHOW TABLES LIKE 'not_replaced%'")).hasSize(1);
    }

    @Test
    void aTableIsCreatedLikeAnotherWithItsProperties() throws Exception {
        sql.run("CREATE TABLE pattern (id integer) WITH (primary_key = ARRAY['id'], bucket = 3)");
        sql.run("CREATE TABLE copied (LIKE pattern INCLUDING PROPERTIES)");

        assertThat(stored("copied").primaryKeys()).containsExactly("id");
        assertThat(stored("copied").options()).containsEntry("bucket", "3");
    }

    @Test
    void dropTableRemovesIt() {
        sql.run("CREATE TABLE dropped (a integer)");
        sql.run("DROP TABLE dropped");

        sql.failure("SELECT * FROM dropped").hasMessageContaining("does not exist");
        sql.failure("DROP TABLE dropped").hasMessageContaining("does not exist");
        sql.run("DROP TABLE IF EXISTS dropped");
    }

    @Test
    void aTableIsRenamedIntoAnotherSchema() {
        Sql.in(runner, "table_ddl_other");
        sql.run("CREATE TABLE here (a integer)");
        sql.run("ALTER TABLE here RENAME TO there");
        sql.run("ALTER TABLE there RENAME TO table_ddl_other.moved");

        assertThat(sql.rows("SHOW TABLES FROM table_ddl_other")).containsExactly(List.of("moved"));
        assertThat(sql.rows("SHOW TABLES LIKE 'there'")).isEmpty();
        sql.run("CREATE TABLE here (a integer)");
        sql.failure("ALTER TABLE here RENAME TO table_ddl_other.moved").hasMessageContaining("already exists");
        sql.failure("ALTER TABLE here RENAME TO no_such_schema.moved").hasMessageContaining("no_such_schema");
    }

    @Test
    void truncateLeavesNoRows() throws Exception {
        sql.run("CREATE TABLE emptied (a integer) WITH (bucket = -1)");
        writeOne("emptied", 7);
        assertThat(sql.value("SELECT count(*) FROM emptied")).isEqualTo(1L);

        sql.run("TRUNCATE TABLE emptied");

        assertThat(sql.value("SELECT count(*) FROM emptied")).isEqualTo(0L);
    }

    private void writeOne(String table, int value) throws Exception {
        var write = stored(table).newBatchWriteBuilder();
        try (var writer = write.newWrite();
                var commit = write.newCommit()) {
            writer.write(org.apache.paimon.data.GenericRow.of(value));
            commit.commit(writer.prepareCommit());
        }
    }

    @Test
    void aWrongPropertyIsRefusedByName() {
        sql.failure("CREATE TABLE x (a integer) WITH (merge_engine = 'newest')")
                .hasMessageContaining("Table property 'merge_engine' cannot be 'newest'")
                .hasMessageContaining("partial-update");
        sql.failure("CREATE TABLE x (a integer) WITH (primary_key = ARRAY['b'])")
                .hasMessageContaining("Table property 'primary_key' names 'b', which is no column");
        sql.failure("CREATE TABLE x (a integer) WITH (sequence_field = ARRAY['b'])")
                .hasMessageContaining("Table property 'sequence_field' names 'b'");
        sql.failure("CREATE TABLE x (a integer) WITH (no_such = 1)").hasMessageContaining("'no_such' does not exist");
    }

    @Test
    void anOptionThatNobodyMaySetIsRefusedByName() {
        sql.failure("CREATE TABLE x (a integer) WITH (options = MAP(ARRAY['createdBy'], ARRAY['me']))")
                .hasMessageContaining("Option 'createdBy' is set by the service alone");
        sql.failure("CREATE TABLE x (a integer) WITH (options = MAP(ARRAY['path'], ARRAY['/tmp/x']))")
                .hasMessageContaining("Option 'path' cannot be set: use the table property 'location'");
        sql.failure("CREATE TABLE x (a integer) WITH (options = MAP(ARRAY['type'], ARRAY['lance-table']))")
                .hasMessageContaining("Option 'type' cannot be 'lance-table'");
        sql.failure("CREATE TABLE x (a integer) WITH (options = MAP(ARRAY['snapshot.time-retained'], ARRAY['soon']))")
                .hasMessageContaining("Option 'snapshot.time-retained' cannot be 'soon'");
        sql.failure("CREATE TABLE x (a integer) WITH (bucket = 1, options = MAP(ARRAY['bucket'], ARRAY['2']))")
                .hasMessageContaining("'bucket' is given twice");
        sql.failure("CREATE TABLE x (a integer) WITH (option_list = ARRAY['bucket'])")
                .hasMessageContaining("'bucket' is not of the form 'key=value'");
    }

    @Test
    void aTypeWithoutAHomeIsRefused() {
        sql.failure("CREATE TABLE x (a uuid)").hasMessageContaining("Column 'a' has the type uuid");
        sql.failure("CREATE TABLE x (a time(6))").hasMessageContaining("use time(3)");
    }
}
