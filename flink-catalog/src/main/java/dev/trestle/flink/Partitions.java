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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.partition.Partition;

/** Partitions, as the server lists them. */
final class Partitions {

    private final String catalogName;
    private final Catalog catalog;

    Partitions(String catalogName, Catalog catalog) {
        this.catalogName = catalogName;
        this.catalog = catalog;
    }

    List<CatalogPartitionSpec> list(ObjectPath path)
            throws Catalog.TableNotExistException, TableNotPartitionedException {
        return load(path).stream()
                .map(partition -> new CatalogPartitionSpec(partition.spec()))
                .toList();
    }

    /** The partitions whose values include those given. */
    List<CatalogPartitionSpec> list(ObjectPath path, CatalogPartitionSpec values)
            throws Catalog.TableNotExistException, TableNotPartitionedException {
        return load(path).stream()
                .filter(partition -> includes(partition, values))
                .map(partition -> new CatalogPartitionSpec(partition.spec()))
                .toList();
    }

    CatalogPartition get(ObjectPath path, CatalogPartitionSpec spec) throws PartitionNotExistException {
        try {
            Partition partition = load(path).stream()
                    .filter(candidate -> candidate.spec().equals(spec.getPartitionSpec()))
                    .findFirst()
                    .orElseThrow(() -> new PartitionNotExistException(catalogName, path, spec));
            return new CatalogPartitionImpl(properties(partition), "");
        } catch (Catalog.TableNotExistException | TableNotPartitionedException e) {
            throw new PartitionNotExistException(catalogName, path, spec, e);
        }
    }

    boolean exists(ObjectPath path, CatalogPartitionSpec spec) {
        try {
            get(path, spec);
            return true;
        } catch (PartitionNotExistException e) {
            return false;
        }
    }

    /** One call; only a table without any partition is looked at again, to tell an empty one from one without keys. */
    private List<Partition> load(ObjectPath path) throws Catalog.TableNotExistException, TableNotPartitionedException {
        List<Partition> partitions = catalog.listPartitions(Tables.identifier(path));
        if (partitions.isEmpty()
                && catalog.getTable(Tables.identifier(path)).partitionKeys().isEmpty()) {
            throw new TableNotPartitionedException(catalogName, path);
        }
        return partitions;
    }

    private static boolean includes(Partition partition, CatalogPartitionSpec values) {
        return partition.spec().entrySet().containsAll(values.getPartitionSpec().entrySet());
    }

    private static Map<String, String> properties(Partition partition) {
        Map<String, String> properties = new HashMap<>();
        properties.put(Catalog.NUM_ROWS_PROP, Long.toString(partition.recordCount()));
        properties.put(Catalog.NUM_FILES_PROP, Long.toString(partition.fileCount()));
        properties.put(Catalog.TOTAL_SIZE_PROP, Long.toString(partition.fileSizeInBytes()));
        properties.put(Catalog.LAST_UPDATE_TIME_PROP, Long.toString(partition.lastFileCreationTime()));
        return properties;
    }
}
