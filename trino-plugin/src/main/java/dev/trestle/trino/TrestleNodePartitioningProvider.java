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
package dev.trestle.trino;

import static io.trino.spi.connector.ConnectorBucketNodeMap.createBucketNodeMap;

import dev.trestle.trino.read.ReadPartitions;
import dev.trestle.trino.write.RowBucketFunction;
import dev.trestle.trino.write.WritePartitioning;
import io.trino.spi.connector.BucketFunction;
import io.trino.spi.connector.ConnectorBucketNodeMap;
import io.trino.spi.connector.ConnectorNodePartitioningProvider;
import io.trino.spi.connector.ConnectorPartitioningHandle;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorSplit;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Tells Trino how rows are spread over writers, and over the readers of buckets. Safe for use by many threads. */
public final class TrestleNodePartitioningProvider implements ConnectorNodePartitioningProvider {

    private final ReadPartitions reading = new ReadPartitions();

    @Override
    public Optional<ConnectorBucketNodeMap> getBucketNodeMapping(
            ConnectorTransactionHandle transaction, ConnectorSession session, ConnectorPartitioningHandle handle) {
        if (!(handle instanceof WritePartitioning writing)) {
            return reading.getBucketNodeMapping(transaction, session, handle);
        }
        int writers = writing.writers();
        return Optional.of(createBucketNodeMap(writers).withCacheKeyHint(writers));
    }

    @Override
    public ToIntFunction<ConnectorSplit> getSplitBucketFunction(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorPartitioningHandle handle,
            int bucketCount) {
        return reading.getSplitBucketFunction(transaction, session, handle, bucketCount);
    }

    @Override
    public BucketFunction getBucketFunction(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorPartitioningHandle handle,
            List<Type> types,
            int bucketCount) {
        return perThread(() -> handle instanceof WritePartitioning writing
                ? new RowBucketFunction(writing)
                : reading.getBucketFunction(transaction, session, handle, types, bucketCount));
    }

    /** All drivers of an exchange ask one function, and ours keep the row that they look at. */
    private static BucketFunction perThread(Supplier<BucketFunction> functions) {
        ThreadLocal<BucketFunction> own = ThreadLocal.withInitial(functions);
        return (page, position) -> own.get().getBucket(page, position);
    }
}
