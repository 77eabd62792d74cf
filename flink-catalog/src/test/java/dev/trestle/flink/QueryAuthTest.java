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

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No filtered row and no unmasked value comes out of a restricted table by SQL, item by item. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class QueryAuthTest extends QueryAuthFixture {

    private static final String[] SHOWN = {"[2, EU, bob, bob-***, null]", "[3, EU, cid, cid-***, null]"};

    private List<String> rows(String query) {
        return reader.rows(query).stream().sorted().toList();
    }

    @Test
    void aQuerySeesFilteredAndMaskedRowsAlone() {
        fill("t", "WITH (" + ON + ")");

        assertThat(rows("SELECT * FROM t")).containsExactly(SHOWN);
        // Columns without the inputs of the filter and of the mask.
        assertThat(rows("SELECT id FROM t")).containsExactly("[2]", "[3]");
        assertThat(rows("SELECT secret FROM t")).containsExactly("[bob-***]", "[cid-***]");
        // Limit and best rows are not taken before the filter: both files begin or end with hidden rows.
        assertThat(rows("SELECT id FROM t LIMIT 2")).containsExactly("[2]", "[3]");
        assertThat(rows("SELECT id FROM t ORDER BY id LIMIT 1")).containsExactly("[2]");
        assertThat(rows("SELECT id FROM t ORDER BY id DESC LIMIT 1")).containsExactly("[3]");
        // Aggregates.
        assertThat(rows("SELECT COUNT(*) FROM t")).containsExactly("[2]");
        assertThat(rows("SELECT COUNT(*), MIN(id), MAX(id), MAX(secret), MAX(salary) FROM t"))
                .containsExactly("[2, 2, 3, cid-***, null]");
        // Who may read everything does.
        assertThat(admin.rows("SELECT COUNT(*), MAX(id), MAX(secret) FROM t")).containsExactly("[4, 4, s4]");
    }

    @Test
    void aPredicateOnAMaskedColumnIsTestedOnTheMaskedValue() {
        fill("t", "WITH (" + ON + ")");

        assertThat(rows("SELECT id FROM t WHERE secret = 's2'")).isEmpty();
        assertThat(rows("SELECT id FROM t WHERE secret = 'bob-***'")).containsExactly("[2]");
        assertThat(rows("SELECT id FROM t WHERE secret > 's' OR id = 3")).containsExactly("[3]");
        assertThat(rows("SELECT id FROM t WHERE salary IS NOT NULL")).isEmpty();
        assertThat(rows("SELECT id FROM t WHERE salary IS NULL AND id > 2")).containsExactly("[3]");
        assertThat(rows("SELECT id FROM t WHERE region = 'US'")).isEmpty();
    }

    @Test
    void joinsViewsAndCopiesSeeNoMore() {
        fill("t", "WITH (" + ON + ")");
        admin.run("CREATE TABLE keys (k STRING)").run("INSERT INTO keys VALUES ('s2'), ('bob-***')");
        reader.run("CREATE TEMPORARY VIEW v AS SELECT id, secret FROM t");

        assertThat(rows("SELECT t.id, k FROM t JOIN keys ON secret = k")).containsExactly("[2, bob-***]");
        assertThat(rows("SELECT a.id, b.secret FROM t a JOIN t b ON a.id = b.id"))
                .containsExactly("[2, bob-***]", "[3, cid-***]");
        assertThat(rows("SELECT * FROM v")).containsExactly("[2, bob-***]", "[3, cid-***]");
        reader.run("CREATE TABLE copied AS SELECT * FROM t");
        assertThat(admin.rows("SELECT * FROM copied")).containsExactlyInAnyOrder(SHOWN);
    }

    @Test
    void partitionsAreNotPrunedByTheirTrueValues() {
        fill("t", COLUMNS + " PARTITIONED BY (secret)", "WITH (" + ON + ")");
        admin.run("CREATE TABLE dim (k STRING, v INT)").run("INSERT INTO dim VALUES ('s2', 1), ('bob-***', 1)");

        assertThat(rows("SELECT id FROM t WHERE secret = 's2'")).isEmpty();
        assertThat(rows("SELECT id FROM t WHERE secret = 'bob-***'")).containsExactly("[2]");
        // Where Flink filters a large side by what it finds on the small one, while it runs.
        assertThat(rows("SELECT t.id FROM t JOIN dim ON t.secret = dim.k AND dim.v = 1"))
                .containsExactly("[2]");
        admin.run("CREATE TABLE open_ " + COLUMNS + " PARTITIONED BY (secret)")
                .run("INSERT INTO open_ SELECT * FROM t");
        assertThat(joinPlan("open_")).contains("DynamicFilteringDataCollector");
        assertThat(joinPlan("t")).doesNotContain("DynamicFiltering");
        assertThat(rows("SELECT DISTINCT secret FROM t")).containsExactly("[bob-***]", "[cid-***]");
    }

    private String joinPlan(String table) {
        return reader.rows("EXPLAIN SELECT x.id FROM " + table + " x JOIN dim ON x.secret = dim.k AND dim.v = 1")
                .get(0);
    }

    @Test
    void olderSnapshotsTagsAndIncrementsAreRestrictedToo() throws Exception {
        fill("t", "WITH (" + ON + ")");
        FileStoreTable table = (FileStoreTable) stored.getTable(Identifier.create("d", "t"));
        table.createTag("first", 1);

        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.snapshot-id'='1') */"))
                .containsExactly(SHOWN[0]);
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.tag-name'='first') */"))
                .containsExactly(SHOWN[0]);
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('incremental-between'='1,2') */"))
                .containsExactly(SHOWN[1]);
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.dedicated-split-generation'='true') */"))
                .containsExactly(SHOWN);
    }

    @Test
    void aBranchAndAnOlderTimeAreRestrictedToo() throws Exception {
        fill("t", "WITH (" + ON + ")");
        FileStoreTable table = (FileStoreTable) stored.getTable(Identifier.create("d", "t"));
        table.createTag("first", 1);
        admin.sql("CALL sys.create_branch('d.t', 'b', 'first')");
        admin.run("INSERT INTO t$branch_b VALUES (5, 'EU', 'eve', 's5', 50), (6, 'US', 'fay', 's6', 60)");

        assertThat(rows("SELECT * FROM t$branch_b")).containsExactly(SHOWN[0], "[5, EU, eve, eve-***, null]");
        String first = Instant.ofEpochMilli(table.snapshot(1).timeMillis())
                .atZone(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS"));
        assertThat(rows("SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '" + first + "'"))
                .containsExactly(SHOWN[0]);
    }

    @Test
    void rowsAreOverwrittenAndRemovedAsEver() {
        fill("t", "WITH (" + ON + ")");

        reader.run("INSERT OVERWRITE t VALUES (8, 'EU', 'gil', 's8', 80), (9, 'US', 'hal', 's9', 90)");
        assertThat(admin.rows("SELECT * FROM t"))
                .containsExactlyInAnyOrder("[8, EU, gil, s8, 80]", "[9, US, hal, s9, 90]");
        assertThat(rows("SELECT * FROM t")).containsExactly("[8, EU, gil, gil-***, null]");

        reader.run("TRUNCATE TABLE t");
        assertThat(admin.rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void statisticsOfColumnsAreNotTold() throws Exception {
        fill("t", "");
        admin.run("ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS");
        org.apache.flink.table.catalog.Catalog told =
                reader.environment().getCatalog("c").orElseThrow();
        ObjectPath path = new ObjectPath("d", "t");
        assertThat(told.getTableColumnStatistics(path).getColumnStatisticsData())
                .containsKey("secret");

        admin.run("ALTER TABLE t SET (" + ON + ")");

        CatalogFixture.await().untilAsserted(() -> assertThat(told.getTableColumnStatistics(path))
                .isEqualTo(CatalogColumnStatistics.UNKNOWN));
    }

    @Test
    void aPrimaryKeyTableIsRestrictedAndWrittenAsEver() {
        fill("t", COLUMNS.replace(")", ", PRIMARY KEY (id) NOT ENFORCED)"), "WITH ('bucket'='1', " + ON + ")");

        assertThat(rows("SELECT * FROM t")).containsExactly(SHOWN);
        assertThat(rows("SELECT COUNT(*) FROM t WHERE id > 0")).containsExactly("[2]");
        reader.run("INSERT INTO t VALUES (5, 'EU', 'eve', 's5', 50)");
        assertThat(admin.rows("SELECT secret, salary FROM t WHERE id = 5")).containsExactly("[s5, 50]");
        assertThat(rows("SELECT secret, salary FROM t WHERE id = 5")).containsExactly("[eve-***, null]");
    }

    @Test
    void aStreamIsRestricted() throws Exception {
        fill(
                "t",
                COLUMNS.replace(")", ", PRIMARY KEY (id) NOT ENFORCED)"),
                "WITH ('bucket'='1', 'changelog-producer'='input', 'continuous.discovery-interval'='200 ms', " + ON
                        + ")");
        FlinkSession streaming = reader(FlinkSession.streaming().set("execution.checkpointing.interval", "200 ms"));
        TableResult result = streaming.environment().executeSql("SELECT id, secret, salary FROM t");
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(take(rows, 2)).containsExactlyInAnyOrder("+I[2, bob-***, null]", "+I[3, cid-***, null]");
            admin.run("INSERT INTO t VALUES (6, 'US', 'fay', 's6', 60), (7, 'EU', 'gil', 's7', 70)");
            assertThat(take(rows, 1)).containsExactly("+I[7, gil-***, null]");
        }
        streaming.close();
    }

    @Test
    void aStreamThatReadsOverwritesIsRestricted() throws Exception {
        fill(
                "t",
                COLUMNS.replace(")", ", PRIMARY KEY (id) NOT ENFORCED)"),
                "WITH ('bucket'='1', 'changelog-producer'='input', 'streaming-read-overwrite'='true',"
                        + " 'continuous.discovery-interval'='200 ms', " + ON + ")");
        FlinkSession streaming = reader(FlinkSession.streaming().set("execution.checkpointing.interval", "200 ms"));
        TableResult result = streaming.environment().executeSql("SELECT id, secret, salary FROM t");
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(take(rows, 2)).containsExactlyInAnyOrder("+I[2, bob-***, null]", "+I[3, cid-***, null]");
            admin.run("INSERT OVERWRITE t VALUES (2, 'EU', 'bea', 's8', 80), (8, 'US', 'gil', 's9', 90)");
            assertThat(take(rows, 3))
                    .containsExactlyInAnyOrder("-D[2, bob-***, null]", "-D[3, cid-***, null]", "+I[2, bea-***, null]");
        }
        streaming.close();
    }

    @Test
    void aLookupJoinFindsMaskedValuesAlone() throws Exception {
        fill(
                "t",
                COLUMNS.replace(")", ", PRIMARY KEY (id) NOT ENFORCED)"),
                "WITH ('bucket'='1', 'continuous.discovery-interval'='200 ms', " + ON + ")");
        admin.run("CREATE TABLE orders (id INT) WITH ('continuous.discovery-interval'='200 ms')")
                .run("INSERT INTO orders VALUES (1), (2), (3)");
        FlinkSession streaming = reader(FlinkSession.streaming().set("execution.checkpointing.interval", "200 ms"));
        TableResult result = streaming
                .environment()
                .executeSql("SELECT o.id, t.secret FROM (SELECT id, PROCTIME() AS p FROM orders) o"
                        + " LEFT JOIN t FOR SYSTEM_TIME AS OF o.p ON o.id = t.id");
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(take(rows, 3)).containsExactlyInAnyOrder("+I[1, null]", "+I[2, bob-***]", "+I[3, cid-***]");
        }
        streaming.close();
    }

    @Test
    void aPlanShowsNeitherTheRulesNorWhatTheyHide() {
        fill("t", "WITH (" + ON + ")");

        String plan = String.join("\n", reader.rows("EXPLAIN ESTIMATED_COST SELECT COUNT(*) FROM t WHERE id > 1"));
        assertThat(plan).contains("id").doesNotContain("EU", "***", "rowcount = 4.0");
    }

    private static List<String> take(CloseableIterator<Row> rows, int count) {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(rows.next().toString());
        }
        return taken;
    }
}
