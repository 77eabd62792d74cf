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

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogPartitionImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionStatementsTest extends CatalogFixture {

    private static final ObjectPath TABLE = new ObjectPath("d", "t");

    private Catalog catalog() {
        return session.environment().getCatalog("c").orElseThrow();
    }

    private static CatalogPartitionSpec spec(String... keysAndValues) {
        Map<String, String> spec = new java.util.LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            spec.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new CatalogPartitionSpec(spec);
    }

    private void makeTable() {
        session.run("CREATE TABLE t (id INT, dt STRING, hr INT) PARTITIONED BY (dt, hr)")
                .run("INSERT INTO t VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 1), (4, 'b', 1)");
    }

    @Test
    void partitionsAreListed() {
        makeTable();
        assertThat(session.column("SHOW PARTITIONS t"))
                .containsExactlyInAnyOrder("dt=a/hr=1", "dt=a/hr=2", "dt=b/hr=1");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt='a')"))
                .containsExactlyInAnyOrder("dt=a/hr=1", "dt=a/hr=2");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt='b', hr=1)")).containsExactly("dt=b/hr=1");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt='c')")).isEmpty();
    }

    @Test
    void aPartitionWithoutAValueHasTheDefaultName() throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt) WITH ('partition.default-name'='nothing')")
                .run("INSERT INTO t VALUES (1, CAST(NULL AS STRING)), (2, 'x')");
        assertThat(session.column("SHOW PARTITIONS t")).containsExactlyInAnyOrder("dt=nothing", "dt=x");
        assertThat(catalog().partitionExists(TABLE, spec("dt", "nothing"))).isTrue();
        session.run("ALTER TABLE t DROP PARTITION (dt='nothing')");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, x]");
    }

    /** Paimon lists a day by its number, unless 'partition.legacy-name' is false. */
    @Test
    void aDayIsFoundHoweverItIsWritten() throws Exception {
        session.run("CREATE TABLE t (id INT, dt DATE) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, DATE '2026-01-02'), (2, DATE '2026-01-03')");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt='2026-01-02')"))
                .hasSize(1);
        assertThat(catalog().partitionExists(TABLE, spec("dt", "2026-01-02"))).isTrue();
        session.run("ALTER TABLE t DROP PARTITION (dt='2026-01-02')");
        assertThat(rows("SELECT id FROM t")).containsExactly("[2]");
    }

    @Test
    void aPartitionTellsWhatIsInIt() throws Exception {
        makeTable();
        Map<String, String> properties =
                catalog().getPartition(TABLE, spec("dt", "b", "hr", "1")).getProperties();
        assertThat(properties).containsEntry("numRows", "2").containsEntry("numFiles", "1");
        assertThat(Long.parseLong(properties.get("totalSize"))).isPositive();
        assertThat(Long.parseLong(properties.get("lastUpdateTime"))).isPositive();
        assertThat(catalog()
                        .getPartitionStatistics(TABLE, spec("dt", "b", "hr", "1"))
                        .getRowCount())
                .isEqualTo(2);
    }

    @Test
    void partitionsAreDropped() {
        makeTable();
        session.run("ALTER TABLE t DROP PARTITION (dt='a', hr=1), PARTITION (dt='b', hr=1)");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, a, 2]");
        assertThatThrownBy(() -> session.run("ALTER TABLE t DROP PARTITION (dt='a', hr=1)"))
                .hasStackTraceContaining("does not exist");
        session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dt='a', hr=1)");
        assertThat(rows("SELECT * FROM t")).hasSize(1);
    }

    @Test
    void allPartitionsThatHaveTheGivenValuesAreDropped() {
        makeTable();
        session.run("ALTER TABLE t DROP PARTITION (hr=1)");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, a, 2]");
        session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dt='b')");
        assertThat(rows("SELECT * FROM t")).hasSize(1);
        assertThatThrownBy(() -> session.run("ALTER TABLE t DROP PARTITION (dt='b')"))
                .hasStackTraceContaining("does not exist");
        session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dt='a')");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void ifExistsHidesNoMistake() {
        makeTable();
        assertThatThrownBy(() -> session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dz='a')"))
                .hasStackTraceContaining("The table is partitioned by [dt, hr]");
        assertThatThrownBy(() -> session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dt='a', hr='one')"))
                .hasStackTraceContaining("does not match partition keys [dt, hr]");
        assertThat(rows("SELECT * FROM t")).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aTimeIsFoundAsItIsWrittenAndAsItIsListed(String legacyName) {
        session.run("CREATE TABLE t (id INT, ts TIMESTAMP(3)) PARTITIONED BY (ts) WITH ('partition.legacy-name'='"
                        + legacyName + "')")
                .run(
                        "INSERT INTO t VALUES (1, TIMESTAMP '2026-01-02 03:04:05.678'), (2, TIMESTAMP '2026-01-02 03:04:00'),"
                                + " (3, TIMESTAMP '2026-01-02 00:00:00'), (4, CAST(NULL AS TIMESTAMP(3)))");
        assertThat(session.column("SHOW PARTITIONS t")).hasSize(4);

        assertThat(session.column("SHOW PARTITIONS t PARTITION (ts='2026-01-02 03:04:00')"))
                .hasSize(1);
        session.run("ALTER TABLE t DROP PARTITION (ts='2026-01-02 03:04:05.678')");
        assertThat(rows("SELECT id FROM t")).containsExactlyInAnyOrder("[2]", "[3]", "[4]");
        for (Object partition : session.column("SHOW PARTITIONS t")) {
            String value = partition.toString().substring("ts=".length());
            session.run("ALTER TABLE t DROP PARTITION (ts='" + value + "')");
        }
        assertThat(rows("SELECT id FROM t")).isEmpty();
    }

    @Test
    void aTimeOfAZoneIsFoundAsItIsWritten() {
        session.run("CREATE TABLE t (id INT, ts TIMESTAMP_LTZ(3)) PARTITIONED BY (ts)")
                .run("INSERT INTO t VALUES (1, TO_TIMESTAMP_LTZ(0, 3)), (2, TO_TIMESTAMP_LTZ(1000, 3))");
        String written = LocalDateTime.ofInstant(Instant.EPOCH, ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
        session.run("ALTER TABLE t DROP PARTITION (ts='" + written + "')");
        assertThat(rows("SELECT id FROM t")).containsExactly("[2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a=b", "50%", "a b", " a", "dt=x/hr=1"})
    void aPartitionOfAnyValueIsListedOverwrittenAddedAndDropped(String value) {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO t VALUES (1, '" + value + "'), (2, 'other')");
        assertThat(session.column("SHOW PARTITIONS t")).containsExactlyInAnyOrder("dt=" + value, "dt=other");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt='" + value + "')"))
                .containsExactly("dt=" + value);

        session.run("INSERT OVERWRITE t PARTITION (dt='" + value + "') VALUES (3)");
        assertThat(rows("SELECT * FROM t")).containsExactlyInAnyOrder("[3, " + value + "]", "[2, other]");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD PARTITION (dt='" + value + "')"))
                .hasStackTraceContaining("already exists");
        session.run("ALTER TABLE t DROP PARTITION (dt='" + value + "')");
        assertThat(rows("SELECT * FROM t")).containsExactly("[2, other]");
    }

    /** Paimon lists blank text under the name of no value. */
    @Test
    void aBlankValueIsToldFromNoValueAndFromAnotherBlank() throws Exception {
        session.run("CREATE TABLE t (id INT, dt STRING, hr INT) PARTITIONED BY (dt, hr)")
                .run(
                        "INSERT INTO t VALUES (1, CAST(NULL AS STRING), 1), (2, '', 1), (3, ' ', 1), (4, '', 2), (5, 'x', 1)");
        assertThat(session.column("SHOW PARTITIONS t PARTITION (dt='')")).hasSize(2);
        assertThat(catalog().getPartition(TABLE, spec("dt", " ", "hr", "1")).getProperties())
                .containsEntry("numRows", "1");

        session.run("ALTER TABLE t DROP PARTITION (dt='', hr=1)");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[3]", "[4]", "[5]");
        session.run("INSERT OVERWRITE t PARTITION (dt=' ', hr=1) VALUES (6)");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[1]", "[4]", "[5]", "[6]");
        session.run("ALTER TABLE t DROP PARTITION (dt='__DEFAULT_PARTITION__', hr=1)");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[4]", "[5]", "[6]");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD PARTITION (dt='', hr=2)"))
                .hasStackTraceContaining("already exists");
        session.run("ALTER TABLE t DROP PARTITION (dt='')");
        assertThat(rows("SELECT id FROM t ORDER BY id")).containsExactly("[5]", "[6]");
    }

    @Test
    void aBlankValueThatNoRowHasIsNotThereThoughItsNameIs() {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)").run("INSERT INTO t VALUES (1, '')");
        assertThat(session.column("SHOW PARTITIONS t")).containsExactly("dt=__DEFAULT_PARTITION__");
        for (String absent : new String[] {"__DEFAULT_PARTITION__", " "}) {
            assertThatThrownBy(() -> session.run("ALTER TABLE t DROP PARTITION (dt='" + absent + "')"))
                    .hasStackTraceContaining("does not exist");
            session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dt='" + absent + "')")
                    .run("ALTER TABLE t ADD PARTITION (dt='" + absent + "')");
        }
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, ]");
        session.run("ALTER TABLE t DROP IF EXISTS PARTITION (dt='')");
        assertThat(rows("SELECT * FROM t")).isEmpty();
    }

    @Test
    void aPartitionThatIsAddedIsThereFromItsFirstRowOn() {
        makeTable();
        session.run("ALTER TABLE t ADD PARTITION (dt='c', hr=1) PARTITION (dt='d', hr=1)");
        assertThat(session.column("SHOW PARTITIONS t")).hasSize(3);
        session.run("INSERT INTO t PARTITION (dt='c', hr=1) VALUES (5)");
        assertThat(session.column("SHOW PARTITIONS t")).contains("dt=c/hr=1").hasSize(4);
    }

    @Test
    void aPartitionThatIsThereIsNotAddedAgain() {
        makeTable();
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD PARTITION (dt='a', hr=1)"))
                .hasStackTraceContaining("already exists");
        session.run("ALTER TABLE t ADD IF NOT EXISTS PARTITION (dt='a', hr=1)");
        assertThatThrownBy(() -> session.run("ALTER TABLE t ADD PARTITION (dt='x', hr=1) WITH ('k'='v')"))
                .hasStackTraceContaining("cannot have properties");
    }

    @Test
    void wrongPartitionsAreRefused() {
        makeTable();
        session.run("CREATE TABLE plain (id INT)");
        ObjectPath plain = new ObjectPath("d", "plain");
        ObjectPath none = new ObjectPath("d", "none");
        CatalogPartitionImpl empty = new CatalogPartitionImpl(Map.of(), "");

        assertThatThrownBy(() -> catalog().listPartitions(plain)).isInstanceOf(TableNotPartitionedException.class);
        assertThatThrownBy(() -> catalog().listPartitions(none)).isInstanceOf(TableNotExistException.class);
        assertThatThrownBy(() -> catalog().listPartitions(TABLE, spec("x", "1")))
                .isInstanceOf(PartitionSpecInvalidException.class);
        assertThatThrownBy(() -> catalog().listPartitions(TABLE, spec("hr", "soon")))
                .isInstanceOf(PartitionSpecInvalidException.class);
        assertThatThrownBy(() -> catalog().getPartition(TABLE, spec("dt", "a")))
                .isInstanceOf(PartitionNotExistException.class);
        assertThatThrownBy(() -> catalog().getPartition(TABLE, spec("dt", "z", "hr", "1")))
                .isInstanceOf(PartitionNotExistException.class);
        assertThatThrownBy(() -> catalog().createPartition(none, spec("dt", "a"), empty, false))
                .isInstanceOf(TableNotExistException.class);
        assertThatThrownBy(() -> catalog().createPartition(plain, spec("dt", "a"), empty, false))
                .isInstanceOf(TableNotPartitionedException.class);
        assertThatThrownBy(() -> catalog().createPartition(TABLE, spec("dt", "a"), empty, false))
                .isInstanceOf(PartitionSpecInvalidException.class);
        assertThatThrownBy(() -> catalog().createPartition(TABLE, spec("dt", "a", "hr", "1"), empty, false))
                .isInstanceOf(PartitionAlreadyExistsException.class);
        assertThatThrownBy(() -> catalog().alterPartition(TABLE, spec("dt", "a", "hr", "1"), empty, false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Catalog.alterPartitions");
        assertThatThrownBy(() -> catalog().listPartitionsByFilter(TABLE, java.util.List.of()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(catalog().partitionExists(none, spec("dt", "a"))).isFalse();
    }
}
