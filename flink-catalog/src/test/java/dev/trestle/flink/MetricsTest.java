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

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a metric reporter of the cluster sees of the catalog's calls. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MetricsTest extends CatalogFixture {

    @BeforeEach
    void makeTable() {
        session.run("CREATE TABLE t (id INT NOT NULL, v STRING, PRIMARY KEY (id) NOT ENFORCED) WITH ('bucket'='1')");
        CollectedMetrics.forget();
    }

    @Test
    void aCommitterShowsTheCommits() {
        session.run("INSERT INTO t VALUES (1, 'a')");

        assertThat(CollectedMetrics.value("end", ".trestle.operation.commitSnapshot.calls"))
                .as(CollectedMetrics::names)
                .hasValue(1L);
        assertThat(CollectedMetrics.value("end", ".trestle.operation.commitSnapshot.errors"))
                .hasValue(0L);
        assertThat(CollectedMetrics.value("end", ".trestle.calls").orElseThrow())
                .isGreaterThan(1L);
        assertThat(CollectedMetrics.value("end", ".trestle.cacheMisses").orElseThrow())
                .isPositive();
    }

    @Test
    void allGaugesOfTheReadmeAreThere() {
        session.run("INSERT INTO t VALUES (1, 'a')");

        List<String> ofCalls = List.of("calls", "errors", "retries", "meanTimeMs", "longestTimeMs");
        Set<String> documented = new HashSet<>(ofCalls);
        documented.addAll(List.of("authTokenLoads", "authTokenErrors", "vendedTokenLoads", "cacheHits", "cacheMisses"));
        for (String operation : List.of(
                "authorizeQueryOf",
                "commitSnapshot",
                "getDataTokenOf",
                "getLatestSnapshotOf",
                "getTable",
                "requestToken")) {
            ofCalls.forEach(count -> documented.add("operation." + operation + "." + count));
        }
        assertThat(CollectedMetrics.namesWithin("end"))
                .as(CollectedMetrics::names)
                .isEqualTo(documented);
    }

    @Test
    void aStreamingSourceShowsItsQuestionsForSnapshots() throws Exception {
        session.run("INSERT INTO t VALUES (1, 'a')");
        CollectedMetrics.forget();
        FlinkSession reader = open(FlinkSession.streaming()).run("USE d");
        try (CloseableIterator<Row> rows = reader.environment()
                .executeSql("SELECT * FROM t /*+ OPTIONS('continuous.discovery-interval'='100 ms') */")
                .collect()) {
            rows.next();

            assertThat(CollectedMetrics.value(".jobmanager.", ".trestle.operation.getLatestSnapshotOf.calls")
                            .orElseThrow(() -> new AssertionError(CollectedMetrics.names())))
                    .as("in the enumerator")
                    .isPositive();
            assertThat(CollectedMetrics.value(".taskmanager.", ".trestle.operation.getLatestSnapshotOf.meanTimeMs"))
                    .as("in the reader")
                    .isPresent();
        }
        reader.close();
    }

    @Test
    void aBatchSourceShowsThemToo() {
        session.run("INSERT INTO t VALUES (1, 'a')");
        CollectedMetrics.forget();

        assertThat(rows("SELECT * FROM t")).containsExactly("[1, a]");

        assertThat(CollectedMetrics.value(".taskmanager.", ".trestle.calls"))
                .as(CollectedMetrics::names)
                .isPresent();
    }
}
