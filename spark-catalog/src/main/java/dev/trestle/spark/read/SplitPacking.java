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

import dev.trestle.spark.read.parquet.ParquetReads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.table.FallbackReadFileStoreTable.FallbackSplit;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.Split;

/**
 * Sizes what tasks read, so that all cores have work and none of them too many small files: a split that needs no merge is
 * taken apart into its files, files are cut where Spark's reader reads them, and all are put together up to a size.
 *
 * @param mostBytes of one task
 * @param bytesToOpen what opening a file costs, in bytes read in that time
 * @param cores how many tasks there should be at least
 * @param parquet reads files in parts; where it is not there, files stay whole
 */
record SplitPacking(long mostBytes, long bytesToOpen, int cores, Optional<ParquetReads> parquet) {

    private record Piece(Split split, long cost) {}

    /** The splits of each task. */
    List<List<Split>> pack(List<? extends Split> splits) {
        List<Piece> whole = new ArrayList<>();
        splits.forEach(split -> takeApart(split, whole));
        long total = whole.stream().mapToLong(Piece::cost).sum();
        long target = Math.max(1, Math.min(mostBytes, Math.max(bytesToOpen, total / Math.max(1, cores))));
        List<Piece> pieces = new ArrayList<>();
        whole.forEach(piece -> cut(piece, target, pieces));
        pieces.sort(Comparator.comparingLong(Piece::cost).reversed());

        List<List<Split>> tasks = new ArrayList<>();
        List<Split> task = new ArrayList<>();
        long size = 0;
        for (Piece piece : pieces) {
            if (!task.isEmpty() && size + piece.cost() > target) {
                tasks.add(task);
                task = new ArrayList<>();
                size = 0;
            }
            task.add(piece.split());
            size += piece.cost();
        }
        if (!task.isEmpty()) {
            tasks.add(task);
        }
        return tasks;
    }

    private void takeApart(Split split, List<Piece> pieces) {
        if (!(split instanceof DataSplit data)) {
            pieces.add(new Piece(split, bytesToOpen + split.rowCount()));
            return;
        }
        if (!data.rawConvertible()
                || data.dataFiles().size() == 1
                || data.isStreaming()
                || hasRowIds(data)
                || isOfOtherBranch(data)) {
            long bytes =
                    data.dataFiles().stream().mapToLong(DataFileMeta::fileSize).sum();
            pieces.add(new Piece(data, bytes + bytesToOpen * data.dataFiles().size()));
            return;
        }
        for (DataFileMeta file : data.dataFiles()) {
            data.filterDataFile(other -> other.fileName().equals(file.fileName()))
                    .ifPresent(part -> pieces.add(new Piece(part, file.fileSize() + bytesToOpen)));
        }
    }

    private void cut(Piece piece, long target, List<Piece> pieces) {
        if (parquet.isEmpty() || piece.cost() <= target || !(piece.split() instanceof DataSplit split)) {
            pieces.add(piece);
            return;
        }
        List<? extends Split> parts = parquet.get().cut(split, target);
        long bytes = (piece.cost() - bytesToOpen) / parts.size();
        parts.forEach(part -> pieces.add(new Piece(part, bytes + bytesToOpen)));
    }

    /** A part of such a split would no longer say by which branch's schemas it is read. */
    private static boolean isOfOtherBranch(DataSplit split) {
        return split instanceof FallbackSplit branched && branched.isFallback();
    }

    /** Files with row ids may hold columns of the same rows, and are read together. */
    private static boolean hasRowIds(DataSplit split) {
        return split.dataFiles().stream().anyMatch(file -> file.firstRowId() != null);
    }
}
