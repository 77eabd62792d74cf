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
package dev.trestle.trino.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.FaultProxy;
import dev.trestle.server.fault.ProxiedRequest;
import dev.trestle.server.suite.EmbeddedTestServer;
import dev.trestle.server.suite.Rows;
import dev.trestle.trino.TrestleQueryRunner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.CommitMessage;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a statement and of its files when something fails in the middle of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class WriteFaultTest {

    private static final Predicate<ProxiedRequest> COMMIT = ProxiedRequest.that("POST", "/commit$");
    private static final Predicate<ProxiedRequest> CREATE_VIEW = ProxiedRequest.that("POST", "/views$");

    private TrestleQueryRunner runner;
    private FaultProxy proxy;
    private RestCatalog other;

    @BeforeAll
    void start() throws Exception {
        EmbeddedTestServer server = TrestleQueryRunner.newServer();
        proxy = FaultProxy.start(URI.create(server.clientOptions().get("uri")));
        runner = TrestleQueryRunner.startBehind(proxy, server);
        other = runner.otherClient();
        other.createDatabase("f", false);
    }

    @AfterEach
    void repair() {
        proxy.clear();
        proxy.revive();
    }

    @AfterAll
    void stop() {
        other.close();
        runner.close();
        proxy.close();
    }

    @Test
    void anInsertWhoseCommitLostItsAnswerIsDoneOnce() throws Exception {
        String table = create("lost_answer");
        proxy.inject(Fault.cutAfter(), COMMIT);

        execute("INSERT INTO " + table + " VALUES (1, 'a')");

        assertThat(rows(table)).containsExactly("[1, a]");
    }

    @Test
    void anInsertWhoseServerWentDownAfterTheCommitIsUnknownAndKeepsItsFiles() throws Exception {
        String table = create("down");
        proxy.inject(Fault.cutAfterAndGoDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> execute("INSERT INTO " + table + " VALUES (1, 'a')"));
        proxy.revive();

        assertThat(thrown)
                .hasMessageContaining(table)
                .hasMessageContaining("is unknown")
                .hasMessageContaining("commit_user");
        assertThat(rows(table)).containsExactly("[1, a]");
    }

    @Test
    void anInsertThatNeverReachedTheServerIsUnknownAndKeepsItsFiles() throws Exception {
        String table = create("never");
        proxy.inject(Fault.goDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> execute("INSERT INTO " + table + " VALUES (1, 'a')"));
        proxy.revive();

        assertThat(thrown).hasMessageContaining("is unknown");
        assertThat(dataFiles(table)).isEqualTo(1);
        assertThat(rows(table)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        deleted   | DELETE FROM %s WHERE k = 1                             | [2, b];[3, c];[4, d];[5, e];[6, f]
        partly    | UPDATE %s SET v = 'x' WHERE k < 3                      | [1, x];[2, x];[3, c];[4, d];[5, e];[6, f]
        merged    | MERGE INTO %s t USING (VALUES 1, 7) s (k) ON t.k = s.k WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.k, 'g') | [2, b];[3, c];[4, d];[5, e];[6, f];[7, g]
        optimized_whole | ALTER TABLE %s EXECUTE optimize                  | [1, a];[2, b];[3, c];[4, d];[5, e];[6, f]
        truncated | TRUNCATE TABLE %s                                      | ''
        analyzed  | ANALYZE %s                                             | [1, a];[2, b];[3, c];[4, d];[5, e];[6, f]
        """)
    void aStatementWhoseServerWentDownAfterTheCommitIsUnknownAndKeepsItsFiles(
            String name, String statement, String expected) throws Exception {
        String table = withSixFiles("down_" + name);
        proxy.inject(Fault.cutAfterAndGoDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> execute(statement.formatted(table)));
        proxy.revive();

        assertThat(thrown)
                .hasMessageContaining(table)
                .hasMessageContaining("is unknown")
                .hasMessageContaining("commit_user");
        assertThat(String.join(";", rows(table))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        copied    | UPDATE %s SET v = 'x' WHERE k = 1
        compacted | ALTER TABLE %s EXECUTE optimize
        """)
    void aStatementThatNeverReachedTheServerIsUnknownAndKeepsItsFiles(String name, String statement) throws Exception {
        String table = withSixFiles("never_" + name);
        proxy.inject(Fault.goDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> execute(statement.formatted(table)));
        proxy.revive();

        assertThat(thrown).hasMessageContaining("is unknown").hasMessageContaining("commit_user");
        assertThat(dataFiles(table)).isGreaterThan(6);
        assertThat(rows(table)).hasSize(6).contains("[1, a]");
    }

    @Test
    void aTableWhoseServerWentDownAfterTheCommitOfItsRowsIsKept() throws Exception {
        proxy.inject(Fault.cutAfterAndGoDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> execute("CREATE TABLE f.created_down AS SELECT 1 AS k"));
        proxy.revive();

        assertThat(thrown).hasMessageContaining("f.created_down").hasMessageContaining("is unknown");
        assertThat(rows("f.created_down")).containsExactly("[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failed_update|UPDATE %s SET k = 10 / (k - 6)",
                "failed_delete|DELETE FROM %s WHERE 10 / (k - 6) = 1",
                "failed_merge|MERGE INTO %s USING (VALUES 1, 6, 7) s(n) ON k = n WHEN MATCHED THEN UPDATE SET"
                        + " k = 10 / (k - 6) WHEN NOT MATCHED THEN INSERT VALUES (n, 'g')",
            })
    void aChangeThatFailsLeavesNoFiles(String name, String statement) throws Exception {
        String table = withSixFiles(name);

        Throwable thrown = catchThrowable(() -> execute(statement.formatted(table)));

        assertThat(thrown).hasMessageContaining("Division by zero");
        eventually(() -> dataFiles(table) == 6);
        assertThat(rows(table)).hasSize(6);
    }

    /** Enough for a compaction. */
    private String withSixFiles(String name) throws Exception {
        String table = create(name);
        String values = "abcdef";
        for (int i = 0; i < values.length(); i++) {
            Rows.write(other.getTable(Identifier.fromString(table)), Rows.row(i + 1, values.substring(i, i + 1)));
        }
        return table;
    }

    /** The rows are committed first, and a compaction that conflicts after them. */
    @Test
    void aConflictIsUnknownAndKeepsItsFilesWhereTheServerDoesNotSayWhatIsCommitted() throws Exception {
        String table = create("conflict_and_down");
        Map<String, String> options = new HashMap<>(runner.server().clientOptions());
        options.putAll(
                Map.of("uri", proxy.uri().toString(), "http.max-attempts", "2", "metadata-cache.expire-after", "0 s"));
        try (RestCatalog catalog = RestCatalog.open(options)) {
            WriteJob job = WriteJob.of(
                    catalog.getTable(Identifier.fromString(table)), WriteJob.newCommitUser("query"), InsertMode.APPEND);
            List<CommitMessage> messages = written(job);

            Throwable thrown = catchThrowable(() -> TableCommits.commit(job, messages, commit -> {
                commit.commit(messages);
                proxy.goDown();
                throw new IllegalStateException("LSM conflicts detected! Give up committing.");
            }));
            proxy.revive();

            assertThat(thrown).hasMessageContaining("is unknown").hasMessageContaining("Give up committing");
            assertThat(rows(table)).containsExactly("[1, a]");
        }
    }

    @Test
    void anInsertIsDoneThoughTheExpiryAfterItFails() throws Exception {
        String table = create("expiry");
        for (int i = 0; i < 2; i++) {
            execute("INSERT INTO " + table + " VALUES (1, 'a')");
        }
        execute("ALTER TABLE " + table + " SET PROPERTIES options = MAP(ARRAY['snapshot.num-retained.min',"
                + " 'snapshot.num-retained.max', 'snapshot.time-retained'], ARRAY['1', '1', '1 ms'])");
        Path oldest = snapshot(table, 1);
        String stored = Files.readString(oldest);
        Files.writeString(oldest, "no snapshot");

        execute("INSERT INTO " + table + " VALUES (2, 'b')");

        assertThat(oldest).as("a snapshot that cannot be expired").exists();
        assertThat(rows(table)).containsExactly("[1, a]", "[1, a]", "[2, b]");
        Files.writeString(oldest, stored);
        execute("INSERT INTO " + table + " VALUES (3, 'c')");
        assertThat(oldest).as("a snapshot that can").doesNotExist();
    }

    @Test
    void aTaskThatFailsLeavesNoFiles() throws Exception {
        String table = create("failing");

        Throwable thrown = catchThrowable(() -> execute("INSERT INTO " + table
                + " SELECT n, CAST(10 / (400000 - n) AS varchar) FROM UNNEST(sequence(1, 10000))"
                + " a(n0), LATERAL (SELECT n0 * 40 AS n) b"));

        assertThat(thrown).hasMessageContaining("Division by zero");
        eventually(() -> dataFiles(table) == 0);
        assertThat(rows(table)).isEmpty();
    }

    @Test
    void aStatementThatIsTakenBackLeavesNoFilesOfTasksThatHadEnded() throws Exception {
        String table = create("taken_back");
        FileStoreTable opened = (FileStoreTable) other.getTable(Identifier.fromString(table));
        WriteJob job = WriteJob.of(opened, WriteJob.newCommitUser("query"), InsertMode.APPEND);
        PendingWrites pending = new PendingWrites();
        pending.begin(job);
        written(job);
        assertThat(dataFiles(table)).isEqualTo(1);

        pending.rollback();

        assertThat(dataFiles(table)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"bucket,-1,changelog-producer,none", "bucket,1,deletion-vectors.enabled,true"})
    void aStatementThatIsTakenBackLeavesNoIndexesOfTasksThatHadEnded(
            String option, String value, String second, String secondValue) throws Exception {
        String table =
                create("indexes" + value.replace('-', '_'), "primary-key", "k", option, value, second, secondValue);
        FileStoreTable opened = (FileStoreTable) other.getTable(Identifier.fromString(table));
        execute("INSERT INTO " + table + " SELECT n, 'x' FROM UNNEST(sequence(1, 10)) t(n)");
        String indexes = "index-(?!manifest).*";
        long committed = files(table, indexes);
        WriteJob job = WriteJob.of(opened, WriteJob.newCommitUser("query"), InsertMode.APPEND);
        PendingWrites pending = new PendingWrites();
        pending.begin(job);
        written(job, Rows.row(1, "an old key"), Rows.row(77, "a new one"));
        assertThat(files(table, indexes)).isGreaterThan(committed);

        pending.rollback();

        assertThat(files(table, indexes)).isEqualTo(committed);
        execute("INSERT INTO " + table + " VALUES (1, 'y')");
        execute("DELETE FROM " + table + " WHERE k = 2");
        assertThat(rows(table)).hasSize(9).contains("[1, y]");
        FileStoreTable now = (FileStoreTable) other.getTable(Identifier.fromString(table));
        assertThat(now.store().newIndexFileHandler().scanEntries().stream()
                        .map(entry -> entry.indexFile().fileName()))
                .isNotEmpty()
                .allMatch(name -> files(table, Pattern.quote(name)) == 1);
    }

    @Test
    void aTableWithALocationOfItsOwnThatIsTakenBackLeavesNoFiles(@TempDir Path directory) throws Exception {
        Identifier placed = Identifier.create("f", "placed");
        other.createTable(
                placed,
                Schema.newBuilder()
                        .column("k", DataTypes.INT())
                        .column("v", DataTypes.STRING())
                        .option("path", directory.resolve("placed").toUri().toString())
                        .build(),
                false);
        WriteJob job = WriteJob.of(other.getTable(placed), WriteJob.newCommitUser("query"), InsertMode.APPEND);
        written(job);

        TableCreations.undo(other, placed, other.describeTable(placed), job);

        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("data-"));
        }
        assertThat(other.listTables("f")).doesNotContain("placed");
    }

    @Test
    void aCancelledInsertLeavesNoFilesAndNoCommit() throws Exception {
        String table = create("cancelled");
        CompletableFuture<Throwable> query =
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> execute("INSERT INTO " + table
                        + " SELECT a.n, CAST(b.n AS varchar) FROM UNNEST(sequence(1, 10000)) a(n),"
                        + " UNNEST(sequence(1, 10000)) b(n)")));
        eventually(() -> dataFiles(table) > 0);

        runner.cancelAll();
        assertThat(query.join()).isNotNull();

        eventually(() -> dataFiles(table) == 0);
        assertThat(rows(table)).isEmpty();
    }

    @Test
    void oneOfTwoDeletesOfOneFileWinsAndTheOtherConflicts() throws Exception {
        for (String deletionVectors : List.of("true", "false")) {
            String table = create("conflict_" + deletionVectors);
            other.alterTable(
                    Identifier.fromString(table),
                    List.of(SchemaChange.setOption("deletion-vectors.enabled", deletionVectors)),
                    false);
            Rows.write(
                    other.getTable(Identifier.fromString(table)), Rows.row(1, "a"), Rows.row(2, "b"), Rows.row(3, "c"));
            // The first one to propose is held until the second one is through.
            proxy.inject(Fault.delayBefore(Duration.ofMillis(1500)), COMMIT);
            java.util.concurrent.FutureTask<Throwable> first = new java.util.concurrent.FutureTask<>(
                    () -> catchThrowable(() -> execute("DELETE FROM " + table + " WHERE k = 1")));
            Thread.ofVirtual().start(first);
            eventually(() -> proxy.requests().stream()
                    .anyMatch(
                            request -> COMMIT.test(request) && request.path().contains("conflict_" + deletionVectors)));

            Throwable second = catchThrowable(() -> execute("DELETE FROM " + table + " WHERE k = 2"));

            Throwable lost = first.get() == null ? second : first.get();
            assertThat(lost).as("of %s and %s", first.get(), second).hasMessageContaining("Run it again");
            assertThat(rows(table)).hasSize(2).contains("[3, c]");
            assertThat(files(table, "index-[^m].*"))
                    .as("indexes of deleted rows, of the one that has won")
                    .isEqualTo(deletionVectors.equals("true") ? 1 : 0);
        }
    }

    @Test
    void ofAnOptimizeAndADeleteAtOnceOneIsRefusedAndNoRowComesBack() throws Exception {
        String table = create("optimized", "bucket", "1", "bucket-key", "k", "deletion-vectors.enabled", "true");
        for (int k = 0; k < 3; k++) {
            Rows.write(other.getTable(Identifier.fromString(table)), Rows.row(k, "a"));
        }
        proxy.inject(Fault.delayBefore(Duration.ofMillis(1500)), COMMIT);
        java.util.concurrent.FutureTask<Throwable> optimize = new java.util.concurrent.FutureTask<>(
                () -> catchThrowable(() -> execute("ALTER TABLE " + table + " EXECUTE optimize")));
        Thread.ofVirtual().start(optimize);
        eventually(() -> proxy.requests().stream()
                .anyMatch(request -> COMMIT.test(request) && request.path().contains("optimized")));

        Throwable delete = catchThrowable(() -> execute("DELETE FROM " + table + " WHERE k = 1"));

        assertThat(delete == null ? optimize.get() : delete).hasMessageContaining("Run it again");
        assertThat(rows(table))
                .isEqualTo(delete == null ? List.of("[0, a]", "[2, a]") : List.of("[0, a]", "[1, a]", "[2, a]"));
    }

    /** With 500 the service does not say whether it has made the view. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 500})
    void aViewThatIsNotReplacedIsAsItWas(int status) {
        String view = "f.refused_" + status;
        execute("CREATE VIEW " + view + " COMMENT 'c' AS SELECT 1 AS a");
        String before = shown(view);
        proxy.inject(Fault.answer(status), CREATE_VIEW);

        Throwable thrown = catchThrowable(() -> execute("CREATE OR REPLACE VIEW " + view + " AS SELECT 2 AS b"));

        assertThat(thrown).hasMessageContaining("injected").hasMessageNotContaining("unknown");
        assertThat(shown(view)).isEqualTo(before);
    }

    @Test
    void aViewIsReplacedThoughTheAnswerIsLost() {
        execute("CREATE VIEW f.replaced AS SELECT 1 AS a");
        proxy.inject(Fault.answerAfter(500), CREATE_VIEW);

        execute("CREATE OR REPLACE VIEW f.replaced AS SELECT 2 AS b");

        assertThat(shown("f.replaced")).contains("2 b");
    }

    @Test
    void theQueryOfAViewThatIsLostIsTold() {
        execute("CREATE VIEW f.lost AS SELECT 1 AS a");
        proxy.inject(Fault.answer(403), CREATE_VIEW, 0, 2);

        Throwable thrown = catchThrowable(() -> execute("CREATE OR REPLACE VIEW f.lost AS SELECT 2 AS b"));

        assertThat(thrown)
                .hasMessageContaining("The view that was there is dropped")
                .hasMessageContaining("its query was: SELECT 1 a");
    }

    private String shown(String view) {
        return runner.trino().execute("SHOW CREATE VIEW " + view).getOnlyValue().toString();
    }

    private static void eventually(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    private String create(String table, String... options) throws Exception {
        Schema.Builder schema = Schema.newBuilder()
                .column("k", DataTypes.INT())
                .column("v", DataTypes.STRING())
                .option("commit.max-retry-wait", "50 ms");
        for (int i = 0; i < options.length; i += 2) {
            schema.option(options[i], options[i + 1]);
        }
        other.createTable(Identifier.create("f", table), schema.build(), false);
        return "f." + table;
    }

    /** A row in a file that nobody has committed. */
    private static List<CommitMessage> written(WriteJob job) throws Exception {
        return written(job, Rows.row(1, "a"));
    }

    private static List<CommitMessage> written(WriteJob job, InternalRow... rows) throws Exception {
        try (RowWrites writes = new RowWrites(job, false, new SpillDirectories().open())) {
            for (InternalRow row : rows) {
                writes.write(row);
            }
            return writes.finish();
        }
    }

    private void execute(String sql) {
        runner.trino().execute(sql);
    }

    private List<String> rows(String table) throws Exception {
        return Rows.read(other.getTable(Identifier.fromString(table)));
    }

    private Path snapshot(String table, long id) throws Exception {
        FileStoreTable opened = (FileStoreTable) other.getTable(Identifier.fromString(table));
        return Path.of(opened.snapshotManager().snapshotPath(id).toUri().getPath());
    }

    private long dataFiles(String table) {
        return files(table, "data-.*");
    }

    private long files(String table, String name) {
        try {
            FileStoreTable opened = (FileStoreTable) other.getTable(Identifier.fromString(table));
            try (Stream<Path> files =
                    Files.walk(Path.of(opened.location().toUri().getPath()))) {
                return files.filter(file -> file.getFileName().toString().matches(name))
                        .count();
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            return -1;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
