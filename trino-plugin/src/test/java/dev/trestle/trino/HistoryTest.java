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
package dev.trestle.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.Session;
import io.trino.spi.type.TimeZoneKey;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.fs.Path;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.system.SystemTableLoader;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** System tables, time travel, branches, procedures and statistics, through Trino. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class HistoryTest {

    private TrestleQueryRunner runner;
    private Lake lake;
    private Sql sql;

    @BeforeAll
    void start() throws Exception {
        runner = TrestleQueryRunner.start(1, Map.of("trestle.remove-orphan-files.min-retention", "0s"));
        lake = Lake.in(runner, "history");
        sql = Sql.in(runner, "history");
        lake.createKeyed("orders");
        lake.commit("orders", 1L, "tea");
        lake.commit("orders", 2L, "salt");
        lake.commit("orders", 1L, "coffee");
        lake.writer().createTag(lake.identifier("orders"), "first", 1L, null, false);
        lake.writer().createBranch(lake.identifier("orders"), "trial", "first");
        lake.commit("orders$branch_trial", 9L, "pepper");
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    // System tables

    @Test
    void everySystemTableOfPaimonIsRead() {
        List<String> failed = new ArrayList<>();
        for (String table : SystemTableLoader.SYSTEM_TABLES) {
            try {
                sql.rows("SELECT * FROM \"orders$" + table + "\"");
            } catch (RuntimeException e) {
                failed.add(table + ": " + e.getMessage());
            }
        }

        // Row tracking is for append tables with 'row-tracking.enabled' only; Paimon says so.
        assertThat(failed).allMatch(failure -> failure.startsWith("row_tracking: "));
    }

    @Test
    void snapshotsAreRows() {
        assertThat(sql.rows("SELECT snapshot_id, commit_kind FROM \"orders$snapshots\" ORDER BY 1 LIMIT 2"))
                .containsExactly(List.of(1L, "APPEND"), List.of(2L, "APPEND"));
    }

    @Test
    void aSystemTableThatThereIsNotDoesNotExist() {
        sql.failure("SELECT * FROM \"orders$nosuch\"").hasMessageContaining("does not exist");
        sql.failure("SELECT * FROM \"nosuch$snapshots\"").hasMessageContaining("does not exist");
    }

    @Test
    void theSchemaSysTellsOfAllTables() {
        assertThat(sql.rows("SELECT table_name FROM sys.tables WHERE database_name = 'history'"))
                .contains(List.of("orders"));
        assertThat(sql.rows("SELECT column_name FROM information_schema.columns"
                        + " WHERE table_schema = 'sys' AND table_name = 'catalog_options'"))
                .containsExactly(List.of("key"), List.of("value"));
        assertThat(sql.rows("SELECT value FROM sys.catalog_options WHERE key = 'token'"))
                .containsExactly(List.of("******"));
    }

    // Time travel

    @Test
    void aSnapshotIsReadByItsNumber() {
        assertThat(sql.rows("SELECT * FROM orders FOR VERSION AS OF 2 ORDER BY id"))
                .containsExactly(List.of(1L, "tea"), List.of(2L, "salt"));
    }

    @Test
    void aTagIsReadByItsName() {
        assertThat(sql.rows("SELECT * FROM orders FOR VERSION AS OF 'first'")).containsExactly(List.of(1L, "tea"));
    }

    @Test
    void theStateAtATimeIsRead() throws Exception {
        long second = lake.stored("orders").snapshotManager().snapshot(2).timeMillis();

        assertThat(sql.value("SELECT count(*) FROM orders FOR TIMESTAMP AS OF TIMESTAMP '"
                        + Instant.ofEpochMilli(second)
                                .toString()
                                .replace('T', ' ')
                                .replace("Z", " UTC") + "'"))
                .isEqualTo(2L);
    }

    @Test
    void anEarlierStateHasItsOwnColumns() throws Exception {
        lake.createKeyed("evolved");
        lake.commit("evolved", 1L, "tea");
        lake.writer()
                .alterTable(
                        lake.identifier("evolved"),
                        List.of(
                                SchemaChange.renameColumn("item", "name"),
                                SchemaChange.addColumn("price", DataTypes.INT())),
                        false);
        lake.commit("evolved", 2L, "salt", 3);

        assertThat(sql.rows("SELECT * FROM evolved FOR VERSION AS OF 1")).containsExactly(List.of(1L, "tea"));
        assertThat(sql.rows("SELECT item FROM evolved FOR VERSION AS OF 1")).containsExactly(List.of("tea"));
        assertThat(sql.rows("SELECT name, price FROM evolved WHERE id = 2")).containsExactly(List.of("salt", 3));
    }

    /** Paimon renames such a column in the table's options too. */
    @Test
    void anEarlierStateIsReadWhereTheBucketKeyAndTheSequenceFieldHaveOtherNamesNow() {
        sql.run("CREATE TABLE respread (k integer, v integer) WITH (bucket = 2, bucket_key = ARRAY['k'])");
        sql.run("INSERT INTO respread VALUES (1, 10), (2, 20)");
        sql.run("ALTER TABLE respread RENAME COLUMN k TO key");
        sql.run("INSERT INTO respread VALUES (3, 30)");
        assertThat(sql.rows("SELECT k, v FROM respread FOR VERSION AS OF 1 WHERE k = 1"))
                .containsExactly(List.of(1, 10));

        sql.run("CREATE TABLE sequenced (k integer, seq integer, v integer) WITH (primary_key = ARRAY['k'], bucket = 1,"
                + " sequence_field = ARRAY['seq'], options = MAP(ARRAY['write-only'], ARRAY['true']))");
        sql.run("INSERT INTO sequenced VALUES (1, 2, 20)");
        sql.run("INSERT INTO sequenced VALUES (1, 1, 10)");
        sql.run("ALTER TABLE sequenced RENAME COLUMN seq TO moment");
        sql.run("INSERT INTO sequenced VALUES (1, 3, 30)");
        assertThat(sql.rows("SELECT * FROM sequenced FOR VERSION AS OF 2")).containsExactly(List.of(1, 2, 20));
    }

    /** As one that streams of Flink read from its end. */
    @Test
    void anEarlierStateIsReadAndRowsAreChangedWhereTheTableSaysWhatToRead() {
        sql.run("CREATE TABLE streamed (k integer, v integer) WITH (options = MAP(ARRAY['scan.mode'],"
                + " ARRAY['latest']))");
        sql.run("INSERT INTO streamed VALUES (1, 10), (2, 20)");
        sql.run("INSERT INTO streamed VALUES (3, 30)");

        sql.run("DELETE FROM streamed WHERE k = 1");
        sql.run("UPDATE streamed SET v = 21 WHERE k = 2");
        sql.run("ANALYZE streamed");

        assertThat(sql.rows("SELECT k FROM streamed FOR VERSION AS OF 1 ORDER BY k"))
                .containsExactly(List.of(1), List.of(2));
        assertThat(sql.rows("SELECT * FROM streamed ORDER BY k")).containsExactly(List.of(2, 21), List.of(3, 30));
    }

    @Test
    void aSystemTableOfAnEarlierStateIsRead() {
        assertThat(sql.value("SELECT count(*) FROM \"orders$files\" FOR VERSION AS OF 1"))
                .isEqualTo(1L);
        sql.failure("SELECT * FROM \"orders$snapshots\" FOR VERSION AS OF 1").hasMessageContaining("has no versions");
    }

    @Test
    void aSnapshotThatIsNotThereIsNamed() {
        sql.failure("SELECT * FROM orders FOR VERSION AS OF 77")
                .hasMessageContaining("Table history.orders has no snapshot 77: it has snapshots 1 to");
    }

    @Test
    void aNameThatIsNoTagAndNoBranchIsNamed() {
        sql.failure("SELECT * FROM orders FOR VERSION AS OF 'nosuch'")
                .hasMessage("Table history.orders has no tag and no branch 'nosuch'");
        sql.failure("SELECT * FROM orders FOR VERSION AS OF '2'").hasMessageContaining("without quotes");
    }

    @Test
    void aTimeBeforeTheFirstSnapshotIsNamed() {
        sql.failure("SELECT * FROM orders FOR TIMESTAMP AS OF TIMESTAMP '2001-01-01 00:00:00 UTC'")
                .hasMessageContaining("has no version that was there at 2001-01-01T00:00:00Z: it has snapshots 1 to");
    }

    @Test
    void aDateIsOfTheSessionsZone() {
        Session inParis = Session.builder(runner.trino().getDefaultSession())
                .setTimeZoneKey(TimeZoneKey.getTimeZoneKey("Europe/Paris"))
                .build();

        assertThatThrownBy(() -> runner.trino()
                        .execute(inParis, "SELECT * FROM history.orders FOR TIMESTAMP AS OF DATE '2001-01-01'"))
                .hasMessageContaining("at 2000-12-31T23:00:00Z");
    }

    // Branches

    @Test
    void aBranchIsReadByNameAndByVersion() {
        List<List<Object>> rows = List.of(List.of(1L, "tea"), List.of(9L, "pepper"));

        assertThat(sql.rows("SELECT * FROM \"orders$branch_trial\" ORDER BY id"))
                .isEqualTo(rows);
        assertThat(sql.rows("SELECT * FROM orders FOR VERSION AS OF 'trial' ORDER BY id"))
                .isEqualTo(rows);
        assertThat(sql.value("SELECT count(*) FROM \"orders$branch_trial$snapshots\""))
                .isEqualTo(2L);
    }

    @Test
    void aBranchWhoseNameHasCapitalsIsFound() throws Exception {
        lake.createKeyed("capitals");
        lake.commit("capitals", 1L, "tea");
        lake.writer().createTag(lake.identifier("capitals"), "t", 1L, null, false);
        lake.writer().createBranch(lake.identifier("capitals"), "Trial", "t");

        assertThat(sql.rows("SELECT * FROM \"capitals$branch_trial\"")).containsExactly(List.of(1L, "tea"));
        assertThat(sql.value("SELECT count(*) FROM \"capitals$branch_trial$snapshots\""))
                .isEqualTo(1L);
    }

    @Test
    void aNameThatIsATagAndABranchIsRefused() throws Exception {
        lake.createKeyed("both");
        lake.commit("both", 1L, "tea");
        lake.writer().createTag(lake.identifier("both"), "x", 1L, null, false);
        lake.writer().createBranch(lake.identifier("both"), "x", "x");

        sql.failure("SELECT * FROM both FOR VERSION AS OF 'x'").hasMessageContaining("both a tag and a branch 'x'");
    }

    @Test
    void branchesAreMadeMovedAndDroppedBySql() throws Exception {
        lake.createKeyed("branched");
        lake.commit("branched", 1L, "tea");

        sql.run("CREATE BRANCH trial IN TABLE branched");
        lake.commit("branched$branch_trial", 2L, "salt");
        assertThat(sql.rows("SHOW BRANCHES IN TABLE branched"))
                .containsExactlyInAnyOrder(List.of("main"), List.of("trial"));
        sql.run("ALTER BRANCH main IN TABLE branched FAST FORWARD TO trial");

        assertThat(sql.rows("SELECT id FROM branched ORDER BY id")).containsExactly(List.of(1L), List.of(2L));
        sql.run("DROP BRANCH trial IN TABLE branched");
        assertThat(sql.rows("SHOW BRANCHES IN TABLE branched")).containsExactly(List.of("main"));
        assertThat(sql.rows("SELECT tag_name FROM \"branched$tags\"")).isEmpty();
    }

    @Test
    void aBranchOfAnEmptyTableIsEmpty() throws Exception {
        lake.createKeyed("empty_branched");

        sql.run("CREATE BRANCH trial IN TABLE empty_branched");

        assertThat(sql.rows("SELECT * FROM \"empty_branched$branch_trial\"")).isEmpty();
    }

    private List<List<Object>> tags(String table) {
        return sql.rows("SELECT tag_name FROM \"" + table + "$tags\"");
    }

    @Test
    void aBranchIsMadeAgainAfterTheProcedureHasDroppedIt() throws Exception {
        lake.createKeyed("again");
        lake.commit("again", 1L, "tea");
        sql.run("CREATE BRANCH b IN TABLE again");
        assertThat(tags("again")).hasSize(1);

        sql.run("CALL lake.system.drop_branch('history', 'again', 'b')");
        assertThat(tags("again")).isEmpty();

        sql.run("CREATE BRANCH b IN TABLE again");
        sql.run("CREATE OR REPLACE BRANCH b IN TABLE again");
        assertThat(tags("again")).hasSize(1);
    }

    @Test
    void aBranchIsMadeWhereAnotherClientHasLeftTheTagOfOneThatItDropped() throws Exception {
        lake.createKeyed("left_tag");
        lake.commit("left_tag", 1L, "tea");
        sql.run("CREATE BRANCH b IN TABLE left_tag");
        lake.writer().dropBranch(lake.identifier("left_tag"), "b");

        sql.run("CREATE BRANCH b IN TABLE left_tag");
        sql.run("DROP BRANCH b IN TABLE left_tag");

        assertThat(tags("left_tag")).isEmpty();
    }

    @Test
    void aUsersOwnTagStaysWhenABranchOfItsNameIsDropped() throws Exception {
        lake.createKeyed("own_tag");
        lake.commit("own_tag", 1L, "tea");
        sql.run("CALL lake.system.create_tag('history', 'own_tag', 'branch-b')");
        sql.run("CREATE BRANCH b IN TABLE own_tag");
        sql.run("CREATE BRANCH \"b-0123abcd\" IN TABLE own_tag");

        sql.run("DROP BRANCH b IN TABLE own_tag");

        assertThat(tags("own_tag")).hasSize(2).contains(List.of("branch-b"));
        sql.run("CALL lake.system.drop_branch('history', 'own_tag', 'b-0123abcd')");
        assertThat(tags("own_tag")).containsExactly(List.of("branch-b"));
    }

    @Test
    void aBranchThatIsRefusedLeavesNoTag() throws Exception {
        lake.createKeyed("refused");
        lake.commit("refused", 1L, "tea");

        // What the service takes for a number of a snapshot is no name.
        sql.failure("CREATE BRANCH \"123\" IN TABLE refused").hasMessageContaining("123");

        assertThat(tags("refused")).isEmpty();
    }

    @Test
    void whatBranchesCannotDoIsRefused() {
        sql.failure("CREATE BRANCH trial IN TABLE orders").hasMessageContaining("already exists");
        sql.failure("CREATE BRANCH more IN TABLE orders FROM trial").hasMessageContaining("can begin with 'main' only");
        sql.failure("ALTER BRANCH trial IN TABLE orders FAST FORWARD TO main")
                .hasMessageContaining("Only 'main' can be fast-forwarded");
        sql.failure("DROP BRANCH main IN TABLE orders").hasMessageContaining("cannot be dropped");
    }

    // Procedures

    private void createWithSnapshots(String table) throws Exception {
        lake.createKeyed(table);
        lake.commit(table, 1L, "tea");
        lake.commit(table, 2L, "salt");
        lake.commit(table, 3L, "pepper");
    }

    private long count(String table) {
        return (long) sql.value("SELECT count(*) FROM " + table);
    }

    @Test
    void rollbackToSnapshot() throws Exception {
        createWithSnapshots("rolled");

        sql.run("CALL lake.system.rollback_to_snapshot('history', 'rolled', 2)");

        assertThat(count("rolled")).isEqualTo(2);
        sql.failure("CALL lake.system.rollback_to_snapshot('history', 'rolled', 44)")
                .hasMessageContaining("Table history.rolled has no snapshot 44");
        sql.failure("CALL lake.system.rollback_to_snapshot('history', 'rolled', NULL)")
                .hasMessageContaining("'snapshot_id' must not be null");
        sql.failure("CALL lake.system.rollback_to_snapshot('history', 'nosuch', 1)")
                .hasMessageContaining("history.nosuch");
    }

    @Test
    void rollbackToTimestamp() throws Exception {
        createWithSnapshots("rolled_in_time");
        long second =
                lake.stored("rolled_in_time").snapshotManager().snapshot(2).timeMillis();

        sql.run("CALL lake.system.rollback_to_timestamp('history', 'rolled_in_time', '" + Instant.ofEpochMilli(second)
                + "')");

        assertThat(count("rolled_in_time")).isEqualTo(2);
        sql.failure("CALL lake.system.rollback_to_timestamp('history', 'rolled_in_time', 'yesterday')")
                .hasMessageContaining("'timestamp' must be a date or a timestamp");
        sql.failure("CALL lake.system.rollback_to_timestamp('history', 'rolled_in_time', '2001-01-01')")
                .hasMessageContaining("has no version that was there at");
    }

    @Test
    void rollbackToTag() throws Exception {
        createWithSnapshots("rolled_to_tag");
        sql.run("CALL lake.system.create_tag('history', 'rolled_to_tag', 'one', 1)");

        sql.run("CALL lake.system.rollback_to_tag(schema_name => 'history', table_name => 'rolled_to_tag', tag =>"
                + " 'one')");

        assertThat(count("rolled_to_tag")).isEqualTo(1);
        sql.failure("CALL lake.system.rollback_to_tag('history', 'rolled_to_tag', 'nosuch')")
                .hasMessageContaining("has no tag 'nosuch'");
    }

    @Test
    void tagsAreMadeAndDeleted() throws Exception {
        createWithSnapshots("tagged");

        sql.run("CALL lake.system.create_tag('history', 'tagged', 'now')");
        sql.run("CALL lake.system.create_tag('history', 'tagged', 'two', 2, '7 d')");

        assertThat(sql.rows("SELECT tag_name, snapshot_id FROM \"tagged$tags\" ORDER BY 1"))
                .containsExactly(List.of("now", 3L), List.of("two", 2L));
        sql.failure("CALL lake.system.create_tag('history', 'tagged', 'two')").hasMessageContaining("already");
        sql.failure("CALL lake.system.create_tag('history', 'tagged', 'x', 44)").hasMessageContaining("no snapshot 44");
        sql.failure("CALL lake.system.create_tag('history', 'tagged', 'x', 1, 'a while')")
                .hasMessageContaining("'time_retained' must be a duration");
        sql.run("CALL lake.system.delete_tag('history', 'tagged', 'two')");
        assertThat(sql.rows("SELECT tag_name FROM \"tagged$tags\"")).containsExactly(List.of("now"));
        sql.failure("CALL lake.system.delete_tag('history', 'tagged', 'two')").hasMessageContaining("has no tag 'two'");
    }

    @Test
    void branchesAreMadeMovedAndDroppedByProcedures() throws Exception {
        createWithSnapshots("called");
        sql.run("CALL lake.system.create_tag('history', 'called', 'two', 2)");

        sql.run("CALL lake.system.create_branch('history', 'called', 'b', 'two')");
        assertThat(count("\"called$branch_b\"")).isEqualTo(2);
        sql.failure("CALL lake.system.create_branch('history', 'called', 'b')").hasMessageContaining("already");
        sql.failure("CALL lake.system.create_branch('history', 'called', 'c', 'nosuch')")
                .hasMessageContaining("has no tag 'nosuch'");
        sql.run("CALL lake.system.fast_forward('history', 'called', 'b')");
        assertThat(count("called")).isEqualTo(2);
        sql.failure("CALL lake.system.fast_forward('history', 'called', 'c')")
                .hasMessageContaining("has no branch 'c'");
        sql.run("CALL lake.system.drop_branch('history', 'called', 'b')");
        sql.failure("CALL lake.system.drop_branch('history', 'called', 'b')").hasMessageContaining("has no branch 'b'");
    }

    @Test
    void expireSnapshots() throws Exception {
        createWithSnapshots("expired");

        sql.run("CALL lake.system.expire_snapshots(schema_name => 'history', table_name => 'expired', retain_max =>"
                + " 1)");

        assertThat(sql.rows("SELECT snapshot_id FROM \"expired$snapshots\"")).containsExactly(List.of(3L));
        assertThat(count("expired")).isEqualTo(3);
        sql.failure("CALL lake.system.expire_snapshots('history', 'expired', 0)")
                .hasMessageContaining("'retain_max' must be 1 or more");
        sql.failure("CALL lake.system.expire_snapshots('history', 'expired', 1, 2)")
                .hasMessageContaining("'retain_max' must not be less than 'retain_min'");
    }

    @Test
    void removeOrphanFiles() throws Exception {
        createWithSnapshots("orphans");
        Path orphan = new Path(lake.stored("orphans").location(), "bucket-0/data-orphan-0.orc");
        lake.stored("orphans").fileIO().writeFile(orphan, "nobody's", false);

        Instant now = Instant.now();
        Files.setLastModifiedTime(
                java.nio.file.Path.of(orphan.toUri().getPath()), FileTime.from(now.minus(2, ChronoUnit.HOURS)));

        sql.run("CALL lake.system.remove_orphan_files('history', 'orphans', '" + now.minus(1, ChronoUnit.HOURS) + "')");

        assertThat(count("orphans")).isEqualTo(3);
        assertThat(lake.stored("orphans").fileIO().exists(orphan)).isFalse();
        sql.failure("CALL lake.system.remove_orphan_files('history', 'orphans', '2999-01-01')")
                .hasMessageContaining("'older_than' must be at least");
    }

    @Test
    void markPartitionDone() throws Exception {
        lake.writer()
                .createTable(
                        lake.identifier("days"),
                        Schema.newBuilder()
                                .column("id", DataTypes.BIGINT())
                                .column("day", DataTypes.STRING())
                                .partitionKeys("day")
                                .build(),
                        false);
        lake.commit("days", 1L, "monday");

        sql.run("CALL lake.system.mark_partition_done('history', 'days', ARRAY['day=monday'])");

        assertThat(lake.writer().listPartitions(lake.identifier("days"))).allMatch(Partition::done);
        sql.failure("CALL lake.system.mark_partition_done('history', 'days', ARRAY['hour=1'])")
                .hasMessageContaining("A partition of table history.days is written as 'day=…'");
        sql.failure("CALL lake.system.mark_partition_done('history', 'orders', ARRAY['day=monday'])")
                .hasMessageContaining("has no partitions");
    }

    /** The table itself names a date by its number of days. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-07-01", "20635"})
    void aPartitionOfADateIsMarked(String day) throws Exception {
        String table = "dates_" + day.replace("-", "");
        sql.run("CREATE TABLE lake.history." + table + " (id bigint, day date) WITH (partitioned_by = ARRAY['day'])");
        sql.run("INSERT INTO lake.history." + table + " VALUES (1, DATE '2026-07-01')");

        sql.run("CALL lake.system.mark_partition_done('history', '" + table + "', ARRAY['day=" + day + "'])");

        assertThat(lake.writer().listPartitions(lake.identifier(table)))
                .singleElement()
                .matches(Partition::done);
        sql.failure("CALL lake.system.mark_partition_done('history', '" + table + "', ARRAY['day=monday'])")
                .hasMessageContaining("has a value that is none of");
    }

    @Test
    void aReadOnlyCatalogIsNotChanged() throws Exception {
        createWithSnapshots("kept");
        Map<String, String> readOnly = new HashMap<>(TrestleQueryRunner.catalogProperties(runner.server()));
        readOnly.put("trestle.access-control", "read-only");
        runner.trino().createCatalog("readonly", TrestleConnectorFactory.NAME, readOnly);

        assertThat(sql.value("SELECT count(*) FROM readonly.history.kept")).isEqualTo(3L);
        sql.failure("CALL readonly.system.rollback_to_snapshot('history', 'kept', 1)")
                .hasMessageContaining("Access Denied");
        sql.failure("CALL readonly.system.create_tag('history', 'kept', 'one')").hasMessageContaining("Access Denied");
        assertThat(count("kept")).isEqualTo(3);
    }

    // Statistics

    private void createNumbers(String table) throws Exception {
        lake.writer()
                .createTable(
                        lake.identifier(table),
                        Schema.newBuilder()
                                .column("n", DataTypes.INT())
                                .column("word", DataTypes.STRING())
                                .column("price", DataTypes.DECIMAL(10, 2))
                                .build(),
                        false);
        lake.commit(table, 1, "one", null);
        lake.commit(table, 5, "five", Decimal.fromUnscaledLong(250, 10, 2));
        lake.commit(table, 3, null, Decimal.fromUnscaledLong(150, 10, 2));
        lake.commit(table, 3, "three", null);
    }

    private List<Object> statistics(String table, String column) {
        return sql.rows("SHOW STATS FOR " + table).stream()
                .filter(row -> column == null ? row.get(0) == null : column.equals(row.get(0)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void manifestsTellOfATableThatWasNotAnalyzed() throws Exception {
        createNumbers("unanalyzed");

        assertThat(statistics("unanalyzed", null).get(4)).isEqualTo(4.0);
        assertThat(statistics("unanalyzed", "n")).isEqualTo(Arrays.asList("n", null, null, 0.0, null, "1", "5"));
        assertThat(statistics("unanalyzed", "price").get(3)).isEqualTo(0.5);
        assertThat(statistics("unanalyzed", "price").subList(5, 7)).containsExactly("1.5", "2.5");
        assertThat(statistics("unanalyzed", "word").get(3)).isEqualTo(0.25);
    }

    @Test
    void statisticsAreThoseOfThePartitionsThatAreRead() {
        sql.run("CREATE TABLE parted (n bigint, day varchar) WITH (partitioned_by = ARRAY['day'])");
        sql.run("INSERT INTO parted VALUES (1, 'mon'), (2, 'mon'), (7, 'tue')");

        String ofTuesday = "(SELECT * FROM parted WHERE day = 'tue')";
        assertThat(statistics(ofTuesday, null).get(4)).isEqualTo(1.0);
        assertThat(statistics(ofTuesday, "n").subList(5, 7)).containsExactly("7", "7");
        sql.run("ANALYZE parted");
        assertThat(statistics("parted", null).get(4)).isEqualTo(3.0);
        assertThat(statistics(ofTuesday, null).get(4)).isEqualTo(1.0);
    }

    @Test
    void analyzeKeepsWhatItFindsForEveryEngine() throws Exception {
        createNumbers("analyzed");

        sql.run("ANALYZE analyzed");

        assertThat(statistics("analyzed", null).get(4)).isEqualTo(4.0);
        assertThat(statistics("analyzed", "n")).isEqualTo(Arrays.asList("n", null, 3.0, 0.0, null, "1", "5"));
        assertThat(statistics("analyzed", "word").get(2)).isEqualTo(3.0);
        Statistics kept = lake.stored("analyzed").statistics().orElseThrow();
        assertThat(kept.mergedRecordCount()).hasValue(4);
        ColStats<?> n = kept.colStats().get("n");
        assertThat((Object) n.min().orElseThrow()).isEqualTo(1);
        assertThat((Object) n.max().orElseThrow()).isEqualTo(5);
        assertThat(n.distinctCount()).hasValue(3);
        assertThat(kept.colStats().get("price").nullCount()).hasValue(2);
    }

    @Test
    void analyzeLooksAtTheColumnsThatAreNamed() throws Exception {
        createNumbers("partly");

        sql.run("ANALYZE partly WITH (columns = ARRAY['n'])");

        assertThat(lake.stored("partly").statistics().orElseThrow().colStats().keySet())
                .containsExactly("n");
        sql.failure("ANALYZE partly WITH (columns = ARRAY['nosuch'])").hasMessageContaining("no columns [nosuch]");
        sql.failure("ANALYZE \"partly$files\"").hasMessageContaining("cannot be analyzed");
    }

    @Test
    void statisticsFollowAColumnThatIsRenamed() throws Exception {
        createNumbers("followed");
        sql.run("ANALYZE followed");
        sql.run("ALTER TABLE followed RENAME COLUMN n TO number");
        sql.run("ALTER TABLE followed DROP COLUMN price");

        sql.run("ANALYZE followed WITH (columns = ARRAY['word'])");

        assertThat(lake.stored("followed").statistics().orElseThrow().colStats().keySet())
                .containsExactlyInAnyOrder("number", "word");
        assertThat(statistics("followed", "number").subList(5, 7)).containsExactly("1", "5");
    }

    @Test
    void statisticsOfAColumnThatHasAnotherTypeNowAreLeftOut() throws Exception {
        createNumbers("retyped");
        sql.run("ANALYZE retyped");

        sql.run("ALTER TABLE retyped ALTER COLUMN n SET DATA TYPE varchar");

        assertThat(statistics("retyped", "n").subList(5, 7)).containsOnlyNulls();
        assertThat(statistics("retyped", "word").get(2)).isEqualTo(3.0);
    }

    @Test
    void anEmptyTableIsAnalyzed() throws Exception {
        lake.createKeyed("analyzed_empty");

        sql.run("ANALYZE analyzed_empty");

        assertThat(lake.stored("analyzed_empty").statistics()).isEmpty();
    }
}
