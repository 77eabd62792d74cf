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
package dev.trestle.spark.read.parquet;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.AppendOnlyFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.PrimaryKeyFileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * What Spark's own reader is to read of the files of a table. Spark's option for it, {@code
 * spark.sql.parquet.enableVectorizedReader}, holds here too.
 *
 * @param columns to read, with the ids of the table's
 * @param schema the columns as Spark sees them
 * @param predicates that are true for all rows sought; others may be given, too
 * @param rowsOfABatch at most
 * @param offHeap whether values are kept outside of Java's heap
 */
public record ParquetReads(
        FileStoreTable table,
        RowType columns,
        StructType schema,
        List<Predicate> predicates,
        int rowsOfABatch,
        boolean offHeap)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Options of a table that tell Paimon's reader what of a file to look at, and what to check. */
    private static final List<String> OPTIONS_OF_READING = List.of("parquet.filter.", "parquet.page.verify-checksum.");

    /** What Spark's reader takes for a column of its own. */
    private static final String ROW_INDEX = "_tmp_metadata_row_index";

    /** Reads of a table by the settings of the session; none where its files are left to Paimon. */
    public static Optional<ParquetReads> of(
            Table table, RowType columns, StructType schema, List<Predicate> predicates) {
        SQLConf conf = SQLConf.get();
        return conf.parquetVectorizedReaderEnabled()
                        && SparkParquetReader.isThere()
                        && table instanceof FileStoreTable files
                        && hasPlainFiles(files)
                        && isRead(columns, files.partitionKeys(), conf.parquetVectorizedReaderNestedColumnEnabled())
                ? Optional.of(new ParquetReads(
                        files,
                        columns,
                        schema,
                        List.copyOf(predicates),
                        conf.parquetVectorizedReaderBatchSize(),
                        conf.offHeapColumnVectorEnabled()))
                : Optional.empty();
    }

    private static boolean hasPlainFiles(FileStoreTable table) {
        CoreOptions options = table.coreOptions();
        return (table instanceof AppendOnlyFileStoreTable || table instanceof PrimaryKeyFileStoreTable)
                && !options.rowTrackingEnabled()
                && !options.dataEvolutionEnabled()
                && !options.scanIgnoreCorruptFile()
                && !options.scanIgnoreLostFile()
                && hasNoOptionOfReading(table.options());
    }

    private static boolean hasNoOptionOfReading(Map<String, String> options) {
        return options.keySet().stream()
                .noneMatch(option -> OPTIONS_OF_READING.stream().anyMatch(option::startsWith));
    }

    private static boolean isRead(RowType columns, List<String> partitionKeys, boolean nested) {
        return columns.getFields().stream()
                .filter(field -> !partitionKeys.contains(field.name()))
                .allMatch(field -> !field.name().equals(ROW_INDEX)
                        && ParquetTypes.isRead(field.type())
                        && (nested || !ParquetTypes.isNested(field.type())));
    }

    /** Opens its files, in a task. */
    public ParquetFiles files() {
        return new ParquetFiles(this);
    }
}
