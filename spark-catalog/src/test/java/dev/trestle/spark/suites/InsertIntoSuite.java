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
package dev.trestle.spark.suites;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.InsertIntoTests;

/** Spark's tests of INSERT, which leave open by what the rows are inserted. */
abstract class InsertIntoSuite extends InsertIntoTests {

    private static final String NAMESPACE = "test_catalog.ns";

    InsertIntoSuite(boolean includesThoseOfSql) {
        super(true, includesThoseOfSql);
    }

    @Override
    public String catalogAndNamespace() {
        return NAMESPACE + ".";
    }

    @Override
    public String v2Format() {
        return "parquet";
    }

    @Override
    public void beforeAll() {
        super.beforeAll();
        spark().sql("CREATE DATABASE " + NAMESPACE);
    }

    /** The tests leave their tables, since those of a catalog in memory are gone with it. */
    @Override
    public void afterEach() {
        spark().sql("DROP TABLE IF EXISTS " + NAMESPACE + ".tbl");
        super.afterEach();
    }

    @Override
    public void verifyTable(String table, Dataset<Row> expected) {
        assertThat(spark().table(table).collectAsList()).containsExactlyInAnyOrderElementsOf(expected.collectAsList());
    }

    /** Spark's own looks into a table in memory. */
    @Override
    public void checkInsertMetrics(String table, long insertedRows) {
        String snapshots = NAMESPACE + ".`" + table.substring(NAMESPACE.length() + 1) + "$snapshots`";
        List<Row> last = spark().sql(
                        "SELECT delta_record_count FROM " + snapshots + " ORDER BY snapshot_id DESC LIMIT 1")
                .collectAsList();
        assertThat(last.get(0).getLong(0)).isEqualTo(insertedRows);
    }
}
