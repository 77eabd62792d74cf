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

import dev.trestle.spark.data.PaimonColumnVector;
import dev.trestle.spark.data.ValuesColumnVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.columnar.VectorizedColumnBatch;
import org.apache.paimon.data.serializer.InternalRowSerializer;
import org.apache.paimon.deletionvectors.ApplyDeletionFileRecordIterator;
import org.apache.paimon.reader.FileRecordIterator;
import org.apache.paimon.reader.VectorizedRecordIterator;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads splits batch by batch. The vectors that Paimon read are handed on as they are, without deleted rows; rows of files
 * that it can give only as rows, such as those of an older schema with other types, are put together into batches.
 */
final class ColumnsReader extends SplitsReader<ColumnarBatch> {

    private static final int ROWS_OF_A_BATCH = 4096;

    private final RowType columns;
    private final StructType schema;
    private final InternalRowSerializer rows;

    private boolean batchHasMore;
    private ColumnarBatch current;

    ColumnsReader(ReadBuilder read, List<Split> splits, StructType schema) {
        super(read, splits);
        this.columns = read.readType();
        this.schema = schema;
        this.rows = new InternalRowSerializer(columns);
    }

    @Override
    void begin(Split split) {}

    @Override
    public boolean next() throws IOException {
        do {
            if (!batchHasMore && !nextBatch()) {
                return false;
            }
            current = columns();
        } while (current.numRows() == 0);
        return true;
    }

    private ColumnarBatch columns() throws IOException {
        if (batch() instanceof VectorizedRecordIterator vectors) {
            return vectors(vectors.batch(), null, vectors.batch().getNumRows());
        }
        if (batch() instanceof ApplyDeletionFileRecordIterator deleted
                && deleted.iterator() instanceof VectorizedRecordIterator vectors) {
            int[] remaining = remaining(deleted, vectors.batch().getNumRows());
            return vectors(vectors.batch(), remaining, remaining.length);
        }
        return copies();
    }

    private static int[] remaining(ApplyDeletionFileRecordIterator deleted, int count) throws IOException {
        FileRecordIterator<InternalRow> all = deleted.iterator();
        int[] remaining = new int[count];
        int found = 0;
        for (int i = 0; i < count; i++) {
            all.next();
            if (!deleted.deletionVector().isDeleted(all.returnedPosition())) {
                remaining[found++] = i;
            }
        }
        return Arrays.copyOf(remaining, found);
    }

    private ColumnarBatch vectors(VectorizedColumnBatch vectors, int[] remaining, int count) {
        ColumnVector[] wrapped = new ColumnVector[columns.getFieldCount()];
        for (int i = 0; i < wrapped.length; i++) {
            wrapped[i] = new PaimonColumnVector(
                    vectors.columns[i], columns.getTypeAt(i), schema.fields()[i].dataType(), remaining);
        }
        return new ColumnarBatch(wrapped, count);
    }

    private ColumnarBatch copies() throws IOException {
        List<InternalRow> copies = new ArrayList<>();
        InternalRow next = batch().next();
        while (next != null) {
            copies.add(rows.copy(next));
            next = copies.size() < ROWS_OF_A_BATCH ? batch().next() : null;
        }
        batchHasMore = copies.size() == ROWS_OF_A_BATCH;
        return new ColumnarBatch(ValuesColumnVector.of(copies, columns, schema), copies.size());
    }

    @Override
    public ColumnarBatch get() {
        return current;
    }
}
