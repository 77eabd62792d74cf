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

import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.RowBlock;
import io.trino.spi.connector.BucketFunction;
import java.util.stream.IntStream;
import org.apache.paimon.codegen.CodeGenUtils;
import org.apache.paimon.codegen.Projection;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.SerializationUtils;

/** Numbers the writers, and says which one a row goes to: by Paimon's own bucket of the row. Used by one thread. */
public final class RowBucketFunction implements BucketFunction {

    private final WritePartitioning partitioning;
    private final BlockRow row;
    private final Projection partition;
    private final Projection bucketKey;
    private final org.apache.paimon.bucket.BucketFunction buckets;

    public RowBucketFunction(WritePartitioning partitioning) {
        RowType keys = partitioning.keyType();
        int[] partitionFields = IntStream.range(0, partitioning.partitionKeys()).toArray();
        int[] bucketFields = IntStream.range(partitioning.partitionKeys(), keys.getFieldCount())
                .toArray();
        this.partitioning = partitioning;
        this.row = new BlockRow(BlockReaders.ofFields("", keys));
        this.partition = CodeGenUtils.newProjection(keys, partitionFields);
        this.bucketKey = CodeGenUtils.newProjection(keys, bucketFields);
        this.buckets = partitioning.bucketFunctionOf(keys.project(bucketFields));
    }

    @Override
    public int getBucket(Page page, int position) {
        return switch (partitioning.source()) {
            case COLUMNS -> {
                row.view(IntStream.range(0, page.getChannelCount())
                        .mapToObj(page::getBlock)
                        .toArray(Block[]::new));
                row.moveTo(position);
                yield writerOfKeys();
            }
            case ROW_ID -> {
                viewRowId(page, position);
                yield writerOfKeys();
            }
            case PLACE -> {
                viewRowId(page, position);
                yield writer(
                        partitioning.partitionKeys() > 0
                                ? SerializationUtils.deserializeBinaryRow(row.getBinary(RowIds.PARTITION))
                                        .hashCode()
                                : 0,
                        row.getInt(RowIds.BUCKET));
            }
        };
    }

    private void viewRowId(Page page, int position) {
        RowBlock ids = (RowBlock) page.getBlock(0).getUnderlyingValueBlock();
        row.view(ids.getFieldBlocks().toArray(Block[]::new));
        row.moveTo(page.getBlock(0).getUnderlyingValuePosition(position));
    }

    private int writerOfKeys() {
        return writer(
                partitioning.partitionKeys() > 0 ? partition.apply(row).hashCode() : 0,
                partitioning.buckets() > 0 ? buckets.bucket(bucketKey.apply(row), partitioning.buckets()) : 0);
    }

    private int writer(int partitionHash, int bucket) {
        return Math.floorMod(31 * partitionHash + bucket, partitioning.writers());
    }
}
