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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.TableDistribution;
import org.apache.flink.table.catalog.UniqueConstraint;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.DataType;

/** A table as {@code CREATE TABLE} declares it, as the schema that Paimon stores. */
final class TableSchemas {

    private TableSchemas() {}

    /**
     * The schema to store.
     *
     * @param catalog what this session calls it
     * @param name the table's name, for refusals
     * @throws ValidationException for what cannot be stored: a type, a metadata column, a connector, a distribution, an index
     */
    static Schema toPaimon(String catalog, String name, ResolvedCatalogTable table) {
        ResolvedSchema schema = table.getResolvedSchema();
        requireNoHints(name, schema);
        Map<String, String> options = storedOptions(name, table);
        options.putAll(FlinkOnlySchema.toOptions(catalog, schema));

        Schema.Builder builder = Schema.newBuilder()
                .options(options)
                .comment(table.getComment())
                .partitionKeys(table.getPartitionKeys())
                .primaryKey(
                        schema.getPrimaryKey().map(UniqueConstraint::getColumns).orElse(List.of()));
        ColumnTypes types = new ColumnTypes(options);
        for (Column column : schema.getColumns()) {
            RefusedTables.checkColumn(name, column);
            if (column.isPhysical()) {
                builder.column(
                        column.getName(),
                        types.of(column.getName(), column.getDataType().getLogicalType()),
                        column.getComment().orElse(null));
            }
        }
        return builder.build();
    }

    /** What the Table API alone declares: what may be looked up, and columns of which no change tells. */
    private static void requireNoHints(String name, ResolvedSchema schema) {
        if (!schema.getIndexes().isEmpty()) {
            throw new ValidationException("Table " + name + " cannot keep "
                    + schema.getIndexes().get(0).asSummaryString() + ": Paimon finds rows by the primary key and by"
                    + " indexes of files. Leave out the index, or make one by an option such as"
                    + " 'file-index.bloom-filter.columns'.");
        }
        schema.getImmutableColumns().ifPresent(columns -> {
            throw new ValidationException("Table " + name + " cannot keep " + columns.asSummaryString()
                    + ": Paimon has no place for it. Leave out the immutable columns.");
        });
    }

    private static Map<String, String> storedOptions(String name, CatalogTable table) {
        Map<String, String> options = new HashMap<>(table.getOptions());
        RefusedTables.checkConnector(name, options.remove("connector"));
        RefusedTables.checkType(name, options.get(CoreOptions.TYPE.key()));
        table.getDistribution().ifPresent(distribution -> {
            Buckets.toOptions(name, distribution).forEach((key, value) -> {
                String written = options.put(key, value);
                if (written != null && !written.equals(value)) {
                    throw new ValidationException("Table " + name + ": DISTRIBUTED BY asks for '" + key + "'='" + value
                            + "', but the option says '" + written + "'. Give one of the two.");
                }
            });
        });
        return options;
    }

    /** The stored type of a column, where options make a BLOB or a VECTOR of it. */
    record ColumnTypes(Map<String, String> options, List<String> blobs, Set<String> vectors) {

        ColumnTypes(Map<String, String> options) {
            this(options, CoreOptions.blobField(options), CoreOptions.vectorField(options));
        }

        DataType of(String column, LogicalType type) {
            if (blobs.contains(column)) {
                return FlinkTypes.blob(column, type);
            }
            if (vectors.contains(column)) {
                return FlinkTypes.vector(column, type, vectorLength(column));
            }
            return FlinkTypes.toPaimon(column, type);
        }

        private int vectorLength(String column) {
            String key = "field." + column + ".vector-dim";
            String length = Optional.ofNullable(options.get(key)).orElse("").trim();
            if (!length.matches("[1-9]\\d{0,8}")) {
                throw new ValidationException("Vector column '" + column + "' needs its length: set '" + key
                        + "' to a positive number" + (length.isEmpty() ? "." : ", not '" + length + "'."));
            }
            return Integer.parseInt(length);
        }
    }

    /** {@code DISTRIBUTED BY} as Paimon's bucket options. */
    static final class Buckets {

        private Buckets() {}

        static Map<String, String> toOptions(String name, TableDistribution distribution) {
            if (distribution.getKind() == TableDistribution.Kind.RANGE) {
                throw new ValidationException("Table " + name + ": DISTRIBUTED BY RANGE is not supported, Paimon"
                        + " distributes by hash. Use DISTRIBUTED BY HASH(…) INTO n BUCKETS.");
            }
            int count = distribution
                    .getBucketCount()
                    .orElseThrow(() -> new ValidationException("Table " + name
                            + ": DISTRIBUTED BY needs the number of buckets. Use DISTRIBUTED BY (…) INTO n BUCKETS."));
            Map<String, String> options = new HashMap<>();
            options.put(CoreOptions.BUCKET.key(), Integer.toString(count));
            if (!distribution.getBucketKeys().isEmpty()) {
                options.put(CoreOptions.BUCKET_KEY.key(), String.join(",", distribution.getBucketKeys()));
            }
            return options;
        }
    }
}
