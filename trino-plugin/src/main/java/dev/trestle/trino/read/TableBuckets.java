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

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrinoTypes;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ConnectorTablePartitioning;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FallbackReadFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.snapshot.TimeTravelUtil;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;

/** Tables whose rows lie in a fixed number of buckets by their keys. */
final class TableBuckets {

    private TableBuckets() {}

    /**
     * Empty where a row's bucket is not told by its keys as Trino compares them, or where the number of buckets may have
     * been changed: partitions that were written before keep theirs. May read the table's older schemas, and its manifests.
     *
     * @param table at the snapshot that is read
     */
    static Optional<ConnectorTablePartitioning> of(Table table) {
        if (!(table instanceof FileStoreTable stored)
                || stored instanceof FallbackReadFileStoreTable
                // The service may mask the keys: rows lie where their own values belong.
                || stored instanceof AuthorizedTable
                || stored.bucketMode() != BucketMode.HASH_FIXED
                || !hasOneLayout(stored)
                || isRescaledInPart(stored)) {
            return Optional.empty();
        }
        RowType keys = stored.schema().logicalBucketKeyType();
        if (!keys.getFieldTypes().stream().allMatch(TableBuckets::isEqualByBytes)) {
            return Optional.empty();
        }
        CoreOptions options = stored.coreOptions();
        List<ColumnHandle> columns =
                keys.getFields().stream().map(TableBuckets::column).toList();
        return Optional.of(new ConnectorTablePartitioning(
                ReadPartitioning.of(keys, options.bucket(), options.bucketFunctionType()), columns));
    }

    private static ColumnHandle column(DataField field) {
        return new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type()));
    }

    private static boolean hasOneLayout(FileStoreTable table) {
        TableSchema now = table.schema();
        if (now.id() == 0) {
            return true;
        }
        CoreOptions options = new CoreOptions(now.options());
        return table.schemaManager().listAll().stream().allMatch(schema -> {
            CoreOptions before = new CoreOptions(schema.options());
            return before.bucket() == options.bucket()
                    && before.bucketFunctionType() == options.bucketFunctionType()
                    && schema.logicalBucketKeyType().equalsIgnoreFieldId(now.logicalBucketKeyType());
        });
    }

    /** A partition may be written anew with other buckets than the table's, of which no schema tells. */
    private static boolean isRescaledInPart(FileStoreTable table) {
        int buckets = table.coreOptions().bucket();
        Snapshot snapshot = TimeTravelUtil.tryTravelOrLatest(table);
        return snapshot != null
                && table.store()
                        .newScan()
                        .withSnapshot(snapshot)
                        .withTotalAwareBucketFilter((partition, bucket, ofPartition) -> ofPartition != buckets)
                        .readFileIterator()
                        .hasNext();
    }

    /** Trino takes both zeros of floating point numbers for equal, and blanks at the end of CHAR for nothing. */
    private static boolean isEqualByBytes(DataType type) {
        return switch (type.getTypeRoot()) {
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    DECIMAL,
                    VARCHAR,
                    DATE,
                    TIME_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> false;
        };
    }
}
