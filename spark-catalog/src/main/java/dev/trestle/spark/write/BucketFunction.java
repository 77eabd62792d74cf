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

import dev.trestle.spark.data.PaimonRow;
import dev.trestle.spark.data.SparkTypes;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.paimon.bucket.DefaultBucketFunction;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * {@code bucket(n, column, …)}: the bucket in which Paimon puts a row with these values of its bucket key. Spark asks for it
 * to give each bucket one writer, and to join tables with the same buckets where they lie.
 */
public final class BucketFunction implements UnboundFunction {

    /** As the transforms of tables name it. */
    public static final String NAME = "bucket";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "bucket(n, column, …): the bucket of a row among n";
    }

    @Override
    public BoundFunction bind(StructType input) {
        StructField[] fields = input.fields();
        if (fields.length < 2 || !fields[0].dataType().equals(DataTypes.IntegerType)) {
            throw new UnsupportedOperationException(
                    "bucket takes the number of buckets, an INT, and at least one column: bucket(4, id)");
        }
        return new Bound(Arrays.stream(fields).map(StructField::dataType).toArray(DataType[]::new));
    }

    private static final class Bound implements ScalarFunction<Integer> {

        private static final long serialVersionUID = 1L;

        private final DataType[] types;
        private transient Keys keys;

        Bound(DataType[] types) {
            this.types = types;
        }

        @Override
        public DataType[] inputTypes() {
            return types.clone();
        }

        @Override
        public DataType resultType() {
            return DataTypes.IntegerType;
        }

        @Override
        public boolean isResultNullable() {
            return false;
        }

        @Override
        public String name() {
            return NAME;
        }

        /** The same for all numbers of buckets: Spark compares those by itself. */
        @Override
        public String canonicalName() {
            return Arrays.stream(types)
                    .skip(1)
                    .map(DataType::catalogString)
                    .collect(Collectors.joining(",", "trestle.bucket(", ")"));
        }

        @Override
        public Integer produceResult(InternalRow input) {
            if (keys == null) {
                keys = new Keys(types);
            }
            return keys.bucket(input);
        }
    }

    /** Turns the values of a key into the row that Paimon hashes. */
    private static final class Keys {

        private final DataType[] types;
        private final Object[] values;
        private final PaimonRow row;
        private final InternalRowSerializer serializer;
        private final DefaultBucketFunction hash = new DefaultBucketFunction();

        Keys(DataType[] types) {
            this.types = Arrays.copyOfRange(types, 1, types.length);
            StructType struct = new StructType();
            for (int i = 0; i < this.types.length; i++) {
                struct = struct.add("k" + i, this.types[i]);
            }
            RowType stored = SparkTypes.toPaimon(struct);
            this.values = new Object[this.types.length];
            this.row = new PaimonRow(stored, struct).show(new GenericInternalRow(values));
            this.serializer = new InternalRowSerializer(stored);
        }

        int bucket(InternalRow input) {
            for (int i = 0; i < values.length; i++) {
                values[i] = input.get(i + 1, types[i]);
            }
            return hash.bucket(serializer.toBinaryRow(row), input.getInt(0));
        }
    }
}
