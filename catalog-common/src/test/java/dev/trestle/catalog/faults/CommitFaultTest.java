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
package dev.trestle.catalog.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.api.BadRequestException;
import dev.trestle.catalog.api.ForbiddenException;
import dev.trestle.catalog.api.NoSuchResourceException;
import dev.trestle.catalog.api.NotAuthenticatedException;
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.UnsupportedByServiceException;
import dev.trestle.server.fault.Fault;
import dev.trestle.server.fault.InjectedFault;
import dev.trestle.server.suite.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a commit, and of its files, when the service fails in the middle of it. */
@Timeout(60)
class CommitFaultTest {

    private Lakehouse lakehouse;
    private Path directory;
    private RestCatalog catalog;
    private Identifier t;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        lakehouse = new Lakehouse(temporary);
        catalog = lakehouse.throughProxy();
        t = Identifier.create(lakehouse.newDatabase(), "t");
        Schema schema = Schema.newBuilder()
                .column("k", DataTypes.INT())
                .column("v", DataTypes.STRING())
                .build();
        lakehouse.direct().createTable(t, schema, false);
    }

    @AfterEach
    void stop() {
        catalog.close();
        lakehouse.close();
    }

    @Test
    void keepsTheFilesOfACommitThatWasAppliedBeforeTheServiceWentDown() throws Exception {
        Table table = catalog.getTable(t);
        Rows.write(table, Rows.row(1, "before"));
        lakehouse.proxy().inject(Fault.cutAfterAndGoDown(), Change.COMMIT.request());

        Throwable thrown = catchThrowable(() -> Rows.write(table, Rows.row(2, "during")));
        Set<Path> files = files();

        assertThat(thrown)
                .as("neither done nor refused")
                .hasStackTraceContaining(OutcomeUnknownException.class.getName());
        assertThat(thrown).hasMessageContaining(t.getFullName()).hasMessageContaining("Look at the table's snapshots");
        assertThat(files).filteredOn(CommitFaultTest::isData).hasSize(2);

        lakehouse.proxy().revive();
        assertThat(Rows.read(catalog.getTable(t))).containsExactly("[1, before]", "[2, during]");
        assertThat(files()).containsAll(files);
    }

    @Test
    void keepsTheFilesOfACommitThatNeverArrivedBeforeTheServiceWentDown() throws Exception {
        Table table = catalog.getTable(t);
        lakehouse.proxy().inject(Fault.goDown(), Change.COMMIT.request());

        Throwable thrown = catchThrowable(() -> Rows.write(table, Rows.row(1, "during")));

        assertThat(thrown).hasStackTraceContaining(OutcomeUnknownException.class.getName());
        assertThat(files()).filteredOn(CommitFaultTest::isData).hasSize(1);

        lakehouse.proxy().revive();
        assertThat(Rows.read(catalog.getTable(t))).isEmpty();
        Rows.write(catalog.getTable(t), Rows.row(2, "after"));
        assertThat(Rows.read(catalog.getTable(t))).containsExactly("[2, after]");
    }

    @Test
    void findsOutThatACommitWasAppliedAndProposesItNotAgain() throws Exception {
        InjectedFault cut = lakehouse.proxy().inject(Fault.cutAfter(), Change.COMMIT.request());

        Rows.write(catalog.getTable(t), Rows.row(1, "a"));

        assertThat(cut.hits()).isEqualTo(1);
        assertThat(proposals()).isEqualTo(1);
        assertThat(Rows.read(lakehouse.direct().getTable(t))).containsExactly("[1, a]");
    }

    @Test
    void doesNotLetOneCommitsTroubleShortenTheNext() throws Exception {
        // A proposal is given up after a second. One commit has five more then, and all together have none.
        int commits = 7;
        try (RestCatalog patient = lakehouse.throughProxy(Map.of("http.deadline", "6 s"))) {
            Table table = patient.getTable(t);
            for (int i = 0; i < commits; i++) {
                lakehouse.proxy().inject(Fault.delayAfter(Duration.ofMillis(1200)), Change.COMMIT.request());
                Rows.write(table, Rows.row(i, "a"));
            }
        }

        assertThat(Rows.read(lakehouse.direct().getTable(t))).hasSize(commits);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(400, BadRequestException.class),
                Arguments.of(401, NotAuthenticatedException.class),
                Arguments.of(403, ForbiddenException.class),
                Arguments.of(404, NoSuchResourceException.class),
                Arguments.of(501, UnsupportedByServiceException.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void proposesOnceWhatTheServiceRefusesForGood(int status, Class<? extends Throwable> type) throws Exception {
        lakehouse.proxy().inject(Fault.answer(status), Change.COMMIT.request(), 0, Integer.MAX_VALUE);
        Table table = catalog.getTable(t);

        Throwable thrown = catchThrowable(() -> Rows.write(table, Rows.row(1, "a")));

        assertThat(thrown).hasStackTraceContaining(type.getName()).hasMessageContaining(t.getFullName());
        assertThat(thrown.toString()).doesNotContain("Unknown");
        assertThat(proposals()).isEqualTo(1);

        lakehouse.proxy().clear();
        Rows.write(table, Rows.row(2, "b"));
        assertThat(Rows.read(catalog.getTable(t))).containsExactly("[2, b]");
    }

    @Test
    void givesAllProposalsTogetherOneDeadline() throws Exception {
        lakehouse.proxy().inject(Fault.cutBefore(), Change.COMMIT.request(), 0, Integer.MAX_VALUE);
        lakehouse.direct().alterTable(t, List.of(SchemaChange.setOption("commit.max-retries", "1000000")), false);
        Table table = catalog.getTable(t);

        long start = System.nanoTime();
        Throwable thrown = catchThrowable(() -> Rows.write(table, Rows.row(1, "a")));

        assertThat(thrown).hasStackTraceContaining(OutcomeUnknownException.class.getName());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(Rows.read(lakehouse.direct().getTable(t))).isEmpty();
    }

    @Test
    void overwritesNothingOfAnotherClientWhileItProposesAgain() throws Exception {
        Table table = catalog.getTable(t);
        lakehouse.proxy().inject(Fault.answer(500), Change.COMMIT.request(), 0, 2);
        lakehouse.proxy().inject(Fault.answer(503, Map.of("Retry-After", "0")), Change.COMMIT.request(), 0, 1);
        Rows.write(lakehouse.direct().getTable(t), Rows.row(1, "theirs"));

        Rows.write(table, Rows.row(2, "ours"));

        assertThat(Rows.read(lakehouse.direct().getTable(t))).containsExactly("[1, theirs]", "[2, ours]");
    }

    private long proposals() {
        return lakehouse.proxy().requests().stream()
                .filter(Change.COMMIT.request())
                .count();
    }

    private Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("warehouse"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().contains("trestle-catalog.db"))
                    .collect(TreeSet::new, Set::add, Set::addAll);
        }
    }

    private static boolean isData(Path file) {
        return file.getFileName().toString().startsWith("data-")
                && !file.getFileName().toString().endsWith(".crc");
    }
}
