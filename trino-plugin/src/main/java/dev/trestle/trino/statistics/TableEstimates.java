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
package dev.trestle.trino.statistics;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.table.KeptStatistics;
import dev.trestle.trino.PlannedTables;
import dev.trestle.trino.SessionCatalogs;
import dev.trestle.trino.TrestleColumnHandle;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.statistics.ColumnStatistics;
import io.trino.spi.statistics.Estimate;
import io.trino.spi.statistics.TableStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.types.DataField;

/**
 * What the optimizer may know of tables: what {@code ANALYZE} has found, for as many rows as there are by now, and where
 * nothing was analyzed, what the manifests say. Of a table that the service restricts, nothing. Each table, and each choice
 * of its partitions, is looked at once in a transaction.
 */
public final class TableEstimates {

    private final SessionCatalogs catalogs;
    private final PlannedTables tables;
    private final Map<Estimated, TableStatistics> known = new ConcurrentHashMap<>();

    /** A table as one identity may know it. */
    private record Estimated(RestCatalog catalog, TrestleTableHandle table) {}

    public TableEstimates(SessionCatalogs catalogs, PlannedTables tables) {
        this.catalogs = requireNonNull(catalogs, "catalogs is null");
        this.tables = requireNonNull(tables, "tables is null");
    }

    /** Empty where nothing may be known. */
    public TableStatistics of(ConnectorSession session, TrestleTableHandle table) {
        return known.computeIfAbsent(
                new Estimated(catalogs.of(session), table.with(table.pushdown().partitionsAlone())),
                unused -> TrinoErrors.call(
                        "read the statistics of table " + table.name(), () -> estimate(session, table)));
    }

    private TableStatistics estimate(ConnectorSession session, TrestleTableHandle table) {
        if (table.description().isEmpty()
                || table.identifier().isSystemTable()
                || !(tables.openToScan(session, table) instanceof FileStoreTable stored)
                || stored.coreOptions().queryAuthEnabled()) {
            return TableStatistics.empty();
        }
        Optional<KeptStatistics.Found> analyzed = new KeptStatistics(stored)
                .find()
                .filter(found -> found.rows().count().isPresent());
        TupleDomain<TrestleColumnHandle> sought = table.pushdown().enforced();
        if (analyzed.isPresent() && sought.isAll()) {
            OptionalLong rows = RowsSinceAnalyze.of(stored, analyzed.get().rows());
            if (rows.isPresent()) {
                return analyzed(stored, analyzed.get(), rows.getAsLong());
            }
        }
        Optional<ManifestStatistics> manifests = ManifestStatistics.of(stored, sought);
        if (analyzed.isPresent() && manifests.isPresent()) {
            return analyzed(stored, analyzed.get(), manifests.get().rows());
        }
        return manifests.map(ManifestStatistics::toTrino).orElse(TableStatistics.empty());
    }

    /** @param rows of the partitions sought by now, for which the columns are taken to be as in the whole table then */
    private static TableStatistics analyzed(FileStoreTable table, KeptStatistics.Found analyzed, long rows) {
        long all = analyzed.rows().count().getAsLong();
        TableStatistics.Builder statistics = TableStatistics.builder().setRowCount(Estimate.of(rows));
        for (DataField field : table.rowType().getFields()) {
            ColStats<?> column = analyzed.columns().get(field.name());
            if (column != null) {
                statistics.setColumnStatistics(handle(field), column(field, column, all, rows));
            }
        }
        return statistics.build();
    }

    static TrestleColumnHandle handle(DataField field) {
        return new TrestleColumnHandle(field.id(), field.name(), TrinoTypes.toTrino(field.type()));
    }

    private static ColumnStatistics column(DataField field, ColStats<?> column, long all, long rows) {
        OptionalLong nulls = column.nullCount();
        double present = rows * (1 - (all == 0 ? 0 : Math.min(1, (double) nulls.orElse(0) / all)));
        return ColumnStatistics.builder()
                .setNullsFraction(nulls.isPresent() ? fraction(nulls.getAsLong(), all) : Estimate.unknown())
                .setDistinctValuesCount(
                        column.distinctCount().isPresent()
                                ? Estimate.of(Math.min(column.distinctCount().getAsLong(), rows))
                                : Estimate.unknown())
                .setDataSize(
                        column.avgLen().isPresent()
                                ? Estimate.of(column.avgLen().getAsLong() * present)
                                : Estimate.unknown())
                .setRange(ColumnValues.range(
                        column.min().flatMap(value -> ColumnValues.numeric(field.type(), value)),
                        column.max().flatMap(value -> ColumnValues.numeric(field.type(), value))))
                .build();
    }

    static Estimate fraction(long part, long rows) {
        return rows == 0 ? Estimate.zero() : Estimate.of(Math.min(1, (double) part / rows));
    }
}
