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

import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.paimon.Snapshot;
import org.apache.paimon.stats.Statistics;
import org.apache.paimon.table.FileStoreTable;

/**
 * How large tables are, for the planner. That of an unpartitioned table is unknown here: the planner then asks the
 * table's source, which knows it better. For a partitioned one the planner would list all partitions first; knowing the
 * number of rows spares that.
 */
final class TableStatistics {

    private static final int UNKNOWN = -1;

    private final StatementTables loaded;

    TableStatistics(StatementTables loaded) {
        this.loaded = loaded;
    }

    CatalogTableStatistics get(ObjectPath path) {
        return loaded.find(path)
                .filter(table -> !table.partitionKeys().isEmpty())
                .map(table -> new CatalogTableStatistics(rows(table), UNKNOWN, UNKNOWN, UNKNOWN, Map.of()))
                .orElse(CatalogTableStatistics.UNKNOWN);
    }

    /** As it was analyzed, else as the latest snapshot counts them. */
    private static long rows(FileStoreTable table) {
        return table.statistics()
                .map(Statistics::mergedRecordCount)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .orElseGet(() ->
                        table.latestSnapshot().map(Snapshot::totalRecordCount).orElse(0L));
    }
}
