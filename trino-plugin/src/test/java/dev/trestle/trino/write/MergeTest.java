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
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.suite.Rows;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MergeTest {

    private static final Map<String, Map<String, String>> APPEND_TABLES = Map.of(
            "copied", Map.of(),
            "marked", Map.of("deletion-vectors.enabled", "true"),
            "bucketed", Map.of("bucket", "3", "bucket-key", "id"),
            "bucketed_marked", Map.of("bucket", "3", "bucket-key", "id", "deletion-vectors.enabled", "true"));

    private TrestleQueryRunner runner;
    private RestCatalog other;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        other = runner.otherClient();
        other.createDatabase("m", false);
    }

    @AfterAll
    void stop() {
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1"})
    void rowsOfAPrimaryKeyAreChanged(String buckets) throws Exception {
        String table = create(buckets.equals("-1") ? "pk_dynamic" : "pk_fixed", keyed().option("bucket", buckets));
        execute("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        execute("DELETE FROM " + table + " WHERE c = 'a'");
        execute("UPDATE " + table + " SET c = 'changed' WHERE id = 2");
        execute("MERGE INTO " + table + " t USING (VALUES (2, 'x'), (3, 'y'), (4, 'z')) s (id, c) ON t.id = s.id"
                + " WHEN MATCHED AND t.id = 2 THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET c = s.c"
                + " WHEN NOT MATCHED THEN INSERT (id, c) VALUES (s.id, s.c)");

        assertThat(rows(table)).containsExactly("[3, y]", "[4, z]");
    }

    @Test
    void rowsAreChangedByFieldsOfTheirRows() {
        execute("CREATE TABLE m.of_rows (id integer, r row(a integer, b varchar))");
        execute("INSERT INTO m.of_rows VALUES (1, row(1, 'x')), (2, row(2, 'y')), (3, NULL)");

        execute("UPDATE m.of_rows SET id = id + r.a WHERE r.a > 1 AND r.b = 'y'");
        execute("DELETE FROM m.of_rows WHERE r.b = 'x'");

        assertThat(runner.trino()
                        .execute("SELECT id, r.a, r.b FROM m.of_rows ORDER BY id DESC")
                        .getMaterializedRows()
                        .toString())
                .isEqualTo("[[4, 2, y], [3, null, null]]");
    }

    @Test
    void everyRowKeepsItsPlaceWhenAllKeysMoveByOne() throws Exception {
        String table = create("moved", keyed().option("bucket", "2"));
        execute("INSERT INTO " + table + " SELECT n, CAST(n AS varchar) FROM UNNEST(sequence(1, 50)) t(n)");

        execute("UPDATE " + table + " SET id = id + 1");

        assertThat(rows(table)).hasSize(50).contains("[2, 1]", "[51, 50]").noneMatch(row -> row.startsWith("[1,"));
    }

    @Test
    void aKeyThatIsDeletedAndInsertedInOneStatementIsThere() throws Exception {
        String table = create("again", keyed().option("bucket", "1"));
        execute("INSERT INTO " + table + " VALUES (1, 'old')");

        execute("MERGE INTO " + table + " t USING (VALUES (1, 'new'), (9, 'old')) s (id, c) ON t.c = s.c"
                + " WHEN MATCHED THEN DELETE"
                + " WHEN NOT MATCHED THEN INSERT (id, c) VALUES (s.id, s.c)");

        assertThat(rows(table)).containsExactly("[1, new]");
    }

    @Test
    void aRowOfAPrimaryKeyMovesToAnotherPartition() throws Exception {
        String table = create(
                "pk_parts",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("p", DataTypes.STRING().notNull())
                        .column("c", DataTypes.INT())
                        .primaryKey("id", "p")
                        .partitionKeys("p")
                        .option("bucket", "2"));
        execute("INSERT INTO " + table + " VALUES (1, 'x', 10), (2, 'x', 20), (3, 'y', 30)");

        execute("UPDATE " + table + " SET p = 'y' WHERE id = 1");

        assertThat(rows(table)).containsExactly("[1, y, 10]", "[2, x, 20]", "[3, y, 30]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"copied", "marked", "bucketed", "bucketed_marked"})
    void rowsOfAnAppendTableAreChanged(String kind) throws Exception {
        String table = create(
                kind,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("c", DataTypes.STRING())
                        .options(APPEND_TABLES.get(kind)));
        execute("INSERT INTO " + table + " VALUES (1, 'a'), (1, 'a'), (2, 'b'), (3, 'c')");
        execute("INSERT INTO " + table + " VALUES (4, 'd')");

        execute("DELETE FROM " + table + " WHERE c = 'a' OR id = 4");
        assertThat(rows(table)).containsExactly("[2, b]", "[3, c]");
        execute("UPDATE " + table + " SET c = 'changed' WHERE id = 2");
        assertThat(rows(table)).containsExactly("[2, changed]", "[3, c]");
        execute("MERGE INTO " + table + " t USING (VALUES (2, 'x'), (3, 'y'), (5, 'z')) s (id, c) ON t.id = s.id"
                + " WHEN MATCHED AND t.id = 2 THEN DELETE"
                + " WHEN MATCHED THEN UPDATE SET c = s.c"
                + " WHEN NOT MATCHED THEN INSERT (id, c) VALUES (s.id, s.c)");

        assertThat(rows(table)).containsExactly("[3, y]", "[5, z]");
        assertThat(runner.trino().execute("SELECT count(*) FROM " + table).getOnlyValue())
                .isEqualTo(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucketed", "bucketed_marked"})
    void rowsThatAreDeletedStaySoThoughThereAreFilesEnoughToMerge(String kind) throws Exception {
        String table = create(
                kind + "_often",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("c", DataTypes.STRING())
                        .options(APPEND_TABLES.get(kind))
                        .option("bucket", "1"));
        for (int id = 1; id < 5; id++) {
            Rows.write(other.getTable(name(table)), Rows.row(id, "old"));
        }

        execute("UPDATE " + table + " SET c = 'new' WHERE id < 3");
        execute("INSERT INTO " + table + " VALUES (5, 'new')");

        assertThat(rows(table)).containsExactly("[1, new]", "[2, new]", "[3, old]", "[4, old]", "[5, new]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void rowsOfPartitionsOfAnAppendTableMove(String deletionVectors) throws Exception {
        String table = create(
                "parts_" + deletionVectors,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("p", DataTypes.INT())
                        .partitionKeys("p")
                        .option("deletion-vectors.enabled", deletionVectors));
        execute("INSERT INTO " + table + " SELECT n, n % 3 FROM UNNEST(sequence(1, 9)) t(n)");

        execute("UPDATE " + table + " SET p = 0 WHERE id < 5");

        assertThat(rows(table))
                .containsExactly(
                        "[1, 0]", "[2, 0]", "[3, 0]", "[4, 0]", "[5, 2]", "[6, 0]", "[7, 1]", "[8, 2]", "[9, 0]");
    }

    /** Each vector tells its kind; those of one file have to become one. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void rowsAreMarkedWhereTheKindOfDeletionVectorsWasChanged(String large) throws Exception {
        String kind = "deletion-vectors.bitmap64";
        String table = create(
                "kinds_" + large,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .option("deletion-vectors.enabled", "true")
                        .option(kind, large));
        execute("INSERT INTO " + table + " VALUES 1, 2, 3");
        execute("DELETE FROM " + table + " WHERE id = 1");
        String other = large.equals("true") ? "false" : "true";
        this.other.alterTable(
                name(table), List.of(org.apache.paimon.schema.SchemaChange.setOption(kind, other)), false);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(runner.trino()
                                .execute("SELECT value FROM m.\"" + table.substring(2) + "$options\" WHERE key = '"
                                        + kind + "'")
                                .getOnlyValue())
                        .isEqualTo(other));

        execute("DELETE FROM " + table + " WHERE id = 2");

        assertThat(rows(table)).containsExactly("[3]");
    }

    @Test
    void rowsAreChangedAfterAColumnWasAdded() throws Exception {
        String table = create("evolved", Schema.newBuilder().column("id", DataTypes.INT()));
        execute("INSERT INTO " + table + " VALUES 1, 2");
        other.alterTable(
                name(table), List.of(org.apache.paimon.schema.SchemaChange.addColumn("c", DataTypes.INT())), false);

        await().ignoreExceptions().untilAsserted(() -> execute("UPDATE " + table + " SET c = 7 WHERE id = 1"));

        assertThat(rows(table)).containsExactly("[1, 7]", "[2, null]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-row", "aggregation", "partial-update"})
    void aMergeEngineThatKeepsDeletedRowsIsNamed(String engine) throws Exception {
        String table =
                create(engine.replace('-', '_'), keyed().option("bucket", "1").option("merge-engine", engine));

        assertThatThrownBy(() -> execute("DELETE FROM " + table + " WHERE c = 'x'"))
                .hasMessageContaining(table)
                .hasMessageContaining("merge engine '" + engine + "'");
    }

    @Test
    void aNullThatPartialUpdateWouldNotKeepIsRefused() throws Exception {
        String table = create("partial", keyed().option("bucket", "1").option("merge-engine", "partial-update"));
        execute("INSERT INTO " + table + " VALUES (1, 'a')");

        execute("UPDATE " + table + " SET c = 'b'");
        assertThatThrownBy(() -> execute("UPDATE " + table + " SET c = NULL"))
                .hasMessageContaining("'merge-engine'='partial-update'")
                .hasMessageContaining("column 'c' would not have the new value, since NULL leaves what is there");

        assertThat(rows(table)).containsExactly("[1, b]");
    }

    @Test
    void aValueThatAGroupOfColumnsWouldNotTakeIsRefused() throws Exception {
        String table = create(
                "grouped",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("v", DataTypes.INT())
                        .column("g", DataTypes.INT())
                        .column("total", DataTypes.INT())
                        .primaryKey("id")
                        .option("bucket", "1")
                        .option("merge-engine", "partial-update")
                        .option("fields.g.sequence-group", "v,total")
                        .option("fields.total.aggregate-function", "sum"));
        execute("INSERT INTO " + table + " VALUES (1, 1, 5, NULL), (2, NULL, NULL, NULL), (3, 3, 5, 7)");

        execute("UPDATE " + table + " SET v = NULL, g = 6 WHERE id = 1");
        assertThatThrownBy(() -> execute("UPDATE " + table + " SET v = 2 WHERE id = 2"))
                .hasMessageContaining("column 'v' would not have the new value");
        assertThatThrownBy(() -> execute("UPDATE " + table + " SET v = 4, g = 4 WHERE id = 3"))
                .hasMessageContaining("column 'v' would not have the new value");
        assertThatThrownBy(() -> execute("UPDATE " + table + " SET v = 4 WHERE id = 3"))
                .hasMessageContaining("column 'total' would not have the new value");

        assertThat(rows(table)).containsExactly("[1, null, 6, null]", "[2, null, null, null]", "[3, 3, 5, 7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1"})
    void aRowIsNotUpdatedToAnOlderOne(String buckets) throws Exception {
        String table = create(
                buckets.equals("1") ? "ordered" : "ordered_dynamic",
                Schema.newBuilder()
                        .column("id", DataTypes.INT().notNull())
                        .column("v", DataTypes.INT())
                        .column("at", DataTypes.INT())
                        .primaryKey("id")
                        .option("bucket", buckets)
                        .option("sequence.field", "at"));
        execute("INSERT INTO " + table + " VALUES (1, 1, 5), (2, 2, NULL), (3, 3, 3)");

        execute("UPDATE " + table + " SET v = v + 10");
        execute("MERGE INTO " + table + " t USING (VALUES (1, 6), (4, 4)) s (id, at) ON t.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET id = s.id, at = s.at"
                + " WHEN NOT MATCHED THEN INSERT VALUES (s.id, 14, s.at)");
        assertThatThrownBy(() -> execute("UPDATE " + table + " SET v = 0, at = 4 WHERE id = 1"))
                .hasMessageContaining("by its 'sequence.field' the new row would be older");
        assertThatThrownBy(() -> execute("UPDATE " + table + " SET id = id + 1"))
                .hasMessageContaining("cannot change its primary key [id]")
                .hasMessageContaining("Delete the row and insert another one");
        execute("DELETE FROM " + table + " WHERE v IN (12, 13)");

        assertThat(rows(table)).containsExactly("[1, 11, 6]", "[4, 14, 4]");
    }

    @Test
    void aMergeDoesNotDeleteWhatItsMergeEngineKeeps() throws Exception {
        String table = create("kept", keyed().option("bucket", "1").option("merge-engine", "partial-update"));
        execute("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')");

        assertThatThrownBy(() -> execute("MERGE INTO " + table + " t USING (VALUES 1, 2) s (id) ON t.id = s.id"
                        + " WHEN MATCHED AND t.id = 1 THEN DELETE WHEN MATCHED THEN UPDATE SET c = 'x'"))
                .hasMessageContaining("merge engine 'partial-update' keeps a row that is deleted");

        assertThat(rows(table)).containsExactly("[1, a]", "[2, b]");
    }

    @Test
    void aPartialUpdateThatRecordsItsInputIsReadAfterAnUpdate() throws Exception {
        String table = create(
                "partial_recorded",
                keyed().option("bucket", "1")
                        .option("merge-engine", "partial-update")
                        .option("changelog-producer", "input"));
        execute("INSERT INTO " + table + " VALUES (1, 'a')");

        execute("UPDATE " + table + " SET c = 'b'");

        assertThat(rows(table)).containsExactly("[1, b]");
    }

    @Test
    void rowsOfADataEvolutionTableAreNotChanged() throws Exception {
        String table = create(
                "evolution",
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .option("row-tracking.enabled", "true")
                        .option("data-evolution.enabled", "true"));
        execute("INSERT INTO " + table + " VALUES 1");

        assertThatThrownBy(() -> execute("UPDATE " + table + " SET id = 2"))
                .hasMessageContaining("data-evolution table");
    }

    @Test
    void theChangelogOfATableThatRecordsItsInputHasTheOldRows() throws Exception {
        String table = create("recorded", keyed().option("bucket", "1").option("changelog-producer", "input"));
        execute("INSERT INTO " + table + " VALUES (1, 'a')");

        execute("UPDATE " + table + " SET c = 'b'");
        execute("DELETE FROM " + table + " WHERE c = 'b'");

        Map<String, String> changes =
                Map.of("incremental-between", "1,3", "incremental-between-scan-mode", "changelog");
        assertThat(Rows.read(other.getTable(Identifier.create("m", "recorded$audit_log"))
                        .copy(changes)))
                .containsExactly("[+U, 1, b]", "[-D, 1, b]", "[-U, 1, a]");
    }

    private static Schema.Builder keyed() {
        return Schema.newBuilder()
                .column("id", DataTypes.INT().notNull())
                .column("c", DataTypes.STRING())
                .primaryKey("id");
    }

    private String create(String table, Schema.Builder schema) throws Exception {
        other.createTable(Identifier.create("m", table), schema.build(), false);
        return "m." + table;
    }

    private static Identifier name(String table) {
        return Identifier.fromString(table);
    }

    private void execute(String sql) {
        runner.trino().execute(sql);
    }

    private List<String> rows(String table) throws Exception {
        return Rows.read(other.getTable(name(table)));
    }
}
