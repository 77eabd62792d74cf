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

import static io.trino.spi.type.TypeUtils.readNativeValue;

import dev.trestle.trino.TrinoTypes;
import io.trino.spi.Page;
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
import java.util.function.ToIntFunction;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/** Tells Trino which bucket rows and splits belong to, in Paimon's own numbers. Safe for use by many threads. */
public final class ReadPartitions implements ConnectorNodePartitioningProvider {

    @Override
    public Optional<ConnectorBucketNodeMap> getBucketNodeMapping(
            ConnectorTransactionHandle transaction, ConnectorSession session, ConnectorPartitioningHandle handle) {
        return Optional.of(ConnectorBucketNodeMap.createBucketNodeMap(((ReadPartitioning) handle).buckets()));
    }

    @Override
    public ToIntFunction<ConnectorSplit> getSplitBucketFunction(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorPartitioningHandle handle,
            int bucketCount) {
        return split -> ((TrestleSplit) split).bucket().orElseThrow();
    }

    @Override
    public BucketFunction getBucketFunction(
            ConnectorTransactionHandle transaction,
            ConnectorSession session,
            ConnectorPartitioningHandle handle,
            List<Type> types,
            int bucketCount) {
        return new RowBuckets((ReadPartitioning) handle);
    }

    /** Used by one thread. */
    private static final class RowBuckets implements BucketFunction {

        private final RowType keys;
        private final List<Type> types;
        private final InternalRowSerializer serializer;
        private final org.apache.paimon.bucket.BucketFunction function;
        private final int buckets;

        RowBuckets(ReadPartitioning partitioning) {
            this.keys = partitioning.keyType();
            this.types = keys.getFieldTypes().stream().map(TrinoTypes::toTrino).toList();
            this.serializer = new InternalRowSerializer(keys);
            this.function = partitioning.bucketFunction();
            this.buckets = partitioning.buckets();
        }

        @Override
        public int getBucket(Page page, int position) {
            GenericRow row = new GenericRow(keys.getFieldCount());
            for (int key = 0; key < keys.getFieldCount(); key++) {
                Object value = readNativeValue(types.get(key), page.getBlock(key), position);
                if (value != null) {
                    DataType type = keys.getTypeAt(key);
                    row.setField(key, TrinoValues.toPaimon(type, value).orElseThrow());
                }
            }
            return function.bucket(serializer.toBinaryRow(row), buckets);
        }
    }
}
