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

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Earlier snapshots of tables whose columns, or what says at which snapshot they are read, have changed since. */
class TimeTravelTest extends SharedCatalogFixture {

    private Dataset<Row> with(String option, String value, String table) {
        return session.spark().read().option(option, value).table("d." + table);
    }

    private List<String> rowsWith(String option, String value, String table) {
        return rows(with(option, value, table));
    }

    private List<String> idsWith(String option, String value, String table) {
        return rows(with(option, value, table).select("id"));
    }

    private static List<String> rows(Dataset<Row> found) {
        return found.collectAsList().stream().map(Row::toString).sorted().toList();
    }

    /** Two snapshots, the first one with the rows 1 and 2 of {@code id}, the other with 3, too, and {@code key} in its place. */
    private void renamedBucketKey(String table) throws Exception {
        run("CREATE TABLE " + table + " (id INT, v STRING) CLUSTERED BY (id) INTO 2 BUCKETS")
                .run("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')")
                .run("ALTER TABLE " + table + " RENAME COLUMN id TO key");
    }

    @Test
    void aVersionBeforeABucketKeyWasRenamedIsRead() throws Exception {
        renamedBucketKey("b");
        long millis = stored("b").snapshotManager().latestSnapshot().timeMillis();
        stored("b").createTag("first", 1);
        run("INSERT INTO b VALUES (3, 'c')");

        assertThat(rows("SELECT id, v FROM b VERSION AS OF 1 WHERE id = 2")).containsExactly("[2,b]");
        assertThat(rows("SELECT id FROM b VERSION AS OF 'first' ORDER BY id")).containsExactly("[1]", "[2]");
        assertThat(rows("SELECT id FROM b TIMESTAMP AS OF timestamp_millis(" + millis + ") ORDER BY id"))
                .containsExactly("[1]", "[2]");
        assertThat(rows("SELECT key FROM b VERSION AS OF 2 WHERE key = 3")).containsExactly("[3]");
    }

    @Test
    void aVersionBeforeASequenceFieldWasRenamedIsRead() {
        run("CREATE TABLE s (id INT NOT NULL, at INT, v STRING) TBLPROPERTIES"
                        + " ('primary-key'='id', 'bucket'='1', 'sequence.field'='at')")
                .run("INSERT INTO s VALUES (1, 10, 'late')")
                .run("INSERT INTO s VALUES (1, 5, 'early')")
                .run("ALTER TABLE s RENAME COLUMN at TO since")
                .run("INSERT INTO s VALUES (2, 1, 'new')");

        assertThat(rows("SELECT at, v FROM s VERSION AS OF 2")).containsExactly("[10,late]");
        assertThat(rowsWith("scan.snapshot-id", "2", "s")).containsExactly("[1,10,late]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan.snapshot-id", "scan.version"})
    void anOptionReadsAVersionBeforeABucketKeyWasRenamedWithThePresentColumns(String option) throws Exception {
        String table = "o" + option.length();
        renamedBucketKey(table);
        run("INSERT INTO " + table + " VALUES (3, 'c')");

        assertThat(rowsWith(option, "1", table)).containsExactly("[1,a]", "[2,b]");
        assertThat(with(option, "1", table).columns()).containsExactly("key", "v");
    }

    @Test
    void whatWasAddedAfterASnapshotBeforeABucketKeyWasRenamedIsReadByOption() throws Exception {
        renamedBucketKey("i");
        run("INSERT INTO i VALUES (3, 'c')");

        assertThat(rowsWith("incremental-between", "1,2", "i")).containsExactly("[3,c]");
    }

    @Test
    void aTableIsAnalyzedAtASnapshotBeforeABucketKeyWasRenamed() throws Exception {
        renamedBucketKey("a");

        run("CALL sys.analyze(table => 'd.a', columns => 'key')");

        assertThat(stored("a").statistics().orElseThrow().colStats()).containsOnlyKeys("key");
    }

    private static final String PROPERTIES =
            """
            'scan.mode'='latest'
            'scan.mode'='latest-full'
            'scan.mode'='compacted-full'
            'scan.mode'='from-snapshot', 'scan.snapshot-id'='1'
            'scan.snapshot-id'='1'
            'scan.tag-name'='first'
            'scan.timestamp-millis'='1'
            """;

    static Stream<String> properties() {
        return PROPERTIES.lines();
    }

    private int tables;

    /** A table with the rows 1 and 2, and since then 3, that says by itself what is read of it. */
    private String tableThatSays(String properties, String kind) throws Exception {
        String table = "p" + ++tables;
        run("CREATE TABLE " + table + " (id INT NOT NULL, v STRING) TBLPROPERTIES (" + kind + ")")
                .run("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')");
        stored(table).createTag("first", 1);
        run("ALTER TABLE " + table + " ADD COLUMN n INT")
                .run("INSERT INTO " + table + " VALUES (3, 'c', 30)")
                .run("ALTER TABLE " + table + " SET TBLPROPERTIES (" + properties + ")");
        return table;
    }

    private List<String> latest(String table, String properties) {
        for (String property : properties.split(", ")) {
            run("ALTER TABLE " + table + " UNSET TBLPROPERTIES (" + property.split("=")[0] + ")");
        }
        return rows("SELECT * FROM " + table + " ORDER BY id");
    }

    private void assertChanges(String properties, String kind) throws Exception {
        String table = tableThatSays(properties, kind);

        run("DELETE FROM " + table + " WHERE id = 1")
                .run("UPDATE " + table + " SET n = 20 WHERE id = 2")
                .run("MERGE INTO " + table + " t USING (SELECT 3 AS id, 'd' AS v, 0 AS n) s ON t.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *");

        assertThat(latest(table, properties)).containsExactly("[2,b,20]", "[3,d,30]");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void rowsAreChangedWhereTheyAreNowWhateverTheTableSaysOfItsReads(String properties) throws Exception {
        assertChanges(properties, "'bucket'='-1'");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void rowsAreMarkedAsDeletedWhereTheyAreNowWhateverTheTableSaysOfItsReads(String properties) throws Exception {
        assertChanges(properties, "'deletion-vectors.enabled'='true'");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void rowsAreChangedByKeyWhereTheyAreNowWhateverTheTableSaysOfItsReads(String properties) throws Exception {
        assertChanges(properties, "'primary-key'='id', 'bucket'='1'");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void aVersionIsReadWhateverTheTableSaysOfItsReads(String properties) throws Exception {
        String table = tableThatSays(properties, "'bucket'='-1'");
        long millis = stored(table).snapshotManager().snapshot(2).timeMillis();

        assertThat(rows("SELECT * FROM " + table + " VERSION AS OF 1 ORDER BY id"))
                .containsExactly("[1,a]", "[2,b]");
        assertThat(rows("SELECT * FROM " + table + " VERSION AS OF 'first'")).hasSize(2);
        assertThat(rows("SELECT count(n) FROM " + table + " VERSION AS OF 2")).containsExactly("[1]");
        assertThat(rows("SELECT id FROM " + table + " TIMESTAMP AS OF timestamp_millis(" + millis + ")"))
                .hasSize(3);
        assertThat(idsWith("scan.snapshot-id", "1", table)).containsExactly("[1]", "[2]");
        assertThat(idsWith("scan.tag-name", "first", table)).containsExactly("[1]", "[2]");
        assertThat(idsWith("incremental-between", "1,2", table)).containsExactly("[3]");
    }

    @ParameterizedTest
    @MethodSource("properties")
    void aTableIsAnalyzedAsItIsNowWhateverItSaysOfItsReads(String properties) throws Exception {
        String table = tableThatSays(properties, "'bucket'='-1'");

        run("CALL sys.analyze(table => 'd." + table + "')");

        assertThat(latest(table, properties)).hasSize(3);
        assertThat(stored(table).statistics().orElseThrow().mergedRecordCount()).hasValue(3);
    }

    @Test
    void aTableIsCompactedWithAllColumnsWhateverItSaysOfItsReads() throws Exception {
        String table = tableThatSays("'scan.snapshot-id'='1'", "'primary-key'='id', 'bucket'='1', 'write-only'='true'");

        run("CALL sys.compact(table => 'd." + table + "')");

        assertThat(latest(table, "'scan.snapshot-id'='1'")).containsExactly("[1,a,null]", "[2,b,null]", "[3,c,30]");
    }

    @Test
    void partitionsAreDroppedAndReplacedAsTheyAreNowWhateverTheTableSaysOfItsReads() throws Exception {
        run("CREATE TABLE parts (id INT, day STRING) PARTITIONED BY (day)")
                .run("INSERT INTO parts VALUES (1, 'a'), (2, 'b')")
                .run("INSERT INTO parts VALUES (3, 'c'), (4, 'd'), (5, 'e')")
                .run("ALTER TABLE parts ADD COLUMN n INT")
                .run("ALTER TABLE parts SET TBLPROPERTIES ('scan.snapshot-id'='1')");

        run("DELETE FROM parts WHERE day = 'c'")
                .run("ALTER TABLE parts DROP PARTITION (day = 'd')")
                .run("INSERT OVERWRITE parts PARTITION (day = 'e') VALUES (50, 500)");

        assertThat(latest("parts", "'scan.snapshot-id'='1'")).containsExactly("[1,a,null]", "[2,b,null]", "[50,e,500]");
    }

    @Test
    void aVersionAndAnOptionThatChooseWhatToReadContradictEachOther() throws Exception {
        run("CREATE TABLE twice (id INT)").run("INSERT INTO twice VALUES (1)").run("INSERT INTO twice VALUES (2)");

        assertThatThrownBy(() -> session.spark()
                        .read()
                        .option("versionAsOf", "1")
                        .option("incremental-between", "1,2")
                        .table("d.twice")
                        .collectAsList())
                .hasMessageContaining("incremental-between");
    }
}
