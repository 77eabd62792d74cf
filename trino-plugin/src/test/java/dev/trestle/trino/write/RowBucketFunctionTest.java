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

import static io.trino.spi.type.BigintType.BIGINT;
import static io.trino.spi.type.IntegerType.INTEGER;
import static io.trino.spi.type.VarbinaryType.VARBINARY;
import static io.trino.spi.type.VarcharType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trestle.trino.TrestleNodePartitioningProvider;
import io.airlift.slice.Slices;
import io.trino.spi.Page;
import io.trino.spi.block.Block;
import io.trino.spi.block.BlockBuilder;
import io.trino.spi.block.RowBlock;
import io.trino.spi.connector.BucketFunction;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.sink.FixedBucketRowKeyExtractor;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.utils.SerializationUtils;
import org.junit.jupiter.api.Test;

final class RowBucketFunctionTest {

    private static final int ROWS = 1000;

    private static final TableSchema SCHEMA = TableSchema.create(
            0,
            Schema.newBuilder()
                    .column("value", DataTypes.INT())
                    .column("name", DataTypes.STRING())
                    .column("id", DataTypes.BIGINT())
                    .primaryKey("name", "id")
                    .option("bucket", "7")
                    .build());

    @Test
    void aRowGoesToTheWriterOfThePaimonBucket() {
        RowBucketFunction function = new RowBucketFunction(WritePartitioning.of(SCHEMA, BucketMode.HASH_FIXED, false));
        Page page = new Page(keys());

        for (int i = 0; i < ROWS; i++) {
            assertThat(function.getBucket(page, i)).isEqualTo(paimonBucket(i));
        }
    }

    @Test
    void aRowIdGoesToTheWriterOfItsRow() {
        RowBucketFunction function = new RowBucketFunction(WritePartitioning.of(SCHEMA, BucketMode.HASH_FIXED, true));
        Page page = new Page(RowBlock.fromFieldBlocks(ROWS, keys()));

        for (int i = 0; i < ROWS; i++) {
            assertThat(function.getBucket(page, i)).isEqualTo(paimonBucket(i));
        }
    }

    @Test
    void aRowOfABucketOfAnAppendTableGoesToTheWriterOfItsNewRows() {
        TableSchema schema = TableSchema.create(
                0,
                Schema.newBuilder()
                        .column("name", DataTypes.STRING())
                        .column("id", DataTypes.BIGINT())
                        .partitionKeys("name")
                        .option("bucket", "7")
                        .option("bucket-key", "id")
                        .build());
        RowBucketFunction news = new RowBucketFunction(WritePartitioning.of(schema, BucketMode.HASH_FIXED, false));
        RowBucketFunction ids = new RowBucketFunction(WritePartitioning.ofPositions(schema, BucketMode.HASH_FIXED));
        Page rows = new Page(keys());
        Page places = new Page(RowBlock.fromFieldBlocks(ROWS, places(schema)));

        for (int i = 0; i < ROWS; i++) {
            assertThat(ids.getBucket(places, i)).isEqualTo(news.getBucket(rows, i));
        }
    }

    @Test
    void manyThreadsAskOneFunction() {
        BucketFunction function = new TrestleNodePartitioningProvider()
                .getBucketFunction(
                        null, null, WritePartitioning.of(SCHEMA, BucketMode.HASH_FIXED, false), List.of(), 7);
        Page page = new Page(keys());
        int[] expected = IntStream.range(0, ROWS)
                .map(RowBucketFunctionTest::paimonBucket)
                .toArray();

        assertThat(IntStream.range(0, 200 * ROWS)
                        .parallel()
                        .filter(i -> function.getBucket(page, i % ROWS) != expected[i % ROWS])
                        .count())
                .isZero();
    }

    /** In the order of the bucket key. */
    private static Block[] keys() {
        BlockBuilder names = VARCHAR.createBlockBuilder(null, ROWS);
        BlockBuilder ids = BIGINT.createBlockBuilder(null, ROWS);
        for (int i = 0; i < ROWS; i++) {
            VARCHAR.writeSlice(names, Slices.utf8Slice(name(i)));
            BIGINT.writeLong(ids, i);
        }
        return new Block[] {names.build(), ids.build()};
    }

    /** Where {@link #keys} are. */
    private static Block[] places(TableSchema schema) {
        FixedBucketRowKeyExtractor extractor = new FixedBucketRowKeyExtractor(schema);
        BlockBuilder files = VARCHAR.createBlockBuilder(null, ROWS);
        BlockBuilder positions = BIGINT.createBlockBuilder(null, ROWS);
        BlockBuilder partitions = VARBINARY.createBlockBuilder(null, ROWS);
        BlockBuilder buckets = INTEGER.createBlockBuilder(null, ROWS);
        for (int i = 0; i < ROWS; i++) {
            extractor.setRecord(GenericRow.of(BinaryString.fromString(name(i)), (long) i));
            VARCHAR.writeSlice(files, Slices.utf8Slice("file " + i));
            BIGINT.writeLong(positions, i);
            VARBINARY.writeSlice(
                    partitions, Slices.wrappedBuffer(SerializationUtils.serializeBinaryRow(extractor.partition())));
            INTEGER.writeInt(buckets, extractor.bucket());
        }
        return new Block[] {files.build(), positions.build(), partitions.build(), buckets.build()};
    }

    private static int paimonBucket(int i) {
        FixedBucketRowKeyExtractor extractor = new FixedBucketRowKeyExtractor(SCHEMA);
        extractor.setRecord(GenericRow.of(0, BinaryString.fromString(name(i)), (long) i));
        return extractor.bucket();
    }

    private static String name(int i) {
        return "name " + i * 31;
    }
}
