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
package dev.trestle.server.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Schemas of format tables, for use inside {@link Store#read} and {@link Store#write}. */
public final class TableSchemaRows {

    private TableSchemaRows() {}

    /** A table's schema as JSON; absent for tables that keep it in their files. */
    public static Optional<String> find(Handle handle, String tableId) {
        return handle.createQuery("SELECT schema FROM table_schemas WHERE table_id = :table")
                .bind("table", tableId)
                .mapTo(String.class)
                .findOne();
    }

    /** Gives a table a schema, new or not. */
    public static void put(Handle handle, String tableId, String schema) {
        handle.createUpdate("INSERT INTO table_schemas (table_id, schema) VALUES (:table, :schema)"
                        + " ON CONFLICT (table_id) DO UPDATE SET schema = excluded.schema")
                .bind("table", tableId)
                .bind("schema", schema)
                .execute();
    }
}
