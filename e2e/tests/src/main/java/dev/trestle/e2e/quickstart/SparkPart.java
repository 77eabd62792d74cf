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

/** The statements that the quickstart shows on Spark, over the catalog that the parts before have filled. */
final class SparkPart {

    private final SparkShell spark;
    private final Transcript transcript;

    SparkPart(SparkShell spark, Transcript transcript) {
        this.spark = requireNonNull(spark, "spark is null");
        this.transcript = requireNonNull(transcript, "transcript is null");
    }

    void run() {
        readWhatFlinkWrote();
        runQueries();
        alterAndMerge();
        joinAndLookBack();
    }

    private void readWhatFlinkWrote() {
        transcript.heading("Spark: the same catalog, with what Flink has left in it");
        spark.run("USE lake.tpch");
        spark.run("SHOW TABLES");
        List<List<Object>> customers = spark.run("SELECT c_custkey, c_name, c_tier FROM customer ORDER BY c_custkey");
        check("customers that Flink has left", 10, customers.size());
        check("the tier that Flink gave the first", "gold", customers.get(0).get(2));
        check("the tier of the last", null, customers.get(9).get(2));
    }

    private void runQueries() {
        transcript.heading("Spark: two queries of TPC-H, checked against what DuckDB answers over the same rows");
        for (TpchQuery query : List.of(TpchQuery.Q6, TpchQuery.Q12)) {
            Optional<String> difference = query.expectedRows().differenceTo(spark.run(query.sql()));
            if (difference.isPresent()) {
                throw new CheckFailedException(
                        query + " (" + query.title() + ") differs from DuckDB's answer: " + difference.get());
            }
            transcript.line("  " + query + ", " + query.title() + ": the same as DuckDB's, to the last digit");
        }
    }

    private void alterAndMerge() {
        transcript.heading("Spark: alter a table, merge rows into it, delete one");
        spark.run("ALTER TABLE customer ADD COLUMN c_discount DECIMAL(3, 2) COMMENT 'from Spark' AFTER c_tier");
        spark.run(
                """
                MERGE INTO customer
                USING (SELECT * FROM VALUES (4, 'silver', 0.05), (11, 'new', 0.10) AS v(custkey, tier, discount)) AS v
                ON c_custkey = v.custkey
                WHEN MATCHED THEN UPDATE SET c_tier = v.tier, c_discount = v.discount
                WHEN NOT MATCHED THEN INSERT (c_custkey, c_name, c_tier, c_discount)
                  VALUES (v.custkey, 'made by Spark', v.tier, v.discount)""");
        List<List<Object>> tiers = spark.run(
                """
                SELECT c_tier, count(*) AS customers, max(c_discount) AS discount
                FROM customer
                GROUP BY c_tier
                ORDER BY c_tier""");
        check("customers by tier", "[[null, 6, null], [gold, 3, null], [new, 1, 0.10], [silver, 1, 0.05]]", tiers);
        spark.run("DELETE FROM customer WHERE c_tier = 'new'");
        check(
                "customers left",
                10,
                spark.run("SELECT count(*) FROM customer").get(0).get(0));
    }

    private void joinAndLookBack() {
        transcript.heading("Spark: join with rows of its own, read an old version");
        spark.run(
                """
                CREATE TEMPORARY VIEW continent AS SELECT * FROM VALUES
                  (0, 'Afrika'), (1, 'Amerika'), (2, 'Asien'), (3, 'Europa'), (4, 'Orient') AS c(regionkey, name)""");
        List<List<Object>> nations = spark.run(
                """
                SELECT c.name, count(*) AS nations, min(n_name) AS first
                FROM nation
                JOIN continent AS c ON n_regionkey = c.regionkey
                GROUP BY c.name
                ORDER BY c.name""");
        check("nations by continent", "[Afrika, 5, ALGERIA]", nations.get(0));
        check("continents", 5, nations.size());
        check(
                "customers of the first version",
                1500,
                spark.run("SELECT count(*) FROM customer VERSION AS OF 1")
                        .get(0)
                        .get(0));
    }

    private static void check(String what, Object expected, Object answered) {
        if (!String.valueOf(expected).equals(String.valueOf(answered))) {
            throw new CheckFailedException(what + ": " + expected + " is expected, " + answered + " came");
        }
    }
}
