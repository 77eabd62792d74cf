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

import java.util.Arrays;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Both forms in which releases of Spark pass on the columns of a table. */
final class SparkColumns {

    private static final String DEFAULT = "CURRENT_DEFAULT";

    private SparkColumns() {}

    static StructType schema(Column[] columns) {
        return CatalogV2Util.v2ColumnsToStructType(columns);
    }

    /** @throws UnsupportedOperationException for a default, which this form hides in the metadata of a field */
    static Column[] columns(StructType schema) {
        return Arrays.stream(schema.fields()).map(SparkColumns::column).toArray(Column[]::new);
    }

    private static Column column(StructField field) {
        if (field.metadata().contains(DEFAULT)) {
            throw new UnsupportedOperationException("Column '" + field.name()
                    + "' has a DEFAULT, which is not taken from a schema. Use CREATE TABLE, or columns.");
        }
        String comment = field.getComment().isDefined() ? field.getComment().get() : null;
        return Column.create(field.name(), field.dataType(), field.nullable(), comment, null);
    }
}
