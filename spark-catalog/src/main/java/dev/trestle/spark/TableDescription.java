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

import dev.trestle.spark.data.ColumnReferences;
import dev.trestle.spark.data.SparkTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.rest.responses.AuditRESTResponse;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.DataField;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;

/** What Spark shows of a stored table: its columns, partitioning and properties. */
record TableDescription(String name, Table table) {

    /** Who made and changed it is told by the service, and no property to create a table or a database with. */
    static final Set<String> AUDIT = Set.of(
            AuditRESTResponse.FIELD_CREATED_AT,
            AuditRESTResponse.FIELD_CREATED_BY,
            AuditRESTResponse.FIELD_UPDATED_AT,
            AuditRESTResponse.FIELD_UPDATED_BY);

    Column[] columns() {
        List<Column> columns = new ArrayList<>();
        for (DataField field : table.rowType().getFields()) {
            org.apache.spark.sql.types.DataType type = SparkTypes.toSpark(field.type());
            columns.add(Column.create(
                    field.name(),
                    type,
                    field.type().isNullable(),
                    field.description(),
                    ColumnDefaults.toSpark(field, type),
                    null));
        }
        return columns.toArray(Column[]::new);
    }

    /** The partition columns, and the buckets where their number is fixed. */
    Transform[] partitioning() {
        List<Transform> transforms = new ArrayList<>();
        table.partitionKeys().forEach(key -> transforms.add(ColumnReferences.identity(key)));
        if (table instanceof FileStoreTable stored
                && stored.coreOptions().bucket() > 0
                && !stored.schema().bucketKeys().isEmpty()) {
            transforms.add(ColumnReferences.bucket(
                    stored.coreOptions().bucket(), stored.schema().bucketKeys()));
        }
        return transforms.toArray(Transform[]::new);
    }

    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(table.options());
        properties.keySet().removeAll(AUDIT);
        if (!table.primaryKeys().isEmpty()) {
            properties.put(CoreOptions.PRIMARY_KEY.key(), String.join(",", table.primaryKeys()));
        }
        properties.put(TableCatalog.PROP_PROVIDER, "paimon");
        table.comment().ifPresent(comment -> properties.put(TableCatalog.PROP_COMMENT, comment));
        String path = properties.remove(CoreOptions.PATH.key());
        if (path != null) {
            properties.put(TableCatalog.PROP_LOCATION, path);
            if (table instanceof FileStoreTable stored && !isExternal(stored)) {
                properties.put(TableCatalog.PROP_IS_MANAGED_LOCATION, "true");
            }
        }
        return properties;
    }

    /** Paimon commits to an external table by itself, without the catalog. */
    private static boolean isExternal(FileStoreTable table) {
        return table.catalogEnvironment().catalogLoader() == null;
    }
}
