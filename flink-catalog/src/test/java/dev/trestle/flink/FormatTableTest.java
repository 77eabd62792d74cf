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

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.paimon.table.FormatTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of plain files, which other systems read and write too. */
class FormatTableTest extends CatalogFixture {

    private Path location() throws Exception {
        String location = ((FormatTable) stored("t")).location();
        return location.startsWith("file:") ? Path.of(java.net.URI.create(location)) : Path.of(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet", "orc", "json"})
    void aTableOfFilesIsWrittenAndRead(String format) throws Exception {
        session.run("CREATE TABLE t (id INT, name STRING, price DECIMAL(10, 2), day_ DATE) COMMENT 'plain'"
                + " WITH ('type'='format-table', 'file.format'='" + format + "')");
        session.run("INSERT INTO t VALUES (1, 'a', 1.50, DATE '2026-01-01'), (2, 'b', 2.50, DATE '2026-01-02')");
        session.run("INSERT INTO t VALUES (3, CAST(NULL AS STRING), 3.50, DATE '2026-01-03')");

        assertThat(rows("SELECT * FROM t ORDER BY id"))
                .containsExactly("[1, a, 1.50, 2026-01-01]", "[2, b, 2.50, 2026-01-02]", "[3, null, 3.50, 2026-01-03]");
        assertThat(rows("SELECT name FROM t WHERE id = 2")).containsExactly("[b]");
        assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("[3]");
        assertThat(session.column("DESCRIBE t")).containsExactly("id", "name", "price", "day_");
        assertThat(session.column("SHOW TABLES")).containsExactly("t");
        session.run("DROP TABLE t");
        assertThat(session.column("SHOW TABLES")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet", "orc", "json"})
    void aPartitionedTableOfFilesHasFolders(String format) throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)"
                + " WITH ('type'='format-table', 'file.format'='" + format + "')");
        session.run("INSERT INTO t VALUES (1, 'x'), (2, 'y')").run("INSERT INTO t PARTITION (dt='y') VALUES (3)");

        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, x]", "[2, y]", "[3, y]");
        assertThat(rows("SELECT id FROM t WHERE dt = 'y' ORDER BY id")).containsExactly("[2]", "[3]");
        assertThat(location().resolve("dt=x")).isDirectory();
        assertThat(session.column("SHOW PARTITIONS t")).containsExactlyInAnyOrder("dt=x", "dt=y");

        session.run("INSERT OVERWRITE t PARTITION (dt='y') VALUES (4)");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, x]", "[4, y]");
    }

    @Test
    void partitionsAreMadeAndDropped() throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)"
                        + " WITH ('type'='format-table', 'file.format'='parquet')")
                .run("INSERT INTO t VALUES (1, 'x')");
        session.run("ALTER TABLE t ADD PARTITION (dt='z')");
        assertThat(location().resolve("dt=z")).isDirectory();
        assertThat(session.column("SHOW PARTITIONS t")).containsExactlyInAnyOrder("dt=x", "dt=z");
        session.run("ALTER TABLE t DROP PARTITION (dt='x')");
        assertThat(session.column("SHOW PARTITIONS t")).containsExactly("dt=z");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void aTableOfFilesIsAltered() throws Exception {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='parquet')");
        session.run("ALTER TABLE t ADD v INT")
                .run("ALTER TABLE t SET ('k'='v')")
                .run("INSERT INTO t VALUES (1, 2)");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, 2]");
        assertThat(stored("t").options()).containsEntry("k", "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "parquet", "orc", "json"})
    void theDefinitionThatIsShownMakesSuchATableAgain(String format) throws Exception {
        session.run("CREATE TABLE t (id INT NOT NULL COMMENT 'key', twice AS id * 2, dt STRING) COMMENT 'plain'"
                + " PARTITIONED BY (dt) WITH ('type'='format-table', 'file.format'='" + format
                + "', 'csv.field-delimiter'=';')");
        String shown = rows("SHOW CREATE TABLE t").get(0);
        String definition = shown.substring(1, shown.length() - 1);
        session.run(definition.replace("`t`", "`u`"));

        assertThat(rows("SHOW CREATE TABLE u").get(0).replace("`u`", "`t`")).isEqualTo(shown);
        assertThat(stored("u")).isInstanceOf(FormatTable.class);
        assertThat(((FormatTable) stored("u")).format().name()).isEqualToIgnoringCase(format);
        assertThat(stored("u").options()).containsEntry("csv.field-delimiter", ";");
        session.run("INSERT INTO u VALUES (1, 'x')");
        assertThat(rows("SELECT * FROM u")).containsExactly("[1, 2, x]");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void aTableLikeAnotherKeepsFilesOfTheSameFormatInItsOwnFolder() throws Exception {
        session.run("CREATE TABLE t (id INT, name STRING)"
                        + " WITH ('type'='format-table', 'file.format'='csv', 'csv.field-delimiter'=';')")
                .run("INSERT INTO t VALUES (1, 'a')")
                .run("CREATE TABLE u LIKE t")
                .run("INSERT INTO u VALUES (2, 'b')");
        assertThat(rows("SELECT * FROM u")).containsExactly("[2, b]");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, a]");
        assertThat(stored("u").options())
                .containsEntry("csv.field-delimiter", ";")
                .containsEntry("file.format", "csv");
    }

    @Test
    void optionsOfASessionAndOfAHintAreUsed() throws Exception {
        session.run("CREATE TABLE t (id INT, name STRING) WITH ('type'='format-table', 'file.format'='csv')");
        Files.createDirectories(location());
        Files.writeString(location().resolve("data.csv"), "1|a\n");
        session.set("paimon.c.d.t.csv.field-delimiter", "|");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, a]");
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('csv.null-literal'='a') */"))
                .containsExactly("[1, null]");
    }

    @Test
    void anotherFormatOrPlaceForOneStatementIsRefused() {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1)");
        assertThatThrownBy(() -> session.sql("SELECT * FROM t /*+ OPTIONS('path'='/elsewhere') */"))
                .hasStackTraceContaining("'path' cannot be '/elsewhere' for one statement or session");
        session.set("file.format", "orc");
        assertThatThrownBy(() -> session.run("INSERT INTO t VALUES (2)"))
                .hasStackTraceContaining("Table c.d.t keeps plain files, of which 'file.format' cannot be 'orc'");
        session.set("file.format", "csv");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
    }

    /** Folders are named by escaped values, and by those alone where the table says so. */
    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a=b", "50%", "a b", "x/../../u/dt=1", "2026-01-01 10:00:00"})
    void aPartitionOfAnyValueIsOverwrittenAndDroppedAndNoOther(String value) {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)"
                        + " WITH ('type'='format-table', 'file.format'='csv')")
                .run("CREATE TABLE u LIKE t")
                .run("INSERT INTO u VALUES (9, '1')")
                .run("INSERT INTO t VALUES (1, '" + value + "'), (2, 'other')");
        assertThat(session.column("SHOW PARTITIONS t")).containsExactlyInAnyOrder("dt=" + value, "dt=other");

        session.run("INSERT OVERWRITE t PARTITION (dt='" + value + "') VALUES (3)");
        assertThat(rows("SELECT id, dt FROM t")).containsExactlyInAnyOrder("[3, " + value + "]", "[2, other]");
        session.run("ALTER TABLE t DROP PARTITION (dt='" + value + "')");
        assertThat(rows("SELECT id FROM t")).containsExactly("[2]");
        session.run("ALTER TABLE t ADD PARTITION (dt='" + value + "')");
        assertThat(session.column("SHOW PARTITIONS t")).containsExactlyInAnyOrder("dt=" + value, "dt=other");
        assertThat(rows("SELECT * FROM u")).containsExactly("[9, 1]");
    }

    @Test
    void aPartitionOfADayIsOverwrittenAndDropped() {
        session.run("CREATE TABLE t (id INT, dt DATE) PARTITIONED BY (dt)"
                        + " WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1, DATE '2026-01-02'), (2, DATE '2026-01-03')")
                .run("INSERT OVERWRITE t PARTITION (dt='2026-01-02') VALUES (3)");
        assertThat(rows("SELECT * FROM t")).containsExactlyInAnyOrder("[3, 2026-01-02]", "[2, 2026-01-03]");
        session.run("ALTER TABLE t DROP PARTITION (dt='2026-01-02')");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, 2026-01-03]");
    }

    @Test
    void aFolderHasNoBlankNameAndNoneOutsideOfTheTable() {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)"
                        + " WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1, CAST(NULL AS STRING))");
        for (String statement : new String[] {
            "INSERT OVERWRITE t PARTITION (dt='') VALUES (2)",
            "ALTER TABLE t DROP PARTITION (dt='')",
            "ALTER TABLE t DROP IF EXISTS PARTITION (dt=' ')",
            "ALTER TABLE t ADD PARTITION (dt=' ')"
        }) {
            assertThatThrownBy(() -> session.run(statement))
                    .as(statement)
                    .hasStackTraceContaining("A folder of plain files has no blank name")
                    .hasStackTraceContaining("__DEFAULT_PARTITION__");
        }
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, null]");

        session.run("CREATE TABLE u (id INT, dt STRING) PARTITIONED BY (dt) WITH ('type'='format-table',"
                + " 'file.format'='csv', 'format-table.partition-path-only-value'='true')");
        assertThatThrownBy(() -> session.run("INSERT OVERWRITE u PARTITION (dt='..') VALUES (2)"))
                .hasStackTraceContaining("'.' and '..' name none of its own");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, null]");
    }

    @Test
    void noRowsOverwriteTheTableAndThePartitionThatIsNamed() {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1)")
                .run("INSERT OVERWRITE t SELECT id FROM t WHERE id > 1");
        assertThat(rows("SELECT * FROM t")).isEmpty();

        session.run("CREATE TABLE p (id INT, dt STRING) PARTITIONED BY (dt)"
                        + " WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO p VALUES (1, 'x'), (2, 'y')")
                .run("INSERT OVERWRITE p PARTITION (dt='x') SELECT id FROM p WHERE id > 2");
        assertThat(rows("SELECT * FROM p")).containsExactly("[2, y]");
        session.run("INSERT OVERWRITE p SELECT * FROM p WHERE id > 2");
        assertThat(rows("SELECT * FROM p")).as("of the partitions of no rows").containsExactly("[2, y]");
    }

    @Test
    void severalTasksOverwriteTogether() {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (0)");
        session.set("parallelism.default", "2");
        session.run("CREATE TABLE src (id INT) WITH ('bucket'='2', 'bucket-key'='id')")
                .run("INSERT INTO src VALUES (1), (2), (3), (4), (5), (6), (7), (8)")
                .run("INSERT OVERWRITE t SELECT id FROM src /*+ OPTIONS('scan.parallelism'='2') */");
        assertThat(rows("SELECT COUNT(*), MIN(id), MAX(id) FROM t")).containsExactly("[8, 1, 8]");
    }

    @Test
    void severalTasksWriteTheSameFolders() {
        session.run("CREATE TABLE t (id INT, dt INT) PARTITIONED BY (dt)"
                + " WITH ('type'='format-table', 'file.format'='csv')");
        session.set("parallelism.default", "3");
        session.run("CREATE TABLE src (id INT) WITH ('bucket'='3', 'bucket-key'='id')")
                .run("INSERT INTO src VALUES (1), (2), (3), (4), (5), (6), (7), (8)")
                .run("INSERT INTO t SELECT id, MOD(id, 2) FROM src /*+ OPTIONS('scan.parallelism'='3') */")
                .run("INSERT INTO t SELECT id + 8, 0 FROM src /*+ OPTIONS('scan.parallelism'='3') */");
        assertThat(rows("SELECT dt, COUNT(*), MIN(id), MAX(id) FROM t GROUP BY dt"))
                .containsExactlyInAnyOrder("[0, 12, 2, 16]", "[1, 4, 1, 7]");
    }

    @Test
    void whatAFailedJobHasWrittenIsNotThere() throws Exception {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1)")
                .run("CREATE TABLE src (s STRING)")
                .run("INSERT INTO src VALUES ('2'), ('3'), ('none')");
        assertThatThrownBy(() -> session.run("INSERT INTO t SELECT CAST(s AS INT) FROM src"))
                .hasStackTraceContaining("none");
        FlinkCluster.shared().awaitNoJobs();
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
    }

    @Test
    void aStreamReadsTheFilesThatAreThereAndWritesNone() {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1)");
        FlinkSession streaming = open(FlinkSession.streaming()).run("USE d");
        assertThat(streaming.rows("SELECT * FROM t")).containsExactly("[1]");
        assertThatThrownBy(() -> streaming.run("INSERT INTO t VALUES (2)"))
                .hasStackTraceContaining("written in batch mode only");
        streaming.close();
    }

    @Test
    void whatPlainFilesCannotDoIsRefused() {
        session.run("CREATE TABLE t (id INT) WITH ('type'='format-table', 'file.format'='csv')")
                .run("INSERT INTO t VALUES (1)");
        assertThatThrownBy(() -> session.sql("SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00'"))
                .hasStackTraceContaining("keeps plain files and no history");
        assertThatThrownBy(() -> session.run("ANALYZE TABLE t COMPUTE STATISTICS"))
                .hasStackTraceContaining("cannot be analyzed");
        assertThatThrownBy(
                        () -> session.run("CREATE TABLE u (id INT) WITH ('type'='format-table', 'file.format'='avro')"))
                .hasStackTraceContaining("avro");
        assertThatThrownBy(() -> session.run("CREATE TABLE u (id INT, PRIMARY KEY (id) NOT ENFORCED)"
                        + " WITH ('type'='format-table', 'file.format'='csv')"))
                .hasStackTraceContaining("A format table has no primary key");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1]");
    }

    @Test
    void filesThatAreThereAlreadyAreRead() throws Exception {
        Path folder = Files.createDirectories(warehouse.resolve("elsewhere"));
        Files.writeString(folder.resolve("data.csv"), "1|a\n2|b\n");
        session.run("CREATE TABLE t (id INT, name STRING) WITH ('type'='format-table', 'file.format'='csv',"
                + " 'csv.field-delimiter'='|', 'path'='" + folder.toUri() + "')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, a]", "[2, b]");
        session.run("DROP TABLE t");
        assertThat(folder.resolve("data.csv")).exists();
    }
}
