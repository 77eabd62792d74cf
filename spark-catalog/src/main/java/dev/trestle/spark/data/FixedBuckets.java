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
package dev.trestle.spark.data;

import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeChecks;
import org.apache.spark.sql.connector.expressions.Transform;

/** Buckets of a fixed number, of which Spark can tell for each row which one has it. */
public final class FixedBuckets {

    private static final int SPARK_TIMESTAMP_DIGITS = 6;

    private FixedBuckets() {}

    /** The bucket of a row, as Spark says it; empty for a table with other buckets, or of values that Spark hashes otherwise. */
    public static Optional<Transform> of(FileStoreTable table) {
        List<String> keys = table.schema().bucketKeys();
        boolean known = table.bucketMode() == BucketMode.HASH_FIXED
                && !keys.isEmpty()
                && table.coreOptions().bucketFunctionType() == CoreOptions.BucketFunctionType.DEFAULT
                && keys.stream()
                        .allMatch(key ->
                                isHashedAlike(table.rowType().getField(key).type()));
        return known ? Optional.of(ColumnReferences.bucket(table.coreOptions().bucket(), keys)) : Optional.empty();
    }

    /** Whether a value is hashed the same by the type that Spark has of it as by the stored one. */
    private static boolean isHashedAlike(DataType type) {
        return switch (type.getTypeRoot()) {
            case TIME_WITHOUT_TIME_ZONE -> false;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                DataTypeChecks.getPrecision(type) == SPARK_TIMESTAMP_DIGITS;
            default -> true;
        };
    }
}
