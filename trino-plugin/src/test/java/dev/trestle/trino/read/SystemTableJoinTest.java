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
package dev.trestle.trino.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** System tables in joins, of which the other side gives a filter while the query runs. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SystemTableJoinTest {

    private Sql sql;

    @BeforeAll
    void start(TrestleQueryRunner shared) {
        sql = Sql.in(shared, "system_joins");
        sql.run("CREATE TABLE orders (id integer, day varchar, item varchar) WITH (partitioned_by = ARRAY['day'])");
        sql.run("INSERT INTO orders VALUES (1, 'd1', 'tea')");
        sql.run("CALL lake.system.create_tag('system_joins', 'orders', 'early')");
        sql.run("INSERT INTO orders VALUES (2, NULL, 'salt'), (3, 'a,b', 'milk')");
        sql.run("INSERT INTO orders VALUES (4, 'd1', 'jam')");
        sql.run("CALL lake.system.create_tag('system_joins', 'orders', 'late')");
        sql.run("ALTER TABLE orders ADD COLUMN price integer");
        sql.run("CALL lake.system.expire_snapshots(schema_name => 'system_joins', table_name => 'orders',"
                + " retain_max => 1, retain_min => 1)");
        sql.run("CREATE TABLE numbers AS SELECT * FROM (VALUES BIGINT '0', 1, 3, 99) t(id)");
        // Of a value that the statement has, Trino makes a filter that is no dynamic one.
        sql.run("CREATE TABLE no_number AS SELECT * FROM (VALUES BIGINT '99') t(id)");
    }

    @Test
    void snapshotsAreJoinedWithTagsOfWhichOneHasNoSnapshotAnyMore() {
        assertThat(sql.rows("SELECT snapshot_id FROM \"orders$snapshots\"")).containsExactly(List.of(3L));
        assertThat(sql.rows("SELECT tag_name FROM \"orders$tags\" ORDER BY 1"))
                .containsExactly(List.of("early"), List.of("late"));

        assertThat(sql.rows("SELECT snapshot_id FROM \"orders$snapshots\""
                        + " WHERE snapshot_id IN (SELECT snapshot_id FROM \"orders$tags\")"))
                .containsExactly(List.of(3L));
    }

    @Test
    void snapshotsAreChosenByNumbersOfNone() {
        assertThat(sql.rows(
                        "SELECT snapshot_id FROM \"orders$snapshots\" WHERE snapshot_id IN (SELECT id FROM numbers)"))
                .containsExactly(List.of(3L));
        assertThat(sql.rows("SELECT snapshot_id FROM \"orders$snapshots\""
                        + " WHERE snapshot_id IN (SELECT id FROM no_number)"))
                .isEmpty();
        assertThat(sql.rows("SELECT s.snapshot_id FROM \"orders$snapshots\" s"
                        + " JOIN (VALUES BIGINT '99') v(id) ON s.snapshot_id = v.id"))
                .isEmpty();
    }

    @Test
    void schemasAreChosenByNumbersOfNone() {
        assertThat(sql.rows("SELECT schema_id FROM \"orders$schemas\" WHERE schema_id IN (SELECT id FROM numbers)"
                        + " ORDER BY 1"))
                .containsExactly(List.of(0L), List.of(1L));
        assertThat(sql.rows(
                        "SELECT schema_id FROM \"orders$schemas\"" + " WHERE schema_id IN (SELECT id FROM no_number)"))
                .isEmpty();
    }

    @Test
    void filesAreChosenByTheTextsOfTheirPartitions() {
        List<List<Object>> all =
                sql.rows("SELECT partition, count(*) FROM \"orders$files\" GROUP BY partition ORDER BY 2 DESC, 1");
        assertThat(all).hasSize(3);
        sql.run("CREATE TABLE partitions AS SELECT DISTINCT partition FROM \"orders$files\"");
        sql.run("CREATE TABLE one_partition (partition varchar)");

        assertThat(sql.rows("SELECT partition, count(*) FROM \"orders$files\" WHERE partition IN"
                        + " (SELECT partition FROM partitions) GROUP BY partition ORDER BY 2 DESC, 1"))
                .isEqualTo(all);
        for (List<Object> row : all) {
            sql.run("DELETE FROM one_partition");
            sql.run("INSERT INTO one_partition VALUES '" + row.getFirst() + "'");

            assertThat(sql.value("SELECT count(*) FROM \"orders$files\" WHERE partition IN"
                            + " (SELECT partition FROM one_partition)"))
                    .as("files of partition " + row.getFirst())
                    .isEqualTo(row.get(1));
        }
    }
}
