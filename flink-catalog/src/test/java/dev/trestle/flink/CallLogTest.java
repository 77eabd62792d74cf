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
package dev.trestle.flink;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.table.api.TableResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The log lines of calls that a job makes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CallLogTest extends CatalogFixture {

    private final Logger calls = (Logger) LoggerFactory.getLogger("dev.trestle.catalog.http");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        calls.addAppender(lines);
        calls.setLevel(Level.DEBUG);
        calls.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        calls.setLevel(null);
        calls.setAdditive(true);
        calls.detachAppender(lines);
    }

    @Test
    void aJobsCallsCarryItsId() throws Exception {
        session.run("CREATE TABLE t (id INT)");

        TableResult insert = session.environment().executeSql("INSERT INTO t VALUES (1)");
        insert.await();

        JobID job = insert.getJobClient().orElseThrow().getJobID();
        assertThat(lines("commit snapshot 1 to 'd.t'"))
                .singleElement()
                .asString()
                .matches(
                        "commit snapshot 1 to 'd\\.t': status 200, attempts 1, \\d+ ms, request id [0-9a-f-]{36}, query "
                                + job);
    }

    @Test
    void aStatementsOwnCallsHaveNoQueryYet() {
        session.run("CREATE TABLE t (id INT)");

        assertThat(lines("create table 'd.t'"))
                .singleElement()
                .asString()
                .startsWith("create table 'd.t': status 200, attempts 1, ")
                .endsWith(", query -");
    }

    private List<String> lines(String beginning) {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith(beginning))
                .toList();
    }
}
