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

    /** Makes the folder that rows of the partition will be written to. */
    static void create(FormatTable table, PartitionValues values) {
        Path folder = new Path(
                table.location(),
                PartitionPathUtils.generatePartitionPathUtil(names(table, values), isNamedByValueOnly(table)));
        try {
            table.fileIO().mkdirs(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the partition's folder " + folder, e);
        }
    }

    /** Deletes the folders that stand for these values, however they write them, and the files in them. */
    static void drop(FormatTable table, PartitionValues values) {
        List<String> keys = table.partitionKeys();
        PartitionPathUtils.searchPartSpecAndPaths(
                        table.fileIO(), new Path(table.location()), keys.size(), keys, isNamedByValueOnly(table))
                .stream()
                .filter(partition -> values.isIn(partition.getLeft()))
                .forEach(partition -> delete(table, partition.getRight()));
    }

    private static void delete(FormatTable table, Path folder) {
        try {
            table.fileIO().delete(folder, true);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the partition's folder " + folder, e);
        }
    }

    /**
     * The values as they stand in the names of the folders that rows are written to, by key: with what a name may not have
     * in it escaped.
     *
     * @throws IllegalArgumentException if a folder would lie outside of the table
     */
    static Map<String, String> escaped(FormatTable table, PartitionValues values) {
        Map<String, String> escaped = new LinkedHashMap<>();
        names(table, values).forEach((key, name) -> {
            LinkedHashMap<String, String> one = new LinkedHashMap<>(Map.of(key, name));
            String folder = PartitionPathUtils.generatePartitionPathUtil(one, true);
            escaped.put(key, folder.substring(0, folder.length() - Path.SEPARATOR.length()));
        });
        return escaped;
    }

    private static LinkedHashMap<String, String> names(FormatTable table, PartitionValues values) {
        LinkedHashMap<String, String> names =
                values.names(CoreOptions.fromMap(table.options()).legacyPartitionName());
        if (isNamedByValueOnly(table) && (names.containsValue(".") || names.containsValue(".."))) {
            throw new IllegalArgumentException("Table " + table.fullName() + " has a folder named by each value of "
                    + table.partitionKeys() + ", and '.' and '..' name none of its own. Use another value.");
        }
        return names;
    }

    private static boolean isNamedByValueOnly(FormatTable table) {
        return CoreOptions.fromMap(table.options()).formatTablePartitionOnlyValueInPath();
    }
}
