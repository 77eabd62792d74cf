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

import dev.trestle.spark.read.ScanTable;
import dev.trestle.spark.read.TableScanBuilder;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table about a table, such as {@code t$snapshots}, or about the whole catalog. It can be read only. */
final class SystemTable implements SupportsRead {

    private final String catalog;
    private final ScanTable table;
    private final TableDescription description;

    SystemTable(String catalog, ScanTable table) {
        this.catalog = catalog;
        this.table = table;
        this.description = new TableDescription(table.name(), table.table());
    }

    @Override
    public String name() {
        return catalog + "." + table.name();
    }

    @Override
    @Deprecated
    public StructType schema() {
        return SparkColumns.schema(columns());
    }

    @Override
    public Column[] columns() {
        return description.columns();
    }

    @Override
    public Transform[] partitioning() {
        return description.partitioning();
    }

    @Override
    public Map<String, String> properties() {
        return description.properties();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new TableScanBuilder(table.with(options));
    }
}
