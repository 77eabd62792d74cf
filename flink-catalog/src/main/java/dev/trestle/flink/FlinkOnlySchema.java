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
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.WatermarkSpec;
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

        void addTo(Schema.Builder schema) {
            if (expression.isPresent()) {
                schema.columnByExpression(name, expression.get());
            } else {
                String key =
                        metadataKey.filter(metadata -> !metadata.equals(name)).orElse(null);
                schema.columnByMetadata(name, declaredType(), key, virtual);
            }
        }

        private DataType declaredType() {
            return TypeConversions.fromLogicalToDataType(LogicalTypeParser.parse(
                    type.orElseThrow(() -> new IllegalArgumentException("Metadata column '" + name
                            + "' is stored without its type: option 'schema." + position + ".data-type' is missing")),
                    Thread.currentThread().getContextClassLoader()));
        }
    }

    private FlinkOnlySchema() {}

    /** Whether an option holds a column or the watermark, and is no option of the user's. */
    static boolean isSchemaKey(String key) {
        return COLUMN_KEY.matcher(key).matches() || key.startsWith(WATERMARK_PREFIX);
    }

    /** The options that keep what only Flink knows of a schema. */
    static Map<String, String> toOptions(ResolvedSchema schema) {
        Map<String, String> options = columnsToOptions(schema);
        if (!schema.getWatermarkSpecs().isEmpty()) {
            options.putAll(watermarkToOptions(schema.getWatermarkSpecs().get(0)));
        }
        return options;
    }

    /** The options that keep the computed and metadata columns. */
    static Map<String, String> columnsToOptions(ResolvedSchema schema) {
        Map<String, String> options = new LinkedHashMap<>();
        List<Column> columns = schema.getColumns();
        for (int position = 0; position < columns.size(); position++) {
            Column column = columns.get(position);
            if (column.isPhysical()) {
                continue;
            }
            String prefix = "schema." + position + ".";
            options.put(prefix + "name", column.getName());
            options.put(
                    prefix + "data-type", column.getDataType().getLogicalType().asSerializableString());
            column.getComment().ifPresent(comment -> options.put(prefix + "comment", comment));
            if (column instanceof Column.ComputedColumn computed) {
                options.put(prefix + "expr", computed.getExpression().asSerializableString());
            } else if (column instanceof Column.MetadataColumn metadata) {
                options.put(prefix + "metadata", metadata.getMetadataKey().orElse(metadata.getName()));
                options.put(prefix + "virtual", Boolean.toString(metadata.isVirtual()));
            }
        }
        return options;
    }

    static Map<String, String> watermarkToOptions(WatermarkSpec watermark) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put(WATERMARK_ROWTIME, watermark.getRowtimeAttribute());
        options.put(WATERMARK_EXPRESSION, watermark.getWatermarkExpression().asSerializableString());
        options.put(
                WATERMARK_TYPE,
                watermark
                        .getWatermarkExpression()
                        .getOutputDataType()
                        .getLogicalType()
                        .asSerializableString());
        return options;
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

    /** Adds the stored watermark, if the options hold one. */
    static void addWatermark(Map<String, String> options, Schema.Builder schema) {
        String rowtime = options.get(WATERMARK_ROWTIME);
        String expression = options.get(WATERMARK_EXPRESSION);
        if (rowtime != null && expression != null) {
            schema.watermark(rowtime, expression);
        }
    }
}
