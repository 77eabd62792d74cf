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

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows of a table are those of its stream. */
class StreamingTest extends StreamFixture {

    @Test
    void theStateAndThenTheNewRowsAreReadOnceOverRestarts() throws Exception {
        tables("a", "a_copy");
        run("INSERT INTO a VALUES (1, 'a')").run("INSERT INTO a VALUES (2, 'b')");

        copy("a", "a_copy", Map.of());
        copy("a", "a_copy", Map.of());
        run("INSERT INTO a VALUES (3, 'c')");
        copy("a", "a_copy", Map.of());

        assertThat(ids("a_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    /** A writer that compacts would write rows anew by the columns of then. */
    @Test
    void noRowsAreWrittenByTheColumnsOfASnapshotAtWhichTheSinkSaysItIsRead() throws Exception {
        run("CREATE TABLE then (id INT, v STRING)")
                .run("INSERT INTO then VALUES (1, 'a')")
                .run("CREATE TABLE sink (id INT NOT NULL, v STRING) TBLPROPERTIES"
                        + " ('primary-key'='id', 'bucket'='1', 'num-sorted-run.compaction-trigger'='2')")
                .run("INSERT INTO sink VALUES (2, 'b')")
                .run("ALTER TABLE sink ADD COLUMN n INT")
                .run("INSERT INTO sink VALUES (3, 'c', 30)")
                .run("ALTER TABLE sink SET TBLPROPERTIES ('scan.snapshot-id'='1')");

        assertThatThrownBy(() -> copy("then", "sink", Map.of()))
                .hasStackTraceContaining("has the columns [id, v, n], but the statement writes [id, v]");

        run("ALTER TABLE sink UNSET TBLPROPERTIES ('scan.snapshot-id')");
        assertThat(rows("SELECT * FROM sink ORDER BY id")).containsExactly("[2,b,null]", "[3,c,30]");
    }

    @Test
    void rowsOfAPrimaryKeyTableTakeThePlaceOfThoseOfTheirKeys() throws Exception {
        for (String table : List.of("k", "k_copy")) {
            run("CREATE TABLE " + table
                    + " (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='2')");
        }
        run("INSERT INTO k VALUES (1, 'a'), (2, 'a')")
                .run("INSERT INTO k VALUES (1, 'b')")
                .run("INSERT INTO k VALUES (1, 'c')");

        copy("k", "k_copy", Map.of("read.stream.start", "earliest"));

        assertThat(rows("SELECT id, v FROM k_copy ORDER BY id")).containsExactly("[1,c]", "[2,a]");
    }

    @Test
    void aDeletedRowIsNoneOfTheStream() throws Exception {
        run("CREATE TABLE x (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')");
        run("CREATE TABLE x_copy (id INT, v STRING)");
        run("INSERT INTO x VALUES (1, 'a'), (2, 'b')");
        copy("x", "x_copy", Map.of());
        run("DELETE FROM x WHERE id = 1").run("INSERT INTO x VALUES (3, 'c')");

        copy("x", "x_copy", Map.of());

        assertThat(ids("x_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void aTableWhoseRowsAreSeenOnceCompactedIsReadByItsChangelogOrRefused() throws Exception {
        String table = "CREATE TABLE %s (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                + " 'deletion-vectors.enabled'='true' %s)";
        run(String.format(table, "vectors", ", 'changelog-producer'='lookup'"));
        run(String.format(table, "unseen", ""));
        run("CREATE TABLE vectors_copy (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1')");
        run("INSERT INTO vectors VALUES (1, 'a'), (2, 'a')");
        copy("vectors", "vectors_copy", Map.of());
        run("INSERT INTO vectors VALUES (1, 'b'), (3, 'b')");

        copy("vectors", "vectors_copy", Map.of());

        assertThat(rows("SELECT id, v FROM vectors_copy ORDER BY id")).containsExactly("[1,b]", "[2,a]", "[3,b]");
        assertThatThrownBy(() -> copy("unseen", "vectors_copy", Map.of()))
                .hasStackTraceContaining("Table d.unseen cannot be read as a stream");
    }

    @Test
    void theRowsOfAChangelogAreThoseOfTheStream() throws Exception {
        String table =
                "CREATE TABLE %s (id INT NOT NULL, a INT, b INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                        + " 'merge-engine'='partial-update'%s)";
        run(String.format(table, "parts", ", 'changelog-producer'='lookup'"));
        run("CREATE TABLE parts_copy (id INT, a INT, b INT)");
        run("INSERT INTO parts VALUES (1, 10, NULL)");
        copy("parts", "parts_copy", Map.of());
        run("INSERT INTO parts VALUES (1, NULL, 100)");

        copy("parts", "parts_copy", Map.of());

        assertThat(rows("SELECT * FROM parts_copy ORDER BY b")).containsExactly("[1,10,null]", "[1,10,100]");
    }

    @ParameterizedTest
    @CsvSource({"partial-update, none", "partial-update, input", "aggregation, none", "aggregation, input"})
    void aTableThatHasPartsOfRowsAloneIsRefused(String engine, String producer) {
        String table = "unmerged_" + engine.replace('-', '_') + "_" + producer;
        run("CREATE TABLE " + table + " (id INT NOT NULL, a INT) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                + " 'merge-engine'='" + engine + "', 'changelog-producer'='" + producer + "')");
        run("CREATE TABLE " + table + "_copy (id INT, a INT)");

        assertThatThrownBy(() -> copy(table, table + "_copy", Map.of()))
                .hasStackTraceContaining(
                        "Table d." + table + " cannot be read as a stream: with the merge engine " + engine)
                .hasStackTraceContaining("Set 'changelog-producer'='lookup'");
    }

    @Test
    void aTableOfPostponedBucketsIsReadByItsChangelogOrRefused() throws Exception {
        String table =
                "CREATE TABLE %s (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='-2'%s)";
        run(String.format(table, "postponed", ""));
        run(String.format(table, "postponed_lookup", ", 'changelog-producer'='lookup'"));
        run("CREATE TABLE postponed_copy (id INT, v STRING)");
        insert("postponed", 1);
        insert("postponed_lookup", 2);

        copy("postponed_lookup", "postponed_copy", Map.of());

        assertThat(ids("postponed_copy")).as("rows that wait for a compaction").isEmpty();
        assertThatThrownBy(() -> copy("postponed", "postponed_copy", Map.of()))
                .hasStackTraceContaining("Table d.postponed cannot be read as a stream: its buckets are postponed")
                .hasStackTraceContaining("Set 'changelog-producer'='lookup'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lookup", "full-compaction"})
    void aRowThatWaitsForTheChangelogIsReadOnceWhenItIsThere(String producer) throws Exception {
        String table = "waiting_" + producer.replace('-', '_');
        run("CREATE TABLE " + table + " (id INT NOT NULL, v STRING) TBLPROPERTIES ('primary-key'='id', 'bucket'='1',"
                + " 'write-only'='true', 'changelog-producer'='" + producer + "')");
        run("CREATE TABLE " + table + "_copy (id INT, v STRING)");
        insert(table, 1);
        run("CALL sys.compact(table => 'd." + table + "')");
        insert(table, 2);

        copy(table, table + "_copy", Map.of());
        List<String> before = ids(table + "_copy");
        run("CALL sys.compact(table => 'd." + table + "')");
        copy(table, table + "_copy", Map.of());

        assertThat(before).containsExactly("[1]");
        assertThat(ids(table + "_copy")).containsExactly("[1]", "[2]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'streaming-read-append-overwrite'='true'",
                "'streaming-read-overwrite'='true', 'primary-key'='id', 'bucket'='1'"
            })
    void rowsOfAnOverwriteAreReadWhereTheTableSaysSo(String properties) throws Exception {
        String table = properties.contains("key") ? "overwritten_keys" : "overwritten";
        run("CREATE TABLE " + table + " (id INT NOT NULL, v STRING) TBLPROPERTIES (" + properties + ")");
        run("CREATE TABLE " + table + "_copy (id INT, v STRING)");
        insert(table, 1);
        copy(table, table + "_copy", Map.of());
        run("INSERT OVERWRITE " + table + " VALUES (2, 'b')");

        copy(table, table + "_copy", Map.of());

        assertThat(ids(table + "_copy")).containsExactly("[1]", "[2]");
    }

    @Test
    void aBranchIsAStreamOfItsOwn() throws Exception {
        tables("tree", "tree_copy");
        insert("tree", 1);
        run("CALL sys.create_tag(table => 'd.tree', tag => 'root')");
        run("CALL sys.create_branch(table => 'd.tree', branch => 'b', tag => 'root')");
        insert("tree", 2);
        insert("`tree$branch_b`", 3);

        copy("`tree$branch_b`", "tree_copy", FROM_THE_EARLIEST);

        assertThat(ids("tree_copy")).containsExactly("[1]", "[3]");
    }

    @Test
    void kindsOfRowsAreRefused() {
        tables("kinds", "kinds_copy");

        assertThatThrownBy(() -> copy("kinds", "kinds_copy", Map.of("read.changelog", "true")))
                .hasStackTraceContaining(
                        "A stream of table d.kinds has no kinds of rows, which 'read.changelog' asks for");
    }

    @Test
    void aTableThatShowsRowsOfAnotherBranchIsRefused() {
        tables("shown", "shown_copy");
        insert("shown", 1);
        run("CALL sys.create_branch(table => 'd.shown', branch => 'b')");
        run("ALTER TABLE shown SET TBLPROPERTIES ('scan.fallback-branch'='b')");

        assertThatThrownBy(() -> copy("shown", "shown_copy", Map.of())).hasStackTraceContaining("read as a stream");
    }
}
