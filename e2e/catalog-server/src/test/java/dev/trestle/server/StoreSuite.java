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

import dev.trestle.server.catalog.DataTokenSettings;
import dev.trestle.server.catalog.DataTokenSettings.KeyNames;
import dev.trestle.server.catalog.QueryRules;
import dev.trestle.server.objectstore.TestObjectStore;
import dev.trestle.server.store.StoreSettings;
import dev.trestle.server.suite.Rows;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.FunctionDefinition;
import org.apache.paimon.function.FunctionImpl;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.view.ViewImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store keeps beside tables, also when the server is started anew. */
@Timeout(120)
abstract class StoreSuite {

    private static final Identifier T = Identifier.create("db", "t");

    private static final QueryRules EUROPE = new QueryRules(List.of("{\"kind\":\"a\"}"), Map.of("é", "{\"x\":\"'\"}"));
    private static final QueryRules NOBODY = new QueryRules(List.of("b", "c"), Map.of());

    @TempDir
    private Path directory;

    private StoreSettings store;
    private CatalogServer server;
    private Catalog catalog;

    /** An empty store, perhaps in an empty directory. */
    abstract StoreSettings newStore(Path directory);

    @BeforeEach
    void start() throws Exception {
        store = newStore(directory);
        open();
        catalog.createDatabase("db", false);
    }

    @AfterEach
    void stop() throws Exception {
        catalog.close();
        server.close();
    }

    private void open() {
        server = CatalogServer.start(ServerOptions.builder(directory.resolve("warehouse"))
                .store(store)
                .build());
        catalog = PaimonClient.connectUncached(Map.of(
                "uri",
                server.uri().toString(),
                "warehouse",
                server.warehouse(),
                "token.provider",
                "bear",
                "token",
                "any"));
    }

    private void restart() throws Exception {
        stop();
        open();
    }

    private void createTable(Identifier name) throws Exception {
        Schema schema = Schema.newBuilder()
                .column("k", DataTypes.INT())
                .column("day", DataTypes.STRING())
                .partitionKeys("day")
                .build();
        catalog.createTable(name, schema, false);
    }

    @Test
    void keepsObjectsOfEveryKindOverARestart() throws Exception {
        catalog.createDatabase("other", false, Map.of("owner", "me", "k", "1"));
        createTable(T);
        catalog.alterTable(T, SchemaChange.setOption("k", "2"), false);
        Rows.write(catalog.getTable(T), Rows.row(1, "a"));
        catalog.createTable(
                Identifier.create("db", "csv"),
                Schema.newBuilder()
                        .column("k", DataTypes.INT())
                        .option("type", "format-table")
                        .option("file.format", "csv")
                        .build(),
                false);
        Identifier view = Identifier.create("db", "v");
        catalog.createView(
                view,
                new ViewImpl(
                        view,
                        List.of(DataTypes.FIELD(0, "k", DataTypes.INT())),
                        "SELECT 1 AS k",
                        Map.of("flink", "SELECT 2 AS k"),
                        "a view",
                        Map.of("k", "3")),
                false);
        Identifier function = Identifier.create("db", "f");
        catalog.createFunction(
                function,
                new FunctionImpl(
                        function,
                        List.of(DataTypes.FIELD(0, "x", DataTypes.INT())),
                        List.of(DataTypes.FIELD(0, "y", DataTypes.INT())),
                        false,
                        Map.of("flink", FunctionDefinition.sql("x + 1")),
                        "a function",
                        Map.of("k", "4")),
                false);
        List<String> paths = List.of(
                "",
                "/other",
                "/db",
                "/db/tables",
                "/db/tables/t",
                "/db/tables/t/partitions",
                "/db/tables/csv",
                "/db/views/v",
                "/db/functions/f");
        List<String> before = answers(paths);

        restart();

        assertThat(answers(paths)).isEqualTo(before);
        assertThat(Rows.read(catalog.getTable(T))).containsExactly("[1, a]");
    }

    private List<String> answers(List<String> paths) throws Exception {
        return paths.stream()
                .map(path -> {
                    HttpResponse<String> answer = get("/v1/trestle/databases" + path);
                    assertThat(answer.statusCode()).as(path).isEqualTo(200);
                    return answer.body();
                })
                .toList();
    }

    private HttpResponse<String> get(String path) {
        try {
            return Http.get(server.uri(), path);
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    @Test
    void keepsTheLatestRulesOfEachUserOverARestart() throws Exception {
        createTable(T);
        server.queryAuth().set(T, NOBODY);
        server.queryAuth().set(T, EUROPE);
        server.queryAuth().set(T, "ann", EUROPE);
        server.queryAuth().set(T, "ann", NOBODY);
        server.queryAuth().set(T, "bob", QueryRules.NONE);

        restart();

        assertThat(server.queryAuth().of(T, "ann")).isEqualTo(NOBODY);
        assertThat(server.queryAuth().of(T, "bob")).isEqualTo(QueryRules.NONE);
        assertThat(server.queryAuth().of(T, "cid")).isEqualTo(EUROPE);
        assertThat(catalog.authTableQuery(T, null).filter()).containsExactlyElementsOf(EUROPE.filters());
        assertThat(catalog.authTableQuery(T, null).columnMasking()).isEqualTo(EUROPE.masks());
    }

    @Test
    void givesATableThatIsMadeAnewNoneOfTheFormerRules() throws Exception {
        createTable(T);
        Identifier renamed = Identifier.create("db", "renamed");
        server.queryAuth().set(T, "ann", EUROPE);
        catalog.renameTable(T, renamed, false);
        createTable(T);

        assertThat(server.queryAuth().of(renamed, "ann")).isEqualTo(EUROPE);
        assertThat(server.queryAuth().of(T, "ann")).isEqualTo(QueryRules.NONE);

        catalog.dropTable(renamed, false);
        createTable(renamed);
        assertThat(server.queryAuth().of(renamed, "ann")).isEqualTo(QueryRules.NONE);
    }

    @Test
    void forgetsTheRulesOfOneTableOnly() throws Exception {
        Identifier other = Identifier.create("db", "other");
        createTable(T);
        createTable(other);
        server.queryAuth().set(T, EUROPE);
        server.queryAuth().set(T, "ann", EUROPE);
        server.queryAuth().set(other, EUROPE);

        server.queryAuth().clear(T);

        assertThat(server.queryAuth().of(T, "ann")).isEqualTo(QueryRules.NONE);
        assertThat(server.queryAuth().of(other, "ann")).isEqualTo(EUROPE);
    }

    @Test
    void keepsMarksOfPartitionsOverARestart() throws Exception {
        createTable(T);
        Rows.write(catalog.getTable(T), Rows.row(1, "a"), Rows.row(2, "b"));
        catalog.markDonePartitions(T, List.of(Map.of("day", "a")));
        long first = marked(T).updatedAt();
        catalog.markDonePartitions(T, List.of(Map.of("day", "a")));

        restart();

        assertThat(marked(T).spec()).containsEntry("day", "a");
        assertThat(marked(T).updatedAt()).isGreaterThanOrEqualTo(first);
    }

    @Test
    void takesMarksOfPartitionsAlongWithABranchUntilItIsDropped() throws Exception {
        createTable(T);
        Rows.write(catalog.getTable(T), Rows.row(1, "a"), Rows.row(2, "b"));
        catalog.createTag(T, "first", null, null, false);
        catalog.createBranch(T, "b", "first");
        catalog.markDonePartitions(branch("b"), List.of(Map.of("day", "b")));

        catalog.renameBranch(T, "b", "c");

        assertThat(marked(branch("c")).spec()).containsEntry("day", "b");
        assertThat(catalog.listPartitions(T)).noneMatch(Partition::done);
        catalog.dropBranch(T, "c");
        catalog.createBranch(T, "c", "first");
        assertThat(catalog.listPartitions(branch("c"))).hasSize(2).noneMatch(Partition::done);
    }

    private static Identifier branch(String name) {
        return new Identifier("db", "t", name);
    }

    private Partition marked(Identifier table) throws Exception {
        List<Partition> done =
                catalog.listPartitions(table).stream().filter(Partition::done).toList();
        assertThat(done).hasSize(1);
        return done.get(0);
    }

    @Test
    void sharesAKeyForATablesFilesAcrossARestart() throws Exception {
        server.close();
        store = newStore(directory.resolve("vending"));
        try (TestObjectStore objects = TestObjectStore.start(directory.resolve("objects"))) {
            String first;
            try (CatalogServer vending = vending(objects)) {
                Http.post(vending.uri(), "/v1/trestle/databases", "{\"name\":\"db\",\"options\":{}}");
                Http.post(
                        vending.uri(),
                        "/v1/trestle/databases/db/tables",
                        "{\"identifier\":{\"database\":\"db\",\"object\":\"t\"},\"schema\":{\"fields\":"
                                + "[{\"id\":0,\"name\":\"a\",\"type\":\"INT\"}],"
                                + "\"partitionKeys\":[],\"primaryKeys\":[],\"options\":{}}}");
                first = token(vending);
                assertThat(first).contains("s3.access-key");
            }
            try (CatalogServer vending = vending(objects)) {
                assertThat(token(vending)).isEqualTo(first);
            }
        }
    }

    private CatalogServer vending(TestObjectStore objects) {
        ServerOptions.Builder options = ServerOptions.builder("s3://" + TestObjectStore.BUCKET + "/wh")
                .store(store)
                .dataTokens(new DataTokenSettings(
                        Duration.ofHours(1), KeyNames.S3, objects.endpointOptions(), objects.secret()));
        objects.ownerOptions().forEach(options::storageOption);
        return CatalogServer.start(options.build());
    }

    private static String token(CatalogServer server) throws Exception {
        return Http.get(server.uri(), "/v1/trestle/databases/db/tables/t/token").body();
    }
}
