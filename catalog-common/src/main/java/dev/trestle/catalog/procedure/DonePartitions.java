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
package dev.trestle.catalog.procedure;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.partition.actions.PartitionMarkDoneAction;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.utils.PartitionPathUtils;

/** Says that partitions of a table are complete: to the service, and as the option {@code partition.mark-done-action} says. */
public final class DonePartitions {

    private final CalledTable table;

    /** Marks partitions of one table. */
    public DonePartitions(CalledTable table) {
        this.table = requireNonNull(table, "table is null");
    }

    /**
     * Marks partitions.
     *
     * @param partitions each as {@code day=2026-01-31,hour=13}
     * @param classes where an action of the user's own is found
     */
    public void mark(List<String> partitions, ClassLoader classes) throws Exception {
        FileStoreTable stored = table.writable();
        List<Map<String, String>> specs = partitions.stream()
                .map(partition -> PartitionText.stored(
                        table.name(), stored, PartitionText.parse(table.name(), stored.partitionKeys(), partition)))
                .toList();
        if (specs.isEmpty()) {
            throw new WrongArgumentException("Argument 'partitions' must name a partition");
        }
        for (PartitionMarkDoneAction action :
                PartitionMarkDoneAction.createActions(classes, stored, stored.coreOptions())) {
            try (action) {
                for (Map<String, String> spec : specs) {
                    action.markDone(PartitionPathUtils.generatePartitionPath(new LinkedHashMap<>(spec)));
                }
            }
        }
        table.catalog().markDonePartitions(table.identifier(), specs);
    }
}
