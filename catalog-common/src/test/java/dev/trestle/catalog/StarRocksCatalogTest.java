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

import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.server.suite.Rows;
import dev.trestle.server.suite.StarRocksTestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.function.FunctionImpl;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Instant;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.paimon.view.ViewImpl;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A catalog in the StarRocks dialect, beside one in the Paimon dialect on the same server. */
@Timeout(60)
class StarRocksCatalogTest {

    private static final Identifier T = Identifier.create("db", "t");

    private StarRocksTestServer server;
    private Catalog paimon;
    private Catalog starRocks;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = StarRocksTestServer.atOnce(directory);
        paimon = RestCatalog.open(server.paimonClientOptions());
        starRocks = open(Map.of("starrocks.allow-filesystem-commit", "false"));
        paimon.createDatabase("db", false);
        paimon.createTable(
                T,
                Schema.newBuilder()
                        .column("k", DataTypes.INT())
                        .column("v", DataTypes.STRING())
                        .build(),
                false);
        Rows.write(paimon.getTable(T), Rows.row(1, "a"));
    }

    @AfterEach
    void stop() throws Exception {
        starRocks.close();
        paimon.close();
        server.close();
    }

    private RestCatalog open(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.putAll(more);
        return RestCatalog.open(options);
    }

    @Test
    void isTheSameTableInBothDialects() throws Exception {
        Table one = paimon.getTable(T);
        Table other = starRocks.getTable(T);

        assertThat(other.uuid()).isEqualTo(one.uuid());
        assertThat(other.rowType()).isEqualTo(one.rowType());
        assertThat(new TreeMap<>(other.options())).isEqualTo(new TreeMap<>(one.options()));
    }

    @Test
    void readsWhatTheOtherDialectWrote() throws Exception {
        assertThat(Rows.read(starRocks.getTable(T))).containsExactly("[1, a]");
        assertThat(Rows.read(starRocks.getTable(new Identifier("db", "t$snapshots"))))
                .hasSize(1);
        assertThat(Rows.read(starRocks.getTable(T).copy(Map.of("scan.snapshot-id", "1"))))
                .hasSize(1);
    }

    @Test
    void writesNothingUnlessItIsAllowedTo() throws Exception {
        Table table = starRocks.getTable(T);

        assertThatThrownBy(() -> Rows.write(table, Rows.row(2, "b")))
                .isInstanceOf(UnsupportedByServiceException.class)
                .hasMessageContaining("'db.t'")
                .hasMessageContaining("'starrocks.allow-filesystem-commit'");
        assertThatThrownBy(() -> table.newBatchWriteBuilder().newCommit())
                .isInstanceOf(UnsupportedByServiceException.class);
        assertThatThrownBy(() -> table.createTag("x", 1L)).isInstanceOf(UnsupportedByServiceException.class);
        assertThatThrownBy(() -> table.rollbackTo(1L)).isInstanceOf(UnsupportedByServiceException.class);
        assertThat(Rows.read(paimon.getTable(T))).containsExactly("[1, a]");
    }

    @Test
    void writesWhatTheOtherDialectReads() throws Exception {
        try (Catalog writing = open(Map.of())) {
            assertThat(writing.supportsVersionManagement()).isFalse();
            Rows.write(writing.getTable(T), Rows.row(2, "b"));
            Rows.write(paimon.getTable(T), Rows.row(3, "c"));
            Rows.write(writing.getTable(T), Rows.row(4, "d"));
        }

        assertThat(Rows.read(paimon.getTable(T))).containsExactly("[1, a]", "[2, b]", "[3, c]", "[4, d]");
    }

    @Test
    void readsButDoesNotWriteInAStoreWhereASecondWriterWouldNotFail() {
        FileCommits allowed = new FileCommits(true);

        for (String place : List.of("s3://b/t", "s3a://b/t", "oss://b/t", "viewfs://c/t", "abfs://c@a/t", "gs://b/t")) {
            assertThat(allowed.lock(T, new org.apache.paimon.fs.Path(place)))
                    .as(place)
                    .get()
                    .satisfies(lock -> assertThatThrownBy(() -> lock.createLock(null))
                            .isInstanceOf(UnsupportedByServiceException.class)
                            .hasMessageContaining("'" + place.substring(0, place.indexOf(':')) + "'"));
        }
        for (String place : List.of("/t", "file:/t", "hdfs://name/t")) {
            assertThat(allowed.lock(T, new org.apache.paimon.fs.Path(place)))
                    .as(place)
                    .isEmpty();
        }
    }

    static Stream<Arguments> statements() {
        return Stream.of(
                statement("tags", c -> c.createTag(T, "x", 1L, null, false)),
                statement("tags", c -> c.deleteTag(T, "x")),
                statement("tags", c -> c.getTag(T, "x")),
                statement("tags", c -> c.listTagsPaged(T, null, null, null)),
                statement("branches", c -> c.createBranch(T, "x", null)),
                statement("branches", c -> c.listBranches(T)),
                statement("branches", c -> c.fastForward(T, "x")),
                statement("branches", c -> c.dropBranch(T, "x")),
                statement("branches", c -> c.renameBranch(T, "x", "y")),
                statement("views", c -> c.listViews("db")),
                statement("views", c -> c.getView(T)),
                statement("views", c -> c.dropView(T, false)),
                statement(
                        "views",
                        c -> c.createView(
                                T,
                                new ViewImpl(
                                        T,
                                        RowType.of(DataTypes.INT()).getFields(),
                                        "SELECT 1",
                                        Map.of(),
                                        null,
                                        Map.of()),
                                false)),
                statement("functions", c -> c.listFunctions("db")),
                statement("functions", c -> c.getFunction(T)),
                statement("functions", c -> c.dropFunction(T, false)),
                statement(
                        "functions",
                        c -> c.createFunction(
                                T, new FunctionImpl(T, List.of(), List.of(), true, Map.of(), null, Map.of()), false)),
                statement("snapshots", c -> c.loadSnapshot(T)),
                statement("snapshots", c -> c.loadSnapshot(T, "1")),
                statement("snapshots", c -> c.listSnapshotsPaged(T, null, null)),
                statement("snapshots", c -> c.rollbackTo(T, Instant.snapshot(1L))),
                statement("snapshots", c -> c.rollbackSchema(T, 0)),
                statement("consumers", c -> c.resetConsumer(T, "x", null)),
                statement("query authorization", c -> c.authTableQuery(T, null)),
                statement("table ids", c -> c.getTableById("x")),
                statement("take in files", c -> c.registerTable(T, "/x")));
    }

    private interface Statement {
        void on(Catalog catalog) throws Exception;
    }

    private static Arguments statement(String resource, Statement statement) {
        return Arguments.of(resource, statement);
    }

    @ParameterizedTest(name = "{0} ({index})")
    @MethodSource("statements")
    void refusesWhatTheStandardHasNoResourceForBeforeItAsks(String resource, Statement statement) {
        server.server().resetCallCounts();
        ThrowingCallable call = () -> statement.on(starRocks);

        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedByServiceException.class)
                .hasMessageContaining(resource);
        assertThat(server.server().callCounts()).isEmpty();
    }

    @Test
    void refusesACatalogThatIsNotThere() {
        assertThatThrownBy(() -> open(Map.of("warehouse", "nope")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("no catalog 'nope'")
                .hasMessageContaining("trestle");
    }

    @Test
    void opensWithOneCall() {
        server.server().resetCallCounts();

        open(Map.of("header.x-other", "1")).close();

        assertThat(server.server().callCounts()).isEqualTo(Map.of("getCatalog", 1L));
    }

    @Test
    void leavesWhatIsInADatabaseThatOnlyTheOtherDialectSees() throws Exception {
        paimon.createDatabase("views", false);
        Identifier view = Identifier.create("views", "v");
        paimon.createView(
                view,
                new ViewImpl(view, RowType.of(DataTypes.INT()).getFields(), "SELECT 1", Map.of(), null, Map.of()),
                false);

        assertThatThrownBy(() -> starRocks.dropDatabase("views", false, false))
                .isInstanceOf(Catalog.DatabaseNotEmptyException.class);
        assertThat(paimon.listViews("views")).containsExactly("v");
    }

    @Test
    void refusesToReadATableWhoseRightsTheServiceWouldHaveToTell() throws Exception {
        paimon.alterTable(T, SchemaChange.setOption("query-auth.enabled", "true"), false);
        starRocks.invalidateTable(T);

        assertThatThrownBy(() -> Rows.read(starRocks.getTable(T)))
                .hasStackTraceContaining("the service's protocol has no query authorization");
    }
}
