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
package dev.trestle.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.table.FileStoreTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment loses nothing that was confirmed, and leaves nothing half-made. */
class CrashTest {

    private static final int CLIENTS = 3;

    @TempDir
    private Path directory;

    @Test
    @Timeout(180)
    void losesNothingWhenKilled() throws Exception {
        killAgainAndAgain(6);
    }

    @Test
    @Tag("full")
    @Timeout(900)
    void losesNothingWhenKilledManyTimes() throws Exception {
        killAgainAndAgain(50);
    }

    private void killAgainAndAgain(int times) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path warehouse = directory.resolve("warehouse");
        List<CrashModel> models = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new CrashModel("c" + i, random.nextLong()))
                .toList();
        ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int round = 0; round <= times; round++) {
                try (ServerProcess server = ServerProcess.start(directory.resolve("server.log"), warehouse)) {
                    for (CrashModel model : models) {
                        try (Catalog catalog = connect(server, warehouse)) {
                            model.verify(catalog);
                        }
                    }
                    verifyFiles(server, warehouse);
                    CountDownLatch enough = new CountDownLatch(1 + random.nextInt(60));
                    List<Future<?>> clients = models.stream()
                            .<Future<?>>map(model -> executor.submit(() -> run(model, server, warehouse, enough)))
                            .toList();
                    assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
                    server.kill();
                    for (Future<?> client : clients) {
                        client.get();
                    }
                } catch (AssertionError e) {
                    throw new AssertionError("In round " + round + " with seed " + seed + ": " + e.getMessage(), e);
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void run(CrashModel model, ServerProcess server, Path warehouse, CountDownLatch enough) {
        try (Catalog catalog = connect(server, warehouse)) {
            while (!Thread.currentThread().isInterrupted()) {
                model.step(catalog);
                enough.countDown();
            }
        } catch (Exception e) {
            if (enough.getCount() > 0) {
                throw new IllegalStateException("A change failed before the server was killed", e);
            }
        }
    }

    private static Catalog connect(ServerProcess server, Path warehouse) {
        return PaimonClient.connect(Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                warehouse.toString(),
                // Paimon's client has no way to show nothing; this server asks for nothing.
                "token.provider",
                "bear",
                "token",
                "any"));
    }

    /** Each table has its files, each table's directory belongs to a table, and snapshots have no gap. */
    private static void verifyFiles(ServerProcess server, Path warehouse) throws Exception {
        try (Catalog catalog = connect(server, warehouse)) {
            Set<String> paths = new HashSet<>();
            for (String database : catalog.listDatabases()) {
                for (String name : catalog.listTables(database)) {
                    FileStoreTable table = (FileStoreTable) catalog.getTable(Identifier.create(database, name));
                    paths.add(table.location().toUri().getPath());
                    Long latest = table.snapshotManager().latestSnapshotId();
                    long count;
                    try (Stream<Long> ids = table.snapshotManager().snapshotIdStream()) {
                        count = ids.count();
                    }
                    assertThat(count).isEqualTo(latest == null ? 0 : latest);
                }
            }
            assertThat(tableDirectories(warehouse)).isEqualTo(paths);
        }
    }

    private static Set<String> tableDirectories(Path warehouse) throws IOException {
        try (Stream<Path> all = Files.walk(warehouse, 2)) {
            return all.filter(path -> path.getFileName().toString().startsWith("tbl-"))
                    .map(Path::toString)
                    .collect(Collectors.toSet());
        }
    }
}
