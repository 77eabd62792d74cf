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

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.paimon.fs.Path;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.RawFile;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Opens the files of a task with Spark's own reader. Used by one thread. */
public final class ParquetFiles {

    private static final String FORMAT = "parquet";
    private static final String NAME_OF_SCHEMA = "spark_schema";
    private static final String INDEX_FILE = ".index";

    private final ParquetReads reads;
    private final Map<Long, TableSchema> schemas = new HashMap<>();

    /** One for all files, since each new one reads Hadoop's configuration files. */
    private final ParquetReadOptions.Builder options = ParquetReadOptions.builder();

    ParquetFiles(ParquetReads reads) {
        this.reads = reads;
    }

    /**
     * Opens the file of a split; empty where it is left to Paimon.
     *
     * @throws IOException if the file cannot be read; the message names it and its table
     */
    public Optional<PartitionReader<ColumnarBatch>> open(DataSplit split) throws IOException {
        Optional<RawFile> file = plainFile(split);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Optional<FileColumns> layout = FileColumns.of(
                reads.columns(),
                written(file.get().schemaId()).logicalRowType(),
                reads.table().partitionKeys(),
                split.partition());
        if (layout.isEmpty()) {
            return Optional.empty();
        }
        if (layout.get().inFile().isEmpty()) {
            ColumnarBatch constant = layout.get().over(new ColumnarBatch(new ColumnVector[0]), reads.schema());
            return Optional.of(new CountedRows(constant, file.get().rowCount(), reads.rowsOfABatch()));
        }
        FileFailure failure =
                new FileFailure(reads.table().fullName(), new Path(file.get().path()));
        try {
            return open(file.get(), layout.get(), failure);
        } catch (IOException | RuntimeException e) {
            throw failure.of(e);
        }
    }

    /** The only file of a split, where it is as Paimon wrote it and all of its rows are there. */
    private Optional<RawFile> plainFile(DataSplit split) {
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
        boolean isOfRows = reads.table().primaryKeys().isEmpty()
                || file.deleteRowCount().filter(rows -> rows == 0).isPresent();
        boolean indexed =
                file.embeddedIndex() != null || file.extraFiles().stream().anyMatch(name -> name.endsWith(INDEX_FILE));
        // Paimon leaves out rows, or the file, by its index.
        return isOfRows && file.writeCols() == null && (reads.predicates().isEmpty() || !indexed);
    }

    private TableSchema written(long schemaId) {
        FileStoreTable table = reads.table();
        return table.schema().id() == schemaId
                ? table.schema()
                : schemas.computeIfAbsent(schemaId, table.schemaManager()::schema);
    }

    private Optional<PartitionReader<ColumnarBatch>> open(RawFile file, FileColumns layout, FileFailure failure)
            throws IOException {
        options.withRange(file.offset(), file.offset() + file.length())
                .withRecordFilter(RowGroupPredicates.filter(reads.predicates(), layout));
        PaimonInputFile input = new PaimonInputFile(reads.table().fileIO(), new Path(file.path()), file.fileSize());
        ParquetFileReader opened;
        try {
            opened = ParquetFileReader.open(input, options.build());
        } catch (IllegalArgumentException e) {
            // A predicate is on a column that has another type in the file, which Paimon may know how to read.
            return Optional.empty();
        }
        Optional<PartitionReader<ColumnarBatch>> batches = Optional.empty();
        try {
            batches = batches(opened, layout, failure);
        } finally {
            if (batches.isEmpty()) {
                opened.close();
            }
        }
        return batches;
    }

    private Optional<PartitionReader<ColumnarBatch>> batches(
            ParquetFileReader file, FileColumns layout, FileFailure failure) throws IOException {
        MessageType inFile = file.getFileMetaData().getSchema();
        List<Type> asked = new ArrayList<>();
        for (FileColumns.Column column : layout.inFile()) {
            Optional<Type> part = ParquetTypes.field(column.wanted(), column.inFile(), inFile);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            asked.add(part.get());
        }
        MessageType schemaOfAsked = new MessageType(NAME_OF_SCHEMA, asked);
        file.setRequestedSchema(schemaOfAsked);
        long rows = file.getFilteredRecordCount();
        if (rows > Integer.MAX_VALUE || !isDecoded(file, schemaOfAsked)) {
            return Optional.empty();
        }
        return Optional.of(new FileBatches(
                SparkParquetReader.open(file, schemaOfAsked, (int) rows, reads.rowsOfABatch(), reads.offHeap()),
                layout,
                reads.schema(),
                failure));
    }

    private static boolean isDecoded(ParquetFileReader file, MessageType asked) {
        return file.getRowGroups().stream()
                .flatMap(group -> group.getColumns().stream())
                .filter(column -> asked.containsField(column.getPath().toArray()[0]))
                .allMatch(ParquetTypes::decodes);
    }
}
