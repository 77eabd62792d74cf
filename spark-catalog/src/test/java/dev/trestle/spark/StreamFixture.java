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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.io.TempDir;

/** Streams from a table into another one, each test with a checkpoint of its own. */
abstract class StreamFixture extends SharedCatalogFixture {

    static final long MOST_MILLIS = 60_000;

    /** The earliest snapshot that is there, with all rows. */
    static final Map<String, String> FROM_THE_EARLIEST = Map.of("read.stream.start", "earliest");

    @TempDir
    Path checkpoint;

    /** Makes two tables of an id and a text. */
    final void tables(String source, String sink) {
        run("CREATE TABLE " + source + " (id INT, v STRING)");
        run("CREATE TABLE " + sink + " (id INT, v STRING)");
    }

    /** Adds rows, each in a snapshot of its own. */
    final void insert(String table, int... ids) {
        for (int id : ids) {
            run("INSERT INTO " + table + " VALUES (" + id + ", 'v" + id + "')");
        }
    }

    final Dataset<Row> stream(String table, Map<String, String> options) {
        DataStreamReader reader = session.spark().readStream();
        options.forEach(reader::option);
        return reader.table(name(table));
    }

    final String name(String table) {
        return session.catalog() + ".d." + table;
    }

    /** Copies what there is now, from where the checkpoint says, and ends. */
    final StreamingQuery copy(String source, String sink, Map<String, String> options) throws Exception {
        return copy(stream(source, options), sink);
    }

    final StreamingQuery copy(Dataset<Row> rows, String sink) throws Exception {
        StreamingQuery query = rows.writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .toTable(name(sink));
        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
        return query;
    }

    /** Copies what there is now and what comes, until it is stopped or fails. */
    final StreamingQuery copyOn(Dataset<Row> rows, String sink) throws Exception {
        return rows.writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.ProcessingTime(100))
                .toTable(name(sink));
    }

    /** How many rows each batch had that had any. */
    static List<Long> batches(StreamingQuery query) {
        return Stream.of(query.recentProgress())
                .map(StreamingQueryProgress::numInputRows)
                .filter(rows -> rows > 0)
                .toList();
    }

    final List<String> ids(String table) {
        return rows("SELECT id FROM " + table + " ORDER BY id");
    }

    /** Expires all snapshots but the latest. */
    final void expire(String table) {
        run("CALL sys.expire_snapshots(table => 'd." + table + "', retain_max => 1, retain_min => 1)");
    }

    /** Puts Spark's note of the last batch away, as if the driver had ended between the table's commit and the note. */
    final void forgetTheLastCommit() throws IOException {
        Path commits = checkpoint.resolve("commits");
        try (Stream<Path> notes = Files.list(commits)) {
            Optional<Path> last = notes.filter(
                            note -> note.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparingInt(
                            note -> Integer.parseInt(note.getFileName().toString())));
            String name = last.orElseThrow().getFileName().toString();
            Files.delete(last.get());
            Files.deleteIfExists(commits.resolve("." + name + ".crc"));
        }
    }

    /** Takes back Spark's notes of all that came after a batch, which is the last one that was read then. */
    final void goBackToBatch(int batch) throws IOException {
        for (String notes : new String[] {"commits", "offsets"}) {
            for (int later = batch + 1; later < 100; later++) {
                Files.deleteIfExists(checkpoint.resolve(notes).resolve(Integer.toString(later)));
                Files.deleteIfExists(checkpoint.resolve(notes).resolve("." + later + ".crc"));
            }
        }
    }

    /** How many Parquet files are in a table's directory, those of earlier snapshots among them. */
    final long files(String table) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(stored(table).location().toUri()))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".parquet"))
                    .count();
        }
    }
}
