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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.options.MemorySize;
import org.apache.paimon.options.Options;
import org.apache.paimon.predicate.Predicate;
import org.apache.paimon.table.AppendOnlyFileStoreTable;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.PrimaryKeyFileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.RowType;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;

/**
 * What Spark's own reader is to read of the files of a table. Spark's option for it, {@code
 * spark.sql.parquet.enableVectorizedReader}, holds here too.
 *
 * @param columns to read, with the ids of the table's
 * @param schema the columns as Spark sees them; behind them may be others, which are the same for all rows of a file
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

    private static final String FORMAT = "parquet";
    private static final String INDEX_FILE = ".index";

    /** How much smaller values are in a file than when they are gathered for a row group. */
    private static final int USUAL_COMPRESSION = 4;

    /**
     * How much larger than asked the last part may be, as a share. For less another task is not worth it: it may well find no row
     * group, and Spark gives the tasks after a shuffle as many files to read of one task as of another.
     */
    private static final double SURPLUS = 0.25;

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

    /** The only file of a split, where it is as Paimon wrote it and all of its rows are there. */
    Optional<RawFile> plainFile(DataSplit split) {
        // Another class of split has more to say of what may be read.
        if (split.getClass() != DataSplit.class
                || split.isStreaming()
                || split.dataFiles().size() != 1
                || split.deletionFiles().stream().flatMap(List::stream).anyMatch(Objects::nonNull)
                || !isWhole(split.dataFiles().get(0))) {
            return Optional.empty();
        }
        return split.convertToRawFiles().map(files -> files.get(0)).filter(file -> file.format()
                .equalsIgnoreCase(FORMAT));
    }

    private boolean isWhole(DataFileMeta file) {
        // Old files of tables with keys do not say whether they have rows that stand for deletions.
        boolean isOfRows = table.primaryKeys().isEmpty()
                || file.deleteRowCount().filter(rows -> rows == 0).isPresent();
        boolean indexed =
                file.embeddedIndex() != null || file.extraFiles().stream().anyMatch(name -> name.endsWith(INDEX_FILE));
        // Paimon leaves out rows, or the file, by its index.
        return isOfRows && file.writeCols() == null && (predicates.isEmpty() || !indexed);
    }

    /**
     * Cuts the file of a split into parts of about equal size that tasks read beside each other. No smaller than a row group is likely to be
     * in a file, since that is not cut: where the table says nothing, 32 MB.
     *
     * @param most bytes of a part, but for a quarter
     */
    public List<? extends Split> cut(DataSplit split, long most) {
        Optional<RawFile> file = plainFile(split);
        if (file.isEmpty()) {
            return List.of(split);
        }
        long bytes = file.get().fileSize();
        long smallest = Math.max(1, rowGroupSize() / USUAL_COMPRESSION);
        long parts = Math.min((long) Math.ceil((double) bytes / most - SURPLUS), bytes / smallest);
        return parts < 2
                ? List.of(split)
                : LongStream.range(0, parts)
                        .mapToObj(i -> new FilePart(
                                split, bytes * i / parts, i + 1 == parts ? Long.MAX_VALUE : bytes * (i + 1) / parts))
                        .toList();
    }

    private long rowGroupSize() {
        Options options = table.coreOptions().toConfiguration();
        MemorySize general = options.get(CoreOptions.FILE_BLOCK_SIZE);
        return general == null ? rowGroupSize(options.get(ParquetOutputFormat.BLOCK_SIZE)) : general.getBytes();
    }

    /** A size that is none fails who writes, not who reads. */
    private static long rowGroupSize(String option) {
        try {
            return option == null ? ParquetWriter.DEFAULT_BLOCK_SIZE : Long.decode(option.trim());
        } catch (NumberFormatException e) {
            return ParquetWriter.DEFAULT_BLOCK_SIZE;
        }
    }

    /**
     * Opens its files, in a task.
     *
     * @param constants the columns that the schema has behind those of the table
     * @param values of these columns
     */
    public ParquetFiles files(RowType constants, FileValues values) {
        return new ParquetFiles(this, constants, values);
    }
}
