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
package dev.trestle.spark.read;

import dev.trestle.spark.data.SparkTypes;
import dev.trestle.spark.data.ValuesColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.paimon.data.BinaryString;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.JoinedRow;
import org.apache.paimon.fs.Path;
import org.apache.paimon.reader.FileRecordIterator;
import org.apache.paimon.reader.RecordReader.RecordIterator;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;

/** Where a row lies, as columns that a query asks for by name; most names are those of Paimon's own connector. */
public final class MetadataColumns {

    /** The file that a row is in. */
    public static final String FILE_PATH = "__paimon_file_path";
    /** How many rows are before it in its file. */
    public static final String ROW_INDEX = "__paimon_row_index";
    /** Its partition, as a struct of the partition columns. */
    public static final String PARTITION = "__paimon_partition";
    /** Its bucket. */
    public static final String BUCKET = "__paimon_bucket";

    /**
     * The name of the file that a row is in, which no other file of the table has. Ours, for statements that carry it along
     * with each row: it is a third of the path.
     */
    public static final String FILE_NAME = "__trestle_file_name";

    private static final List<String> NAMES = List.of(FILE_PATH, ROW_INDEX, PARTITION, BUCKET, FILE_NAME);
    private static final Set<String> PLACES = Set.of(FILE_PATH, ROW_INDEX, FILE_NAME);

    private MetadataColumns() {}

    private record Column(String name, org.apache.spark.sql.types.DataType dataType, boolean isNullable)
            implements MetadataColumn {}

    /**
     * The columns of a table.
     *
     * @param areRowsOfFiles whether each row is one of a file, where it has a place: statements that change rows carry it
     *     along, and Spark takes none for that which may be NULL. A row that is merged has none.
     */
    public static MetadataColumn[] of(RowType partition, boolean areRowsOfFiles) {
        List<MetadataColumn> columns = new ArrayList<>();
        for (DataField field : fields(partition).getFields()) {
            if (!field.name().equals(PARTITION) || partition.getFieldCount() > 0) {
                boolean isNullable = !areRowsOfFiles || !PLACES.contains(field.name());
                columns.add(new Column(field.name(), SparkTypes.toSpark(field.type()), isNullable));
            }
        }
        return columns.toArray(MetadataColumn[]::new);
    }

    private static RowType fields(RowType partition) {
        return RowType.of(
                new DataType[] {DataTypes.STRING(), DataTypes.BIGINT(), partition, DataTypes.INT(), DataTypes.STRING()},
                NAMES.toArray(String[]::new));
    }

    /** Those of the asked columns that are not the table's own. */
    static StructType asked(StructType schema, RowType columns) {
        return new StructType(Arrays.stream(schema.fields())
                .filter(field -> NAMES.contains(field.name()) && !columns.containsField(field.name()))
                .toArray(StructField[]::new));
    }

    /** The type of the asked columns. */
    static RowType type(StructType asked, RowType partition) {
        return fields(partition).project(List.of(asked.fieldNames()));
    }

    /** Whether the asked columns differ from row to row of a file. */
    static boolean haveRowIndex(StructType asked) {
        return Arrays.asList(asked.fieldNames()).contains(ROW_INDEX);
    }

    /** The columns of a type, without the index of a row, for all rows of a file. */
    static InternalRow ofFile(RowType type, DataSplit split, Path file) {
        Filler filler = new Filler(type);
        filler.begin(split);
        filler.begin(file);
        return filler.row;
    }

    /** Fills in the asked columns of one row after the other of a split, or of one batch after the other. */
    static final class Filler {

        private final RowType type;
        private final String[] names;
        private final int filePath;
        private final int fileName;
        private final int rowIndex;
        private final GenericRow row;
        private final JoinedRow joined = new JoinedRow();

        Filler(RowType type) {
            this.type = type;
            this.names = type.getFieldNames().toArray(String[]::new);
            this.filePath = type.getFieldIndex(FILE_PATH);
            this.fileName = type.getFieldIndex(FILE_NAME);
            this.rowIndex = type.getFieldIndex(ROW_INDEX);
            this.row = new GenericRow(names.length);
        }

        boolean hasRowIndex() {
            return rowIndex >= 0;
        }

        /** What is the same for all rows of a split. */
        void begin(Split split) {
            Optional<DataSplit> data = split instanceof DataSplit known ? Optional.of(known) : Optional.empty();
            for (int i = 0; i < names.length; i++) {
                switch (names[i]) {
                    case PARTITION ->
                        row.setField(i, data.map(DataSplit::partition).orElse(null));
                    case BUCKET -> row.setField(i, data.map(DataSplit::bucket).orElse(null));
                    default -> row.setField(i, null);
                }
            }
        }

        /** What is the same for all rows of a batch: nothing where they are merged of the rows of files. */
        void begin(RecordIterator<InternalRow> batch) {
            if (batch instanceof FileRecordIterator<?> file) {
                begin(file.filePath());
            }
        }

        private void begin(Path file) {
            if (filePath >= 0) {
                row.setField(filePath, BinaryString.fromString(file.toString()));
            }
            if (fileName >= 0) {
                row.setField(fileName, BinaryString.fromString(file.getName()));
            }
        }

        /** The row that the batch has given last, with its metadata behind it. Valid until the next one. */
        InternalRow append(InternalRow last, RecordIterator<InternalRow> batch) {
            if (names.length == 0) {
                return last;
            }
            if (hasRowIndex() && batch instanceof FileRecordIterator<?> file) {
                row.setField(rowIndex, file.returnedPosition());
            }
            return joined.replace(last, row);
        }

        /**
         * The columns for all rows of the batch. Valid until the next one.
         *
         * @param wanted their types as Spark sees them
         * @param positions of the rows in their file, which are looked at only where they are asked for
         */
        ColumnVector[] columns(StructType wanted, long[] positions) {
            ColumnVector[] columns = ValuesColumnVector.repeated(row, type, wanted);
            if (hasRowIndex()) {
                OnHeapColumnVector indexes =
                        new OnHeapColumnVector(positions.length, org.apache.spark.sql.types.DataTypes.LongType);
                indexes.putLongs(0, positions.length, positions, 0);
                columns[rowIndex] = indexes;
            }
            return columns;
        }
    }
}
