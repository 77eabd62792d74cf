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
package dev.trestle.trino.read;

import static io.trino.testing.TransactionBuilder.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trestle.trino.Lake;
import dev.trestle.trino.SharedTrino;
import dev.trestle.trino.Sql;
import dev.trestle.trino.TrestleQueryRunner;
import io.trino.Session;
import io.trino.testing.QueryRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a transaction reads of a table that another client commits to. */
@ExtendWith(SharedTrino.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OneSnapshotTest {

    private TrestleQueryRunner runner;
    private Lake lake;

    @BeforeAll
    void open(TrestleQueryRunner shared) throws Exception {
        runner = shared;
        lake = Lake.in(shared, "one_snapshot");
    }

    /** Statements of one transaction, and what others do meanwhile. */
    @FunctionalInterface
    private interface Statements {
        void run(Session session) throws Exception;
    }

    private void inTransaction(Statements statements) {
        QueryRunner trino = runner.trino();
        transaction(trino.getTransactionManager(), trino.getPlannerContext().getMetadata(), trino.getAccessControl())
                .execute(
                        Session.builder(trino.getDefaultSession())
                                .setSchema("one_snapshot")
                                .build(),
                        session -> {
                            unchecked(() -> {
                                statements.run(session);
                                return null;
                            });
                        });
    }

    private static void unchecked(Callable<Void> action) {
        try {
            action.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Object value(Session session, String sql) {
        return runner.trino().execute(session, sql).getOnlyValue();
    }

    private void createAppend(String table) throws Exception {
        lake.writer().createTable(lake.identifier(table), columns().build(), false);
    }

    private static Schema.Builder columns() {
        return Schema.newBuilder().column("id", DataTypes.BIGINT()).column("item", DataTypes.STRING());
    }

    @Test
    void whatOthersCommitIsNotReadInTheMiddleOfATransaction() throws Exception {
        lake.createKeyed("joined");
        lake.commit("joined", 1L, "a");

        inTransaction(session -> {
            assertThat(value(session, "SELECT count(*) FROM joined")).isEqualTo(1L);
            lake.commit("joined", 2L, "b");

            assertThat(value(session, "SELECT count(*) FROM joined")).isEqualTo(1L);
            assertThat(value(session, "SELECT count(item) FROM joined WHERE id > 0"))
                    .isEqualTo(1L);
            assertThat(value(session, "SELECT count(x.item) FROM joined x LEFT JOIN joined y ON x.id = y.id"))
                    .isEqualTo(1L);
        });
        assertThat(Sql.in(runner, "one_snapshot").value("SELECT count(*) FROM joined"))
                .isEqualTo(2L);
    }

    @Test
    void aTableThatWasEmptyStaysSo() throws Exception {
        createAppend("none_yet");

        inTransaction(session -> {
            assertThat(value(session, "SELECT count(*) FROM none_yet")).isEqualTo(0L);
            lake.commit("none_yet", 1L, "a");

            assertThat(value(session, "SELECT count(item) FROM none_yet WHERE id > 0"))
                    .isEqualTo(0L);
        });
    }

    @Test
    void aTableWhoseSnapshotsAreFilesIsReadAtOneOfThem() throws Exception {
        String path = Files.createTempDirectory("outside").resolve("t").toUri().toString();
        lake.writer()
                .createTable(
                        lake.identifier("outside"),
                        columns().option("path", path).build(),
                        false);
        lake.commit("outside", 1L, "a");

        inTransaction(session -> {
            assertThat(value(session, "SELECT count(*) FROM outside")).isEqualTo(1L);
            lake.commit("outside", 2L, "b");

            assertThat(value(session, "SELECT count(item) FROM outside WHERE id > 0"))
                    .isEqualTo(1L);
        });
    }

    @Test
    void aTableThatIsDroppedWhileItIsReadIsSaidToBeGone() throws Exception {
        createAppend("dropped");
        lake.commit("dropped", 1L, "a");
        Path location = Path.of(lake.stored("dropped").location().toUri().getPath());

        assertThatThrownBy(() -> inTransaction(session -> {
                    assertThat(value(session, "SELECT count(*) FROM dropped")).isEqualTo(1L);
                    lake.writer().dropTable(lake.identifier("dropped"), false);
                    // The service deletes them after it has answered.
                    await().atMost(Duration.ofMinutes(1))
                            .untilAsserted(() -> assertThat(location).doesNotExist());

                    value(session, "SELECT count(item) FROM dropped WHERE id > 0");
                }))
                .hasMessageContaining("of table one_snapshot.dropped: a file is gone, since the table was dropped");
    }

    @Test
    void anotherVersionIsReadBesideIt() throws Exception {
        createAppend("versions");
        lake.commit("versions", 1L, "a");
        lake.commit("versions", 2L, "b");

        inTransaction(session -> {
            assertThat(value(session, "SELECT count(item) FROM versions WHERE id > 0"))
                    .isEqualTo(2L);
            lake.commit("versions", 3L, "c");

            assertThat(value(session, "SELECT count(item) FROM versions FOR VERSION AS OF 1 WHERE id > 0"))
                    .isEqualTo(1L);
            assertThat(value(session, "SELECT count(item) FROM versions FOR VERSION AS OF 3 WHERE id > 0"))
                    .isEqualTo(3L);
            assertThat(value(session, "SELECT count(item) FROM versions WHERE id > 0"))
                    .isEqualTo(2L);
        });
    }
}
