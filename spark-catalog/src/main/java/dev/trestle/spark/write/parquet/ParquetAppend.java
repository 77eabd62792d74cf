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
package dev.trestle.spark.write.parquet;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.AppendOnlyFileStoreTable;
import org.apache.paimon.table.BucketMode;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.sink.BatchTableWrite;
import org.apache.paimon.table.sink.RowKindGenerator;
import org.apache.paimon.table.sink.TableWriteImpl;
import org.apache.paimon.utils.Preconditions;
import org.apache.paimon.utils.RowKindFilter;

/** The tables that can be written so, and their writes. */
public final class ParquetAppend {

    /** Options of Parquet that ask for more than the values of the columns: a check of each call, and encryption. */
    private static final Set<String> NOT_FOLLOWED =
            Set.of("parquet.validation", "parquet.crypto.factory.class", "parquet.encryption.");

    private ParquetAppend() {}

    /** A write of a table; none where the table has what is left to Paimon. */
    public static Optional<BatchTableWrite> of(FileStoreTable table) {
        return table instanceof AppendOnlyFileStoreTable append && hasPlainFiles(append)
                ? Optional.of(write(append))
                : Optional.empty();
    }

    private static boolean hasPlainFiles(AppendOnlyFileStoreTable table) {
        CoreOptions options = table.coreOptions();
        return table.bucketMode() == BucketMode.BUCKET_UNAWARE
                && options.fileFormatString().equals(ParquetFormat.NAME)
                && !options.withVectorFormat()
                && !options.useWriteBufferForAppend()
                && !options.rowTrackingEnabled()
                && !options.dataEvolutionEnabled()
                && table.options().keySet().stream().noneMatch(ParquetAppend::isNotFollowed)
                && table.rowType().getFieldTypes().stream()
                        .allMatch(type -> ParquetValue.of(type).isPresent());
    }

    private static boolean isNotFollowed(String option) {
        return NOT_FOLLOWED.stream().anyMatch(option.toLowerCase(Locale.ROOT)::startsWith);
    }

    /** As {@link AppendOnlyFileStoreTable#newWrite} makes it. */
    private static BatchTableWrite write(AppendOnlyFileStoreTable table) {
        return new TableWriteImpl<>(
                table.rowType(),
                new ParquetAppendWrite(table),
                table.createRowKeyExtractor(),
                (record, kind) -> {
                    Preconditions.checkState(
                            kind.isAdd(), "A table without a primary key takes no row of the kind %s", kind);
                    return record.row();
                },
                RowKindGenerator.create(table.schema(), table.coreOptions()),
                RowKindFilter.of(table.coreOptions()));
    }
}
