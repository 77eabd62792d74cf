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

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.paimon.Snapshot;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.types.DataField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a table's statistics comes to Flink's planner, and when. */
class PlannedStatisticsTest extends CatalogFixture {

    private static final ObjectPath TABLE = new ObjectPath("d", "t");

    private Catalog catalog() {
        return session.environment().getCatalog("c").orElseThrow();
    }

    private String plan(String query) {
        return rows("EXPLAIN ESTIMATED_COST " + query).get(0);
    }

    @Test
    void thePlanIsMadeWithTheRowsThatWereCounted() {
        session.run("CREATE TABLE t (id INT)")
                .run("INSERT INTO t VALUES (1), (2)")
                .run("ANALYZE TABLE t COMPUTE STATISTICS")
                .run("INSERT INTO t VALUES (3)");

        assertThat(plan("SELECT * FROM t")).contains("rowcount = 2.0");
    }

    @Test
    void thePlanIsMadeWithTheDistinctValuesThatWereCounted() {
        session.run("CREATE TABLE t (id INT, v STRING)")
                .run("INSERT INTO t VALUES (1, 'a'), (2, 'a'), (3, 'a'), (4, 'b'), (5, 'b'), (6, 'b')");
        String groups = "SELECT v, COUNT(*) FROM t GROUP BY v";
        assertThat(plan(groups)).doesNotContain("rowcount = 2.0");

        session.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS");

        assertThat(plan(groups)).contains("rowcount = 2.0");
    }

    /** The catalog tells what another client found a minute later; the planner asks the source until then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    i | i > 1
                    big | big > 1 AND big < 4
                    f | f > 1.5
                    d | d > 1.5
                    dt | dt > DATE '2026-01-01'
                    tm | tm > TIME '01:00:00'
                    ts | ts > TIMESTAMP '2026-01-01 00:00:00'
                    ltz | ltz > TIMESTAMP '2026-01-01 00:00:00'
                    s | s > 'a'
                    bool | bool
                    bin | bin = X'01'
                    """)
    void aTableThatAnotherClientHasJustAnalyzedIsComparedWith(String column, String comparison) throws Exception {
        session.run("CREATE TABLE t (i INT, big BIGINT, f DOUBLE, d DECIMAL(10, 2), dt DATE, tm TIME, ts TIMESTAMP(3),"
                        + " ltz TIMESTAMP_LTZ(3), s STRING, bool BOOLEAN, bin BYTES)")
                .run("INSERT INTO t VALUES " + row(1) + ", " + row(2));
        assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("[2]");
        FileStoreTable table = (FileStoreTable) stored("t");
        Map<String, ColStats<?>> columns = new HashMap<>();
        for (DataField field : table.rowType().getFields()) {
            columns.put(field.name(), column(field));
        }
        Snapshot latest = table.latestSnapshot().orElseThrow();
        try (BatchTableCommit commit = table.newBatchWriteBuilder().newCommit()) {
            commit.updateStatistics(new Statistics(latest.id(), latest.schemaId(), 1000L, 100L, columns));
        }

        assertThat(catalog().getTableStatistics(TABLE)).isEqualTo(CatalogTableStatistics.UNKNOWN);
        assertThat(plan("SELECT * FROM t")).contains("rowcount = 1000.0");
        assertThat(plan("SELECT a.i FROM t a JOIN (SELECT * FROM t WHERE " + comparison + ") b ON a." + column + " = b."
                        + column))
                .contains("Join");
        assertThat(rows("SELECT i FROM t WHERE " + comparison)).contains("[2]");
    }

    private static String row(int i) {
        return ("(%d, %d, %d.7, 1.5%s, DATE '2026-02-0%d', TIME '02:00:00', TIMESTAMP '2026-02-0%d 00:00:00',"
                        + " TO_TIMESTAMP_LTZ(1770000000000, 3), 'b', TRUE, X'01')")
                .formatted(i, i, i, i == 1 ? "1" : "2", i, i);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The value has the column's type, which is known at run time only.
    private static ColStats<?> column(DataField field) {
        return ColStats.newColStats(
                field.id(), 500L, (Comparable) value(field, 1), (Comparable) value(field, 2), 0L, 4L, 4L);
    }

    /** A value as Paimon's statistics have it. */
    private static Comparable<?> value(DataField field, int i) {
        return switch (field.type().getTypeRoot()) {
            case INTEGER, DATE, TIME_WITHOUT_TIME_ZONE -> i;
            case BIGINT -> (long) i;
            case DOUBLE -> (double) i;
            case DECIMAL -> Decimal.fromUnscaledLong(100L * i, 10, 2);
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Timestamp.fromEpochMillis(i);
            case VARCHAR -> BinaryString.fromString("a" + i);
            case BOOLEAN -> i > 1;
            default -> null;
        };
    }

    @Test
    void whatAnotherClientFindsIsSeenAMinuteLater() throws Exception {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1), (2)");
        AtomicLong nanos = new AtomicLong();
        TableStatistics statistics =
                new TableStatistics(other, new StatementTables(nanos::get), new Partitions("c", other), nanos::get);
        assertThat(statistics.get(TABLE)).isEqualTo(CatalogTableStatistics.UNKNOWN);

        session.run("ANALYZE TABLE t COMPUTE STATISTICS");

        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(statistics.get(TABLE)).isEqualTo(CatalogTableStatistics.UNKNOWN);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(statistics.get(TABLE).getRowCount()).isEqualTo(2);
    }

    @Test
    void partitionsAreCountedTogether() throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'y')");
        CatalogPartitionSpec x = new CatalogPartitionSpec(Map.of("dt", "x"));
        CatalogPartitionSpec y = new CatalogPartitionSpec(Map.of("dt", "y"));

        assertThat(catalog().bulkGetPartitionStatistics(TABLE, List.of(y, x)))
                .extracting(CatalogTableStatistics::getRowCount)
                .containsExactly(2L, 1L);
        assertThat(catalog().bulkGetPartitionColumnStatistics(TABLE, List.of(y, x)))
                .containsExactly(CatalogColumnStatistics.UNKNOWN, CatalogColumnStatistics.UNKNOWN);
        assertThat(catalog().getPartitionColumnStatistics(TABLE, x)).isEqualTo(CatalogColumnStatistics.UNKNOWN);
    }
}
