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

import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.CatalogFactory;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.options.Options;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Paimon's directories have blanks as null; its commits and these statements do not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM b WHERE dt = ' '                    | [1],[3],[4]",
                "DELETE FROM b WHERE dt = ''                     | [1],[2],[3]",
                "DELETE FROM b WHERE dt IS NULL                  | [2],[3],[4]",
                "DELETE FROM b WHERE dt IS NOT NULL              | [1]",
                "ALTER TABLE b DROP PARTITION (dt = ' ')         | [1],[3],[4]",
                "ALTER TABLE b DROP PARTITION (dt = null)        | [2],[3],[4]",
                "TRUNCATE TABLE b PARTITION (dt = '')            | [1],[2],[3]",
                "INSERT OVERWRITE b PARTITION (dt = ' ') SELECT 9 | [1],[3],[4],[9]",
                "INSERT OVERWRITE b PARTITION (dt = null) SELECT 9 | [2],[3],[4],[9]"
            })
    void aPartitionOfBlanksIsAnotherOneThanThatOfNull(String statement, String left) {
        run("CREATE TABLE b (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO b VALUES (1, null), (2, ' '), (3, 'x'), (4, '')");

        run(statement);

        assertThat(rows("SELECT id FROM b ORDER BY id")).containsExactly(left.split(","));
    }

    @Test
    void partitionsOfBlanksAreListedOneByOne() {
        run("CREATE TABLE b (id INT, dt STRING, h INT) PARTITIONED BY (dt, h)")
                .run("INSERT INTO b VALUES (1, null, 1), (2, ' ', 1), (3, '', 1), (4, 'x', 1)");

        assertThat(session.column("SHOW PARTITIONS b")).hasSize(4);
        assertThat(session.column("SHOW PARTITIONS b PARTITION (dt = ' ')")).containsExactly("dt= /h=1");
        assertThat(session.column("SHOW PARTITIONS b PARTITION (dt = null)")).containsExactly("dt=null/h=1");
    }

    @Test
    void theTextThatStandsForNullIsNoNull() {
        run("CREATE TABLE b (id INT, dt STRING) PARTITIONED BY (dt)")
                .run("INSERT INTO b VALUES (1, null), (2, '__DEFAULT_PARTITION__'), (3, '__DEFAULT_PARTITION__')");

        assertThatThrownBy(() -> run("ALTER TABLE b DROP PARTITION (dt = '__DEFAULT_PARTITION__')"))
                .hasMessageContaining("Delete its rows: DELETE FROM d.b WHERE");
        assertThat(rows("SELECT id FROM b ORDER BY id")).containsExactly("[1]", "[2]", "[3]");
        run("DELETE FROM b WHERE dt = '__DEFAULT_PARTITION__'");
        assertThat(rows("SELECT id FROM b")).containsExactly("[1]");
    }

    @Test
    void partitionsOfBytesAreNotMade() {
        assertThatThrownBy(() -> run("CREATE TABLE b (id INT, v BINARY) PARTITIONED BY (v)"))
                .hasMessageContaining("Column 'v' cannot be a partition key")
                .hasMessageContaining("hexadecimal digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void rowsOfPartitionsOfBytesThatAreThereAreNotChanged(String legacyName) throws Exception {
        makeByPaimonsCatalog(Schema.newBuilder()
                .column("id", DataTypes.INT())
                .column("v", DataTypes.BYTES())
                .partitionKeys("v")
                .option("partition.legacy-name", legacyName)
                .build());
        String reason = "Paimon finds no partition by a value of the type BYTES, which the key 'v' has";
        String insert = "INSERT INTO b VALUES (1, X'01'), (2, null)";

        if (legacyName.equals("true")) {
            assertThatThrownBy(() -> run(insert)).hasMessageContaining(reason);
        } else {
            run(insert);
            assertThat(rows("SELECT id FROM b ORDER BY id")).containsExactly("[1]", "[2]");
        }
        for (String statement : new String[] {
            "DELETE FROM b WHERE v IS NOT NULL",
            "DELETE FROM b WHERE v = X'01'",
            "DELETE FROM b WHERE id = 1",
            "DELETE FROM b",
            "TRUNCATE TABLE b",
            "INSERT OVERWRITE b VALUES (3, X'03')"
        }) {
            assertThatThrownBy(() -> run(statement)).as(statement).hasMessageContaining(reason);
        }
    }

    /** Ours refuses such tables. */
    private void makeByPaimonsCatalog(Schema schema) throws Exception {
        Map<String, String> options = new HashMap<>(options());
        options.put("metastore", "rest");
        try (Catalog paimon = CatalogFactory.createCatalog(CatalogContext.create(Options.fromMap(options)))) {
            paimon.createTable(Identifier.create("d", "b"), schema, false);
        }
    }

    @Test
    void partitionsOfTimesOutsideOfFourDigitsAreDeleted() {
        run("CREATE TABLE b (id INT, t TIMESTAMP_NTZ, g DOUBLE) PARTITIONED BY (t, g)")
                .run("INSERT INTO b VALUES (1, TIMESTAMP_NTZ'12345-01-01 00:00:00', 1), (2, null, double('NaN')),"
                        + " (3, TIMESTAMP_NTZ'0001-01-01 00:00:00.000001', -1e300)");

        run("DELETE FROM b WHERE t > TIMESTAMP_NTZ'2000-01-01 00:00:00'");
        assertThat(rows("SELECT id FROM b ORDER BY id")).containsExactly("[2]", "[3]");
        run("DELETE FROM b WHERE t IS NOT NULL");
        assertThat(rows("SELECT id FROM b")).containsExactly("[2]");
        run("DELETE FROM b WHERE t IS NULL");
        assertThat(rows("SELECT id FROM b")).isEmpty();
    }
}
