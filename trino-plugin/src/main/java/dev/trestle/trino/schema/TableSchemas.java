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
package dev.trestle.trino.schema;

import static io.trino.spi.StandardErrorCode.INVALID_TABLE_PROPERTY;

import dev.trestle.trino.TrinoTypes;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.types.BlobType;
import org.apache.paimon.types.DataType;
import org.apache.paimon.types.DataTypes;

/** A table as {@code CREATE TABLE} declares it, as the schema that Paimon stores. */
public final class TableSchemas {

    private TableSchemas() {}

    /**
     * The schema to store.
     *
     * @throws TrinoException for what cannot be stored: a type, a default value, a property
     */
    public static Schema toPaimon(ConnectorTableMetadata table) {
        Map<String, String> options = TableProperties.toOptions(table.getProperties());
        Schema.Builder schema = Schema.newBuilder()
                .comment(table.getComment().orElse(null))
                .primaryKey(keys("primary_key", TableProperties.primaryKey(table.getProperties()), table))
                .partitionKeys(keys("partitioned_by", TableProperties.partitionedBy(table.getProperties()), table));
        for (String option : List.of(CoreOptions.BUCKET_KEY.key(), CoreOptions.SEQUENCE_FIELD.key())) {
            options.computeIfPresent(
                    option,
                    (key, columns) -> String.join(
                            ",",
                            keys(
                                    TableProperty.ofOption(key).orElseThrow().name(),
                                    TableProperty.split(columns),
                                    table)));
        }
        ColumnTypes types = new ColumnTypes(options);
        for (ColumnMetadata column : table.getColumns()) {
            if (!column.isHidden()) {
                DataType type = types.of(column.getName(), column.getType()).copy(column.isNullable());
                schema.column(
                        column.getName(),
                        type,
                        column.getComment().orElse(null),
                        column.getDefaultValue()
                                .flatMap(value -> ColumnDefaults.toPaimon(column.getName(), type, value))
                                .orElse(null));
            }
        }
        return schema.options(new HashMap<>(options)).build();
    }

    /** Trino names columns in lower case. */
    private static List<String> keys(String property, List<String> columns, ConnectorTableMetadata table) {
        Set<String> known =
                table.getColumns().stream().map(ColumnMetadata::getName).collect(Collectors.toSet());
        return columns.stream()
                .map(column -> column.toLowerCase(Locale.ENGLISH))
                .peek(column -> {
                    if (!known.contains(column)) {
                        throw new TrinoException(
                                INVALID_TABLE_PROPERTY,
                                "Table property '" + property + "' names '" + column + "', which is no column of table "
                                        + table.getTable());
                    }
                })
                .toList();
    }

    /** The stored type of a column, where options make a BLOB or a VECTOR of it. */
    record ColumnTypes(Map<String, String> options, List<String> blobs, Set<String> vectors) {

        ColumnTypes(Map<String, String> options) {
            this(options, CoreOptions.blobField(options), CoreOptions.vectorField(options));
        }

        DataType of(String column, Type type) {
            if (blobs.contains(column)) {
                if (!(type instanceof VarbinaryType)) {
                    throw refuse("Column '" + column + "' is named in 'blob-field' and must be varbinary");
                }
                return new BlobType(true);
            }
            if (vectors.contains(column)) {
                if (!(type instanceof ArrayType array)) {
                    throw refuse("Column '" + column + "' is named in 'vector-field' and must be an array, for example"
                            + " array(real)");
                }
                return DataTypes.VECTOR(length(column), TrinoTypes.toPaimon(column, array.getElementType()));
            }
            return TrinoTypes.toPaimon(column, type);
        }

        private int length(String column) {
            String key = "field." + column + ".vector-dim";
            String length = options.getOrDefault(key, "").trim();
            if (!length.matches("[1-9]\\d{0,8}")) {
                throw refuse("Vector column '" + column + "' needs its length: set the option '" + key
                        + "' to a positive number" + (length.isEmpty() ? "" : ", not '" + length + "'"));
            }
            return Integer.parseInt(length);
        }

        private static TrinoException refuse(String message) {
            return new TrinoException(INVALID_TABLE_PROPERTY, message);
        }
    }
}
