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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Queries and changes of databases, for use inside {@link Store#read} and {@link Store#write}. */
public final class DatabaseRows {

    private static final RowMapper<DatabaseRow> WITHOUT_OPTIONS = (row, context) -> new DatabaseRow(
            row.getString("id"), row.getString("name"), row.getString("location"), Map.of(), AuditColumns.read(row));

    private DatabaseRows() {}

    /** The database of that name. */
    public static Optional<DatabaseRow> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM databases WHERE name = :name")
                .bind("name", name)
                .map(WITHOUT_OPTIONS)
                .findOne()
                .map(row ->
                        new DatabaseRow(row.id(), row.name(), row.location(), options(handle, row.id()), row.audit()));
    }

    private static Map<String, String> options(Handle handle, String id) {
        Map<String, String> options = new HashMap<>();
        handle.createQuery("SELECT option_key, option_value FROM database_options WHERE database_id = :id")
                .bind("id", id)
                .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
                .forEach(option -> options.put(option.getKey(), option.getValue()));
        return options;
    }

    /** Names in byte order, beginning after {@code after}. */
    public static List<String> names(Handle handle, NameFilter filter, Optional<String> after, int limit) {
        NameCondition condition = NameCondition.of("name", "name", filter);
        String sql = "SELECT name FROM databases WHERE name > :after" + condition.sql() + " ORDER BY name LIMIT :limit";
        return condition
                .bindTo(handle.createQuery(sql))
                .bind("after", after.orElse(""))
                .bind("limit", limit)
                .mapTo(String.class)
                .list();
    }

    /** Adds a database; its name and id must be new. */
    public static void insert(Handle handle, DatabaseRow database) {
        AuditColumns.bind(
                        handle.createUpdate("INSERT INTO databases (id, name, location, " + AuditColumns.NAMES
                                + ") VALUES (:id, :name, :location, " + AuditColumns.PARAMETERS + ")"),
                        database.audit())
                .bind("id", database.id())
                .bind("name", database.name())
                .bind("location", database.location())
                .execute();
        database.options().forEach((key, value) -> setOption(handle, database.id(), key, value));
    }

    /** Sets an option, new or not. */
    public static void setOption(Handle handle, String databaseId, String key, String value) {
        handle.createUpdate("INSERT INTO database_options (database_id, option_key, option_value)"
                        + " VALUES (:id, :key, :value)"
                        + " ON CONFLICT (database_id, option_key) DO UPDATE SET option_value = excluded.option_value")
                .bind("id", databaseId)
                .bind("key", key)
                .bind("value", value)
                .execute();
    }

    /** Removes an option, and says whether there was one. */
    public static boolean removeOption(Handle handle, String databaseId, String key) {
        return handle.createUpdate("DELETE FROM database_options WHERE database_id = :id AND option_key = :key")
                        .bind("id", databaseId)
                        .bind("key", key)
                        .execute()
                > 0;
    }

    /** Notes who changed the database, and when. */
    public static void touch(Handle handle, String databaseId, String user, long now) {
        handle.createUpdate("UPDATE databases SET updated_at = :now, updated_by = :user WHERE id = :id")
                .bind("now", now)
                .bind("user", user)
                .bind("id", databaseId)
                .execute();
    }

    /** Removes a database that holds no tables any more, with its views and functions. */
    public static void delete(Handle handle, String databaseId) {
        handle.createUpdate("DELETE FROM databases WHERE id = :id")
                .bind("id", databaseId)
                .execute();
    }
}
