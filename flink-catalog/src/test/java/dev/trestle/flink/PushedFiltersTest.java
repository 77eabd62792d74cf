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

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.table.sink.BatchTableCommit;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.BatchWriteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters that files or partitions are left out by give the rows that they give where Flink looks at each of them. */
class PushedFiltersTest extends CatalogFixture {

    /** Those of some predicates that are true of the only row of table {@code t}. */
    private List<String> trueOnes(String... predicates) {
        String query = IntStream.range(0, predicates.length)
                .mapToObj(i -> "SELECT " + i + " AS p FROM t WHERE " + predicates[i])
                .collect(Collectors.joining(" UNION ALL "));
        return session.column(query).stream().map(i -> predicates[(Integer) i]).toList();
    }

    private void write(String table, GenericRow... rows) throws Exception {
        BatchWriteBuilder builder = stored(table).newBatchWriteBuilder();
        try (BatchTableWrite write = builder.newWrite();
                BatchTableCommit commit = builder.newCommit()) {
            for (GenericRow row : rows) {
                write.write(row);
            }
            commit.commit(write.prepareCommit());
        }
    }

    /** In which a reader looks for the bytes of a value. */
    @ParameterizedTest
    @ValueSource(strings = {"'parquet.writer.version'='PARQUET_2_0'", "'parquet.bloom.filter.enabled'='true'"})
    void numbersOfManyDigitsAreFoundInDictionariesAndBloomFilters(String option) {
        session.run("CREATE TABLE t (n DECIMAL(20, 0), v STRING) WITH (" + option + ")")
                .run("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')");
        session.run("CREATE TABLE keyed (n DECIMAL(20, 0), v STRING, PRIMARY KEY (n) NOT ENFORCED)"
                        + " WITH ('bucket'='4', " + option + ")")
                .run("INSERT INTO keyed VALUES (1, 'a'), (2, 'b'), (3, 'c')");

        assertThat(rows("SELECT v FROM t WHERE n = 2")).containsExactly("[b]");
        assertThat(rows("SELECT v FROM t WHERE n IN (1, 3)")).containsExactlyInAnyOrder("[a]", "[c]");
        assertThat(rows("SELECT v FROM t$ro WHERE n = 2")).containsExactly("[b]");
        assertThat(rows("SELECT v FROM keyed WHERE n = 2")).containsExactly("[b]");
    }

    @Test
    void numbersAreComparedWithFinerAndLargerOnes() {
        session.run("CREATE TABLE t (n DECIMAL(4, 2), f FLOAT, i INT)").run("INSERT INTO t VALUES (1.01, 0.1, 2)");
        String[] all = {
            "n > 1.005", "n < 1.014", "n <> 1.005", "n < 1000", "n <> 1000", "f > 0.1", "i < 3000000000", "i > 1.5"
        };

        assertThat(trueOnes(all)).containsExactlyInAnyOrder(all);
        assertThat(trueOnes("n = 1.005", "n = 1.01", "n > 1000")).containsExactly("n = 1.01");
    }

    @Test
    void timesAreComparedWithFinerOnes() {
        session.run("CREATE TABLE t (ts TIMESTAMP(3))")
                .run("INSERT INTO t VALUES (TIMESTAMP '2026-01-01 00:00:00.001')");
        String[] all = {
            "ts < TIMESTAMP '2026-01-01 00:00:00.0015'",
            "ts <> TIMESTAMP '2026-01-01 00:00:00.0015'",
            "ts = TIMESTAMP '2026-01-01 00:00:00.001'"
        };

        assertThat(trueOnes(all)).containsExactlyInAnyOrder(all);
    }

    @Test
    void partitionsAreChosenByTheirOwnNumbersOnly() {
        session.run("CREATE TABLE t (id INT, n DECIMAL(4, 2), PRIMARY KEY (id, n) NOT ENFORCED) PARTITIONED BY (n)"
                        + " WITH ('bucket'='1')")
                .run("INSERT INTO t VALUES (1, 1.01)");

        assertThat(trueOnes("n = 1.005", "n > 1.005", "n < 1000")).containsExactlyInAnyOrder("n > 1.005", "n < 1000");
        session.run("DELETE FROM t WHERE n = 1.005");
        assertThat(rows("SELECT id FROM t")).containsExactly("[1]");
    }

    @Test
    void numbersBesideNaNAreFoundInOrc() throws Exception {
        session.run("CREATE TABLE nan (id INT, f FLOAT, d DOUBLE) WITH ('file.format'='orc')");
        write("nan", GenericRow.of(1, Float.NaN, Double.NaN), GenericRow.of(2, 1f, 1.0));

        assertThat(rows("SELECT id FROM nan WHERE d < 5")).containsExactly("[2]");
        assertThat(rows("SELECT id FROM nan WHERE f = 1")).containsExactly("[2]");
    }

    @Test
    void bothZerosAreTheSameInOrc() throws Exception {
        session.run("CREATE TABLE t (d DOUBLE) WITH ('file.format'='orc')");
        write("t", GenericRow.of(-0.0));

        assertThat(trueOnes("d = 0", "d >= 0")).containsExactlyInAnyOrder("d = 0", "d >= 0");
    }

    @Test
    void aPartitionOfATimeIsDeleted() {
        session.run("CREATE TABLE t (id INT, ts TIMESTAMP(3), PRIMARY KEY (id, ts) NOT ENFORCED) PARTITIONED BY (ts)"
                        + " WITH ('bucket'='1')")
                .run("INSERT INTO t VALUES (1, TIMESTAMP '2026-01-02 03:04:00'), (2, TIMESTAMP '2026-01-02 03:04:05')");

        session.run("DELETE FROM t WHERE ts = TIMESTAMP '2026-01-02 03:04:00'");

        assertThat(session.column("SELECT CAST(id AS STRING) FROM t")).containsExactly("2");
    }

    @Test
    void theNameOfNoValueDeletesNoRowsWithoutOne() {
        session.run("CREATE TABLE t (id INT, dt STRING, PRIMARY KEY (id) NOT ENFORCED) PARTITIONED BY (dt)"
                        + " WITH ('bucket'='-1')")
                .run("INSERT INTO t VALUES (1, CAST(NULL AS STRING)), (2, 'a')");

        session.run("DELETE FROM t WHERE dt = '__DEFAULT_PARTITION__'");
        assertThat(session.column("SELECT CAST(id AS STRING) FROM t ORDER BY id"))
                .containsExactly("1", "2");

        session.run("DELETE FROM t WHERE dt = 'a'");
        assertThat(session.column("SELECT CAST(id AS STRING) FROM t")).containsExactly("1");
    }
}
