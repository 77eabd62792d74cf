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
import org.apache.paimon.catalog.Identifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done by SQL to a restricted table, and what it is told. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class QueryAuthRefusalTest extends QueryAuthFixture {

    private static final String KEYED = COLUMNS.replace(")", ", PRIMARY KEY (id) NOT ENFORCED)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE t SET name = 'x' WHERE id = 2",
                "DELETE FROM t WHERE secret = 's2'",
                "DELETE FROM t WHERE name LIKE 'b%'",
                "DELETE FROM t"
            })
    void rowsAreNotChangedByWhatIsReadOfThem(String statement) {
        fill("t", KEYED, "WITH ('bucket'='1', " + ON + ")");

        assertThatThrownBy(() -> reader.run(statement))
                .hasStackTraceContaining(statement.substring(0, 6) + " of table 'd.t' is not possible");
        assertThat(admin.rows("SELECT COUNT(*) FROM t WHERE secret LIKE 's%'")).containsExactly("[4]");
        admin.run("UPDATE t SET name = 'x' WHERE id = 2").run("DELETE FROM t WHERE id = 3");
        assertThat(admin.rows("SELECT name, secret FROM t WHERE id IN (2, 3)")).containsExactly("[x, s2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit_log",
                "binlog",
                "files",
                "ro",
                "partitions",
                "manifests",
                "statistics",
                "buckets",
                "file_key_ranges",
                "table_indexes",
                "row_tracking"
            })
    void systemTablesThatShowRowsOrValuesAreRefused(String system) {
        fill("t", "WITH ('row-tracking.enabled'='true', " + ON + ")");

        assertThatThrownBy(() -> reader.rows("SELECT * FROM t$" + system))
                .hasStackTraceContaining("System table 'd.t$" + system + "' cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL sys.compact(`table` => 'd.t', order_strategy => 'order', order_by => 'id')",
                "CALL sys.compact_database(including_databases => 'd')",
                "CALL sys.rescale(`table` => 'd.t', bucket_num => 2)",
                "CALL sys.create_global_index('d.t', 'id', 'btree')",
                "CALL sys.data_evolution_merge_into('d.t', 'T', '', 'd.t', 'T.id = t.id', 'name = t.name', 1)",
                "CALL sys.merge_into('d.t', '', '', 'd.t', 't.id = t.id', '', '', '', '', 'TRUE')",
                "CALL sys.expire_partitions(`table` => 'd.t', expiration_time => '1 d', timestamp_formatter => 'yyyy')",
                "ANALYZE TABLE t COMPUTE STATISTICS FOR ALL COLUMNS"
            })
    void whatStoresOrTellsWhatItReadsIsRefused(String statement) {
        fill("t", "WITH (" + ON + ")");

        assertThatThrownBy(() -> reader.run(statement)).hasStackTraceContaining("of table 'd.t' is not possible");
        assertThat(admin.rows("SELECT COUNT(*), MAX(secret) FROM t")).containsExactly("[4, s4]");
    }

    @Test
    void aCloneIsRefused() {
        fill("t", "WITH (" + ON + ")");
        String conf = configuration("reader", "r");

        assertThatThrownBy(() -> reader.sql("CALL sys.clone(database => 'd', `table` => 't', catalog_conf => '" + conf
                        + "', target_database => 'd', target_table => 'u', target_catalog_conf => '" + conf
                        + "', clone_from => 'paimon')"))
                .hasStackTraceContaining("of table 'd.t' is not possible: it stores what it reads");
        assertThat(admin.column("SHOW TABLES")).containsExactly("t");
    }

    @Test
    void theQueryServiceIsRefused() {
        fill("t", KEYED, "WITH ('bucket'='1', " + ON + ")");
        FlinkSession streaming = reader(FlinkSession.streaming());

        assertThatThrownBy(() -> streaming.sql("CALL sys.query_service('d.t', 1)"))
                .hasStackTraceContaining("CALL sys.query_service of table 'd.t' is not possible");
        streaming.close();
    }

    @Test
    void aLookupJoinThatFilesWouldAnswerIsRefused() {
        fill("t", KEYED, "WITH ('bucket'='1', 'merge-engine'='partial-update', 'force-lookup'='true', " + ON + ")");
        admin.run("CREATE TABLE orders (id INT)");
        FlinkSession streaming = reader(FlinkSession.streaming());

        assertThatThrownBy(() -> streaming.sql("SELECT o.id, t.secret FROM (SELECT id, PROCTIME() AS p FROM orders) o"
                        + " LEFT JOIN t FOR SYSTEM_TIME AS OF o.p ON o.id = t.id"))
                .hasStackTraceContaining("cannot be looked up in")
                .hasStackTraceContaining("Set its 'changelog-producer' to 'lookup'");
        streaming.close();
    }

    @Test
    void systemTablesThatShowNoValuesAreRead() {
        fill("t", "WITH (" + ON + ")");

        assertThat(reader.rows("SELECT snapshot_id FROM t$snapshots")).containsExactlyInAnyOrder("[1]", "[2]");
        assertThat(admin.rows("SELECT DISTINCT secret FROM t$audit_log")).hasSize(4);
    }

    @Test
    void hintsAndSettingsDoNotSwitchItOff() {
        fill("t", "WITH (" + ON + ")");
        admin.run("CREATE TABLE bare (id INT)");

        assertThatThrownBy(() -> reader.rows("SELECT * FROM t /*+ OPTIONS('query-auth.enabled'='false') */"))
                .hasStackTraceContaining("cannot be switched off");
        assertThatThrownBy(() -> reader.rows("SELECT * FROM bare /*+ OPTIONS('query-auth.enabled'='true') */"))
                .hasStackTraceContaining("is an option of the table");
    }

    @Test
    void maskedPartitionsAreNotChosenByAHint() {
        fill("t", COLUMNS + " PARTITIONED BY (secret)", "WITH (" + ON + ")");

        assertThatThrownBy(() -> reader.rows("SELECT id FROM t /*+ OPTIONS('scan.partitions'='secret=s2') */"))
                .hasStackTraceContaining("[secret]");
        assertThatThrownBy(() -> reader.rows("SELECT id FROM t /*+ OPTIONS('scan.partitions'='max_pt()') */"))
                .hasStackTraceContaining("cannot be listed");
    }

    @Test
    void aFilterOfAnUnknownKindIsNamed() {
        fill("t", "WITH (" + ON + ")");
        server.queryAuth().set(Identifier.create("d", "t"), new QueryRules(List.of("{\"kind\":\"EXISTS\"}"), Map.of()));

        assertThatThrownBy(() -> reader.rows("SELECT * FROM t")).hasStackTraceContaining("of the kind 'EXISTS'");
    }
}
