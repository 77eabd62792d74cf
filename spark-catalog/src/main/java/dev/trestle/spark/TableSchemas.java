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
package dev.trestle.spark;

import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.ArrayType;
import org.apache.paimon.types.BlobType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypeRoot;
import org.apache.paimon.types.DataTypes;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.Transform;

/** A table as {@code CREATE TABLE} declares it, as the schema that Paimon stores. */
final class TableSchemas {

    static final String PRIMARY_KEY = CoreOptions.PRIMARY_KEY.key();

    /** What Spark puts among the properties for itself. */
    private static final Set<String> OF_SPARK = Set.of(
            TableCatalog.PROP_PROVIDER,
            TableCatalog.PROP_OWNER,
            TableCatalog.PROP_EXTERNAL,
            TableCatalog.PROP_COMMENT,
            TableCatalog.PROP_LOCATION,
            "is_managed_location",
            "table_type",
            "collation");

    /** What {@code USING} says of a table of this catalog, where there are others. */
    static final String OUR_PROVIDER = "trestle";

    private static final Set<String> PROVIDERS = Set.of("paimon", OUR_PROVIDER);

    /** What a table's files can be. A DataFrameWriter that is told no format says {@code parquet}. */
    private static final Set<String> FILE_FORMATS = Set.of("parquet", "orc", "avro");

    private static final String ORC_LTZ_LEGACY = "orc.timestamp-ltz.legacy.type";

    private TableSchemas() {}

    /**
     * The schema to store.
     *
     * @param name the table's name, for refusals
     * @throws UnsupportedOperationException for what cannot be stored: a type, a provider, a partitioning
     */
    static Schema toPaimon(String name, Column[] columns, Transform[] partitioning, Map<String, String> properties) {
        Map<String, String> options = new HashMap<>(properties);
        options.keySet().removeIf(key -> OF_SPARK.contains(key) || key.startsWith(TableCatalog.OPTION_PREFIX));
        addProvider(name, properties.get(TableCatalog.PROP_PROVIDER), options);
        if (properties.containsKey(TableCatalog.PROP_LOCATION)) {
            options.put(CoreOptions.PATH.key(), properties.get(TableCatalog.PROP_LOCATION));
        }
        List<String> primaryKey = names(options.remove(PRIMARY_KEY));
        List<String> partitionKeys = new ArrayList<>();
        for (Transform transform : partitioning) {
            addTransform(name, transform, partitionKeys, options);
        }
        Schema.Builder builder = Schema.newBuilder()
                .comment(properties.get(TableCatalog.PROP_COMMENT))
                .partitionKeys(partitionKeys)
                .primaryKey(primaryKey);
        for (Column column : columns) {
            addColumn(builder, column, options);
        }
        return builder.options(options).build();
    }

    private static void addColumn(Schema.Builder builder, Column column, Map<String, String> options) {
        if (column.generationExpression() != null) {
            throw new UnsupportedOperationException("Column '" + column.name()
                    + "' is generated, which a Paimon table does not store. Compute it in the query or a view.");
        }
        DataType type = type(column, options).copy(column.nullable());
        if (type.is(DataTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)) {
            // Otherwise ORC files hold it shifted by the zone of the JVM that wrote them.
            options.putIfAbsent(ORC_LTZ_LEGACY, "false");
        }
        String value = column.defaultValue() == null
                ? null
                : ColumnDefaults.toPaimon(
                        column.name(), type, column.defaultValue().getSql());
        builder.column(column.name(), type, column.comment(), value);
    }

    private static DataType type(Column column, Map<String, String> options) {
        DataType type = SparkTypes.toPaimon(column.name(), column.dataType());
        if (CoreOptions.blobField(options).contains(column.name())) {
            if (!type.is(DataTypeRoot.VARBINARY)) {
                throw new UnsupportedOperationException(
                        "Column '" + column.name() + "' is named in 'blob-field' and must be declared as BINARY.");
            }
            return new BlobType();
        }
        if (CoreOptions.vectorField(options).contains(column.name())) {
            if (!(type instanceof ArrayType array)) {
                throw new UnsupportedOperationException("Column '" + column.name()
                        + "' is named in 'vector-field' and must be declared as ARRAY<FLOAT> or alike.");
            }
            return DataTypes.VECTOR(
                    vectorLength(column.name(), options), array.getElementType().copy(false));
        }
        return type;
    }

    private static int vectorLength(String column, Map<String, String> options) {
        String key = "field." + column + ".vector-dim";
        String length = options.getOrDefault(key, "").trim();
        if (!length.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException("Vector column '" + column + "' needs its length: set '" + key
                    + "' to a positive number" + (length.isEmpty() ? "." : ", not '" + length + "'."));
        }
        return Integer.parseInt(length);
    }

    /** Whether these are properties of a table that this catalog makes, where it stands in the place of Spark's own. */
    static boolean areOurs(Map<String, String> properties) {
        return isOurs(properties.getOrDefault(TableCatalog.PROP_PROVIDER, OUR_PROVIDER));
    }

    /** Whether a provider is one whose tables this catalog makes. */
    static boolean isOurs(String provider) {
        return PROVIDERS.contains(provider.toLowerCase(Locale.ROOT));
    }

    /** What a table made like another one has of its properties: all that say how it is stored, not where. */
    static Map<String, String> ofTableLike(Map<String, String> source) {
        if (!isOurs(source.getOrDefault(TableCatalog.PROP_PROVIDER, ""))) {
            return Map.of();
        }
        Map<String, String> properties = new HashMap<>(source);
        properties.keySet().removeAll(OF_SPARK);
        if (source.containsKey(TableCatalog.PROP_COMMENT)) {
            properties.put(TableCatalog.PROP_COMMENT, source.get(TableCatalog.PROP_COMMENT));
        }
        return properties;
    }

    private static void addProvider(String name, String provider, Map<String, String> options) {
        if (provider == null || isOurs(provider)) {
            return;
        }
        String format = provider.toLowerCase(Locale.ROOT);
        if (!FILE_FORMATS.contains(format)) {
            throw new UnsupportedOperationException("Table " + name + ": USING " + provider
                    + " is not possible, this catalog makes Paimon tables, whose files are PARQUET, ORC or AVRO. Leave"
                    + " USING out, or make a table of plain files by TBLPROPERTIES ('type'='format-table',"
                    + " 'file.format'='" + format + "') where Paimon has the format.");
        }
        put(name, options, CoreOptions.FILE_FORMAT.key(), format, "USING");
    }

    private static void addTransform(
            String name, Transform transform, List<String> partitionKeys, Map<String, String> options) {
        switch (transform.name()) {
            case "identity" -> partitionKeys.add(column(name, transform.references()[0]));
            case "bucket" -> addBuckets(name, transform, options);
            case "sorted_bucket" ->
                throw new UnsupportedOperationException("Table " + name + ": SORTED BY is not supported. A table with"
                        + " TBLPROPERTIES ('primary-key'='…') is sorted by its key within a bucket.");
            case "cluster_by" ->
                throw new UnsupportedOperationException(
                        "Table " + name + ": CLUSTER BY is not supported. Use TBLPROPERTIES"
                                + " ('clustering.columns'='…'), by which Flink's CALL sys.compact sorts the rows.");
            default ->
                throw new UnsupportedOperationException("Table " + name + ": PARTITIONED BY " + transform.describe()
                        + " is not supported, Paimon partitions by the values of columns. Add a column with"
                        + " that value.");
        }
    }

    private static void addBuckets(String name, Transform transform, Map<String, String> options) {
        List<String> keys = new ArrayList<>();
        String count = null;
        for (Expression argument : transform.arguments()) {
            if (argument instanceof Literal<?> literal) {
                count = String.valueOf(literal.value());
            } else if (argument instanceof NamedReference reference) {
                keys.add(bucketKey(name, reference));
            }
        }
        put(name, options, CoreOptions.BUCKET.key(), count, "CLUSTERED BY");
        put(name, options, CoreOptions.BUCKET_KEY.key(), String.join(",", keys), "CLUSTERED BY");
    }

    private static String bucketKey(String name, NamedReference reference) {
        String key = column(name, reference);
        if (key.contains(",")) {
            throw new UnsupportedOperationException("Table " + name + ": column '" + key + "' cannot be a bucket key,"
                    + " Paimon takes a comma for the end of a name. Rename it, or add a column with its value.");
        }
        return key;
    }

    private static void put(String name, Map<String, String> options, String key, String value, String clause) {
        String written = options.put(key, value);
        if (written != null && !written.equals(value)) {
            throw new IllegalArgumentException("Table " + name + ": " + clause + " asks for '" + key + "'='" + value
                    + "', but TBLPROPERTIES says '" + written + "'. Give one of the two.");
        }
    }

    private static String column(String name, NamedReference reference) {
        if (reference.fieldNames().length != 1) {
            throw new UnsupportedOperationException("Table " + name + ": a field inside of a struct cannot be a key: "
                    + String.join(".", reference.fieldNames()) + ". Add a column with its value.");
        }
        return reference.fieldNames()[0];
    }

    private static List<String> names(String list) {
        return list == null || list.isBlank()
                ? List.of()
                : Arrays.stream(list.split(",")).map(String::trim).toList();
    }
}
