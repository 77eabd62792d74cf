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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.catalog.DataTokenSettings.KeyNames;
import dev.trestle.server.files.ScopedKey;
import dev.trestle.server.objectstore.TestObjectStore;
import dev.trestle.server.store.StoreSettings;
import dev.trestle.server.suite.Rows;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.CatalogContext;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.FileIO;
import org.apache.paimon.options.Options;
import org.apache.paimon.rest.RESTApi;
import org.apache.paimon.rest.responses.ConfigResponse;
import org.apache.paimon.rest.responses.GetTableTokenResponse;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse on an object store, and keys that are vended for its tables. */
@Timeout(120)
class DataTokenTest {

    private static final Schema SCHEMA =
            Schema.newBuilder().column("id", DataTypes.INT()).build();

    @TempDir
    private Path directory;

    private TestObjectStore objects;

    @BeforeEach
    void start() {
        objects = TestObjectStore.start(directory.resolve("objects"));
    }

    @AfterEach
    void stop() {
        objects.close();
    }

    private ServerOptions.Builder onObjects() {
        ServerOptions.Builder options = ServerOptions.builder("s3://" + TestObjectStore.BUCKET + "/wh")
                .store(StoreSettings.sqlite(directory.resolve("catalog.db")));
        objects.ownerOptions().forEach(options::storageOption);
        return options;
    }

    private CatalogServer vending(Duration life, KeyNames names, Clock clock) {
        return CatalogServer.start(onObjects()
                .dataTokens(new DataTokenSettings(life, names, objects.endpointOptions(), objects.secret()))
                .clock(clock)
                .build());
    }

    private static Catalog connect(CatalogServer server) {
        return PaimonClient.connect(Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "bear",
                "token",
                "x"));
    }

    private static void createTables(CatalogServer server, String... tables) throws Exception {
        try (Catalog catalog = connect(server)) {
            catalog.createDatabase("d", true);
            for (String table : tables) {
                catalog.createTable(Identifier.create("d", table), SCHEMA, false);
            }
        }
    }

    private static GetTableTokenResponse token(CatalogServer server, String table) throws Exception {
        return RESTApi.fromJson(
                Http.get(server.uri(), "/v1/trestle/databases/d/tables/" + table + "/token")
                        .body(),
                GetTableTokenResponse.class);
    }

    private FileIO files(Map<String, String> token, String path) throws Exception {
        return FileIO.get(
                new org.apache.paimon.fs.Path(path), CatalogContext.create(Options.fromMap(new HashMap<>(token))));
    }

    @Test
    void paimonsOwnClientWritesAndReadsWithVendedKeys() throws Exception {
        try (CatalogServer server = vending(Duration.ofHours(2), KeyNames.S3, Clock.systemUTC());
                Catalog catalog = connect(server)) {
            createTables(server, "t");

            Rows.write(catalog.getTable(Identifier.create("d", "t")), Rows.row(1), Rows.row(2));

            assertThat(Rows.read(catalog.getTable(Identifier.create("d", "t")))).containsExactly("[1]", "[2]");
            assertThat(RESTApi.fromJson(Http.get(server.uri(), "/v1/config").body(), ConfigResponse.class)
                            .getDefaults())
                    .containsEntry("data-token.enabled", "true");
        }
        assertThat(objects.acceptedKeys()).isNotEmpty();
        assertThat(objects.refused()).isZero();
    }

    @Test
    void aKeyOpensItsTableOnlyAndUntilItsEnd() throws Exception {
        try (CatalogServer server = vending(Duration.ofHours(1), KeyNames.S3, Clock.systemUTC())) {
            createTables(server, "one", "two");
            GetTableTokenResponse token = token(server, "one");
            String accessKey = token.getToken().get("s3.access-key");
            String one = "s3://" + ScopedKey.scope(accessKey).orElseThrow().directory();
            String two = "s3://"
                    + ScopedKey.scope(token(server, "two").getToken().get("s3.access-key"))
                            .orElseThrow()
                            .directory();

            FileIO files = files(token.getToken(), one);

            assertThat(files.listStatus(new org.apache.paimon.fs.Path(one + "/schema")))
                    .hasSize(1);
            assertThatThrownBy(() -> files.listStatus(new org.apache.paimon.fs.Path(two + "/schema")))
                    .hasMessageContaining("403");
            assertThatThrownBy(() -> files.readFileUtf8(new org.apache.paimon.fs.Path(two + "/schema/schema-0")))
                    .hasMessageContaining("403");
            assertThat(token.getExpiresAtMillis())
                    .isBetween(
                            System.currentTimeMillis() + Duration.ofMinutes(50).toMillis(),
                            System.currentTimeMillis() + Duration.ofHours(1).toMillis());
        }
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
        try (CatalogServer server = vending(Duration.ofHours(1), KeyNames.S3, later)) {
            createTables(server, "three");
            GetTableTokenResponse token = token(server, "three");
            String three = "s3://"
                    + ScopedKey.scope(token.getToken().get("s3.access-key"))
                            .orElseThrow()
                            .directory();
            FileIO files = files(token.getToken(), three);

            assertThatThrownBy(() -> files.listStatus(new org.apache.paimon.fs.Path(three + "/schema")))
                    .hasMessageContaining("403");
        }
    }

    @Test
    void clientsThatAskSoonAfterEachOtherShareAKeyAlsoAcrossARestart() throws Exception {
        GetTableTokenResponse first;
        try (CatalogServer server = vending(Duration.ofHours(1), KeyNames.S3, Clock.systemUTC())) {
            createTables(server, "t", "u");
            first = token(server, "t");
            assertThat(token(server, "t").getToken()).isEqualTo(first.getToken());
            assertThat(token(server, "u").getToken()).isNotEqualTo(first.getToken());
        }
        try (CatalogServer server = vending(Duration.ofHours(1), KeyNames.S3, Clock.systemUTC())) {
            assertThat(token(server, "t").getToken()).isEqualTo(first.getToken());
        }
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));
        try (CatalogServer server = vending(Duration.ofHours(1), KeyNames.S3, later)) {
            assertThat(token(server, "t").getToken()).isNotEqualTo(first.getToken());
        }
    }

    @Test
    void keysCanBeSpelledAsDlfSpellsThem() throws Exception {
        try (CatalogServer server = vending(Duration.ofHours(1), KeyNames.OSS, Clock.systemUTC())) {
            createTables(server, "t");

            assertThat(token(server, "t").getToken()).containsKeys("fs.oss.accessKeyId", "fs.oss.accessKeySecret");
        }
    }

    @Test
    void aServerThatVendsNothingSaysSo() throws Exception {
        try (CatalogServer server = CatalogServer.start(onObjects().build())) {
            createTables(server, "t");

            var answer = Http.get(server.uri(), "/v1/trestle/databases/d/tables/t/token");

            assertThat(answer.statusCode()).isEqualTo(501);
            assertThat(Http.error(answer).getMessage()).contains("--data-token-life");
        }
    }

    @Test
    void theCommandTakesAStoreAndShowsNoSecret() {
        picocli.CommandLine line = ServerCommand.commandLine();
        line.parseArgs(
                "--warehouse", "s3://lake/wh",
                "--storage-option", "s3.secret-key=hidden",
                "--data-token-life", "60",
                "--data-token-names", "oss",
                "--data-token-option", "fs.oss.endpoint=there");

        ServerOptions options = ((ServerCommand) line.getCommand()).options();

        assertThat(options.dataTokens())
                .contains(new DataTokenSettings(
                        Duration.ofSeconds(60), KeyNames.OSS, Map.of("fs.oss.endpoint", "there"), "hidden"));
        assertThat(options.toString()).contains("oss").doesNotContain("hidden");
    }
}
