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
package dev.trestle.e2e.quickstart;

import static java.util.Objects.requireNonNull;

import dev.trestle.e2e.server.CallCounts;
import dev.trestle.e2e.server.CatalogServerProcess;
import dev.trestle.e2e.spark.SparkDriver;
import dev.trestle.e2e.spark.SparkResult;
import dev.trestle.e2e.spark.SparkStatementException;
import java.time.Duration;
import java.util.List;

/** Runs statements in a Spark driver and shows each: its text, its rows, its time, its REST calls. */
final class SparkShell {

    private static final String PROMPT = "spark-sql";

    private final SparkDriver driver;
    private final CatalogServerProcess server;
    private final Transcript transcript;

    SparkShell(SparkDriver driver, CatalogServerProcess server, Transcript transcript) {
        this.driver = requireNonNull(driver, "driver is null");
        this.server = requireNonNull(server, "server is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    /**
     * Runs a statement to its end, shown with its rows.
     *
     * @return the rows, none for a statement that has no result
     */
    List<List<Object>> run(String sql) {
        transcript.statement(PROMPT, sql);
        CallCounts before = server.fetchCallCounts();
        long start = System.nanoTime();
        SparkResult result = answer(sql);
        if (!result.columns().isEmpty()) {
            transcript.table(result.columns(), result.rows());
        }
        transcript.cost(
                Duration.ofNanos(System.nanoTime() - start),
                server.fetchCallCounts().since(before));
        return result.rows();
    }

    private SparkResult answer(String sql) {
        try {
            return driver.run(sql);
        } catch (SparkStatementException e) {
            throw new CheckFailedException("Spark refused the statement: " + e.getMessage());
        }
    }
}
