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

import java.util.List;
import java.util.Map;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBase;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBinary;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBoolean;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataDate;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataDouble;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataLong;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataString;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.junit.jupiter.api.Test;

class StatisticsTest extends CatalogFixture {

    private static final ObjectPath TABLE = new ObjectPath("d", "t");

    private Catalog catalog() {
        return session.environment().getCatalog("c").orElseThrow();
    }

    private Statistics kept() throws Exception {
        return stored("t").statistics().orElseThrow();
    }

    private Map<String, CatalogColumnStatisticsDataBase> columns() throws Exception {
        return catalog().getTableColumnStatistics(TABLE).getColumnStatisticsData();
    }

    @Test
    void rowsAreCounted() throws Exception {
        session.run("CREATE TABLE t (id INT, v STRING)").run("INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        assertThat(catalog().getTableStatistics(TABLE)).isEqualTo(CatalogTableStatistics.UNKNOWN);

        session.run("ANALYZE TABLE t COMPUTE STATISTICS");

        assertThat(kept().mergedRecordCount()).hasValue(2);
        assertThat(kept().mergedRecordSize().orElseThrow()).isPositive();
        assertThat(catalog().getTableStatistics(TABLE).getRowCount()).isEqualTo(2);
        assertThat(catalog().getTableColumnStatistics(TABLE)).isEqualTo(CatalogColumnStatistics.UNKNOWN);
        assertThat(rows("SELECT snapshot_id, mergedRecordCount, colstat FROM t$statistics"))
                .containsExactly("[1, 2, { }]");
        assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("[2]");
    }

    @Test
    void chosenColumnsAreAnalyzedBesideThoseBefore() throws Exception {
        session.run("CREATE TABLE t (id INT, v STRING, w INT)")
                .run("INSERT INTO t VALUES (1, 'a', 7), (2, 'bcd', CAST(NULL AS INT))");
        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS id, w");
        assertThat(columns()).containsOnlyKeys("id", "w");
        CatalogColumnStatisticsDataLong id =
                (CatalogColumnStatisticsDataLong) columns().get("id");
        assertThat(List.of(id.getMin(), id.getMax(), id.getNdv(), id.getNullCount()))
                .containsExactly(1L, 2L, 2L, 0L);
        assertThat(columns().get("w").getNullCount()).isEqualTo(1);
    }

    @Test
    void everyTypeIsAnalyzed() throws Exception {
        session.run(
                "CREATE TABLE t (b BOOLEAN, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, f FLOAT, g DOUBLE,"
                        + " m DECIMAL(10, 2), d DATE, l TIMESTAMP_LTZ(3), s STRING, c CHAR(3), y BYTES, n TIMESTAMP(3), h TIME)");
        session.run(
                "INSERT INTO t VALUES (true, CAST(1 AS TINYINT), CAST(2 AS SMALLINT), 3, 4, CAST(1.5 AS FLOAT), 2.5e0,"
                        + " 3.25, DATE '2026-01-02', TO_TIMESTAMP_LTZ(1000, 3), 'ab', 'abc', x'0102',"
                        + " TIMESTAMP '2026-01-01 00:00:00', TIME '01:00:00'), (false, CAST(11 AS TINYINT), CAST(12 AS SMALLINT),"
                        + " 13, 14, CAST(11.5 AS FLOAT), 12.5e0, 13.25, DATE '2026-01-12', TO_TIMESTAMP_LTZ(2000, 3), 'abcd',"
                        + " 'xyz', x'01', TIMESTAMP '2026-01-02 00:00:00', TIME '02:00:00')");

        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS");

        Map<String, ColStats<?>> kept = kept().colStats();
        assertRange(kept.get("i1"), (byte) 1, (byte) 11);
        assertRange(kept.get("i2"), (short) 2, (short) 12);
        assertRange(kept.get("i4"), 3, 13);
        assertRange(kept.get("i8"), 4L, 14L);
        assertRange(kept.get("f"), 1.5f, 11.5f);
        assertRange(kept.get("g"), 2.5, 12.5);
        assertRange(
                kept.get("m"),
                Decimal.fromBigDecimal(new java.math.BigDecimal("3.25"), 10, 2),
                Decimal.fromBigDecimal(new java.math.BigDecimal("13.25"), 10, 2));
        assertRange(kept.get("d"), 20455, 20465);
        assertRange(kept.get("l"), Timestamp.fromEpochMillis(1000), Timestamp.fromEpochMillis(2000));
        assertThat(kept.get("b").distinctCount()).hasValue(2);
        assertThat(kept.get("s").maxLen()).hasValue(4);
        assertThat(kept.get("s").avgLen()).hasValue(3);
        assertThat(kept.values())
                .allSatisfy(column -> assertThat(column.nullCount()).hasValue(0));

        Map<String, CatalogColumnStatisticsDataBase> columns = columns();
        assertLongs(columns.get("i1"), 1, 11);
        assertLongs(columns.get("i2"), 2, 12);
        assertLongs(columns.get("i4"), 3, 13);
        assertLongs(columns.get("i8"), 4, 14);
        assertLongs(columns.get("l"), 1000, 2000);
        assertDoubles(columns.get("f"), 1.5, 11.5);
        assertDoubles(columns.get("g"), 2.5, 12.5);
        assertDoubles(columns.get("m"), 3.25, 13.25);
        CatalogColumnStatisticsDataDate date = (CatalogColumnStatisticsDataDate) columns.get("d");
        assertThat(date.getMin().getDaysSinceEpoch()).isEqualTo(20455);
        assertThat(date.getMax().getDaysSinceEpoch()).isEqualTo(20465);
        assertThat(((CatalogColumnStatisticsDataString) columns.get("s")).getMaxLength())
                .isEqualTo(4);
        assertThat(columns.get("b")).isInstanceOf(CatalogColumnStatisticsDataBoolean.class);
        if (columns.containsKey("y")) {
            assertThat(columns.get("y")).isInstanceOf(CatalogColumnStatisticsDataBinary.class);
        }
        assertThat(rows("SELECT i4 FROM t WHERE i4 > 3 AND m < 20 AND d > DATE '2026-01-01' AND b = false"
                        + " AND l > TO_TIMESTAMP_LTZ(1, 3)"))
                .containsExactly("[13]");
    }

    private static void assertRange(ColStats<?> column, Comparable<?> min, Comparable<?> max) {
        assertThat((Object) column.min().orElseThrow()).isEqualTo(min);
        assertThat((Object) column.max().orElseThrow()).isEqualTo(max);
    }

    private static void assertLongs(CatalogColumnStatisticsDataBase column, long min, long max) {
        CatalogColumnStatisticsDataLong longs = (CatalogColumnStatisticsDataLong) column;
        assertThat(longs.getMin()).isEqualTo(min);
        assertThat(longs.getMax()).isEqualTo(max);
    }

    private static void assertDoubles(CatalogColumnStatisticsDataBase column, double min, double max) {
        CatalogColumnStatisticsDataDouble doubles = (CatalogColumnStatisticsDataDouble) column;
        assertThat(doubles.getMin()).isEqualTo(min);
        assertThat(doubles.getMax()).isEqualTo(max);
    }

    @Test
    void columnsWithoutAnyValueAreAnalyzed() throws Exception {
        session.run("CREATE TABLE t (i INT, m DECIMAL(5, 1), d DATE, s STRING)")
                .run("INSERT INTO t VALUES (CAST(NULL AS INT), CAST(NULL AS DECIMAL(5, 1)), CAST(NULL AS DATE),"
                        + " CAST(NULL AS STRING))")
                .run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS");
        assertThat(columns()).containsOnlyKeys("i", "m", "d", "s");
        assertThat(columns().values())
                .allSatisfy(column -> assertThat(column.getNullCount()).isEqualTo(1));
    }

    @Test
    void aColumnIsFoundAfterItWasRenamed() throws Exception {
        session.run("CREATE TABLE t (id INT, v INT)").run("INSERT INTO t VALUES (1, 5)");
        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS").run("ALTER TABLE t RENAME v TO w");
        assertThat(columns()).containsOnlyKeys("id", "w");
    }

    @Test
    void aColumnIsAnalyzedBesideOneThatWasRenamed() throws Exception {
        session.run("CREATE TABLE t (id INT, v INT)").run("INSERT INTO t VALUES (1, 5)");
        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS").run("ALTER TABLE t RENAME v TO w");

        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR COLUMNS w, id");

        assertRange(kept().colStats().get("w"), 5, 5);
        assertThat(columns()).containsOnlyKeys("id", "w");
        session.run("INSERT INTO t VALUES (2, 6)");
        assertThat(kept().colStats()).as("taken over by the next commit").containsOnlyKeys("id", "w");
    }

    @Test
    void anEmptyTableHasNothingToKeep() throws Exception {
        session.run("CREATE TABLE t (id INT)").run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS");
        assertThat(stored("t").statistics()).isEmpty();
    }

    @Test
    void theRowsOfAPartitionedTableAreKnownWithoutListingItsPartitions() throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, 'x'), (2, 'y')");
        assertThat(catalog().getTableStatistics(TABLE).getRowCount()).isEqualTo(2);
    }

    @Test
    void whatCannotBeAnalyzedIsRefused() {
        session.run("CREATE TABLE t (id INT, p INT) PARTITIONED BY (p)").run("INSERT INTO t VALUES (1, 7)");
        assertThatThrownBy(() -> session.run("ANALYZE TABLE t PARTITION (p) COMPUTE STATISTICS"))
                .hasStackTraceContaining("BatchTableCommit.updateStatistics");
        assertThatThrownBy(() -> catalog().getTableStatistics(new ObjectPath("d", "none")))
                .isInstanceOf(TableNotExistException.class);
        assertThatThrownBy(() -> catalog()
                        .alterTableStatistics(new ObjectPath("d", "none"), CatalogTableStatistics.UNKNOWN, false))
                .isInstanceOf(TableNotExistException.class);
    }

    @Test
    void anAnalyzedTableIsReadInTwoCalls() {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1), (2)");
        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS").sql("SELECT id FROM t");
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5 && best > 2; round++) {
            server.resetCallCounts();
            session.sql("SELECT id FROM t WHERE id > 1");
            best = Math.min(
                    best,
                    server.callCounts().entrySet().stream()
                            .filter(count -> !count.getKey().equals("resetCallCounts"))
                            .mapToLong(Map.Entry::getValue)
                            .sum());
        }
        assertThat(best).isLessThanOrEqualTo(2);
    }
}
