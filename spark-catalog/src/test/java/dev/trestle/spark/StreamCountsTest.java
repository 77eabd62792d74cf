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

import java.util.Map;
import org.apache.paimon.Snapshot;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the counts of a stream, which change as rows come, in the table that they are written to. */
class StreamCountsTest extends StreamFixture {

    private void words(String words, String properties) {
        run("CREATE TABLE " + words + " (word STRING)");
        run("CREATE TABLE " + words + "_counts (word STRING NOT NULL, n BIGINT, step BIGINT)"
                + (properties.isEmpty() ? "" : " TBLPROPERTIES (" + properties + ")"));
        run("INSERT INTO " + words + " VALUES ('a'), ('b'), ('a')");
    }

    private void count(String words, String mode) throws Exception {
        StreamingQuery query = stream(words, Map.of())
                .groupBy("word")
                .count()
                .selectExpr("word", "count AS n", "count AS step")
                .writeStream()
                .outputMode(mode)
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .toTable(name(words + "_counts"));
        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deduplicate", "partial-update"})
    void inUpdateModeACountTakesThePlaceOfTheOneOfItsKey(String engine) throws Exception {
        String words = "updated_" + engine.replace('-', '_');
        words(words, "'primary-key'='word', 'bucket'='1', 'merge-engine'='" + engine + "'");

        count(words, "update");
        run("INSERT INTO " + words + " VALUES ('a')");
        count(words, "update");

        assertThat(rows("SELECT word, n FROM " + words + "_counts ORDER BY word"))
                .containsExactly("[a,3]", "[b,1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "no_key; ",
                "first; 'primary-key'='word', 'bucket'='1', 'merge-engine'='first-row'",
                "summed; 'primary-key'='word', 'bucket'='1', 'merge-engine'='aggregation',"
                        + " 'fields.n.aggregate-function'='sum'",
                "parts; 'primary-key'='word', 'bucket'='1', 'merge-engine'='partial-update',"
                        + " 'fields.step.sequence-group'='n', 'fields.n.aggregate-function'='sum'"
            })
    void updateModeIsRefusedWhereACountDoesNotTakeThePlaceOfAnother(String words, String properties) {
        words(words, properties == null ? "" : properties);

        assertThatThrownBy(() -> count(words, "update")).hasStackTraceContaining("does not support Update mode");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {"all; ", "all_keys; 'primary-key'='word', 'bucket'='1'"})
    void inCompleteModeTheCountsTakeThePlaceOfAllRowsOnceABatch(String words, String properties) throws Exception {
        words(words, properties == null ? "" : properties);
        run("INSERT INTO " + words + "_counts VALUES ('z', 26, 26)");

        count(words, "complete");
        run("INSERT INTO " + words + " VALUES ('a')");
        count(words, "complete");
        long last = latest(words);
        forgetTheLastCommit();
        count(words, "complete");

        assertThat(rows("SELECT word, n FROM " + words + "_counts ORDER BY word"))
                .containsExactly("[a,3]", "[b,1]");
        assertThat(latest(words)).isEqualTo(last);
    }

    private long latest(String words) throws Exception {
        return stored(words + "_counts").latestSnapshot().map(Snapshot::id).orElseThrow();
    }
}
