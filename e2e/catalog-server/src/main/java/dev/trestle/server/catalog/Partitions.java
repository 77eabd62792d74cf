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

import dev.trestle.server.store.DonePartitions;
import dev.trestle.server.store.NameFilter;
import dev.trestle.server.store.Store;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.TableSchema;

/**
 * Partitions of tables and branches, as their latest snapshot's files have them, with the marks that the store keeps.
 * Thread-safe.
 */
public final class Partitions {

    private static final int MAXIMUM_NAMES = 1000;

    private final Store store;
    private final TableLocator locator;
    private final TableStatistics statistics;
    private final Clock clock;

    Partitions(Store store, TableLocator locator, TableStatistics statistics, Clock clock) {
        this.store = store;
        this.locator = locator;
        this.statistics = statistics;
        this.clock = clock;
    }

    /** Partitions by name, which is {@code key=value} for each partition key, joined by {@code /}. */
    public Page<Partition> list(Identifier identifier, NameFilter filter, PageRequest page) {
        return locator.read(identifier, table -> list(table, filter, page));
    }

    private Page<Partition> list(LocatedTable table, NameFilter filter, PageRequest page) {
        TableSchema schema = Schemas.ofPaimonTable(table);
        record Named(String name, Partition partition) {}
        List<Named> named = current(table, schema).stream()
                .map(partition -> new Named(name(schema, partition.spec()), partition))
                .filter(entry -> filter.matches(entry.name()))
                .filter(entry -> page.after().isEmpty()
                        || entry.name().compareTo(page.after().get()) > 0)
                .sorted(Comparator.comparing(Named::name))
                .limit(page.probe())
                .toList();
        return Page.of(named, page.limit(), Named::name).map(Named::partition);
    }

    /** Those of the given partitions that exist. */
    public List<Partition> listByNames(Identifier identifier, List<Map<String, String>> specs) {
        if (specs.size() > MAXIMUM_NAMES) {
            throw CatalogException.invalid(
                    "At most " + MAXIMUM_NAMES + " partitions can be asked for at once, not " + specs.size());
        }
        Set<Map<String, String>> wanted = new HashSet<>(specs);
        return locator.read(identifier, table -> current(table, Schemas.ofPaimonTable(table))).stream()
                .filter(partition -> wanted.contains(partition.spec()))
                .toList();
    }

    /** Marks partitions as complete; they need not have files yet. */
    public void markDone(Identifier identifier, List<Map<String, String>> specs, String user) {
        locator.locked(identifier, table -> {
            TableSchema schema = Schemas.ofPaimonTable(table);
            Set<String> names =
                    specs.stream().map(spec -> checkedName(table, schema, spec)).collect(Collectors.toSet());
            DonePartitions.Mark mark = new DonePartitions.Mark(clock.millis(), user);
            store.run(handle ->
                    DonePartitions.mark(handle, table.row().id(), table.files().branch(), names, mark));
            return table;
        });
    }

    private List<Partition> current(LocatedTable table, TableSchema schema) {
        Snapshot snapshot = table.files().snapshots().latestSnapshotFromFileSystem();
        if (snapshot == null) {
            return List.of();
        }
        Map<String, DonePartitions.Mark> marks = store.read(handle ->
                DonePartitions.of(handle, table.row().id(), table.files().branch()));
        return statistics.partitions(table, schema, snapshot).stream()
                .map(partition -> marked(partition, Optional.ofNullable(marks.get(name(schema, partition.spec())))))
                .toList();
    }

    private static Partition marked(Partition partition, Optional<DonePartitions.Mark> mark) {
        return new Partition(
                partition.spec(),
                partition.recordCount(),
                partition.fileSizeInBytes(),
                partition.fileCount(),
                partition.lastFileCreationTime(),
                partition.totalBuckets(),
                mark.isPresent(),
                null,
                null,
                mark.map(DonePartitions.Mark::at).orElse(partition.lastFileCreationTime()),
                mark.map(DonePartitions.Mark::by).orElse(null),
                Map.of());
    }

    private static String checkedName(LocatedTable table, TableSchema schema, Map<String, String> spec) {
        if (!spec.keySet().equals(Set.copyOf(schema.partitionKeys()))) {
            throw CatalogException.invalid("Table " + table.fullName() + " is partitioned by " + schema.partitionKeys()
                    + ", so " + spec + " names no partition of it.");
        }
        return name(schema, spec);
    }

    private static String name(TableSchema schema, Map<String, String> spec) {
        return schema.partitionKeys().stream()
                .map(key -> key + "=" + spec.get(key))
                .collect(Collectors.joining("/"));
    }
}
