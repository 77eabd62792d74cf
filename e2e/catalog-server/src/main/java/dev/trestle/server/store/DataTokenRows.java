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

/** Keys that were vended for tables' files, for use inside {@link Store#read} and {@link Store#write}. */
public final class DataTokenRows {

    private DataTokenRows() {}

    /** The key of a table that is good for the longest time. */
    public static Optional<DataTokenRow> newest(Handle handle, String tableId) {
        return handle.createQuery("SELECT access_key_id, expires_at FROM data_tokens WHERE table_id = :table"
                        + " ORDER BY expires_at DESC LIMIT 1")
                .bind("table", tableId)
                .map((row, context) -> new DataTokenRow(row.getString(1), tableId, row.getLong(2)))
                .findOne();
    }

    /** Adds a key. */
    public static void add(Handle handle, DataTokenRow row, long now, String user) {
        handle.createUpdate("INSERT INTO data_tokens (access_key_id, table_id, expires_at, issued_at, issued_to)"
                        + " VALUES (:id, :table, :end, :now, :user)")
                .bind("id", row.accessKeyId())
                .bind("table", row.tableId())
                .bind("end", row.expiresAt())
                .bind("now", now)
                .bind("user", user)
                .execute();
    }

    /** Removes keys that open nothing any more. */
    public static void removeExpired(Handle handle, long now) {
        handle.createUpdate("DELETE FROM data_tokens WHERE expires_at <= :now")
                .bind("now", now)
                .execute();
    }
}
