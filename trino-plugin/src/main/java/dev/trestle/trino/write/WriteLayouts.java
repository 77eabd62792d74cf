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

import io.trino.spi.connector.ConnectorTableLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.BucketMode;

/** Which rows meet in one writer. */
final class WriteLayouts {

    private WriteLayouts() {}

    /** What Paimon makes of a schema. */
    static BucketMode bucketMode(TableSchema schema) {
        int buckets = new CoreOptions(schema.options()).bucket();
        if (schema.primaryKeys().isEmpty()) {
            return buckets == -1 ? BucketMode.BUCKET_UNAWARE : BucketMode.HASH_FIXED;
        }
        if (buckets == BucketMode.POSTPONE_BUCKET) {
            return BucketMode.POSTPONE_MODE;
        }
        if (buckets > 0) {
            return BucketMode.HASH_FIXED;
        }
        return schema.crossPartitionUpdate() ? BucketMode.KEY_DYNAMIC : BucketMode.HASH_DYNAMIC;
    }

    /** Empty where any writer may take any row: a table with neither partitions nor buckets. */
    static Optional<ConnectorTableLayout> of(TableSchema schema, BucketMode mode) {
        boolean unaware = mode == BucketMode.BUCKET_UNAWARE;
        if (unaware && schema.partitionKeys().isEmpty()) {
            return Optional.empty();
        }
        List<String> columns = new ArrayList<>(schema.partitionKeys());
        if (mode == BucketMode.HASH_FIXED) {
            columns.addAll(schema.bucketKeys());
        }
        if (columns.isEmpty()) {
            // Any column will do: one writer gets all rows.
            return Optional.of(new ConnectorTableLayout(WritePartitioning.of(schema, mode, false), List.of(), false));
        }
        return Optional.of(new ConnectorTableLayout(
                WritePartitioning.of(schema, mode, false),
                columns.stream()
                        .map(column -> column.toLowerCase(Locale.ENGLISH))
                        .toList(),
                unaware));
    }
}
