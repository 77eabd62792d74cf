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
package dev.trestle.trino.write;

import static java.util.Objects.requireNonNull;

import io.trino.spi.connector.ConnectorPartitioningHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.bucket.BucketFunction;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.JsonSerdeUtil;

/**
 * How the rows that a statement writes are spread over its writers: all rows of one bucket go to one writer, or, of a table
 * without buckets of fixed number, all rows of one partition.
 *
 * @param keys the partition keys and then the bucket keys, in Paimon's JSON of a row type
 * @param partitionKeys how many of them are partition keys
 * @param buckets of a partition; zero where a row's bucket is not told by its keys alone
 * @param bucketFunction in Paimon's words
 * @param writers over how many the rows are spread at most
 */
public record WritePartitioning(
        String keys, int partitionKeys, int buckets, String bucketFunction, int writers, Source source)
        implements ConnectorPartitioningHandle {

    /** What the keys are taken from. */
    public enum Source {
        /** The columns of a new row. */
        COLUMNS,
        /** The first fields of the row id of an UPDATE, DELETE or MERGE. */
        ROW_ID,
        /** Such a row id, which has the partition and the bucket themselves. */
        PLACE
    }

    /** Enough for the machines and cores of a large cluster; an empty one costs nothing. */
    private static final int MANY = 512;

    public WritePartitioning {
        requireNonNull(keys, "keys is null");
        requireNonNull(bucketFunction, "bucketFunction is null");
        requireNonNull(source, "source is null");
    }

    /**
     * @param schema of a table that is written
     * @param rowIds whether the keys come as one row, the row id of a primary key
     */
    static WritePartitioning of(TableSchema schema, BucketMode mode, boolean rowIds) {
        CoreOptions options = new CoreOptions(schema.options());
        boolean fixed = mode == BucketMode.HASH_FIXED;
        RowType partition = schema.logicalPartitionType();
        List<DataField> fields = new ArrayList<>(partition.getFields());
        if (fixed) {
            fields.addAll(schema.logicalBucketKeyType().getFields());
        }
        // Numbered anew: a table that is yet to be created has no field ids.
        List<DataField> keys = IntStream.range(0, fields.size())
                .mapToObj(i ->
                        new DataField(i, fields.get(i).name(), fields.get(i).type()))
                .toList();
        int writers = partition.getFieldCount() > 0 ? MANY : fixed ? options.bucket() : 1;
        return new WritePartitioning(
                JsonSerdeUtil.toFlatJson(new RowType(keys)),
                partition.getFieldCount(),
                fixed ? options.bucket() : 0,
                options.bucketFunctionType().toString(),
                writers,
                rowIds ? Source.ROW_ID : Source.COLUMNS);
    }

    /**
     * Of an append table: all row ids of one file, or, where it has buckets, of one bucket, to the writer that gets the new
     * rows of that bucket. As many writers as its new rows have.
     */
    static WritePartitioning ofPositions(TableSchema schema, BucketMode mode) {
        return mode == BucketMode.HASH_FIXED ? ofBuckets(schema) : ofFiles(schema, mode);
    }

    private static WritePartitioning ofBuckets(TableSchema schema) {
        return new WritePartitioning(
                JsonSerdeUtil.toFlatJson(RowIds.POSITION),
                schema.partitionKeys().isEmpty() ? 0 : 1,
                0,
                CoreOptions.BucketFunctionType.DEFAULT.toString(),
                of(schema, BucketMode.HASH_FIXED, false).writers(),
                Source.PLACE);
    }

    private static WritePartitioning ofFiles(TableSchema schema, BucketMode mode) {
        boolean spread =
                mode == BucketMode.BUCKET_UNAWARE && schema.partitionKeys().isEmpty();
        return new WritePartitioning(
                JsonSerdeUtil.toFlatJson(RowIds.POSITION.project(List.of("file"))),
                1,
                0,
                CoreOptions.BucketFunctionType.DEFAULT.toString(),
                spread ? MANY : of(schema, mode, false).writers(),
                Source.ROW_ID);
    }

    RowType keyType() {
        return (RowType) JsonSerdeUtil.fromJson(keys, DataType.class);
    }

    BucketFunction bucketFunctionOf(RowType bucketKeys) {
        return BucketFunction.create(CoreOptions.BucketFunctionType.of(bucketFunction), bucketKeys);
    }
}
