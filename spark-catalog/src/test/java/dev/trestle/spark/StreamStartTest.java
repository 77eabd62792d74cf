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

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stream begins that has no checkpoint yet. */
class StreamStartTest extends StreamFixture {

    /** Three rows of one key, and one of another between them. */
    private void keys(String table) {
        for (String name : List.of(table, table + "_copy")) {
            String key =
                    name.equals(table) ? " TBLPROPERTIES ('primary-key'='id', 'bucket'='1', 'write-only'='true')" : "";
            run("CREATE TABLE " + name + " (id INT NOT NULL, v STRING)" + key);
        }
        run("INSERT INTO " + table + " VALUES (1, 'a')")
                .run("INSERT INTO " + table + " VALUES (1, 'b')")
                .run("INSERT INTO " + table + " VALUES (2, 'b')")
                .run("INSERT INTO " + table + " VALUES (1, 'c')");
    }

    static Stream<Arguments> starts() {
        List<String> state = List.of("[1,c]", "[2,b]");
        List<String> everything = List.of("[1,a]", "[1,b]", "[1,c]", "[2,b]");
        List<String> fromTheSecond = List.of("[1,b]", "[1,c]", "[2,b]");
        return Stream.of(
                Arguments.of("default", Map.of(), state),
                Arguments.of("latest_full", Map.of("scan.mode", "latest-full"), state),
                Arguments.of("latest", Map.of("scan.mode", "latest"), List.of()),
                Arguments.of("earliest", FROM_THE_EARLIEST, everything),
                Arguments.of("snapshot", Map.of("scan.mode", "from-snapshot", "scan.snapshot-id", "2"), fromTheSecond),
                Arguments.of("snapshot_id_alone", Map.of("scan.snapshot-id", "2"), fromTheSecond),
                Arguments.of("snapshot_to_come", Map.of("scan.snapshot-id", "5"), List.of()),
                Arguments.of(
                        "snapshot_full",
                        Map.of("scan.mode", "from-snapshot-full", "scan.snapshot-id", "2"),
                        fromTheSecond),
                Arguments.of(
                        "third_full",
                        Map.of("scan.mode", "from-snapshot-full", "scan.snapshot-id", "3"),
                        List.of("[1,b]", "[1,c]", "[2,b]")),
                Arguments.of(
                        "long_ago", Map.of("scan.mode", "from-timestamp", "scan.timestamp-millis", "1"), everything),
                Arguments.of("long_ago_in_words", Map.of("scan.timestamp", "1999-01-01 00:00:00"), everything),
                Arguments.of("in_future", Map.of("scan.timestamp-millis", "99999999999999"), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("starts")
    void aStreamBeginsWhereItIsToldAndGoesOnFromThere(String start, Map<String, String> options, List<String> expected)
            throws Exception {
        keys(start);

        copy(start, start + "_copy", options);
        List<String> first = rows("SELECT * FROM " + start + "_copy ORDER BY id, v");
        run("INSERT INTO " + start + " VALUES (3, 'd')");
        copy(start, start + "_copy", options);

        assertThat(first).isEqualTo(expected);
        assertThat(rows("SELECT * FROM " + start + "_copy WHERE id = 3")).containsExactly("[3,d]");
        assertThat(rows("SELECT * FROM " + start + "_copy")).hasSize(expected.size() + 1);
    }

    @Test
    void aStreamBeginsAtATimeInMillisecondsOrInWords() throws Exception {
        tables("t", "t_copy");
        run("CREATE TABLE t_copy_2 (id INT, v STRING)");
        insert("t", 1, 2);
        long second = stored("t").snapshot(2).timeMillis();
        String words = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
                .withZone(ZoneId.systemDefault())
                .format(Instant.ofEpochMilli(second));

        copy("t", "t_copy", Map.of("scan.mode", "from-timestamp", "scan.timestamp-millis", Long.toString(second)));
        stream("t", Map.of("scan.mode", "from-timestamp", "scan.timestamp", words))
                .writeStream()
                .option("checkpointLocation", checkpoint.resolve("second").toString())
                .toTable(name("t_copy_2"))
                .processAllAvailable();

        assertThat(ids("t_copy")).containsExactly("[2]");
        assertThat(ids("t_copy_2")).containsExactly("[2]");
    }

    @Test
    void aStreamBeginsWithTheStateOfTheEarliestSnapshotThatIsThere() throws Exception {
        tables("e", "e_copy");
        insert("e", 1, 2, 3);
        run("CALL sys.expire_snapshots(table => 'd.e', retain_max => 2, retain_min => 1)");

        copy("e", "e_copy", FROM_THE_EARLIEST);

        assertThat(ids("e_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "latest-full"})
    void aStreamOfATableWithoutSnapshotsBeginsWithItsFirst(String mode) throws Exception {
        String table = "empty_" + mode.replace('-', '_');
        tables(table, table + "_copy");

        copy(table, table + "_copy", Map.of("scan.mode", mode));
        insert(table, 1);
        copy(table, table + "_copy", Map.of("scan.mode", mode));

        assertThat(ids(table + "_copy")).containsExactly("[1]");
    }

    @Test
    void aStreamOfATableWithoutSnapshotsMayBeginAtTheFirstOne() throws Exception {
        tables("first", "first_copy");
        Map<String, String> start = Map.of("scan.snapshot-id", "1");

        copy("first", "first_copy", start);
        insert("first", 1);
        copy("first", "first_copy", start);

        assertThat(ids("first_copy")).containsExactly("[1]");
    }

    @Test
    void aStreamGoesOnThoughTheSnapshotThatItBeganWithHasExpired() throws Exception {
        tables("gone", "gone_copy");
        insert("gone", 1, 2);
        Map<String, String> start = Map.of("scan.mode", "from-snapshot", "scan.snapshot-id", "2");
        copy("gone", "gone_copy", start);
        insert("gone", 3);
        copy("gone", "gone_copy", start);
        expire("gone");
        insert("gone", 4);

        copy("gone", "gone_copy", start);

        assertThat(ids("gone_copy")).containsExactly("[2]", "[3]", "[4]");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        Map.of("read.stream.start", "yesterday"),
                        "A stream of table d.refusing cannot begin by 'read.stream.start'='yesterday'"),
                Arguments.of(
                        Map.of("scan.mode", "compacted-full"),
                        "A stream of table d.refusing cannot begin by 'scan.mode'='compacted-full'"),
                Arguments.of(
                        Map.of("scan.snapshot-id", "9"), "Table d.refusing has no snapshot 9: it has snapshot 1 alone"),
                Arguments.of(
                        Map.of("scan.snapshot-id", "3"), "Table d.refusing has no snapshot 3: it has snapshot 1 alone"),
                Arguments.of(
                        Map.of("scan.mode", "from-snapshot-full", "scan.snapshot-id", "9"),
                        "Table d.refusing has no snapshot 9: it has snapshot 1 alone"),
                Arguments.of(Map.of("scan.tag-name", "a"), "not by a tag or a version"),
                Arguments.of(
                        Map.of("scan.timestamp", "noon"),
                        "must be a time such as '2026-01-31 12:00:00', and is 'noon'"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aStreamThatBeginsOtherwiseIsRefused(Map<String, String> options, String message) {
        if (!session.spark().catalog().tableExists(name("refusing"))) {
            tables("refusing", "refusing_copy");
            insert("refusing", 1);
            run("CALL sys.create_tag(table => 'd.refusing', tag => 'a')");
        }

        assertThatThrownBy(() -> copy("refusing", "refusing_copy", options)).hasStackTraceContaining(message);
    }
}
