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

import dev.trestle.server.files.TableFiles;
import dev.trestle.server.files.Warehouse;
import dev.trestle.server.store.Audit;
import dev.trestle.server.store.DatabaseRow;
import dev.trestle.server.store.FileIntent;
import dev.trestle.server.store.FileIntents;
import dev.trestle.server.store.Store;
import dev.trestle.server.store.TableRow;
import dev.trestle.server.store.TableRows;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.paimon.CoreOptions;
import org.apache.paimon.TableType;
import org.apache.paimon.catalog.Catalog;
import org.apache.paimon.catalog.Identifier;
import org.apache.paimon.fs.Path;
import org.apache.paimon.schema.Schema;
import org.apache.paimon.schema.TableSchema;
import org.apache.paimon.table.FormatTable;
import org.jdbi.v3.core.Handle;

/**
 * Makes tables. A managed table's files come first, under a path that nobody else knows, and its row last, in one
 * transaction: at no moment is there a table without a schema. Thread-safe.
 */
public final class TableCreation {

    private final Store store;
    private final Warehouse warehouse;
    private final FileCleaner cleaner;
    private final Clock clock;

    TableCreation(Store store, Warehouse warehouse, FileCleaner cleaner, Clock clock) {
        this.store = store;
        this.warehouse = warehouse;
        this.cleaner = cleaner;
        this.clock = clock;
    }

    /** Makes a table: managed, or external if an option {@code path} says where its files are or shall be. */
    public void create(Identifier identifier, Schema schema, String user) {
        Names.checkTable(identifier.getObjectName());
        String type = type(schema);
        Map<String, String> options = new HashMap<>(schema.options());
        Optional<String> path = Optional.ofNullable(options.remove(CoreOptions.PATH.key()));
        String owner = Optional.ofNullable(options.remove(Catalog.OWNER_PROP)).orElse(user);
        Audit audit = Audit.created(owner, user, clock.millis());
        Schema stored =
                new Schema(schema.fields(), schema.partitionKeys(), schema.primaryKeys(), options, schema.comment());
        if (path.isPresent()) {
            createExternal(identifier, stored, type, new Path(path.get()), audit);
        } else {
            createManaged(identifier, stored, type, audit);
        }
    }

    private static String type(Schema schema) {
        String type = schema.options().getOrDefault(CoreOptions.TYPE.key(), TableType.TABLE.toString());
        if (Stream.of(TableType.TABLE, TableType.MATERIALIZED_TABLE, TableType.FORMAT_TABLE)
                .noneMatch(known -> known.toString().equals(type))) {
            throw CatalogException.unsupported(
                    "This server keeps Paimon tables and format tables; it cannot make a table of type " + type);
        }
        return type;
    }

    private void createManaged(Identifier identifier, Schema schema, String type, Audit audit) {
        String id = warehouse.newId();
        record Place(FileIntent intent, String path) {}
        Place place = store.write(handle -> {
            DatabaseRow database = checkFree(handle, identifier);
            String path = warehouse.tablePath(database.location(), id).toString();
            return new Place(
                    FileIntents.add(handle, FileIntent.Kind.CREATE, path, Optional.of(id), clock.millis()), path);
        });
        boolean done = false;
        try {
            TableFiles files = warehouse.table(place.path(), Identifier.DEFAULT_MAIN_BRANCH);
            Optional<TableSchema> stored = prepare(identifier, schema, type, files, false);
            store.run(handle -> {
                insert(handle, identifier, id, type, place.path(), false, audit);
                stored.ifPresent(kept -> Schemas.put(handle, id, kept));
                FileIntents.remove(handle, place.intent().id());
            });
            done = true;
        } finally {
            if (!done) {
                cleaner.carryOut(place.intent());
            }
        }
    }

    private void createExternal(Identifier identifier, Schema schema, String type, Path path, Audit audit) {
        store.read(handle -> checkFree(handle, identifier));
        TableFiles files = warehouse.table(path.toString(), Identifier.DEFAULT_MAIN_BRANCH);
        Optional<TableSchema> stored = prepare(identifier, schema, type, files, true);
        String id = warehouse.newId();
        store.run(handle -> {
            insert(handle, identifier, id, type, path.toString(), true, audit);
            stored.ifPresent(kept -> Schemas.put(handle, id, kept));
        });
    }

    /** Makes what a table begins with in its directory; what belongs into the store is returned. */
    private static Optional<TableSchema> prepare(
            Identifier identifier, Schema schema, String type, TableFiles files, boolean external) {
        if (!type.equals(TableType.FORMAT_TABLE.toString())) {
            writeSchema(identifier, schema, files, external);
            return Optional.empty();
        }
        if (!schema.primaryKeys().isEmpty()) {
            throw CatalogException.invalid("A format table has no primary key: " + identifier.getFullName());
        }
        CoreOptions options = CoreOptions.fromMap(schema.options());
        try {
            FormatTable.parseFormat(options.fileFormatString());
        } catch (UnsupportedOperationException e) {
            throw CatalogException.invalid(e.getMessage());
        }
        files.makeDirectory();
        return Optional.of(TableSchema.create(0, schema));
    }

    /** Takes in a table whose files exist, as an external one. */
    public void register(Identifier identifier, String path, String user) {
        Names.checkTable(identifier.getObjectName());
        Path tablePath = new Path(path);
        store.read(handle -> checkFree(handle, identifier));
        Schema schema = warehouse
                .table(tablePath.toString(), Identifier.DEFAULT_MAIN_BRANCH)
                .latestSchema()
                .orElseThrow(() -> CatalogException.invalid(
                        "There is no Paimon table at " + path + ": a directory 'schema' with a schema is missing."))
                .toSchema();
        String owner =
                Optional.ofNullable(schema.options().get(Catalog.OWNER_PROP)).orElse(user);
        Audit audit = Audit.created(owner, user, clock.millis());
        String type = type(schema);
        store.run(handle -> insert(handle, identifier, warehouse.newId(), type, tablePath.toString(), true, audit));
    }

    private static void writeSchema(Identifier identifier, Schema schema, TableFiles files, boolean external) {
        try {
            files.schemas().createTable(schema, external);
        } catch (Exception e) {
            throw SchemaErrors.explain("Table " + identifier.getFullName() + " cannot be created", e);
        }
    }

    private static void insert(
            Handle handle, Identifier identifier, String id, String type, String path, boolean external, Audit audit) {
        DatabaseRow database = checkFree(handle, identifier);
        TableRows.findByPath(handle, path).ifPresent(other -> {
            throw CatalogException.invalid(
                    "The path " + path + " belongs to table " + other.database() + "." + other.name() + " already.");
        });
        TableRows.insert(
                handle,
                new TableRow(
                        id, database.id(), database.name(), identifier.getObjectName(), type, path, external, audit));
    }

    private static DatabaseRow checkFree(Handle handle, Identifier identifier) {
        DatabaseRow database = TableLocator.database(handle, identifier.getDatabaseName());
        if (TableRows.find(handle, database.name(), identifier.getObjectName()).isPresent()) {
            throw CatalogException.tableExists(database.name(), identifier.getObjectName());
        }
        Views.checkNoView(handle, identifier);
        return database;
    }
}
