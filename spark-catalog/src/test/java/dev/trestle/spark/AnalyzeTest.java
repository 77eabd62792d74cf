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
import static org.assertj.core.api.Assertions.within;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.ProxiedRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.source.DataSplit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code CALL sys.analyze} finds of a table's rows, keeps for all engines and tells Spark's own planner. */
class AnalyzeTest extends SharedCatalogFixture {

    @BeforeAll
    void planByStatistics() {
        session.set("spark.sql.cbo.enabled", "true");
    }

    @AfterEach
    void beInUtcAgain() {
        session.set("spark.sql.session.timeZone", "UTC");
    }

    private Statistics kept(String table) throws Exception {
        return stored(table).statistics().orElseThrow();
    }

    private ColStats<?> kept(String table, String column) throws Exception {
        return kept(table).colStats().get(column);
    }

    private static Object least(ColStats<?> column) {
        return column.min().orElseThrow();
    }

    private static Object greatest(ColStats<?> column) {
        return column.max().orElseThrow();
    }

    private static void assertRange(ColStats<?> column, Comparable<?> least, Comparable<?> greatest) {
        assertThat(least(column)).isEqualTo(least);
        assertThat(greatest(column)).isEqualTo(greatest);
        assertThat(column.distinctCount()).hasValue(2);
        assertThat(column.nullCount()).hasValue(1);
    }

    private long fileSize(String table) throws Exception {
        return stored(table).newReadBuilder().newScan().plan().splits().stream()
                .flatMap(split -> ((DataSplit) split).dataFiles().stream())
                .mapToLong(DataFileMeta::fileSize)
                .sum();
    }

    /** How many rows Spark's planner takes a query for. */
    private long estimatedRows(String query) {
        return Long.parseLong(session.sql(query)
                .queryExecution()
                .optimizedPlan()
                .stats()
                .rowCount()
                .get()
                .toString());
    }

    private void numbers(String table) {
        run("CREATE TABLE " + table + " (id INT, v STRING)")
                .run("INSERT INTO " + table + " SELECT CAST(id AS INT), concat('v', id % 4) FROM range(0, 100, 1, 1)");
    }

    @Test
    void rowsAreCountedWithoutALookAtColumns() throws Exception {
        numbers("counted");

        assertThat(rows("CALL sys.analyze(table => 'd.counted')"))
                .containsExactly("[1,100," + fileSize("counted") + ",0]");

        Statistics kept = kept("counted");
        assertThat(kept.snapshotId()).isEqualTo(1);
        assertThat(kept.mergedRecordCount()).hasValue(100);
        assertThat(kept.mergedRecordSize()).hasValue(fileSize("counted"));
        assertThat(kept.colStats()).isEmpty();
        assertThat(stored("counted").latestSnapshot().orElseThrow().commitKind())
                .isEqualTo(Snapshot.CommitKind.ANALYZE);
        assertThat(rows("SELECT count(*), sum(id) FROM counted")).containsExactly("[100,4950]");
        assertThat(rows("SELECT snapshot_id, mergedRecordCount FROM `counted$statistics`"))
                .containsExactly("[1,100]");
    }

    @Test
    void columnsAreAnalyzedBesideThoseBefore() throws Exception {
        numbers("chosen");

        run("CALL sys.analyze(table => 'chosen', columns => 'ID')");
        assertThat(kept("chosen").colStats()).containsOnlyKeys("id");
        run("CALL sys.analyze(table => 'chosen', columns => ' v , v')");
        assertThat(kept("chosen").colStats()).containsOnlyKeys("id", "v");
        run("CALL sys.analyze(table => 'chosen')");

        assertThat(kept("chosen").colStats()).containsOnlyKeys("id", "v");
        assertThat(least(kept("chosen", "id"))).isEqualTo(0);
        assertThat(greatest(kept("chosen", "id"))).isEqualTo(99);
        assertThat((double) kept("chosen", "id").distinctCount().orElseThrow()).isCloseTo(100, within(15.0));
        assertThat(kept("chosen", "v").distinctCount()).hasValue(4);
        assertThat(kept("chosen", "v").avgLen()).hasValue(2);
        assertThat(kept("chosen", "v").min()).isEmpty();
    }

    @Test
    void thePlannerReckonsWithWhatWasFound() {
        numbers("planned");
        String quarter = "SELECT id FROM planned WHERE id >= 75";
        String oneOfFour = "SELECT id FROM planned WHERE v = 'v1'";
        assertThat(estimatedRows(quarter)).isEqualTo(100);
        assertThat(estimatedRows(oneOfFour)).isEqualTo(100);

        run("CALL sys.analyze(table => 'planned', columns => '*')");

        assertThat(estimatedRows(quarter)).isBetween(24L, 26L);
        assertThat(estimatedRows(oneOfFour)).isEqualTo(25);
        assertThat(estimatedRows("SELECT DISTINCT v FROM planned")).isEqualTo(4);
        assertThat(rows("EXPLAIN COST " + oneOfFour).toString()).contains("rowCount=25");
    }

    /** The files of a scan are chosen by its conditions, and what was found is of all of them. */
    @Test
    void whatWasFoundOfAllRowsIsTakenForTheShareThatIsRead() {
        run("CREATE TABLE shared (id INT, v STRING, day INT) PARTITIONED BY (day)")
                .run("INSERT INTO shared SELECT CAST(id AS INT), if(id % 2 = 0, null, 'x'), CAST(id % 10 AS INT)"
                        + " FROM range(0, 100, 1, 1)")
                .run("CALL sys.analyze(table => 'shared', columns => '*')");

        assertThat(estimatedRows("SELECT id FROM shared WHERE day = 3")).isEqualTo(10);
        assertThat(estimatedRows("SELECT id FROM shared WHERE day = 3 AND v IS NOT NULL"))
                .isEqualTo(5);
        assertThat(estimatedRows("SELECT DISTINCT id FROM shared WHERE day = 3"))
                .isEqualTo(10);
    }

    private void everyType(String table) {
        run("CREATE TABLE " + table + " (b BOOLEAN, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, f FLOAT, g DOUBLE,"
                        + " m DECIMAL(10, 2), big DECIMAL(38, 10), d DATE, l TIMESTAMP, n TIMESTAMP_NTZ, h TIME(3), s STRING,"
                        + " c CHAR(3), w VARCHAR(9), y BINARY, a ARRAY<INT>, k MAP<STRING, INT>, r STRUCT<x: INT>, j VARIANT)")
                .run("INSERT INTO " + table + " VALUES (false, 1Y, 2S, 3, 4L, 1.5F, 2.5D, 3.25, -1234567890123456789.5,"
                        + " DATE '2026-01-02', TIMESTAMP '2026-01-02 03:04:05.678901',"
                        + " TIMESTAMP_NTZ '2026-01-02 03:04:05.678901', TIME '01:02:03.004', 'ab', 'abc', 'é', X'0102',"
                        + " array(1), map('k', 1), named_struct('x', 1), parse_json('1'))")
                .run("INSERT INTO " + table + " VALUES (true, 11Y, 12S, 13, 14L, 11.5F, 12.5D, 13.25, 99.5,"
                        + " DATE '2026-01-12', TIMESTAMP '2026-01-12 00:00:00', TIMESTAMP_NTZ '2026-01-12 00:00:00',"
                        + " TIME '02:00:00', 'abcde', 'x', 'xyz', X'01', array(), map(), null, parse_json('{}'))")
                .run("INSERT INTO " + table + " (b) VALUES (null)");
    }

    private static Decimal decimal(String value, int precision, int scale) {
        return Decimal.fromBigDecimal(new BigDecimal(value), precision, scale);
    }

    @Test
    void everyTypeIsAnalyzed() throws Exception {
        everyType("typed");
        session.set("spark.sql.session.timeZone", "America/New_York");

        assertThat(rows("CALL sys.analyze(table => 'typed', columns => '*')"))
                .containsExactly("[3,3," + fileSize("typed") + ",21]");

        assertRange(kept("typed", "b"), false, true);
        assertRange(kept("typed", "i1"), (byte) 1, (byte) 11);
        assertRange(kept("typed", "i2"), (short) 2, (short) 12);
        assertRange(kept("typed", "i4"), 3, 13);
        assertRange(kept("typed", "i8"), 4L, 14L);
        assertRange(kept("typed", "f"), 1.5f, 11.5f);
        assertRange(kept("typed", "g"), 2.5, 12.5);
        assertRange(kept("typed", "m"), decimal("3.25", 10, 2), decimal("13.25", 10, 2));
        assertRange(kept("typed", "big"), decimal("-1234567890123456789.5", 38, 10), decimal("99.5", 38, 10));
        assertRange(kept("typed", "d"), (int) LocalDate.of(2026, 1, 2).toEpochDay(), (int)
                LocalDate.of(2026, 1, 12).toEpochDay());
        Timestamp first = Timestamp.fromLocalDateTime(LocalDateTime.parse("2026-01-02T03:04:05.678901"));
        Timestamp last = Timestamp.fromLocalDateTime(LocalDateTime.parse("2026-01-12T00:00:00"));
        assertRange(kept("typed", "l"), first, last);
        assertRange(kept("typed", "n"), first, last);
        for (String column : List.of("h", "s", "c", "w", "y")) {
            assertThat(kept("typed", column).distinctCount()).as(column).hasValue(2);
            assertThat(kept("typed", column).nullCount()).as(column).hasValue(1);
        }
        assertLengths("s", 4, 5);
        assertLengths("w", 3, 3);
        assertLengths("y", 2, 2);
    }

    private void assertLengths(String column, long mean, long greatest) throws Exception {
        assertThat(kept("typed", column).avgLen()).as(column).hasValue(mean);
        assertThat(kept("typed", column).maxLen()).as(column).hasValue(greatest);
    }

    @Test
    void columnsWithPartsHaveCountsOfNullsAlone() throws Exception {
        everyType("nested");

        run("CALL sys.analyze(table => 'nested', columns => 'a, k, r, j')");

        Map<String, ColStats<?>> kept = kept("nested").colStats();
        assertThat(kept).containsOnlyKeys("a", "k", "r", "j");
        kept.forEach((name, column) -> {
            assertThat(column.nullCount()).as(name).hasValue(name.equals("r") ? 2 : 1);
            assertThat(column.distinctCount()).as(name).isEmpty();
            assertThat(column.min()).as(name).isEmpty();
            assertThat(column.maxLen()).as(name).isEmpty();
        });
        assertThat(estimatedRows("SELECT i4 FROM nested WHERE a = array(1)")).isEqualTo(3);
    }

    /** Spark's estimation knows fewer types than it has, and fails on others that it was told of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b > false",
                "i1 > 1",
                "i2 > 2",
                "i4 > 3",
                "i8 > 4",
                "f > 1.5",
                "g > 2.5",
                "m > 3.25",
                "big > 3.25",
                "d > DATE '2026-01-02'",
                "l > TIMESTAMP '2026-01-03 00:00:00'",
                "n > TIMESTAMP_NTZ '2026-01-03 00:00:00'",
                "n = TIMESTAMP_NTZ '2026-01-12 00:00:00'",
                "h > CAST('01:30:00' AS TIME(3))",
                "h = CAST('02:00:00' AS TIME(3))",
                "s > 'b'  OR i4 > 3",
                "c = 'x'",
                "w = 'xyz'",
                "y = X'01'",
                "a = array()"
            })
    void aQueryOfEveryTypeIsPlannedByWhatWasFound(String condition) {
        if (!session.spark().catalog().tableExists(session.catalog() + ".d.queried")) {
            everyType("queried");
            run("CALL sys.analyze(table => 'queried', columns => '*')");
        }

        assertThat(rows("SELECT i4 FROM queried WHERE " + condition)).containsExactly("[13]");
        assertThat(estimatedRows("SELECT i4 FROM queried WHERE " + condition)).isPositive();
    }

    @Test
    void timesLongAgoAndInTheGapOfAZoneAreExact() throws Exception {
        run("CREATE TABLE odd (d DATE, l TIMESTAMP, n TIMESTAMP_NTZ)")
                .run("INSERT INTO odd VALUES (DATE '0001-01-01', TIMESTAMP '0001-01-01 00:00:00.000001',"
                        + " TIMESTAMP_NTZ '2026-03-08 02:30:00.000001'), (DATE '1582-10-10', null, null)");
        session.set("spark.sql.session.timeZone", "America/New_York");

        run("CALL sys.analyze(table => 'odd', columns => '*')");

        assertThat(least(kept("odd", "d")))
                .isEqualTo((int) LocalDate.of(1, 1, 1).toEpochDay());
        assertThat(greatest(kept("odd", "d")))
                .isEqualTo((int) LocalDate.of(1582, 10, 10).toEpochDay());
        assertThat(least(kept("odd", "l")))
                .isEqualTo(Timestamp.fromLocalDateTime(LocalDateTime.parse("0001-01-01T00:00:00.000001")));
        assertThat(least(kept("odd", "n")))
                .isEqualTo(Timestamp.fromLocalDateTime(LocalDateTime.parse("2026-03-08T02:30:00.000001")));
    }

    @Test
    void aRangeLeavesOutWhatIsNoNumber() throws Exception {
        run("CREATE TABLE nan (f FLOAT, g DOUBLE, x DOUBLE)")
                .run("INSERT INTO nan VALUES (1F, 2D, double('NaN')), (3F, 4D, double('NaN')),"
                        + " (float('NaN'), double('NaN'), double('NaN'))");

        run("CALL sys.analyze(table => 'nan', columns => '*')");

        assertThat(greatest(kept("nan", "f"))).isEqualTo(3f);
        assertThat(greatest(kept("nan", "g"))).isEqualTo(4d);
        assertThat(kept("nan", "x").min()).isEmpty();
        assertThat(kept("nan", "x").nullCount()).hasValue(0);
        assertThat(estimatedRows("SELECT f FROM nan WHERE x = 1")).isPositive();
    }

    @Test
    void columnsWithoutAnyValueAreAnalyzed() throws Exception {
        run("CREATE TABLE nulls (i INT, m DECIMAL(5, 1), d DATE, s STRING, y BINARY, a ARRAY<INT>)")
                .run("INSERT INTO nulls VALUES (null, null, null, null, null, null)")
                .run("INSERT INTO nulls VALUES (null, null, null, null, null, null)");

        run("CALL sys.analyze(table => 'nulls', columns => '*')");

        assertThat(kept("nulls").colStats()).hasSize(6);
        assertThat(kept("nulls").colStats().values()).allSatisfy(column -> {
            assertThat(column.nullCount()).hasValue(2);
            assertThat(column.min()).isEmpty();
            assertThat(column.avgLen()).isEmpty();
        });
        assertThat(kept("nulls", "i").distinctCount()).hasValue(0);
        assertThat(estimatedRows("SELECT i FROM nulls WHERE i IS NULL")).isEqualTo(2);
        assertThat(estimatedRows("SELECT s FROM nulls WHERE i IS NOT NULL")).isZero();
    }

    @Test
    void aTableThatWasNeverWrittenHasNoPlaceForStatistics() throws Exception {
        run("CREATE TABLE unwritten (id INT)");

        assertThat(rows("CALL sys.analyze(table => 'unwritten', columns => 'id')"))
                .containsExactly("[null,0,0,0]");

        assertThat(stored("unwritten").latestSnapshot()).isEmpty();
    }

    @Test
    void anEmptiedTableIsAnalyzed() throws Exception {
        numbers("emptied");
        run("TRUNCATE TABLE emptied");

        assertThat(rows("CALL sys.analyze(table => 'emptied', columns => '*')")).containsExactly("[2,0,0,2]");

        assertThat(kept("emptied").mergedRecordCount()).hasValue(0);
        assertThat(kept("emptied", "id").min()).isEmpty();
        run("INSERT INTO emptied VALUES (7, 'x')");
        assertThat(estimatedRows("SELECT * FROM emptied WHERE id = 7")).isEqualTo(1);
    }

    @Test
    void thePartitionsOfATableAreAnalyzedTogether() throws Exception {
        run("CREATE TABLE parted (id INT, day DATE) PARTITIONED BY (day)")
                .run("INSERT INTO parted VALUES (1, DATE '2026-01-01'), (2, DATE '2026-01-02'), (3, DATE '2026-01-02'),"
                        + " (4, null)");

        assertThat(rows("CALL sys.analyze(table => 'parted', columns => 'day,id')"))
                .containsExactly("[1,4," + fileSize("parted") + ",2]");

        assertRange(kept("parted", "day"), (int) LocalDate.of(2026, 1, 1).toEpochDay(), (int)
                LocalDate.of(2026, 1, 2).toEpochDay());
        assertThat(kept("parted", "id").distinctCount()).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"write-only", "deletion-vectors.enabled"})
    void rowsOfOneKeyAreCountedOnce(String option) throws Exception {
        String table = "keyed_" + option.replaceAll("\\W", "_");
        run("CREATE TABLE " + table + " (id INT NOT NULL, v INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1', '"
                + option + "'='true')");
        run("INSERT INTO " + table + " VALUES (1, 1), (2, 2), (3, 3)")
                .run("INSERT INTO " + table + " VALUES (2, 200), (4, null)")
                .run("DELETE FROM " + table + " WHERE id = 3");

        run("CALL sys.analyze(table => '" + table + "')");
        assertThat(kept(table).mergedRecordCount()).hasValue(3);
        run("CALL sys.analyze(table => '" + table + "', columns => '*')");

        assertThat(kept(table).mergedRecordCount()).hasValue(3);
        assertThat(greatest(kept(table, "id"))).isEqualTo(4);
        assertRange(kept(table, "v"), 1, 200);
    }

    @Test
    void deletedRowsOfATableWithoutAKeyAreNotCounted() throws Exception {
        run("CREATE TABLE cut (id INT) TBLPROPERTIES ('deletion-vectors.enabled'='true')")
                .run("INSERT INTO cut VALUES (1), (2), (9)")
                .run("DELETE FROM cut WHERE id = 9");

        run("CALL sys.analyze(table => 'cut', columns => 'id')");

        assertThat(kept("cut").mergedRecordCount()).hasValue(2);
        assertThat(greatest(kept("cut", "id"))).isEqualTo(2);
    }

    @Test
    void columnsOfAnyNameAreAnalyzed() throws Exception {
        run("CREATE TABLE named (`a,b` INT, `c.d` INT, `e``f` INT, `*` INT)")
                .run("INSERT INTO named VALUES (1, 2, 3, 4)");

        run("CALL sys.analyze(table => 'named', columns => '`a,b`, c.d ,`e``f`,`*`')");

        assertThat(kept("named").colStats()).containsOnlyKeys("a,b", "c.d", "e`f", "*");
        assertThat(greatest(kept("named", "c.d"))).isEqualTo(2);
        assertThat(estimatedRows("SELECT * FROM named WHERE `e``f` > 5")).isZero();
    }

    @Test
    void statisticsFollowAColumnThatIsRenamedAndLeaveOneOfAnotherType() throws Exception {
        run("CREATE TABLE changed (id INT, v INT, w INT, gone INT)")
                .run("INSERT INTO changed VALUES (1, 10, 100, 7), (2, 20, 200, 7)")
                .run("CALL sys.analyze(table => 'changed', columns => '*')")
                .run("ALTER TABLE changed RENAME COLUMN v TO x")
                .run("ALTER TABLE changed RENAME COLUMN w TO v")
                .run("ALTER TABLE changed ALTER COLUMN id TYPE BIGINT")
                .run("ALTER TABLE changed DROP COLUMN gone")
                .run("ALTER TABLE changed ADD COLUMN late STRING");

        assertThat(estimatedRows("SELECT x FROM changed WHERE x > 50")).isZero();
        assertThat(estimatedRows("SELECT x FROM changed WHERE v > 50")).isEqualTo(2);
        assertThat(rows("SELECT x FROM changed WHERE id > 1")).containsExactly("[20]");
        run("CALL sys.analyze(table => 'changed', columns => 'late')");

        assertThat(kept("changed").colStats()).containsOnlyKeys("x", "v", "late");
        assertThat(greatest(kept("changed", "x"))).isEqualTo(20);
        assertThat(greatest(kept("changed", "v"))).isEqualTo(200);
        assertThat(kept("changed", "late").nullCount()).hasValue(2);
        assertThat(kept("changed").schemaId())
                .isEqualTo(stored("changed").schema().id());
        run("INSERT INTO changed VALUES (3, 30, 300, 'z')");
        assertThat(kept("changed").colStats())
                .as("taken over by the next commit")
                .containsKeys("x", "v", "late");
    }

    @Test
    void aBranchIsAnalyzedForItself() throws Exception {
        numbers("branched");
        run("CALL sys.create_branch(table => 'branched', branch => 'b')")
                .run("INSERT INTO `branched$branch_b` VALUES (7, 'x')");

        run("CALL sys.analyze(table => '`branched$branch_b`', columns => 'id')");

        assertThat(stored("branched").statistics()).isEmpty();
        assertThat(greatest(kept("branched$branch_b", "id"))).isEqualTo(7);
    }

    /** A session that keeps nothing of the catalog, so that each look at it is a request. */
    private SparkTestSession through(FaultProxy proxy) {
        Map<String, String> options = new HashMap<>(options());
        options.put("uri", proxy.uri().toString());
        options.put("metadata-cache.expire-after", "0 s");
        return SparkTestSession.open(options).run("USE d");
    }

    @Test
    void aCommitMeanwhileIsNotCountedAndNoConflict() throws Exception {
        numbers("raced");
        try (FaultProxy proxy = FaultProxy.start(server.uri())) {
            proxy.inject(
                    Fault.meanwhile(() -> run("INSERT INTO raced VALUES (1000, 'late')")),
                    ProxiedRequest.that("GET", "/tables/raced$"),
                    1,
                    1);
            proxy.inject(
                    Fault.meanwhile(() -> run("INSERT INTO raced VALUES (2000, 'later')")),
                    ProxiedRequest.that("POST", "/commit$"));

            assertThat(through(proxy).column("CALL sys.analyze(table => 'raced', columns => 'id')"))
                    .containsExactly("1");
        }

        assertThat(stored("raced").latestSnapshot().orElseThrow().id()).isEqualTo(4);
        assertThat(kept("raced").snapshotId()).isEqualTo(1);
        assertThat(kept("raced").mergedRecordCount()).hasValue(100);
        assertThat(greatest(kept("raced", "id"))).isEqualTo(99);
        assertThat(rows("SELECT count(*) FROM raced")).containsExactly("[102]");
    }

    @Test
    void aCommitThatLostItsAnswerIsDoneOnce() throws Exception {
        numbers("lost");
        try (FaultProxy proxy = FaultProxy.start(server.uri())) {
            proxy.inject(Fault.cutAfter(), ProxiedRequest.that("POST", "/commit$"));

            through(proxy).run("CALL sys.analyze(table => 'lost')");
        }

        assertThat(kept("lost").mergedRecordCount()).hasValue(100);
        assertThat(rows("SELECT commit_kind FROM `lost$snapshots` ORDER BY snapshot_id"))
                .containsExactly("[APPEND]", "[ANALYZE]");
    }

    @Test
    void aSnapshotThatIsDeletedMeanwhileIsNamed() throws Exception {
        numbers("expired");
        try (FaultProxy proxy = FaultProxy.start(server.uri())) {
            proxy.inject(
                    Fault.meanwhile(() -> run("INSERT OVERWRITE expired VALUES (1, 'x')")
                            .run("CALL sys.expire_snapshots(table => 'expired', retain_max => 1, retain_min => 1)")),
                    ProxiedRequest.that("GET", "/tables/expired$"),
                    1,
                    1);
            SparkTestSession late = through(proxy);

            assertThatThrownBy(() -> late.run("CALL sys.analyze(table => 'expired', columns => '*')"))
                    .hasMessageContaining("Snapshot 1 of table d.expired was deleted while its rows were read. Run the"
                            + " procedure again")
                    .hasMessageContaining("'snapshot.time-retained'");
        }

        assertThat(stored("expired").statistics()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "amont|has no column 'amont': did you mean 'amount'?",
                "id, zebra|has no column 'zebra'. It has: id, amount, note",
                "note.x|has no column 'note.x'",
                "''|must be names of columns with commas between them, such as 'id, `a,b`', or '*' for all",
                "id,,amount|must be names of columns with commas between them",
                "'`id'|must be names of columns with commas between them",
            })
    void columnsThatAreNoneAreRefused(String columns, String message) {
        run("CREATE TABLE IF NOT EXISTS known (id INT, amount INT, note STRUCT<x: INT>)");

        assertThatThrownBy(() -> run("CALL sys.analyze(table => 'known', columns => '" + columns + "')"))
                .hasMessageContaining(message);
    }

    @Test
    void namesOfColumnsAreExactWhereSparkIs() {
        numbers("exact");
        session.set("spark.sql.caseSensitive", "true");
        try {
            assertThatThrownBy(() -> run("CALL sys.analyze(table => 'exact', columns => 'ID')"))
                    .hasMessageContaining("Table d.exact has no column 'ID'");
        } finally {
            session.set("spark.sql.caseSensitive", "false");
        }
    }

    @Test
    void whatKeepsNoRowsOfItsOwnIsRefused() {
        numbers("whole");
        run("CREATE VIEW seen AS SELECT id FROM whole")
                .run("CREATE TABLE plain (id INT) TBLPROPERTIES ('type'='format-table', 'file.format'='csv')");

        assertThatThrownBy(() -> run("CALL sys.analyze(table => 'seen')"))
                .hasMessageContaining("d.seen is a view, which keeps no rows: name a table that its query reads");
        for (String table : List.of("plain", "`whole$snapshots`")) {
            assertThatThrownBy(() -> run("CALL sys.analyze(table => '" + table + "')"))
                    .hasMessageContaining("it is a system table or keeps plain files");
        }
        assertThatThrownBy(() -> run("CALL sys.analyze(table => 'nowhere')")).hasMessageContaining("nowhere");
    }
}
