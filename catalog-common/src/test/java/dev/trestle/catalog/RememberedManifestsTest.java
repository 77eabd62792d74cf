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
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Manifests that were read once are not read again. */
@Timeout(60)
class RememberedManifestsTest {

    private static final Identifier T = Identifier.create("db", "t");

    private EmbeddedTestServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = EmbeddedTestServer.withToken(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RestCatalog open(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.putAll(more);
        return RestCatalog.open(options);
    }

    /** Reads the rows of a new table, before and after its manifests were made empty: the rows, or why they are not there. */
    private Object readWithoutManifests(RestCatalog catalog) throws Exception {
        catalog.createDatabase("db", false);
        catalog.createTable(T, Schema.newBuilder().column("k", DataTypes.INT()).build(), false);
        Rows.write(catalog.getTable(T), Rows.row(7));
        assertThat(Rows.read(catalog.getTable(T))).containsExactly("[7]");

        FileStoreTable table = (FileStoreTable) catalog.getTable(T);
        try (Stream<Path> manifests =
                Files.list(Path.of(table.location().toUri().getPath(), "manifest"))) {
            for (Path manifest : manifests.toList()) {
                Files.write(manifest, new byte[0]);
            }
        }
        Object[] rows = new Object[1];
        Throwable failure = catchThrowable(() -> rows[0] = Rows.read(catalog.getTable(T)));
        return failure == null ? rows[0] : failure;
    }

    @Test
    void theyAreReadOnce() throws Exception {
        try (RestCatalog catalog = open(Map.of())) {
            assertThat(readWithoutManifests(catalog)).hasToString("[[7]]");
        }
    }

    @Test
    void noneIsRememberedWithoutMemoryForIt() throws Exception {
        try (RestCatalog catalog = open(Map.of("cache.manifest.small-file-memory", "0 b"))) {
            assertThat(readWithoutManifests(catalog)).isInstanceOf(Throwable.class);
        }
    }
}
