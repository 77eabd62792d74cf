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
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.paimon.fs.Path;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.types.RowType;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Opens the files of a task with Spark's own reader. Used by one thread. */
public final class ParquetFiles {

    private static final String NAME_OF_SCHEMA = "spark_schema";

    /** One for all files, since each new one reads Hadoop's configuration files. */
    private static final Configuration HADOOP = new Configuration();

    static {
        // Not that of the thread, whose session may end.
        HADOOP.setClassLoader(ParquetFiles.class.getClassLoader());
    }

    private final ParquetReads reads;
    private final RowType constants;
    private final FileValues values;
    private final Map<Long, TableSchema> schemas = new HashMap<>();

    ParquetFiles(ParquetReads reads, RowType constants, FileValues values) {
        this.reads = reads;
        this.constants = constants;
        this.values = values;
    }

    /**
     * Opens a part of a file; empty where the file is left to Paimon, which is so for all of its parts or for none.
     *
     * @throws IOException if the file cannot be read; the message names it and its table
     */
    public Optional<PartitionReader<ColumnarBatch>> open(FilePart part) throws IOException {
        DataSplit split = part.file();
        Optional<RawFile> file = reads.plainFile(split);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Path path = new Path(file.get().path());
        Optional<FileColumns> layout = FileColumns.of(
                        reads.columns(),
                        written(file.get().schemaId()).logicalRowType(),
                        reads.table().partitionKeys(),
                        split.partition())
                .map(read -> read.with(constants, values.of(constants, split, path)));
        if (layout.isEmpty()) {
            return Optional.empty();
        }
        if (layout.get().inFile().isEmpty()) {
            ColumnarBatch constant = layout.get().over(new ColumnarBatch(new ColumnVector[0]), reads.schema());
            long rows = part.isFirst() ? file.get().rowCount() : 0;
            return Optional.of(new CountedRows(constant, rows, reads.rowsOfABatch()));
        }
        FileFailure failure = new FileFailure(reads.table().fullName(), path);
        try {
            return open(file.get(), part, layout.get(), failure);
        } catch (IOException | RuntimeException e) {
            throw failure.of(e);
        }
    }

    private TableSchema written(long schemaId) {
        FileStoreTable table = reads.table();
        return table.schema().id() == schemaId
                ? table.schema()
                : schemas.computeIfAbsent(schemaId, table.schemaManager()::schema);
    }

    private Optional<PartitionReader<ColumnarBatch>> open(
            RawFile file, FilePart part, FileColumns layout, FileFailure failure) throws IOException {
        if (!part.isWhole() && !isRead(file, layout)) {
            return Optional.empty();
        }
        ParquetReadOptions options = HadoopReadOptions.builder(HADOOP)
                .withRange(part.start(), part.end())
                .withRecordFilter(RowGroupPredicates.filter(reads.predicates(), layout))
                .build();
        ParquetFileReader opened;
        try {
            opened = ParquetFileReader.open(input(file), options);
        } catch (IllegalArgumentException e) {
            if (part.isWhole()) {
                // A predicate is on a column that has another type in the file, which Paimon may know how to read.
                return Optional.empty();
            }
            throw e;
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

    /** By all of its row groups, those of other parts too. */
    private boolean isRead(RawFile file, FileColumns layout) throws IOException {
        ParquetReadOptions all = HadoopReadOptions.builder(HADOOP).build();
        try (ParquetFileReader opened = ParquetFileReader.open(input(file), all)) {
            return asked(opened, layout).isPresent();
        }
    }

    private PaimonInputFile input(RawFile file) {
        return new PaimonInputFile(reads.table().fileIO(), new Path(file.path()), file.fileSize());
    }

    private Optional<PartitionReader<ColumnarBatch>> batches(
            ParquetFileReader file, FileColumns layout, FileFailure failure) throws IOException {
        Optional<MessageType> asked = asked(file, layout);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        file.setRequestedSchema(asked.get());
        return Optional.of(new FileBatches(
                SparkParquetReader.open(
                        file, asked.get(), (int) file.getFilteredRecordCount(), reads.rowsOfABatch(), reads.offHeap()),
                layout,
                reads.schema(),
                failure));
    }

    /** The columns as the file has them; empty where Spark's reader does not read all of them, or not so many rows. */
    private static Optional<MessageType> asked(ParquetFileReader file, FileColumns layout) {
        MessageType inFile = file.getFileMetaData().getSchema();
        List<Type> columns = new ArrayList<>();
        for (FileColumns.Column column : layout.inFile()) {
            Optional<Type> part = ParquetTypes.field(column.wanted(), column.inFile(), inFile);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            columns.add(part.get());
        }
        MessageType asked = new MessageType(NAME_OF_SCHEMA, columns);
        return file.getRecordCount() <= Integer.MAX_VALUE && isDecoded(file, asked)
                ? Optional.of(asked)
                : Optional.empty();
    }

    private static boolean isDecoded(ParquetFileReader file, MessageType asked) {
        return file.getRowGroups().stream()
                .flatMap(group -> group.getColumns().stream())
                .filter(column -> asked.containsField(column.getPath().toArray()[0]))
                .allMatch(ParquetTypes::decodes);
    }
}
