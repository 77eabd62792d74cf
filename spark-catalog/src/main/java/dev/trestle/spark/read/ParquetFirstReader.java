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
import dev.trestle.spark.read.parquet.ParquetFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Goes through the files of some splits: first those that Spark's reader reads, then all others together. */
final class ParquetFirstReader implements PartitionReader<ColumnarBatch> {

    private final ParquetFiles parquet;
    private final Iterator<Split> files;
    private final Function<SplitsPartition, PartitionReader<ColumnarBatch>> others;

    private List<Split> left = new ArrayList<>();
    private Optional<PartitionReader<ColumnarBatch>> current = Optional.empty();

    /** @param others reads what is left over */
    ParquetFirstReader(
            ParquetFiles parquet,
            List<Split> splits,
            Function<SplitsPartition, PartitionReader<ColumnarBatch>> others) {
        this.parquet = parquet;
        this.files =
                splits.stream().flatMap(ParquetFirstReader::takeApart).toList().iterator();
        this.others = others;
    }

    private static Stream<Split> takeApart(Split split) {
        return split.getClass() == DataSplit.class
                        && split instanceof DataSplit data
                        && data.rawConvertible()
                        && !data.isStreaming()
                ? data.dataFiles().stream()
                        .flatMap(file -> data.filterDataFile(file::equals).stream())
                        .map(FilePart::whole)
                : Stream.of(split);
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (current.isPresent() && current.get().next()) {
                return true;
            }
            close();
            if (files.hasNext()) {
                open(files.next());
            } else if (!left.isEmpty()) {
                current = Optional.of(others.apply(new SplitsPartition(left)));
                left = List.of();
            } else {
                return false;
            }
        }
    }

    private void open(Split file) throws IOException {
        if (file instanceof FilePart part) {
            current = parquet.open(part);
            if (current.isEmpty()) {
                part.forWholeFile().ifPresent(left::add);
            }
        } else {
            left.add(file);
        }
    }

    @Override
    public ColumnarBatch get() {
        return current.orElseThrow().get();
    }

    @Override
    public void close() throws IOException {
        if (current.isPresent()) {
            PartitionReader<ColumnarBatch> ended = current.get();
            current = Optional.empty();
            ended.close();
        }
    }
}
