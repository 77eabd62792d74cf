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
package dev.trestle.spark.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import scala.jdk.javaapi.CollectionConverters;

/** Runs a statement and says what it took. It needs classes that came with Spark 4. */
final class MeasuredStatements {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private MeasuredStatements() {}

    static Map<String, Object> run(SparkSession session, String statement) {
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        Dataset<Row> result = session.sql(statement);
        List<Row> rows = result.collectAsList();
        long nanos = System.nanoTime() - start;
        long cpuNanos = PROCESS.getProcessCpuTime() - cpu;
        return Map.of(
                "columns",
                Arrays.asList(result.columns()),
                "rows",
                StatementServer.cells(rows),
                "nanos",
                nanos,
                "cpuNanos",
                cpuNanos,
                "planningMillis",
                planningMillis(result));
    }

    private static long planningMillis(Dataset<Row> result) {
        QueryPlanningTracker tracker = ((org.apache.spark.sql.classic.Dataset<Row>) result)
                .queryExecution()
                .tracker();
        return CollectionConverters.asJava(tracker.phases()).values().stream()
                .mapToLong(QueryPlanningTracker.PhaseSummary::durationMs)
                .sum();
    }
}
