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

import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.Timestamp;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.table.sink.StreamTableCommit;
import org.apache.paimon.table.sink.StreamTableWrite;
import org.apache.paimon.table.sink.StreamWriteBuilder;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the catalog does for tables beyond what every client of a service does. */
@Timeout(60)
class TablesTest {

    private static final Identifier T = Identifier.create("db", "t");

    private Path directory;
    private EmbeddedTestServer server;
    private RestCatalog catalog;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        server = EmbeddedTestServer.withToken(temporary);
        catalog = open(Map.of());
        catalog.createDatabase("db", false);
    }

    @AfterEach
    void stop() {
        catalog.close();
        server.close();
    }

    @Test
    void commitsAStreamOnceAlsoAfterRecovery() throws Exception {
        catalog.createTable(T, simple().build(), false);
        StreamWriteBuilder builder = catalog.getTable(T).newStreamWriteBuilder().withCommitUser("job");
        List<CommitMessage> second;
        List<CommitMessage> third;
        try (StreamTableWrite write = builder.newWrite();
                StreamTableCommit commit = builder.newCommit()) {
            write.write(row(1));
            commit.commit(1, write.prepareCommit(true, 1));
            write.write(row(2));
            second = write.prepareCommit(true, 2);
            commit.commit(2, second);
            write.write(row(3));
            third = write.prepareCommit(true, 3);
        }
        try (StreamTableCommit recovered = builder.newCommit()) {
            assertThat(recovered.filterAndCommit(Map.of(2L, second, 3L, third))).isEqualTo(1);
        }

        assertThat(Rows.read(catalog.getTable(T))).containsExactly("[1, v]", "[2, v]", "[3, v]");
    }

    @Test
    void keepsAnExternalTablesFiles() throws Exception {
        Path path = directory.resolve("elsewhere/t");
        catalog.createTable(T, simple().option("path", path.toUri().toString()).build(), false);
        Rows.write(catalog.getTable(T), row(1));

        catalog.dropTable(T, false);
        assertThat(Files.exists(path.resolve("schema"))).isTrue();

        catalog.createTable(T, simple().option("path", path.toUri().toString()).build(), false);
        assertThat(Rows.read(catalog.getTable(T))).containsExactly("[1, v]");
    }

    @Test
    void givesNewTablesTheCatalogsDefaults() throws Exception {
        RestCatalog defaults =
                open(Map.of("table-default.snapshot.time-retained", "3 h", "table-default.k", "default"));
        defaults.createTable(T, simple().option("k", "own").build(), false);

        assertThat(catalog.getTable(T).options())
                .containsEntry("snapshot.time-retained", "3 h")
                .containsEntry("k", "own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void listsPartitionsOfTimesInTheSystemTable(String legacyName) throws Exception {
        catalog.createTable(
                T,
                Schema.newBuilder()
                        .column("id", DataTypes.INT())
                        .column("t", DataTypes.TIMESTAMP(3))
                        .column("z", DataTypes.TIMESTAMP_WITH_LOCAL_TIME_ZONE(0))
                        .partitionKeys("t", "z")
                        .option("partition.legacy-name", legacyName)
                        .build(),
                false);
        Timestamp time = Timestamp.fromLocalDateTime(LocalDateTime.parse("2026-01-31T13:00:00.250"));
        Timestamp instant = Timestamp.fromEpochMillis(1_000_000_000_000L);
        Rows.write(catalog.getTable(T), GenericRow.of(1, time, instant), GenericRow.of(2, null, null));

        List<String> listed = Rows.read(catalog.getTable(Identifier.create("db", "t$partitions")));

        String shown = LocalDateTime.ofInstant(Instant.ofEpochMilli(1_000_000_000_000L), ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"));
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0)).startsWith("[t=2026-01-31 13:00:00.250/z=" + shown + ", 1, ");
        assertThat(listed.get(1)).startsWith("[t=__DEFAULT_PARTITION__/z=__DEFAULT_PARTITION__, 1, ");
    }

    @Test
    void refusesATableThatIsPartitionedByBytes() {
        assertThatThrownBy(() -> catalog.createTable(
                        T,
                        simple().column("b", DataTypes.BYTES())
                                .partitionKeys("b")
                                .build(),
                        false))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(
                        "Column 'b' cannot be a partition key: Paimon finds no partition by a value of the type BYTES,"
                                + " which the key 'b' has. Partition by a column of texts with the same values, such as"
                                + " their hexadecimal digits.");
    }

    @Test
    void opensATableByItsId() throws Exception {
        catalog.createTable(T, simple().build(), false);
        String id = ((FileStoreTable) catalog.getTable(T)).uuid();
        Identifier renamed = Identifier.create("db", "renamed");
        catalog.renameTable(T, renamed, false);

        assertThat(catalog.getTableById(id).fullName()).isEqualTo("db.renamed");
        assertThatThrownBy(() -> catalog.getTableById("nope")).isInstanceOf(Catalog.TableIdNotExistException.class);
    }

    @Test
    void namesTheMissingDatabaseThatATableIsToBeRenamedInto() throws Exception {
        catalog.createTable(T, simple().build(), false);

        assertThatThrownBy(() -> catalog.renameTable(T, Identifier.create("nope", "t"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nope");
        catalog.renameTable(Identifier.create("nope", "t"), Identifier.create("db", "u"), true);
        assertThatThrownBy(
                        () -> catalog.renameTable(Identifier.create("nope", "t"), Identifier.create("db", "u"), false))
                .isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void seesChangesOfItsOwnAtOnceAndOfOthersSoon() throws Exception {
        RestCatalog other = open(Map.of("header.x-client", "other", "metadata-cache.expire-after", "0 s"));
        catalog.createTable(T, simple().build(), false);
        catalog.getTable(T);

        catalog.alterTable(T, SchemaChange.setOption("k", "own"), false);
        assertThat(catalog.getTable(T).options()).containsEntry("k", "own");

        other.alterTable(T, SchemaChange.setOption("k", "theirs"), false);
        long end = System.nanoTime() + 10_000_000_000L;
        while (!"theirs".equals(catalog.getTable(T).options().get("k"))) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @Test
    void refusesToChangeASystemTable() {
        Identifier snapshots = Identifier.create("db", "t$snapshots");

        assertThatThrownBy(() -> catalog.createTable(snapshots, simple().build(), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> catalog.dropTable(snapshots, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> catalog.alterTable(snapshots, SchemaChange.setOption("k", "v"), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private RestCatalog open(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(server.clientOptions());
        options.putAll(more);
        return RestCatalog.open(options);
    }

    private static Schema.Builder simple() {
        return Schema.newBuilder().column("k", DataTypes.INT()).column("v", DataTypes.STRING());
    }

    private static GenericRow row(int key) {
        return GenericRow.of(key, BinaryString.fromString("v"));
    }
}
