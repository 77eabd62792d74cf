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

import dev.trestle.server.catalog.QueryRules;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.table.api.CompiledPlan;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables whose primary key the service masks, so that rows of different keys look alike: here by their name. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MaskedKeyTest extends QueryAuthFixture {

    private static final Identifier T = Identifier.create("d", "t");

    private void fillWithMaskedKey(String with) {
        admin.run("CREATE TABLE t (email STRING, name STRING, v INT, PRIMARY KEY (email) NOT ENFORCED)"
                        + " WITH ('bucket'='1', 'continuous.discovery-interval'='200 ms', " + with + ON + ")")
                .run("INSERT INTO t VALUES ('a@x', 'ann', 1), ('b@x', 'ann', 2), ('c@x', 'cid', 3)");
        mask();
    }

    private void mask() {
        server.queryAuth()
                .set(
                        T,
                        new QueryRules(
                                List.of(), Map.of("email", "{\"name\":\"CONCAT\",\"inputs\":[\"***@\",\"x\"]}")));
        server.queryAuth().set(T, "admin", QueryRules.NONE);
    }

    @Test
    void maskedKeysAreNotTakenForUnique() {
        fillWithMaskedKey("");

        assertThat(reader.rows("SELECT DISTINCT email FROM t")).containsExactly("[***@x]");
        assertThat(reader.rows("SELECT name FROM t GROUP BY email, name")).containsExactlyInAnyOrder("[ann]", "[cid]");
        assertThat(reader.rows("SELECT email, COUNT(*), SUM(v) FROM t GROUP BY email"))
                .containsExactly("[***@x, 3, 6]");
        assertThat(reader.rows("SELECT COUNT(DISTINCT email) FROM t")).containsExactly("[1]");
        assertThat(admin.rows("SELECT COUNT(DISTINCT email) FROM t")).containsExactly("[3]");
    }

    @Test
    void theKeyIsShownToWhoMayReadItAlone() {
        fillWithMaskedKey("");

        assertThat(reader.rows("SHOW CREATE TABLE t").get(0)).doesNotContain("PRIMARY KEY");
        assertThat(admin.rows("SHOW CREATE TABLE t").get(0)).contains("PRIMARY KEY");
    }

    @Test
    void rowsAreInsertedByTheTrueKeyAndTheTableAlteredAsEver() {
        fillWithMaskedKey("");

        reader.run("INSERT INTO t VALUES ('a@x', 'amy', 4), ('d@x', 'dan', 5)")
                .run("ALTER TABLE t ADD w INT")
                .run("INSERT INTO t (email, w) VALUES ('e@x', 6)");

        CatalogFixture.await().untilAsserted(() -> assertThat(admin.rows("SELECT * FROM t"))
                .containsExactlyInAnyOrder(
                        "[a@x, amy, 4, null]",
                        "[b@x, ann, 2, null]",
                        "[c@x, cid, 3, null]",
                        "[d@x, dan, 5, null]",
                        "[e@x, null, null, 6]"));
        assertThat(admin.rows("SHOW CREATE TABLE t").get(0)).contains("PRIMARY KEY");
    }

    @Test
    void aStreamOfAChangelogIsRead() throws Exception {
        fillWithMaskedKey("'changelog-producer'='input', ");
        FlinkSession streaming = reader(FlinkSession.streaming().set("execution.checkpointing.interval", "200 ms"));

        TableResult result = streaming.environment().executeSql("SELECT COUNT(DISTINCT email) FROM t");
        try (CloseableIterator<Row> rows = result.collect()) {
            assertThat(rows.next()).hasToString("+I[1]");
        }
        streaming.close();
    }

    @Test
    void aStreamWithoutAChangelogIsRefused() {
        fillWithMaskedKey("");
        FlinkSession streaming = reader(FlinkSession.streaming());

        assertThatThrownBy(() -> streaming.sql("SELECT email FROM t"))
                .hasStackTraceContaining("has the primary key [email], of which the service masks columns")
                .hasStackTraceContaining("Set its 'changelog-producer' to 'lookup', or read it in batch mode.");
        streaming.close();
    }

    @Test
    void aLookupJoinIsRefused() {
        fillWithMaskedKey("'changelog-producer'='input', ");
        admin.run("CREATE TABLE orders (name STRING)");
        FlinkSession streaming = reader(FlinkSession.streaming());

        assertThatThrownBy(() -> streaming.sql("SELECT o.name, t.v FROM (SELECT name, PROCTIME() AS p FROM orders) o"
                        + " LEFT JOIN t FOR SYSTEM_TIME AS OF o.p ON o.name = t.name"))
                .hasStackTraceContaining("has the primary key [email], of which the service masks columns")
                .hasStackTraceContaining("Join it without FOR SYSTEM_TIME AS OF.");
        streaming.close();
    }

    @Test
    void aStreamOfChangesIsNotWrittenByAMaskedKey() {
        fillWithMaskedKey("");
        admin.run("CREATE TABLE orders (email STRING)");
        FlinkSession streaming = reader(FlinkSession.streaming());

        assertThatThrownBy(() -> streaming.run(
                        "INSERT INTO t (email, v) SELECT email, CAST(COUNT(*) AS INT) FROM orders GROUP BY email"))
                .hasStackTraceContaining("has the primary key [email], of which the service masks columns")
                .hasStackTraceContaining("Run it as a user who may read the key, or insert rows alone.");
        streaming.close();
    }

    @Test
    void aPlanThatIsOlderThanTheMaskIsRefused() {
        fillWithMaskedKey("'changelog-producer'='input', ");
        server.queryAuth().set(T, QueryRules.NONE);
        admin.run("CREATE TABLE copied (email STRING)");
        FlinkSession streaming = reader(FlinkSession.streaming());
        CompiledPlan plan = streaming.environment().compilePlanSql("INSERT INTO copied SELECT DISTINCT email FROM t");

        mask();

        assertThatThrownBy(plan::execute)
                .hasStackTraceContaining("has the primary key [email], of which the service masks columns")
                .hasStackTraceContaining("Run it again; compile a plan again.");
        streaming.close();
    }
}
