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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;

/**
 * The part of a Flink schema that Paimon has no place for, kept in the table's options: computed columns, metadata
 * columns and the watermark.
 *
 * <p>The keys are those of Paimon's own Flink connector ({@code schema.<position>.name}, {@code .expr},
 * {@code schema.watermark.0.rowtime} …), so that a table made by one is read by the other. Reading is more forgiving:
 * a position that no longer exists, because another engine dropped a column, puts the column at the end.
 */
final class FlinkOnlySchema {

    private static final Pattern COLUMN_KEY =
            Pattern.compile("schema\\.(\\d+)\\.(name|data-type|expr|metadata|virtual|comment)");
    private static final String WATERMARK_PREFIX = "schema.watermark.";
    private static final String WATERMARK_ROWTIME = "schema.watermark.0.rowtime";
    private static final String WATERMARK_EXPRESSION = "schema.watermark.0.strategy.expr";
    private static final String WATERMARK_TYPE = "schema.watermark.0.strategy.data-type";

    /** A column that Flink computes or takes from metadata, as it was declared. */
    record VirtualColumn(
            int position,
            String name,
            Optional<String> expression,
            Optional<String> metadataKey,
            Optional<String> type,
            boolean virtual,
            Optional<String> comment) {

        void addTo(String catalog, Schema.Builder schema) {
            if (expression.isPresent()) {
                schema.columnByExpression(name, QualifiedQuery.callable(catalog, expression.get()));
            } else {
                String key =
                        metadataKey.filter(metadata -> !metadata.equals(name)).orElse(null);
                schema.columnByMetadata(name, declaredType(), key, virtual);
            }
        }

        VirtualColumn at(int position) {
            return new VirtualColumn(position, name, expression, metadataKey, type, virtual, comment);
        }

        DataType declaredType() {
            return parseType(type.orElseThrow(() -> new IllegalArgumentException("Column '" + name
                    + "' is stored without its type: option 'schema." + position + ".data-type' is missing")));
        }
    }

    /**
     * A stored watermark.
     *
     * @param type of what the expression computes
     */
    record Watermark(String rowtime, String expression, Optional<String> type) {}

    private FlinkOnlySchema() {}

    /** Whether an option holds a column or the watermark, and is no option of the user's. */
    static boolean isSchemaKey(String key) {
        return COLUMN_KEY.matcher(key).matches() || key.startsWith(WATERMARK_PREFIX);
    }

    /**
     * The options that keep what only Flink knows of a new table's schema.
     *
     * @param catalog what this session calls it; functions of it are kept without that name
     * @throws ValidationException if it is that of a table whose expressions are lost
     */
    static Map<String, String> toOptions(String catalog, ResolvedSchema schema) {
        requireNothingLost(schema);
        Map<String, String> options = columnsToOptions(catalog, schema);
        if (!schema.getWatermarkSpecs().isEmpty()) {
            options.putAll(
                    watermarkToOptions(catalog, schema.getWatermarkSpecs().get(0)));
        }
        return options;
    }

    private static void requireNothingLost(ResolvedSchema schema) {
        Stream.concat(
                        schema.getColumns().stream()
                                .filter(Column.ComputedColumn.class::isInstance)
                                .map(column -> ((Column.ComputedColumn) column).getExpression()),
                        schema.getWatermarkSpecs().stream().map(WatermarkSpec::getWatermarkExpression))
                .flatMap(expression -> LostExpression.of(expression).stream())
                .findFirst()
                .ifPresent(lost -> {
                    throw new ValidationException(lost.reason());
                });
    }

    /** The options that keep the computed and metadata columns; lost ones as they were, until they are dropped. */
    static Map<String, String> columnsToOptions(String catalog, ResolvedSchema schema) {
        Map<String, String> options = new LinkedHashMap<>();
        List<Column> columns = schema.getColumns();
        for (int position = 0; position < columns.size(); position++) {
            Column column = columns.get(position);
            if (column.isPhysical()) {
                continue;
            }
            Optional<LostExpression> lost = column instanceof Column.ComputedColumn computed
                    ? LostExpression.of(computed.getExpression())
                    : Optional.empty();
            if (lost.isEmpty()) {
                put(declared(catalog, position, column), options);
            } else {
                int at = position;
                lost.get().kept().ifPresent(kept -> put(kept.at(at), options));
            }
        }
        return options;
    }

    private static VirtualColumn declared(String catalog, int position, Column column) {
        return new VirtualColumn(
                position,
                column.getName(),
                column instanceof Column.ComputedColumn computed
                        ? Optional.of(text(catalog, computed.getExpression()))
                        : Optional.empty(),
                column instanceof Column.MetadataColumn metadata
                        ? Optional.of(metadata.getMetadataKey().orElse(metadata.getName()))
                        : Optional.empty(),
                Optional.of(column.getDataType().getLogicalType().asSerializableString()),
                column instanceof Column.MetadataColumn metadata && metadata.isVirtual(),
                column.getComment());
    }

    private static void put(VirtualColumn column, Map<String, String> options) {
        String prefix = "schema." + column.position() + ".";
        options.put(prefix + "name", column.name());
        column.type().ifPresent(type -> options.put(prefix + "data-type", type));
        column.comment().ifPresent(comment -> options.put(prefix + "comment", comment));
        column.expression().ifPresent(expression -> options.put(prefix + "expr", expression));
        column.metadataKey().ifPresent(key -> {
            options.put(prefix + "metadata", key);
            options.put(prefix + "virtual", Boolean.toString(column.virtual()));
        });
    }

    static Map<String, String> watermarkToOptions(String catalog, WatermarkSpec watermark) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(WATERMARK_ROWTIME, watermark.getRowtimeAttribute());
        options.put(WATERMARK_EXPRESSION, text(catalog, watermark.getWatermarkExpression()));
        options.put(
                WATERMARK_TYPE,
                watermark
                        .getWatermarkExpression()
                        .getOutputDataType()
                        .getLogicalType()
                        .asSerializableString());
        return options;
    }

    private static String text(String catalog, ResolvedExpression expression) {
        return QualifiedQuery.callsWithin(catalog, expression.asSerializableString());
    }

    static List<String> watermarkKeys() {
        return List.of(WATERMARK_ROWTIME, WATERMARK_EXPRESSION, WATERMARK_TYPE);
    }

    /** Whether a key holds a computed or metadata column. */
    static boolean isColumnKey(String key) {
        return COLUMN_KEY.matcher(key).matches();
    }

    /**
     * The stored computed and metadata columns by their position in the whole schema.
     *
     * @param physical names of the stored columns; older tables repeat these in the options, which is ignored
     */
    static TreeMap<Integer, VirtualColumn> columns(Map<String, String> options, List<String> physical) {
        Map<Integer, Map<String, String>> byPosition = new HashMap<>();
        options.forEach((key, value) -> {
            Matcher matcher = COLUMN_KEY.matcher(key);
            if (matcher.matches() && value != null) {
                byPosition
                        .computeIfAbsent(Integer.valueOf(matcher.group(1)), position -> new HashMap<>())
                        .put(matcher.group(2), value);
            }
        });
        TreeMap<Integer, VirtualColumn> columns = new TreeMap<>();
        byPosition.forEach((position, parts) -> {
            String name = parts.get("name");
            boolean defined = parts.containsKey("expr") || parts.containsKey("metadata");
            if (name != null && defined && !physical.contains(name)) {
                columns.put(
                        position,
                        new VirtualColumn(
                                position,
                                name,
                                Optional.ofNullable(parts.get("expr")),
                                Optional.ofNullable(parts.get("metadata")),
                                Optional.ofNullable(parts.get("data-type")),
                                Boolean.parseBoolean(parts.get("virtual")),
                                Optional.ofNullable(parts.get("comment"))));
            }
        });
        return columns;
    }

    /** The stored watermark, if the options hold one. */
    static Optional<Watermark> watermark(Map<String, String> options) {
        String rowtime = options.get(WATERMARK_ROWTIME);
        String expression = options.get(WATERMARK_EXPRESSION);
        return rowtime == null || expression == null
                ? Optional.empty()
                : Optional.of(new Watermark(rowtime, expression, Optional.ofNullable(options.get(WATERMARK_TYPE))));
    }

    /** A type as it is stored. */
    static DataType parseType(String type) {
        return TypeConversions.fromLogicalToDataType(
                LogicalTypeParser.parse(type, Thread.currentThread().getContextClassLoader()));
    }
}
