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

import dev.trestle.catalog.table.OtherBranch;
import dev.trestle.catalog.table.SnapshotChoice;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;

/**
 * The snapshot that a batch query reads. It is chosen once, when the query is planned: what the planner counts is what
 * the tasks read, however long the job waits, and the tasks need not ask the service for the latest one again.
 */
final class BatchSnapshot {

    private BatchSnapshot() {}

    /** The table at its latest snapshot; as it is, where that was chosen by options or there is none. */
    static Table pin(Table table) {
        if (!(table instanceof FileStoreTable stored)
                || SnapshotChoice.isIn(table.options())
                // Another branch has snapshots of its own.
                || OtherBranch.of(stored).isPresent()) {
            return table;
        }
        return stored.latestSnapshot()
                .<Table>map(latest -> stored.copyWithoutTimeTravel(
                        Map.of(CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(latest.id()))))
                .orElse(table);
    }
}
