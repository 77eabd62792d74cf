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

/** What users may read of tables, for use inside {@link Store#read} and {@link Store#write}. */
public final class QueryAuthRows {

    private QueryAuthRows() {}

    /**
     * Filters and masks as JSON texts.
     *
     * @param filters an array of texts
     * @param masks an object of texts by column
     */
    public record Row(String filters, String masks) {}

    /** The rules of exactly this user; the empty name stands for everybody else. */
    public static Optional<Row> find(Handle handle, String tableId, String user) {
        return handle.createQuery("SELECT row_filters, column_masking FROM query_auth"
                        + " WHERE table_id = :table AND user_name = :user")
                .bind("table", tableId)
                .bind("user", user)
                .map((row, context) -> new Row(row.getString(1), row.getString(2)))
                .findOne();
    }

    /** Puts rules in the place of the user's former ones. */
    public static void put(Handle handle, String tableId, String user, Row rules) {
        handle.createUpdate("INSERT INTO query_auth (table_id, user_name, row_filters, column_masking)"
                        + " VALUES (:table, :user, :filters, :masks)"
                        + " ON CONFLICT (table_id, user_name) DO UPDATE"
                        + " SET row_filters = excluded.row_filters, column_masking = excluded.column_masking")
                .bind("table", tableId)
                .bind("user", user)
                .bind("filters", rules.filters())
                .bind("masks", rules.masks())
                .execute();
    }

    /** Removes all rules of a table. */
    public static void clear(Handle handle, String tableId) {
        handle.createUpdate("DELETE FROM query_auth WHERE table_id = :table")
                .bind("table", tableId)
                .execute();
    }
}
