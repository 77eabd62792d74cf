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
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.storage.TableCredentialsException;
import dev.trestle.server.CatalogServer;
import dev.trestle.server.ServerOptions;
import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.catalog.DataTokenSettings.KeyNames;
import dev.trestle.server.files.ScopedKey;
import dev.trestle.server.objectstore.TestObjectStore;
import dev.trestle.server.store.StoreSettings;
import dev.trestle.server.suite.Rows;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.fs.SeekableInputStream;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.utils.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables on an object store that checks signatures, opened with keys that the service vends. */
@Timeout(180)
class VendedCredentialsTest {

    private static final Identifier T = Identifier.create("db", "t");
    private static final Identifier U = Identifier.create("db", "u");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Of keys that are to end in a test. They are renewed at half of it, which leaves half for a slow machine. */
    private static final Duration SHORT_LIFE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private TestObjectStore objects;
    private CatalogServer server;
    private RestCatalog catalog;

    @BeforeEach
    void start() {
        objects = TestObjectStore.start(directory.resolve("objects"));
    }

    @AfterEach
    void stop() {
        if (catalog != null) {
            catalog.close();
            server.close();
        }
        objects.close();
    }

    private void serve(Duration life, String storeSecret) throws Exception {
        ServerOptions.Builder options = ServerOptions.builder("s3://" + TestObjectStore.BUCKET + "/wh")
                .store(StoreSettings.sqlite(directory.resolve("catalog.db")))
                .dataTokens(new DataTokenSettings(life, KeyNames.S3, objects.endpointOptions(), storeSecret));
        objects.ownerOptions().forEach(options::storageOption);
        server = CatalogServer.start(options.build());
        Map<String, String> client = new HashMap<>();
        client.put("uri", server.uri().toString());
        client.put("warehouse", server.warehouse());
        client.put("http.max-attempts", "2");
        catalog = RestCatalog.open(client);
        catalog.createDatabase("db", false);
        catalog.createTable(T, schema(), false);
    }

    private static Schema schema() {
        return Schema.newBuilder().column("id", DataTypes.INT()).build();
    }

    private FileStoreTable table(Identifier identifier) throws Exception {
        return (FileStoreTable) catalog.getTable(identifier);
    }

    @Test
    void aTableIsWrittenAndReadWhileKeysExpireTwice() throws Exception {
        serve(SHORT_LIFE, objects.secret());
        FileStoreTable table = table(T);
        Instant limit = Instant.now().plus(LIMIT);

        int rows = 0;
        while (endedKeys() < 2) {
            assertThat(Instant.now()).as("keys do not expire").isBefore(limit);
            Rows.write(table, Rows.row(rows++));
        }

        assertThat(Rows.read(table)).hasSize(rows);
        assertThat(objects.refused()).isZero();
    }

    private long endedKeys() {
        return objects.acceptedKeys().stream()
                .map(id -> ScopedKey.scope(id).orElseThrow())
                .filter(scope -> scope.expiresAtMillis() < System.currentTimeMillis())
                .count();
    }

    @Test
    void aFileThatIsReadForLongerThanAKeyLivesIsReadToItsEnd() throws Exception {
        serve(SHORT_LIFE, objects.secret());
        FileIO files = table(T).fileIO();
        org.apache.paimon.fs.Path file = new org.apache.paimon.fs.Path(table(T).location(), "long");
        files.writeFile(file, "0123456789".repeat(1_000), false);
        Instant limit = Instant.now().plus(LIMIT);

        try (SeekableInputStream in = files.newInputStream(file)) {
            assertThat(in.read()).isEqualTo('0');
            while (endedKeys() < 2) {
                assertThat(Instant.now()).as("keys do not expire").isBefore(limit);
                files.exists(file);
            }
            assertThat(in.getPos()).isEqualTo(1);
            assertThat(in.read()).isEqualTo('1');
            in.seek(9_995);
            assertThat(in.readAllBytes()).asString().isEqualTo("56789");
        }
        assertThat(objects.refused()).isZero();
    }

    @Test
    void eachTableHasAKeyOfItsOwnAndNoFileCostsACall() throws Exception {
        serve(Duration.ofHours(2), objects.secret());
        catalog.createTable(U, schema(), false);
        server.resetCallCounts();

        for (Identifier identifier : List.of(T, U)) {
            FileStoreTable table = table(identifier);
            for (int i = 0; i < 3; i++) {
                Rows.write(table, Rows.row(i));
            }
            assertThat(Rows.read(table)).hasSize(3);
        }

        assertThat(objects.acceptedKeys()).hasSize(2);
        assertThat(server.callCounts()).containsEntry("getTableToken", 2L);
        assertThatThrownBy(() ->
                        table(T).fileIO().exists(new org.apache.paimon.fs.Path(table(U).location(), "snapshot/LATEST")))
                .isInstanceOf(TableCredentialsException.class)
                .hasMessageContaining("'db.t'");
    }

    @Test
    void aTableThatIsDroppedAndMadeAgainIsOpenedWithItsNewKey() throws Exception {
        serve(Duration.ofHours(2), objects.secret());
        Rows.write(table(T), Rows.row(1));
        catalog.dropTable(T, false);
        catalog.createTable(T, schema(), false);

        Rows.write(table(T), Rows.row(2));

        assertThat(Rows.read(table(T))).containsExactly("[2]");
    }

    @Test
    void aTableThatTravelledToAnotherProcessAsksForItsOwnKey() throws Exception {
        serve(Duration.ofHours(2), objects.secret());
        FileStoreTable table = table(T);
        Rows.write(table, IntStream.range(0, 3).mapToObj(Rows::row).toArray(GenericRow[]::new));
        byte[] serialized = InstantiationUtil.serializeObject(table);
        String key = objects.acceptedKeys().iterator().next();
        assertThat(new String(serialized, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(key)
                .doesNotContain(ScopedKey.of(key, objects.secret()).secretAccessKey());
        Path in = Files.write(directory.resolve("table"), serialized);
        Path out = directory.resolve("rows");
        server.resetCallCounts();

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TableReader.class.getName(),
                        in.toString(),
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(directory.toFile(), "log"))
                .start();
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).as(() -> log(directory.resolve("log"))).isZero();
        assertThat(Files.readAllLines(out)).containsExactly("[0]", "[1]", "[2]");
        assertThat(server.callCounts()).containsEntry("getTableToken", 1L).doesNotContainKey("getConfig");
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    @Test
    void keysThatTheStoreRefusesAreSaidToBeTheServices() throws Exception {
        serve(Duration.ofHours(2), "not-the-store's");

        Throwable failure = catchThrowable(() -> table(T).fileIO().exists(table(T).location()));

        assertThat(failure)
                .isInstanceOf(TableCredentialsException.class)
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("403")
                .hasMessageNotContaining("not-the-store's");
    }

    @Test
    void aServiceThatIsDownWhenTheKeyEndsIsNamedWithTheTable() throws Exception {
        serve(Duration.ofSeconds(2), objects.secret());
        FileStoreTable table = table(T);
        table.fileIO().exists(table.location());
        server.close();
        Instant limit = Instant.now().plus(LIMIT);

        Throwable failure = null;
        while (failure == null) {
            assertThat(Instant.now()).as("the key does not expire").isBefore(limit);
            failure = catchThrowable(() -> table.fileIO().exists(table.location()));
        }

        assertThat(failure)
                .isInstanceOf(TableCredentialsException.class)
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("no connection");
    }

    @Test
    void aServiceThatVendsNothingIsQuoted() throws Exception {
        server = CatalogServer.start(
                ServerOptions.builder(directory.resolve("wh")).build());
        catalog = RestCatalog.open(
                Map.of("uri", server.uri().toString(), "warehouse", server.warehouse(), "data-token.enabled", "true"));
        catalog.createDatabase("db", false);
        catalog.createTable(T, schema(), false);

        assertThatThrownBy(() -> table(T).fileIO().exists(table(T).location()))
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("--data-token-life");
    }
}
