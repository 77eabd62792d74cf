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
package dev.trestle.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.CatalogUtils;
import org.apache.paimon.fs.Path;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.utils.PartitionPathUtils;

/** Partitions of a format table: folders, which nothing but the file system knows. */
final class FormatPartitions {

    private FormatPartitions() {}

    static List<Partition> list(FormatTable table) {
        return CatalogUtils.listPartitionsFromFileSystem(table);
    }

    /** Makes the folder. */
    static void create(FormatTable table, PartitionValues values) {
        Path folder = folder(table, values.texts());
        try {
            table.fileIO().mkdirs(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the partition's folder " + folder, e);
        }
    }

    /** Deletes the folder of a partition as it was listed, and the files in it. */
    static void drop(FormatTable table, Partition partition) {
        Path folder = folder(table, partition.spec());
        try {
            table.fileIO().delete(folder, true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the partition's folder " + folder, e);
        }
    }

    private static Path folder(FormatTable table, Map<String, String> values) {
        LinkedHashMap<String, String> texts = new LinkedHashMap<>();
        table.partitionKeys().forEach(key -> texts.put(key, values.get(key)));
        boolean valuesOnly = CoreOptions.fromMap(table.options()).formatTablePartitionOnlyValueInPath();
        return new Path(table.location(), PartitionPathUtils.generatePartitionPathUtil(texts, valuesOnly));
    }
}
