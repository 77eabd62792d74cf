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
import dev.trestle.catalog.api.OutcomeUnknownException;
import dev.trestle.catalog.api.ServiceException;
import dev.trestle.server.fault.InjectedFault;
import dev.trestle.server.fault.ProxiedRequest;
import dev.trestle.server.suite.EmbeddedTestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.paimon.catalog.Catalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults by changes: what is reported is compared with what the server holds. A success is there, once; a failure that says
 * "not done" is not there, now or later; everything else says that it does not know. Most of a case is waiting for a client
 * that gives up, so several run at once, each in a lakehouse of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class FaultMatrix {

    private static final Logger LOG = LoggerFactory.getLogger(FaultMatrix.class);

    /** Of a late request, after which a server would have seen it. */
    private static final Duration LANDED = Duration.ofSeconds(5);

    private static final int AT_ONCE = 4;

    private final BlockingQueue<Lakehouse> idle = new ArrayBlockingQueue<>(AT_ONCE);
    private final Map<Report, Integer> reports = new ConcurrentHashMap<>();
    private final AtomicInteger wrong = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();

    private enum Report {
        DONE,
        NOT_DONE,
        UNKNOWN
    }

    /** How the client under test talks to the server. */
    abstract Dialect dialect();

    /** The requests that the harm is done to. */
    Predicate<ProxiedRequest> harmed(Change change) {
        return change.request(dialect());
    }

    /** A server with its files under an empty directory. */
    EmbeddedTestServer startServer(Path directory) {
        return EmbeddedTestServer.withToken(directory);
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        for (int i = 0; i < AT_ONCE; i++) {
            idle.add(new Lakehouse(startServer(directory.resolve("lakehouse-" + i)), dialect()));
        }
    }

    @AfterAll
    void stop() {
        idle.forEach(Lakehouse::close);
        LOG.info(
                "faults in {}: {} cases, reported {}, wrong reports {}, duplicates {}",
                getClass().getSimpleName(),
                reports.values().stream().mapToInt(Integer::intValue).sum(),
                reports,
                wrong.get(),
                duplicates.get());
    }

    /** Each change and each fault in some case, one time. */
    Stream<Arguments> selection() {
        Change[] changes = Change.of(dialect()).toArray(Change[]::new);
        Harm[] harms = Harm.all().toArray(Harm[]::new);
        return Stream.concat(
                        Stream.iterate(0, i -> i + 1)
                                .limit(harms.length)
                                .map(i -> Arguments.of(changes[i % changes.length], harms[i], 1)),
                        Stream.of(changes).map(change -> Arguments.of(change, harms[1], 1)))
                .distinct();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("selection")
    void reportsWhatTheServerHolds(Change change, Harm harm, int times) throws Exception {
        run(change, harm, times);
    }

    final void run(Change change, Harm harm, int times) throws Exception {
        Lakehouse lakehouse = idle.take();
        try {
            run(lakehouse, change, harm, times);
        } finally {
            idle.add(lakehouse);
        }
    }

    private void run(Lakehouse lakehouse, Change change, Harm harm, int times) throws Exception {
        String database = lakehouse.newDatabase();
        change.prepare(lakehouse.direct(), database);
        InjectedFault injected;
        Throwable thrown;
        try (RestCatalog catalog = lakehouse.throughProxy()) {
            injected = lakehouse.proxy().inject(harm.fault(), harmed(change), 0, times);
            thrown = catchThrowable(() -> change.make(catalog, database));
        } finally {
            lakehouse.proxy().clear();
        }
        assertThat(injected.hits()).as("the fault happened").isPositive();

        Report report = report(thrown);
        reports.merge(report, 1, Integer::sum);
        int done = timesDone(lakehouse, change, database, harm, report);
        boolean isWrong = (report == Report.DONE && done == 0) || (report == Report.NOT_DONE && done > 0);
        wrong.addAndGet(isWrong ? 1 : 0);
        duplicates.addAndGet(done > 1 ? 1 : 0);
        assertThat(isWrong)
                .as("%s, and the server has it %d times: %s", report, done, thrown)
                .isFalse();
        assertThat(done).as("times done").isLessThanOrEqualTo(1);
        if (thrown != null) {
            assertWords(lakehouse, change, database, thrown);
        }
    }

    /** A request that was on its way when the client gave up may land yet. */
    private static int timesDone(Lakehouse lakehouse, Change change, String database, Harm harm, Report report)
            throws Exception {
        int done = change.timesDone(lakehouse.direct(), database);
        long end = System.nanoTime() + LANDED.toNanos();
        while (harm.late() && report == Report.NOT_DONE && done == 0 && System.nanoTime() < end) {
            done = change.timesDone(lakehouse.direct(), database);
        }
        return done;
    }

    private static Report report(Throwable thrown) {
        if (thrown == null) {
            return Report.DONE;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutcomeUnknownException) {
                return Report.UNKNOWN;
            }
        }
        return Report.NOT_DONE;
    }

    private static void assertWords(Lakehouse lakehouse, Change change, String database, Throwable thrown) {
        boolean typed = false;
        boolean named = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            typed |= cause instanceof ServiceException
                    || cause.getClass().getEnclosingClass() == Catalog.class
                    || cause instanceof IllegalArgumentException;
            named |= String.valueOf(cause.getMessage()).contains(change.object(database));
            assertThat(cause.toString()).doesNotContain(lakehouse.token());
        }
        assertThat(typed).as("a typed error: %s", thrown).isTrue();
        assertThat(named).as("names %s: %s", change.object(database), thrown).isTrue();
    }
}
