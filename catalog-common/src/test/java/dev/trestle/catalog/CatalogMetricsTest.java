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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.catalog.CatalogMetrics.Operation;
import dev.trestle.catalog.CatalogMetrics.Snapshot;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a catalog counts of its own work. */
@Timeout(60)
class CatalogMetricsTest {

    @TempDir
    private Path directory;

    private CatalogServer server;
    private RestCatalog catalog;

    @BeforeEach
    void open() {
        server = CatalogServer.start(ServerOptions.builder(directory).build());
        catalog = openCatalog();
    }

    @AfterEach
    void close() throws Exception {
        catalog.close();
        server.close();
    }

    @Test
    void countsCallsAndWhatIsKnownAlready() throws Exception {
        catalog.createDatabase("db", false, Map.of());
        catalog.getDatabase("db");
        catalog.getDatabase("db");
        assertThatThrownBy(() -> catalog.getDatabase("none")).isInstanceOf(Catalog.DatabaseNotExistException.class);

        Snapshot counted = catalog.metrics().snapshot();
        assertThat(counted.operation("getConfiguration").calls()).isEqualTo(1);
        assertThat(counted.operation("createDatabase").calls()).isEqualTo(1);
        assertThat(counted.operation("getDatabase").errors())
                .as("that one is missing is no error")
                .isZero();
        assertThat(counted.total().calls())
                .isEqualTo(server.callCounts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        assertThat(counted.cacheHits()).isPositive();
        assertThat(counted.cacheMisses()).isPositive();
        assertThat(counted.total().totalTime()).isPositive();
        assertThat(counted.authTokenLoads()).isZero();
    }

    @Test
    void viewsOfOneClientCountTogether() throws Exception {
        catalog.createDatabase("db", false, Map.of());
        CatalogLoader loader = catalog.catalogLoader();
        try (Catalog view = loader.load();
                RestCatalog same = openCatalog()) {
            view.listTables("db");
            same.listTables("db");

            Snapshot counted = catalog.metrics().snapshot();
            assertThat(counted.operation("listTables").calls()).isEqualTo(2);
            assertThat(counted.operation("getConfiguration").calls())
                    .as("each opening asks for the configuration")
                    .isEqualTo(2);
        }
    }

    @Test
    void addsUpOperations() {
        Operation one = new Operation(2, 1, 0, Duration.ofMillis(30), Duration.ofMillis(20));
        Operation other = new Operation(1, 0, 4, Duration.ofMillis(60), Duration.ofMillis(60));

        assertThat(new Snapshot(Map.of("a", one, "b", other), 0, 0, 0, 0).total())
                .isEqualTo(new Operation(3, 1, 4, Duration.ofMillis(90), Duration.ofMillis(60)));
        assertThat(one.meanTime()).isEqualTo(Duration.ofMillis(15));
        assertThat(Operation.NONE.meanTime()).isZero();
    }

    @Test
    void credentialsForFilesAreCountedWhereTheyWereGiven() {
        Operation vending = new Operation(3, 1, 0, Duration.ZERO, Duration.ZERO);

        assertThat(new Snapshot(Map.of("getDataTokenOf", vending), 0, 0, 0, 0).vendedTokenLoads())
                .isEqualTo(2);
    }

    private RestCatalog openCatalog() {
        // What is known stays so for as long as a test takes.
        return RestCatalog.open(Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "metadata-cache.expire-after",
                "10 min"));
    }
}
