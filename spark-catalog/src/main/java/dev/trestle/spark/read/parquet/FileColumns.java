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

import dev.trestle.spark.data.ValuesColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.data.GenericRow;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.JoinedRow;
import org.apache.paimon.types.DataField;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Where the columns that are wanted come from in one file: read from it, by the name that they had when it was written, or
 * the same for all of its rows.
 *
 * @param wanted the columns as the table has them now
 * @param inFile which of them are read, as the file has them
 * @param channels of each wanted column among those read; negative where it is not read
 * @param values of the columns that are not read, in a row of the wanted columns
 */
record FileColumns(RowType wanted, List<Column> inFile, int[] channels, InternalRow values) {

    private static final int NOT_READ = -1;

    /**
     * A column that is read.
     *
     * @param wanted its type in the table, perhaps with some of its fields alone
     */
    record Column(DataType wanted, DataField inFile) {}

    /**
     * The columns for a file; empty where the file has other types for them.
     *
     * @param written the columns of the table when the file was written
     * @param partition that the file lies in
     */
    static Optional<FileColumns> of(RowType wanted, RowType written, List<String> partitionKeys, BinaryRow partition) {
        List<Column> inFile = new ArrayList<>();
        int[] channels = new int[wanted.getFieldCount()];
        GenericRow values = new GenericRow(wanted.getFieldCount());
        for (int i = 0; i < channels.length; i++) {
            DataField field = wanted.getFields().get(i);
            int key = partitionKeys.indexOf(field.name());
            channels[i] = NOT_READ;
            if (key >= 0) {
                values.setField(
                        i, InternalRow.createFieldGetter(field.type(), key).getFieldOrNull(partition));
            } else if (written.containsField(field.id())) {
                DataField found = written.getField(field.id());
                if (!ParquetTypes.mayRead(field.type(), found.type())) {
                    return Optional.empty();
                }
                channels[i] = inFile.size();
                inFile.add(new Column(field.type(), found));
            }
        }
        return Optional.of(new FileColumns(wanted, List.copyOf(inFile), channels, values));
    }

    /** These, and columns behind them that are the same for all rows of the file. */
    FileColumns with(RowType constants, InternalRow constantValues) {
        if (constants.getFieldCount() == 0) {
            return this;
        }
        List<DataField> fields = new ArrayList<>(wanted.getFields());
        fields.addAll(constants.getFields());
        int[] all = Arrays.copyOf(channels, fields.size());
        Arrays.fill(all, channels.length, all.length, NOT_READ);
        return new FileColumns(new RowType(fields), inFile, all, new JoinedRow(values, constantValues));
    }

    /** What the file has for a column of the table, where it is read. */
    Optional<DataField> inFile(String column) {
        int channel = wanted.containsField(column) ? channels[wanted.getFieldIndex(column)] : NOT_READ;
        return channel == NOT_READ
                ? Optional.empty()
                : Optional.of(inFile.get(channel).inFile());
    }

    /** A batch of the wanted columns, of which those read are the vectors of another. */
    ColumnarBatch over(ColumnarBatch read, StructType schema) {
        ColumnVector[] columns = ValuesColumnVector.repeated(values, wanted, schema);
        for (int i = 0; i < columns.length; i++) {
            if (channels[i] != NOT_READ) {
                columns[i] = read.column(channels[i]);
            }
        }
        return new ColumnarBatch(columns);
    }
}
