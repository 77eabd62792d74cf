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

import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.DelegateCatalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchesAndTagsTest extends CatalogFixture {

    /** Table {@code t} with one row in each of two snapshots, tag {@code first} and branch {@code b} of the first one. */
    private void makeTable() {
        session.run("CREATE TABLE t (id INT, v STRING)")
                .run("INSERT INTO t VALUES (1, 'one')")
                .run("INSERT INTO t VALUES (2, 'two')");
        session.sql("CALL sys.create_tag('d.t', 'first', 1)");
        session.sql("CALL sys.create_branch('d.t', 'b', 'first')");
    }

    @Test
    void aTagIsRead() {
        makeTable();
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.tag-name'='first') */"))
                .containsExactly("[1, one]");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, one]", "[2, two]");
        assertThatThrownBy(() -> session.sql("SELECT * FROM t /*+ OPTIONS('scan.tag-name'='none') */"))
                .hasStackTraceContaining("none");
    }

    @Test
    void aTagOutlivesItsSnapshot() {
        makeTable();
        session.sql("CALL sys.expire_snapshots(`table` => 'd.t', retain_max => 1, retain_min => 1)");
        assertThat(rows("SELECT snapshot_id FROM t$snapshots")).containsExactly("[2]");
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.tag-name'='first') */"))
                .containsExactly("[1, one]");
    }

    @Test
    void changesSinceATagAreRead() {
        makeTable();
        session.sql("CALL sys.create_tag('d.t', 'last')");
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('incremental-between'='first,last') */"))
                .containsExactly("[2, two]");
    }

    @Test
    void tagsAndBranchesAreListed() {
        makeTable();
        assertThat(rows("SELECT tag_name, snapshot_id, record_count FROM t$tags"))
                .containsExactly("[first, 1, 1]");
        assertThat(session.column("SELECT branch_name FROM t$branches")).containsExactly("b");
    }

    /** Paimon's own would take such a predicate for the name of a file, or fail. */
    @ParameterizedTest
    @ValueSource(strings = {"branch_name LIKE 'b%'", "branch_name <> 'x'", "branch_name IN ('a', 'b', 'c')"})
    void aBranchIsFoundByAnyPredicate(String where) {
        makeTable();
        assertThat(session.column("SELECT branch_name FROM t$branches WHERE " + where))
                .containsExactly("b");
        assertThat(rows("SELECT snapshot_id FROM t$snapshots WHERE snapshot_id > 100"))
                .isEmpty();
        assertThat(rows("SELECT snapshot_id FROM t$snapshots WHERE snapshot_id IN (1, 99)"))
                .containsExactly("[1]");
    }

    @Test
    void aBranchIsWrittenAndReadApart() {
        makeTable();
        session.run("INSERT INTO t$branch_b VALUES (3, 'three')");
        assertThat(rows("SELECT * FROM t$branch_b ORDER BY id")).containsExactly("[1, one]", "[3, three]");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, one]", "[2, two]");
        assertThat(rows("SELECT snapshot_id, total_record_count FROM t$branch_b$snapshots ORDER BY snapshot_id"))
                .containsExactly("[1, 1]", "[2, 2]");
        assertThat(rows("SELECT * FROM t$branch_b /*+ OPTIONS('scan.snapshot-id'='1') */"))
                .containsExactly("[1, one]");
    }

    @Test
    void aBranchIsReadInTwoCalls() {
        makeTable();
        session.sql("SELECT * FROM t$branch_b");
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5 && best > 2; round++) {
            server.resetCallCounts();
            session.sql("SELECT * FROM t$branch_b");
            best = Math.min(
                    best,
                    server.callCounts().entrySet().stream()
                            .filter(count -> !count.getKey().equals("resetCallCounts"))
                            .mapToLong(Map.Entry::getValue)
                            .sum());
        }
        assertThat(best).isLessThanOrEqualTo(2);
    }

    @Test
    void aBranchIsAlteredApart() {
        makeTable();
        session.run("ALTER TABLE t$branch_b ADD w INT").run("INSERT INTO t$branch_b VALUES (3, 'three', 7)");
        assertThat(rows("SELECT * FROM t$branch_b ORDER BY id")).containsExactly("[1, one, null]", "[3, three, 7]");
        assertThat(session.column("DESCRIBE t")).containsExactly("id", "v");
        session.run("ALTER TABLE t$branch_b SET ('snapshot.num-retained.max'='30')");
        assertThat(rows("SHOW CREATE TABLE t$branch_b").get(0)).contains("snapshot.num-retained.max");
        assertThat(rows("SHOW CREATE TABLE t").get(0)).doesNotContain("snapshot.num-retained.max");
    }

    @Test
    void aBranchBecomesTheTable() {
        makeTable();
        session.run("INSERT INTO t$branch_b VALUES (3, 'three')").sql("CALL sys.fast_forward('d.t', 'b')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, one]", "[3, three]");
    }

    @Test
    void aTagOfABranchIsMadeThere() {
        makeTable();
        session.run("INSERT INTO t$branch_b VALUES (3, 'three')").sql("CALL sys.create_tag('d.t$branch_b', 'mine', 2)");
        assertThat(rows("SELECT tag_name FROM t$branch_b$tags ORDER BY tag_name"))
                .containsExactly("[first]", "[mine]");
        assertThat(rows("SELECT tag_name FROM t$tags")).containsExactly("[first]");
    }

    @Test
    void partitionsThatTheTableLacksAreReadFromTheFallbackBranch() {
        session.run("CREATE TABLE t (id INT, dt STRING) PARTITIONED BY (dt)");
        session.sql("CALL sys.create_branch('d.t', 'b')");
        session.run("INSERT INTO t VALUES (1, 'x')").run("INSERT INTO t$branch_b VALUES (8, 'x'), (9, 'y')");
        session.run("ALTER TABLE t SET ('scan.fallback-branch'='b')");
        assertThat(rows("SELECT * FROM t ORDER BY id")).containsExactly("[1, x]", "[9, y]");
        assertThatThrownBy(() -> session.sql("CALL sys.delete_branch('d.t', 'b')"))
                .hasStackTraceContaining("scan.fallback-branch");
        session.run("ALTER TABLE t RESET ('scan.fallback-branch')");
        assertThat(rows("SELECT * FROM t")).containsExactly("[1, x]");
    }

    @Test
    void whatIsNotThereIsNamed() {
        makeTable();
        assertThatThrownBy(() -> session.sql("SELECT * FROM t$branch_none")).hasStackTraceContaining("t$branch_none");
        assertThatThrownBy(() -> session.sql("CALL sys.delete_tag('d.t', 'none')"))
                .hasStackTraceContaining("Table d.t has no tag 'none'");
        assertThatThrownBy(() -> session.sql("CALL sys.create_tag('d.t', 'x', 99)"))
                .hasStackTraceContaining("has no snapshot 99");
        assertThatThrownBy(() -> session.sql("CALL sys.create_tag('d.t', 'first')"))
                .hasStackTraceContaining("exists already. Use CALL sys.replace_tag");
        assertThatThrownBy(() -> session.sql("CALL sys.replace_tag('d.t', 'none', 1)"))
                .hasStackTraceContaining("has no tag 'none'");
        assertThatThrownBy(() -> session.sql("CALL sys.rollback_to(`table` => 'd.t', snapshot_id => 99)"))
                .hasStackTraceContaining("99");
        assertThatThrownBy(() -> session.sql("CALL sys.create_branch('d.t', 'c', 'none')"))
                .hasStackTraceContaining("none");
    }

    @Test
    void aTagThatAloneKeepsItsSnapshotIsNotReplacedByIt() {
        makeTable();
        session.sql("CALL sys.expire_snapshots(`table` => 'd.t', retain_max => 1, retain_min => 1)");
        assertThatThrownBy(() -> session.sql("CALL sys.replace_tag('d.t', 'first', 1, '1 d')"))
                .hasStackTraceContaining("which only a tag still keeps");
        assertThat(rows("SELECT * FROM t /*+ OPTIONS('scan.tag-name'='first') */"))
                .containsExactly("[1, one]");
    }

    @Test
    void whoseTagIsGoneSinceItCouldNotBeMadeAgainIsToldSo() throws Exception {
        makeTable();
        Catalog failing = new DelegateCatalog(other) {
            @Override
            public CatalogLoader catalogLoader() {
                return other.catalogLoader();
            }

            @Override
            public void createTag(
                    Identifier table, String tag, Long snapshot, String timeRetained, boolean ignoreIfExists) {
                throw new IllegalStateException("The service is not there.");
            }
        };
        FileStoreTable table = (FileStoreTable) stored("t");
        Identifier name = Identifier.create("d", "t");
        assertThatThrownBy(() -> new ServiceTagManager(table, failing, name)
                        .replaceTag(table.snapshotManager().snapshot(2), "first", null, List.of()))
                .hasMessage("Tag 'first' of table d.t was deleted, and making it again for snapshot 2 failed: look at"
                        + " d.t$tags, and where it is missing use CALL sys.create_tag. The service is not there.");
    }

    /** Tags go to the service, which may be asked for them by any client. */
    @Test
    void tagsAreMadeAndDeletedByTheService() throws Exception {
        makeTable();
        server.resetCallCounts();
        session.sql("CALL sys.create_tag('d.t', 'x', 2, '1 d')");
        session.sql("CALL sys.delete_tag('d.t', 'first')");
        assertThat(server.callCounts()).containsEntry("createTag", 1L).containsEntry("deleteTag", 1L);
        assertThat(other.listTagsPaged(org.apache.paimon.catalog.Identifier.create("d", "t"), null, null, null)
                        .getElements())
                .containsExactly("x");
    }
}
