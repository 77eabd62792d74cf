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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogMaterializedTable;
import org.apache.flink.table.catalog.CatalogMaterializedTable.LogicalRefreshMode;
import org.apache.flink.table.catalog.CatalogMaterializedTable.RefreshMode;
import org.apache.flink.table.catalog.CatalogMaterializedTable.RefreshStatus;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Interval;
import org.apache.flink.table.catalog.IntervalFreshness;
import org.apache.flink.table.catalog.ResolvedCatalogMaterializedTable;
import org.apache.flink.table.catalog.TableChange;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.TableType;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.Table;

/**
 * Materialized tables: tables whose options tell which query keeps them fresh, how, and by which job or workflow. The
 * options are those of Paimon's own catalog ({@code materialized-table.*}).
 */
final class MaterializedTables {

    private static final String QUERY = CoreOptions.MATERIALIZED_TABLE_DEFINITION_QUERY.key();
    private static final String FRESHNESS = CoreOptions.MATERIALIZED_TABLE_INTERVAL_FRESHNESS.key();
    private static final String FRESHNESS_UNIT = CoreOptions.MATERIALIZED_TABLE_INTERVAL_FRESHNESS_TIME_UNIT.key();
    private static final String LOGICAL_MODE = CoreOptions.MATERIALIZED_TABLE_LOGICAL_REFRESH_MODE.key();
    private static final String MODE = CoreOptions.MATERIALIZED_TABLE_REFRESH_MODE.key();
    private static final String STATUS = CoreOptions.MATERIALIZED_TABLE_REFRESH_STATUS.key();
    private static final String HANDLER_DESCRIPTION = CoreOptions.MATERIALIZED_TABLE_REFRESH_HANDLER_DESCRIPTION.key();
    private static final String HANDLER = CoreOptions.MATERIALIZED_TABLE_REFRESH_HANDLER_BYTES.key();
    private static final String TYPE = CoreOptions.TYPE.key();

    /** What is told apart from the table's own options. */
    private static final Set<String> OPTIONS =
            Set.of(QUERY, FRESHNESS, FRESHNESS_UNIT, LOGICAL_MODE, MODE, STATUS, HANDLER_DESCRIPTION, HANDLER, TYPE);

    /** The units of freshness that Paimon knows; a week is seven days. */
    private static final Set<Interval.TimeUnit> UNITS =
            Set.of(Interval.TimeUnit.SECOND, Interval.TimeUnit.MINUTE, Interval.TimeUnit.HOUR, Interval.TimeUnit.DAY);

    private MaterializedTables() {}

    static boolean isMaterialized(Table table) {
        return TableType.MATERIALIZED_TABLE.toString().equals(table.options().get(TYPE));
    }

    /** The schema to store for a new materialized table. */
    static Schema toPaimon(String catalog, String name, ResolvedCatalogMaterializedTable table) {
        Schema schema = TableSchemas.toPaimon(catalog, name, table.toResolvedCatalogTable());
        Map<String, String> options = new HashMap<>(schema.options());
        options.putAll(options(table));
        options.put(TYPE, TableType.MATERIALIZED_TABLE.toString());
        return new Schema(schema.fields(), schema.partitionKeys(), schema.primaryKeys(), options, schema.comment());
    }

    private static Map<String, String> options(CatalogMaterializedTable table) {
        Map<String, String> options = new HashMap<>(refreshOptions(table));
        IntervalFreshness freshness = table.getDefinitionFreshness();
        if (UNITS.contains(freshness.getTimeUnit())) {
            options.put(FRESHNESS, Integer.toString(freshness.getIntervalInt()));
            options.put(FRESHNESS_UNIT, freshness.getTimeUnit().name());
        } else {
            options.put(FRESHNESS, Long.toString(freshness.toDuration().toDays()));
            options.put(FRESHNESS_UNIT, Interval.TimeUnit.DAY.name());
        }
        options.put(LOGICAL_MODE, table.getLogicalRefreshMode().name());
        options.put(MODE, table.getRefreshMode().name());
        return options;
    }

    /** The options that change in a table's life. */
    private static Map<String, String> refreshOptions(CatalogMaterializedTable table) {
        Map<String, String> options = new HashMap<>();
        options.put(QUERY, table.getExpandedQuery());
        options.put(STATUS, table.getRefreshStatus().name());
        table.getRefreshHandlerDescription().ifPresent(description -> options.put(HANDLER_DESCRIPTION, description));
        byte[] handler = table.getSerializedRefreshHandler();
        if (handler != null) {
            options.put(HANDLER, Base64.getEncoder().encodeToString(handler));
        }
        return options;
    }

    /**
     * A stored materialized table as Flink sees it.
     *
     * @param table the same as a plain table
     * @param stored all options that are stored
     */
    static CatalogMaterializedTable toFlink(CatalogTable table, Map<String, String> stored) {
        Map<String, String> options = new HashMap<>(table.getOptions());
        options.keySet().removeAll(OPTIONS);
        String query = stored.getOrDefault(QUERY, "");
        String handler = stored.getOrDefault(HANDLER, "");
        return CatalogMaterializedTable.newBuilder()
                .schema(table.getUnresolvedSchema())
                .comment(table.getComment())
                .partitionKeys(table.getPartitionKeys())
                .options(options)
                .originalQuery(query)
                .expandedQuery(query)
                .freshness(freshness(stored))
                .logicalRefreshMode(
                        word(LogicalRefreshMode.class, stored, LOGICAL_MODE).orElse(LogicalRefreshMode.AUTOMATIC))
                .refreshMode(word(RefreshMode.class, stored, MODE).orElse(null))
                .refreshStatus(word(RefreshStatus.class, stored, STATUS).orElse(RefreshStatus.INITIALIZING))
                .refreshHandlerDescription(stored.get(HANDLER_DESCRIPTION))
                .serializedRefreshHandler(
                        handler.isBlank() ? null : Base64.getDecoder().decode(handler))
                .build();
    }

    private static IntervalFreshness freshness(Map<String, String> stored) {
        String interval = stored.get(FRESHNESS);
        return interval == null
                ? null
                : IntervalFreshness.of(
                        interval,
                        word(Interval.TimeUnit.class, stored, FRESHNESS_UNIT).orElse(Interval.TimeUnit.MINUTE));
    }

    /** @throws ValidationException if a word is stored that this Flink does not know */
    private static <T extends Enum<T>> Optional<T> word(Class<T> type, Map<String, String> stored, String option) {
        return Optional.ofNullable(stored.get(option)).map(word -> StoredWord.of(type, word)
                .orElseThrow(() -> new ValidationException("Option '" + option
                        + "' of the materialized table is '" + word + "', which this Flink does not know. It"
                        + " knows " + Arrays.toString(type.getEnumConstants())
                        + ". Use the Flink that wrote it, or set the option by another engine.")));
    }

    /**
     * The changes from a stored materialized table to its new definition: of its columns and options as they are told, of
     * its refresh by comparing, since Flink takes back a change that failed by giving the old definition and no changes.
     */
    static List<SchemaChange> alter(
            String catalog, String name, Table before, ResolvedCatalogMaterializedTable after, List<TableChange> told) {
        List<TableChange> ofTheTable =
                told.stream().filter(change -> !isOfRefresh(name, change)).toList();
        List<SchemaChange> changes = new ArrayList<>(
                TableAlterations.toPaimon(catalog, name, before, after.getResolvedSchema(), ofTheTable));
        if (told.isEmpty()) {
            before.rowType().getFieldNames().stream()
                    .filter(column ->
                            !after.getResolvedSchema().getColumnNames().contains(column))
                    .forEach(column -> changes.add(SchemaChange.dropColumn(column)));
        }
        Map<String, String> refresh = refreshOptions(after);
        refresh.forEach((key, value) -> {
            if (!value.equals(before.options().get(key))) {
                changes.add(SchemaChange.setOption(key, value));
            }
        });
        for (String key : List.of(HANDLER_DESCRIPTION, HANDLER)) {
            if (!refresh.containsKey(key) && before.options().containsKey(key)) {
                changes.add(SchemaChange.removeOption(key));
            }
        }
        return changes;
    }

    private static boolean isOfRefresh(String name, TableChange change) {
        if (change instanceof TableChange.ModifyStartMode) {
            throw new ValidationException("The start mode of materialized table " + name + " cannot be changed: Paimon"
                    + " stores no start mode (materialized-table.*). Drop and create the table.");
        }
        return change instanceof TableChange.ModifyDefinitionQuery
                || change instanceof TableChange.ModifyRefreshStatus
                || change instanceof TableChange.ModifyRefreshHandler;
    }
}
