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

import static io.trino.spi.StandardErrorCode.INVALID_ANALYZE_PROPERTY;
import static io.trino.spi.StandardErrorCode.NOT_SUPPORTED;
import static io.trino.spi.statistics.ColumnStatisticType.MAX_VALUE_SIZE_IN_BYTES;
import static io.trino.spi.statistics.ColumnStatisticType.TOTAL_SIZE_IN_BYTES;
import static io.trino.spi.statistics.TableStatisticType.ROW_COUNT;
import static io.trino.spi.type.BigintType.BIGINT;
import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.RestCatalog;
import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.table.KeptStatistics;
import dev.trestle.catalog.table.KeptStatistics.Rows;
import dev.trestle.trino.OpenedTables;
import dev.trestle.trino.PlannedTables;
import dev.trestle.trino.TrestleTableHandle;
import dev.trestle.trino.TrinoErrors;
import dev.trestle.trino.TrinoTypes;
import dev.trestle.trino.write.StatisticsCommits;
import io.trino.spi.TrinoException;
import io.trino.spi.block.Block;
import io.trino.spi.connector.ConnectorAnalyzeMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.expression.FunctionName;
import io.trino.spi.statistics.ColumnStatisticMetadata;
import io.trino.spi.statistics.ComputedStatistics;
import io.trino.spi.statistics.TableStatisticsMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.Snapshot;
import org.apache.paimon.stats.ColStats;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;

/** What {@code ANALYZE} looks at, and keeps with the table as Paimon keeps it, in a commit of its own. */
public final class TableAnalysis {

    private static final String PRESENT = "present";
    private static final String DISTINCT = "distinct";
    private static final String LEAST = "least";
    private static final String GREATEST = "greatest";

    private final OpenedTables tables;
    private final PlannedTables planned;

    public TableAnalysis(OpenedTables tables, PlannedTables planned) {
        this.tables = requireNonNull(tables, "tables is null");
        this.planned = requireNonNull(planned, "planned is null");
    }

    /**
     * What is to be found of a table, and of which of its snapshots.
     *
     * @param properties of the statement; {@code columns} names those to look at
     */
    public ConnectorAnalyzeMetadata plan(
            ConnectorSession session, TrestleTableHandle table, Map<String, Object> properties) {
        FileStoreTable stored = requireAnalyzable(session, table);
        Set<ColumnStatisticMetadata> wanted = new HashSet<>();
        for (DataField field : wantedColumns(table, stored, AnalyzeProperties.columns(properties))) {
            wanted.addAll(statisticsOf(field));
        }
        Map<String, String> options = new HashMap<>(table.options());
        planned.snapshot(session, table)
                .map(Snapshot::id)
                .ifPresent(id -> options.put(CoreOptions.SCAN_SNAPSHOT_ID.key(), Long.toString(id)));
        return new ConnectorAnalyzeMetadata(
                new TrestleTableHandle(table.name(), table.database(), table.object(), table.description(), options),
                new TableStatisticsMetadata(wanted, Set.of(ROW_COUNT), List.of()));
    }

    private FileStoreTable requireAnalyzable(ConnectorSession session, TrestleTableHandle handle) {
        Table table = tables.open(session, handle);
        if (table instanceof AuthorizedTable restricted) {
            TrinoErrors.call("analyze table " + handle.name(), () -> {
                restricted.requireEverythingReadable("ANALYZE");
                return null;
            });
            return restricted.forWriting();
        }
        if (table instanceof FileStoreTable stored) {
            TrinoErrors.call("analyze table " + handle.name(), () -> {
                RestCatalog.requireWritable(stored);
                return null;
            });
            return stored;
        }
        throw new TrinoException(
                NOT_SUPPORTED,
                "Table " + handle.name() + " cannot be analyzed: it is a system table or keeps plain files, and neither"
                        + " has a place for statistics");
    }

    private static List<DataField> wantedColumns(
            TrestleTableHandle table, FileStoreTable stored, Optional<Set<String>> names) {
        List<DataField> fields = stored.rowType().getFields();
        if (names.isEmpty()) {
            return fields;
        }
        Set<String> unknown = new HashSet<>(names.get());
        fields.forEach(field -> unknown.remove(nameOf(field)));
        if (!unknown.isEmpty()) {
            throw new TrinoException(INVALID_ANALYZE_PROPERTY, "Table " + table.name() + " has no columns " + unknown);
        }
        return fields.stream()
                .filter(field -> names.get().contains(nameOf(field)))
                .toList();
    }

    /** What Trino calls a column. */
    private static String nameOf(DataField field) {
        return field.name().toLowerCase(Locale.ENGLISH);
    }

    private static Set<ColumnStatisticMetadata> statisticsOf(DataField field) {
        Set<ColumnStatisticMetadata> wanted = new HashSet<>();
        switch (field.type().getTypeRoot()) {
            case ARRAY, MAP, MULTISET, ROW, VECTOR, VARIANT, BLOB -> wanted.add(aggregation(field, PRESENT, "count"));
            case CHAR, VARCHAR, BINARY, VARBINARY -> {
                wanted.add(aggregation(field, PRESENT, "count"));
                wanted.add(aggregation(field, DISTINCT, "approx_distinct"));
                wanted.add(new ColumnStatisticMetadata(nameOf(field), TOTAL_SIZE_IN_BYTES));
                wanted.add(new ColumnStatisticMetadata(nameOf(field), MAX_VALUE_SIZE_IN_BYTES));
            }
            case TIME_WITHOUT_TIME_ZONE -> {
                wanted.add(aggregation(field, PRESENT, "count"));
                wanted.add(aggregation(field, DISTINCT, "approx_distinct"));
            }
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    FLOAT,
                    DOUBLE,
                    DECIMAL,
                    DATE,
                    TIMESTAMP_WITHOUT_TIME_ZONE,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                wanted.add(aggregation(field, PRESENT, "count"));
                wanted.add(aggregation(field, DISTINCT, "approx_distinct"));
                wanted.add(aggregation(field, LEAST, "min"));
                wanted.add(aggregation(field, GREATEST, "max"));
            }
        }
        return wanted;
    }

    private static ColumnStatisticMetadata aggregation(DataField field, String id, String function) {
        return new ColumnStatisticMetadata(nameOf(field), id, new FunctionName(function));
    }

    /** Keeps what was found; what is known of other columns stays. An empty table has no place for it. */
    public void keep(ConnectorSession session, TrestleTableHandle table, Collection<ComputedStatistics> computed) {
        FileStoreTable stored = requireAnalyzable(session, table);
        String snapshot = table.options().get(CoreOptions.SCAN_SNAPSHOT_ID.key());
        if (snapshot == null || computed.isEmpty()) {
            return;
        }
        ComputedStatistics found = computed.iterator().next();
        long rows = BIGINT.getLong(found.getTableStatistics().get(ROW_COUNT), 0);
        Map<String, ColStats<?>> columns = new HashMap<>();
        for (DataField field : stored.rowType().getFields()) {
            column(field, new Found(nameOf(field), found.getColumnStatistics()), rows)
                    .ifPresent(statistics -> columns.put(field.name(), statistics));
        }
        TrinoErrors.call("keep the statistics of table " + table.name(), () -> {
            Rows counted = new Rows(Long.parseLong(snapshot), OptionalLong.of(rows), OptionalLong.of(sizeOf(stored)));
            StatisticsCommits.commit(
                    stored,
                    session.getQueryId(),
                    new KeptStatistics(stored).with(new KeptStatistics.Found(counted, columns)));
            return null;
        });
    }

    /** The files' own: nobody has asked how long each row is. */
    private static long sizeOf(FileStoreTable table) {
        return table.newScan().listPartitionEntries().stream()
                .mapToLong(partition -> partition.fileSizeInBytes())
                .sum();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Optional<ColStats<?>> column(DataField field, Found found, long rows) {
        Optional<Long> present = found.number(PRESENT);
        if (present.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> totalSize = found.number(TOTAL_SIZE_IN_BYTES.name());
        return Optional.of(ColStats.newColStats(
                field.id(),
                found.number(DISTINCT).orElse(null),
                (Comparable) found.value(LEAST, field).orElse(null),
                (Comparable) found.value(GREATEST, field).orElse(null),
                rows - present.get(),
                totalSize
                        .map(size -> present.get() == 0 ? 0 : size / present.get())
                        .orElse(null),
                found.number(MAX_VALUE_SIZE_IN_BYTES.name()).orElse(null)));
    }

    /** What was found of one column. */
    private record Found(String column, Map<ColumnStatisticMetadata, Block> blocks) {

        private Optional<Block> block(String id) {
            return blocks.entrySet().stream()
                    .filter(entry -> entry.getKey().getColumnName().equals(column))
                    .filter(entry -> entry.getKey().getConnectorAggregationId().equals(id))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        Optional<Long> number(String id) {
            return block(id).filter(block -> !block.isNull(0)).map(block -> BIGINT.getLong(block, 0));
        }

        Optional<Comparable<?>> value(String id, DataField field) {
            return block(id)
                    .flatMap(block -> ColumnValues.toPaimon(field.type(), TrinoTypes.toTrino(field.type()), block));
        }
    }
}
