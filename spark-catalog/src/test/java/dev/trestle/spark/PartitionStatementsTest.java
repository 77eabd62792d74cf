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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionStatementsTest extends CatalogFixture {

    @BeforeEach
    void fillTable() {
        run("CREATE TABLE t (id INT, dt DATE, h INT) PARTITIONED BY (dt, h)")
                .run("INSERT INTO t VALUES (1, DATE'2024-01-01', 1), (2, DATE'2024-01-01', 2), (3,"
                        + " DATE'2024-01-02', 1)");
    }

    @Test
    void partitionsAreListed() {
        assertThat(session.column("SHOW PARTITIONS t"))
                .containsExactlyInAnyOrder("dt=2024-01-01/h=1", "dt=2024-01-01/h=2", "dt=2024-01-02/h=1");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt = DATE'2024-01-02')"))
                .containsExactly("dt=2024-01-02/h=1");
    }

    @Test
    void aPartitionIsDropped() {
        run("ALTER TABLE t DROP PARTITION (dt = DATE'2024-01-01', h = 1)");

        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[2]", "[3]");
        assertThatThrownBy(() -> run("ALTER TABLE t DROP PARTITION (dt = DATE'2030-01-01', h = 1)"))
                .hasMessageContaining("PARTITIONS_NOT_FOUND");
    }

    @Test
    void severalPartitionsAreDroppedAtOnce() throws Exception {
        run("ALTER TABLE t DROP PARTITION (dt = DATE'2024-01-01', h = 1), PARTITION (dt = DATE'2024-01-02', h = 1)");

        assertThat(rows("SELECT id FROM t")).containsExactly("[2]");
        assertThat(stored("t").latestSnapshot().orElseThrow().id()).isEqualTo(2);
    }

    @Test
    void partitionsThatAreNamedInPartAreTruncated() {
        run("TRUNCATE TABLE t PARTITION (dt = DATE'2024-01-01')");

        assertThat(rows("SELECT id FROM t")).containsExactly("[3]");
        run("TRUNCATE TABLE t PARTITION (dt = DATE'2030-01-01')");
        assertThat(rows("SELECT id FROM t")).containsExactly("[3]");
        assertThatThrownBy(() -> run("TRUNCATE TABLE t PARTITION (dt = DATE'2030-01-01', h = 1)"))
                .hasMessageContaining("PARTITIONS_NOT_FOUND");
    }

    @Test
    void addingAPartitionSaysThatItIsNotNeeded() {
        assertThatThrownBy(() -> run("ALTER TABLE t ADD PARTITION (dt = DATE'2030-01-01', h = 1)"))
                .hasMessageContaining("as soon as it has a row");
    }

    @Test
    void aPartitionIsNotRenamed() {
        assertThatThrownBy(() -> run("ALTER TABLE t PARTITION (dt = DATE'2024-01-01', h = 1)"
                        + " RENAME TO PARTITION (dt = DATE'2024-01-01', h = 9)"))
                .hasMessageContaining("renam");
    }

    @Test
    void deletingByPartitionsLooksAtNoRow() throws Exception {
        run("DELETE FROM t WHERE dt = DATE'2024-01-01' AND h > 1");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[3]");

        run("DELETE FROM t WHERE dt >= DATE'2024-01-01'");
        assertThat(rows("SELECT id FROM t")).isEmpty();
    }

    @Test
    void deletingAllRowsIsATruncation() {
        run("DELETE FROM t");

        assertThat(rows("SELECT id FROM t")).isEmpty();
    }
}
