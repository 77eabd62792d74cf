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
package dev.trestle.server.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.server.suite.TestServer.Ability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.PagedList;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.partition.Partition;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Rows, snapshots and partitions. */
public abstract class DataSuite extends CatalogSuite {

    private static Schema keyed() {
        return Schema.newBuilder()
                .column("k", DataTypes.INT().notNull())
                .column("v", DataTypes.STRING())
                .primaryKey("k")
                .option("bucket", "1")
                .build();
    }

    private static Schema partitioned() {
        return Schema.newBuilder()
                .column("k", DataTypes.INT())
                .column("day", DataTypes.STRING())
                .column("hour", DataTypes.INT())
                .partitionKeys("day", "hour")
                // Not every server keeps account of the partitions of a table that does not ask for it.
                .option(CoreOptions.METASTORE_PARTITIONED_TABLE.key(), "true")
                .build();
    }

    @Test
    void readsBackWhatWasWritten() throws Exception {
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"), Rows.row(2, null));
        Rows.write(table, Rows.row(3, "é😀"));

        assertThat(Rows.read(catalog().getTable(id("t")))).containsExactly("[1, a]", "[2, null]", "[3, é😀]");
    }

    @Test
    void replacesRowsByKey() throws Exception {
        Table table = createTable("t", keyed());
        Rows.write(table, Rows.row(1, "a"), Rows.row(2, "b"));
        Rows.write(table, Rows.row(1, "c"));

        assertThat(Rows.read(table)).containsExactly("[1, c]", "[2, b]");
    }

    @Test
    void overwritesAPartition() throws Exception {
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "mon", 1), Rows.row(2, "tue", 1));
        Rows.overwrite(table, Map.of("day", "mon", "hour", "1"), Rows.row(3, "mon", 1));

        assertThat(Rows.read(table)).containsExactly("[2, tue, 1]", "[3, mon, 1]");
    }

    @Test
    void hasNoSnapshotBeforeTheFirstCommit() throws Exception {
        needs(Ability.KEEPS_SNAPSHOTS);
        createTable("t");

        assertThat(catalog().loadSnapshot(id("t"))).isEmpty();
        assertThat(catalog().loadSnapshot(id("t"), "1")).isEmpty();
        assertThatThrownBy(() -> catalog().loadSnapshot(id("nope"))).isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void countsRowsAndFilesOfTheLatestSnapshot() throws Exception {
        needs(Ability.KEEPS_SNAPSHOTS);
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"), Rows.row(2, "b"));
        Rows.write(table, Rows.row(3, "c"));

        TableSnapshot latest = catalog().loadSnapshot(id("t")).orElseThrow();

        assertThat(latest.snapshot().id()).isEqualTo(2);
        assertThat(latest.recordCount()).isEqualTo(3);
        assertThat(latest.fileCount()).isEqualTo(2);
        assertThat(latest.fileSizeInBytes()).isPositive();
        assertThat(latest.lastFileCreationTime()).isPositive();
    }

    @Test
    void findsSnapshotsByVersion() throws Exception {
        needs(Ability.KEEPS_SNAPSHOTS);
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Rows.write(table, Rows.row(2, "b"));
        table.createTag("tag", 1L);

        assertThat(catalog().loadSnapshot(id("t"), "EARLIEST").map(Snapshot::id))
                .contains(1L);
        assertThat(catalog().loadSnapshot(id("t"), "LATEST").map(Snapshot::id)).contains(2L);
        assertThat(catalog().loadSnapshot(id("t"), "2").map(Snapshot::id)).contains(2L);
        assertThat(catalog().loadSnapshot(id("t"), "tag").map(Snapshot::id)).contains(1L);
        assertThat(catalog().loadSnapshot(id("t"), "99")).isEmpty();
        assertThat(catalog().loadSnapshot(id("t"), "no-tag")).isEmpty();
    }

    @Test
    void pagesThroughSnapshots() throws Exception {
        needs(Ability.LISTS_SNAPSHOTS);
        Table table = createTable("t");
        for (int i = 0; i < 3; i++) {
            Rows.write(table, Rows.row(i, "a"));
        }

        PagedList<Snapshot> first = catalog().listSnapshotsPaged(id("t"), 2, null);
        PagedList<Snapshot> second = catalog().listSnapshotsPaged(id("t"), 2, first.getNextPageToken());

        assertThat(first.getElements()).extracting(Snapshot::id).containsExactly(1L, 2L);
        assertThat(second.getElements()).extracting(Snapshot::id).containsExactly(3L);
        assertThat(second.getNextPageToken()).isNull();
    }

    @Test
    void readsAnEarlierSnapshot() throws Exception {
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Rows.write(table, Rows.row(2, "b"));

        assertThat(Rows.read(table.copy(Map.of("scan.snapshot-id", "1")))).containsExactly("[1, a]");
    }

    @Test
    void readsSystemTables() throws Exception {
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "mon", 1));
        Rows.write(table, Rows.row(2, "tue", 1));

        assertThat(Rows.read(catalog().getTable(id("t$snapshots")))).hasSize(2);
        assertThat(Rows.read(catalog().getTable(id("t$files")))).hasSize(2);
        assertThat(Rows.read(catalog().getTable(id("t$partitions")))).hasSize(2);
        assertThat(Rows.read(catalog().getTable(id("t$schemas")))).hasSize(1);
    }

    @Test
    void listsPartitionsWithTheirCounts() throws Exception {
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "d=1/é", 3), Rows.row(2, "2026-01-01", 1), Rows.row(3, "2026-01-01", 1));

        List<Partition> partitions = catalog().listPartitions(id("t"));

        assertThat(partitions)
                .extracting(Partition::spec)
                .containsExactlyInAnyOrder(
                        Map.of("day", "d=1/é", "hour", "3"), Map.of("day", "2026-01-01", "hour", "1"));
        assertThat(partitions)
                .filteredOn(partition -> partition.spec().get("hour").equals("1"))
                .singleElement()
                .satisfies(partition -> {
                    assertThat(partition.recordCount()).isEqualTo(2);
                    assertThat(partition.fileCount()).isEqualTo(1);
                    assertThat(partition.fileSizeInBytes()).isPositive();
                    assertThat(partition.done()).isFalse();
                });
    }

    @Test
    void forgetsAPartitionWithoutFiles() throws Exception {
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "mon", 1), Rows.row(2, "tue", 1));
        try (var commit = table.newBatchWriteBuilder().newCommit()) {
            commit.truncatePartitions(List.of(Map.of("day", "mon", "hour", "1")));
        }

        assertThat(catalog().listPartitions(id("t")))
                .extracting(Partition::spec)
                .containsExactly(Map.of("day", "tue", "hour", "1"));
    }

    @Test
    void pagesThroughPartitionsByPattern() throws Exception {
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "a", 1), Rows.row(1, "a", 2), Rows.row(1, "a", 3), Rows.row(1, "b", 1));

        List<String> found = new ArrayList<>();
        String token = null;
        int pages = 0;
        do {
            PagedList<Partition> page = catalog().listPartitionsPaged(id("t"), 2, token, "day=a%");
            page.getElements().forEach(partition -> found.add(partition.spec().get("hour")));
            token = page.getNextPageToken();
            pages++;
        } while (token != null && pages < 10);

        assertThat(found).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void findsPartitionsByName() throws Exception {
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "a", 1), Rows.row(1, "a", 2));

        assertThat(catalog()
                        .listPartitionsByNames(
                                id("t"), List.of(Map.of("day", "a", "hour", "2"), Map.of("day", "nope", "hour", "2"))))
                .extracting(Partition::spec)
                .containsExactly(Map.of("day", "a", "hour", "2"));
    }

    @Test
    void marksPartitionsAsDone() throws Exception {
        needs(Ability.KEEPS_PARTITION_MARKS);
        Table table = createTable("t", partitioned());
        Rows.write(table, Rows.row(1, "a", 1), Rows.row(1, "a", 2));

        catalog().markDonePartitions(id("t"), List.of(Map.of("hour", "2", "day", "a")));

        assertThat(catalog().listPartitions(id("t")))
                .filteredOn(Partition::done)
                .extracting(partition -> partition.spec().get("hour"))
                .containsExactly("2");
        assertThatThrownBy(() -> catalog().markDonePartitions(id("nope"), List.of(Map.of("day", "a"))))
                .isInstanceOf(Catalog.TableNotExistException.class);
    }

    @Test
    void letsNoCommitOverwriteAnother() throws Exception {
        int writers = 4;
        int commits = 5;
        createTable("t");
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService executor = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Void>> tasks = IntStream.range(0, writers)
                    .<Callable<Void>>mapToObj(writer -> () -> {
                        Table table = catalog().getTable(id("t"));
                        start.await();
                        for (int i = 0; i < commits; i++) {
                            Rows.write(table, Rows.row(writer * commits + i, "w" + writer));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> task : executor.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            executor.shutdownNow();
        }

        FileStoreTable table = (FileStoreTable) catalog().getTable(id("t"));
        assertThat(Rows.read(table)).hasSize(writers * commits).doesNotHaveDuplicates();
        assertThat(table.snapshotManager().latestSnapshotId()).isEqualTo(writers * commits);
    }

    @Test
    void refusesACommitForATableThatWasMadeAnew() throws Exception {
        needs(Ability.KEEPS_SNAPSHOTS);
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Snapshot snapshot = catalog().loadSnapshot(id("t")).orElseThrow().snapshot();
        String oldId = table.uuid();
        catalog().dropTable(id("t"), false);
        createTable("t");

        assertThatThrownBy(() -> commit(id("t"), oldId, snapshot)).isInstanceOf(Exception.class);
        assertThat(catalog().loadSnapshot(id("t"))).isEmpty();
    }

    @Test
    void refusesASnapshotWhoseIdIsTaken() throws Exception {
        needs(Ability.LISTS_SNAPSHOTS);
        Table table = createTable("t");
        Rows.write(table, Rows.row(1, "a"));
        Rows.write(table, Rows.row(2, "b"));
        Snapshot first = catalog().loadSnapshot(id("t"), "1").orElseThrow();
        Snapshot second = catalog().loadSnapshot(id("t"), "2").orElseThrow();
        createTable("u");
        Rows.write(catalog().getTable(id("u")), Rows.row(1, "a"));

        assertThat(commit(id("t"), table.uuid(), second))
                .as("the snapshot that is there")
                .isTrue();
        assertThat(commit(id("t"), table.uuid(), withIdOf(first, second)))
                .as("another one")
                .isFalse();
        assertThat(Rows.read(table)).hasSize(2);
    }

    /** A snapshot with the id of one and all else of another. */
    private static Snapshot withIdOf(Snapshot content, Snapshot id) {
        return Snapshot.fromJson(content.toJson().replaceFirst("\"id\" : \\d+", "\"id\" : " + id.id()));
    }

    private boolean commit(Identifier identifier, String tableId, Snapshot snapshot) throws Exception {
        return catalog().commitSnapshot(identifier, tableId, snapshot, List.of());
    }
}
