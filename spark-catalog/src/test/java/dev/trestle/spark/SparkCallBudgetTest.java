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

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many calls statements send, counted by the server, with default options. */
class SparkCallBudgetTest extends CatalogFixture {

    private static final int MOST_OF_A_SELECT = 2;
    private static final int MOST_OF_CREATE_TABLE_AS = 5;

    /** A slow machine lets what is remembered for a second expire within a statement: one good round of these counts. */
    private static final int ROUNDS = 5;

    private static final int COLD_ROUNDS = 4;

    private interface Round {
        void run(int round);
    }

    private long fewest(Round statement) {
        return fewest(ROUNDS, statement);
    }

    private long fewest(int rounds, Round statement) {
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            Map<String, Long> before = server.callCounts();
            statement.run(round);
            fewest = Math.min(fewest, total(server.callCounts()) - total(before));
        }
        return fewest;
    }

    private static long total(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void aSelectSendsTwoCallsAtMost() {
        run("CREATE TABLE t (id INT)").run("INSERT INTO t VALUES (1)");

        assertThat(fewest(round -> rows("SELECT * FROM t WHERE id > 0"))).isLessThanOrEqualTo(MOST_OF_A_SELECT);
    }

    @Test
    void soDoesTheFirstSelectOfATable() {
        Map<String, String> options = new HashMap<>(options());
        // Another client than the one that makes the tables, which remembers them.
        options.put("http.call-timeout", "50 s");
        SparkTestSession cold = SparkTestSession.open(options).run("USE d");
        for (int round = 0; round < COLD_ROUNDS; round++) {
            run("CREATE TABLE t" + round + " (id INT)").run("INSERT INTO t" + round + " VALUES (1)");
        }
        cold.rows("SELECT * FROM t0");

        assertThat(fewest(COLD_ROUNDS - 1, round -> cold.rows("SELECT * FROM t" + (round + 1) + " WHERE id > 0")))
                .isLessThanOrEqualTo(MOST_OF_A_SELECT);
    }

    /** They are planned beside each other. */
    @Test
    void aTableThatAQueryReadsSeveralTimesIsAskedForOnce() {
        run("CREATE TABLE several (id INT)").run("INSERT INTO several VALUES (1)");

        assertThat(fewest(round -> rows(
                        "SELECT count(*) FROM several a JOIN several b ON a.id = b.id JOIN several c ON a.id = c.id"
                                + " WHERE a.id > 0 AND b.id > -1 AND c.id > -2")))
                .isLessThanOrEqualTo(MOST_OF_A_SELECT);
    }

    @Test
    void createTableAsSendsFiveCallsAtMost() {
        assertThat(fewest(round -> run("CREATE TABLE t" + round + " AS SELECT 1 AS id")))
                .isLessThanOrEqualTo(MOST_OF_CREATE_TABLE_AS);
    }
}
