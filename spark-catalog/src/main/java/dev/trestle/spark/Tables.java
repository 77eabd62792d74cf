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

import dev.trestle.catalog.table.BucketKeys;
import dev.trestle.catalog.table.SequenceFields;
import dev.trestle.spark.read.ScanTable;
import java.util.List;
import java.util.Map;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.table.FileStoreTable;
import org.apache.paimon.table.FormatTable;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;

/** Tables: listed, loaded, made, changed and dropped. */
final class Tables {

    private static final long MICROS_PER_MILLI = 1_000L;

    private final String catalogName;
    private final Catalog catalog;

    Tables(String catalogName, Catalog catalog) {
        this.catalogName = catalogName;
        this.catalog = catalog;
    }

    String catalogName() {
        return catalogName;
    }

    Identifier[] list(String[] namespace) throws Exception {
        return catalog.listTables(Names.database(namespace)).stream()
                .map(name -> Identifier.of(namespace, name))
                .toArray(Identifier[]::new);
    }

    Table load(Identifier name) throws Exception {
        return load(name, Map.of());
    }

    /** @param version the id of a snapshot or the name of a tag */
    Table loadVersion(Identifier name, String version) throws Exception {
        return load(name, Map.of(CoreOptions.SCAN_VERSION.key(), version));
    }

    /** @param micros of the epoch */
    Table loadTimestamp(Identifier name, long micros) throws Exception {
        long millis = Math.floorDiv(micros, MICROS_PER_MILLI);
        return load(name, Map.of(CoreOptions.SCAN_TIMESTAMP_MILLIS.key(), Long.toString(millis)));
    }

    private Table load(Identifier name, Map<String, String> options) throws Exception {
        org.apache.paimon.table.Table table = catalog.getTable(Names.table(name));
        String text = Names.text(name);
        if (table instanceof FileStoreTable stored) {
            return options.isEmpty()
                    ? new StoredTable(catalogName, text, stored)
                    : new TableVersion(catalogName, text, stored, options);
        }
        if (table instanceof FormatTable files) {
            if (!options.isEmpty()) {
                throw noVersions("Format table " + text);
            }
            return new FormatFiles(catalogName, text, files);
        }
        if (!Names.table(name).isSystemTable() && !name.namespace()[0].equals(Catalog.SYSTEM_DATABASE_NAME)) {
            throw new UnsupportedOperationException("Table " + text + " is of the type '"
                    + table.options().getOrDefault(CoreOptions.TYPE.key(), "unknown")
                    + "', which is not read or written through this catalog. Use the system that it belongs to.");
        }
        if (!options.isEmpty()) {
            throw noVersions("System table " + text);
        }
        return new SystemTable(catalogName, new ScanTable(text, table));
    }

    private static UnsupportedOperationException noVersions(String table) {
        return new UnsupportedOperationException(
                table + " has no versions: leave out VERSION AS OF and TIMESTAMP AS OF.");
    }

    /** A table of rows that is known to be one. */
    FileStoreTable stored(Identifier name) throws Exception {
        return (FileStoreTable) catalog.getTable(Names.table(name));
    }

    void create(Identifier name, Column[] columns, Transform[] partitioning, Map<String, String> properties)
            throws Exception {
        Schema schema = TableSchemas.toPaimon(Names.text(name), columns, partitioning, properties);
        catalog.createTable(Names.table(name), schema, false);
    }

    void alter(Identifier name, TableChange... changes) throws Exception {
        org.apache.paimon.catalog.Identifier identifier = Names.table(name);
        org.apache.paimon.table.Table table = catalog.getTable(identifier);
        List<SchemaChange> stored = new TableAlterations(Names.text(name), table.rowType()).toPaimon(changes);
        BucketKeys.requireSameBuckets(Names.text(name), table.rowType(), table.options(), stored);
        SequenceFields.requireSameOrder(Names.text(name), table.rowType(), table.options(), stored);
        catalog.alterTable(identifier, stored, false);
    }

    void rename(Identifier from, Identifier to) throws Exception {
        catalog.renameTable(Names.table(from), Names.table(to), false);
    }

    /** False where there is none. */
    boolean drop(Identifier name) throws Exception {
        try {
            catalog.dropTable(Names.table(name), false);
            return true;
        } catch (Catalog.TableNotExistException e) {
            return false;
        }
    }

    void invalidate(Identifier name) throws Exception {
        catalog.invalidateTable(Names.table(name));
    }
}
