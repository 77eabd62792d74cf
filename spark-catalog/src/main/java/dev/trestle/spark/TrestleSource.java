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

import java.util.Map;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Makes {@code USING trestle} known to Spark, which in the session catalog decides by it whose table a statement is about.
 * There is nothing to read without a catalog.
 */
public final class TrestleSource implements TableProvider, DataSourceRegister {

    /** Called by Spark, by reflection. */
    public TrestleSource() {}

    @Override
    public String shortName() {
        return "trestle";
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        throw refused();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitions, Map<String, String> properties) {
        throw refused();
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException(
                "Format 'trestle' reads and writes tables of a catalog only: name the table"
                        + " with its catalog, such as spark.table(\"lake.db.t\")");
    }
}
