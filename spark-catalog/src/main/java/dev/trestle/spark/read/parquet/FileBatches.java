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
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.execution.datasources.parquet.VectorizedParquetRecordReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The batches of a file. All are the same vectors, with other values. */
final class FileBatches implements PartitionReader<ColumnarBatch> {

    private final VectorizedParquetRecordReader reader;
    private final ColumnarBatch read;
    private final ColumnarBatch batch;
    private final FileFailure failure;

    FileBatches(VectorizedParquetRecordReader reader, FileColumns columns, StructType schema, FileFailure failure) {
        this.reader = reader;
        this.failure = failure;
        this.read = reader.resultBatch();
        this.batch = columns.over(read, schema);
    }

    @Override
    public boolean next() throws IOException {
        boolean isThere;
        try {
            isThere = reader.nextBatch();
        } catch (IOException | RuntimeException e) {
            throw failure.of(e);
        }
        batch.setNumRows(read.numRows());
        return isThere;
    }

    @Override
    public ColumnarBatch get() {
        return batch;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
