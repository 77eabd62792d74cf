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
package dev.trestle.trino.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.catalog.table.KeptStatistics;
import dev.trestle.trino.Lake;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code SHOW STATS} tells of tables, analyzed and not. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TableEstimatesTest {

    private Lake lake;
    private Sql sql;

    @BeforeAll
    void start(TrestleQueryRunner shared) throws Exception {
        lake = Lake.in(shared, "estimates");
        sql = Sql.in(shared, "estimates");
    }

    private List<Object> statistics(String table, String column) {
        return sql.rows("SHOW STATS FOR " + table).stream()
                .filter(row -> column == null ? row.get(0) == null : column.equals(row.get(0)))
                .findFirst()
                .orElseThrow();
    }

    private List<Object> range(String table, String column) {
        return statistics(table, column).subList(5, 7);
    }

    private Object rowCount(String table) {
        return statistics(table, null).get(4);
    }

    // Ranges

    private void createOfEachType(String table) throws Exception {
        lake.writer()
                .createTable(
                        lake.identifier(table),
                        Schema.newBuilder()
                                .column("t", DataTypes.TIME(3))
                                .column("b", DataTypes.BOOLEAN())
                                .column("d", DataTypes.DATE())
                                .column("ts", DataTypes.TIMESTAMP(6))
                                .column("ltz", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(3))
                                .build(),
                        false);
        lake.commit(table, 3_600_000, false, 0, Timestamp.fromMicros(1), Timestamp.fromEpochMillis(1));
        lake.commit(table, 7_200_000, true, 31, Timestamp.fromMicros(2), Timestamp.fromEpochMillis(2));
    }

    private void assertRangesOfEachType(String table) {
        assertThat(range(table, "t")).containsOnlyNulls();
        assertThat(statistics(table, "t").get(3)).isEqualTo(0.0);
        assertThat(range(table, "b")).containsExactly("false", "true");
        assertThat(range(table, "d")).containsExactly("1970-01-01", "1970-02-01");
        assertThat(range(table, "ts")).containsExactly("1970-01-01 00:00:00.000001", "1970-01-01 00:00:00.000002");
        assertThat(range(table, "ltz")).containsExactly("1970-01-01 00:00:00.001 UTC", "1970-01-01 00:00:00.002 UTC");
    }

    @Test
    void manifestsTellTheRangesOfTimes() throws Exception {
        createOfEachType("timed");

        assertRangesOfEachType("timed");
    }

    @Test
    void analyzedTimesHaveTheSameRanges() throws Exception {
        createOfEachType("timed_analyzed");
        sql.run("ANALYZE timed_analyzed");

        assertRangesOfEachType("timed_analyzed");
    }

    @Test
    void theRangeOfATimeOfDayThatAnotherEngineHasAnalyzedIsLeftOut() throws Exception {
        createOfEachType("timed_elsewhere");
        new KeptStatistics(lake.stored("timed_elsewhere"))
                .replace(new KeptStatistics.Found(
                        new KeptStatistics.Rows(2, OptionalLong.of(2), OptionalLong.empty()),
                        Map.of("t", ColStats.newColStats(0, 2L, 3_600_000, 7_200_000, 0L, null, null))));

        assertThat(statistics("timed_elsewhere", "t")).isEqualTo(Arrays.asList("t", null, 2.0, 0.0, null, null, null));
        assertThat(rowCount("timed_elsewhere")).isEqualTo(2.0);
    }

    // Rows that came and went since ANALYZE

    @Test
    void rowsThatCameSinceTheyWereAnalyzedAreCounted() {
        sql.run("CREATE TABLE grown AS SELECT * FROM (VALUES 1, 2, NULL, 4) t(n)");
        sql.run("ANALYZE grown");
        assertThat(rowCount("grown")).isEqualTo(4.0);

        sql.run("INSERT INTO grown SELECT * FROM UNNEST(sequence(1, 96))");

        assertThat(rowCount("grown")).isEqualTo(100.0);
        assertThat(statistics("grown", "n").get(2)).isEqualTo(3.0);
        assertThat(statistics("grown", "n").get(3)).isEqualTo(0.25);
    }

    @Test
    void aTableOfWhichAllRowsAreDeletedHasNoneWhateverWasAnalyzed() {
        sql.run("CREATE TABLE emptied AS SELECT * FROM (VALUES 1, 2, 3, 4) t(n)");
        sql.run("ANALYZE emptied");

        sql.run("DELETE FROM emptied");

        assertThat(rowCount("emptied")).isEqualTo(0.0);
    }

    @Test
    void rowsOfAKeyGrowAsTheirFilesDoSinceTheyWereAnalyzed() {
        sql.run("CREATE TABLE keyed (id integer, n integer) WITH (primary_key = ARRAY['id'], bucket = 1,"
                + " options = MAP(ARRAY['write-only'], ARRAY['true']))");
        sql.run("INSERT INTO keyed VALUES (1, 1), (2, 2)");
        sql.run("INSERT INTO keyed VALUES (1, 3), (2, 4)");
        sql.run("ANALYZE keyed");
        assertThat(rowCount("keyed")).isEqualTo(2.0);

        sql.run("INSERT INTO keyed VALUES (3, 3), (4, 4), (5, 5), (6, 6)");

        assertThat(rowCount("keyed"))
                .as("of 8 rows in files, half of which merge")
                .isEqualTo(4.0);
    }

    @Test
    void rowsAreCountedByManifestsWhereTheSnapshotThatWasAnalyzedHasExpired() {
        sql.run("CREATE TABLE forgotten AS SELECT * FROM (VALUES 1, 2, 3, 4) t(n)");
        sql.run("ANALYZE forgotten");
        sql.run("INSERT INTO forgotten VALUES 5, 6");
        sql.run("CALL lake.system.expire_snapshots(schema_name => 'estimates', table_name => 'forgotten',"
                + " retain_max => 1, retain_min => 1)");

        assertThat(rowCount("forgotten")).isEqualTo(6.0);
        assertThat(statistics("forgotten", "n").get(2)).isEqualTo(4.0);
    }
}
