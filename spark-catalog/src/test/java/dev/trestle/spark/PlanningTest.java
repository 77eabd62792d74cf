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

import java.util.Map;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.source.DataSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a scan tells Spark's planner, and takes from it. */
class PlanningTest extends SharedCatalogFixture {

    @BeforeAll
    void joinBySorting() {
        session.set("spark.sql.autoBroadcastJoinThreshold", "-1").set("spark.sql.adaptive.enabled", "false");
    }

    private String executed(String query) {
        return session.sql(query).queryExecution().executedPlan().toString();
    }

    private long estimatedBytes(String query) {
        return session.sql(query)
                .queryExecution()
                .optimizedPlan()
                .collectLeaves()
                .head()
                .stats()
                .sizeInBytes()
                .toLong();
    }

    /** As by Spark's own sources, since the size decides which side of a join is broadcast. */
    @Test
    void columnsAreTakenForTheirShareOfTheFiles() throws Exception {
        run("CREATE TABLE sized (a BIGINT, b BIGINT, c STRING)")
                .run("INSERT INTO sized SELECT id, id, 'x' FROM range(0, 1000, 1, 1)");
        long file = stored("sized").newReadBuilder().newScan().plan().splits().stream()
                .flatMap(split -> ((DataSplit) split).dataFiles().stream())
                .mapToLong(DataFileMeta::fileSize)
                .sum();

        // Spark takes a BIGINT for 8 bytes, a STRING for 20, and a row for 8 more.
        assertThat(estimatedBytes("SELECT a FROM sized")).isEqualTo((long) Math.ceil(file * 16.0 / 44));
        assertThat(estimatedBytes("SELECT * FROM sized")).isEqualTo(file);
        assertThat(estimatedBytes("SELECT 1 FROM sized"))
                .as("rows of which no column is read")
                .isPositive();
    }

    private void bucketed(String name, String columns, String key, int buckets) {
        run("CREATE TABLE " + name + " (" + columns + ") CLUSTERED BY (" + key + ") INTO " + buckets + " BUCKETS");
        run("INSERT INTO " + name + " SELECT id, CAST(id AS STRING) FROM range(20)");
    }

    @Test
    void tablesWithTheSameBucketsAreJoinedWithoutAShuffle() {
        bucketed("left_side", "id BIGINT, v STRING", "id", 4);
        bucketed("right_side", "id BIGINT, w STRING", "id", 4);
        String join = "SELECT count(*), sum(l.id) FROM left_side l JOIN right_side r ON l.id = r.id WHERE l.v = r.w";

        assertThat(rows(join)).containsExactly("[20,190]");
        assertThat(executed("SELECT l.v, r.w FROM left_side l JOIN right_side r ON l.id = r.id"))
                .contains("SortMergeJoin")
                .doesNotContain("Exchange hashpartitioning");
    }

    @Test
    void tablesWithPartitionsAndBucketsAreJoinedWithoutAShuffle() {
        for (String name : new String[] {"left_days", "right_days"}) {
            run("CREATE TABLE " + name + " (day STRING, id INT, v STRING) PARTITIONED BY (day)"
                    + " TBLPROPERTIES ('bucket'='2', 'bucket-key'='id')");
            run("INSERT INTO " + name + " SELECT CAST(id % 3 AS STRING), CAST(id AS INT), 'x' FROM range(30)");
        }
        String join = "SELECT l.id, r.v FROM left_days l JOIN right_days r ON l.day = r.day AND l.id = r.id";

        assertThat(rows(join)).hasSize(30);
        assertThat(executed(join)).doesNotContain("Exchange hashpartitioning");
    }

    @Test
    void tablesWithOtherBucketsAreShuffledAndJoined() {
        bucketed("two", "id BIGINT, v STRING", "id", 2);
        bucketed("three", "id BIGINT, v STRING", "id", 3);

        assertThat(rows("SELECT count(*) FROM two JOIN three ON two.id = three.id"))
                .containsExactly("[20]");
    }

    @Test
    void theFirstRowsOfAnOrderLeaveOutFiles() {
        run("CREATE TABLE ordered (id INT, v STRING) TBLPROPERTIES ('write-only'='true')");
        for (int i = 0; i < 5; i++) {
            run("INSERT INTO ordered VALUES (" + 2 * i + ", 'a'), (" + (2 * i + 1) + ", 'b')");
        }
        String query = "SELECT id FROM ordered ORDER BY id DESC NULLS LAST LIMIT 2";

        assertThat(rows(query)).containsExactly("[9]", "[8]");
        assertThat(executed(query)).contains("top: 2 by id DESC NULLS LAST");
        assertThat(rows("SELECT v FROM ordered ORDER BY id % 2, id LIMIT 1")).containsExactly("[a]");
    }

    @Test
    void theFirstRowsOfAnOrderAreFoundBesideFilesThatTellNoValues() {
        run("CREATE TABLE gaps (c INT, p INT) PARTITIONED BY (p)")
                .run("INSERT INTO gaps VALUES (null, 1), (7, 2), (5, 3)")
                .run("ALTER TABLE gaps SET TBLPROPERTIES ('metadata.stats-mode'='counts')");

        assertThat(rows("SELECT c FROM gaps ORDER BY c DESC LIMIT 1")).containsExactly("[7]");
        assertThat(rows("SELECT c FROM gaps ORDER BY c LIMIT 1")).containsExactly("[null]");
        assertThat(rows("SELECT c FROM gaps ORDER BY c NULLS LAST LIMIT 1")).containsExactly("[5]");

        run("INSERT INTO gaps VALUES (9, 4), (1, 5)");
        assertThat(rows("SELECT c FROM gaps ORDER BY c DESC LIMIT 1")).containsExactly("[9]");
        assertThat(rows("SELECT c FROM gaps ORDER BY c NULLS LAST LIMIT 1")).containsExactly("[1]");
    }

    /** Three partitions of ten rows each, which are splits of their own. */
    private void storeTens(String table) {
        run("CREATE TABLE " + table + " (id INT, v STRING, p INT) PARTITIONED BY (p)")
                .run("INSERT INTO " + table + " SELECT CAST(id AS INT), 'x', CAST(id / 10 AS INT) FROM range(30)");
    }

    /** How many rows the first table of a query gave to it. */
    private long rowsRead(String query) {
        Dataset<Row> rows = session.sql(query);
        rows.collectAsList();
        return rows.queryExecution()
                .executedPlan()
                .collectLeaves()
                .head()
                .metrics()
                .apply("numOutputRows")
                .value();
    }

    private String rowsPlanned(String query) {
        return session.sql(query)
                .queryExecution()
                .optimizedPlan()
                .collectLeaves()
                .head()
                .stats()
                .rowCount()
                .toString();
    }

    @Test
    void aLimitLeavesOutTheFilesThatItDoesNotNeed() {
        storeTens("limited");

        assertThat(rowsPlanned("SELECT id FROM limited")).isEqualTo("Some(30)");
        assertThat(rowsPlanned("SELECT id FROM limited LIMIT 3")).isEqualTo("Some(10)");
        assertThat(rowsPlanned("SELECT id FROM limited LIMIT 11")).isEqualTo("Some(20)");
        assertThat(rows("SELECT id FROM limited LIMIT 11")).hasSize(11);
    }

    @Test
    void theFirstRowsOfAnOrderAreReadFromTheFilesThatHaveThem() {
        storeTens("topped");

        assertThat(rowsRead("SELECT id FROM topped")).isEqualTo(30);
        assertThat(rowsRead("SELECT id, v FROM topped ORDER BY id DESC LIMIT 1"))
                .isEqualTo(10);
        assertThat(rowsRead("SELECT id, v FROM topped ORDER BY id LIMIT 2")).isEqualTo(20);
        assertThat(rows("SELECT id FROM topped ORDER BY id DESC LIMIT 2")).containsExactly("[29]", "[28]");
    }

    @Test
    void aJoinReadsThePartitionsThatItNeeds() {
        storeTens("joined");
        run("CREATE TABLE needed (p INT, n INT)").run("INSERT INTO needed VALUES (0, 1), (1, 2), (2, 1)");
        session.set("spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly", "false");
        String join = "SELECT j.id, j.v FROM joined j JOIN needed n ON j.p = n.p WHERE n.n = ";

        assertThat(rowsRead(join + "2")).isEqualTo(10);
        assertThat(rowsRead(join + "1")).isEqualTo(20);
        assertThat(rowsRead(join + "3")).isZero();
    }

    private void storeFactsAndDays() {
        run("CREATE TABLE facts (dt STRING, id INT, v INT) PARTITIONED BY (dt) CLUSTERED BY (id) INTO 2 BUCKETS")
                .run("INSERT INTO facts VALUES ('x', 1, 10), ('y', 2, 20), ('y', 3, 30), ('z', 4, 40)")
                .run("CREATE TABLE days (dt STRING, n INT)")
                .run("INSERT INTO days VALUES ('x', 1), ('y', 2)");
        session.set("spark.sql.optimizer.dynamicPartitionPruning.reuseBroadcastOnly", "false");
    }

    @Test
    void partitionsOfATableWithBucketsAreLeftOutWhereAJoinNeedsFew() {
        storeFactsAndDays();
        String query = "SELECT f.id, f.v FROM facts f JOIN days d ON f.dt = d.dt WHERE d.n = 1";

        assertThat(executed(query)).contains("dynamicpruning");
        assertThat(rows(query)).containsExactly("[1,10]");

        // Planned before the rows come, and run after.
        Dataset<Row> planned = session.sql(query);
        planned.queryExecution().executedPlan();
        run("INSERT INTO facts SELECT 'x', CAST(id AS INT), 0 FROM range(100, 120)");
        assertThat(planned.collectAsList()).hasToString("[[1,10]]");
    }

    private void analyzed(String table, Map<String, ColStats<?>> columns) throws Exception {
        try (BatchTableCommit commit = stored(table).newBatchWriteBuilder().newCommit()) {
            commit.updateStatistics(new Statistics(1, 0, 2L, 100L, columns));
        }
    }

    private String cost(String query) {
        session.set("spark.sql.cbo.enabled", "true");
        try {
            return rows("EXPLAIN COST " + query).toString();
        } finally {
            session.set("spark.sql.cbo.enabled", "false");
        }
    }

    @Test
    void statisticsThatAnEngineHasAnalyzedAreKnownToTheOptimizer() throws Exception {
        run("CREATE TABLE analyzed (id INT, v STRING)").run("INSERT INTO analyzed VALUES (1, 'a'), (9, 'b')");
        analyzed("analyzed", Map.of("id", ColStats.newColStats(0, 2L, 1, 9, 0L, 4L, 4L)));

        // Half of the values are above five, as the least and the greatest say.
        assertThat(cost("SELECT id FROM analyzed WHERE id > 5")).contains("rowCount=1");
    }

    /** Flink's ANALYZE TABLE finds no range of Booleans and timestamps, Trino's one of timestamps without a zone. */
    @Test
    void statisticsThatSparkWouldTakeForAColumnOfNullsAreNotTold() throws Exception {
        run("CREATE TABLE rangeless (b BOOLEAN, n TIMESTAMP_NTZ, l TIMESTAMP, g DOUBLE)")
                .run("INSERT INTO rangeless VALUES (true, TIMESTAMP_NTZ '2026-01-01 00:00:00', TIMESTAMP '2026-01-01"
                        + " 00:00:00', 1)")
                .run("INSERT INTO rangeless VALUES (false, TIMESTAMP_NTZ '2026-01-02 00:00:00', TIMESTAMP '2026-01-02"
                        + " 00:00:00', double('NaN'))");
        Timestamp first = Timestamp.fromEpochMillis(0);
        analyzed(
                "rangeless",
                Map.of(
                        "b",
                        ColStats.newColStats(0, 2L, null, null, 0L, null, null),
                        "n",
                        ColStats.newColStats(1, 2L, first, first, 0L, null, null),
                        "l",
                        ColStats.newColStats(2, 2L, null, null, 0L, null, null),
                        "g",
                        ColStats.newColStats(3, 2L, 1d, Double.NaN, 0L, null, null)));

        for (String condition : new String[] {
            "b = true",
            "n > TIMESTAMP_NTZ '2026-01-01 00:00:00'",
            "n = TIMESTAMP_NTZ '2026-01-01 00:00:00'",
            "l = TIMESTAMP '2026-01-01 00:00:00'",
            "g = 1"
        }) {
            assertThat(cost("SELECT b FROM rangeless WHERE " + condition))
                    .as(condition)
                    .doesNotContain("rowCount=0");
        }
    }

    /** Spark has no interface for it: its planner refuses the statement for tables of any catalog but its own. */
    @Test
    void analyzeTableIsRefusedBySpark() {
        run("CREATE TABLE unanalyzed (id INT)");

        assertThatThrownBy(() -> run("ANALYZE TABLE unanalyzed COMPUTE STATISTICS"))
                .hasMessageContaining("ANALYZE TABLE is not supported for v2 tables");
    }
}
