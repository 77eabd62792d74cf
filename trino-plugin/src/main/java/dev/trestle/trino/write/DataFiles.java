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
package dev.trestle.trino.write;

import java.util.ArrayList;
import java.util.List;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.io.DataFileMeta;
import org.apache.paimon.manifest.ManifestEntry;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.source.DataSplit;
import org.apache.paimon.table.source.DeletionFile;

/** Splits of one file, in which a row's position is known. */
final class DataFiles {

    private DataFiles() {}

    /** A split for each file of a split of an append table. */
    static List<DataSplit> split(DataSplit split) {
        List<DataSplit> files = new ArrayList<>();
        for (int i = 0; i < split.dataFiles().size(); i++) {
            DeletionFile deletions = split.deletionFiles().isPresent()
                    ? split.deletionFiles().get().get(i)
                    : null;
            files.add(split(
                    split.snapshotId(),
                    split.partition(),
                    split.bucket(),
                    split.bucketPath(),
                    split.dataFiles().get(i),
                    deletions));
        }
        return files;
    }

    /** A split of a file that has no deleted rows. */
    static DataSplit split(FileStoreTable table, ManifestEntry entry) {
        String directory = table.store()
                .pathFactory()
                .bucketPath(entry.partition(), entry.bucket())
                .toString();
        return split(0, entry.partition(), entry.bucket(), directory, entry.file(), null);
    }

    private static DataSplit split(
            long snapshot,
            BinaryRow partition,
            int bucket,
            String bucketPath,
            DataFileMeta file,
            DeletionFile deletions) {
        List<DeletionFile> deletionFiles = new ArrayList<>();
        deletionFiles.add(deletions);
        return DataSplit.builder()
                .withSnapshot(snapshot)
                .withPartition(partition)
                .withBucket(bucket)
                .withBucketPath(bucketPath)
                .withDataFiles(List.of(file))
                .withDataDeletionFiles(deletionFiles)
                .rawConvertible(true)
                .isStreaming(false)
                .build();
    }
}
