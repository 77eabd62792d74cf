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
package dev.trestle.flink.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.format.TwoPhaseCommitMessage;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plain files of several tasks, any of which, and the one that publishes them, may have to run again. */
class FilesSinkTest {

    @TempDir
    Path directory;

    private FormatTable table;

    @BeforeEach
    void makeTable() {
        table = FormatTable.builder()
                .fileIO(LocalFileIO.create())
                .identifier(Identifier.create("d", "t"))
                .rowType(RowType.of(DataTypes.INT()))
                .partitionKeys(List.of())
                .location(directory.toUri().toString())
                .format(FormatTable.Format.CSV)
                .options(Map.of("path", directory.toUri().toString(), "file.format", "csv"))
                .build();
    }

    /** What one task writes and hands over; it does so through its serializer, as to another machine. */
    private static List<CommitMessage> written(FilesSink sink, int... ids) throws Exception {
        List<CommitMessage> files = new ArrayList<>();
        WrittenFilesSerializer serializer = new WrittenFilesSerializer();
        try (CommittingSinkWriter<RowData, WrittenFiles> writer = sink.createWriter(null)) {
            for (int id : ids) {
                writer.write(GenericRowData.of(id), null);
            }
            writer.flush(true);
            for (WrittenFiles each : writer.prepareCommit()) {
                files.addAll(serializer
                        .deserialize(serializer.getVersion(), serializer.serialize(each))
                        .files());
            }
        }
        return files;
    }

    private static List<CommitMessage> together(List<CommitMessage> one, List<CommitMessage> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** The lines of the files that can be seen. */
    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".csv"))
                    .toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }

    @Test
    void filesAreThereOnceAllTasksHaveEnded() throws Exception {
        FilesSink sink = FilesSink.adding(table);
        List<CommitMessage> one = written(sink, 1, 2);
        List<CommitMessage> other = written(sink, 3);
        assertThat(rows()).isEmpty();

        sink.committer().publish(together(one, other));

        assertThat(rows()).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void rowsOfATaskThatRanTwiceAreThereOnce() throws Exception {
        FilesSink sink = FilesSink.adding(table);
        written(sink, 1, 2);
        List<CommitMessage> again = written(sink, 1, 2);

        sink.committer().publish(again);

        assertThat(rows()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void publishingThatIsRunAgainGoesOnWhereItWas() throws Exception {
        FilesSink adding = FilesSink.adding(table);
        adding.committer().publish(written(adding, 0));
        FilesSink sink = FilesSink.overwriting(table, Map.of());
        List<CommitMessage> one = written(sink, 1, 2);
        List<CommitMessage> files = together(one, written(sink, 3));
        // It came as far as this: what is overwritten is gone, and the first file there.
        sink.committer().publish(List.of());
        ((TwoPhaseCommitMessage) one.get(0)).getCommitter().commit(table.fileIO());

        sink.committer().publish(files);
        assertThat(rows()).containsExactlyInAnyOrder("1", "2", "3");
        sink.committer().publish(files);
        assertThat(rows()).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void nothingIsThereWhereAFileCannotBePublished() throws Exception {
        FilesSink sink = FilesSink.adding(table);
        List<CommitMessage> lost = written(sink, 3);
        ((TwoPhaseCommitMessage) lost.get(0)).getCommitter().discard(table.fileIO());
        List<CommitMessage> files = together(written(sink, 1, 2), lost);

        assertThatThrownBy(() -> sink.committer().publish(files)).hasStackTraceContaining("rename");

        assertThat(rows()).isEmpty();
    }

    @Test
    void aTaskThatFailsLeavesNoFiles() throws Exception {
        try (CommittingSinkWriter<RowData, WrittenFiles> writer =
                FilesSink.adding(table).createWriter(null)) {
            writer.write(GenericRowData.of(1), null);
        }

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
