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

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.table.KeptStatistics;
import dev.trestle.catalog.table.KeptStatistics.Found;
import dev.trestle.catalog.table.KeptStatistics.Rows;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.stats.CatalogColumnStatistics;
import org.apache.flink.table.catalog.stats.CatalogColumnStatisticsDataBase;
import org.apache.flink.table.catalog.stats.CatalogTableStatistics;
import org.apache.paimon.Snapshot;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.table.TableSnapshot;
import org.apache.paimon.types.DataField;

/** What {@code ANALYZE TABLE} has found, kept with the table as Paimon keeps it: in a commit of its own. */
final class AnalyzedStatistics {

    private final Catalog catalog;
    private final TableStatistics known;

    AnalyzedStatistics(Catalog catalog, TableStatistics known) {
        this.catalog = catalog;
        this.known = known;
    }

    /** Keeps statistics of a table. */
    private interface Change {
        void of(FileStoreTable table, Snapshot latest);
    }

    /** Keeps the number of rows and the size of the files; what was found of columns before is forgotten. */
    void put(ObjectPath path, CatalogTableStatistics statistics, boolean ignoreIfNotExists)
            throws Catalog.TableNotExistException {
        update(path, ignoreIfNotExists, (table, latest) -> {
            long size = statistics.getTotalSize() < 0 ? fileSize(path) : statistics.getTotalSize();
            Rows rows = new Rows(latest.id(), OptionalLong.of(statistics.getRowCount()), OptionalLong.of(size));
            new KeptStatistics(table).replace(new Found(rows, Map.of()));
        });
    }

    /** Keeps what was found of some columns beside what is kept of the table and its other columns. */
    void putColumns(ObjectPath path, CatalogColumnStatistics statistics, boolean ignoreIfNotExists)
            throws Catalog.TableNotExistException {
        update(path, ignoreIfNotExists, (table, latest) -> addColumns(table, latest, statistics));
    }

    private void update(ObjectPath path, boolean ignoreIfNotExists, Change change)
            throws Catalog.TableNotExistException {
        Table table;
        try {
            table = catalog.getTable(Tables.identifier(path));
        } catch (Catalog.TableNotExistException e) {
            if (ignoreIfNotExists) {
                return;
            }
            throw e;
        }
        if (table instanceof AuthorizedTable restricted) {
            restricted.requireEverythingReadable("ANALYZE TABLE");
            table = restricted.forWriting();
        }
        if (!(table instanceof FileStoreTable stored)) {
            throw new UnsupportedOperationException("Table " + path.getFullName()
                    + " cannot be analyzed: it is a system table or keeps plain files, and neither has a place for"
                    + " statistics.");
        }
        Optional<Snapshot> latest = stored.latestSnapshot();
        if (latest.isEmpty()) {
            // As in Paimon: statistics belong to a snapshot, and an empty table has none.
            return;
        }
        change.of(stored, latest.get());
        known.forget(path);
    }

    /** Flink tells the rows apart from the columns, and before them. */
    private static void addColumns(FileStoreTable table, Snapshot latest, CatalogColumnStatistics statistics) {
        KeptStatistics kept = new KeptStatistics(table);
        Found before = kept.find()
                .orElseGet(
                        () -> new Found(new Rows(latest.id(), OptionalLong.empty(), OptionalLong.empty()), Map.of()));
        Map<String, ColStats<?>> columns = new HashMap<>(before.columns());
        for (DataField field : table.schema().fields()) {
            CatalogColumnStatisticsDataBase found =
                    statistics.getColumnStatisticsData().get(field.name());
            if (found != null) {
                columns.put(field.name(), ColumnStatistics.toPaimon(field, found));
            }
        }
        kept.replace(new Found(before.rows(), columns));
    }

    /** Flink does not count bytes; Paimon's own system table fails where there is no size. */
    private long fileSize(ObjectPath path) {
        try {
            return catalog.loadSnapshot(Tables.identifier(path))
                    .map(TableSnapshot::fileSizeInBytes)
                    .orElse(0L);
        } catch (Catalog.TableNotExistException e) {
            throw new IllegalStateException("Table " + path.getFullName() + " was dropped meanwhile.", e);
        }
    }
}
