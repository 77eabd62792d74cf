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
import java.util.Map;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.format.FormatWriter;
import org.apache.paimon.format.parquet.ParquetSchemaConverter;
import org.apache.paimon.format.parquet.writer.StreamOutputFile;
import org.apache.paimon.fs.PositionOutputStream;
import org.apache.paimon.shade.org.apache.parquet.column.ParquetProperties;
import org.apache.paimon.shade.org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.paimon.shade.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.paimon.shade.org.apache.parquet.schema.MessageType;
import org.apache.paimon.types.RowType;

/** A file, row group by row group. A group ends where one of Parquet's own writer would. */
final class ParquetFile implements FormatWriter {

    private final MessageType schema;
    private final RowType type;
    private final ParquetProperties properties;
    private final long maxGroupSize;
    private final CompressionCodecFactory codecs;
    private final CompressionCodecFactory.BytesInputCompressor compressor;
    private final ParquetFileWriter file;

    private RowGroup group;
    private long groupLimit;
    private long nextCheck;
    private long bytesInEarlierGroups;
    private boolean broken;
    private boolean closed;

    ParquetFile(PositionOutputStream out, RowType type, ParquetSettings settings, String compression)
            throws IOException {
        this.schema = ParquetSchemaConverter.convertToParquetMessageType(type);
        this.type = type;
        this.properties = settings.properties();
        this.maxGroupSize = settings.rowGroupSize();
        this.file = new ParquetFileWriter(
                new StreamOutputFile(out),
                schema,
                ParquetFileWriter.Mode.CREATE,
                maxGroupSize,
                settings.maxPadding(),
                null,
                properties);
        file.start();
        this.codecs = settings.codecs();
        this.compressor = codecs.getCompressor(settings.codec(compression));
        this.groupLimit = maxGroupSize;
        startGroup();
    }

    private void startGroup() {
        group = new RowGroup(schema, type, properties, compressor);
        nextCheck = Math.min(properties.getMinRowCountForPageSizeCheck(), properties.getMaxRowCountForPageSizeCheck());
    }

    @Override
    public void addElement(InternalRow row) throws IOException {
        try {
            group.write(row);
            if (isGroupFull()) {
                try (RowGroup full = group) {
                    full.flushTo(file);
                }
                groupLimit = Math.min(file.getNextRowGroupSize(), maxGroupSize);
                bytesInEarlierGroups = file.getPos();
                startGroup();
            }
        } catch (Throwable e) {
            broken = true;
            throw e;
        }
    }

    /** To measure the group takes long: so the next time is half way to where it would be full by its rows until now. */
    private boolean isGroupFull() {
        long rows = group.rows();
        if (rows >= properties.getRowGroupRowCountLimit()) {
            return true;
        }
        if (rows < nextCheck) {
            return false;
        }
        long size = group.bufferedSize();
        long rowSize = size / rows;
        long halfWay = (rows + (long) (groupLimit / (float) rowSize)) / 2;
        nextCheck = Math.min(
                Math.max(properties.getMinRowCountForPageSizeCheck(), halfWay),
                rows + properties.getMaxRowCountForPageSizeCheck());
        return size > groupLimit - 2 * rowSize;
    }

    @Override
    public boolean reachTargetSize(boolean suggestedCheck, long targetSize) {
        return suggestedCheck && bytesInEarlierGroups + group.bufferedSize() >= targetSize;
    }

    /** A file that could not take a row gets no footer. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (ParquetFileWriter ended = file;
                RowGroup last = group) {
            if (!broken) {
                last.flushTo(ended);
                ended.end(Map.of());
            }
        } finally {
            codecs.release();
        }
    }

    /** The footer, from which Paimon has the statistics. */
    @Override
    public Object writerMetadata() {
        return file.getFooter();
    }
}
