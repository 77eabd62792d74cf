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
package dev.trestle.server.catalog;

import dev.trestle.server.catalog.CatalogException.Resource;
import dev.trestle.server.files.TableFiles;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableSchemaRows;
import java.util.List;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.schema.SchemaChange;
import org.apache.paimon.schema.SchemaManager;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.utils.JsonSerdeUtil;
import org.apache.paimon.utils.LazyField;
import org.jdbi.v3.core.Handle;

/** The newest schemas: a Paimon table has its schemas in files, a format table has one in the store. */
final class Schemas {

    private final Store store;

    Schemas(Store store) {
        this.store = store;
    }

    /** The newest schema of a table of any type, or of a branch. */
    TableSchema newest(LocatedTable table) {
        return table.isFormatTable() ? store.read(handle -> stored(handle, table)) : ofPaimonTable(table);
    }

    /** The newest schema of a Paimon table or branch; refuses other tables, which have neither snapshots nor branches. */
    static TableSchema ofPaimonTable(LocatedTable table) {
        if (table.isFormatTable()) {
            throw CatalogException.unsupported("Table " + table.fullName()
                    + " is a format table: it has no snapshots, tags, branches or partitions that a catalog keeps.");
        }
        TableFiles files = table.files();
        return files.latestSchema().orElseThrow(() -> {
            if (!files.branch().equals(Identifier.DEFAULT_MAIN_BRANCH)) {
                return noBranch(table);
            }
            return new IllegalStateException("Table " + table.fullName() + " has no schema file under " + files.path()
                    + ": its files were removed by somebody else.");
        });
    }

    /** Changes a schema: all changes, or none. */
    void change(LocatedTable table, List<SchemaChange> changes)
            throws Catalog.ColumnAlreadyExistException, Catalog.ColumnNotExistException,
                    Catalog.TableNotExistException {
        if (!table.isFormatTable()) {
            ofPaimonTable(table);
            table.files().schemas().commitChanges(changes);
            return;
        }
        Identifier identifier =
                new Identifier(table.row().database(), table.row().name());
        TableSchema changed = SchemaManager.generateTableSchema(
                newest(table), changes, new LazyField<>(() -> false), new LazyField<>(() -> identifier));
        store.run(handle -> put(handle, table.row().id(), changed));
    }

    static void put(Handle handle, String tableId, TableSchema schema) {
        TableSchemaRows.put(handle, tableId, JsonSerdeUtil.toFlatJson(schema));
    }

    private static TableSchema stored(Handle handle, LocatedTable table) {
        if (!table.files().branch().equals(Identifier.DEFAULT_MAIN_BRANCH)) {
            throw noBranch(table);
        }
        return TableSchemaRows.find(handle, table.row().id())
                .map(TableSchema::fromJson)
                .orElseThrow(() -> CatalogException.noTable(
                        table.row().database(), table.row().name()));
    }

    private static CatalogException noBranch(LocatedTable table) {
        return CatalogException.notFound(
                Resource.TABLE,
                table.row().name(),
                "Table " + table.fullName() + " has no branch " + table.files().branch() + ".");
    }
}
