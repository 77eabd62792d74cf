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

import dev.trestle.catalog.table.OtherBranch;
import dev.trestle.spark.data.ColumnReferences;
import dev.trestle.spark.data.FixedBuckets;
import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.data.SparkValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.partitioning.KeyGroupedPartitioning;
import org.apache.spark.sql.connector.read.partitioning.Partitioning;
import org.apache.spark.sql.types.StructType;

/**
 * Splits of a table with a fixed number of buckets, a bucket at a time: Spark joins two such tables where they lie. How many
 * tasks a bucket has depends on its own files only, as Spark demands where it leaves out partitions at run time.
 */
final class BucketedTasks {

    /** One bucket of one partition. */
    private record Key(BinaryRow partition, int bucket) {}

    private final RowType partition;
    private final Expression[] keys;
    private final Map<Key, List<Split>> buckets = new LinkedHashMap<>();

    private BucketedTasks(RowType partition, Expression[] keys) {
        this.partition = partition;
        this.keys = keys;
    }

    /** The splits by bucket; empty where they are not all of the buckets that the table has. */
    static Optional<BucketedTasks> of(ScanTable table, List<Split> splits) {
        if (!(table.table() instanceof FileStoreTable files)
                || !table.isUnrestricted()
                // Which may have buckets by other columns.
                || OtherBranch.of(files).isPresent()) {
            return Optional.empty();
        }
        Optional<BucketedTasks> found = FixedBuckets.of(files)
                .map(bucket -> new BucketedTasks(
                        table.partition(),
                        Stream.concat(
                                        table.partitionKeys().stream().<Expression>map(ColumnReferences::identity),
                                        Stream.of(bucket))
                                .toArray(Expression[]::new)));
        int number = files.coreOptions().bucket();
        return found.filter(tasks -> splits.stream().allMatch(split -> tasks.add(split, number)));
    }

    /** Whether a task for each bucket leaves none of the cores idle. */
    boolean employ(int cores) {
        return buckets.size() >= Math.max(2, cores);
    }

    /** False for a split that has not the buckets that the table has now. */
    private boolean add(Split split, int number) {
        if (!(split instanceof DataSplit data) || data.totalBuckets() == null || data.totalBuckets() != number) {
            return false;
        }
        buckets.computeIfAbsent(new Key(data.partition(), data.bucket()), unused -> new ArrayList<>())
                .add(split);
        return true;
    }

    Partitioning partitioning() {
        return new KeyGroupedPartitioning(keys, buckets.size());
    }

    InputPartition[] tasks(SplitPacking packing) {
        List<InputPartition> tasks = new ArrayList<>();
        buckets.forEach((key, splits) -> {
            InternalRow row = row(key);
            packing.pack(splits).forEach(task -> tasks.add(new KeyedSplits(row, task)));
        });
        return tasks.toArray(InputPartition[]::new);
    }

    private InternalRow row(Key key) {
        int count = partition.getFieldCount();
        StructType types = SparkTypes.toSpark(partition);
        Object[] values = new Object[count + 1];
        for (int i = 0; i < count; i++) {
            values[i] = SparkValues.reader(partition.getTypeAt(i), types.fields()[i].dataType())
                    .readNullable(key.partition(), i);
        }
        values[count] = key.bucket();
        return new GenericInternalRow(values);
    }
}
