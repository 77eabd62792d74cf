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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A SQL session in this process. All of them share one Spark, which lives as long as the tests; each has a catalog of a name
 * of its own, since Spark keeps a catalog for the life of a session.
 */
final class SparkTestSession {

    private static final AtomicInteger CATALOGS = new AtomicInteger();

    private final SparkSession spark;
    private final String catalog;

    private SparkTestSession(SparkSession spark, String catalog) {
        this.spark = spark;
        this.catalog = catalog;
    }

    private static final class Shared {

        private static final SparkSession SPARK = SparkSession.builder()
                // A task that fails is tried once more.
                .master("local[2,2]")
                .appName("trestle")
                .config("spark.ui.enabled", "false")
                // Compiling code for some rows takes longer than reading them.
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.timeType.enabled", "true")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.warehouse.dir", newDirectory())
                .getOrCreate();

        /** Of this JVM alone: Spark makes no table where there are files already. */
        private static String newDirectory() {
            try {
                return Files.createTempDirectory("trestle-spark-warehouse").toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A session whose current catalog has these options. */
    static SparkTestSession open(Map<String, String> options) {
        String catalog = "lake" + CATALOGS.incrementAndGet();
        return open(catalog, TrestleCatalog.class, options).run("USE " + catalog);
    }

    /** A session in which a catalog with these options takes the place of Spark's own. */
    static SparkTestSession openInPlaceOfSparks(Map<String, String> options) {
        return open("spark_catalog", TrestleSessionCatalog.class, options);
    }

    private static SparkTestSession open(String catalog, Class<?> implementation, Map<String, String> options) {
        SparkSession spark = Shared.SPARK.newSession();
        SparkSession.setActiveSession(spark);
        String key = "spark.sql.catalog." + catalog;
        spark.conf().set(key, implementation.getName());
        options.forEach((option, value) -> spark.conf().set(key + "." + option, value));
        return new SparkTestSession(spark, catalog);
    }

    SparkSession spark() {
        return spark;
    }

    String catalog() {
        return catalog;
    }

    SparkTestSession set(String key, String value) {
        spark.conf().set(key, value);
        return this;
    }

    SparkTestSession run(String statement) {
        sql(statement);
        return this;
    }

    Dataset<Row> sql(String statement) {
        SparkSession.setActiveSession(spark);
        return spark.sql(statement);
    }

    /** The rows of a query as text, such as {@code [1,a]}. */
    List<String> rows(String query) {
        return Arrays.stream((Row[]) sql(query).collect()).map(Row::toString).toList();
    }

    /** The first column of each row, as text. */
    List<String> column(String query) {
        return Arrays.stream((Row[]) sql(query).collect())
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    /** The plan of a query, as EXPLAIN shows it. */
    String plan(String query) {
        return sql(query).queryExecution().toString();
    }

    void close() {
        SparkSession.clearActiveSession();
    }
}
