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
import java.util.stream.Stream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of tables whose columns change. */
class StreamColumnsTest extends StreamFixture {

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        "widened",
                        "ALTER COLUMN n TYPE BIGINT",
                        "VALUES (2, 5000000000)",
                        "'n' was INT and is BIGINT",
                        "id, n",
                        "[2,5000000000]"),
                Arguments.of("added", "ADD COLUMN m INT", "VALUES (2, 20, 7)", "'m' was added", "id, m AS n", "[2,7]"),
                Arguments.of(
                        "dropped",
                        "DROP COLUMN n",
                        "VALUES (2)",
                        "'n' was dropped",
                        "id, CAST(id AS BIGINT) AS n",
                        "[2,2]"),
                Arguments.of(
                        "renamed",
                        "RENAME COLUMN n TO m",
                        "VALUES (2, 20)",
                        "'n' was renamed to 'm'",
                        "id, m AS n",
                        "[2,20]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aRunningStreamFailsAtRowsOfChangedColumnsAndGoesOnWithThemWhenItIsStartedAgain(
            String table, String change, String row, String message, String columnsThen, String read) throws Exception {
        run("CREATE TABLE " + table + " (id INT, n INT)").run("CREATE TABLE " + table + "_copy (id INT, n BIGINT)");
        run("INSERT INTO " + table + " VALUES (1, 10)");
        StreamingQuery query = copyOn(stream(table, Map.of()), table + "_copy");
        query.processAllAvailable();
        run("ALTER TABLE " + table + " " + change).run("INSERT INTO " + table + " " + row);

        assertThatThrownBy(() -> query.awaitTermination(MOST_MILLIS))
                .hasStackTraceContaining(
                        "Columns of table d." + table + " were changed while a stream reads it: " + message)
                .hasStackTraceContaining("Start the query again from its checkpoint");
        assertThat(rows("SELECT * FROM " + table + "_copy")).containsExactly("[1,10]");
        copy(stream(table, Map.of()).selectExpr(columnsThen.split(", ")), table + "_copy");
        assertThat(rows("SELECT * FROM " + table + "_copy ORDER BY id")).containsExactly("[1,10]", read);
    }

    @Test
    void optionsAndCommentsDoNotStopAStream() throws Exception {
        tables("commented", "commented_copy");
        insert("commented", 1);
        StreamingQuery query = copyOn(stream("commented", Map.of()), "commented_copy");
        query.processAllAvailable();
        run("ALTER TABLE commented SET TBLPROPERTIES ('snapshot.num-retained.min'='5')")
                .run("ALTER TABLE commented ALTER COLUMN v COMMENT 'a text'")
                .run("ALTER TABLE commented ALTER COLUMN v FIRST");
        run("INSERT INTO commented (id, v) VALUES (2, 'b')");

        query.processAllAvailable();
        query.stop();

        assertThat(rows("SELECT * FROM commented_copy ORDER BY id")).containsExactly("[1,v1]", "[2,b]");
    }

    @ParameterizedTest
    @CsvSource({"in_struct, s.f", "in_array, a.element.f", "in_map, m.value.f"})
    void commentsOfPartsOfAColumnDoNotStopAStreamAndOtherTypesDo(String table, String part) throws Exception {
        run("CREATE TABLE " + table
                + " (id INT, s STRUCT<f: INT>, a ARRAY<STRUCT<f: INT>>, m MAP<INT, STRUCT<f: INT>>)");
        run("CREATE TABLE " + table + "_copy (id INT)");
        run("INSERT INTO " + table + " (id) VALUES (1)");
        StreamingQuery query = copyOn(stream(table, Map.of()).select("id"), table + "_copy");
        query.processAllAvailable();
        run("ALTER TABLE " + table + " ALTER COLUMN " + part + " COMMENT 'a number'")
                .run("INSERT INTO " + table + " (id) VALUES (2)");
        query.processAllAvailable();
        List<String> commented = ids(table + "_copy");
        run("ALTER TABLE " + table + " ALTER COLUMN " + part + " TYPE BIGINT")
                .run("INSERT INTO " + table + " (id) VALUES (3)");

        assertThatThrownBy(() -> query.awaitTermination(MOST_MILLIS))
                .hasStackTraceContaining("Columns of table d." + table + " were changed while a stream reads it: '"
                        + part.charAt(0) + "' was ");
        assertThat(commented).containsExactly("[1]", "[2]");
    }

    @Test
    void rowsFromBeforeAChangeAreReadByTheColumnsOfTheTimeOfTheStart() throws Exception {
        run("CREATE TABLE older (id INT, n INT)").run("CREATE TABLE older_copy (id INT, n BIGINT)");
        run("INSERT INTO older VALUES (1, 10)")
                .run("ALTER TABLE older ALTER COLUMN n TYPE BIGINT")
                .run("INSERT INTO older VALUES (2, 5000000000)");

        copy("older", "older_copy", FROM_THE_EARLIEST);

        assertThat(rows("SELECT * FROM older_copy ORDER BY id")).isEqualTo(List.of("[1,10]", "[2,5000000000]"));
    }
}
