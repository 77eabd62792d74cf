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
import java.util.stream.IntStream;
import org.apache.paimon.data.InternalRow;
import org.apache.paimon.data.columnar.VectorizedColumnBatch;
import org.apache.paimon.deletionvectors.ApplyDeletionFileRecordIterator;
import org.apache.paimon.reader.FileRecordIterator;
import org.apache.paimon.reader.VectorizedRecordIterator;
import org.apache.paimon.table.source.ReadBuilder;
import org.apache.paimon.table.source.Split;
import org.apache.paimon.types.DataField;
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
    private final MetadataColumns.Filler metadata;
    private final StructType metadataSchema;
    private final RowType all;
    private final RowCopies rows;

    private boolean batchHasMore;
    private ColumnarBatch current;

    ColumnsReader(ReadBuilder read, List<Split> splits, RowType metadata, StructType schema) {
        super(read, splits);
        this.columns = read.readType();
        this.schema = schema;
        this.metadata = new MetadataColumns.Filler(metadata);
        this.metadataSchema =
                new StructType(Arrays.copyOfRange(schema.fields(), columns.getFieldCount(), schema.fields().length));
        List<DataField> fields = new ArrayList<>(columns.getFields());
        fields.addAll(metadata.getFields());
        this.all = new RowType(fields);
        this.rows = new RowCopies(all);
    }

    @Override
    void begin(Split split) {
        metadata.begin(split);
    }

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
        metadata.begin(batch());
        if (batch() instanceof VectorizedRecordIterator vectors && batch() instanceof FileRecordIterator<?> file) {
            int count = vectors.batch().getNumRows();
            return vectors(vectors.batch(), null, count, metadata.hasRowIndex() ? positions(file, count) : new long[0]);
        }
        if (batch() instanceof ApplyDeletionFileRecordIterator deleted
                && deleted.iterator() instanceof VectorizedRecordIterator vectors) {
            long[] positions = positions(deleted.iterator(), vectors.batch().getNumRows());
            int[] remaining = IntStream.range(0, positions.length)
                    .filter(row -> !deleted.deletionVector().isDeleted(positions[row]))
                    .toArray();
            return vectors(
                    vectors.batch(),
                    remaining,
                    remaining.length,
                    Arrays.stream(remaining).mapToLong(row -> positions[row]).toArray());
        }
        return copies();
    }

    /** Of the rows of a batch in their file. */
    private static long[] positions(FileRecordIterator<?> batch, int count) throws IOException {
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            batch.next();
            positions[i] = batch.returnedPosition();
        }
        return positions;
    }

    private ColumnarBatch vectors(VectorizedColumnBatch vectors, int[] remaining, int count, long[] positions) {
        ColumnVector[] wrapped = new ColumnVector[schema.fields().length];
        for (int i = 0; i < columns.getFieldCount(); i++) {
            wrapped[i] = new PaimonColumnVector(
                    vectors.columns[i], columns.getTypeAt(i), schema.fields()[i].dataType(), remaining);
        }
        ColumnVector[] added = metadata.columns(metadataSchema, positions);
        System.arraycopy(added, 0, wrapped, columns.getFieldCount(), added.length);
        return new ColumnarBatch(wrapped, count);
    }

    private ColumnarBatch copies() throws IOException {
        List<InternalRow> copies = new ArrayList<>();
        InternalRow next = batch().next();
        while (next != null) {
            copies.add(rows.copy(metadata.append(next, batch())));
            next = copies.size() < ROWS_OF_A_BATCH ? batch().next() : null;
        }
        batchHasMore = copies.size() == ROWS_OF_A_BATCH;
        return new ColumnarBatch(ValuesColumnVector.of(copies, all, schema), copies.size());
    }

    @Override
    public ColumnarBatch get() {
        return current;
    }
}
