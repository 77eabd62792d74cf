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

import dev.trestle.catalog.table.SnapshotChoice;
import dev.trestle.catalog.table.TimeTravel;
import java.util.Map;
import java.util.Set;
import org.apache.paimon.table.FileStoreTable;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table as it was, with the columns that it had: at a version or a time that a statement names. */
final class TableVersion extends StoredTable {

    /**
     * A version of a table that was loaded.
     *
     * @param choice the option that chooses it
     */
    TableVersion(String catalog, String name, FileStoreTable table, Map<String, String> choice) {
        super(catalog, name, TimeTravel.withColumnsOfThen(table, choice));
    }

    /** @throws IllegalArgumentException if the options choose what to read, too */
    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        Set<String> others = SnapshotChoice.in(options.asCaseSensitiveMap());
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "Table " + name() + " is read as of a version or a time already: leave out"
                            + " either that or the options " + others + ".");
        }
        return super.newScanBuilder(options);
    }
}
