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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import io.trino.spi.connector.ConnectorPartitioningHandle;
import org.apache.paimon.CoreOptions.BucketFunctionType;
import org.apache.paimon.bucket.BucketFunction;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.JsonSerdeUtil;

/**
 * How the rows of a table lie in its buckets. Two tables that are alike in this are joined bucket by bucket.
 *
 * @param keys the types of the bucket keys, in Paimon's JSON of a row type with names and ids that say nothing
 * @param buckets of each partition
 * @param function that gives a row's bucket, in Paimon's words
 */
public record ReadPartitioning(String keys, int buckets, String function) implements ConnectorPartitioningHandle {

    public ReadPartitioning {
        requireNonNull(keys, "keys is null");
        requireNonNull(function, "function is null");
    }

    static ReadPartitioning of(RowType keys, int buckets, BucketFunctionType function) {
        DataType[] types =
                keys.getFieldTypes().stream().map(type -> type.copy(true)).toArray(DataType[]::new);
        return new ReadPartitioning(JsonSerdeUtil.toFlatJson(RowType.of(types)), buckets, function.toString());
    }

    RowType keyType() {
        return (RowType) JsonSerdeUtil.fromJson(keys, DataType.class);
    }

    BucketFunction bucketFunction() {
        return BucketFunction.create(BucketFunctionType.of(function), keyType());
    }
}
