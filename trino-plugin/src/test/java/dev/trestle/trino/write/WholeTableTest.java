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
package dev.trestle.trino.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.suite.Rows;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that write, empty or rearrange a whole table. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WholeTableTest {

    private TrestleQueryRunner runner;
    private Sql sql;
    private RestCatalog other;

    @BeforeAll
    void start(TrestleQueryRunner shared) {
        runner = shared;
        sql = Sql.in(runner, "whole");
        other = runner.otherClient();
    }

    @AfterAll
    void stop() {
        other.close();
    }

    @Test
    void aTableIsCreatedWithItsRows() throws Exception {
        sql.run("CREATE TABLE made (id, name) COMMENT 'of numbers' AS SELECT n, CAST(n AS varchar) FROM"
                + " UNNEST(sequence(1, 3)) t(n)");

        assertThat(rows("made")).containsExactly("[1, 1]", "[2, 2]", "[3, 3]");
        assertThat(table("made").comment()).contains("of numbers");
    }

    @Test
    void aTableIsCreatedWithAKeyPartitionsAndBuckets() throws Exception {
        sql.run("CREATE TABLE keyed WITH (options = MAP(ARRAY['bucket'], ARRAY['3']), primary_key = ARRAY['id', 'p'],"
                + " partitioned_by = ARRAY['p'])"
                + " AS SELECT n AS id, n % 2 AS p, 'x' AS c FROM UNNEST(sequence(1, 100)) t(n)");

        assertThat(rows("keyed")).hasSize(100).contains("[1, 1, x]");
        assertThat(table("keyed").primaryKeys()).containsExactly("id", "p");
        assertThat(table("keyed").newSnapshotReader().bucketEntries()).hasSize(6);
    }

    @Test
    void aTableIsCreatedEmptyWithoutData() throws Exception {
        sql.run("CREATE TABLE without_rows AS SELECT 1 AS id WITH NO DATA");

        assertThat(rows("without_rows")).isEmpty();
    }

    @Test
    void aTableWhoseRowsFailIsNotThere() {
        sql.failure("CREATE TABLE failed AS SELECT 10 / (n - 5) AS id FROM UNNEST(sequence(1, 10)) t(n)")
                .hasMessageContaining("Division by zero");

        assertThat(sql.rows("SHOW TABLES LIKE 'failed%'")).isEmpty();
    }

    @Test
    void aTableIsReplacedByOthersRowsAndColumns() throws Exception {
        sql.run("CREATE TABLE replaced AS SELECT 1 AS id");
        sql.run("CREATE OR REPLACE TABLE replaced AS SELECT id + 1 AS id, 'new' AS c FROM replaced");

        assertThat(rows("replaced")).containsExactly("[2, new]");
        assertThat(sql.rows("SELECT * FROM replaced")).containsExactly(List.of(2, "new"));
        assertThat(sql.rows("SHOW TABLES LIKE 'replaced%'")).hasSize(1);
    }

    @Test
    void aTableStaysWhenTheRowsThatAreToReplaceItFail() throws Exception {
        sql.run("CREATE TABLE stays AS SELECT 1 AS id");

        sql.failure("CREATE OR REPLACE TABLE stays AS SELECT 10 / (id - 1) AS id FROM stays")
                .hasMessageContaining("Division by zero");

        assertThat(rows("stays")).containsExactly("[1]");
        assertThat(sql.rows("SHOW TABLES LIKE 'stays%'")).hasSize(1);
    }

    @Test
    void aTableWithALocationOfItsOwnOutlivesItsNameInTheCatalog(@TempDir Path directory) {
        String path = "file:" + directory.resolve("placed");
        String location = " WITH (location = '" + path + "')";
        sql.run("CREATE TABLE placed" + location + " AS SELECT 1 AS id");
        sql.run("INSERT INTO placed VALUES 2");
        sql.run("DELETE FROM placed WHERE id = 1");
        assertThat((String) sql.value("SHOW CREATE TABLE placed")).contains("location = '" + path + "'");

        sql.run("DROP TABLE placed");
        sql.failure("SELECT * FROM placed").hasMessageContaining("does not exist");
        sql.failure("CREATE TABLE placed" + location + " AS SELECT 3 AS id")
                .hasMessageContaining("holds a table that has rows already");
        sql.run("CREATE TABLE placed (id integer)" + location);

        assertThat(sql.rows("SELECT * FROM placed")).containsExactly(List.of(2));
        sql.failure("CREATE OR REPLACE TABLE placed" + location + " AS SELECT 3 AS id")
                .hasMessageContaining("Table whole.placed cannot be replaced by one at location " + path);
        assertThat(sql.rows("SELECT * FROM placed")).containsExactly(List.of(2));
    }

    @Test
    void allRowsAreDeletedByOneSnapshot() throws Exception {
        sql.run("CREATE TABLE emptied AS SELECT n AS id FROM UNNEST(sequence(1, 5)) t(n)");

        assertThat(sql.value("DELETE FROM emptied")).isEqualTo(5L);

        assertThat(rows("emptied")).isEmpty();
        assertThat(table("emptied").snapshotManager().latestSnapshotId()).isEqualTo(2L);
    }

    @Test
    void wholePartitionsAreDeletedWithoutReadingTheirRows() throws Exception {
        sql.run("CREATE TABLE partly WITH (partitioned_by = ARRAY['p', 'd']) AS SELECT n AS id, n % 3 AS p,"
                + " IF(n < 7, DATE '2026-01-01', NULL) AS d FROM UNNEST(sequence(1, 9)) t(n)");
        Files.delete(dataFile("partly", 0));

        assertThat(sql.value("DELETE FROM partly WHERE p = 0 AND d IS NOT NULL"))
                .isEqualTo(2L);
        assertThat(sql.value("DELETE FROM partly WHERE d IS NULL AND p IN (1, 2)"))
                .isEqualTo(2L);
        assertThat(sql.value("DELETE FROM partly WHERE p = 7")).isEqualTo(0L);

        assertThat(rows("partly"))
                .containsExactlyInAnyOrder(
                        "[1, 1, 20454]", "[2, 2, 20454]", "[4, 1, 20454]", "[5, 2, 20454]", "[9, 0, null]");
        assertThat(table("partly").snapshotManager().latestSnapshotId()).isEqualTo(3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp(0)", "timestamp(3)", "timestamp(6) with time zone", "time(3)", "date"})
    void partitionsOfTimesAreDeletedByTheirNames(String type) throws Exception {
        String name = "times_" + type.replaceAll("\\W", "");
        sql.run("CREATE TABLE " + name + " (id integer, p " + type + ") WITH (partitioned_by = ARRAY['p'])");
        String first = "CAST(TIMESTAMP '2024-02-29 01:02:03.004' AS " + type + ")";
        sql.run("INSERT INTO " + name + " VALUES (1, " + first
                + "), (2, NULL), (3, CAST(TIMESTAMP '1969-12-31 23:00:00'" + " AS " + type + "))");

        assertThat(sql.rows("SELECT partition FROM \"" + name + "$partitions\""))
                .hasSize(3);
        assertThat(sql.value("DELETE FROM " + name + " WHERE p = " + first)).isEqualTo(1L);
        assertThat(sql.value("DELETE FROM " + name + " WHERE p IS NULL")).isEqualTo(1L);

        assertThat(sql.rows("SELECT id FROM " + name)).containsExactly(List.of(3));
        assertThat(table(name).latestSnapshot().orElseThrow().commitKind()).isEqualTo(Snapshot.CommitKind.OVERWRITE);
    }

    @Test
    void aTableIsNotPartitionedByBytes() throws Exception {
        sql.failure("CREATE TABLE by_bytes (id integer, b varbinary) WITH (partitioned_by = ARRAY['b'])")
                .hasMessageContaining("Column 'b' cannot be a partition key")
                .hasMessageContaining("hexadecimal digits");
        sql.failure("CREATE TABLE by_bytes WITH (partitioned_by = ARRAY['b']) AS SELECT 1 AS id, X'01' AS b")
                .hasMessageContaining("Column 'b' cannot be a partition key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aTableThatAnotherOneHasPartitionedByBytesIsNotWrittenWhereNobodyFindsTheRows(String legacyName)
            throws Exception {
        String name = "others_bytes_" + legacyName;
        Map<String, String> options = new HashMap<>(runner.server().clientOptions());
        options.put("metastore", "rest");
        try (Catalog paimon = CatalogFactory.createCatalog(CatalogContext.create(Options.fromMap(options)))) {
            paimon.createTable(
                    Identifier.create("whole", name),
                    Schema.newBuilder()
                            .column("id", DataTypes.INT())
                            .column("b", DataTypes.BINARY(1))
                            .partitionKeys("b")
                            .option("partition.legacy-name", legacyName)
                            .build(),
                    false);
        }
        String insert = "INSERT INTO " + name + " VALUES (1, X'01')";
        String reason = "Paimon finds no partition by a value of the type BINARY(1), which the key 'b' has";

        if (legacyName.equals("true")) {
            sql.failure(insert).hasMessageContaining("cannot be written: " + reason);
        } else {
            sql.run(insert);
            assertThat(sql.rows("SELECT id FROM " + name)).containsExactly(List.of(1));
        }
        for (String change : List.of("UPDATE %s SET id = 2", "DELETE FROM %s WHERE b = X'01'", "TRUNCATE TABLE %s")) {
            sql.failure(change.formatted(name)).hasMessageContaining(reason);
        }
    }

    @Test
    void partitionsOfAPrimaryKeyAreDeletedInOneSnapshot() throws Exception {
        sql.run("CREATE TABLE partly_keyed (id integer NOT NULL, p varchar NOT NULL) WITH (primary_key = ARRAY['id',"
                + " 'p'], partitioned_by = ARRAY['p'], bucket = 1)");
        sql.run("INSERT INTO partly_keyed VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        sql.run("DELETE FROM partly_keyed WHERE p >= 'b'");

        assertThat(rows("partly_keyed")).containsExactly("[1, a]");
        assertThat(table("partly_keyed").latestSnapshot().orElseThrow().commitKind())
                .isEqualTo(Snapshot.CommitKind.OVERWRITE);
    }

    @Test
    void aPartitionOfBlankTextIsNotTakenForThatOfNull() throws Exception {
        sql.run("CREATE TABLE blank (id integer, p varchar) WITH (partitioned_by = ARRAY['p'])");
        sql.run("INSERT INTO blank VALUES (1, ''), (2, NULL), (3, 'x')");

        sql.run("DELETE FROM blank WHERE p = ''");

        assertThat(sql.rows("SELECT id FROM blank ORDER BY id")).containsExactly(List.of(2), List.of(3));
    }

    @Test
    void filesOfAnAppendTableAreMerged() throws Exception {
        sql.run("CREATE TABLE small_files (id integer)");
        for (int i = 0; i < 6; i++) {
            sql.run("INSERT INTO small_files VALUES " + i);
        }

        sql.run("ALTER TABLE small_files EXECUTE optimize");

        assertThat(files("small_files")).isLessThan(6);
        assertThat(rows("small_files")).hasSize(6);
    }

    @Test
    void bucketsOfAPrimaryKeyAreMergedInTheNamedPartitions() throws Exception {
        sql.run("CREATE TABLE levels (id integer NOT NULL, p integer NOT NULL) WITH (primary_key = ARRAY['id', 'p'],"
                + " partitioned_by = ARRAY['p'], options = MAP(ARRAY['bucket', 'write-only'], ARRAY['1', 'true']))");
        for (int i = 0; i < 3; i++) {
            sql.run("INSERT INTO levels VALUES (1, 1), (1, 2)");
        }

        sql.run("ALTER TABLE levels EXECUTE optimize(partitions => 'p=1')");

        assertThat(table("levels").newSnapshotReader().bucketEntries())
                .extracting(bucket -> bucket.partition().getInt(0), bucket -> bucket.fileCount())
                .containsExactlyInAnyOrder(tuple(1, 1L), tuple(2, 3L));
        sql.failure("ALTER TABLE levels EXECUTE optimize(partitions => 'q=1')")
                .hasMessageContaining("names no partitions");
        sql.failure("ALTER TABLE levels EXECUTE optimize WHERE p = 1").hasMessageContaining("WHERE not supported");
    }

    private Path dataFile(String name, int p) throws Exception {
        return table(name).newSnapshotReader().read().dataSplits().stream()
                .filter(split ->
                        split.partition().getLong(0) == p && !split.partition().isNullAt(1))
                .map(split -> Path.of(URI.create(
                        split.convertToRawFiles().orElseThrow().getFirst().path())))
                .findFirst()
                .orElseThrow();
    }

    private FileStoreTable table(String name) throws Exception {
        return (FileStoreTable) other.getTable(Identifier.create("whole", name));
    }

    private List<String> rows(String name) throws Exception {
        return Rows.read(table(name));
    }

    private long files(String name) throws Exception {
        return table(name).newSnapshotReader().bucketEntries().stream()
                .mapToLong(bucket -> bucket.fileCount())
                .sum();
    }
}
