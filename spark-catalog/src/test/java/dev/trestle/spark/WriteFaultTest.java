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
package dev.trestle.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.ProxiedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a statement and of its files when something fails in the middle of it. */
class WriteFaultTest extends FaultyCatalogFixture {

    private static final Predicate<ProxiedRequest> COMMIT = ProxiedRequest.that("POST", "/commit$");
    private static final Predicate<ProxiedRequest> RENAME = ProxiedRequest.that("POST", "/tables/rename$");
    private static final long MOST_MILLIS = 60_000;

    /** How long a commit waits before it is tried again. */
    private static final String SOON = "'commit.max-retry-wait'='50 ms'";

    @TempDir
    Path checkpoint;

    /** It gives up soon where nobody listens, and waits for an answer as long as any. */
    @Override
    Map<String, String> patience() {
        return Map.of("http.max-attempts", "4");
    }

    private void table(String name) {
        run("CREATE TABLE " + name + " (id INT, v STRING) TBLPROPERTIES (" + SOON + ")");
    }

    private long files(String table) throws Exception {
        Path directory = Path.of(stored(table).location().toUri());
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("data-"))
                    .count();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void anInsertWhoseCommitLostItsAnswerIsDoneOnce() throws Exception {
        table("lost_answer");
        proxy.inject(Fault.cutAfter(), COMMIT);

        faulty.run("INSERT INTO lost_answer VALUES (1, 'a')");

        assertThat(rows("SELECT * FROM lost_answer")).containsExactly("[1,a]");
        assertThat(files("lost_answer")).isEqualTo(1);
    }

    @Test
    void anInsertWhoseServerWentDownAfterTheCommitKeepsItsFiles() throws Exception {
        table("down");
        proxy.inject(Fault.cutAfterAndGoDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> faulty.run("INSERT INTO down VALUES (1, 'a')"));
        proxy.revive();

        assertThat(thrown).isNotNull();
        assertThat(rows("SELECT * FROM down")).containsExactly("[1,a]");
    }

    @Test
    void anInsertThatNeverReachedTheServerLeavesWhatRemoveOrphanFilesFinds() throws Exception {
        table("never");
        proxy.inject(Fault.goDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> faulty.run("INSERT INTO never VALUES (1, 'a')"));
        proxy.revive();

        assertThat(thrown).isNotNull();
        assertThat(rows("SELECT * FROM never")).isEmpty();
        assertThat(files("never")).isEqualTo(1);
        run("CALL sys.remove_orphan_files(table => 'd.never', older_than => '2999-01-01')");
        assertThat(files("never")).isZero();
    }

    /** A statement that ends in one commit, on a table of two rows. */
    enum Change {
        CREATE_AS("", "CREATE TABLE %s TBLPROPERTIES (" + SOON + ") AS SELECT 1 AS id, 'n' AS v", "[1,n]"),
        OVERWRITE("TBLPROPERTIES (" + SOON + ")", "INSERT OVERWRITE %s VALUES (1, 'n')", "[1,n]"),
        NEW_FILES("TBLPROPERTIES (" + SOON + ")", "UPDATE %s SET v = 'n' WHERE id = 1", "[0,a]", "[1,n]"),
        VECTORS(
                "TBLPROPERTIES ('deletion-vectors.enabled'='true', " + SOON + ")",
                "UPDATE %s SET v = 'n' WHERE id = 1",
                "[0,a]",
                "[1,n]"),
        BY_KEY(
                "TBLPROPERTIES ('primary-key'='id', 'bucket'='1', " + SOON + ")",
                "MERGE INTO %s t USING (SELECT 1 AS k) s ON t.id = s.k WHEN MATCHED THEN UPDATE SET v = 'n'",
                "[0,a]",
                "[1,n]"),
        TRUNCATE("TBLPROPERTIES (" + SOON + ")", "TRUNCATE TABLE %s");

        private final String properties;
        private final String statement;
        private final String[] rows;

        Change(String properties, String statement, String... rows) {
            this.properties = properties;
            this.statement = statement;
            this.rows = rows;
        }

        boolean hasTableBefore() {
            return !properties.isEmpty();
        }

        /** What the table has where the statement was not applied. */
        String[] rowsBefore() {
            return hasTableBefore() ? new String[] {"[0,a]", "[1,b]"} : new String[0];
        }
    }

    /** Makes the table of a change, under a name of its own. */
    private String tableFor(Change change, String fault) {
        String name = (change + "_" + fault).toLowerCase(Locale.ROOT);
        if (change.hasTableBefore()) {
            run("CREATE TABLE " + name + " (id INT NOT NULL, v STRING) " + change.properties)
                    .run("INSERT INTO " + name + " VALUES (0, 'a'), (1, 'b')");
        }
        return name;
    }

    private String[] sorted(String table) {
        return rows("SELECT * FROM " + table + " ORDER BY id").toArray(String[]::new);
    }

    private long orphans(String table) {
        return session.sql("CALL sys.remove_orphan_files(table => 'd." + table + "', older_than => '2999-01-01',"
                        + " dry_run => true)")
                .collectAsList()
                .get(0)
                .getLong(0);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aChangeWhoseCommitLostItsAnswerIsDoneOnce(Change change) {
        String table = tableFor(change, "lost");
        proxy.inject(Fault.cutAfter(), COMMIT);

        faulty.run(change.statement.formatted(table));

        assertThat(sorted(table)).containsExactly(change.rows);
        assertThat(orphans(table)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aChangeWhoseServerWentDownAfterTheCommitKeepsItsFiles(Change change) {
        String table = tableFor(change, "after");
        proxy.inject(Fault.cutAfterAndGoDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> faulty.run(change.statement.formatted(table)));
        proxy.revive();

        assertThat(thrown).isNotNull();
        assertThat(sorted(table)).containsExactly(change.rows);
        assertThat(orphans(table)).isZero();
    }

    @ParameterizedTest
    @Tag("full")
    @EnumSource(Change.class)
    void aChangeThatNeverReachedTheServerLeavesTheTableAndFilesThatAreFound(Change change) {
        String table = tableFor(change, "never");
        proxy.inject(Fault.goDown(), COMMIT);

        Throwable thrown = catchThrowable(() -> faulty.run(change.statement.formatted(table)));
        proxy.revive();

        assertThat(thrown).isNotNull();
        assertThat(sorted(table)).containsExactly(change.rowsBefore());
        assertThat(orphans(table)).isPositive();
    }

    @Test
    void aReplacementWhoseCommitLostItsAnswerTakesItsPlace() {
        table("swapped_lost");
        proxy.inject(Fault.cutAfter(), COMMIT);

        faulty.run("REPLACE TABLE swapped_lost AS SELECT 1 AS n");

        assertThat(rows("SELECT n FROM swapped_lost")).containsExactly("[1]");
        assertThat(tablesLike("swapped_lost")).containsExactly("swapped_lost");
    }

    /** With the rows that may have been committed, which whoever looks finds under its name. */
    @Test
    void aReplacementWhoseServerWentDownAfterTheCommitIsKeptBesideTheTable() {
        table("swapped_after");
        run("INSERT INTO swapped_after VALUES (7, 'old')");
        proxy.inject(Fault.cutAfterAndGoDown(), COMMIT);

        Throwable thrown = catchThrowable(
                () -> faulty.run("REPLACE TABLE swapped_after TBLPROPERTIES (" + SOON + ") AS SELECT 1 AS n"));
        proxy.revive();

        assertThat(thrown).isNotNull();
        assertThat(rows("SELECT * FROM swapped_after")).containsExactly("[7,old]");
        assertThat(tablesLike("swapped_after__replacement_"))
                .singleElement()
                .satisfies(name -> assertThat(rows("SELECT n FROM " + name)).containsExactly("[1]"));
    }

    private List<String> tablesLike(String beginning) {
        return session.sql("SHOW TABLES").collectAsList().stream()
                .map(row -> row.getString(1))
                .filter(name -> name.startsWith(beginning))
                .toList();
    }

    @Test
    void aTableWhoseReplacementCouldNotBeRenamedIsThereUnderThatName() {
        table("replaced");
        proxy.inject(Fault.answer(403), RENAME);

        Throwable thrown = catchThrowable(() -> faulty.run("REPLACE TABLE replaced (id BIGINT)"));

        assertThat(thrown).hasMessageContaining("What was to take its place is table d.replaced__replacement_");
        assertThat(session.sql("SHOW TABLES").collectAsList())
                .extracting(row -> row.getString(1))
                .filteredOn(name -> name.startsWith("replaced"))
                .singleElement()
                .matches(name -> name.startsWith("replaced__replacement_"));
    }

    @Test
    void aTaskThatFailsAndIsTriedAgainWritesItsRowsOnceAndLeavesNoOtherFile() throws Exception {
        table("retried");
        session.spark()
                .udf()
                .register(
                        "fails_first",
                        (UDF1<Long, String>) id -> {
                            if (id == 999 && TaskContext.get().attemptNumber() == 0) {
                                throw new IllegalStateException("the first attempt");
                            }
                            return "v" + id;
                        },
                        DataTypes.StringType);

        run("INSERT INTO retried SELECT CAST(id AS INT), fails_first(id) FROM range(0, 1000, 1, 1)");

        assertThat(rows("SELECT count(*), count(DISTINCT id) FROM retried")).containsExactly("[1000,1000]");
        assertThat(files("retried")).isEqualTo(1);
    }

    @Test
    void aStreamWhoseCommitLostItsAnswerWritesItsRowsOnce() throws Exception {
        table("source");
        table("sink");
        run("INSERT INTO source VALUES (1, 'a')");
        proxy.inject(Fault.cutAfter(), COMMIT);

        StreamingQuery query = faulty.spark()
                .readStream()
                .table(faulty.catalog() + ".d.source")
                .writeStream()
                .option("checkpointLocation", checkpoint.toString())
                .trigger(Trigger.AvailableNow())
                .toTable(faulty.catalog() + ".d.sink");

        assertThat(query.awaitTermination(MOST_MILLIS)).isTrue();
        assertThat(rows("SELECT * FROM sink")).containsExactly("[1,a]");
    }
}
