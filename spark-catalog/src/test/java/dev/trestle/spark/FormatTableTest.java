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

import dev.trestle.server.suite.Rows;
import dev.trestle.spark.files.DirectoriesAsStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTableTest extends SharedCatalogFixture {

    private FormatTable format(String table) throws Exception {
        return (FormatTable) other.getTable(Identifier.create("d", table));
    }

    private Path directory(String table) throws Exception {
        String location = format(table).location();
        return location.startsWith("file:") ? Path.of(java.net.URI.create(location)) : Path.of(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "csv", "json"})
    void rowsOfAFormatAreWrittenAndRead(String format) {
        String table = "t_" + format;
        run("CREATE TABLE " + table + " (id INT, v STRING, price DECIMAL(10, 2)) TBLPROPERTIES"
                + " ('type'='format-table', 'file.format'='" + format + "')");
        assertThat(rows("SELECT * FROM " + table)).isEmpty();

        run("INSERT INTO " + table + " VALUES (1, 'a', 1.50), (2, 'b', 2.25)");

        assertThat(rows("SELECT id, v, price FROM " + table + " WHERE id > 1")).containsExactly("[2,b,2.25]");
        assertThat(rows("SELECT count(*) FROM " + table)).containsExactly("[2]");
    }

    @Test
    void optionsOfAFormatAreSparks() throws Exception {
        run("CREATE TABLE semicolons (id INT, v STRING) TBLPROPERTIES ('type'='format-table', 'file.format'='csv',"
                + " 'csv.field-delimiter'=';', 'csv.include-header'='true')");
        Files.createDirectories(directory("semicolons"));
        Files.writeString(directory("semicolons").resolve("a.csv"), "id;v\n1;x,y\n");

        assertThat(rows("SELECT * FROM semicolons")).containsExactly("[1,x,y]");
    }

    /** Paimon's other names of the same. */
    @Test
    void soAreThoseWithTheNamesOfOtherEngines() throws Exception {
        run("CREATE TABLE other_names (id INT, v STRING) TBLPROPERTIES ('type'='format-table', 'file.format'='csv',"
                + " 'seq'=';', 'header'='true', 'csv.mode'='failfast')");
        Files.createDirectories(directory("other_names"));
        Files.writeString(directory("other_names").resolve("a.csv"), "id;v\n1;x,y\n");
        assertThat(rows("SELECT * FROM other_names")).containsExactly("[1,x,y]");

        Files.writeString(directory("other_names").resolve("b.csv"), "id;v\nnone;z\n");
        assertThatThrownBy(() -> rows("SELECT * FROM other_names")).hasStackTraceContaining("MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json"})
    void timesThatAreWrittenAsTextAreReadByPaimonsReadersToo(String format) throws Exception {
        String table = "times_" + format;
        run("CREATE TABLE " + table + " (id INT, at TIMESTAMP_NTZ) TBLPROPERTIES"
                + " ('type'='format-table', 'file.format'='" + format + "')");
        run("INSERT INTO " + table + " VALUES (1, TIMESTAMP_NTZ'2026-01-02 03:04:05.123456'), (2, NULL)");

        assertThat(rows("SELECT * FROM " + table + " ORDER BY id"))
                .containsExactly("[1,2026-01-02T03:04:05.123456]", "[2,null]");
        assertThat(Rows.read(format(table))).containsExactly("[1, 2026-01-02T03:04:05.123456]", "[2, null]");
    }

    @Test
    void foldersThatDoNotNameTheColumnOfAPartitionAreRefused() {
        run("CREATE TABLE values_only (id INT, day STRING) PARTITIONED BY (day) TBLPROPERTIES ('type'='format-table',"
                + " 'file.format'='json', 'format-table.partition-path-only-value'='true')");

        assertThatThrownBy(() -> rows("SELECT * FROM values_only"))
                .hasMessageContaining("d.values_only")
                .hasMessageContaining("Read it with Flink");
    }

    /** Hadoop has no file system for the store. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "orc", "csv", "json"})
    void filesInAnObjectStoreAreOpenedByTheCatalogsMeans(String format) throws Exception {
        inStore("stored_" + format, format);
        assertThat(rows("SELECT * FROM stored_" + format)).isEmpty();

        run("INSERT INTO stored_" + format + " VALUES (1, 'a'), (2, 'b')");

        assertThat(rows("SELECT id, v FROM stored_" + format + " WHERE id > 1")).containsExactly("[2,b]");
    }

    /** The catalog's options are in it, in Java's serialized form and in letters of Base64. */
    @ParameterizedTest
    @ValueSource(strings = {"EXTENDED", "FORMATTED", "COST"})
    void noPlanShowsWhatOpensTheFiles(String mode) throws Exception {
        String table = "shown_" + mode.toLowerCase(Locale.ROOT);
        inStore(table, "csv");
        run("INSERT INTO " + table + " VALUES (1, 'a')");

        for (String statement : List.of("SELECT * FROM " + table, "INSERT INTO " + table + " VALUES (2, 'b')")) {
            assertThat(rows("EXPLAIN " + mode + " " + statement))
                    .singleElement()
                    .asString()
                    .contains(table)
                    .doesNotContain("rO0AB");
        }
    }

    private void inStore(String table, String format) throws Exception {
        Schema schema = Schema.newBuilder()
                .column("id", DataTypes.INT())
                .column("v", DataTypes.STRING())
                .option("type", "format-table")
                .option("file.format", format)
                .option("path", DirectoriesAsStore.uri(warehouse.resolve(table)))
                .build();
        other.createTable(Identifier.create("d", table), schema, false);
    }

    @Test
    void partitionsAreReadFromTheirDirectoriesAndNotWritten() throws Exception {
        run("CREATE TABLE days (id INT, day STRING) PARTITIONED BY (day)"
                + " TBLPROPERTIES ('type'='format-table', 'file.format'='json')");
        Path partition = Files.createDirectories(directory("days").resolve("day=2026-01-01"));
        Files.writeString(partition.resolve("a.json"), "{\"id\":1}\n");

        assertThat(rows("SELECT id, day FROM days WHERE day = '2026-01-01'")).containsExactly("[1,2026-01-01]");
        assertThatThrownBy(() -> run("INSERT INTO days VALUES (2, '2026-01-02')"))
                .hasMessageContaining(
                        "Format table d.days has partitions, which Spark's source of JSON files does not");
    }

    @Test
    void aFormatTableIsNotOverwrittenHasNoVersionsAndIsNotMadeByAQuery() {
        run("CREATE TABLE plain (id INT) TBLPROPERTIES ('type'='format-table', 'file.format'='parquet')");

        assertThatThrownBy(() -> run("INSERT OVERWRITE plain VALUES (1)"))
                .hasMessageContaining("truncate in batch mode");
        assertThatThrownBy(() -> rows("SELECT * FROM plain VERSION AS OF 1"))
                .hasMessageContaining("Format table d.plain has no versions");
        assertThatThrownBy(() -> run("CREATE TABLE made TBLPROPERTIES ('type'='format-table', 'file.format'='csv')"
                        + " AS SELECT 1 AS id"))
                .hasMessageContaining("Table d.made is to be a format table");
        assertThat(rows("SHOW TABLES LIKE 'made'")).isEmpty();
    }
}
