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
package dev.trestle.trino.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.Lake;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the function {@code table_changes} tells of each kind of table. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TableChangesTest {

    private Lake lake;
    private Sql sql;

    @BeforeAll
    void open(TrestleQueryRunner runner) throws Exception {
        lake = Lake.in(runner, "changes");
        sql = Sql.in(runner, "changes");
    }

    private static String call(String table, String arguments) {
        return "TABLE(lake.system.table_changes(schema_name => 'changes', table_name => '" + table + "', " + arguments
                + "))";
    }

    private List<List<Object>> changes(String table, String arguments) {
        return sql.rows("SELECT rowkind, id, item FROM " + call(table, arguments) + " ORDER BY id, rowkind");
    }

    private void createWithSnapshots(String table, String... options) throws Exception {
        lake.createKeyed(table, options);
        lake.commit(table, 1L, "tea");
        lake.commit(table, 2L, "salt");
        lake.commit(table, 3L, "pepper");
    }

    private String timeOf(String table, long snapshot) throws Exception {
        return timestamp(Instant.ofEpochMilli(
                lake.stored(table).snapshotManager().snapshot(snapshot).timeMillis()));
    }

    private static Instant inHours(int hours) {
        return Instant.now().plus(hours, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
    }

    private static String timestamp(Instant instant) {
        return "TIMESTAMP '" + instant.toString().replace('T', ' ').replace("Z", " UTC") + "'";
    }

    // Which changes

    @Test
    void changesBetweenSnapshotsHaveTheirKind() throws Exception {
        createWithSnapshots("changing", "changelog-producer", "input");

        assertThat(changes("changing", "start_snapshot_id => 1, end_snapshot_id => 3"))
                .containsExactly(List.of("+I", 2L, "salt"), List.of("+I", 3L, "pepper"));
        assertThat(sql.rows("SELECT id FROM " + call("changing", "start_snapshot_id => 2") + " WHERE item = 'pepper'"))
                .containsExactly(List.of(3L));
    }

    @Test
    void changesBetweenTagsAndTimes() throws Exception {
        createWithSnapshots("tagged");
        sql.run("CALL lake.system.create_tag('changes', 'tagged', 'a', 1)");
        sql.run("CALL lake.system.create_tag('changes', 'tagged', 'b', 2)");

        assertThat(changes("tagged", "start_tag => 'a', end_tag => 'b'")).containsExactly(List.of("+I", 2L, "salt"));
        assertThat(changes("tagged", "start_timestamp => " + timeOf("tagged", 2)))
                .containsExactly(List.of("+I", 3L, "pepper"));
        assertThat(changes(
                        "tagged",
                        "start_timestamp => " + timeOf("tagged", 1) + ", end_timestamp => " + timeOf("tagged", 2)))
                .containsExactly(List.of("+I", 2L, "salt"));
    }

    @Test
    void changesSinceZeroAreAll() throws Exception {
        createWithSnapshots("all");

        assertThat(changes("all", "start_snapshot_id => 0")).hasSize(3);
        assertThat(changes("all", "start_timestamp => TIMESTAMP '2001-01-01 00:00:00 UTC'"))
                .hasSize(3);
    }

    @Test
    void changesAreToldOfAllSnapshotsThatAreThere() throws Exception {
        createWithSnapshots("expired");
        sql.run("CALL lake.system.expire_snapshots(schema_name => 'changes', table_name => 'expired', retain_max =>"
                + " 1)");

        assertThat(changes("expired", "start_snapshot_id => 2")).containsExactly(List.of("+I", 3L, "pepper"));
        for (String start : List.of("0", "1")) {
            sql.failure("SELECT * FROM " + call("expired", "start_snapshot_id => " + start))
                    .hasMessageContaining("has no snapshot " + start + ": it has snapshot 3 alone");
        }
        sql.failure("SELECT * FROM " + call("expired", "start_timestamp => TIMESTAMP '2001-01-01 00:00:00 UTC'"))
                .hasMessageContaining("has no version that was there at 2001-01-01T00:00:00Z: it has snapshot 3 alone");
    }

    @Test
    void aStateIsComparedWithOneThatIsThere() throws Exception {
        createWithSnapshots("compared");

        assertThat(changes("compared", "start_snapshot_id => 1, mode => 'diff'"))
                .containsExactly(List.of("+I", 2L, "salt"), List.of("+I", 3L, "pepper"));
        sql.failure("SELECT * FROM " + call("compared", "start_snapshot_id => 0, mode => 'diff'"))
                .hasMessageContaining("has no snapshot 0: it has snapshots 1 to 3");
        sql.failure("SELECT * FROM "
                        + call("compared", "start_timestamp => TIMESTAMP '2001-01-01 00:00:00 UTC', mode => 'diff'"))
                .hasMessageContaining("has no version that was there at 2001-01-01T00:00:00Z: it has snapshots 1 to 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "delta", "changelog", "diff"})
    void nothingHasChangedSinceTheLatestState(String mode) throws Exception {
        String table = "up_to_date_" + mode;
        createWithSnapshots(table);
        String ofMode = ", mode => '" + mode + "'";
        String later = timestamp(inHours(1));
        String latest = timestamp(inHours(2));

        assertThat(changes(table, "start_snapshot_id => 3" + ofMode)).isEmpty();
        assertThat(changes(table, "start_snapshot_id => 3, end_snapshot_id => 3" + ofMode))
                .isEmpty();
        assertThat(changes(table, "start_timestamp => " + timeOf(table, 3) + ofMode))
                .isEmpty();
        assertThat(changes(table, "start_timestamp => " + later + ofMode)).isEmpty();
        assertThat(changes(table, "start_timestamp => " + later + ", end_timestamp => " + latest + ofMode))
                .isEmpty();
    }

    @Test
    void aTableWithoutSnapshotsHasNotChanged() throws Exception {
        lake.createKeyed("none_yet");

        assertThat(changes("none_yet", "start_snapshot_id => 0")).isEmpty();
        assertThat(changes("none_yet", "start_timestamp => TIMESTAMP '2001-01-01 00:00:00 UTC'"))
                .isEmpty();
        sql.failure("SELECT * FROM " + call("none_yet", "start_snapshot_id => 1"))
                .hasMessageContaining("has no snapshot 1: it has none yet");
    }

    @Test
    void argumentsThatAreWrongAreNamed() throws Exception {
        createWithSnapshots("wrong");
        sql.run("CALL lake.system.create_tag('changes', 'wrong', 'first', 1)");

        failure("mode => 'auto'").hasMessageContaining("Give one of the arguments START_SNAPSHOT_ID");
        failure("start_snapshot_id => 1, start_tag => 'first'").hasMessageContaining("Give one of the arguments");
        failure("start_snapshot_id => 1, end_tag => 'first'").hasMessageContaining("END_TAG is of another kind");
        failure("start_snapshot_id => 77").hasMessageContaining("has no snapshot 77: it has snapshots 1 to 3");
        failure("start_snapshot_id => 2, end_snapshot_id => 1").hasMessageContaining("must not be later");
        failure("start_timestamp => " + timeOf("wrong", 2) + ", end_timestamp => TIMESTAMP '2001-01-01 00:00:00 UTC'")
                .hasMessageContaining("START_TIMESTAMP must not be later than END_TIMESTAMP");
        failure("start_tag => 'first'").hasMessageContaining("END_TAG is missing");
        failure("start_tag => 'first', end_tag => 'nosuch'").hasMessageContaining("no tag 'nosuch'");
        failure("start_snapshot_id => 1, mode => 'guess'").hasMessageContaining("MODE must be");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failure(String arguments) {
        return sql.failure("SELECT * FROM " + call("wrong", arguments));
    }

    // Of which kind they are

    @Test
    void anAppendTableTellsWhatWasAdded() {
        sql.run("CREATE TABLE appended (id bigint, item varchar)");
        sql.run("INSERT INTO appended VALUES (1, 'tea')");
        sql.run("INSERT INTO appended VALUES (2, 'salt'), (2, 'salt')");

        for (String mode : List.of("auto", "delta", "diff")) {
            assertThat(changes("appended", "start_snapshot_id => 1, mode => '" + mode + "'"))
                    .as(mode)
                    .containsExactly(List.of("+I", 2L, "salt"), List.of("+I", 2L, "salt"));
        }
        assertThat(changes("appended", "start_snapshot_id => 1, mode => 'changelog'"))
                .isEmpty();
    }

    /** A row is changed, one is deleted, and one is added, in a snapshot each. */
    private void change(String table, String producer) {
        sql.run("CREATE TABLE " + table + " (id bigint, item varchar) WITH (primary_key = ARRAY['id'], bucket = 1"
                + (producer.equals("none") ? ")" : ", changelog_producer = '" + producer + "')"));
        sql.run("INSERT INTO " + table + " VALUES (1, 'tea'), (2, 'salt')");
        sql.run("CALL lake.system.create_tag('changes', '" + table + "', 'before')");
        sql.run("UPDATE " + table + " SET item = 'coffee' WHERE id = 1");
        sql.run("DELETE FROM " + table + " WHERE id = 2");
        sql.run("INSERT INTO " + table + " VALUES (3, 'pepper')");
        sql.run("CALL lake.system.create_tag('changes', '" + table + "', 'after')");
    }

    private long snapshotOf(String table, String tag) {
        return (long) sql.value("SELECT snapshot_id FROM \"" + table + "$tags\" WHERE tag_name = '" + tag + "'");
    }

    private List<List<Object>> changesOf(String table, String mode) {
        return changes(
                table,
                "start_snapshot_id => " + snapshotOf(table, "before") + ", end_snapshot_id => "
                        + snapshotOf(table, "after") + ", mode => '" + mode + "'");
    }

    private static final List<List<Object>> WITH_WHAT_WAS_BEFORE = List.of(
            List.of("+U", 1L, "coffee"),
            List.of("-U", 1L, "tea"),
            List.of("-D", 2L, "salt"),
            List.of("+I", 3L, "pepper"));

    /** Of a row that is deleted, other columns than its key may be missing. */
    private void assertThatEachRowComesOnce(String table, String mode) {
        List<List<Object>> changes = changesOf(table, mode);
        assertThat(changes)
                .as(mode)
                .extracting(row -> row.subList(0, 2))
                .containsExactly(List.of("+U", 1L), List.of("-D", 2L), List.of("+I", 3L));
        assertThat(List.of(changes.get(0).get(2), changes.get(2).get(2)))
                .as(mode)
                .containsExactly("coffee", "pepper");
    }

    @Test
    void aKeyedTableWithoutAChangelogTellsWhatWasWritten() {
        change("without", "none");

        assertThat(changesOf("without", "auto")).isEqualTo(changesOf("without", "delta"));
        assertThatEachRowComesOnce("without", "delta");
        assertThatEachRowComesOnce("without", "diff");
        assertThat(changesOf("without", "changelog")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"input", "lookup"})
    void aChangelogTellsWhatWasThereBefore(String producer) {
        String table = "with_" + producer;
        change(table, producer);

        assertThat(changesOf(table, "auto")).isEqualTo(WITH_WHAT_WAS_BEFORE);
        assertThat(changesOf(table, "changelog")).isEqualTo(WITH_WHAT_WAS_BEFORE);
        assertThatEachRowComesOnce(table, "delta");
        assertThatEachRowComesOnce(table, "diff");
    }

    @Test
    void aChangelogOfFullCompactionsTellsOfAChangeWhenTheTableHasBeenCompacted() {
        sql.run("CREATE TABLE compacted (id bigint, item varchar) WITH (primary_key = ARRAY['id'], bucket = 1,"
                + " changelog_producer = 'full-compaction')");
        sql.run("INSERT INTO compacted VALUES (1, 'tea'), (2, 'salt')");
        sql.run("ALTER TABLE compacted EXECUTE optimize");
        sql.run("CALL lake.system.create_tag('changes', 'compacted', 'before')");
        sql.run("UPDATE compacted SET item = 'coffee' WHERE id = 1");
        sql.run("DELETE FROM compacted WHERE id = 2");
        sql.run("INSERT INTO compacted VALUES (3, 'pepper')");
        String since = "start_snapshot_id => " + snapshotOf("compacted", "before");
        assertThat(changes("compacted", since)).isEmpty();

        sql.run("ALTER TABLE compacted EXECUTE optimize");

        assertThat(changes("compacted", since)).isEqualTo(WITH_WHAT_WAS_BEFORE);
    }
}
