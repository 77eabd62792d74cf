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

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.source.DataSplit;
import org.junit.jupiter.api.Test;

class ProceduresTest extends SharedCatalogFixture {

    /** A table with a snapshot for each row. */
    private void table(String name, String options, String... rows) {
        run("CREATE TABLE " + name + " (id INT NOT NULL, v STRING) TBLPROPERTIES (" + options + ")");
        for (String row : rows) {
            run("INSERT INTO " + name + " VALUES " + row);
        }
    }

    private void appendTable(String name, String... rows) {
        table(name, "'file.format'='parquet'", rows);
    }

    private long files(String table) throws Exception {
        return stored(table).newReadBuilder().newScan().plan().splits().stream()
                .mapToLong(split -> ((DataSplit) split).dataFiles().size())
                .sum();
    }

    @Test
    void aTagIsMadeReadAndDeleted() {
        appendTable("tagged", "(1, 'a')", "(2, 'b')");

        assertThat(rows("CALL sys.create_tag(table => 'd.tagged', tag => 'first', snapshot => 1, time_retained"
                        + " => '7 d')"))
                .containsExactly("[true]");

        assertThat(rows("SELECT id FROM tagged VERSION AS OF 'first'")).containsExactly("[1]");
        run("CALL sys.delete_tag('tagged', 'first')");
        assertThat(rows("SELECT tag_name FROM `tagged$tags`")).isEmpty();
    }

    @Test
    void aTagOfNoSnapshotIsRefusedNamingThoseThatThereAre() {
        appendTable("few", "(1, 'a')");

        assertThatThrownBy(() -> run("CALL sys.create_tag(table => 'd.few', tag => 'x', snapshot => 7)"))
                .hasMessageContaining("Table d.few has no snapshot 7: it has snapshot 1 alone");
    }

    @Test
    void aBranchIsWrittenAndBecomesTheTable() {
        appendTable("branched", "(1, 'a')");
        run("CALL sys.create_tag(table => 'branched', tag => 'base')");
        run("CALL sys.create_branch(table => 'branched', branch => 'b', tag => 'base')");
        run("INSERT INTO `branched$branch_b` VALUES (2, 'b')");
        assertThat(rows("SELECT id FROM branched")).containsExactly("[1]");

        run("CALL sys.fast_forward(table => 'branched', branch => 'b')");

        assertThat(rows("SELECT id FROM branched ORDER BY id")).containsExactly("[1]", "[2]");
    }

    @Test
    void aBranchIsDropped() {
        appendTable("pruned", "(1, 'a')");
        run("CALL sys.create_branch(table => 'pruned', branch => 'b')");

        run("CALL sys.delete_branch(table => 'pruned', branch => 'b')");

        assertThatThrownBy(() -> run("CALL sys.delete_branch(table => 'pruned', branch => 'b')"))
                .hasMessageContaining("Table d.pruned has no branch 'b'");
    }

    @Test
    void aTableIsRolledBackToASnapshotATagAndATime() throws Exception {
        appendTable("rolled", "(1, 'a')", "(2, 'b')", "(3, 'c')", "(4, 'd')");
        run("CALL sys.create_tag(table => 'rolled', tag => 'two', snapshot => 2)");
        long first = stored("rolled").snapshot(1).timeMillis();

        assertThat(rows("CALL sys.rollback(table => 'rolled', snapshot => 3)")).containsExactly("[4,3]");
        assertThat(rows("SELECT count(*) FROM rolled")).containsExactly("[3]");
        assertThat(rows("CALL sys.rollback(table => 'rolled', version => 'two')"))
                .containsExactly("[3,2]");
        assertThat(rows("SELECT count(*) FROM rolled")).containsExactly("[2]");
        assertThat(rows("CALL sys.rollback_to_timestamp(table => 'rolled', timestamp => " + first + ")"))
                .containsExactly("[2,1]");
        assertThat(rows("SELECT id FROM rolled")).containsExactly("[1]");
    }

    @Test
    void aRollbackWithoutATargetIsRefused() {
        appendTable("lost", "(1, 'a')");

        assertThatThrownBy(() -> run("CALL sys.rollback(table => 'lost')"))
                .hasMessageContaining("One of the arguments 'snapshot', 'tag' and 'version' must be given");
    }

    @Test
    void filesOfAnAppendTableAreMerged() throws Exception {
        table("many", "'compaction.min.file-num'='2', 'write-only'='true'", "(1, 'a')", "(2, 'b')", "(3, 'c')");
        assertThat(files("many")).isEqualTo(3);

        assertThat(rows("CALL sys.compact(table => 'many')")).containsExactly("[true]");

        assertThat(files("many")).isEqualTo(1);
        assertThat(rows("SELECT id FROM many ORDER BY id")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void filesOfAPrimaryKeyTableAreMergedInThePartitionsThatAreNamed() throws Exception {
        run("CREATE TABLE keyed (p INT NOT NULL, id INT NOT NULL, v STRING) PARTITIONED BY (p)"
                + " TBLPROPERTIES ('primary-key'='p,id', 'bucket'='1', 'write-only'='true')");
        for (String value : new String[] {"a", "b"}) {
            run("INSERT INTO keyed VALUES (1, 1, '" + value + "'), (2, 1, '" + value + "')");
        }
        assertThat(files("keyed")).isEqualTo(4);

        run("CALL sys.compact(table => 'keyed', partitions => 'p=1', compact_strategy => 'full')");

        assertThat(files("keyed")).isEqualTo(3);
        assertThat(rows("SELECT p, v FROM keyed ORDER BY p")).containsExactly("[1,b]", "[2,b]");
    }

    @Test
    void snapshotsAreExpired() {
        appendTable("old", "(1, 'a')", "(2, 'b')", "(3, 'c')");

        assertThat(rows("CALL sys.expire_snapshots(table => 'old', retain_max => 1, retain_min => 1)"))
                .containsExactly("[2]");

        assertThat(rows("SELECT snapshot_id FROM `old$snapshots`")).containsExactly("[3]");
        assertThat(rows("SELECT count(*) FROM old")).containsExactly("[3]");
    }

    @Test
    void orphanFilesAreCountedAndRemoved() throws Exception {
        appendTable("littered", "(1, 'a')");
        Path orphan = Path.of(stored("littered").location().toUri()).resolve("bucket-0/data-lost-0.parquet");
        Files.writeString(orphan, "lost");
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofDays(2))));

        assertThat(rows("CALL sys.remove_orphan_files(table => 'littered', dry_run => true)"))
                .containsExactly("[1,4]");
        assertThat(orphan).exists();
        assertThat(rows("CALL sys.remove_orphan_files(table => 'littered')")).containsExactly("[1,4]");
        assertThat(orphan).doesNotExist();
        assertThat(rows("SELECT id FROM littered")).containsExactly("[1]");
    }

    @Test
    void aPartitionIsMarkedDone() throws Exception {
        run("CREATE TABLE days (id INT, day STRING) PARTITIONED BY (day)"
                + " TBLPROPERTIES ('metastore.partitioned-table'='true', 'partition.mark-done-action'='success-file')");
        run("INSERT INTO days VALUES (1, '2026-01-01')");

        run("CALL sys.mark_partition_done(table => 'days', partitions => 'day=2026-01-01')");

        Path partition = Path.of(stored("days").location().toUri()).resolve("day=2026-01-01");
        assertThat(partition.resolve("_SUCCESS")).exists();
        assertThat(other.listPartitions(Identifier.create("d", "days")))
                .extracting(Partition::done)
                .containsExactly(true);
    }

    @Test
    void aPartitionThatIsWrittenOtherwiseIsRefused() {
        run("CREATE TABLE hours (id INT, day STRING, hour INT) PARTITIONED BY (day, hour)");

        assertThatThrownBy(() -> run("CALL sys.mark_partition_done(table => 'hours', partitions => 'day=1')"))
                .hasMessageContaining("A partition of table d.hours is written as 'day=…,hour=…', and not as 'day=1'");
    }

    @Test
    void anUnknownProcedureIsAnsweredWithThoseThatThereAre() {
        assertThatThrownBy(() -> run("CALL sys.compress(table => 'd.t')"))
                .hasMessageContaining("has no procedure 'sys.compress'")
                .hasMessageContaining("compact, create_branch, create_tag, delete_branch");
    }

    @Test
    void anUnknownArgumentIsAnsweredWithThoseThatThereAre() {
        assertThatThrownBy(() -> run("CALL sys.create_tag(table => 'd.t', tag_name => 'x')"))
                .hasMessageContaining("has no parameter 'tag_name'. It has: table STRING, tag STRING,"
                        + " snapshot BIGINT (optional), time_retained STRING (optional)");
    }

    @Test
    void anUnknownTableIsNoTable() {
        assertThatThrownBy(() -> run("CALL sys.create_tag(table => 'd.nowhere', tag => 'x')"))
                .hasMessageContaining("nowhere");
    }

    @Test
    void aTableOfAnotherCatalogIsRefused() {
        assertThatThrownBy(() -> run("CALL sys.create_tag(table => 'spark_catalog.d.t', tag => 'x')"))
                .hasMessageContaining("Table spark_catalog.d.t is in catalog 'spark_catalog'");
    }
}
