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

import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Paimon loads the catalog again for each snapshot that it reads: that costs nothing. */
@Timeout(120)
class LoaderTest {

    private static final int LOADS = 1_000;
    private static final int BYTES_OF_A_TABLE = 10_000;
    private static final Identifier T = Identifier.create("db", "t");

    private EmbeddedTestServer server;
    private RestCatalog catalog;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = EmbeddedTestServer.withToken(directory);
        CountingAuthFactory.reset();
        catalog = open(Map.of());
        catalog.createDatabase("db", false);
        catalog.createTable(T, Schema.newBuilder().column("k", DataTypes.INT()).build(), false);
        Rows.write(catalog.getTable(T), Rows.row(1));
        server.server().resetCallCounts();
    }

    @AfterEach
    void stop() {
        catalog.close();
        server.close();
    }

    @Test
    void loadsWithoutACall() throws Exception {
        CatalogLoader loader = catalog.catalogLoader();

        for (int i = 0; i < LOADS; i++) {
            try (Catalog view = loader.load()) {
                assertThat(view.options()).isEqualTo(catalog.options());
            }
        }

        assertThat(server.server().callCounts()).isEmpty();
        assertThat(CountingAuthFactory.CREATED).hasValue(1);
        assertThat(CountingAuthFactory.LOADED).hasValue(1);
        assertThat(CountingAuthFactory.CLOSED).isEmpty();
    }

    @Test
    void sharesOneClientAlsoAfterTravelling() throws Exception {
        Set<Thread> before = threads();
        for (int i = 0; i < LOADS; i++) {
            // Never closed, as Paimon sometimes leaves them.
            Catalog view = InstantiationUtil.clone(catalog.catalogLoader()).load();
            if (i % 50 == 0) {
                assertThat(view.getDatabase("db")).isNotNull();
                assertThat(view.loadSnapshot(T)).isPresent();
            }
        }

        assertThat(server.server().callCounts()).doesNotContainKey("getConfig");
        assertThat(server.server().callCounts().keySet()).allMatch(operation -> !operation.contains("onfig"));
        assertThat(CountingAuthFactory.CREATED).hasValue(1);
        assertThat(CountingAuthFactory.LOADED).hasValue(1);
        assertThat(newClientThreads(before))
                .as("of the HTTP client, which are two at most")
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aTableTravelsWithoutHadoopsDefaults() throws Exception {
        byte[] sent = InstantiationUtil.serializeObject(catalog.getTable(T));

        assertThat(sent).hasSizeLessThan(BYTES_OF_A_TABLE);
        Table arrived = InstantiationUtil.deserializeObject(sent, LoaderTest.class.getClassLoader());
        assertThat(Rows.read(arrived)).containsExactly("[1]");
        Rows.write(arrived, Rows.row(2));
        assertThat(Rows.read(catalog.getTable(T))).containsExactlyInAnyOrder("[1]", "[2]");
    }

    /** Paimon opens what a BLOB names with Hadoop's values, and sends them with the table. */
    @Test
    void aTableOfBlobsTravelsWithoutWhereHadoopHasItsValuesFrom() throws Exception {
        Identifier blobs = Identifier.create("db", "blobs");
        catalog.createTable(
                blobs,
                Schema.newBuilder()
                        .column("k", DataTypes.INT())
                        .column("b", DataTypes.BLOB())
                        .option("row-tracking.enabled", "true")
                        .option("data-evolution.enabled", "true")
                        .build(),
                false);
        RestCatalog arrived =
                (RestCatalog) InstantiationUtil.clone(catalog.catalogLoader()).load();
        FileStoreTable table = InstantiationUtil.clone((FileStoreTable) arrived.getTable(blobs));

        Configuration hadoop = table.catalogEnvironment().catalogContext().hadoopConf();

        assertThat(hadoop.get("fs.s3a.impl")).isNotNull();
        assertThat(hadoop.getPropertySources("fs.s3a.impl")).isEmpty();
    }

    @Test
    void sharesOneClientBetweenThreads() throws Exception {
        CatalogLoader loader = catalog.catalogLoader();
        Set<Thread> before = threads();
        ExecutorService executor = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, LOADS)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        try (Catalog view = InstantiationUtil.clone(loader).load()) {
                            return view.loadSnapshot(T).isPresent();
                        }
                    })
                    .toList();
            for (Future<Boolean> task : executor.invokeAll(tasks)) {
                assertThat(task.get()).isTrue();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(CountingAuthFactory.CREATED).hasValue(1);
        assertThat(CountingAuthFactory.LOADED).hasValue(1);
        assertThat(newClientThreads(before)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void readsATableWithTwoCalls() throws Exception {
        // What is asked once is known for as long as the test takes.
        RestCatalog fresh = open(Map.of("header.x-client", "another", "metadata-cache.expire-after", "10 min"));
        server.server().resetCallCounts();

        Table table = fresh.getTable(T);
        assertThat(Rows.read(table)).containsExactly("[1]");

        assertThat(server.server().callCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("%s", server.server().callCounts())
                .isLessThanOrEqualTo(2);
    }

    @Test
    void keepsApartWhoIsSomeoneElse() throws Exception {
        RestCatalog other = open(Map.of("header.x-tenant", "other"));

        assertThat(CountingAuthFactory.CREATED).hasValue(2);
        assertThat(other.options()).isNotEqualTo(catalog.options());
    }

    @Test
    void openingItAgainUsesTheConnectionAndTheTokenThatAreThere() throws Exception {
        RestCatalog again = open(Map.of());

        assertThat(again.getDatabase("db")).isNotNull();
        assertThat(server.server().callCounts()).containsEntry("getConfig", 1L);
        assertThat(CountingAuthFactory.CREATED).hasValue(1);
        assertThat(CountingAuthFactory.LOADED).hasValue(1);
    }

    private RestCatalog open(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.put("token.provider", "counting");
        options.putAll(more);
        return RestCatalog.open(options);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet();
    }

    private static Set<String> newClientThreads(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.contains("OkHttp") || name.contains("Okio") || name.contains("trestle"))
                .collect(Collectors.toSet());
    }
}
