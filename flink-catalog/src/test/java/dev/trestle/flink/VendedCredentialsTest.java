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

import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.catalog.DataTokenSettings.KeyNames;
import dev.trestle.server.files.ScopedKey;
import dev.trestle.server.objectstore.TestObjectStore;
import dev.trestle.server.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on an object store that checks signatures, with keys that the service vends and that live for seconds. */
@Timeout(
        value = 4,
        unit = TimeUnit.MINUTES,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // Flink's wait for rows lets nobody interrupt it.
class VendedCredentialsTest {

    /** Keys are renewed at half of it, which leaves half for a slow machine. */
    private static final Duration KEY_LIFE = Duration.ofSeconds(12);

    private static final int ROWS = 72;

    @TempDir
    private Path directory;

    private TestObjectStore objects;
    private CatalogServer server;

    @BeforeEach
    void start() {
        objects = TestObjectStore.start(directory.resolve("objects"));
        ServerOptions.Builder options = ServerOptions.builder("s3://" + TestObjectStore.BUCKET + "/wh")
                .store(StoreSettings.sqlite(directory.resolve("catalog.db")))
                .dataTokens(new DataTokenSettings(KEY_LIFE, KeyNames.S3, objects.endpointOptions(), objects.secret()));
        objects.ownerOptions().forEach(options::storageOption);
        server = CatalogServer.start(options.build());
    }

    @AfterEach
    void stop() {
        server.close();
        objects.close();
    }

    private FlinkSession open(FlinkSession session) {
        return session.useCatalog(
                "c", Map.of("type", "trestle", "uri", server.uri().toString(), "warehouse", server.warehouse()));
    }

    @Test
    void aStreamWritesAndAnotherReadsWhileKeysExpireTwice() throws Exception {
        // No job is started again, so one that a key's end had stopped would not come to its own.
        FlinkSession writer = open(FlinkSession.streaming()
                .set("execution.checkpointing.interval", "500 ms")
                .set("table.dml-sync", "false"));
        writer.run("CREATE DATABASE d")
                .run("USE d")
                .run("CREATE TABLE t (id INT, v STRING) WITH ('continuous.discovery-interval'='200 ms')")
                .run("CREATE TEMPORARY TABLE source (id INT, v STRING) WITH ('connector'='datagen',"
                        + " 'rows-per-second'='3', 'fields.id.kind'='sequence', 'fields.id.start'='1',"
                        + " 'fields.id.end'='" + ROWS + "')");
        JobClient job = writer.environment()
                .executeSql("INSERT INTO t SELECT id, v FROM source")
                .getJobClient()
                .orElseThrow();

        Set<Object> read = new HashSet<>();
        FlinkSession reader = open(FlinkSession.streaming()).run("USE d");
        try (CloseableIterator<Row> rows =
                reader.environment().executeSql("SELECT id FROM t").collect()) {
            while (read.size() < ROWS) {
                read.add(rows.next().getField(0));
            }
        }
        job.getJobExecutionResult().get();

        assertThat(objects.acceptedKeys().stream()
                        .map(id -> ScopedKey.scope(id).orElseThrow().expiresAtMillis())
                        .filter(end -> end < System.currentTimeMillis()))
                .as("keys that expired meanwhile")
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(objects.refused()).as("requests with a key that had ended").isZero();
        FlinkSession batch = open(FlinkSession.batch()).run("USE d");
        assertThat(batch.rows("SELECT COUNT(*), MIN(id), MAX(id) FROM t"))
                .containsExactly("[" + ROWS + ", 1, " + ROWS + "]");
        batch.close();
        reader.close();
        writer.close();
    }
}
