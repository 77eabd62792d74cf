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

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The list of directories to make or remove, for use inside {@link Store#read} and {@link Store#write}. */
public final class FileIntents {

    private FileIntents() {}

    /** Notes an intent; whoever calls this also carries it out, or the next start does. */
    public static FileIntent add(Handle handle, FileIntent.Kind kind, String path, Optional<String> tableId, long now) {
        FileIntent intent = new FileIntent(UUID.randomUUID().toString(), kind, path, tableId);
        handle.createUpdate("INSERT INTO file_intents (id, kind, path, table_id, created_at)"
                        + " VALUES (:id, :kind, :path, :table, :now)")
                .bind("id", intent.id())
                .bind("kind", kind.name())
                .bind("path", path)
                .bind("table", tableId.orElse(null))
                .bind("now", now)
                .execute();
        return intent;
    }

    /** Strikes an intent off the list. */
    public static void remove(Handle handle, String id) {
        handle.createUpdate("DELETE FROM file_intents WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    /** What is left to do, oldest first. */
    public static List<FileIntent> all(Handle handle) {
        return handle.createQuery("SELECT * FROM file_intents ORDER BY created_at, kind, id")
                .map((row, context) -> new FileIntent(
                        row.getString("id"),
                        FileIntent.Kind.valueOf(row.getString("kind")),
                        row.getString("path"),
                        Optional.ofNullable(row.getString("table_id"))))
                .list();
    }
}
