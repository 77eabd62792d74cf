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

    private static int paimonBucket(int i) {
        FixedBucketRowKeyExtractor extractor = new FixedBucketRowKeyExtractor(SCHEMA);
        extractor.setRecord(GenericRow.of(0, BinaryString.fromString(name(i)), (long) i));
        return extractor.bucket();
    }

    private static String name(int i) {
        return "name " + i * 31;
    }
}
