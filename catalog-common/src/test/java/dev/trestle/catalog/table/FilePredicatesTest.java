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
package dev.trestle.catalog.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.paimon.CoreOptions.BucketFunctionType;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.Decimal;
import org.apache.paimon.data.GenericArray;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.format.orc.filter.OrcPredicateFunctionVisitor;
import org.apache.paimon.fs.Path;
import org.apache.paimon.fs.local.LocalFileIO;
import org.apache.paimon.operation.BucketSelectConverter;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.predicate.PredicateBuilder;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FileStoreTableFactory;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.utils.InstantiationUtil;
import org.apache.paimon.utils.TriFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePredicatesTest {

    private static final int NUMBER = 0;
    private static final int DOUBLE = 1;
    private static final int PARTITION = 2;
    private static final int BUCKETS = 8;

    @TempDir
    java.nio.file.Path directory;

    private FileStoreTable table;
    private PredicateBuilder builder;

    @BeforeEach
    void openTable() {
        Schema schema = Schema.newBuilder()
                .column("n", DataTypes.DECIMAL(20, 0).notNull())
                .column("d", DataTypes.DOUBLE())
                .column("p", DataTypes.DECIMAL(20, 0).notNull())
                .partitionKeys("p")
                .primaryKey("p", "n")
                .option("bucket", String.valueOf(BUCKETS))
                .build();
        table = FileStoreTableFactory.create(
                LocalFileIO.create(), new Path(directory.toUri()), TableSchema.create(0, schema));
        builder = new PredicateBuilder(table.rowType());
    }

    private Predicate asked(Predicate predicate) {
        return predicate.visit(new FilePredicates(table));
    }

    private static Decimal number(long value) {
        return Decimal.fromBigDecimal(BigDecimal.valueOf(value), 20, 0);
    }

    private static List<Object> numbers(int last) {
        return IntStream.rangeClosed(1, last)
                .<Object>mapToObj(FilePredicatesTest::number)
                .toList();
    }

    private static GenericRow row(long number) {
        return GenericRow.of(number(number), 0.0, number(0));
    }

    @Test
    void readersAreAskedForTheRangeOfNumbersOfManyDigits() {
        assertThat(asked(builder.in(NUMBER, numbers(21)))
                        .visit(OrcPredicateFunctionVisitor.VISITOR)
                        .map(Object::toString))
                .hasValue("AND([NOT(n < 1), n <= 21])");
    }

    @Test
    void numbersOfManyDigitsAreEqualAsBefore() throws Exception {
        Predicate asked = InstantiationUtil.clone(asked(builder.in(NUMBER, List.of(number(1), number(3)))));

        assertThat(asked.test(row(1))).isTrue();
        assertThat(asked.test(row(2))).isFalse();
        assertThat(asked.test(1, row(2), row(2), new GenericArray(new long[3]))).isFalse();
        assertThat(asked.test(1, row(2), row(4), new GenericArray(new long[3]))).isTrue();
    }

    @Test
    void bucketsAreFoundByNumbersOfManyDigits() {
        TriFilter<BinaryRow, Integer, Integer> buckets = new BucketSelectConverter(
                        BucketMode.HASH_FIXED,
                        BucketFunctionType.DEFAULT,
                        table.rowType(),
                        table.schema().logicalPartitionType(),
                        table.schema().logicalBucketKeyType())
                .convert(asked(builder.equal(NUMBER, number(2))))
                .orElseThrow();

        assertThat(IntStream.range(0, BUCKETS)
                        .filter(bucket -> buckets.test(BinaryRow.EMPTY_ROW, bucket, BUCKETS))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aFileWhoseEndsAreNaNMayHaveAnyNumber() {
        GenericRow ends = GenericRow.of(number(1), Double.NaN, number(0));

        assertThat(asked(builder.lessThan(DOUBLE, 5.0)).test(2, ends, ends, new GenericArray(new long[3])))
                .isTrue();
    }

    @Test
    void partitionsAreComparedAsTheyAre() {
        Predicate partition = builder.equal(PARTITION, number(1));

        assertThat(asked(partition)).isSameAs(partition);
    }
}
