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

import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The rows of a file of which no column is read: how many there are is known without it. */
final class CountedRows implements PartitionReader<ColumnarBatch> {

    private final ColumnarBatch batch;
    private final int rowsOfABatch;

    private long left;

    /** @param batch with the columns that are the same for all rows */
    CountedRows(ColumnarBatch batch, long rows, int rowsOfABatch) {
        this.batch = batch;
        this.rowsOfABatch = rowsOfABatch;
        this.left = rows;
    }

    @Override
    public boolean next() {
        if (left == 0) {
            return false;
        }
        int rows = (int) Math.min(left, rowsOfABatch);
        left -= rows;
        batch.setNumRows(rows);
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return batch;
    }

    @Override
    public void close() {}
}
