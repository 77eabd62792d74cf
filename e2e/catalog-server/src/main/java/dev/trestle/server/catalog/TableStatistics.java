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
package dev.trestle.server.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.FileNotFoundException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.manifest.PartitionEntry;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.utils.InternalRowPartitionComputer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a snapshot's manifests say about its partitions. They never change, so what was read once is kept for a while.
 * Thread-safe.
 */
final class TableStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(TableStatistics.class);

    private record Key(String path, String branch, long snapshotId, String deltaManifestList) {}

    private final Cache<Key, List<Partition>> cache = Caffeine.newBuilder()
            .maximumWeight(100_000)
            .weigher((Key key, List<Partition> partitions) -> 1 + partitions.size())
            .build();

    /** The partitions that have files in a snapshot; one without a spec for a table that is not partitioned. */
    List<Partition> partitions(LocatedTable table, TableSchema schema, Snapshot snapshot) {
        Key key = new Key(table.row().path(), table.files().branch(), snapshot.id(), snapshot.deltaManifestList());
        return cache.get(key, missing -> read(table.files().open(schema), snapshot));
    }

    /** The same; empty where a manifest is gone, so that who would mend the table finds its snapshot. */
    Optional<List<Partition>> find(LocatedTable table, TableSchema schema, Snapshot snapshot) {
        try {
            return Optional.of(partitions(table, schema, snapshot));
        } catch (RuntimeException e) {
            if (!isOfMissingFile(e)) {
                throw e;
            }
            LOG.warn("Snapshot {} of {} is told without statistics: {}", snapshot.id(), table.fullName(), e.toString());
            return Optional.empty();
        }
    }

    private static boolean isOfMissingFile(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(FileNotFoundException.class::isInstance);
    }

    private static List<Partition> read(FileStoreTable table, Snapshot snapshot) {
        CoreOptions options = table.coreOptions();
        InternalRowPartitionComputer names = new InternalRowPartitionComputer(
                options.partitionDefaultName(),
                table.schema().logicalPartitionType(),
                table.partitionKeys().toArray(String[]::new),
                options.legacyPartitionName());
        List<PartitionEntry> entries =
                table.newSnapshotReader().withSnapshot(snapshot).partitionEntries();
        return entries.stream().map(entry -> entry.toPartition(names)).toList();
    }
}
