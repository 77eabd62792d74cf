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
