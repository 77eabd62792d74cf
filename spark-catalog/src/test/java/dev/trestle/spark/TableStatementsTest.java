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

import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.Test;

class TableStatementsTest extends CatalogFixture {

    @Test
    void aTableIsStoredAsDeclared() throws Exception {
        run("CREATE TABLE t (id INT NOT NULL COMMENT 'the key', dt STRING, Name STRING DEFAULT 'x', n INT DEFAULT 5)"
                + " COMMENT 'mine' PARTITIONED BY (dt)"
                + " TBLPROPERTIES ('primary-key'='dt,id', 'bucket'='2', 'snapshot.num-retained.max'='20')");

        FileStoreTable table = stored("t");
        assertThat(table.primaryKeys()).containsExactly("dt", "id");
        assertThat(table.partitionKeys()).containsExactly("dt");
        assertThat(table.comment()).contains("mine");
        assertThat(table.coreOptions().bucket()).isEqualTo(2);
        assertThat(table.options()).containsEntry("snapshot.num-retained.max", "20");
        assertThat(table.rowType().getFieldNames()).containsExactly("id", "dt", "Name", "n");
        assertThat(table.rowType().getField("id").description()).isEqualTo("the key");
        assertThat(table.rowType().getField("id").type().isNullable()).isFalse();
        assertThat(table.rowType().getField("Name").defaultValue()).isEqualTo("x");
        assertThat(table.rowType().getField("n").defaultValue()).isEqualTo("5");
    }

    @Test
    void aTableLikeAnotherHasItsColumnsKeysAndOptionsAndNoneOfItsRows() throws Exception {
        run("CREATE TABLE t (id INT NOT NULL, dt STRING NOT NULL, v STRING DEFAULT 'x') COMMENT 'mine' PARTITIONED"
                + " BY (dt) TBLPROPERTIES ('primary-key'='dt,id', 'bucket'='2', 'file.format'='orc')");
        run("INSERT INTO t VALUES (1, 'a', 'b')");

        run("CREATE TABLE copy LIKE t TBLPROPERTIES ('bucket'='3')");

        FileStoreTable copy = stored("copy");
        assertThat(copy.rowType()).isEqualTo(stored("t").rowType());
        assertThat(copy.primaryKeys()).containsExactly("dt", "id");
        assertThat(copy.partitionKeys()).containsExactly("dt");
        assertThat(copy.comment()).contains("mine");
        assertThat(copy.coreOptions().bucket()).isEqualTo(3);
        assertThat(copy.options()).containsEntry("file.format", "orc");
        assertThat(rows("SELECT * FROM copy")).isEmpty();
    }

    @Test
    void clusteredByMakesBuckets() throws Exception {
        run("CREATE TABLE t (id INT, name STRING) CLUSTERED BY (id) INTO 4 BUCKETS");

        assertThat(stored("t").coreOptions().bucket()).isEqualTo(4);
        assertThat(stored("t").schema().bucketKeys()).containsExactly("id");
    }

    @Test
    void theDescriptionShowsColumnsPartitionsAndProperties() {
        run("CREATE TABLE t (id INT COMMENT 'the key', dt STRING) PARTITIONED BY (dt) TBLPROPERTIES ('bucket'='-1')");

        assertThat(rows("DESCRIBE t")).contains("[id,int,the key]", "[dt,string,null]");
        assertThat(rows("DESCRIBE EXTENDED t").toString())
                .contains("# Partition Information", "bucket=-1", "Provider,paimon");
        assertThat(rows("SHOW TBLPROPERTIES t")).contains("[bucket,-1]");
        assertThat(session.column("SHOW COLUMNS IN t")).containsExactly("id", "dt");
    }

    @Test
    void whatShowCreateTableSaysMakesTheSameTable() throws Exception {
        run("CREATE TABLE t (id INT NOT NULL, c CHAR(3), v VARCHAR(5), dt DATE, n DECIMAL(10,2) DEFAULT 1.5)"
                + " COMMENT 'it''s' PARTITIONED BY (dt) TBLPROPERTIES ('primary-key'='id,dt', 'bucket'='3')");
        String statement = session.column("SHOW CREATE TABLE t").get(0);
        FileStoreTable before = stored("t");

        run("DROP TABLE t").run(statement);

        FileStoreTable after = stored("t");
        assertThat(after.schema().fields()).isEqualTo(before.schema().fields());
        assertThat(after.primaryKeys()).isEqualTo(before.primaryKeys());
        assertThat(after.partitionKeys()).isEqualTo(before.partitionKeys());
        assertThat(after.comment()).isEqualTo(before.comment());
        assertThat(after.coreOptions().bucket()).isEqualTo(3);
    }

    @Test
    void tablesAreListedRenamedAndDropped() {
        run("CREATE TABLE a (id INT)").run("CREATE TABLE b (id INT)").run("ALTER TABLE a RENAME TO d.c");

        assertThat(rows("SHOW TABLES")).containsExactlyInAnyOrder("[d,b,false]", "[d,c,false]");

        run("ALTER TABLE c RENAME TO " + session.catalog() + ".d.e").run("ALTER TABLE e RENAME TO c");
        assertThatThrownBy(() -> run("ALTER TABLE c RENAME TO elsewhere.d.e")).hasMessageContaining("elsewhere");

        run("DROP TABLE b");
        assertThat(rows("SHOW TABLES")).containsExactly("[d,c,false]");
        assertThatThrownBy(() -> run("DROP TABLE b")).hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
        assertThatThrownBy(() -> run("DROP TABLE c PURGE")).hasMessageContaining("Purge table");
        run("DROP TABLE IF EXISTS b");
    }

    @Test
    void aTableThatIsThereAlreadyIsRefused() {
        run("CREATE TABLE t (id INT)");

        assertThatThrownBy(() -> run("CREATE TABLE t (id INT)")).hasMessageContaining("TABLE_OR_VIEW_ALREADY_EXISTS");
        run("CREATE TABLE IF NOT EXISTS t (id INT)");
    }

    @Test
    void usingAFormatOfFilesMakesATableOfSuchFiles() throws Exception {
        run("CREATE TABLE t (id INT) USING ORC");

        assertThat(stored("t").coreOptions().fileFormatString()).isEqualTo("orc");
        assertThatThrownBy(() -> run("CREATE TABLE u (id INT) USING orc TBLPROPERTIES ('file.format'='avro')"))
                .hasMessageContaining("USING asks for 'file.format'='orc', but TBLPROPERTIES says 'avro'");
    }

    @Test
    void whatCannotBeStoredIsRefusedByName() {
        assertThatThrownBy(() -> run("CREATE TABLE t (i INTERVAL DAY TO SECOND)"))
                .hasMessageContaining("Column 'i' has the type INTERVAL DAY TO SECOND");
        assertThatThrownBy(() -> run("CREATE TABLE t (x TIME(6))")).hasMessageContaining("TIME(3) or less");
        assertThatThrownBy(() -> run("CREATE TABLE t (id INT) USING csv"))
                .hasMessageContaining("USING csv is not possible")
                .hasMessageContaining("'type'='format-table'");
        assertThatThrownBy(() -> run("CREATE TABLE t (ts TIMESTAMP) PARTITIONED BY (days(ts))"))
                .hasMessageContaining("PARTITIONED BY days(ts)");
        assertThatThrownBy(() -> run("CREATE TABLE t (ts TIMESTAMP DEFAULT current_timestamp())"))
                .hasMessageContaining("constants only");
        assertThatThrownBy(() -> run("CREATE TABLE t (id INT CHECK (id > 0))"))
                .hasMessageContaining("table constraint");
        assertThatThrownBy(() -> run("CREATE TABLE t (id INT) CLUSTER BY (id)")).hasMessageContaining("CLUSTER BY");
        assertThatThrownBy(() -> run("CREATE TABLE t (id INT) TBLPROPERTIES ('bucket'='2', 'bucket-key'='nope')"))
                .hasMessageContaining("nope");
    }

    @Test
    void anUnknownTableIsNamed() {
        assertThatThrownBy(() -> run("SELECT * FROM nope")).hasMessageContaining("nope");
    }
}
