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

import java.io.IOException;
import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.shade.org.apache.parquet.column.ColumnDescriptor;
import org.apache.paimon.shade.org.apache.parquet.column.ColumnWriteStore;
import org.apache.paimon.shade.org.apache.parquet.column.ColumnWriter;
import org.apache.paimon.shade.org.apache.parquet.column.ParquetProperties;
import org.apache.paimon.shade.org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.paimon.shade.org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.paimon.shade.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.paimon.shade.org.apache.parquet.schema.MessageType;
import org.apache.paimon.types.RowType;

/** A row group, which is in memory until it is flushed. All its columns are of plain types. */
final class RowGroup implements AutoCloseable {

    private final RowType type;
    private final ColumnChunkPageWriteStore pages;
    private final ColumnWriteStore store;
    private final ParquetValue[] values;
    private final ColumnWriter[] columns;
    private final int[] levels;
    private long rows;

    RowGroup(MessageType schema, RowType type, ParquetProperties properties, BytesInputCompressor compressor) {
        this.type = type;
        this.pages = new ColumnChunkPageWriteStore(
                compressor,
                schema,
                properties.getAllocator(),
                properties.getColumnIndexTruncateLength(),
                properties.getPageWriteChecksumEnabled());
        this.store = properties.newColumnWriteStore(schema, pages, pages);
        this.values = type.getFieldTypes().stream()
                .map(field -> ParquetValue.of(field).orElseThrow())
                .toArray(ParquetValue[]::new);
        List<ColumnDescriptor> descriptors = schema.getColumns();
        this.columns = descriptors.stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
        this.levels = descriptors.stream()
                .mapToInt(ColumnDescriptor::getMaxDefinitionLevel)
                .toArray();
    }

    /** @throws IllegalArgumentException if a column that is NOT NULL has no value */
    void write(InternalRow row) {
        for (int i = 0; i < columns.length; i++) {
            if (!row.isNullAt(i)) {
                values[i].write(row, i, columns[i], levels[i]);
            } else if (levels[i] > 0) {
                columns[i].writeNull(0, 0);
            } else {
                throw new IllegalArgumentException(
                        "Column " + type.getFieldNames().get(i) + " is NOT NULL, and a row has no value of it");
            }
        }
        store.endRecord();
        rows++;
    }

    long rows() {
        return rows;
    }

    /** The bytes that are in memory. */
    long bufferedSize() {
        return store.getBufferedSize();
    }

    /** Appends the group to a file, if it has rows. */
    void flushTo(ParquetFileWriter file) throws IOException {
        if (rows > 0) {
            file.startBlock(rows);
            store.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
    }

    @Override
    public void close() {
        store.close();
        pages.close();
    }
}
