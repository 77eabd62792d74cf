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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Earlier snapshots of tables whose columns, or what says at which snapshot they are read, have changed since. */
class TimeTravelTest extends SharedCatalogFixture {

    private List<String> rowsWith(String option, String value, String table) {
        return List.of(session.spark().read().option(option, value).table("d." + table).collectAsList().stream()
                .map(Object::toString)
                .sorted()
                .toArray(String[]::new));
    }

    /** Two snapshots, the first one with the rows 1 and 2 of {@code id}, the other with 3, too, and {@code key} in its place. */
    private void renamedBucketKey(String table) throws Exception {
        run("CREATE TABLE " + table + " (id INT, v STRING) CLUSTERED BY (id) INTO 2 BUCKETS")
                .run("INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b')")
                .run("ALTER TABLE " + table + " RENAME COLUMN id TO key");
    }

    @Test
    void aVersionBeforeABucketKeyWasRenamedIsRead() throws Exception {
        renamedBucketKey("b");
        long millis = stored("b").snapshotManager().latestSnapshot().timeMillis();
        stored("b").createTag("first", 1);
        run("INSERT INTO b VALUES (3, 'c')");

        assertThat(rows("SELECT id, v FROM b VERSION AS OF 1 WHERE id = 2")).containsExactly("[2,b]");
        assertThat(rows("SELECT id FROM b VERSION AS OF 'first' ORDER BY id")).containsExactly("[1]", "[2]");
        assertThat(rows("SELECT id FROM b TIMESTAMP AS OF timestamp_millis(" + millis + ") ORDER BY id"))
                .containsExactly("[1]", "[2]");
        assertThat(rows("SELECT key FROM b VERSION AS OF 2 WHERE key = 3")).containsExactly("[3]");
    }

    @Test
    void aVersionBeforeASequenceFieldWasRenamedIsRead() {
        run("CREATE TABLE s (id INT NOT NULL, at INT, v STRING) TBLPROPERTIES"
                        + " ('primary-key'='id', 'bucket'='1', 'sequence.field'='at')")
                .run("INSERT INTO s VALUES (1, 10, 'late')")
                .run("INSERT INTO s VALUES (1, 5, 'early')")
                .run("ALTER TABLE s RENAME COLUMN at TO since")
                .run("INSERT INTO s VALUES (2, 1, 'new')");

        assertThat(rows("SELECT at, v FROM s VERSION AS OF 2")).containsExactly("[10,late]");
        assertThat(rowsWith("scan.snapshot-id", "2", "s")).containsExactly("[1,10,late]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan.snapshot-id", "scan.version"})
    void anOptionReadsAVersionBeforeABucketKeyWasRenamedWithThePresentColumns(String option) throws Exception {
        String table = "o" + option.length();
        renamedBucketKey(table);
        run("INSERT INTO " + table + " VALUES (3, 'c')");

        assertThat(rowsWith(option, "1", table)).containsExactly("[1,a]", "[2,b]");
        assertThat(session.spark().read().option(option, "1").table("d." + table).columns())
                .containsExactly("key", "v");
    }

    @Test
    void whatWasAddedAfterASnapshotBeforeABucketKeyWasRenamedIsReadByOption() throws Exception {
        renamedBucketKey("i");
        run("INSERT INTO i VALUES (3, 'c')");

        assertThat(rowsWith("incremental-between", "1,2", "i")).containsExactly("[3,c]");
    }

    @Test
    void aTableIsAnalyzedAtASnapshotBeforeABucketKeyWasRenamed() throws Exception {
        renamedBucketKey("a");

        run("CALL sys.analyze(table => 'd.a', columns => 'key')");

        assertThat(stored("a").statistics().orElseThrow().colStats()).containsOnlyKeys("key");
    }
}
