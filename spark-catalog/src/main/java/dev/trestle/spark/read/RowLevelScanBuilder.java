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
package dev.trestle.spark.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.spark.data.Predicates;
import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.predicate.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/** Makes the scan of a statement that changes rows, and keeps it for the commit, which has to know what was read. */
public final class RowLevelScanBuilder implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {

    private final ScanTable table;
    private final List<Predicate> predicates = new ArrayList<>();

    private StructType schema;
    private org.apache.spark.sql.connector.expressions.filter.Predicate[] pushed = {};
    private RowLevelScan scan;

    /** A scan of all columns of a table, so far. */
    public RowLevelScanBuilder(ScanTable table) {
        this.table = requireNonNull(table, "table is null");
        this.schema = SparkTypes.toSpark(table.columns());
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
        schema = requiredSchema;
    }

    /** They choose files; which rows of them change is for Spark to find out. */
    @Override
    public org.apache.spark.sql.connector.expressions.filter.Predicate[] pushPredicates(
            org.apache.spark.sql.connector.expressions.filter.Predicate[] asked) {
        Predicates converter = new Predicates(table.columns());
        List<org.apache.spark.sql.connector.expressions.filter.Predicate> used = new ArrayList<>();
        for (org.apache.spark.sql.connector.expressions.filter.Predicate predicate : asked) {
            converter.toPaimon(predicate).ifPresent(known -> {
                predicates.add(known);
                used.add(predicate);
            });
        }
        pushed = used.toArray(org.apache.spark.sql.connector.expressions.filter.Predicate[]::new);
        return asked;
    }

    @Override
    public org.apache.spark.sql.connector.expressions.filter.Predicate[] pushedPredicates() {
        return pushed;
    }

    @Override
    public Scan build() {
        scan = new RowLevelScan(table, schema, predicates);
        return scan;
    }

    /**
     * The scan that was built.
     *
     * @throws IllegalStateException if none was
     */
    public RowLevelScan built() {
        if (scan == null) {
            throw new IllegalStateException("Rows of " + table.name() + " are changed that were not read");
        }
        return scan;
    }
}
