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
package dev.trestle.spark.read;

import static java.util.Objects.requireNonNull;

import dev.trestle.catalog.queryauth.AuthorizedTable;
import dev.trestle.catalog.table.TimeTravel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.Table;
import org.apache.paimon.types.RowType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A table as a query reads it.
 *
 * @param name as statements have it
 * @param table with the options of the query
 */
public record ScanTable(String name, Table table) {

    public ScanTable {
        requireNonNull(name, "name is null");
        requireNonNull(table, "table is null");
    }

    /**
     * The table with the options that a query gives beside it, such as {@code incremental-between}. It keeps its columns, which
     * Spark knows by now, also where they name an earlier snapshot.
     */
    public ScanTable with(CaseInsensitiveStringMap options) {
        Map<String, String> given = new HashMap<>(options.asCaseSensitiveMap());
        // Spark's own, for data that has no catalog.
        given.keySet().removeAll(List.of("path", "paths"));
        return given.isEmpty() ? this : new ScanTable(name, copy(given));
    }

    private Table copy(Map<String, String> options) {
        return table instanceof FileStoreTable stored
                ? TimeTravel.withPresentColumns(stored, options)
                : table.copy(options);
    }

    RowType columns() {
        return table.rowType();
    }

    List<String> partitionKeys() {
        return table.partitionKeys();
    }

    RowType partition() {
        return columns().project(partitionKeys());
    }

    /** Whether what is planned by metadata alone is what may be read: the service may hide rows and mask values. */
    boolean isUnrestricted() {
        return !(table instanceof AuthorizedTable);
    }

    boolean hasFiles() {
        return table instanceof FileStoreTable;
    }
}
