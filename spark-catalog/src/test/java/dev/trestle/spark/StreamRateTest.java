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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How much a batch reads. */
class StreamRateTest extends StreamFixture {

    private static final String FILES = "read.stream.maxFilesPerTrigger";
    private static final String ROWS = "read.stream.maxRowsPerTrigger";
    private static final String LEAST = "read.stream.minRowsPerTrigger";
    private static final String DELAY = "read.stream.maxTriggerDelayMs";
    private static final String BYTES = "read.stream.maxBytesPerTrigger";

    static Stream<Arguments> rates() {
        return Stream.of(
                Arguments.of("none", Map.of(), List.of(3L)),
                Arguments.of("one_file", Map.of(FILES, "1"), List.of(1L, 1L, 1L)),
                Arguments.of("two_files", Map.of(FILES, "2"), List.of(2L, 1L)),
                Arguments.of("one_row", Map.of(ROWS, "1"), List.of(1L, 1L, 1L)),
                Arguments.of("one_byte", Map.of(BYTES, "1 b"), List.of(1L, 1L, 1L)),
                Arguments.of("rows_before_files", Map.of(FILES, "3", ROWS, "2"), List.of(2L, 1L)),
                Arguments.of("files_of_a_long", Map.of(FILES, "5000000000"), List.of(3L)),
                Arguments.of("rows_of_a_long", Map.of(ROWS, "5000000000"), List.of(3L)),
                Arguments.of("bytes_of_a_long", Map.of(BYTES, "9223372036854775807"), List.of(3L)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rates")
    void aBatchReadsNoMoreThanTheRateAllowsAndAllOfThemReadEverything(
            String rate, Map<String, String> options, List<Long> batches) throws Exception {
        String table = "r_" + rate;
        tables(table, table + "_copy");
        insert(table, 0, 1, 2);

        StreamingQuery query = copy(table, table + "_copy", fromTheEarliest(options));

        assertThat(batches(query)).isEqualTo(batches);
        assertThat(ids(table + "_copy")).containsExactly("[0]", "[1]", "[2]");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rates")
    void aStateOfManySplitsIsReadInPartsToo(String rate, Map<String, String> options, List<Long> batches)
            throws Exception {
        String table = "s_" + rate;
        run("CREATE TABLE " + table + " (id INT, v STRING) PARTITIONED BY (v)")
                .run("CREATE TABLE " + table + "_copy (id INT, v STRING)");
        run("INSERT INTO " + table + " VALUES (0, 'a'), (1, 'b'), (2, 'c')");

        StreamingQuery query = copy(table, table + "_copy", options);

        assertThat(batches(query)).isEqualTo(batches);
        assertThat(ids(table + "_copy")).containsExactly("[0]", "[1]", "[2]");
    }

    private static Map<String, String> fromTheEarliest(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(FROM_THE_EARLIEST);
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        FILES + ",0,must be a whole number from 1",
        ROWS + ",-1,must be a whole number from 1",
        ROWS + ",many,must be a whole number from 1",
        ROWS + ",9223372036854775808,must be a whole number from 1",
        BYTES + ",0 b,must be a size from 1 byte on",
        BYTES + ",1 pound,must be a size from 1 byte on"
    })
    void aRateThatIsNoneIsRefusedByItsName(String option, String value, String message) {
        String table = "w_" + Integer.toHexString((option + value).hashCode());
        tables(table, table + "_copy");

        assertThatThrownBy(() -> copy(table, table + "_copy", Map.of(option, value)))
                .hasStackTraceContaining("Option '" + option + "' " + message)
                .hasStackTraceContaining("is '" + value + "'");
    }

    @Test
    void aBatchWaitsForAsManyRowsAsItShallHaveAndNotTooLong() throws Exception {
        tables("least", "least_copy");
        insert("least", 1);
        StreamingQuery query = copyOn(stream("least", Map.of(LEAST, "2", DELAY, "600000")), "least_copy");
        query.processAllAvailable();
        insert("least", 2);
        query.processAllAvailable();
        List<String> waiting = ids("least_copy");
        insert("least", 3);
        query.processAllAvailable();
        query.stop();

        assertThat(waiting).containsExactly("[1]");
        assertThat(ids("least_copy")).containsExactly("[1]", "[2]", "[3]");
        insert("least", 4);
        copy("least", "least_copy", Map.of(LEAST, "100", DELAY, "600000"));
        assertThat(ids("least_copy")).as("of a run that ends").containsExactly("[1]", "[2]", "[3]", "[4]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '"',
            value = {"most, 'file.format'='parquet', 1", "keys, 'primary-key'='id', 1000"})
    void aBatchThatCannotHaveMoreDoesNotWaitForMore(String kind, String property, String most) throws Exception {
        String table = "full_" + kind;
        run("CREATE TABLE " + table + " (id INT NOT NULL, v STRING) TBLPROPERTIES (" + property + ")");
        run("CREATE TABLE " + table + "_copy (id INT, v STRING)");
        insert(table, 1, 2, 3);
        Map<String, String> rate = fromTheEarliest(Map.of(ROWS, most, LEAST, "100", DELAY, "600000"));

        StreamingQuery query = copyOn(stream(table, rate), table + "_copy");
        query.processAllAvailable();
        query.stop();

        assertThat(ids(table + "_copy")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void optionsOfARateThatAreNoneAreRefused() {
        tables("typed", "typed_copy");

        assertThatThrownBy(() -> copy("typed", "typed_copy", Map.of("read.stream.maxRowPerTrigger", "1")))
                .hasStackTraceContaining("A stream of table d.typed has no option 'read.stream.maxRowPerTrigger'")
                .hasStackTraceContaining(ROWS);
        assertThatThrownBy(() -> copy("typed", "typed_copy", Map.of(LEAST, "1")))
                .hasStackTraceContaining("Options '" + LEAST + "' and '" + DELAY + "' go together");
    }

    @Test
    void aRunOfWhatIsAvailableNowEndsWithWhatWasThereWhenItBegan() throws Exception {
        tables("now", "now_copy");
        insert("now", 1, 2);
        List<String> read = new ArrayList<>();
        VoidFunction2<Dataset<Row>, Long> addsAnotherRow = (rows, batch) -> {
            read.addAll(rows.collectAsList().stream()
                    .map(row -> row.get(0).toString())
                    .toList());
            insert("now", 10 + batch.intValue());
        };

        StreamingQuery query = stream("now", fromTheEarliest(Map.of(ROWS, "1")))
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .foreachBatch(addsAnotherRow)
                .start();

        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
        assertThat(read).containsExactly("1", "2");
    }
}
