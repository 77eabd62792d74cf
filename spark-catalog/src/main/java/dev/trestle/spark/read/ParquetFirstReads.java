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

import dev.trestle.spark.read.parquet.FilePart;
import dev.trestle.spark.read.parquet.ParquetReads;
import java.util.List;
import java.util.stream.Stream;
import org.apache.paimon.table.source.Split;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Opens the splits of a scan in the tasks, with Spark's own reader of Parquet where that reads the same.
 *
 * @param reads by Paimon's readers
 */
record ParquetFirstReads(SplitReads reads, ParquetReads parquet) implements PartitionReaderFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return reads.supportColumnarReads(partition);
    }

    /** Rows are read by Paimon alone. */
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        List<Split> whole = ((ReadSplits) partition)
                .splits().stream()
                        .flatMap(split ->
                                split instanceof FilePart part ? part.forWholeFile().stream() : Stream.of(split))
                        .toList();
        return reads.createReader(new SplitsPartition(whole));
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        return new ParquetFirstReader(
                parquet.files(reads.metadata(), MetadataColumns::ofFile),
                ((ReadSplits) partition).splits(),
                reads::createColumnarReader);
    }
}
