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

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.Test;

class BatchReadTest extends CatalogFixture {

    @Test
    void aReadOfWhichTheFilesCannotBeFoundFailsItsJob() throws Exception {
        session.run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES 1");
        Path manifests =
                Path.of(((FileStoreTable) stored("t")).location().toUri().getPath(), "manifest");
        for (Path manifest : filesIn(manifests)) {
            Files.delete(manifest);
        }
        session.set("table.optimizer.source.report-statistics-enabled", "false");

        assertThatThrownBy(() -> rows("SELECT * FROM t"))
                .hasStackTraceContaining("JobExecutionException")
                .hasStackTraceContaining("What a table's read consists of could not be planned")
                .hasStackTraceContaining("FileNotFoundException");
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
