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

import dev.trestle.flink.write.OtherBranches;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.catalog.CatalogPartition;
import org.apache.flink.table.catalog.CatalogPartitionImpl;
import org.apache.flink.table.catalog.CatalogPartitionSpec;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.exceptions.PartitionAlreadyExistsException;
import org.apache.flink.table.catalog.exceptions.PartitionNotExistException;
import org.apache.flink.table.catalog.exceptions.PartitionSpecInvalidException;
import org.apache.flink.table.catalog.exceptions.TableNotPartitionedException;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.paimon.table.Table;

/** Partitions, as the server lists them; those of a format table are its folders. */
final class Partitions {

    private final String catalogName;
    private final Catalog catalog;

    Partitions(String catalogName, Catalog catalog) {
        this.catalogName = catalogName;
        this.catalog = catalog;
    }

    List<CatalogPartitionSpec> list(ObjectPath path)
            throws Catalog.TableNotExistException, TableNotPartitionedException {
        return specs(load(path));
    }

    /** The partitions whose values include those given. */
    List<CatalogPartitionSpec> list(ObjectPath path, CatalogPartitionSpec values)
            throws Catalog.TableNotExistException, TableNotPartitionedException, PartitionSpecInvalidException {
        Table table = partitioned(path);
        return specs(having(path, table, values(path, table, values)));
    }

    /** How many rows and files it has, and when it was written last. */
    CatalogPartition get(ObjectPath path, CatalogPartitionSpec spec) throws PartitionNotExistException {
        return new CatalogPartitionImpl(properties(load(path, spec)), "");
    }

    boolean exists(ObjectPath path, CatalogPartitionSpec spec) {
        try {
            return find(path, spec).isPresent();
        } catch (Catalog.TableNotExistException | TableNotPartitionedException | PartitionSpecInvalidException e) {
            return false;
        }
    }

    /**
     * A partition of a Paimon table is there from its first row on, so there is nothing to make: the values are checked,
     * and that the partition is not there yet. A format table gets a folder.
     */
    void create(ObjectPath path, CatalogPartitionSpec spec, CatalogPartition partition, boolean ignoreIfExists)
            throws Catalog.TableNotExistException, TableNotPartitionedException, PartitionSpecInvalidException,
                    PartitionAlreadyExistsException {
        if (!partition.getProperties().isEmpty()) {
            throw new UnsupportedOperationException("Partition " + spec.getPartitionSpec() + " of table "
                    + path.getFullName() + " cannot have properties: a Paimon table keeps none. Leave out WITH (…).");
        }
        Table table = partitioned(path);
        PartitionValues values = full(path, table, spec);
        if (!having(path, table, values).isEmpty()) {
            if (!ignoreIfExists) {
                throw new PartitionAlreadyExistsException(catalogName, path, spec);
            }
            return;
        }
        if (table instanceof FormatTable format) {
            FormatPartitions.create(format, values);
        } else {
            catalog.createPartitions(Tables.identifier(path), List.of(spec.getPartitionSpec()));
        }
    }

    /**
     * Deletes the rows of all partitions that have the given values, in one commit. A key or a value that the table cannot have is
     * a mistake, and none of a partition that is not there.
     *
     * @throws PartitionNotExistException with a {@link PartitionSpecInvalidException} as its cause for such a mistake
     * @throws UnsupportedOperationException if the table shows rows of another branch beside its own
     */
    void drop(ObjectPath path, CatalogPartitionSpec spec, boolean ignoreIfNotExists)
            throws PartitionNotExistException, Catalog.TableNotExistException {
        try {
            Table table = partitioned(path);
            OtherBranches.requireNone(table, "changed by DROP PARTITION");
            PartitionValues values = values(path, table, spec);
            if (!having(path, table, values).isEmpty()) {
                drop(path, table, values);
            } else if (!ignoreIfNotExists) {
                throw new PartitionNotExistException(catalogName, path, spec);
            }
        } catch (PartitionSpecInvalidException e) {
            throw new PartitionNotExistException(catalogName, path, spec, e);
        } catch (Catalog.TableNotExistException | TableNotPartitionedException e) {
            if (!ignoreIfNotExists) {
                throw new PartitionNotExistException(catalogName, path, spec, e);
            }
        }
    }

    private void drop(ObjectPath path, Table table, PartitionValues values) throws Catalog.TableNotExistException {
        if (table instanceof FormatTable format) {
            FormatPartitions.drop(format, values);
        } else {
            catalog.dropPartitions(Tables.identifier(path), List.of(values.texts()));
        }
    }

    /** A partition as the server knows it. */
    Partition load(ObjectPath path, CatalogPartitionSpec spec) throws PartitionNotExistException {
        try {
            return find(path, spec).orElseThrow(() -> new PartitionNotExistException(catalogName, path, spec));
        } catch (Catalog.TableNotExistException | TableNotPartitionedException | PartitionSpecInvalidException e) {
            throw new PartitionNotExistException(catalogName, path, spec, e);
        }
    }

    /** As {@link #load(ObjectPath, CatalogPartitionSpec)}, for many of them in one listing. */
    List<Partition> load(ObjectPath path, List<CatalogPartitionSpec> specs) throws PartitionNotExistException {
        if (specs.isEmpty()) {
            return List.of();
        }
        List<Partition> found = new ArrayList<>();
        CatalogPartitionSpec current = specs.get(0);
        try {
            Table table = partitioned(path);
            List<Partition> all = load(path);
            for (CatalogPartitionSpec spec : specs) {
                current = spec;
                found.add(having(all, table, full(path, table, spec)).stream()
                        .findFirst()
                        .orElseThrow(() -> new PartitionNotExistException(catalogName, path, spec)));
            }
        } catch (Catalog.TableNotExistException | TableNotPartitionedException | PartitionSpecInvalidException e) {
            throw new PartitionNotExistException(catalogName, path, current, e);
        }
        return found;
    }

    private Optional<Partition> find(ObjectPath path, CatalogPartitionSpec spec)
            throws Catalog.TableNotExistException, TableNotPartitionedException, PartitionSpecInvalidException {
        Table table = partitioned(path);
        return having(path, table, full(path, table, spec)).stream().findFirst();
    }

    /** Those that have the given values. Where several are listed by one name, the table itself is asked which is which. */
    private List<Partition> having(ObjectPath path, Table table, PartitionValues values)
            throws Catalog.TableNotExistException, TableNotPartitionedException {
        return having(load(path), table, values);
    }

    private static List<Partition> having(List<Partition> listed, Table table, PartitionValues values) {
        List<Partition> found = listed.stream()
                .filter(partition -> values.isIn(partition.spec()))
                .toList();
        return found.isEmpty() || values.areNamed() || !(table instanceof FileStoreTable stored)
                ? found
                : values.of(stored);
    }

    /** One call; only a table without any partition is looked at again, to tell an empty one from one without keys. */
    private List<Partition> load(ObjectPath path) throws Catalog.TableNotExistException, TableNotPartitionedException {
        List<Partition> partitions = catalog.listPartitions(Tables.identifier(path));
        if (partitions.isEmpty() && partitioned(path) instanceof FormatTable format) {
            return FormatPartitions.list(format);
        }
        return partitions;
    }

    private Table partitioned(ObjectPath path) throws Catalog.TableNotExistException, TableNotPartitionedException {
        Table table = catalog.getTable(Tables.identifier(path));
        if (table.partitionKeys().isEmpty()) {
            throw new TableNotPartitionedException(catalogName, path);
        }
        return table;
    }

    private PartitionValues full(ObjectPath path, Table table, CatalogPartitionSpec spec)
            throws PartitionSpecInvalidException {
        if (spec.getPartitionSpec().size() != table.partitionKeys().size()) {
            throw new PartitionSpecInvalidException(catalogName, table.partitionKeys(), path, spec);
        }
        return values(path, table, spec);
    }

    private PartitionValues values(ObjectPath path, Table table, CatalogPartitionSpec spec)
            throws PartitionSpecInvalidException {
        try {
            return PartitionValues.of(table, spec.getPartitionSpec());
        } catch (RuntimeException e) {
            throw new PartitionSpecInvalidException(catalogName, table.partitionKeys(), path, spec, e);
        }
    }

    private static List<CatalogPartitionSpec> specs(List<Partition> partitions) {
        return partitions.stream()
                .map(partition -> new CatalogPartitionSpec(partition.spec()))
                .toList();
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
