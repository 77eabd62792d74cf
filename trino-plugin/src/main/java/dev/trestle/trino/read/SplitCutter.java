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
package dev.trestle.trino.read;

import static java.util.Objects.requireNonNull;

import io.trino.spi.connector.ConnectorSplit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.RawFile;
import org.apache.paimon.table.source.Split;

/** Cuts Paimon's splits into Trino's: those that need no merge by files and parts of files. */
final class SplitCutter {

    private final NativeReads nativeReads;
    private final SplitSizes sizes;
    private final boolean readsFiles;
    private final boolean cutsFiles;

    /**
     * @param readsFiles whether the reader takes each file by itself; one that does not is given whole splits
     * @param cutsFiles whether rows are read at all, and not counted alone
     */
    SplitCutter(NativeReads nativeReads, SplitSizes sizes, boolean readsFiles, boolean cutsFiles) {
        this.nativeReads = requireNonNull(nativeReads, "nativeReads is null");
        this.sizes = requireNonNull(sizes, "sizes is null");
        this.readsFiles = readsFiles;
        this.cutsFiles = cutsFiles;
    }

    static long size(Split split) {
        return split instanceof DataSplit data
                ? data.dataFiles().stream().mapToLong(DataFileMeta::fileSize).sum()
                : SplitSizes.OPENING;
    }

    List<ConnectorSplit> cut(Split split) {
        if (split instanceof DataSplit data) {
            Optional<List<RawFile>> files = readsFiles ? data.convertToRawFiles() : Optional.empty();
            if (files.isPresent()) {
                return cut(data, files.get());
            }
            return List.of(whole(data));
        }
        return List.of(TrestleSplit.of(split, 0, Long.MAX_VALUE, OptionalInt.empty(), sizes.weight(size(split))));
    }

    private ConnectorSplit whole(DataSplit split) {
        return TrestleSplit.of(split, 0, Long.MAX_VALUE, bucket(split), sizes.weight(size(split)));
    }

    private static OptionalInt bucket(DataSplit split) {
        Integer buckets = split.totalBuckets();
        return buckets != null && buckets > 0 ? OptionalInt.of(split.bucket()) : OptionalInt.empty();
    }

    /** Large files in parts, small ones together. */
    private List<ConnectorSplit> cut(DataSplit split, List<RawFile> files) {
        List<ConnectorSplit> cut = new ArrayList<>();
        Set<String> together = new HashSet<>();
        long bytes = 0;
        for (int i = 0; i < files.size(); i++) {
            RawFile file = files.get(i);
            String name = split.dataFiles().get(i).fileName();
            if (cutsFiles && file.fileSize() > sizes.target() && nativeReads.isDivisible(file)) {
                cut.addAll(parts(only(split, Set.of(name)), file));
                continue;
            }
            if (!together.isEmpty() && bytes + file.fileSize() > sizes.target()) {
                cut.add(whole(only(split, together)));
                together.clear();
                bytes = 0;
            }
            together.add(name);
            bytes += file.fileSize() + SplitSizes.OPENING;
        }
        if (!together.isEmpty()) {
            cut.add(whole(only(split, together)));
        }
        return cut;
    }

    private static DataSplit only(DataSplit split, Set<String> files) {
        return files.size() == split.dataFiles().size()
                ? split
                : split.filterDataFile(file -> files.contains(file.fileName())).orElseThrow();
    }

    private List<ConnectorSplit> parts(DataSplit split, RawFile file) {
        List<ConnectorSplit> parts = new ArrayList<>();
        for (long start = 0; start < file.fileSize(); start += sizes.target()) {
            long length = Math.min(sizes.target(), file.fileSize() - start);
            parts.add(TrestleSplit.of(split, start, length, bucket(split), sizes.weight(length)));
        }
        return parts;
    }
}
