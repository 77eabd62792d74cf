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
package dev.trestle.spark.write;

import dev.trestle.spark.data.ColumnReferences;
import dev.trestle.spark.data.FixedBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.catalyst.util.RowDeltaUtils;
import org.apache.spark.sql.connector.distributions.Distribution;
import org.apache.spark.sql.connector.distributions.Distributions;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;
import org.apache.spark.sql.connector.expressions.Transform;

/**
 * Which task writes which rows: a bucket has one writer, and a task writes one partition after the other, so that few
 * files are open.
 *
 * @param clustering rows that are equal in these go to one task; empty where any task may write any row
 * @param strict whether the table would be damaged otherwise
 * @param tasks how many tasks there must be; 0 leaves it to Spark
 * @param sorting by what the rows of a task are sorted
 */
public record WriteLayout(List<Expression> clustering, boolean strict, int tasks, List<Expression> sorting) {

    private WriteLayout(List<Expression> clustering, boolean strict, int tasks) {
        this(clustering, strict, tasks, tasks == 1 ? List.of() : clustering);
    }

    /**
     * The layout that a table asks for.
     *
     * @throws UnsupportedOperationException if the table cannot be written so
     */
    public static WriteLayout of(FileStoreTable table) {
        List<Expression> partition = table.partitionKeys().stream()
                .<Expression>map(ColumnReferences::identity)
                .toList();
        BucketMode mode = table.bucketMode();
        return switch (mode) {
            case HASH_FIXED -> fixedBuckets(table, partition);
            // Which bucket a key is in is known to one task only, which has the index of its partition.
            case HASH_DYNAMIC ->
                partition.isEmpty()
                        ? new WriteLayout(columns(table.primaryKeys()), true, 1)
                        : new WriteLayout(partition, true, 0);
            case KEY_DYNAMIC ->
                throw new UnsupportedOperationException("Table " + table.name() + " cannot be written with Spark: its"
                        + " primary key does not have all partition columns, so that a row may move between partitions."
                        + " Add them to the key, or write the table with Flink.");
            case BUCKET_UNAWARE, POSTPONE_MODE -> new WriteLayout(partition, false, 0);
        };
    }

    /** Any task may write any row. */
    public static WriteLayout ofAnyTask() {
        return new WriteLayout(List.of(), false, 0);
    }

    /**
     * The same for a MERGE: of rows with the same key, what is deleted comes before what is inserted, which would be deleted
     * otherwise. Spark numbers what is to be done with a row so in a column of its own.
     */
    public WriteLayout withDeletionsFirst() {
        List<Expression> sorted = new ArrayList<>(sorting);
        sorted.add(ColumnReferences.identity(RowDeltaUtils.OPERATION_COLUMN()));
        return new WriteLayout(clustering, strict, tasks, sorted);
    }

    private static WriteLayout fixedBuckets(FileStoreTable table, List<Expression> partition) {
        List<String> keys = table.schema().bucketKeys();
        Optional<Transform> bucket = FixedBuckets.of(table);
        if (bucket.isEmpty()) {
            return new WriteLayout(columns(keys.isEmpty() ? table.rowType().getFieldNames() : keys), true, 1);
        }
        List<Expression> clustering = new ArrayList<>(partition);
        clustering.add(bucket.get());
        return new WriteLayout(clustering, true, 0);
    }

    private static List<Expression> columns(List<String> names) {
        return names.stream().<Expression>map(ColumnReferences::identity).toList();
    }

    /** As Spark wants it said. */
    public Distribution distribution() {
        return clustering.isEmpty()
                ? Distributions.unspecified()
                : Distributions.clustered(clustering.toArray(Expression[]::new));
    }

    /** By what the rows of a task are sorted. */
    public SortOrder[] ordering() {
        return sorting.stream()
                .map(expression -> Expressions.sort(expression, SortDirection.ASCENDING))
                .toArray(SortOrder[]::new);
    }
}
