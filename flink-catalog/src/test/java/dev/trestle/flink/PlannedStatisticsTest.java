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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.junit.jupiter.api.Test;

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
