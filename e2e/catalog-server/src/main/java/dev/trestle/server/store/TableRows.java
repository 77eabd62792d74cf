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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Queries and changes of tables, for use inside {@link Store#read} and {@link Store#write}. */
public final class TableRows {

    private static final String SELECT =
            "SELECT t.*, d.name AS database_name FROM tables t JOIN databases d ON t.database_id = d.id ";

    private static final RowMapper<TableRow> MAPPER = (row, context) -> new TableRow(
            row.getString("id"),
            row.getString("database_id"),
            row.getString("database_name"),
            row.getString("name"),
            row.getString("type"),
            row.getString("path"),
            row.getBoolean("is_external"),
            AuditColumns.read(row));

    private TableRows() {}

    /** The table of that name. */
    public static Optional<TableRow> find(Handle handle, String database, String name) {
        return handle.createQuery(SELECT + "WHERE d.name = :database AND t.name = :name")
                .bind("database", database)
                .bind("name", name)
                .map(MAPPER)
                .findOne();
    }

    /** The table of that id. */
    public static Optional<TableRow> findById(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE t.id = :id")
                .bind("id", id)
                .map(MAPPER)
                .findOne();
    }

    /** The table whose files are at that path. */
    public static Optional<TableRow> findByPath(Handle handle, String path) {
        return handle.createQuery(SELECT + "WHERE t.path = :path")
                .bind("path", path)
                .map(MAPPER)
                .findOne();
    }

    /** Tables of a database by name in byte order, beginning after {@code after}. */
    public static List<TableRow> list(
            Handle handle,
            String databaseId,
            NameFilter filter,
            Optional<String> type,
            Optional<String> after,
            int limit) {
        NameCondition condition = NameCondition.of("t.name", "table", filter);
        String sql = SELECT + "WHERE t.database_id = :database AND t.name > :after" + condition.sql()
                + (type.isPresent() ? " AND t.type = :type" : "") + " ORDER BY t.name LIMIT :limit";
        var query = condition
                .bindTo(handle.createQuery(sql))
                .bind("database", databaseId)
                .bind("after", after.orElse(""))
                .bind("limit", limit);
        type.ifPresent(value -> query.bind("type", value));
        return query.map(MAPPER).list();
    }

    /** Tables of all databases by database and name in byte order, beginning after that pair. */
    public static List<TableRow> listGlobally(
            Handle handle,
            NameFilter databases,
            NameFilter tables,
            String afterDatabase,
            String afterTable,
            int limit) {
        NameCondition databaseCondition = NameCondition.of("d.name", "database", databases);
        NameCondition tableCondition = NameCondition.of("t.name", "table", tables);
        String sql = SELECT
                + "WHERE (d.name > :afterDatabase OR (d.name = :afterDatabase AND t.name > :afterTable))"
                + databaseCondition.sql() + tableCondition.sql() + " ORDER BY d.name, t.name LIMIT :limit";
        return tableCondition
                .bindTo(databaseCondition.bindTo(handle.createQuery(sql)))
                .bind("afterDatabase", afterDatabase)
                .bind("afterTable", afterTable)
                .bind("limit", limit)
                .map(MAPPER)
                .list();
    }

    /** All tables of a database. */
    public static List<TableRow> all(Handle handle, String databaseId) {
        return list(handle, databaseId, new NameFilter.Any(), Optional.empty(), Optional.empty(), Integer.MAX_VALUE);
    }

    /** Adds a table; its id, path, and name within the database must be new. */
    public static void insert(Handle handle, TableRow table) {
        AuditColumns.bind(
                        handle.createUpdate("INSERT INTO tables (id, database_id, name, type, path, is_external, "
                                + AuditColumns.NAMES + ") VALUES (:id, :databaseId, :name, :type, :path, :external, "
                                + AuditColumns.PARAMETERS + ")"),
                        table.audit())
                .bind("id", table.id())
                .bind("databaseId", table.databaseId())
                .bind("name", table.name())
                .bind("type", table.type())
                .bind("path", table.path())
                .bind("external", table.external())
                .execute();
    }

    /** Gives a table another name, perhaps in another database. */
    public static void rename(Handle handle, String id, String databaseId, String name, String user, long now) {
        handle.createUpdate("UPDATE tables SET database_id = :databaseId, name = :name, updated_at = :now,"
                        + " updated_by = :user WHERE id = :id")
                .bind("databaseId", databaseId)
                .bind("name", name)
                .bind("now", now)
                .bind("user", user)
                .bind("id", id)
                .execute();
    }

    /** Notes who changed the table, and when. */
    public static void touch(Handle handle, String id, String user, long now) {
        handle.createUpdate("UPDATE tables SET updated_at = :now, updated_by = :user WHERE id = :id")
                .bind("now", now)
                .bind("user", user)
                .bind("id", id)
                .execute();
    }

    /** Removes a table with its marks. */
    public static void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM tables WHERE id = :id").bind("id", id).execute();
    }
}
