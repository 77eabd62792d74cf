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

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;

/** All columns of a stored table as Flink declares them, in their order, and its watermark. */
final class DeclaredColumns {

    private final String catalog;
    private final String name;
    private final Table table;
    private final Schema.Builder schema;
    private final TreeMap<Integer, FlinkOnlySchema.VirtualColumn> virtual;
    /** Those that an expression may name. */
    private final Set<String> sources;
    /** Those that the watermark may name. */
    private final Set<String> all;

    private final Map<String, String> comments = new HashMap<>();

    private DeclaredColumns(String catalog, String name, Table table, Schema.Builder schema) {
        this.catalog = catalog;
        this.name = name;
        this.table = table;
        this.schema = schema;
        this.virtual = FlinkOnlySchema.columns(table.options(), table.rowType().getFieldNames());
        this.sources = new HashSet<>(table.rowType().getFieldNames());
        this.all = new HashSet<>(sources);
        virtual.values().forEach(column -> {
            all.add(column.name());
            if (column.expression().isEmpty()) {
                sources.add(column.name());
            }
        });
    }

    /**
     * Adds them to a schema.
     *
     * @param catalog what this session calls it
     * @param name the table's, for refusals
     * @return comments of the columns that are not stored
     */
    static Map<String, String> add(String catalog, String name, Table table, Schema.Builder schema) {
        DeclaredColumns columns = new DeclaredColumns(catalog, name, table, schema);
        columns.addColumns();
        columns.addWatermark();
        return columns.comments;
    }

    private void addColumns() {
        int position = 0;
        for (DataField field : table.rowType().getFields()) {
            for (; virtual.containsKey(position); position++) {
                addVirtual(virtual.remove(position));
            }
            schema.column(field.name(), TypeConversions.fromLogicalToDataType(FlinkTypes.toFlink(field.type())));
            position++;
        }
        virtual.values().forEach(this::addVirtual);
    }

    private void addVirtual(FlinkOnlySchema.VirtualColumn column) {
        Optional<LostExpression> lost = column.expression().flatMap(expression -> lost(column, expression));
        if (lost.isPresent()) {
            addLost(column.name(), lost.get());
        } else {
            column.addTo(catalog, schema);
            column.comment().ifPresent(comment -> comments.put(column.name(), comment));
        }
    }

    private Optional<LostExpression> lost(FlinkOnlySchema.VirtualColumn column, String expression) {
        Set<String> missing = missing(expression, sources);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new LostExpression(
                        LostExpression.reason(
                                "Column '" + column.name() + "' of table " + name,
                                expression,
                                missing,
                                "ALTER TABLE " + name + " MODIFY the column, or DROP it."),
                        Optional.of(column),
                        column.declaredType()));
    }

    private void addLost(String column, LostExpression lost) {
        schema.columnByExpression(column, lost.call());
        comments.put(column, lost.reason());
    }

    private void addWatermark() {
        FlinkOnlySchema.watermark(table.options()).ifPresent(watermark -> {
            Set<String> missing = missing(watermark.expression(), all);
            if (!all.contains(watermark.rowtime())) {
                missing.add(watermark.rowtime());
            }
            if (missing.isEmpty()) {
                schema.watermark(watermark.rowtime(), QualifiedQuery.callable(catalog, watermark.expression()));
            } else {
                addLostWatermark(watermark, missing);
            }
        });
    }

    /** Flink knows no watermark without its column: where that is lost, something has to have its name. */
    private void addLostWatermark(FlinkOnlySchema.Watermark watermark, Set<String> missing) {
        DataType type = watermark.type().map(FlinkOnlySchema::parseType).orElse(DataTypes.TIMESTAMP(3));
        String reason = LostExpression.reason(
                "The watermark of table " + name,
                watermark.expression(),
                missing,
                "ALTER TABLE " + name + " MODIFY WATERMARK, or DROP WATERMARK.");
        LostExpression lost = new LostExpression(reason, Optional.empty(), type);
        if (!all.contains(watermark.rowtime())) {
            addLost(watermark.rowtime(), lost);
        }
        schema.watermark(watermark.rowtime(), lost.call());
    }

    private static Set<String> missing(String expression, Set<String> columns) {
        Set<String> missing = new LinkedHashSet<>(NamedColumns.of(expression));
        missing.removeAll(columns);
        return missing;
    }
}
