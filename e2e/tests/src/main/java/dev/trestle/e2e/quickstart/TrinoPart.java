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

import dev.trestle.e2e.tpch.TpchQuery;
import java.util.List;
import java.util.Optional;

/** The statements that the quickstart shows on Trino, over the catalog that the Flink part has filled. */
final class TrinoPart {

    private final TrinoShell trino;
    private final Transcript transcript;

    TrinoPart(TrinoShell trino, Transcript transcript) {
        this.trino = requireNonNull(trino, "trino is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    void run() {
        readWhatFlinkWrote();
        runQueries();
        joinAndAlter();
    }

    private void readWhatFlinkWrote() {
        transcript.heading("Trino: the same catalog, with what Flink has left in it");
        trino.run("SHOW TABLES");
        List<List<Object>> customers = trino.run("SELECT c_custkey, c_name, c_tier FROM customer ORDER BY c_custkey");
        check("customers that Flink has left", 10, customers.size());
        check("the tier that Flink gave the first", "gold", customers.get(0).get(2));
        check("the tier of the last", null, customers.get(9).get(2));
    }

    private void runQueries() {
        transcript.heading("Trino: two queries of TPC-H, checked against what DuckDB answers over the same rows");
        for (TpchQuery query : List.of(TpchQuery.Q6, TpchQuery.Q12)) {
            List<List<Object>> rows = trino.run(query.sql());
            Optional<String> difference = query.expectedRows().differenceTo(rows);
            if (difference.isPresent()) {
                throw new CheckFailedException(
                        query + " (" + query.title() + ") differs from DuckDB's answer: " + difference.get());
            }
            transcript.line("  " + query + ", " + query.title() + ": the same as DuckDB's, to the last digit");
        }
    }

    private void joinAndAlter() {
        transcript.heading("Trino: join with another catalog, alter a table");
        List<List<Object>> regions = trino.run(
                """
                SELECT r.name, count(*) AS nations
                FROM nation
                JOIN tpch.tiny.region AS r ON n_regionkey = r.regionkey
                GROUP BY r.name
                ORDER BY r.name""");
        check("nations by region", List.of("AFRICA", 5L), regions.get(0));
        check("regions", 5, regions.size());
        trino.run("ALTER TABLE nation ADD COLUMN n_capital VARCHAR COMMENT 'from Trino'");
        trino.run("COMMENT ON TABLE nation IS 'made by Flink, altered by Trino'");
        List<List<Object>> columns = trino.run("SHOW COLUMNS FROM nation");
        check(
                "the column that Trino has added",
                "n_capital",
                columns.get(columns.size() - 1).get(0));
    }

    private static void check(String what, Object expected, Object answered) {
        if (!String.valueOf(expected).equals(String.valueOf(answered))) {
            throw new CheckFailedException(what + ": " + expected + " is expected, " + answered + " came");
        }
    }
}
