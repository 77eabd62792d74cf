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
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.connector.expressions.Transform;

/** A table of the service as {@code CREATE TABLE … LIKE} asks for it: on Spark from 4.2, which has the statement. */
record TableLike(Column[] columns, Transform[] partitions, Map<String, String> properties) {

    /** With the columns, keys and options of the other table; of one of another catalog with its columns. */
    static TableLike of(TableInfo info, Table source) {
        Map<String, String> copied = TableSchemas.ofTableLike(source.properties());
        Map<String, String> properties = new HashMap<>(copied);
        properties.putAll(info.properties());
        // The buckets are among the properties, which the statement may give anew.
        Transform[] partitions = Arrays.stream(info.partitions())
                .filter(transform -> copied.isEmpty() || transform.name().equals("identity"))
                .toArray(Transform[]::new);
        return new TableLike(info.columns(), partitions, properties);
    }
}
