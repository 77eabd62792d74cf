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
package dev.trestle.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.server.suite.Rows;
import dev.trestle.server.suite.StarRocksTestServer;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writers in processes of their own, in both dialects, at one table: each commit is there, once. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrentFileCommitsTest {

    private static final int ROWS = 15;
    private static final Identifier T = Identifier.create("db", "t");

    @TempDir
    private Path directory;

    @Test
    void letsNoCommitReplaceAnother() throws Exception {
        try (StarRocksTestServer server = StarRocksTestServer.atOnce(directory.resolve("server"));
                Catalog paimon = RestCatalog.open(server.paimonClientOptions())) {
            paimon.createDatabase("db", false);
            Schema schema = Schema.newBuilder()
                    .column("k", DataTypes.INT())
                    .column("v", DataTypes.STRING())
                    .option("commit.max-retries", "100")
                    .option("commit.max-retry-wait", "50 ms")
                    .build();
            paimon.createTable(T, schema, false);

            List<Process> writers = List.of(start(server, 1_000), start(server, 2_000));
            FileCommitProgram.commit(paimon.getTable(T), 3_000, ROWS);
            for (Process writer : writers) {
                assertThat(writer.waitFor())
                        .as("exit status, see %s", directory)
                        .isZero();
            }

            FileStoreTable table = (FileStoreTable) paimon.getTable(T);
            assertThat(Rows.read(table)).hasSize(3 * ROWS).doesNotHaveDuplicates();
            assertThat(table.snapshotManager().latestSnapshotId()).isEqualTo(3 * ROWS);
        }
    }

    private Process start(StarRocksTestServer server, int first) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FileCommitProgram.class.getName(),
                Integer.toString(first),
                Integer.toString(ROWS)));
        server.clientOptions().forEach((key, value) -> command.add(key + "=" + value));
        File log = directory.resolve("writer-" + first + ".log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
    }
}
