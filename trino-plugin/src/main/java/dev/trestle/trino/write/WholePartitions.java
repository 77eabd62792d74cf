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

import static java.util.Objects.requireNonNull;

import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.read.Partitions;
import io.trino.spi.predicate.TupleDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.paimon.data.BinaryRow;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.partition.PartitionPredicate;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.RowType;
import org.apache.paimon.utils.InternalRowPartitionComputer;

/**
 * Partitions that a statement takes out as they are.
 *
 * @param names each by its keys, as Paimon's commit has them
 * @param rows that their files hold
 */
record WholePartitions(List<Map<String, String>> names, long rows) {

    WholePartitions {
        names = List.copyOf(requireNonNull(names, "names is null"));
    }

    /**
     * The partitions that a predicate on partition columns chooses, found in the manifests. Empty if one of them has no name
     * of its own: one for blank text is called like the one for null.
     */
    static Optional<WholePartitions> of(FileStoreTable table, TupleDomain<TrestleColumnHandle> sought) {
        RowType type = table.schema().logicalPartitionType();
        String ofNull = table.coreOptions().partitionDefaultName();
        // A commit parses the names, and a time as directories have it ('partition.legacy-name') is not parsed.
        InternalRowPartitionComputer computer = new InternalRowPartitionComputer(
                ofNull, type, table.partitionKeys().toArray(String[]::new), false);
        Partitions partitions = new Partitions(table.rowType(), table.partitionKeys());
        List<Map<String, String>> names = new ArrayList<>();
        long rows = 0;
        for (PartitionEntry entry : table.newSnapshotReader().partitionEntries()) {
            BinaryRow partition = entry.partition();
            if (partitions.matches(partition, sought)) {
                Map<String, String> name = computer.generatePartValues(partition);
                if (!PartitionPredicate.createBinaryPartitions(List.of(name), type, ofNull)
                        .equals(List.of(partition))) {
                    return Optional.empty();
                }
                names.add(name);
                rows += entry.recordCount();
            }
        }
        return Optional.of(new WholePartitions(names, rows));
    }
}
